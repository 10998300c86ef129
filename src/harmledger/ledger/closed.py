"""Words that are never cut as a name: those of the closed lists in the core's values, and ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import msgspec

from harmledger.core.decision import Decision
from harmledger.core.document import Capture, Document, Refusal, Text
from harmledger.core.extraction import Extraction

_ID = re.compile(r"(?:[a-z]{2,5}_)?[0-9a-f]{16,}")


class ClosedWords:
    """Contains a string that must stay as it is for the value to be read again."""

    def __init__(self, words: frozenset[str]) -> None:
        self._words = words

    def __contains__(self, word: object) -> bool:
        return word in self._words or (isinstance(word, str) and _is_id(word))


def _is_id(word: str) -> bool:
    return _ID.fullmatch(word) is not None


@lru_cache(maxsize=1)
def load_closed() -> ClosedWords:
    """The closed words of every value that an entry of the log may hold."""
    roots = (Decision, Document, Capture, Text, Refusal, Extraction)
    words: set[str] = set()
    seen: set[type] = set()
    for root in roots:
        words.update(_iter_words(msgspec.inspect.type_info(root), seen))
    return ClosedWords(frozenset(words))


def _iter_words(kind: Any, seen: set[type]) -> Iterator[str]:
    match kind:
        case msgspec.inspect.LiteralType(values=values):
            yield from (v for v in values if isinstance(v, str))
        case msgspec.inspect.StructType(cls=cls, fields=fields) if cls not in seen:
            seen.add(cls)
            for field in fields:
                yield from _iter_words(field.type, seen)
        case msgspec.inspect.UnionType(types=types):
            for one in types:
                yield from _iter_words(one, seen)
        case (
            msgspec.inspect.VarTupleType(item_type=item) | msgspec.inspect.ListType(item_type=item)
        ):
            yield from _iter_words(item, seen)
        case msgspec.inspect.TupleType(item_types=items):
            for one in items:
                yield from _iter_words(one, seen)
        case msgspec.inspect.DictType(key_type=key, value_type=value):
            yield from _iter_words(key, seen)
            yield from _iter_words(value, seen)
