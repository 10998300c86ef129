"""Bare figures of a list that add up to the figure before them break it down."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.quantity import Figure
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage


def as_parts(drafts: list[Draft], added: Sequence[int]) -> list[Draft]:
    """Listed figures that add up to the figure before them break it down; a list of places that
    does not is a list of incidents."""
    by_whole: dict[int, list[int]] = {}
    for number in added:
        draft = drafts[number]
        if draft.kin is None and any(n.rule == "figure:listed" for n in draft.notes):
            whole = _whole_before(drafts, number)
            if whole is not None:
                by_whole.setdefault(whole, []).append(number)
    for whole, members in by_whole.items():
        if sum(drafts[m].quantity.low or 0 for m in members) == drafts[whole].quantity.low:
            for member in members:
                drafts[member] = msgspec.structs.replace(drafts[member], kin=whole)
    return drafts


def breaks_down(passage: Passage, whole: Draft, figure: Figure) -> bool:
    """ "4 dead – two men, 61 and 67, and two women": the counts behind a dash or a colon that add
    up to the number before it."""
    if not whole.figures:
        return False
    start = whole.figures[-1].end
    opened = _OPENS.search(passage.text, start - passage.start, figure.start - passage.start)
    if opened is None:
        return False
    stop = _STOPS.search(passage.text, opened.end())
    last = passage.end if stop is None else passage.start + stop.start()
    members = [
        f for f in passage.figures
        if f.kind == "count" and passage.start + opened.end() <= f.start < last
    ]  # fmt: skip
    adds_up = sum(f.low or 0 for f in members) == whole.quantity.high
    return adds_up and len(members) > 1 and figure in members


_OPENS = re.compile(r"(?<!\w)[–—-](?!\w)|:(?=\s)|\(")
_STOPS = re.compile(r"[.;:)](?!\w)|(?<!\w)[–—-](?!\w)")


def _whole_before(drafts: Sequence[Draft], number: int) -> int | None:
    figure = drafts[number].figures[0]
    listed = {"figure:listed", "figure:reason"}
    before = [
        n for n, d in enumerate(drafts)
        if n != number and d.figures and d.figures[-1].start < figure.start
        and d.harm == drafts[number].harm and d.kin is None
        and not any(note.rule in listed for note in d.notes)
    ]  # fmt: skip
    return max(before, key=lambda n: drafts[n].figures[-1].start, default=None)
