"""R1 and R5: who took back, corrected or overtook which figure."""

from __future__ import annotations

from collections.abc import Iterable

from harmledger.core.base import Value
from harmledger.core.instant import Instant, is_later
from harmledger.count.figures import Figure, Standing, drop

Number = tuple[int | None, int | None]


class Said(Value, frozen=True, kw_only=True):
    """One figure of one speaker with every statement of it. ``first``: the earliest known time."""

    number: Number
    first: Instant | None
    statements: tuple[Figure, ...]


def said_by(figures: Iterable[Figure]) -> tuple[Said, ...]:
    """The distinct figures of one speaker. Repeating a figure is the old claim told again."""
    by_number: dict[Number, list[Figure]] = {}
    for f in figures:
        by_number.setdefault(f.value, []).append(f)
    return tuple(
        Said(number=number, first=first_said(told), statements=tuple(told))
        for number, told in by_number.items()
    )


def first_said(figures: Iterable[Figure]) -> Instant | None:
    """The statement known to be over first; None when all are undated."""
    times = [f.said for f in figures if f.said is not None]
    return min(times, key=lambda t: (t[1], t[0]), default=None)


def by_speaker(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Figures under the one who said them."""
    speakers: dict[str, list[Figure]] = {}
    for f in figures:
        speakers.setdefault(f.speaker, []).append(f)
    return speakers


def find_retracted(figures: Iterable[Figure]) -> dict[str, str]:
    """Claims that a retraction takes back: the one it is about, or the same figure from the same
    speaker or in the same outlet, unless that was said surely later."""
    figures = tuple(figures)
    why: dict[str, str] = {}
    for r in (f for f in figures if f.claim.stance == "retracts"):
        for f in figures:
            if f.claim.stance == "asserts" and _takes_back(r, f):
                why[f.id] = f"taken back by {r.origin.label} ({r.id})"
    return why


def _takes_back(retraction: Figure, figure: Figure) -> bool:
    if retraction.claim.about is not None:
        return retraction.claim.about == figure.id
    if retraction.value != figure.value or retraction.value == (None, None):
        return False
    outlet = retraction.origin.outlet
    same = retraction.speaker == figure.speaker or (outlet and outlet == figure.origin.outlet)
    later = retraction.said and figure.said and is_later(figure.said, retraction.said)
    return bool(same) and not later


def find_corrected(figures: Iterable[Figure]) -> dict[str, str]:
    """R1: what an earlier version of a page said of a harm and the later one does not say any
    more, where the later one says something else of it. A harm that the later version leaves out
    altogether was not corrected. Who repeats a figure in the later version said it first in the
    earlier one, which stands for that (R5)."""
    stated = [f for f in figures if f.value != (None, None)]
    later: dict[str, list[Figure]] = {}
    for f in stated:
        for document in f.origin.earlier:
            later.setdefault(document, []).append(f)
    why: dict[str, str] = {}
    for f in stated if later else ():
        said = later.get(f.claim.document, ())
        if said and not any((g.speaker, g.value) == (f.speaker, f.value) for g in said):
            by = min(said, key=lambda g: (g.floor, g.claim.document, g.claim.span.start, g.id))
            why[f.id] = f"corrected in a later version of the page by {by.id} (R1)"
    return why


def drop_vague_beside_number(standing: Standing) -> Standing:
    """R4: a vague word never lowers the low, nor opens the high, of a voice that also gave a
    number; nor is it a floor under that number, unless it counts a part."""
    numbered = {f.speaker for f in standing.wholes if not f.vague}
    why = {
        f.id: "a word beside a number of the same voice (R4)"
        for f in standing.figures
        if f.vague and f.speaker in numbered and f.claim.part_of is None
    }
    return drop(standing, why)


def drop_superseded(standing: Standing) -> Standing:
    """R1, R5: corrections in the same text, then later statements of the same speaker."""
    return drop(standing, find_superseded(standing.wholes))


def find_superseded(wholes: tuple[Figure, ...]) -> dict[str, str]:
    """Claims overtaken, each with the rule and the claim that overtakes it. Who says no number
    ("an unknown number") overtakes nothing."""
    if len(wholes) < 2:
        return {}
    wholes = tuple(f for f in wholes if f.value != (None, None))
    why: dict[str, str] = {}
    by_id = {f.id: f for f in wholes}
    for figures in by_speaker(wholes).values():
        if len(figures) > 1:
            why.update(_overtaken(said_by(figures), by_id))
    for f in wholes:
        corrected = by_id.get(f.claim.supersedes or "")
        if corrected is not None and corrected.id not in why:
            why[corrected.id] = f"corrected in the same text by {f.id} (R1)"
    return why


def _overtaken(said: tuple[Said, ...], by_id: dict[str, Figure]) -> dict[str, str]:
    if len(said) == 1:
        return {}
    ordered = sorted(said, key=_order)
    why: dict[str, str] = {}
    for old in ordered:
        for new in reversed(ordered):
            rule = _overtakes(new, old, by_id)
            if rule:
                by = new.statements[0].id
                why |= {f.id: f"{rule} {by}" for f in old.statements}
                break
    return why


def _order(said: Said) -> tuple[str, str]:
    first = said.first[0].isoformat() if said.first else ""
    return (first, min(f.id for f in said.statements))


def _overtakes(new: Said, old: Said, by_id: dict[str, Figure]) -> str | None:
    if new.number == old.number:
        return None
    if new.first and old.first and is_later(new.first, old.first):
        return "superseded by a later statement of the same speaker (R5):"
    if _corrects(new, old, by_id) and not _corrects(old, new, by_id) and not _is_before(new, old):
        return "corrected by the same speaker (R1):"
    return None


def _corrects(new: Said, old: Said, by_id: dict[str, Figure]) -> bool:
    corrected = (by_id.get(f.claim.supersedes or "") for f in new.statements)
    return any(c is not None and c.value == old.number for c in corrected)


def _is_before(new: Said, old: Said) -> bool:
    return bool(new.first and old.first and is_later(old.first, new.first))
