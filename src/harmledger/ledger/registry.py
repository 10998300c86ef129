"""Who is sealed: each person is an entry of the log, under a key of their own."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import msgspec

from harmledger.ledger.entry import TOOL, Act, Draft
from harmledger.ledger.known import Gathered
from harmledger.ledger.people import GAP, Directory, SealedPerson, find_strings, split_name
from harmledger.ledger.records import Records

NUMBER_BITS = 63
"""A person's number says nothing about the person: it is drawn by lot."""


def load_people(records: Records) -> None:
    """Tell the seal's directory of persons sealed since it was last told; a forgotten one has no
    name any more."""
    directory = records.store.seal.directory
    for seq, person in records.iter_people(directory.last):
        directory.last = seq
        if not any(GAP in word for spelling in person.spellings for word in spelling):
            directory.add(person)


def draft_people(records: Records, names: Sequence[str]) -> list[Draft]:
    """An entry for each of these that has none yet."""
    directory = records.store.seal.directory
    return [
        draft_person(SealedPerson(number=secrets.randbits(NUMBER_BITS), spellings=(words,)))
        for name, words in ((name, split_name(name)) for name in dict.fromkeys(names))
        if words and directory.named(name) is None
    ]


def draft_person(person: SealedPerson) -> Draft:
    """The entry that says somebody is sealed, their name cut out of it."""
    act = Act(actor=TOOL, action="seal", after=person_id(person.number))
    return Draft(kind="person", body=msgspec.to_builtins(person), act=act, persons=(person,))


def person_id(number: int) -> str:
    """How a sealed person is spoken of."""
    return f"per_{number:016x}"


def find_people(directory: Directory, gathered: Gathered) -> tuple[SealedPerson, ...]:
    """Everybody sealed whose whole name stands in this document or its description, and those
    whom reading found in it."""
    description = msgspec.to_builtins((gathered.document, gathered.captures))
    met = directory.find(gathered.text.text, *find_strings(description))
    named = (directory.named(name) for name in gathered.persons)
    return tuple({p.number: p for p in (*met, *named) if p is not None}.values())
