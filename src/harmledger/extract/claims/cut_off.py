"""People cut off beside a service told right before: of that service, not of the way out.

"Nyala has had no piped water since August. The water board says 120,000 people are cut off",
"Mobile data were suspended, cutting off millions".
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Victims
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_BACK = 2
"""How many claims back the service may have been told."""


def cut_off_from(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts, with people "cut off" under the service that is told in the passage or right
    before it; a service told with no number in the passage takes theirs."""
    cut = [n for n, d in enumerate(drafts) if _only_cut_off(passage, d)]
    if not cut:
        return tuple(drafts)
    own = next((d for d in drafts if d.harm == "service_denied"), None)
    before = [c for c in earlier[-_BACK:] if c.harm == "service_denied" and c.stance == "asserts"]
    services = own.services if own is not None else before[-1].services if before else ()
    if not services:
        return tuple(drafts)
    kept = [d for d in drafts if d.harm != "service_denied" or d.figures]
    return tuple(
        msgspec.structs.replace(
            d, harm="service_denied", services=services, victims=Victims(), kind="service"
        )
        if any(d is drafts[n] for n in cut)
        else d
        for d in kept
    )


def _only_cut_off(passage: Passage, draft: Draft) -> bool:
    """Nothing says from where they are cut off."""
    if draft.harm != "trapped" or not draft.figures:
        return False
    at = draft.predicate
    off = passage.lowered[at + 1 : at + 2] == ("off",) and passage.lemmas[at] == "cut"
    return off and passage.lowered[at + 2 : at + 3] not in {("in",), ("inside",), ("by",)}
