"""Harm words that the rest of the passage gives another outcome or other people.

"Was blown up by a mine" is said of those who died and of those who lived: injured where the
passage tells of wounds or of hospital and of no death. Whoever fights for somebody else's life is
a doctor.
"""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.harms.arguments import find_objects, find_phrases
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage

_LIVED = frozenset(
    {"hospital", "hospitalise", "hospitalize", "injury", "injure", "wound", "amputation", "survive",
     "surgery", "leg", "foot"}
)  # fmt: skip
_DIED = frozenset({"die", "dead", "death", "kill", "spot", "body", "remains"})
_CARERS = frozenset({"doctor", "medic", "surgeon", "physician", "paramedic", "nurse", "hospital"})
_LIFE = frozenset({"life", "lives"})


_EXECUTED = re.compile(
    r"\b(?:(?:up )?against (?:a|the) (?:\w+ )?wall|"
    r"one after (?:the other|another)|one by one|execution[- ]style|firing squad|"
    r"(?:taken|led|dragged|marched) (?:out(?:side)?|away|off) and shot)\b",
    re.I,
)
"""Beside "shot" it says that nobody was left alive, unless the passage tells of wounds."""


_BY_LIMBS = re.compile(
    r"\bby (?:the|his|her|their|my|our) (?:wrist|feet|foot|arm|ankle|hand|hair|thumb|leg)s?\b", re.I
)
"""How those who are hanged to be beaten hang."""


def with_outcome(passage: Passage, mention: Mention) -> Mention:
    """The mention as the whole passage has it."""
    if mention.harm == "killed" and mention.rule.startswith("harm:killed:blow+up"):
        words = set(passage.lemmas)
        at = mention.predicate
        trod = passage.lowered[at + 1 : at + 3] == ("up", "on")  # "blew up on a mine": set it off
        if (trod or words & _LIVED) and not words & _DIED:
            return msgspec.structs.replace(mention, harm="injured")
    if mention.rule == "harm:killed:hang" and _BY_LIMBS.search(passage.text):
        return msgspec.structs.replace(mention, harm="injured")
    if mention.rule == "harm:injured:with+bullet" and mention.first:
        riddled = passage.lowered[mention.first - 1] == "riddled"
        return msgspec.structs.replace(mention, harm="killed") if riddled else mention
    if mention.rule == "harm:injured:shoot" and not mention.denied:
        shot = _EXECUTED.search(passage.text) and not set(passage.lemmas) & _LIVED
        return msgspec.structs.replace(mention, harm="killed") if shot else mention
    if mention.harm == "injured" and mention.rule.startswith("harm:injured:fight+for"):
        return _of_the_patient(passage, mention)
    return mention


def _of_the_patient(passage: Passage, mention: Mention) -> Mention:
    """ "Doctors are fighting for the life of a boy": the boy, or nobody who has a name here."""
    if not any(passage.lemmas[h] in _CARERS for h in mention.harmed):
        return mention
    lives = [
        head
        for head in (*find_phrases(passage.tree, mention.predicate, "for"),
                     *find_objects(passage.tree, mention.predicate))
        if passage.lowered[head] in _LIFE
    ]  # fmt: skip
    patients = tuple(p for head in lives for p in find_phrases(passage.tree, head, "of"))
    return msgspec.structs.replace(mention, harmed=patients)
