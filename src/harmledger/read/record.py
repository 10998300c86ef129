"""One record of a .jsonl file: ``{id?, title, text, published, source, url, language?}``."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import CannotDecode, CannotParse
from harmledger.read.blocks import find_blocks
from harmledger.read.page import Page, one_line

_BOM = b"\xef\xbb\xbf"


class Record(Value, frozen=True, kw_only=True):
    """What a record may say. Other fields are passed over; ``text`` must be there."""

    text: str
    id: str | int | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    example: bool | None = None


def read_record(content: bytes, where: str) -> Page:
    """The page of one record. The title is metadata and not part of the text (contract §2).

    Raises:
        CannotDecode: the line is not UTF-8.
        CannotParse: the line is no JSON object with a ``text``, or a field has the wrong type.
    """
    try:
        record = msgspec.json.decode(content.removeprefix(_BOM), type=Record, strict=True)
    except UnicodeDecodeError as error:
        raise CannotDecode(f"{where}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except msgspec.ValidationError as error:
        raise CannotParse(f"{where}: {error}; mend the record") from error
    except msgspec.DecodeError as error:
        raise CannotParse(f"{where}: no JSON object on this line: {error}") from error
    except RecursionError as error:
        raise CannotParse(f"{where}: JSON nested too deep for a report") from error
    if "\0" in record.text:
        raise CannotParse(f"{where}: the text holds a NUL character; remove it")
    return Page(
        text=record.text,
        blocks=find_blocks(record.text, markdown=False),
        title=one_line(record.title),
        source=one_line(record.source),
        url=one_line(record.url),
        language=record.language,
        published=(record.published,) if record.published else (),
        published_from="record",
        example=bool(record.example),
    )
