"""The rooms the corridor walks through, as one value, so that others can be put in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harmledger.core.document import Document, Item, Refusal, Text
from harmledger.core.extraction import Extraction


class Extractor(Protocol):
    """What reads a text for claims. ``version`` is name@version and stands in every claim;
    ``note`` is empty, or says what is lost because a part of the reader is not there."""

    @property
    def version(self) -> str: ...

    @property
    def note(self) -> str: ...

    def extract(self, document: Document, text: Text, *, layers: bool = False) -> Extraction: ...


@dataclass(frozen=True)
class Rooms:
    """Capture, read and extract. Opening them loads the model, so it is done once a process.

    ``reader``: name@version, as it stands in every text that ``read_item`` makes.
    """

    find_items: Callable[[Sequence[Path]], Iterator[Item | Refusal]]
    reader: str
    read_item: Callable[[Item], tuple[Document, Text]]
    extractor: Extractor


RoomMaker = Callable[[], Rooms]
"""A function that opens the rooms; at module level, so that worker processes can call it."""


def open_rooms() -> Rooms:
    """The rooms of this installation.

    Raises:
        MissingResource: the gazetteer has not been built.
        LexiconError: a lexicon file says something it may not say.
    """
    from harmledger.extract.language import find_parser

    parser = find_parser()  # loads while everything else is imported and opened
    from harmledger.capture import find_items
    from harmledger.extract import ClaimExtractor
    from harmledger.lexicon.gazetteer import Gazetteer
    from harmledger.read import READER, read_item

    extractor = ClaimExtractor(Gazetteer(), parser=parser)
    return Rooms(find_items=find_items, reader=READER, read_item=read_item, extractor=extractor)
