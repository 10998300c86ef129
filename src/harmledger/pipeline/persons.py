"""Who in a document is a private person: sealed ledgers give each a key of their own.

The same rule as in editions: a voice is a private person where a name stands that no office and
no public body holds. What it misses (the dead, people a text names and does not quote) is under
the ledger's key like every other word, and `forget` reaches it all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import msgspec

from harmledger.core.claim import Claim, Voice
from harmledger.core.errors import MissingResource
from harmledger.core.extraction import Extraction
from harmledger.core.response import Response
from harmledger.ledger import Ledger
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.profiles import find_profile
from harmledger.publish.edition.voices import Names

PersonsOf = Callable[[Extraction], tuple[str, ...]]


class _Voices(msgspec.Struct, frozen=True):
    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()


def open_persons(ledger: Ledger) -> PersonsOf:
    """What finds private persons for this ledger; an ordinary ledger asks for none."""
    if ledger.store.seal.name == "plain":
        return lambda _extraction: ()
    return lambda extraction: _find((*extraction.claims, *extraction.responses))


def find_persons_in(body: Any) -> tuple[str, ...]:
    """The private persons that an extraction names, as it stands in a pack."""
    said = msgspec.convert(body, _Voices)
    return _find((*said.claims, *said.responses))


def _find(said: Iterable[Claim | Response]) -> tuple[str, ...]:
    voices = (voice for one in said for voice in one.voice)
    return tuple(dict.fromkeys(v.name for v in voices if v.name and _is_private(v)))


@lru_cache(maxsize=1)
def _names() -> Names | None:
    try:
        return Names(Gazetteer())
    except MissingResource:
        return None


@lru_cache(maxsize=20_000)
def _is_private(voice: Voice) -> bool:
    """Without the table of places nobody's name can be told from a body's: all are private."""
    names = _names()
    return names is None or names.show_voice(voice, find_profile("newsroom")).sealed
