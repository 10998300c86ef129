"""Text with its claims marked by signs and numbers, readable without any colour."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text as RichText

from harmledger.core.base import Value


class Mark(Value, frozen=True, kw_only=True):
    """A stretch of text to mark; ``label`` stands behind the opening sign."""

    start: int
    end: int
    label: str
    opens: str = "⟦"
    closes: str = "⟧"


def mark_text(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> RichText:
    """``text[start:end]`` with each mark written into it. Marks may nest and overlap: closing
    signs come before opening ones at the same place."""
    stop = len(text) if end is None else end
    signs: dict[int, list[tuple[int, str]]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if mark.end <= start or mark.start >= stop:
            continue
        signs.setdefault(max(mark.start, start), []).append((1, f"{mark.opens}{mark.label} "))
        signs.setdefault(min(mark.end, stop), []).append((0, mark.closes))
    marked = RichText()
    at = start
    for place in sorted(signs):
        marked.append(text[at:place])
        for _, sign in sorted(signs[place], key=lambda s: s[0]):
            marked.append(sign, style="bold")
        at = place
    marked.append(text[at:stop])
    return marked
