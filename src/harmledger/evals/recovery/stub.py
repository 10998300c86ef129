"""Reports made from a number, and rooms that read them at once: what is tested is the record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from harmledger.core.claim import Claim, Harm, Victims, Voice, claim_id
from harmledger.core.document import Block, Document, Item, Refusal, Sentence, Text
from harmledger.core.errors import CannotDecode
from harmledger.core.extraction import Extraction
from harmledger.core.ids import document_id, sha256_of
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.span import cut_span
from harmledger.core.when import Moment, When
from harmledger.pipeline.rooms import Rooms

_SAID = re.compile(r"(\d+) were (killed|injured) in (\w+)")
_TOWNS = ("Arda", "Belin", "Cosa", "Dorn")
_READER = "stub@1"


def write_reports(folder: Path, many: int) -> None:
    """``many`` reports of made-up towns; every tenth cannot be read."""
    folder.mkdir(parents=True)
    for number in range(many):
        town = _TOWNS[number % len(_TOWNS)]
        words = (
            f"{number % 7 + 1} were killed in {town}. "
            f"The mayor said {number % 5 + 9} were injured in {town} (report {number})."
        )
        path = folder / f"{number:04}.txt"
        path.write_bytes(b"\xff\xfe unreadable" if number % 10 == 9 else words.encode())


def make_rooms() -> Rooms:
    """Rooms that open at once."""
    return Rooms(
        find_items=_find_items, reader=_READER, read_item=_read_item, extractor=_Extractor()
    )


def _find_items(paths: Sequence[Path]) -> Iterator[Item | Refusal]:
    for file in sorted(file for path in paths for file in path.iterdir()):
        yield make_item(file, file.read_bytes())


def make_item(file: Path, content: bytes) -> Item:
    """A report that need not lie on any disk."""
    return Item(
        name=file.stem,
        path=str(file),
        media_type="text/plain",
        content=content,
        sha256=sha256_of(content),
    )


def _read_item(item: Item) -> tuple[Document, Text]:
    try:
        body = item.content.decode()
    except UnicodeDecodeError as error:
        raise CannotDecode("not UTF-8. Save it as UTF-8 and run again.") from error
    end = body.index(". ") + 1
    text = Text(
        sha256=sha256_of(item.content),
        reader=_READER,
        text=body,
        blocks=(Block(start=0, end=len(body)),),
        sentences=(
            Sentence(start=0, end=end, block=0),
            Sentence(start=end + 1, end=len(body), block=0),
        ),
    )
    day = int(item.name) % 27 + 1
    document = Document(
        id=document_id(item.sha256),
        name=item.name,
        published_at=f"2023-03-{day:02}T12:00:00Z",
        published_from="front_matter",
        language="en",
        sha256=item.sha256,
        media_type=item.media_type,
        text_sha256=text.sha256,
        reader=_READER,
    )
    return document, text


class _Extractor:
    """Finds ``N were killed in TOWN``."""

    version = "stub-claims@1"
    note = ""

    def extract(self, document: Document, text: Text, *, layers: bool = False) -> Extraction:
        return Extraction(
            document=document.id,
            text_sha256=text.sha256,
            extractor=self.version,
            claims=tuple(_claim(document, text, found) for found in _SAID.finditer(text.text)),
        )


def _claim(document: Document, text: Text, found: re.Match[str]) -> Claim:
    harm: Harm = "killed" if found[2] == "killed" else "injured"
    sentence = text.sentences[harm == "injured"]
    span = cut_span(text.text, found.start(), found.end(), (sentence.start, sentence.end))
    quantity = Quantity(as_written=found[1], low=int(found[1]), high=int(found[1]), bound="exact")
    voice = (Voice(name="Mayor", as_written="the mayor", side="civil_authority"),)
    day = (document.published_at or "")[:10]
    return Claim(
        id=claim_id(document.id, text.sha256, span, harm, "asserts", voice, quantity),
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=span,
        harm=harm,
        quantity=quantity,
        victims=Victims(),
        voice=voice,
        place=Place(
            as_written=found[3],
            name=found[3],
            gazetteer_id=str(1 + _TOWNS.index(found[3])),
            country="XKX",
            lat=42.0 + _TOWNS.index(found[3]),
            lon=21.0,
            precision=1,
            kind="town",
        ),
        occurred=When(as_written="", edtf=day, earliest=day, latest=day, precision=1),
        said_at=Moment(at=document.published_at, origin="published"),
        extractor=_Extractor.version,
        score=0.9,
    )
