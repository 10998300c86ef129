"""Where two people decided differently about the same claim; both decisions stay in the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harmledger.core.base import Value
from harmledger.core.decision import Decision
from harmledger.review.standing import find_standing_decisions

_VERDICTS = ("accept", "amend", "reject", "set_aside")


class Dissent(Value, frozen=True, kw_only=True):
    """``about``: the claim, or two claims joined by a space. ``decisions``: the last of each
    person, in order of the log; the last one counts until somebody decides again."""

    about: str
    decisions: tuple[str, ...]
    note: str


def find_dissents(decisions: Sequence[Decision]) -> tuple[Dissent, ...]:
    """Claims that people judged differently, and pairs of claims they linked differently. An
    amendment differs from another by what it changes."""
    latest: dict[str, dict[str, Decision]] = {}
    for decision in find_standing_decisions(decisions):
        for about in _iter_about(decision):
            latest.setdefault(about, {}).pop(decision.by, None)
            latest[about][decision.by] = decision
    return tuple(_iter_dissents(latest))


def _iter_about(decision: Decision) -> Iterator[str]:
    if decision.action in _VERDICTS:
        yield from decision.about
    elif decision.action in ("same", "different", "unsure"):
        yield " ".join(sorted(decision.about))


def _iter_dissents(latest: dict[str, dict[str, Decision]]) -> Iterator[Dissent]:
    for about, by_person in latest.items():
        verdicts = {_verdict(decision) for decision in by_person.values()}
        if len(verdicts) > 1:
            taken = tuple(by_person.values())
            note = "; ".join(f"{d.by}: {d.action.replace('_', ' ')}" for d in taken)
            yield Dissent(about=about, decisions=tuple(d.id for d in taken), note=note)


def _verdict(decision: Decision) -> str:
    changes = (decision.value or {}).get("changes") if decision.action == "amend" else None
    return decision.action if changes is None else f"amend {sorted(changes.items())}"
