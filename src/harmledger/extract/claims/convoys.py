"""Whether a convoy, a corridor or rescuers that are attacked are access denied: not the lorries of
traders, which are objects struck, nor those of fighters."""

from __future__ import annotations

from harmledger.extract.claims.kept_out import AID
from harmledger.extract.passage import Passage

RESCUERS = frozenset(
    {"rescuer", "rescue team", "rescue worker", "aid worker", "aid team", "relief team",
     "relief worker", "evacuation bus", "search team"}
)  # fmt: skip
_FIGHTERS = frozenset({"rebel", "fighter", "militia", "militant", "insurgent", "gunman", "police"})
_SOLDIERS = frozenset({"soldier", "jawan", "trooper", "commando", "paratrooper", "policeman"})


def of_fighters(passage: Passage, at: int) -> bool:
    """ "A convoy of rebel pick-ups", "the militia's lorries", "soldiers …, their convoy"."""
    theirs = at > 0 and passage.lowered[at - 1] == "their" and not AID & passage.vocabulary
    if (at and passage.lemmas[at - 1] in _FIGHTERS) or (theirs and _SOLDIERS & passage.vocabulary):
        return True
    return passage.lowered[at + 1 : at + 2] == ("of",) and bool(
        _FIGHTERS & set(passage.lemmas[at + 2 : at + 5])
    )


def may_be_attacked(passage: Passage, last: int, moved: str) -> bool:
    """A convoy, a corridor, vehicles of aid or evacuees, rescuers: access attacked. An ambulance
    hit is an object struck."""
    if passage.lemmas[last] in {"convoy", "corridor", "column"} or "convoy" in moved:
        return not _of_traders_or_troops(passage, last)
    if moved in RESCUERS or moved.startswith(("aid ", "relief ", "food ")):
        return True
    laden = AID & set(passage.lemmas[last + 1 : last + 5])
    if laden and passage.lemmas[last] in {"truck", "lorry", "barge", "tanker"}:
        return True
    carries = {"evacuee", "evacuate", "evacuation"} & set(passage.lemmas)
    return bool(carries) and passage.lemmas[last] in {"bus", "truck", "lorry"}


def _of_traders_or_troops(passage: Passage, last: int) -> bool:
    """ "A convoy of traders' lorries" is an object struck; one that lost soldiers is military."""
    if passage.lemmas[last] == "corridor" or AID & passage.vocabulary or "aid" in passage.before:
        return False
    if _SOLDIERS & passage.vocabulary:
        return True
    carried = set(passage.lemmas[last + 2 : last + 6])
    return passage.lowered[last + 1 : last + 2] == ("of",) and bool(carried & _WHEELS)


_WHEELS = frozenset({"lorry", "truck", "car", "vehicle", "bus", "minibus", "tanker", "pick-up"})
