"""Amend and add: a person's claim stands beside the machine's, which is never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from harmledger.core.claim import Claim, Harm, Victims, claim_id
from harmledger.core.document import Document, Text
from harmledger.core.errors import LedgerRefused
from harmledger.core.ids import derived_id
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span, cut_span
from harmledger.core.when import Moment
from harmledger.review.decide import Decided, Known, Signature, build_decision, find_known_claim

_FIXED = ("id", "document", "document_name", "text_sha256", "extractor", "replaces", "trace")
"""What says where a claim comes from; no amendment may change it."""


def decide_amend(
    known: Known, claim: str, changes: Mapping[str, Any], text: Text, sign: Signature
) -> Decided:
    """A person's own version of a claim, with ``changes`` by dotted field name
    (``{"quantity.low": 12}``; ``span`` takes ``[start, end]``).

    Raises:
        LedgerRefused: unknown claim or field, a value the field cannot take, a span outside
            the text, no change at all, no name or no reason.
    """
    machine = find_known_claim(known, claim)
    if text.sha256 != machine.text_sha256:
        raise LedgerRefused(f"{claim} stands in text {machine.text_sha256}, not {text.sha256}.")
    mine = _change(machine, changes, text)
    if mine == machine:
        raise LedgerRefused(
            f"the amendment changes nothing in {claim}. Name at least one field to change; "
            "to confirm the claim as it is, accept it."
        )
    mine = _sign_claim(mine, sign, replaces=claim)
    value = {"claim": mine.id, "changes": dict(changes)}
    decision = build_decision("amend", (claim,), value, sign)
    return Decided(decision=decision, claim=mine)


def decide_add(
    document: Document,
    text: Text,
    span: tuple[int, int],
    harm: Harm,
    fields: Mapping[str, Any],
    sign: Signature,
) -> Decided:
    """A claim the machine did not see, from ``text[start:end]``; ``fields`` as in
    :func:`decide_amend`.

    Raises:
        LedgerRefused: a span outside the text, an unknown field or value, no name or no reason.
    """
    blank = Claim(
        id="",
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=_cut(text, span),
        harm=harm,
        quantity=Quantity(),
        victims=Victims(),
        said_at=Moment(
            at=document.published_at, origin="published" if document.published_at else None
        ),
        extractor="",
    )
    mine = _sign_claim(_change(blank, {**fields, "harm": harm}, text), sign, replaces=None)
    decision = build_decision("add", (mine.id,), {"claim": mine.id}, sign)
    return Decided(decision=decision, claim=mine)


def _sign_claim(claim: Claim, sign: Signature, replaces: str | None) -> Claim:
    """Name the person, and give an id apart from the machine's even where the figure is equal."""
    extractor = f"person:{sign.by.strip()}"
    base = claim_id(
        claim.document,
        claim.text_sha256,
        claim.span,
        claim.harm,
        claim.stance,
        claim.voice,
        claim.quantity,
    )
    content = msgspec.structs.replace(claim, id="", extractor=extractor, replaces=replaces)
    return msgspec.structs.replace(content, id=derived_id("clm", base, content), score=1.0)


def _change(claim: Claim, changes: Mapping[str, Any], text: Text) -> Claim:
    raw = msgspec.to_builtins(claim)
    for field, value in changes.items():
        if field.split(".")[0] in _FIXED:
            raise LedgerRefused(f"{field} cannot be changed: it says where the claim comes from.")
        if field == "span":
            raw["span"] = msgspec.to_builtins(_cut(text, _parse_span(value)))
        else:
            _put(raw, field, value)
    try:
        changed = msgspec.convert(raw, Claim, strict=True)
    except msgspec.ValidationError as error:
        raise LedgerRefused(f"a field cannot take this value: {error}. Nothing was written.") from (
            error
        )
    lost = _find_lost(changed, changes)
    if lost is not None:
        raise _unknown_field(lost)
    return _check_range(changed)


def _put(raw: dict[str, Any], field: str, value: Any) -> None:
    """Set a dotted field; what is null on the way is made, and checked afterwards."""
    *parents, last = field.split(".")
    at = raw
    for parent in parents:
        if parent not in at:
            raise _unknown_field(field)
        if at[parent] is None:
            at[parent] = {}
        at = at[parent]
        if not isinstance(at, dict):
            raise _unknown_field(field)
    at[last] = value


def _find_lost(claim: Claim, fields: Iterable[str]) -> str | None:
    """A field that was set and that a claim does not have."""
    for field in fields:
        at = msgspec.to_builtins(claim)
        for key in field.split("."):
            if key not in at:
                return field
            at = at[key]
    return None


def _unknown_field(field: str) -> LedgerRefused:
    return LedgerRefused(
        f"a claim has no field {field!r}. Fields are written as in claims.jsonl, "
        "with dots inside: quantity.low, victims.status, place.name."
    )


def _check_range(claim: Claim) -> Claim:
    low, high = claim.quantity.low, claim.quantity.high
    if (low is not None and low < 0) or (low is not None and high is not None and low > high):
        raise LedgerRefused(f"{low} to {high} is no range. Give the lower bound first, 0 or more.")
    return claim


def _parse_span(value: Any) -> tuple[int, int]:
    try:
        return msgspec.convert(value, tuple[int, int])
    except msgspec.ValidationError as error:
        raise LedgerRefused(
            f"{value!r} is no span. Give start and end as code points of the text: [120, 146]."
        ) from error


def _cut(text: Text, span: tuple[int, int]) -> Span:
    """Copied out of the text, with the sentence (or sentences) it stands in."""
    start, end = span
    around = [s for s in text.sentences if s.start < end and start < s.end]
    sentence = (min(start, around[0].start), max(end, around[-1].end)) if around else (start, end)
    try:
        return cut_span(text.text, start, end, sentence)
    except ValueError as error:
        raise LedgerRefused(
            f"{error}. `harmledger show DOCUMENT --format json` gives the text and its spans."
        ) from error
