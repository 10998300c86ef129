"""Bare figures of a list that add up to the figure before them break it down."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.extract.claims.draft import Draft


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
