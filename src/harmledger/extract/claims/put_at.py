"""Figures that a label beside them explains: "put the dead at two", "puts at 214 the number of
people detained", "the bodies are eight", "cut the five to four"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import PERSON_HARMS, Claim
from harmledger.core.quantity import Figure
from harmledger.extract.claims.antecedents import (
    LOOK_BACK,
    Antecedent,
    ends_here,
    in_passage,
    told_before,
)
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.figure_words import (
    AT_FIRST,
    CUT_TO,
    LABELLED,
    NUMBER,
    PUT,
    THE_NUMBER,
)
from harmledger.extract.passage import Passage
from harmledger.extract.tables.labels import read_label


def label_told(
    passage: Passage, figure: Figure, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Antecedent, str] | None:
    """ "put the dead at two", "put the number at 17"."""
    lead, behind = passage.text[: figure.start - passage.start], figure.end - passage.start
    match = PUT.search(lead) or CUT_TO.search(lead)
    if match is None and ends_here(passage, behind):
        match = LABELLED.search(lead)
    if match is None and AT_FIRST.search(lead):
        match = THE_NUMBER.match(passage.text, behind)
    if match is None:
        return None
    label = match["label"]
    harm = read_label(label).harm
    if harm is None and match.re is LABELLED:
        each = (read_label(word).harm for word in label.split())  # "hostages held in a mill"
        harm = next((h for h in each if h is not None), None)
    replaced = _replaced(passage, match, earlier) if harm is None else None
    if replaced is not None:
        return replaced
    if harm in PERSON_HARMS:
        return Antecedent(harm=harm, low=None), "figure:put_at"
    if not NUMBER.match(label.strip()):
        return None
    antecedent = in_passage(drafts, figure) or told_before(earlier, passage)
    return (antecedent, "figure:put_at") if antecedent is not None else None


def _replaced(
    passage: Passage, match: re.Match[str], earlier: Sequence[Claim]
) -> tuple[Antecedent, str] | None:
    """ "Cut the five to four": of those who were five."""
    start, end = (passage.start + match.start("label"), passage.start + match.end("label"))
    old = next((f for f in passage.figures if start <= f.start < end and f.kind == "count"), None)
    if old is None:
        return None
    again = [c for c in earlier[-LOOK_BACK:] if c.quantity.low == old.low]
    antecedent = told_before(again, passage)
    return (antecedent, "figure:put_at") if antecedent is not None else None
