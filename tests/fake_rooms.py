"""Small rooms for tests of the ledger, the corridor and the doors: no model, no gazetteer.

``N killed`` and ``N injured`` are claims, ``breaks`` raises, ``undecodable`` cannot be decoded.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from harmledger.core.claim import Claim, Victims, Voice, claim_id
from harmledger.core.document import Block, Document, Item, Refusal, Sentence, Text
from harmledger.core.errors import CannotDecode
from harmledger.core.extraction import Extraction
from harmledger.core.ids import derived_id, document_id, sha256_of
from harmledger.core.location import write_location
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.span import cut_span
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.core.when import Moment, When
from harmledger.pipeline.rooms import Rooms

PATTERN = re.compile(r"(\d+)(?: \w+){0,2} (killed|injured)")


def find_items(paths: Sequence[Path]) -> Iterator[Item | Refusal]:
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            content = file.read_bytes()
            yield Item(
                name=file.stem,
                path=str(file),
                file=write_location(file),
                media_type="text/plain",
                content=content,
                sha256=sha256_of(content),
            )


def read_item(item: Item, reader: str = "fake@1") -> tuple[Document, Text]:
    if b"undecodable" in item.content:
        raise CannotDecode("no encoding fits. Save the file as UTF-8 and run again.")
    body = item.content.decode()
    parts = tuple((m.start(), m.end()) for m in re.finditer(r"[^.]+\.?", body))
    text = Text(
        sha256=sha256_of(body.encode()),
        reader=reader,
        text=body,
        blocks=(Block(start=0, end=len(body)),),
        sentences=tuple(Sentence(start=s, end=e, block=0) for s, e in parts),
    )
    document = Document(
        id=document_id(item.sha256),
        name=item.name,
        title=item.name.title(),
        source="The Fake Courier",
        published_at="2022-03-10T12:00:00Z",
        published_from="front_matter",
        language="en",
        sha256=item.sha256,
        media_type=item.media_type,
        text_sha256=text.sha256,
        reader=reader,
    )
    return document, text


class PanicError(BaseException):
    """As a library written in Rust ends: no Exception at all."""


@dataclass(frozen=True)
class FakeExtractor:
    version: str = "fake-claims@1"
    note: str = ""
    wider: int = 0
    pause: float = 0.0

    def extract(self, document: Document, text: Text, *, layers: bool = False) -> Extraction:
        time.sleep(self.pause)
        if "breaks" in text.text:
            raise ValueError("a bug of ours")
        if "panics" in text.text:
            raise PanicError("index 3 is no boundary")
        claims = tuple(self._claim(document, text, m) for m in PATTERN.finditer(text.text))
        return Extraction(
            document=document.id,
            text_sha256=text.sha256,
            extractor=self.version,
            claims=claims,
            unresolved=(
                Unresolved(
                    id=derived_id("unr", document.id),
                    document=document.id,
                    document_name=document.name,
                    span=None,
                    reason="no_publication_date",
                    note="nothing says when this was published",
                ),
            ),
            numbers=tuple(
                NumberState(
                    start=c.span.start,
                    end=c.span.start + 1,
                    as_written=c.span.quote[:1],
                    state="used",
                    claim=c.id,
                )
                for c in claims
            ),
        )

    def _claim(self, document: Document, text: Text, match: re.Match[str]) -> Claim:
        number = int(match[1])
        start = max(0, match.start() - self.wider)
        around = next(s for s in text.sentences if s.start <= match.start() < s.end)
        span = cut_span(text.text, start, match.end(), (around.start, around.end))
        quantity = Quantity(as_written=match[1], low=number, high=number, bound="exact")
        voice = (Voice(name="Mayor", as_written="the mayor", side="civil_authority"),)
        harm = "killed" if match[2] == "killed" else "injured"
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
                as_written="Mariupol",
                name="Mariupol",
                gazetteer_id="701822",
                country="UKR",
                lat=47.1,
                lon=37.5,
                precision=1,
                kind="town",
            ),
            occurred=When(
                as_written="on 9 March",
                edtf="2022-03-09",
                earliest="2022-03-09",
                latest="2022-03-09",
                precision=1,
            ),
            said_at=Moment(at=document.published_at, origin="published"),
            extractor=self.version,
            score=0.9,
        )


def make_rooms() -> Rooms:
    return Rooms(
        find_items=find_items, reader="fake@1", read_item=read_item, extractor=FakeExtractor()
    )


def make_slow_rooms() -> Rooms:
    return Rooms(
        find_items=find_items,
        reader="fake@1",
        read_item=read_item,
        extractor=FakeExtractor(pause=0.02),
    )


def make_later_rooms() -> Rooms:
    """A later extractor: the same figures, one code point more in each span."""
    extractor = FakeExtractor(version="fake-claims@2", wider=1)
    return Rooms(find_items=find_items, reader="fake@1", read_item=read_item, extractor=extractor)
