"""Lengths, weights and calibres: "25m from the gate", "a .22 rifle"."""

from __future__ import annotations

from harmledger.extract.quantities.bare import is_million
from harmledger.extract.quantities.beside import Beside


def is_measure(beside: Beside) -> bool:
    """ "25m from the gate", "a 5.56mm round", "a .22 rifle", "two tonnes"."""
    kinds = beside.kinds
    if beside.tail.glued and beside.tail.glued in kinds.measures:
        return beside.tail.glued != "m" or not is_million(
            beside.row, beside.last - 1, beside.grammar
        )
    after, dot = beside.after, beside.first - 1
    if beside.row.low(dot) == "." and beside.row.touches(dot + 1) and not beside.row.touches(dot):
        return True  # a calibre: ".22 rifle"
    if beside.before == "by" and beside.row.low(beside.first - 2) in kinds.measures:
        return True  # "100 metres by 50"
    if len(after) <= 2 and beside.tail.kind != "number":
        return False
    if after in kinds.weights_or_money:
        return True
    stop = beside.first - 1 - (beside.row.low(beside.first - 1) == ".")
    return after in kinds.measures or beside.row.low(stop) in {
        "magnitude",
        "km",
        "kilometre",
        "kilometer",
    }
