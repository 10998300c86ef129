"""Bytes to text with stable offsets: the steps, in order.

decode → front matter, record or page → blocks → language → sentences → furniture → dates.
"""

from __future__ import annotations

from harmledger.core.document import Document, Item, Text
from harmledger.core.errors import CannotParse, UnknownMediaType
from harmledger.core.ids import document_id, sha256_of
from harmledger.lexicon.abbreviations import load_abbreviations
from harmledger.lexicon.furniture import load_furniture
from harmledger.read.blocks import find_blocks
from harmledger.read.decode import decode_bytes
from harmledger.read.front_matter import split_front_matter
from harmledger.read.furniture import mark_furniture
from harmledger.read.html_page import read_html
from harmledger.read.language import find_language
from harmledger.read.page import Page, one_line
from harmledger.read.published import find_published
from harmledger.read.record import read_record
from harmledger.read.sentences import find_sentences

READER = "read@2"
"""Name and version of this reader. A new version makes a new text beside the old one."""


def _say_empty(item: Item) -> str:
    if not item.content.strip():
        return "there is no text in it: the file is empty. Fetch the report again"
    return (
        "there is no text in it. Look at the report: where its words are in pictures, or a script "
        "writes them, save them as .txt and run again"
    )


def read_item(item: Item) -> tuple[Document, Text]:
    """The document and its text layer; ``captures`` and ``origin_group`` are left empty.

    Same bytes, same answer: no clock, no network, no locale is asked.

    Raises:
        CannotDecode: the bytes are no text in any encoding we recognise.
        CannotParse: the text is not what its file type promises, or there is none.
        UnknownMediaType: no reader takes this kind of item.
    """
    page = _read_page(item)
    if not page.text.strip():
        raise CannotParse(f"{item.path}: {_say_empty(item)}")
    language = find_language(page.language, page.text)
    sentences = find_sentences(page.text, page.blocks, language, load_abbreviations())
    blocks, sentences = mark_furniture(page.text, page.blocks, sentences, load_furniture())
    text = Text(
        sha256=sha256_of(page.text.encode("utf-8")),
        reader=READER,
        text=page.text,
        blocks=blocks,
        sentences=sentences,
    )
    return _document(item, page, language, text), text


def _document(item: Item, page: Page, language: str | None, text: Text) -> Document:
    published_at, published_from = find_published(
        page.published, page.published_from, page.url, page.text
    )
    return Document(
        id=document_id(item.sha256),
        name=item.name,
        title=page.title,
        source=page.source or item.source,
        url=page.url,
        published_at=published_at,
        published_from=published_from,
        language=language,
        sha256=item.sha256,
        media_type=item.media_type,
        text_sha256=text.sha256,
        reader=READER,
        example=page.example,
    )


def _read_page(item: Item) -> Page:
    match item.media_type:
        case "text/plain" | "text/markdown":
            return _read_plain(item)
        case "text/html":
            source = decode_bytes(item.content, item.path, html=True)
            return read_html(source, item.path, load_furniture())
        case "application/x-ndjson-record":
            return read_record(item.content, item.path)
        case other:
            raise UnknownMediaType(f"{item.path}: no reader takes {other}; save it as text or HTML")


def _read_plain(item: Item) -> Page:
    """Plain text and markdown: the text is the body below the front matter, as it is."""
    body = decode_bytes(item.content, item.path)
    fields, start = split_front_matter(body, item.path)
    text = body[start:]
    published = fields.get("published") or fields.get("date")
    return Page(
        text=text,
        blocks=find_blocks(text, markdown=item.media_type == "text/markdown"),
        title=one_line(fields.get("title")),
        source=one_line(fields.get("source")),
        url=one_line(fields.get("url")),
        language=fields.get("language") or fields.get("lang"),
        published=(published,) if published else (),
        published_from="front_matter",
        example=fields.get("example", "").lower() in {"true", "yes"},
    )
