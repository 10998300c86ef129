"""What stands after all decisions: a pure fold over the log's decisions, in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision, Judgement
from harmledger.core.view import Standing
from harmledger.review.standing import (
    Carries,
    find_carries,
    find_standing_decisions,
    resolve_claim,
)

NOT_LIVE: tuple[Standing, ...] = ("rejected", "amended", "carried", "outdated", "withdrawn")
"""Standings that count in no reading."""


class GradeDecision(Value, frozen=True, kw_only=True):
    """A person's grade; ``claims`` are those the incident had when it was graded."""

    incident: str
    grade: str
    by: str
    reason: str
    at: str
    claims: tuple[str, ...]


class Effective(Value, frozen=True, kw_only=True):
    """``live``: the claims that count, references to amended claims followed; a claim set
    aside stays among them, so that readings list it with the person's reason.

    ``standings`` by claim id (missing = proposed).
    """

    live: tuple[Claim, ...]
    standings: dict[str, Standing]
    set_aside: dict[str, str]
    judgements: tuple[Judgement, ...]
    grades: tuple[GradeDecision, ...]


def apply_decisions(
    claims: Iterable[Claim],
    decisions: Sequence[Decision],
    outdated: Collection[str] = frozenset(),
) -> Effective:
    """What stands. ``outdated``: ids the latest extractor no longer yields; they stay in the
    record and count only if a person decided about them and nothing was carried over."""
    standing = find_standing_decisions(decisions)
    carries = find_carries(standing)
    fold = _Fold(carries)
    for decision in standing:
        fold.take(decision)
    decided = {about for decision in standing for about in decision.about}
    everything = tuple(claims)
    for claim in everything:
        fold.settle(claim, decided, outdated)
    return Effective(
        live=tuple(fold.iter_live(everything)),
        standings=fold.standings,
        set_aside=fold.set_aside,
        judgements=_judge(standing, carries, fold),
        grades=_grade(standing),
    )


@dataclass
class _Fold:
    """The later decision about a claim stands over the earlier one."""

    carries: Carries
    standings: dict[str, Standing] = field(default_factory=dict)
    set_aside: dict[str, str] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)

    def take(self, decision: Decision) -> None:
        """One decision after another, in the order of the log."""
        if decision.action == "carry" and decision.value is not None:
            self.standings[decision.value["from"]] = "carried"
            return
        for about in decision.about:
            self._take_claim(decision, resolve_claim(decision.id, about, self.carries))

    def _take_claim(self, decision: Decision, claim: str) -> None:
        match decision.action:
            case "accept" | "add":
                self._restore(claim, "accepted")
            case "reject":
                self._restore(claim, "rejected")
            case "amend" if decision.value is not None:
                self._restore(claim, "amended")
                self.replaced[claim] = decision.value["claim"]
                self.standings[decision.value["claim"]] = "accepted"
            case "set_aside":
                held = self.follow(claim)
                self.standings[held] = "set_aside"
                self.set_aside[held] = f"{decision.reason} ({decision.by})"
            case _:
                return

    def _restore(self, claim: str, standing: Standing) -> None:
        self.set_aside.pop(claim, None)
        self.replaced.pop(claim, None)
        self.standings[claim] = standing

    def settle(self, claim: Claim, decided: Collection[str], outdated: Collection[str]) -> None:
        """Claims that no standing decision holds up: an earlier extractor's, a person's own
        whose amend or add was withdrawn or overtaken."""
        if claim.id in outdated and claim.id not in decided:
            self.standings[claim.id] = "outdated"
        elif claim.extractor.startswith("person:"):
            held = (
                claim.id in decided
                if claim.replaces is None
                else claim.id in self.replaced.values()
            )
            if not held:
                self.standings[claim.id] = "withdrawn"

    def iter_live(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """The claims that count."""
        for claim in claims:
            if self.standings.get(claim.id) not in NOT_LIVE:
                yield msgspec.structs.replace(
                    claim,
                    part_of=self._follow_maybe(claim.part_of),
                    about=self._follow_maybe(claim.about),
                    supersedes=self._follow_maybe(claim.supersedes),
                )

    def follow(self, claim: str) -> str:
        """The claim that now stands for this one."""
        while claim in self.replaced:
            claim = self.replaced[claim]
        return claim

    def _follow_maybe(self, claim: str | None) -> str | None:
        return None if claim is None else self.follow(claim)


def _judge(standing: Sequence[Decision], carries: Carries, fold: _Fold) -> tuple[Judgement, ...]:
    """One judgement per pair of claims: the latest."""
    latest: dict[tuple[str, str], Judgement] = {}
    for decision in standing:
        if decision.action not in ("same", "different", "unsure"):
            continue
        left, right = sorted(
            fold.follow(resolve_claim(decision.id, about, carries)) for about in decision.about
        )
        if left == right:
            continue
        latest[left, right] = Judgement(
            left=left,
            right=right,
            judgement=decision.action,
            by=f"person:{decision.by}",
            decision=decision.id,
        )
    return tuple(latest.values())


def _grade(standing: Sequence[Decision]) -> tuple[GradeDecision, ...]:
    """One grade per incident: the latest."""
    latest: dict[str, GradeDecision] = {}
    for decision in standing:
        if decision.action == "grade" and decision.value is not None:
            latest[decision.about[0]] = GradeDecision(
                incident=decision.about[0],
                grade=decision.value["grade"],
                by=decision.by,
                reason=decision.reason,
                at=decision.at,
                claims=tuple(decision.value["claims"]),
            )
    return tuple(latest.values())
