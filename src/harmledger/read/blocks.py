"""Blocks of plain text and markdown: paragraphs, headings, list items, table rows, captions.

The text is left as it is; blocks only say where things stand in it. Every character that is no
whitespace lies in exactly one block.

What a line end means is decided for each run of lines without a blank line between them. Hard
wrapped lines (each break falls where the next word would not have fitted) are one paragraph;
otherwise every line is a paragraph of its own, unless its sentence plainly goes on below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from harmledger.core.document import Block, BlockKind
from harmledger.read.outline import Draft, outline

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING = re.compile(r"(#{1,6})[ \t]+\S")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})\s*\Z")
_RULE = re.compile(r"(?:[-*_=~#.•][ \t]*){3,}\Z")
_BULLET = re.compile(r"[-*+•‣◦·–—][ \t]+\S")
_ORDERED = re.compile(r"\(?\d{1,3}[.)][ \t]+\S")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?\Z")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)\Z")
_CAPTION = re.compile(r"(?:photo|image|caption|picture|video|file photo)(?: credit)?:[ \t]", re.I)
SENTENCE_END = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*\s*\Z")

WRAP_WIDTHS = range(40, 133)
"""Columns at which mailers, agencies and editors wrap."""
SLACK = 6
"""A wrapped line may fall this short of the width (edited copy)."""
FORCED_SHARE = 0.6
"""Of the breaks in a wrapped paragraph, so many fall where the next word did not fit."""


class Line(NamedTuple):
    """One line that is not blank, without its line end; ``gap``: a blank line stands above."""

    start: int
    end: int
    text: str
    gap: bool


def find_blocks(text: str, *, markdown: bool) -> tuple[Block, ...]:
    """Blocks of ``text`` in order, trimmed of whitespace; offsets in code points.

    ``markdown``: lines that begin with ``#`` or are underlined are headings.
    """
    drafts: list[Draft] = []
    for run in _runs(text):
        for draft in _draft_run(run, markdown):
            if draft.kind == "table_row" and draft.furniture and drafts:
                drafts[-1] = drafts[-1]._replace(header=drafts[-1].kind == "table_row")
            drafts.append(draft)
    return outline(text, drafts)


def _lines(text: str) -> Iterator[Line]:
    gap = True
    for found in _LINE.finditer(text):
        raw = found.group().rstrip("\r\n")
        kept = raw.strip()
        if kept:
            start = found.start() + len(raw) - len(raw.lstrip())
            yield Line(start, start + len(kept), raw.rstrip(), gap)
        gap = not kept


def _runs(text: str) -> Iterator[list[Line]]:
    """Lines between blank lines."""
    run: list[Line] = []
    for line in _lines(text):
        if line.gap and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _draft_run(run: Sequence[Line], markdown: bool) -> Iterator[Draft]:
    """Blocks of one run: marked lines by their mark, the prose between them by its wrapping."""
    prose: list[Line] = []
    item: BlockKind | None = None
    for number, line in enumerate(run):
        below = run[number + 1] if number + 1 < len(run) else None
        draft = _marked(line, below, prose, item, markdown)
        if draft is None:
            prose.append(line)
            continue
        yield from _draft_prose(prose, item)
        prose, item = [], None
        if draft.kind == "list_item":
            prose, item = [line], "list_item"
        else:
            yield draft
    yield from _draft_prose(prose, item)


def _marked(
    line: Line, below: Line | None, prose: Sequence[Line], item: BlockKind | None, markdown: bool
) -> Draft | None:
    """The block a line is by its own marks; None for prose."""
    words = line.text.strip()
    start, end = line.start, line.end
    if markdown and (found := _HEADING.match(words)):
        return Draft(start, end, "heading", len(found.group(1)))
    if markdown and not prose and _is_underlined(words, below):
        return Draft(start, end, "heading", 1 if below and "=" in below.text else 2)
    if _RULE.match(words) or (_TABLE_RULE.match(words) and "|" in words):
        kind: BlockKind = "table_row" if "|" in words else "paragraph"
        return Draft(start, end, kind, furniture=True)
    if _is_row(words, below):
        return Draft(start, end, "table_row")
    if _IMAGE.match(words) or _CAPTION.match(words):
        return Draft(start, end, "caption")
    if _opens_item(words, prose, item):
        return Draft(start, end, "list_item")
    return None


def _is_underlined(words: str, below: Line | None) -> bool:
    plain = "|" not in words and not _RULE.match(words)
    return plain and below is not None and bool(_UNDERLINE.match(below.text.strip()))


def _is_row(words: str, below: Line | None) -> bool:
    if "|" not in words:
        return False
    if words.startswith("|") and words.count("|") >= 2:
        return True
    return words.count(" | ") >= 1 or (below is not None and bool(_TABLE_RULE.match(below.text)))


def _opens_item(words: str, prose: Sequence[Line], item: BlockKind | None) -> bool:
    """A bullet or number opens an item unless it is a dash or a figure that wrapping put there."""
    if not (_BULLET.match(words) or _ORDERED.match(words)):
        return False
    if not prose or item is not None:
        return True
    above = prose[-1].text.rstrip()
    return bool(SENTENCE_END.search(above)) or above.endswith(":")


def _draft_prose(lines: Sequence[Line], item: BlockKind | None) -> Iterator[Draft]:
    if not lines:
        return
    if item is not None:
        end = _item_lines(lines)
        yield Draft(lines[0].start, lines[end - 1].end, item)
        yield from _draft_prose(lines[end:], None)
        return
    wrapped = is_wrapped([line.text for line in lines])
    first = lines[0]
    for line, below in pairwise(lines):
        if _ends_paragraph(line, below) if wrapped else not _runs_on(line, below):
            yield Draft(first.start, line.end, "paragraph")
            first = below
    yield Draft(first.start, lines[-1].end, "paragraph")


def _runs_on(line: Line, below: Line) -> bool:
    """Lines of their own, yet plainly one sentence: it is unfinished and goes on in lower case."""
    if SENTENCE_END.search(line.text):
        return False
    return below.text.lstrip()[0].islower() or line.text.rstrip().endswith(",")


def _item_lines(lines: Sequence[Line]) -> int:
    """How many lines belong to the list item that opens them: all when they are wrapped, else up
    to a finished sentence below which a line stands that is not indented."""
    if is_wrapped([line.text for line in lines]):
        return len(lines)
    for number, (line, below) in enumerate(pairwise(lines), start=1):
        if not below.text[:1].isspace() and SENTENCE_END.search(line.text):
            return number
    return len(lines)


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether line ends are where the column ended, not where a paragraph did."""
    if len(lines) < 2:
        return True
    width = max(len(line) for line in lines)
    breaks = list(pairwise(lines))
    forced = sum(1 for line, below in breaks if _room_needed(line, below) >= width - SLACK)
    if width in WRAP_WIDTHS:
        return forced >= FORCED_SHARE * len(breaks)
    return len(breaks) >= 4 and 25 <= width < WRAP_WIDTHS.stop and forced == len(breaks)


def _room_needed(line: str, below: str) -> int:
    return len(line) + 1 + len(below.split(None, 1)[0])


def _ends_paragraph(line: Line, below: Line) -> bool:
    """Inside wrapped lines: a finished sentence, and the next line is indented."""
    indented = below.text[:1].isspace() and not line.text[:1].isspace()
    return indented and bool(SENTENCE_END.search(line.text))
