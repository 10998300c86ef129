"""States that say an object was struck, in words no verb of harm tells: "the chapel is a shell",
"nothing is left of the pharmacy", "only the minaret still stands", "its roof was gone", "fire broke
out at the depot".

Each is a phrase right beside the object. A ruin of old is read like one of today; the report must
speak of violence for it to count at all.
"""

from __future__ import annotations

import re

from harmledger.core.claim import SiteKind
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.lemma import singular
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import load_sites

_BE = (
    r"(?:(?:(?:is|are|was|were|be|been|lies|lie|lay|left|became|becomes|has|have|had|looks|stands)"
    r"\s+)+"
)
_RUINED = re.compile(
    rf"^{_BE}(?:now |still |all |just |only |like |left )*)?"
    r"(?:nothing (?:more than|but) |little more than |no more than |reduced to )?"
    r"(?:an? |in |the )?(?:(?!(?:after|when|as|where|by|and|before|since|while|until|with|near|"
    r"from|to|for|but|that|which|who|because|if)\b)\w+[-, ]+){0,2}?"
    r"(?:ruins?|shells?|wrecks?|wreckage|rubble|ash(?:es)?|heaps? of|piles? of|husks?|skeletons?|"
    r"cinders|craters?|write-off)\b",
    re.I,
)
_SHELLS = re.compile(r"\bshells? (?:hit|struck|fell|land|kill|wound|fire|explod|on\b)", re.I)
_GONE = re.compile(
    r"^(?:(?:is|are|was|were|has|have|had|been)\s+)*(?:now |all |completely |simply |just )?"
    r"(?:gone|wiped out|no more)(?=\s*(?:[.,;:)!?“”\"]|$|and\b|but\b|after\b|in (?:the|an?) "
    r"(?:fire|blast|attack|shelling|raid)))",
    re.I,
)
_LOST = re.compile(
    r"^(?:is|are|was|were|has been|have been) lost (?:when|as) (?:[\w’'-]+ ){0,3}?"
    r"(?:shells?|bombs?|rockets?|missiles?|drones?|grenades?|mortars?|shelling|flames|fire)\b",
    re.I,
)
"""Lost to what the next words name: "31 canoes were lost when shells set the quay alight"."""
_BARRACKS = re.compile(
    r"^(?:is|are|was|were|has|have|had|been|being|serves?|served)\s+(?:now |being |been |still )*"
    r"(?:used |serving |turned |converted )?(?:as |into )?(?:an? |their |its )?(?:\w+ )?"
    r"(?:barracks|army base|military base|military post|garrison|firing position|"
    r"command post|arms depot|headquarters of the (?:brigade|battalion|rebels|militia))\b",
    re.I,
)
_NOTHING_LEFT = re.compile(
    r"\b(?:nothing|little|not much|what|all that|not a (?:wall|brick|stone|pane))\s+"
    r"(?:(?:is|was|are|were|has been|['’]s)\s+)?(?:now |still )?"
    r"(?:left|remains?|remained|survives?|stands)\s+(?:standing )?of\s+(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
_ONLY = re.compile(r"\b(?:only|all but|nothing but)\s+(?:[\w’'-]+\s+){0,6}$", re.I)
_STANDS = re.compile(
    r"^(?:(?:of|at|in)\s+(?:[\w’'-]+\s+){1,4})?(?:is |are |was |were |has been )?(?:still |left )?"
    r"(?:stands?|stood|standing|remains?|remained|is left|are left)\b",
    re.I,
)
_FIRE_AT = re.compile(
    r"\b(?:(?:fires?|blazes?)\s+(?:has |have |had |was |were |is |are )?(?:also )?"
    r"(?:broke out|broken out|started|erupted|raged|raging|burning|reported|sparked|triggered)|"
    r"(?:caus|start|spark|trigger|ignit)\w*\s+(?:an?\s+|several\s+|large\s+|big\s+|huge\s+)*"
    r"(?:\w+\s+)?(?:fires?|blazes?))\s+(?:at|in|on|aboard|inside)\s+(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
_DAMAGE_TO = re.compile(
    r"\b(?:damage|destruction|hits?)\s+(?:(?:was|were|is|has been|have been|had been|also)\s+)*"
    r"(?:reported|caused|done|inflicted|recorded|registered|confirmed)\s+(?:to|at|on|in)\s+"
    r"(?:[\w’'-]+\s+){0,4}$",
    re.I,
)
_WENT_UP = re.compile(
    r"^(?:also |too |then )?(?:went|go|goes|gone|going) up"
    r"(?=\s*(?:[.,;!?]|$|and\b|in (?:smoke|flames?)))",
    re.I,
)
_BURNING = re.compile(
    r"\b(?:fire|flames?|ablaze|alight|petrol bombs?|arson\w*|torch\w*|burn\w*)\b", re.I
)
_PART = (
    r"(?:roof|roofs|window|windows|wall|walls|front|fronts|door|doors|dome|minaret|steeple|ceiling|"
    r"facade|façade|gate|gates|tower|upper floors?|balcon(?:y|ies)|gable|altar)"
)
_ITS_PART = re.compile(
    rf"\b(?P<owner>its|their|the|whose|his|her|my|our|[\w-]+['’]s)\s+(?:\w+\s+)?(?P<part>{_PART})\s+"
    r"(?:(?:is|are|was|were|has|have|had|been|being|all|now|partly|completely|half)\s+)*"
    r"(?:gone|holed|smashed|shattered|torn (?:off|away|open)|blown (?:in|out|off|open|apart|away)|"
    r"ripped (?:off|open|away)|caved in|collapsed|pierced|burned|burnt|missing|down|broken|"
    r"shot out|riddled|peppered|pitted|scorched|blackened|destroyed|damaged|kicked in)\b",
    re.I,
)
BEHIND = frozenset({"ruin", "gone", "barracks", "went_up", "aimed_at"})
"""States whose words stand behind the site."""
_WITHOUT = re.compile(
    r"^(?:(?:has|have|had) (?:no|lost)|no longer (?:has|have|had)|(?:is|was|were|are) (?:left )?"
    r"without)\s+(?:an? |its |their |most of its |all its )?(?:\w+ )?"
    r"(?:roofs?|windows?|walls?|fronts?|doors?|ceilings?|upper floors?)\b",
    re.I,
)
_WITH_DAMAGE = re.compile(
    r"^,?\s*with (?:(?:some|heavy|severe|light|minor|serious|at least|about|over|\d+|\w+)\s+){0,3}"
    r"(?:damage|bullet holes?|shell holes?|bullet marks|impacts?|broken windows|shattered windows|"
    r"smashed windows|blown-out windows)\b",
    re.I,
)
"""Marks of fire on what stands: "41 houses with damage", "the taxi, with 30 bullet holes"."""
_WHERE = re.compile(r"\bwhere\s+(?:(?:the|our|their|his|her|my|a)\s+)?(?:[\w’'-]+\s+){0,2}$", re.I)
_STOOD = re.compile(r"^(?:once |had |used to )*(?:stood|stand|standing)\b", re.I)
_AIMED_AT = re.compile(
    r"^(?:is|are|was|were|has been|have been|had been|became|becomes)\s+(?:also |again )?"
    r"(?:the |a )?(?:targets?|objects?|victims?) of (?:an? |the |several |two |three )?"
    r"(?:\w+[- ]){0,2}"
    r"(?:attacks?|shelling|strikes?|bomb\w*|raids?|arson\w*|drones?|missiles?|rockets?|grenades?|"
    r"looting|vandal\w*)\b",
    re.I,
)
_ACT_OF = re.compile(
    r"\b(?:bombing|shelling|bombardment|burning|torching|looting|destruction|storming|strike|attack|"
    r"raid|ambush|demolition|desecration|strafing|ransacking)s?"
    r",?\s+(?:on|last|this|early|late|in)\b[^.;:]{3,30}?\s+(?:of|on|against)\s+"
    r"(?:(?:the|a|an|its|their|our|his|her)\s+)?(?:[\w’'-]+\s+){0,2}$",
    re.I,
)
"""An act with its day between it and the object: "the bombing on 9 May of the church"."""


def ruined(passage: Passage, site: SiteMention) -> str | None:
    """The state the words beside a site tell, or None."""
    lead = passage.text[: site.start - passage.start]
    behind = passage.text[site.end - passage.start :].lstrip()
    vehicle = passage.lemmas[site.noun] in load_sites().vehicles
    if (_RUINED.match(behind) and not _SHELLS.match(behind)) or _LOST.match(behind):
        return "ruin"
    if _GONE.match(behind) and not vehicle:
        return "gone"
    if _AIMED_AT.match(behind):
        return "aimed_at"
    if _WITH_DAMAGE.match(behind):
        return "with_damage"
    if _WITHOUT.match(behind) and not vehicle:
        return "ruin"
    if _WHERE.search(lead) and _STOOD.match(behind):
        return "left"
    if _BARRACKS.match(behind) and site.kind not in {"military", "populated_area"}:
        return "barracks"
    if _NOTHING_LEFT.search(lead) or (_ONLY.search(lead) and _STANDS.match(behind)):
        return "left"
    if _ACT_OF.search(lead) and not _named_before(passage, site, lead):
        return "act_of"
    if _FIRE_AT.search(lead) or _DAMAGE_TO.search(lead):
        return "fire_or_damage"
    if _WENT_UP.match(behind) and _BURNING.search(f"{passage.before} {passage.text}"):
        return "went_up"
    return None


def part_of_site(passage: Passage) -> tuple[SiteMention, Mention] | None:
    """ "A church, its dome gone", "Its roof is holed": a part of the site told right before it, in
    the sentence or in the one before, as a mention of that site."""
    match = _ITS_PART.search(passage.text)
    if match is None:
        return None
    start, end = passage.start + match.start("part"), passage.start + match.end()
    inside = [t.index for t in passage.tokens if start <= t.start < end]
    if not inside:
        return None
    before = [s for s in passage.sites if s.end <= start and s.kind != "populated_area"]
    mine = match["owner"].lower() not in {"its", "their", "the", "whose"}
    owner = before[-1] if before and not mine else None
    if owner is None and match["owner"].lower() == "its":
        owner = _site_before(passage, inside[0], start)
    if mine and match["part"].lower().startswith("roof"):
        owner = _part_as("home", passage, inside[0])  # "his neighbour's roof was gone"
    if owner is None:
        return None
    mention = Mention(
        harm="object_struck", first=inside[0], last=inside[-1], predicate=inside[-1],
        harmed=(owner.noun,), pattern="state", rule="harm:object_struck:part", weak=True,
    )  # fmt: skip
    return owner, mention


_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def _named_before(passage: Passage, site: SiteMention, lead: str) -> bool:
    """Whether another object stands between the act and this one."""
    match = _ACT_OF.search(lead)
    start = passage.start + (match.start() if match is not None else 0)
    return any(start <= s.start and s.end <= site.start for s in passage.sites)


def kind_before(passage: Passage, last: str) -> SiteKind | None:
    """The kind of a site of the sentence before whose name ends in ``last``."""
    words = tuple(w.lower() for w in _WORD.findall(passage.before))
    lemmas = tuple(singular(w) for w in words)
    hits = load_sites().kinds.find_all(words, lemmas)
    return next(
        (kind for first, end, kind in hits if last in {words[end - 1], lemmas[end - 1]}), None
    )


def _site_before(passage: Passage, at: int, start: int) -> SiteMention | None:
    """The last site the sentence before names, standing for the word "its" points at."""
    words = tuple(w.lower() for w in _WORD.findall(passage.before))
    lemmas = tuple(singular(w) for w in words)
    hits = load_sites().kinds.find_all(words, lemmas)
    kinds = [kind for _, _, kind in hits if kind not in {"populated_area", "military"}]
    if not kinds:
        return None
    return _part_as(kinds[-1], passage, at)


def _part_as(kind: SiteKind, passage: Passage, at: int) -> SiteMention:
    token = passage.tokens[at]
    return SiteMention(kind=kind, first=at, last=at, noun=at, start=token.start, end=token.end)
