"""Whom "four of them" are where no claim counts them: "sprayed bullets at labourers, killing four
of them"; and what "belonged to the armed groups" and "was identified as a vendor" say.

Only the nearest plural noun for people before the number, in its sentence, and never who did it.
"""

from __future__ import annotations

from harmledger.core.claim import Claim, Status, Victims
from harmledger.extract.claims.person_words import find_said
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon
from harmledger.lexicon.settings import load_actors

_WARRING = frozenset({"brigade", "side", "faction", "fighter", "militia", "front"})


def group_before(
    passage: Passage, noun: int, claim: Claim, persons: PersonLexicon
) -> Victims | None:
    """What the sentence says of those that "N of them" goes back to."""
    accused = claim.alleged_perpetrator
    did_it = set(accused.as_written.split()) if accused is not None else set()
    for token in reversed(passage.tokens[:noun]):
        if token.upos != "NOUN" or token.xpos != "NNS" or token.text in did_it:
            continue
        if token.head >= 0 and passage.lemmas[token.head] == "tell" and token.deprel != "nsubj":
            continue  # "relatives told reporters that three of them had been taken"
        said = find_said(passage, token.index, persons)
        if not said:
            continue
        told = [one.word for one in said]
        status: Status = next(
            (w.status for w in told if w.status != "undetermined"), "undetermined"
        )
        roles = tuple(dict.fromkeys(r for w in told for r in w.roles))
        if "police" in roles:
            status = "undetermined"
        return Victims(status=status, roles=roles)
    return None


def belongs_to_armed(passage: Passage, head: Token | None, persons: PersonLexicon) -> bool:
    """ "Four of the dead belonged to the warring brigades"."""
    if head is None or passage.lemmas[head.index] != "belong":
        return False
    words = (passage.lowered, passage.lemmas)
    return any(
        passage.lemmas[t.index] in _WARRING
        or persons.armed.match(*words, t.index) is not None
        or load_actors().groups.match(*words, t.index) is not None
        for child in passage.tree.children(head.index, "obl")
        for t in passage.tree.subtree(child.index, "acl")
    )


def identified_as(passage: Passage, head: Token | None) -> int | None:
    """The noun of "the fatality was identified as a 62-year-old vendor"."""
    if head is None or passage.lemmas[head.index] not in {"identify", "name", "describe"}:
        return None
    for child in passage.tree.children(head.index, "obl"):
        case = passage.tree.child(child.index, "case", "mark")
        if case is not None and case.text.lower() == "as" and child.upos == "NOUN":
            return child.index
    return None
