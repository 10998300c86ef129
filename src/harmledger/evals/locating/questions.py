"""What the reader is offered for the place and the time of every claim that a person entered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document, Text
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.evals.claims import Pair, match_claims
from harmledger.evals.fields import compare_fields
from harmledger.evals.gold import GoldClaim, GoldDocument, load_gold
from harmledger.evals.gold_texts import make_finder
from harmledger.evals.locating.softmax import Question
from harmledger.evals.names import PlaceIds
from harmledger.evals.strata import STRATA
from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.locate.weighing import Offer, Scales, Weighed
from harmledger.extract.seeing import Seen
from harmledger.read import read_item

RULES_ALONE: Mapping[str, float] = {"the rules' choice": 9.0}
"""Weights that leave every choice to the rules."""


class Looked(Value, frozen=True, kw_only=True):
    """One report, with what is seen in it; seeing costs most and is done once."""

    gold: GoldDocument
    document: Document
    text: Text
    seen: Seen


class Answered(Value, frozen=True, kw_only=True):
    """One report read: the questions of its claims, and how many fields are right of how many
    asked, by field."""

    places: tuple[Question, ...]
    times: tuple[Question, ...]
    right: dict[str, int]
    asked: dict[str, int]


def look_at(folder: Path, data: Path, extractor: ClaimExtractor) -> Iterator[Looked]:
    """Every report of the development half.

    Raises:
        CannotParse: gold is malformed, or a text is not the one marked up.
    """
    for stratum in STRATA:
        find_item = make_finder(stratum, folder, data)
        for gold in load_gold(folder, stratum, "development"):
            document, text = read_item(find_item(gold))
            seen = extractor.look(document, text)
            yield Looked(gold=gold, document=document, text=text, seen=seen)


def answer(
    report: Looked,
    extractor: ClaimExtractor,
    places: Mapping[str, float],
    times: Mapping[str, float],
    ids_of: PlaceIds,
) -> Answered:
    """Read one report with these weights, and note what they were offered."""
    record: list[Weighed] = []
    scales = Scales(places=places, times=times, record=record)
    extraction = extractor.extract_seen(report.document, report.text, report.seen, scales)
    matched = match_claims(report.gold, extraction.claims, report.text.sentences, ids_of)
    weighed = {_key(w): w for w in record}
    found = [(p, w) for p in matched.pairs if (w := weighed.get(_claim_key(p.claim))) is not None]
    fields = ("place", "date")
    return Answered(
        places=tuple(_ask(p, w, "place", ids_of) for p, w in found),
        times=tuple(_ask(p, w, "date", ids_of) for p, w in found),
        right={f: sum(p.fields.get(f, False) for p in matched.pairs) for f in fields},
        asked={f: sum(f in p.fields for p in matched.pairs) for f in fields},
    )


def _key(weighed: Weighed) -> tuple[object, ...]:
    draft = weighed.draft
    return draft.start, draft.end, draft.harm, draft.quantity.low, draft.quantity.high


def _claim_key(claim: Claim) -> tuple[object, ...]:
    quantity = claim.quantity
    return claim.span.start, claim.span.end, claim.harm, quantity.low, quantity.high


def _ask(pair: Pair, weighed: Weighed, field: str, ids_of: PlaceIds) -> Question:
    offers: tuple[Offer[Place] | Offer[When], ...] = (
        tuple(weighed.places) if field == "place" else tuple(weighed.times)
    )
    key = "place" if field == "place" else "occurred"
    return Question(
        offers=tuple(dict(offer.marks) for offer in offers),
        right=tuple(
            _is_right(pair.gold, msgspec.structs.replace(pair.claim, **{key: offer.value}), field,
                      ids_of)
            for offer in offers
        ),
    )  # fmt: skip


def _is_right(gold: GoldClaim, claim: Claim, field: str, ids_of: PlaceIds) -> bool:
    """Silence that both keep is right."""
    return compare_fields(gold, claim, ids_of).get(field, True)


def share(answers: Sequence[Answered], field: str) -> tuple[int, int]:
    """Right and asked, over several reports."""
    return sum(a.right[field] for a in answers), sum(a.asked[field] for a in answers)


__all__ = ["RULES_ALONE", "Answered", "Looked", "answer", "look_at", "share"]
