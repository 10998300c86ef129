"""Parts that only their numbers show: two or more figures behind a whole that add up to it, and
"all but one of them", which is what is left of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Harm
from harmledger.core.quantity import Figure
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.wholes import of_whole
from harmledger.extract.passage import Passage
from harmledger.extract.quantities.cardinal import find_value
from harmledger.lexicon.persons import PersonLexicon

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


_ALL_BUT = re.compile(r"\ball (?:but|except|save)(?: for)? (?P<left>[\w-]+)$", re.I)
_OF_SO_MANY = re.compile(
    r"\s+of (?P<these>them|whom|these|those|(?:the|those|these) (?P<many>[\w-]+)(?: [\w-]+)? "
    r"?(?:dead|killed|victims|wounded|injured|fatalities|casualties|who (?:died|were))?)\b",
    re.I,
)


def draft_all_but(
    passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """ "Seven were killed, all but one of them under 18" are six."""
    found = list(drafts)
    if "all" not in passage.vocabulary:
        return tuple(found)
    for figure in passage.figures:
        match = _ALL_BUT.search(figure.as_written) if figure.kind == "count" else None
        behind = _OF_SO_MANY.match(passage.text, figure.end - passage.start)
        left = find_value(match["left"]) if match is not None else None
        if left is None or behind is None:
            continue
        whole = _whole(passage, found, figure, behind)
        total = found[whole].quantity.high if whole is not None else None
        if whole is None or total is None or found[whole].quantity.low != total or total <= left:
            continue
        found = [d for n, d in enumerate(found) if n == whole or figure not in d.figures]
        whole = next(n for n, d in enumerate(found) if d.quantity.high == total and d.figures)
        part = _rest_of(passage, figure, found[whole], total - left, persons)
        if part is not None:
            found.append(msgspec.structs.replace(part, kin=whole))
    return tuple(found)


def _whole(
    passage: Passage, drafts: Sequence[Draft], figure: Figure, behind: re.Match[str]
) -> int | None:
    """The figure that "of the eleven" is, or the one told last before "of them"."""
    if behind["many"] is not None:
        at = passage.start + behind.start("many")
        held = (n for n, d in enumerate(drafts) if any(f.start <= at < f.end for f in d.figures))
        return next(held, None)
    before = [n for n, d in enumerate(drafts) if d.figures and d.kin is None and d.kind == "person"
              and d.figures[-1].end <= figure.start]  # fmt: skip
    return max(before, key=lambda n: drafts[n].figures[-1].end, default=None)


def _rest_of(
    passage: Passage, figure: Figure, whole: Draft, many: int, persons: PersonLexicon
) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None:
        return None
    quantity = msgspec.structs.replace(
        whole.quantity, as_written=figure.as_written, low=many, high=many, bound="exact",
        basis="arithmetic", parts=(),
    )  # fmt: skip
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index, start=figure.start, end=figure.end,
        figure=figure,
    )  # fmt: skip
    return of_whole(passage, counted, whole, persons)
