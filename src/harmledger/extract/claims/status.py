"""Civilian, combatant or neither said: by occupation, by age, and by what somebody belongs to
(reading rule 25)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from harmledger.core.claim import Status
from harmledger.extract.claims.person_words import Said, is_name, phrase_tokens
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.persons import PersonLexicon
from harmledger.lexicon.settings import load_actors

_BELONGS = frozenset({"of", "from", "with", "in", "for", "at"})
"""Of these "for" and "at" tell an employer ("a driver for the Red Cross")."""


def weigh_status(
    passage: Passage, noun: int, said: Sequence[Said], persons: PersonLexicon
) -> tuple[Status, bool]:
    """The status a phrase says, and whether it names police.

    Police words leave it open; a former soldier or a deserter is no combatant; a member is what he
    belongs to. Misses status told by a deed ("who had taken up arms").
    """
    head = next((s for s in said if s.heads), None)
    if _names(passage, noun, persons, "police") and not (head is not None and head.word.kin):
        return _other_than_police(said), True
    bears_arms = _bears_arms(passage, noun, said, persons)
    if bears_arms:
        former = is_former(passage, noun, persons)
        return "undetermined" if former else "combatant", False
    found: Status = next(
        (s.word.status for s in said if s.word.status == "civilian"), "undetermined"
    )
    if found == "undetermined" and _belongs(passage, noun, head, persons):
        found = "civilian"
    return found, False


def is_former(passage: Passage, noun: int, persons: PersonLexicon) -> bool:
    """ "Former minister", "ex-soldier", "retired general": what the phrase names is over."""
    inside = phrase_tokens(passage, noun)
    words = [word for i in inside for word in (passage.lowered[i], passage.lemmas[i])]
    return any(word in persons.former or word.startswith("ex-") for word in words)


def _other_than_police(said: Sequence[Said]) -> Status:
    """ "A police officer's child" aside, police beside a civilian word ("police psychologist")
    stays open."""
    head = next((s for s in said if s.heads), None)
    return "civilian" if head is not None and head.word.age == "child" else "undetermined"


def _bears_arms(passage: Passage, noun: int, said: Sequence[Said], persons: PersonLexicon) -> bool:
    name = is_name(passage, noun)
    head = next((s for s in said if s.heads), None)
    for one in said:
        if one.word.status == "combatant" and (one.heads or name or head is None):
            return True
    if head is not None and head.at < noun and head.word.status == "civilian":
        return False  # "civil defence workers": told by the whole of the phrase
    member = head is None or passage.lemmas[noun] in persons.members or head.word.rank
    return member and (head is not None or not name) and _names(passage, noun, persons, "armed")


def _belongs(passage: Passage, noun: int, head: Said | None, persons: PersonLexicon) -> bool:
    """A member of a union, a leader of a party, or a leader of a body that is only a name."""
    lemma = passage.lemmas[noun]
    titled = (
        [passage.lemmas[i] for i in phrase_tokens(passage, noun)] if is_name(passage, noun) else []
    )
    if lemma in persons.members or set(titled) & persons.leaders:
        if _names(passage, noun, persons, "civil"):
            return True
        leads = lemma in persons.leaders or bool(set(titled) & persons.leaders)
        return leads and any(
            passage.tokens[i].upos == "PROPN" for i in company(passage, noun) if i != noun
        )
    return False


def _names(passage: Passage, noun: int, persons: PersonLexicon, kind: str) -> bool:
    """Whether the phrase, the noun itself aside, or what it belongs to names an armed, a police or
    a civil body."""
    words = company(passage, noun)
    if kind == "armed":
        return any(_is_armed(passage, at, persons) for at in words if at != noun)
    index = persons.police if kind == "police" else persons.civil
    return any(index.match(passage.lowered, passage.lemmas, at) is not None for at in words)


def _is_armed(passage: Passage, at: int, persons: PersonLexicon) -> bool:
    for index in (persons.armed, load_actors().groups):
        if index.match(passage.lowered, passage.lemmas, at) is not None:
            return True
    joined = passage.lowered[at].replace("-", "")  # "non-commissioned" as one word
    if persons.armed.match((joined,), (joined,), 0) is not None:
        return True
    hit = persons.words.match(passage.lowered, passage.lemmas, at)
    return hit is not None and hit[1].status == "combatant" and not hit[1].rank


@lru_cache(LATELY)
def company(passage: Passage, noun: int) -> tuple[int, ...]:
    """The words of the phrase and of what it belongs to ("members of the armed wing of X")."""
    found = set(phrase_tokens(passage, noun))
    for child in passage.tree.children(noun, "nmod"):
        if child.deprel == "nmod:poss":
            continue
        cases = {c.lemma.lower() for c in passage.tree.children(child.index, "case")}
        if cases & _BELONGS:
            found |= {t.index for t in passage.tree.subtree(child.index, "conj", "acl", "appos")}
    return tuple(sorted(found))
