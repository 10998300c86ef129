"""Harm words that the rest of the passage gives another outcome or other people.

"Was blown up by a mine" is said of those who died and of those who lived: injured where the
passage tells of wounds or of hospital and of no death. Whoever fights for somebody else's life is
a doctor.
"""

from __future__ import annotations

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


def with_outcome(passage: Passage, mention: Mention) -> Mention:
    """The mention as the whole passage has it."""
    if mention.harm == "killed" and mention.rule.startswith("harm:killed:blow+up"):
        words = set(passage.lemmas)
        at = mention.predicate
        trod = passage.lowered[at + 1 : at + 3] == ("up", "on")  # "blew up on a mine": set it off
        if (trod or words & _LIVED) and not words & _DIED:
            return msgspec.structs.replace(mention, harm="injured")
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
