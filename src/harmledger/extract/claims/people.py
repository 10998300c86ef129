"""Who was harmed: status, age, sex and roles, from the words said of them (reading rule 25)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

from harmledger.core.claim import Status, VictimGroup, Victims
from harmledger.extract.claims.counting import Counted
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon, PersonWord

_YEARS = re.compile(
    r"(?P<years>\d{1,3}|[a-z]+)[\s\-–]+(?:years?|yr)[\s\-–]+old|aged? (?P<aged>\d{1,3})", re.I
)
_WRITTEN_AGES = {
    word: number
    for number, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
}
_ADULT_AT, _OLDER_AT = 18, 60
_LISTING = frozenset({"including", "among", "amongst", "like", "such"})
_PHRASE = ("conj", "cc", "parataxis", "punct", "appos")
T = TypeVar("T")


def describe_victims(passage: Passage, counted: Counted, persons: PersonLexicon) -> Victims:
    """What the phrase says of those harmed. Claim-level values hold of all of them."""
    members = counted.members or (counted,)
    groups = tuple(_describe_group(passage, one, persons) for one in members)
    start, end = counted.start, counted.end
    return Victims(
        as_written=passage.text[start - passage.start : end - passage.start],
        status=_common([g.status for g in groups]) or "undetermined",
        age=_common(tuple(g.age for g in groups)),
        sex=_common(tuple(g.sex for g in groups)),
        roles=_shared_roles(groups),
        groups=groups if len(groups) > 1 else (),
        named=sum(_is_name(passage, one) for one in members),
    )


def _common(values: Sequence[T | None]) -> T | None:
    return values[0] if values and all(value == values[0] for value in values) else None


def _shared_roles(groups: tuple[VictimGroup, ...]) -> tuple[str, ...]:
    shared = set(groups[0].roles)
    for group in groups[1:]:
        shared &= set(group.roles)
    return tuple(role for role in groups[0].roles if role in shared)


def _is_name(passage: Passage, counted: Counted) -> bool:
    return any(
        name.kind == "PER" and name.first <= counted.noun <= name.last
        for name in passage.tree.names
    )


def _describe_group(passage: Passage, counted: Counted, persons: PersonLexicon) -> VictimGroup:
    said = find_person_words(passage, counted.noun, persons)
    status: Status = next((w.status for w in said if w.status != "undetermined"), "undetermined")
    if any(w.status == "combatant" for w in said[:1]):
        status = "combatant"
    age = next((w.age for w in said if w.age is not None), None)
    stated = stated_age(passage, counted)
    if stated is not None:
        age = "child" if stated < _ADULT_AT else "older" if stated >= _OLDER_AT else "adult"
        if age != "adult":
            status = "civilian"
        elif status == "civilian":  # age beats the word: "an 18-year-old girl" (rule 25)
            told = (w.status for w in said if w.age != "child" and w.status != "undetermined")
            status = next(told, "undetermined")
    roles = tuple(dict.fromkeys(role for w in said for role in w.roles))
    return VictimGroup(
        as_written=passage.text[counted.start - passage.start : counted.end - passage.start],
        low=counted.quantity.low,
        high=counted.quantity.high,
        age=age,
        sex=next((w.sex for w in said if w.sex is not None), None),
        status=status,
        roles=roles,
    )


def find_person_words(
    passage: Passage, noun: int, persons: PersonLexicon
) -> tuple[PersonWord, ...]:
    """Person words of a phrase, the head noun's first, then those of its modifiers."""
    tree = passage.tree
    phrase = tree.subtree(noun, *_PHRASE, "acl:relcl", "nmod", "obl")
    inside = []
    for token in phrase:
        if token.index > noun and token.text.lower() in _LISTING:
            break
        inside.append(token.index)
    if noun not in inside:
        inside.append(noun)
    found: list[tuple[int, PersonWord]] = []
    at = 0
    while at < len(inside):
        hit = persons.words.match(passage.lowered, passage.lemmas, inside[at])
        if hit is None:
            at += 1
            continue
        end, word = hit
        heads = inside[at] <= noun < end
        found.append((0 if heads else 1 + abs(inside[at] - noun), word))
        at += max(1, sum(1 for i in inside[at:] if i < end))
    found.sort(key=lambda entry: entry[0])
    return tuple(word for _, word in found)


def stated_age(passage: Passage, counted: Counted) -> int | None:
    """The age in years told of the people counted ("a six-year-old girl", "a man, 34")."""
    words = passage.tree.subtree(counted.noun, "conj", "cc", "parataxis")
    window = passage.text[words[0].start - passage.start : words[-1].end - passage.start]
    match = _YEARS.search(window)
    if match is None:
        return None
    written = (match["years"] or match["aged"]).lower()
    return int(written) if written.isdigit() else _WRITTEN_AGES.get(written)
