"""How a claim is told, as far as it bears on where and when it may be set."""

from __future__ import annotations

import re

from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.mentions import (
    goes_on,
    is_general,
    is_unreal,
    leaves,
    resumed_families,
    speaks_of_victims,
)
from harmledger.extract.claims.locate.resume import ACTS, STATES
from harmledger.extract.claims.locate.walk import NATIONWIDE
from harmledger.extract.passage import Passage

_TREATING = frozenset({"treat", "receive", "admit", "hospital", "clinic", "surgeon", "ward"})
_SUM = re.compile(
    r"[\W\d]*(?:total|all\b|overall|week|month|in all|altogether|sum|cumulative|grand total|"
    r"together|since\b)",
    re.I,
)
_POST = re.compile(r"\W{0,4}\d{1,2}[:.h]\d{2}\b")


def find_circumstances(passage: Passage, draft: Draft, when: When | None) -> tuple[str, ...]:
    """In a few words each. ``when``: the time its own sentence gives it."""
    precision = (when.precision or 1) if when is not None else None
    lemmas = set(passage.lemmas)
    quantity = draft.quantity
    holds = {
        draft.harm: True,
        "a state": draft.harm in STATES,
        "a deed of its own": draft.harm in ACTS,
        "no person": draft.kind != "person",
        "a part": draft.kin is not None or draft.part_of is not None,
        "in a list": passage.kind in {"list_item", "table_row"},
        "a heading": passage.kind == "heading",
        "somebody speaks": any(a.source is not None for a in passage.attributions),
        "another matter": leaves(passage),
        "a practice": is_general(passage, draft),
        "not real": is_unreal(passage, draft),
        "goes on": goes_on(passage),
        "the incident": bool(resumed_families(passage)),
        "its people": speaks_of_victims(passage, draft),
        "of a period": precision is not None and precision > 2,
        "of a day": precision is not None and precision <= 2,
        "undated": when is None,
        "denied": draft.stance != "asserts",
        "people treated": bool(lemmas & _TREATING),
        "a sum": _SUM.match(passage.text) is not None,
        "a post": _POST.match(passage.text) is not None,
        "nationwide": NATIONWIDE.search(passage.text) is not None,
        "uncounted": quantity.low is None and quantity.high is None,
        "one person": quantity.basis == "implied",
    }
    return tuple(name for name, true in holds.items() if true)
