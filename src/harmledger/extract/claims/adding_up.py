"""Parts that only their numbers show: two or more figures behind a whole that add up to it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Harm
from harmledger.extract.claims.draft import Draft

_MAY_HOLD: dict[Harm, frozenset[Harm]] = {
    "killed": frozenset({"killed"}),
    "injured": frozenset({"injured"}),
    "killed_or_injured": frozenset({"killed", "injured"}),
}


def add_up(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """ "Eight people were killed; six died instantly and two succumbed later", "120 casualties: 40
    killed and 80 injured": figures behind a whole, all of them, that add up to it are its parts."""
    found = list(drafts)
    people = [n for n, d in enumerate(drafts) if d.kind == "person" and d.figures]
    for number in people:
        whole, held = drafts[number], _MAY_HOLD.get(drafts[number].harm)
        total = whole.quantity.high
        if held is None or total is None or whole.quantity.low != total or whole.kin is not None:
            continue
        if whole.quantity.basis != "stated" or total < 3:
            continue
        rest = [
            n for n in people
            if drafts[n].start >= whole.end and drafts[n].kin is None and drafts[n].harm in held
            and drafts[n].part_of is None and drafts[n].stance == whole.stance
            and drafts[n].corrects is None and drafts[n].quantity.basis == "stated"
        ]  # fmt: skip
        if len(rest) < 2 or sum(drafts[n].quantity.high or -total for n in rest) != total:
            continue
        for n in rest:
            found[n] = msgspec.structs.replace(found[n], kin=number)
        break
    return tuple(found)
