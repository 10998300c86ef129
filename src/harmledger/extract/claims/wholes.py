"""The whole that a part is of: told before in the report, or in the passage itself."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.claim import Claim, Harm
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon


def of_whole(
    passage: Passage, counted: Counted, whole: Draft | None, persons: PersonLexicon,
    harm: Harm | None = None,
) -> Draft:  # fmt: skip
    return Draft(
        harm=whole.harm if whole is not None else harm or "killed",
        predicate=counted.head,
        start=counted.start,
        end=counted.end,
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        cause=whole.cause if whole is not None else "direct",
        stance=whole.stance if whole is not None else "asserts",
        figures=figures_of(counted),
        notes=(Note(field="harm", start=counted.start, end=counted.end, rule="part:fronted"),),
        score=0.75,
    )


def exceeds(counted: Counted, whole: Draft) -> bool:
    low, high = counted.quantity.low, whole.quantity.high
    return low is not None and high is not None and low > high


def speaks_under_name(passage: Passage, head: int) -> bool:
    """ "Ten were hurt, two of them nurses, the mayor, Ana Ruiz, confirmed": the office before the
    name of who says it."""
    for named in passage.tree.children(head, "appos"):
        if any(
            a.source is not None and a.source[0] <= named.start < a.source[1]
            for a in passage.attributions
        ):
            return True
    behind = passage.tokens[head + 1 : head + 2]
    article = passage.tree.child(head, "det")
    said = article is not None and article.lemma.lower() == "the"
    if not said or not behind or behind[0].text != ",":
        return False
    end = behind[0].end
    return any(a.source is not None and end <= a.source[0] <= end + 1 for a in passage.attributions)


def latest_whole(earlier: Sequence[Claim], harm: Harm | None, low: int | None) -> Claim | None:
    """The last whole figure told before, of this harm (any harm to people if none is named), that
    could hold the part."""
    for claim in gravest_first(earlier) if harm is None else reversed(earlier):
        fits = claim.quantity.low is None or low is None or low <= claim.quantity.low
        counted = claim.quantity.basis in {"stated", "arithmetic"} or claim.quantity.low is None
        if harm is None and claim.harm in _OF_A_PLACE and claim.quantity.low is None:
            continue
        if (
            claim.part_of is None
            and claim.stance == "asserts"
            and fits
            and counted
            and (claim.harm == harm or (harm is None and claim.quantity.unit == "persons"))
        ):
            return claim
    return None


_OF_A_PLACE: frozenset[Harm] = frozenset({"service_denied", "access_denied", "trapped"})
"""Told of a town or a road as a whole, they hold no "four of them"."""


def gravest_first(earlier: Sequence[Claim]) -> list[Claim]:
    """The latest claim first, but of those of one sentence the dead before all others: "fifteen
    died and 28 were hurt. Nine of them were of one family"."""
    last = list(reversed(earlier))
    if not last:
        return []
    same = [c for c in last if c.span.sentence == last[0].span.sentence]
    dead = [c for c in same if c.harm == "killed"]
    return [*dead, *(c for c in last if c not in dead)]
