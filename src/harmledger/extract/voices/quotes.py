"""Quotation marks: which stretches of a document stand in them, over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.base import Value
from harmledger.extract.passage import Passage

_MOST_BLOCKS = 12


class Quote(Value, frozen=True, kw_only=True):
    """Document code points inside the marks; ``passages`` are indexes into the sequence read."""

    start: int
    end: int
    passages: tuple[int, ...]
    closed: bool = True


def find_quotes(passages: Sequence[Passage]) -> tuple[Quote, ...]:
    """Every quotation, in text order. One that never closes ends with its passage."""
    found: list[Quote] = []
    open_at: tuple[int, int] | None = None
    for number, passage in enumerate(passages):
        if open_at is not None and not _continues(passages, open_at[1], number):
            found.append(_unclosed(passages, open_at))
            open_at = None
        for offset, opens in _marks(passage):
            if (opens and open_at is None) or (
                opens and open_at is not None and not _opens_line(passage, offset)
            ):
                open_at = (offset + 1, number)
            elif not opens and open_at is not None:
                found.append(
                    Quote(
                        start=open_at[0], end=offset, passages=tuple(range(open_at[1], number + 1))
                    )
                )
                open_at = None
    if open_at is not None:
        found.append(_unclosed(passages, open_at))
    return tuple(q for q in found if q.end > q.start)


def _unclosed(passages: Sequence[Passage], open_at: tuple[int, int]) -> Quote:
    number = open_at[1]
    return Quote(start=open_at[0], end=passages[number].end, passages=(number,), closed=False)


def _continues(passages: Sequence[Passage], first: int, number: int) -> bool:
    """Whether an open quotation reaches passage ``number``: it closes in this paragraph later,
    or the paragraph opens with a mark of its own, as continued speech does."""
    if passages[number].block == passages[number - 1].block:
        block = passages[number].block
        for later in passages[number:]:
            if later.block != block:
                return later.text[:1] in {"“", '"'} and later.block == block + 1
            marks = _marks(later)
            if marks:
                return not marks[0][1]
        return False
    return (
        passages[number].text[:1] in {"“", '"'}
        and passages[number].block - passages[first].block <= _MOST_BLOCKS
    )


def _marks(passage: Passage) -> list[tuple[int, bool]]:
    """Offsets of double quotation marks, and whether each opens."""
    found: list[tuple[int, bool]] = []
    text = passage.text
    for at, sign in enumerate(text):
        if sign == "“" or sign == "„":
            found.append((passage.start + at, True))
        elif sign == "”":
            found.append((passage.start + at, False))
        elif sign == '"':
            found.append((passage.start + at, _opens(text, at)))
    return found


def _opens_line(passage: Passage, offset: int) -> bool:
    """A mark at the start of a line repeats the one that is open; elsewhere it opens anew."""
    before = passage.text[: offset - passage.start].rstrip(" \t")
    return not before or before.endswith("\n")


def _opens(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    return (before.isspace() or before in "([—–-") and not after.isspace()


def is_quoted(quotes: Sequence[Quote], start: int, end: int) -> bool:
    """Whether most of a stretch stands in quotation marks that close."""
    inside = sum(max(0, min(q.end, end) - max(q.start, start)) for q in quotes if q.closed)
    return end > start and inside * 2 > end - start
