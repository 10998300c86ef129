"""Claims read against claims entered by hand, for one report.

Pairs are one to one, best agreement first. A claim that no person entered is *extra*, unless it
tells a harm and figure again that was found elsewhere in the report; an optional one is neither
asked for nor held against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Harm
from harmledger.core.document import Sentence
from harmledger.core.span import overlap
from harmledger.evals.besides import count_besides, find_forbidden
from harmledger.evals.fields import WHOLE, compare_fields, show_fields
from harmledger.evals.gold import GoldClaim, GoldDocument
from harmledger.evals.gold_texts import GoldReading
from harmledger.evals.names import PlaceIds, no_ids

Bounds = tuple[int | None, int | None]
_TAKEN: tuple[Harm, ...] = ("abducted", "detained")
_CASUALTIES: tuple[Harm, ...] = ("killed", "injured", "killed_or_injured")
_VAGUE: tuple[Bounds, ...] = ((None, None), (2, None))
COUNTED: tuple[Harm, ...] = ("killed", "injured")


class Pair(Value, frozen=True, kw_only=True):
    """A claim entered, the claim read for it, and which asked fields are right."""

    gold: GoldClaim
    claim: Claim
    fields: dict[str, bool]

    @property
    def whole(self) -> bool:
        """Every asked field that a whole claim needs is right."""
        return all(right for name, right in self.fields.items() if name in WHOLE)


class Mistake(Value, frozen=True, kw_only=True):
    """One thing to look at. ``kind`` groups them; ``detail`` says what was wanted and read."""

    kind: str
    doc: str
    detail: str
    quote: str


class DocumentScore(Value, frozen=True, kw_only=True):
    """Counts of one report, by name; every measure is a ratio of sums of them."""

    counts: dict[str, float]
    mistakes: tuple[Mistake, ...]


class Matched(Value, frozen=True, kw_only=True):
    """Optional gold is in no list; ``pairs`` holds only what was asked for."""

    pairs: tuple[Pair, ...]
    missed: tuple[GoldClaim, ...]
    extra: tuple[Claim, ...]


def score_reading(reading: GoldReading, ids_of: PlaceIds = no_ids) -> DocumentScore:
    """Match and count one report."""
    claims, sentences = reading.extraction.claims, reading.text.sentences
    matched = match_claims(reading.gold, claims, sentences, ids_of)
    return DocumentScore(
        counts=dict(count_matched(reading, matched)),
        mistakes=tuple(_list_mistakes(reading, matched)),
    )


def match_claims(
    gold: GoldDocument,
    claims: Sequence[Claim],
    sentences: Sequence[Sentence],
    ids_of: PlaceIds = no_ids,
) -> Matched:
    """Greedy, one to one, the pair with the most fields right first."""
    candidates = _find_candidates(gold, claims, sentences, ids_of)
    pairs: list[Pair] = []
    seen: set[int] = set()
    used: set[int] = set()
    for _, wanted, read, pair in sorted(candidates, key=lambda c: c[0], reverse=True):
        if wanted not in seen and read not in used:
            seen.add(wanted)
            used.add(read)
            pairs.append(pair)
    told = {(claims[i].harm, _bounds(claims[i])) for i in used}
    return Matched(
        pairs=tuple(p for p in pairs if not p.gold.optional),
        missed=tuple(g for i, g in enumerate(gold.claims) if i not in seen and not g.optional),
        extra=tuple(
            c for i, c in enumerate(claims) if i not in used and (c.harm, _bounds(c)) not in told
        ),
    )


Candidate = tuple[tuple[float, ...], int, int, Pair]
"""Rank, index of the gold claim, index of the claim read, the pair."""


def _find_candidates(
    gold: GoldDocument,
    claims: Sequence[Claim],
    sentences: Sequence[Sentence],
    ids_of: PlaceIds,
) -> Iterator[Candidate]:
    for i, wanted in enumerate(gold.claims):
        for j, claim in enumerate(claims):
            if may_match(wanted, claim, sentences):
                fields = compare_fields(wanted, claim, ids_of)
                agreement = sum(fields.values()) / len(fields) + (fields["low"] and fields["high"])
                shared = overlap((wanted.start, wanted.end), (claim.span.start, claim.span.end))
                rank = (agreement, not wanted.optional, shared, -i, -j)
                yield rank, i, j, Pair(gold=wanted, claim=claim, fields=fields)


def may_match(gold: GoldClaim, claim: Claim, sentences: Sequence[Sentence]) -> bool:
    """Same harm, overlapping words or the same sentence, no contradicting figure."""
    return (
        _same_harm(gold, claim)
        and figures_agree((gold.low, gold.high), _bounds(claim))
        and _same_passage((gold.start, gold.end), (claim.span.start, claim.span.end), sentences)
    )


def _same_harm(gold: GoldClaim, claim: Claim) -> bool:
    """Detained and abducted differ by who did it. "No casualties" may be read as none killed, none
    injured or neither."""
    if gold.harm == claim.harm or (gold.harm in _TAKEN and claim.harm in _TAKEN):
        return True
    both = gold.harm in _CASUALTIES and claim.harm in _CASUALTIES
    return both and gold.high == 0 and "killed_or_injured" in (gold.harm, claim.harm)


def figures_agree(wanted: Bounds, read: Bounds) -> bool:
    """One bound is the same, neither is stated, or both are an uncounted plural."""
    if wanted == read or (wanted in _VAGUE and read in _VAGUE):
        return True
    return any(a is not None and a == b for a, b in zip(wanted, read, strict=True))


def _same_passage(
    gold: tuple[int, int], claim: tuple[int, int], sentences: Sequence[Sentence]
) -> bool:
    if overlap(gold, claim):
        return True
    spans = ((s.start, s.end) for s in sentences)
    return any(overlap(gold, span) and overlap(claim, span) for span in spans)


def _bounds(claim: Claim) -> Bounds:
    return claim.quantity.low, claim.quantity.high


def count_matched(reading: GoldReading, matched: Matched) -> Counter[str]:
    """The counts that every measure is a ratio of sums of."""
    counts: Counter[str] = Counter()
    counts["reports"] = 1
    counts["asked"] = len(matched.pairs) + len(matched.missed)
    counts["found"] = len(matched.pairs)
    counts["extra"] = len(matched.extra)
    counts["whole"] = sum(pair.whole for pair in matched.pairs)
    counts["words"] = reading.words
    counts["unresolved"] = len(reading.extraction.unresolved)
    counts["milliseconds"] = round(1000 * reading.seconds)
    counts.update(count_besides(reading, matched.missed, matched.extra))
    counts.update(_weigh_parts(matched.pairs))
    for pair in matched.pairs:
        counts[f"harm.{pair.gold.harm}.found"] += 1
        for name, right in pair.fields.items():
            counts[f"field.{name}.asked"] += 1
            counts[f"field.{name}.right"] += right
        if pair.gold.harm in COUNTED:
            counts["counted.found"] += 1
            counts["counted.exact"] += pair.fields["low"] and pair.fields["high"]
    for gold in (*(pair.gold for pair in matched.pairs), *matched.missed):
        counts[f"harm.{gold.harm}.asked"] += 1
        counts["counted.asked"] += gold.harm in COUNTED
    return counts


def _weigh_parts(pairs: Sequence[Pair]) -> Iterator[str]:
    """Breakdowns, where either side has one: right when both do, and both of the same whole as far
    as the wholes were found."""
    standing = {pair.gold.n: pair.claim.id for pair in pairs}
    for pair in pairs:
        wanted, read = pair.gold.part_of, pair.claim.part_of
        if wanted is None and read is None:
            continue
        yield "parts"
        if wanted is not None and read is not None and standing.get(wanted, read) == read:
            yield "parts.right"


def _list_mistakes(reading: GoldReading, matched: Matched) -> Iterator[Mistake]:
    text, doc = reading.text.text, reading.gold.doc
    for gold in matched.missed:
        told = f"{gold.low}/{gold.high} {gold.unit or ''} {gold.stance} {gold.modality}"
        yield Mistake(
            kind=f"missed {gold.harm}",
            doc=doc,
            detail=f"{told} ({_read_here(gold, reading, matched)})",
            quote=text[gold.start : gold.end],
        )
    for claim in matched.extra:
        q = claim.quantity
        told = f"{q.low}/{q.high} {q.unit} {claim.stance} {claim.modality}"
        yield Mistake(kind=f"extra {claim.harm}", doc=doc, detail=told, quote=claim.span.quote)
    for claim in find_forbidden(reading, matched.extra):
        told = f"{claim.harm} {claim.quantity.low}/{claim.quantity.high}"
        yield Mistake(kind="must not say", doc=doc, detail=told, quote=claim.span.quote)
    for pair in matched.pairs:
        yield from _wrong_fields(pair, doc)


def _read_here(gold: GoldClaim, reading: GoldReading, matched: Matched) -> str:
    """What was read in the passage of a missed claim and stands for no other."""
    span, paired = (gold.start, gold.end), {pair.claim.id for pair in matched.pairs}
    here = [
        f"{claim.harm} {claim.quantity.low}/{claim.quantity.high}"
        for claim in reading.extraction.claims
        if claim.id not in paired
        and _same_passage(span, (claim.span.start, claim.span.end), reading.text.sentences)
    ]
    return f"read instead: {', '.join(here)}" if here else "nothing read instead"


def _wrong_fields(pair: Pair, doc: str) -> Iterator[Mistake]:
    shown = show_fields(pair.gold, pair.claim)
    for name in (name for name, right in pair.fields.items() if not right):
        wanted, read = shown[name]
        how = "made up" if wanted is None else "left out" if read is None else "wrong"
        yield Mistake(
            kind=f"{name} {how}",
            doc=doc,
            detail=f"{pair.gold.harm}: wanted {wanted}, read {read}",
            quote=pair.claim.span.quote,
        )
