"""Spans: places in exactly one text, counted in Unicode code points."""

from __future__ import annotations

from harmledger.core.base import Value


class Span(Value, frozen=True, kw_only=True):
    """``text[start:end] == quote``, always; ``sentence`` is the text of the sentence around it."""

    start: int
    end: int
    quote: str
    sentence: str


class Trace(Value, frozen=True, kw_only=True):
    """Which words filled a field, and by which rule."""

    field: str
    start: int
    end: int
    rule: str


def cut_span(text: str, start: int, end: int, sentence: tuple[int, int]) -> Span:
    """Copy a span out of ``text``. Spans are copied, never recovered.

    Raises:
        ValueError: the span is empty or does not lie in ``text``.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span {start}:{end} does not lie in a text of {len(text)} code points")
    return Span(
        start=start, end=end, quote=text[start:end], sentence=text[sentence[0] : sentence[1]]
    )


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Code points that two spans share; 0 when they do not touch."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
