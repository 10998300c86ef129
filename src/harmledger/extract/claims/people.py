"""Who was harmed: status, age, sex and roles, from the words said of them (reading rule 25)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from harmledger.core.claim import Age, Sex, Status, VictimGroup, Victims
from harmledger.extract.claims.ages import stated_age
from harmledger.extract.claims.conditions import at_daily_work, roles_beside
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.doers import speaks_only
from harmledger.extract.claims.person_words import (
    find_said,
    name_end,
    phrase_tokens,
    said_of_all,
)
from harmledger.extract.claims.status import is_former, weigh_status
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon, PersonWord

T = TypeVar("T")


def describe_victims(passage: Passage, counted: Counted, persons: PersonLexicon) -> Victims:
    """What the phrase says of those harmed. Claim-level values hold of all of them."""
    members = counted.members or (counted,)
    groups = tuple(_describe_group(passage, one, persons) for one in members)
    groups = _with_kin(passage, groups, members, persons)
    start, end = _written(passage, counted)
    return Victims(
        as_written=passage.text[start - passage.start : end - passage.start],
        status=_common([g.status for g in groups]) or "undetermined",
        age=_common(tuple(g.age for g in groups)),
        sex=_common(tuple(g.sex for g in groups)),
        roles=_shared_roles(groups),
        groups=groups if len(groups) > 1 else (),
        named=sum(_is_name(passage, one) for one in members),
    )


def _written(passage: Passage, counted: Counted) -> tuple[int, int]:
    """The counted words; of one named person the title and the whole name."""
    if counted.members or not _is_name(passage, counted):
        return counted.start, counted.end
    last = passage.tokens[name_end(passage, counted.noun)].end
    first = counted.noun
    title = set(phrase_tokens(passage, counted.noun))
    while first - 1 in title:
        first -= 1
    return min(counted.start, passage.tokens[first].start), max(counted.end, last)


_PARENTS = frozenset({"father", "mother", "parent", "grandfather", "grandmother", "aunt", "uncle"})
_OWN = frozenset({"his", "her", "their"})
_HOUSEHOLD = frozenset(
    {"driver", "helper", "assistant", "chauffeur", "cook", "maid", "congregation", "colleague",
     "companion", "neighbour", "neighbor"}
)  # fmt: skip


def _with_kin(
    passage: Passage,
    groups: tuple[VictimGroup, ...],
    members: Sequence[Counted],
    persons: PersonLexicon,
) -> tuple[VictimGroup, ...]:
    """ "Two girls and their aunt", "a judge and his driver": kin and those of somebody's household
    are what he is."""
    statuses = {g.status for g in groups}
    mixed = len(groups) > 1 and "civilian" in statuses and "combatant" not in statuses
    if not mixed or any("police" in g.roles for g in groups):
        return groups
    kin = [_is_kin(passage, one, persons) for one in members]
    return tuple(
        msgspec.structs.replace(g, status="civilian") if is_kin else g
        for g, is_kin in zip(groups, kin, strict=True)
    )


def _is_kin(passage: Passage, one: Counted, persons: PersonLexicon) -> bool:
    lemma = passage.lemmas[one.noun]
    word = persons.single.get(lemma)
    owned = any(c.text.lower() in _OWN for c in passage.tree.children(one.noun))
    return (owned and lemma in _HOUSEHOLD) or lemma in _PARENTS or (word is not None and word.kin)


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
    if _only_speaks(passage, counted):
        return _nothing_said(passage, counted)
    said = find_said(passage, counted.noun, persons)
    status, police = weigh_status(passage, counted.noun, said, persons)
    told = [one.word for one in said]
    open_to_roles = status == "civilian" and not any(word.roles for word in told)
    if not police and (status == "undetermined" or open_to_roles):
        told += said_of_all(passage, counted.end, persons)
    if status == "undetermined" and not police:
        status = next((w.status for w in told if w.status != "undetermined"), status)
        over = not counted.figure or is_former(passage, counted.noun, persons)
        status = "undetermined" if status == "combatant" and over else status
    if status == "undetermined" and not police:
        peaceful = _is_one_family(passage, counted) or at_daily_work(passage, counted)
        status = "civilian" if peaceful else status
    of_all = [*told, *said_of_all(passage, counted.end, persons)]
    age = _worded_age(of_all)
    stated = stated_age(passage, counted)
    if stated is not None:
        age = stated
        status = _status_at(age, status, told)
    roles = _roles(told, status, police, is_former(passage, counted.noun, persons))
    beside = () if police else roles_beside(passage, counted, persons)
    roles = tuple(
        dict.fromkeys(
            (*roles, *(r for r in beside if r in _CONDITIONS or not roles or _both(r, roles)))
        )
    )
    if status == "undetermined" and set(roles) & persons.civilian_roles:
        status = "civilian"
    return msgspec.structs.replace(
        _nothing_said(passage, counted),
        age=age,
        sex=next((w.sex for w in of_all if w.sex is not None), None)
        or _addressed(passage, counted, persons),
        status=status,
        roles=roles,
    )


_CONDITIONS = frozenset({"pregnant", "detainee"})
"""Roles that stand beside any other."""


def _both(role: str, roles: Sequence[str]) -> bool:
    """ "A nurse of a relief agency" is of both callings."""
    return role == "aid_worker" and "health_worker" in roles


def _only_speaks(passage: Passage, counted: Counted) -> bool:
    """ "The mayor spoke of 12 dead": the speaker before the figure is none of those counted."""
    return passage.tokens[counted.noun].end <= counted.start and speaks_only(passage, counted.noun)


def _nothing_said(passage: Passage, counted: Counted) -> VictimGroup:
    return VictimGroup(
        as_written=passage.text[counted.start - passage.start : counted.end - passage.start],
        low=counted.quantity.low,
        high=counted.quantity.high,
    )


def _worded_age(told: Sequence[PersonWord]) -> Age | None:
    """ "An elderly woman" is older, though a woman is an adult."""
    ages = [w.age for w in told if w.age is not None]
    if ages and ages[0] == "adult" and "older" in ages:
        return "older"
    return ages[0] if ages else None


def _is_one_family(passage: Passage, counted: Counted) -> bool:
    """A family told of singly is people at home; thousands of families are a unit of count."""
    return passage.lemmas[counted.noun] == "family" and passage.tokens[counted.noun].xpos == "NN"


def _status_at(age: Age, status: Status, told: Sequence[PersonWord]) -> Status:
    """Age beats the word: an 18-year-old girl is no child, so nothing makes her a civilian."""
    if age != "adult":
        return "civilian" if status != "combatant" else status
    if status == "civilian":
        said = (w.status for w in told if w.age != "child" and w.status != "undetermined")
        return next(said, "undetermined")
    return status


def _roles(
    told: Sequence[PersonWord], status: Status, police: bool, former: bool
) -> tuple[str, ...]:
    """An officer of an army is no police, a police chief and a former minister are no officials."""
    roles = dict.fromkeys(role for word in told for role in word.roles)
    if police:
        roles = {"police": None, **{r: None for r in roles if r != "official"}}
    if status == "combatant":
        roles.pop("police", None)
    if former:
        roles.pop("official", None)
    return tuple(roles)


def _addressed(passage: Passage, counted: Counted, persons: PersonLexicon) -> Sex | None:
    """The sex a pronoun or a form of address says ("him", "Mr. Pizarro")."""
    for at in phrase_tokens(passage, counted.noun):
        sex = persons.address.get(passage.lowered[at].rstrip("."))
        if sex is not None:
            return sex
    return None


def find_person_words(
    passage: Passage, noun: int, persons: PersonLexicon
) -> tuple[PersonWord, ...]:
    """Person words of a phrase, the head noun's first, then those of its modifiers."""
    return tuple(one.word for one in find_said(passage, noun, persons))
