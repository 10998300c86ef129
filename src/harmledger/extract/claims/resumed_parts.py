"""Parts whose whole the sentence does not name: "Twelve were taken to hospital. Two did not
survive", "One of the pupils lost an eye", of pupils counted before.

Only a figure that tells a harm of its own is marked; nothing is made up. Misses a number that goes
on at another place, and people told again by another word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Harm
from harmledger.core.quantity import Figure
from harmledger.extract.claims.breakdown_words import MAY_DIE, NO_PART
from harmledger.extract.claims.draft import Draft
from harmledger.extract.language.lemma import singular
from harmledger.extract.passage import Passage

_GOES_ON = re.compile(
    r"(?:\s*,[^,.;]{1,60},)?\s+(?:(?:are|were|is|was|have|has|had|did|will|remain|remained|died|"
    r"succumbed|lie|lay)\b|who\b)",
    re.I,
)
_OF_THE = re.compile(
    r"\s+of (?:the|his|her|our|their|its|these|those) (?:(?P<first>[\w-]+) )?(?P<noun>[\w-]+)\b",
    re.I,
)
_ALL = frozenset({"neither", "both", "none"})
_REACH = 12
"""How many claims back people may be told again by their word."""


def mark_resumed(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts, those marked as parts that count some of the people told before."""
    return tuple(_marked(passage, draft, drafts, earlier) for draft in drafts)


def _marked(
    passage: Passage, draft: Draft, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> Draft:
    figure = draft.figures[0] if draft.figures else None
    if figure is None or draft.kind != "person" or draft.stance != "asserts" or not earlier:
        return draft
    if draft.kin is not None or draft.part_of is not None or not draft.quantity.low:
        return draft
    if NO_PART.search(passage.text[: figure.start - passage.start]):
        return draft
    whole = (
        _goes_on(passage, draft, figure, earlier)
        or _told_again(passage, figure, earlier)
        or _the_rest(passage, draft, figure, drafts, earlier)
    )
    return draft if whole is None else msgspec.structs.replace(draft, part_of=whole.id)


def _goes_on(
    passage: Passage, draft: Draft, figure: Figure, earlier: Sequence[Claim]
) -> Claim | None:
    """A bare number that opens the sentence, of the people of the sentence before; a sentence with
    a place of its own begins anew."""
    lead = passage.text[: figure.start - passage.start]
    opens = re.fullmatch(r"[\W_]*", lead) is not None and figure.as_written.lower() not in _ALL
    if not opens or not _GOES_ON.match(passage.text, figure.end - passage.start) or passage.places:
        return None
    near = [c for c in earlier if c.span.quote in passage.before and _could_hold(c, figure)]
    return next((c for c in reversed(near) if _may_befall(draft.harm, c.harm)), None)


_REST = re.compile(r"\bthe (?P<word>other|others|remaining)\s+$", re.I)


def _the_rest(
    passage: Passage,
    draft: Draft,
    figure: Figure,
    drafts: Sequence[Draft],
    earlier: Sequence[Claim],
) -> Claim | None:
    """ "The remaining two", "ten died in the market and the other two in a bus": what is left of
    the people told before, where with a part told since it makes up their whole."""
    match = _REST.search(passage.text[: figure.start - passage.start])
    if match is None:
        return None
    for claim in reversed(earlier[-_REACH:]):
        if not _could_hold(claim, figure) or not _may_befall(draft.harm, claim.harm):
            continue
        told = [d.quantity.low for d in drafts if d is not draft and d.kind == "person"]
        told += [c.quantity.low for c in earlier if c.part_of == claim.id]
        left = (claim.quantity.low or 0) - (figure.low or 0)
        if left in told or match["word"].lower() == "remaining":
            return claim
    return None


def _may_befall(part: Harm, whole: Harm) -> bool:
    """The hurt and the taken may die; nobody who died is hurt afterwards."""
    return part == whole or (whole in MAY_DIE and part in {"killed", "missing"})


def _could_hold(claim: Claim, figure: Figure) -> bool:
    low = claim.quantity.low
    return (
        claim.part_of is None
        and claim.stance == "asserts"
        and claim.quantity.unit == "persons"
        and claim.quantity.scope == "incident"
        and low is not None
        and figure.low is not None
        and low > figure.low
    )


def _told_again(passage: Passage, figure: Figure, earlier: Sequence[Claim]) -> Claim | None:
    """ "One of the pupils", of two pupils counted before; "one of the four", of four."""
    match = _OF_THE.match(passage.text, figure.end - passage.start)
    if match is None:
        return None
    words = {singular(match[n].lower()) for n in ("first", "noun") if match[n]}
    number = next((f.low for f in passage.figures
                   if match.start() < f.start - passage.start < match.end()), None)  # fmt: skip
    for claim in reversed(earlier[-_REACH:]):
        if not _could_hold(claim, figure):
            continue
        written = (claim.victims.as_written or "").lower()
        told = {singular(w) for w in re.findall(r"[a-z-]+", written)}
        if words & (told - _PLAIN) or (number is not None and number == claim.quantity.low):
            return claim
    return None


_PLAIN = frozenset({"people", "person", "dead", "other", "one", "two", "the", "of", "a", "body"})
