"""The texts behind the gold, read and checked by hash.

The written reports lie beside their gold. The found ones are not in the repository: their texts
are cut from the corpus under the folder of data that the caller names.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import msgspec

from harmledger.capture.records import RECORD_TYPE
from harmledger.core.base import Value
from harmledger.core.document import Item, Text
from harmledger.core.errors import CannotParse, MissingResource
from harmledger.core.extraction import Extraction
from harmledger.core.ids import sha256_of
from harmledger.evals.gold import FOLDERS, GoldDocument, Stratum, TreebankSource
from harmledger.evals.treebanks import load_documents
from harmledger.pipeline.rooms import Rooms
from harmledger.pipeline.work import Done, Order, do_order

MUC = Path("muc4") / "muc4_dev.jsonl.gz"
"""Where the found texts lie, below the folder of data."""


class GoldReading(Value, frozen=True, kw_only=True):
    """What the reader made of one gold document. ``seconds``: of processor time."""

    gold: GoldDocument
    text: Text
    extraction: Extraction
    seconds: float

    @property
    def words(self) -> int:
        """Words between white space."""
        return len(self.text.text.split())


def iter_readings(
    documents: Sequence[GoldDocument], find_item: Callable[[GoldDocument], Item], rooms: Rooms
) -> Iterator[GoldReading]:
    """Read each document as ``harmledger read`` would.

    Raises:
        CannotParse: a text cannot be read, or is not the one that was marked up.
    """
    for gold in documents:
        item = find_item(gold)
        start = process_time()
        outcome = do_order(rooms, Order(item=item))
        seconds = process_time() - start
        if not isinstance(outcome, Done):
            raise CannotParse(f"{item.path}: {outcome.refusal.reason}")
        check_text(gold, outcome.text, item.path)
        yield GoldReading(
            gold=gold, text=outcome.text, extraction=outcome.extraction, seconds=seconds
        )


def check_text(gold: GoldDocument, text: Text, path: str) -> None:
    """See that ``text`` is the one that was marked up.

    Raises:
        CannotParse: it is another one, or a claim lies behind its end.
    """
    if text.sha256 != gold.text_sha256:
        raise CannotParse(
            f"{path}: the text read has sha256 {text.sha256}, `text_sha256` of {gold.doc} is "
            f"{gold.text_sha256}; the offsets count in another text, mark it up again"
        )
    ends = [claim.end for claim in gold.claims]
    if ends and max(ends) > len(text.text):
        raise CannotParse(f"{gold.doc}: an `end` of {max(ends)} lies behind the text's end")


def make_finder(
    stratum: Stratum, folder: Path, data: Path | None
) -> Callable[[GoldDocument], Item]:
    """A function from a gold document to the bytes it was marked up in.

    Raises:
        MissingResource: the found texts are asked for and ``data`` does not hold them.
    """
    if stratum == "written":
        return lambda gold: _written(folder / FOLDERS[stratum] / f"{gold.doc}.md")
    folder_of_data = _need(data)
    messages = cache(lambda: _load_messages(folder_of_data))
    documents = cache(lambda file: load_documents(folder_of_data / file))

    def find(gold: GoldDocument) -> Item:
        if gold.source is None:
            return _found(gold, messages())
        return _in_treebank(gold, gold.source, documents(gold.source.file))

    return find


def _written(path: Path) -> Item:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CannotParse(f"{path}: gold without its report ({error.strerror})") from error
    return Item(
        name=path.stem,
        path=str(path),
        media_type="text/markdown",
        content=content,
        sha256=sha256_of(content),
    )


def _need(data: Path | None) -> Path:
    if data is None or not (data / MUC).is_file():
        raise MissingResource(
            f"the texts of the found stratum are not at {data / MUC if data else MUC}; name the "
            f"folder that holds {MUC} with --data, or leave --data out to score the written "
            "stratum alone"
        )
    return data


def _load_messages(data: Path) -> dict[str, str]:
    """Texts of the corpus by their own hash."""
    path = data / MUC
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [_read_text(line, path, number) for number, line in enumerate(lines, 1)]
    return {sha256_of(text.encode("utf-8")): text for text in texts}


def _read_text(line: str, path: Path, number: int) -> str:
    try:
        row: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        return str(row["text"])
    except (msgspec.DecodeError, KeyError) as error:
        raise CannotParse(f"{path} line {number}: no record with a `text` ({error})") from error


def _found(gold: GoldDocument, texts: dict[str, str]) -> Item:
    text = texts.get(gold.text_sha256)
    if text is None:
        raise CannotParse(
            f"{gold.doc}: no text of {MUC} has the sha256 {gold.text_sha256} of `text_sha256`"
        )
    return _as_record(gold, text, str(MUC))


def _in_treebank(gold: GoldDocument, source: TreebankSource, texts: dict[str, str]) -> Item:
    text = texts.get(source.newdoc)
    if text is None or sha256_of(text.encode("utf-8")) != gold.text_sha256:
        raise CannotParse(
            f"{gold.doc}: {source.file} has no document {source.newdoc} with the sha256 "
            f"{gold.text_sha256} of `text_sha256`"
        )
    return _as_record(gold, text, source.file)


def _as_record(gold: GoldDocument, text: str, file: str) -> Item:
    record = {"id": gold.doc, "text": text, "published": gold.published}
    content = msgspec.json.encode(record)
    return Item(
        name=gold.doc,
        path=f"{file} {gold.doc}",
        media_type=RECORD_TYPE,
        content=content,
        sha256=sha256_of(content),
        record=1,
    )
