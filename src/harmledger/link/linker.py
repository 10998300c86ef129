"""The linker: documents' bundles through all steps, and again for what changes only.

Every step is a function of what it is given and of nothing else, and each can be told what has
gone and what has come (``update``). So adding a document to many gives exactly what linking all
of them anew would give, at the price of what it touches.
"""

from __future__ import annotations

from collections.abc import Mapping

from harmledger.link.nodes import Node, Rules
from harmledger.link.pairs import Change, PairStage
from harmledger.link.placing import PlaceStage


class Linker:
    """What is linked so far. Ids of nodes are those of their first bundles."""

    def __init__(self, rules: Rules, *, once: bool = False) -> None:
        """Begin with nothing. ``once``: there will be one update only; steps are not kept.

        First what people decided, copies of one text and reports of known day, town and deed;
        then those that say less, each to the one incident it fits best; last the rest among
        themselves. What was placed tells more of its incident: the vaguest are tried twice.
        """
        self.once = once
        self.stages: list[PairStage | PlaceStage] = [
            PairStage(rules, 2, told=True),
            PlaceStage(rules, 1, once=once),
            PairStage(rules, 1),
            PlaceStage(rules, 0, once=once),
            PairStage(rules, 0),
            PairStage(rules, 1, 2),
            PlaceStage(rules, 1, once=once),
            PlaceStage(rules, 0, once=once),
            PairStage(rules, 0),
        ]

    def update(self, gone: set[str], come: Mapping[str, Node]) -> Change:
        """Nodes of single bundles that are no more, and new ones; what that changes in the end."""
        change = Change(gone, dict(come))
        for position, stage in enumerate(self.stages):
            change = stage.update(change)
            if self.once:
                self.stages[position] = PairStage(stage.rules)
        return change
