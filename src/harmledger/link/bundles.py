"""Bundles: claims of one document held to be about one incident, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.link.signature import Signature


class Reason(Value, frozen=True, kw_only=True):
    """Why a claim stands where it stands. ``by``: a person's name when one decided."""

    score: float
    why: tuple[str, ...]
    by: str | None = None


NO_REASONS: Mapping[str, Reason] = MappingProxyType({})


class Bundle(Value, frozen=True, kw_only=True):
    """Claims of one document, in text order; ``reasons`` by claim id (the first has none)."""

    claims: tuple[Claim, ...]
    signature: Signature
    reasons: dict[str, Reason]
    apart: frozenset[int] = frozenset()
    """Positions, in the document's list of bundles, of those its own words keep it apart from."""

    @property
    def id(self) -> str:
        """The id of its first claim."""
        return self.claims[0].id


class Shape(Value, frozen=True, kw_only=True):
    """A bundle without its claims: their ids, in text order, and ``reasons`` by claim id."""

    claims: tuple[str, ...]
    reasons: Mapping[str, Reason]


class Judged(Value, frozen=True, kw_only=True):
    """People's judgements, both ways round. ``different`` outweighs ``same`` for one pair."""

    same: dict[str, dict[str, str]]
    """Claim id to the other's id to who said so."""
    different: dict[str, dict[str, str]]

    def keeps_apart(self, left: Sequence[str], right: Sequence[str]) -> bool:
        """Someone said that a claim of ``left`` and one of ``right`` are different incidents."""
        if not self.different:
            return False
        others = {o for i in left if i in self.different for o in self.different[i]}
        return not others.isdisjoint(right)


def read_judgements(judgements: Iterable[Judgement]) -> Judged:
    """Both ways round; ``unsure`` binds nobody."""
    sides: Mapping[str, dict[str, dict[str, str]]] = {"same": {}, "different": {}}
    said = sorted((j.left, j.right, j.judgement, j.by) for j in judgements)
    for left, right, judgement, by in said:
        if judgement in sides and left != right:
            sides[judgement].setdefault(left, {})[right] = by
            sides[judgement].setdefault(right, {})[left] = by
    same = {
        i: {o: by for o, by in others.items() if o not in sides["different"].get(i, {})}
        for i, others in sides["same"].items()
    }
    return Judged(same=same, different=sides["different"])
