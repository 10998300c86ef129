"""What breaks a figure down: "of them", "of the dead", "the dead are", "among the injured was"."""

from __future__ import annotations

import re

from harmledger.core.claim import Harm

OF = re.compile(
    r"\s*of (?P<who>them|these|the (?P<harm>dead|killed|slain|victims|wounded|injured|"
    r"missing|casualties|fatalities|bodies|corpses|skeletons|remains|hostages|abducted|detainees|"
    r"arrested|displaced)|"
    r"those (?P<harm2>killed|wounded|injured|dead|missing|held|detained|arrested|abducted)|"
    r"those)\b",
    re.I,
)
WORDS = (
    r"dead|killed|slain|victims|wounded|injured|hurt|fatalities|casualties|missing|"
    r"abducted|kidnapped|"
    r"hostages|captives|arrested|detained|detainees|displaced|trapped|held|taken|seized|"
    r"martyrs|martyred"
)
THE_DEAD = re.compile(
    rf"(?<!of )\b(?:the|those)(?: (?:\d+|[a-z]+))? (?P<harm>{WORDS})\b"
    r"(?:(?: \w+){0,2}?| (?:in|from|by|of|at|on) [^,.;:]{3,60}?) "
    r"(?:are|were|include[ds]?|comprise[ds]?|consist(?:ed)? of)\b",
    re.I,
)
INCLUDE = re.compile(
    rf"(?<!of )\b(?:the|those|others?|the others)(?: (?:\d+|[a-z]+))?(?: who)? "
    rf"(?P<harm>{WORDS}|died)\b"
    r"(?: [^,.;:]{1,60}?|, [^.;:]{1,90},)? (?:include[ds]?|comprise[ds]?)\b",
    re.I,
)
"""The harm word with where and when behind it: "Those killed in the raid include a cook"."""
NAMED_AS = re.compile(
    rf"\b(?:the|those)(?: (?:\d+|[a-z]+))? (?P<harm>{WORDS}|deceased|fatalities)\b(?: [a-z]+s|"
    r" (?:men|women|children|people))?(?: (?:in|by|at|on) [^,.:]{1,40})? "
    r"(?:were|was|are|have been|has been) "
    r"(?:(?:later|officially|locally|all) )?(?:named|identified|listed|named and identified)"
    r"(?: (?:by|on) [^,.;:]{1,40})? as\b",
    re.I,
)
"""The harm word before names: "The slain men were named as Amin and Bilal"."""
AMONG_THEM = re.compile(
    r"^\W*(?:(?:among|amongst) (?:them|these|those) (?:was|were|is|are|also)\b"
    r"(?: (?:was|were|is|are)\b)?|"
    r"(?:they|these|the others|others) (?:include[ds]?|comprise[ds]?)\b|"
    r"(?:they|these) (?:were|are)(?=\s+(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|a|an)\s[^.;]*,[^.;]*\band\b))",
    re.I,
)
"""What opens a sentence about some of those just told: "Among them was a boy", "They include"."""
FRONTED = re.compile(
    r"^\W*(?:also )?(?:among(?:st)? (?:the|those) )?"
    r"(?P<harm>dead|slain|victims|killed|injured|wounded|hurt|missing|abducted|"
    r"kidnapped|arrested|detained)(?:(?: (?:in|by) [^,.]{1,30})? (?:was|were|is|are)\b|"
    r"(?: (?:in|by|on|at) [^,.:]{1,40})?:)",
    re.I,
)
"""The harm word in front: "Killed were two brothers", "Among the injured was a baby"."""
OF_THE = re.compile(
    rf"\b(?:out )?of (?:(?:the|those)(?: (?:[\d,]+|[\w-]+))?(?: \w+)? (?:(?:who|that) )?"
    rf"(?:were |was |had been |have been )?"
    rf"(?P<harm>{WORDS}|died|bodies|corpses|skeletons|remains)|"
    r"(?:these|them|those))\b"
    r"(?P<gap>[^,.;]{0,40}),\s*(?=(?P<rest>.*))",
    re.I | re.S,
)
"""The whole in front of its part: "Of the 20 killed, 12 were women"."""
FREED = re.compile(
    r"\s*(?:of (?:them|these|whom) )?"
    r"(?:are|were|is|was|ha(?:ve|d|s) (?:\w+ )?(?:been|come)|came) "
    r"(?:(?:still|now|later|since|all) )*"
    r"(?:safe|alive|free|freed|released|back|home|unhurt|rescued|let go)\b",
    re.I,
)
"""What ends the harm of a part: "of the 23 hostages, 21 are safe"."""
LET_GO = re.compile(
    r"\b(?:release|free|rescue|liberate)[ds]?\s+(?:(?:at least|about|some|only)\s+)?$", re.I
)
"""Right before whoever is no longer held: "released 16 of them"."""
BY_WORD: dict[str, Harm] = {
    "dead": "killed", "killed": "killed", "slain": "killed", "victims": "killed",
    "fatalities": "killed", "deceased": "killed", "died": "killed",
    "wounded": "injured", "injured": "injured",
    "hostages": "abducted",
    "abducted": "abducted",
    "detainees": "detained",
    "displaced": "displaced",
    "missing": "missing", "casualties": "killed_or_injured", "hurt": "injured",
    "kidnapped": "abducted", "captives": "abducted", "arrested": "detained",
    "detained": "detained", "trapped": "trapped", "held": "detained",
    "taken": "abducted", "seized": "abducted", "martyrs": "killed", "martyred": "killed",
}  # fmt: skip

TELLS = re.compile(
    r"\s*(?:,[^,;.]{1,80},)?\s*(?:told|said|says|say|recounted|recalls?|recalled|disputed|explained|"
    r"added|answered|replied)\b"
    r"|\s*(?:ha[ds] |have )?(?:\w+ )?\w+ (?:to )?(?:me|us|her|him)\b",
    re.I,
)
"""What those do who speak, or who did it: "one of them, a woman in her forties, told reporters",
"four of them had shut her in a shop"."""
TOLD_BY = re.compile(
    r"\s+(?:freed|released|rescued|taken|held|seized|kidnapped|arrested|(?:in|at) the \w+)\b",
    re.I,
)
"""What says which people "those" are."""
ALL_OF_THEM = re.compile(
    r"\b(?:every one|each(?: one)?|most|all|nearly all|almost all) of (?:them|whom)\s+"
    r"(?:(?:a|an|the)\s+)?(?:[\w-]+\s+)?$",
    re.I,
)
"""Before what all of them are: "nine, every one of them a member of the gang", "most of them
Karu", which is no number of its own."""
NO_PART = re.compile(
    r"\b(?:all but|there (?:were|are|was|had been)|whose [\w-]+ (?:was|were|is)|"
    r"(?:driver|owner|captain|pilot) of)\s+$",
    re.I,
)
"""Before a number of people that is no part of the harmed: "the driver of one of them"."""
MAY_DIE: tuple[Harm, ...] = ("injured", "missing", "abducted", "detained", "displaced", "trapped")


def of_other_harm(cue: str, harm: Harm) -> bool:
    """ "Killed 3 and wounded 8; among the dead is a merchant": no part of the wounded."""
    return {BY_WORD.get(cue.split()[-1].lower()), harm} == {"killed", "injured"}
