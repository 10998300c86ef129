"""Who repeats whom, as trees: each voice, the reports that tell it, and their copies (R2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from harmledger.cli.prints.phrase import joined
from harmledger.core.repeats import RepeatEdge, Repeats

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree


def print_repeats(console: Console, repeats: Repeats, names: Mapping[str, str]) -> None:
    """``names``: of the documents, by id."""
    documents = [node for node in repeats.nodes if node.kind == "document"]
    if not documents:
        return
    origins = _many(repeats.origins, "independent origin")
    console.print(f"Who repeats whom: {origins} in {_many(len(documents), 'document')}")
    labels = {n.id: joined((n.label, names.get(n.id, "")), ", ") for n in documents}
    for origin in (node for node in repeats.nodes if node.kind == "origin"):
        tellers = {e.repeater: e for e in repeats.edges if e.source == origin.id}
        console.print(_draw(origin.label, tellers, repeats, labels))
    heard = {e.repeater for e in repeats.edges if e.reason == "quotes"}
    silent = {n.id: None for n in documents if n.id not in heard}
    if silent:
        console.print(_draw("nobody named: makes no second origin", silent, repeats, labels))


def _draw(
    title: str,
    tellers: Mapping[str, RepeatEdge | None],
    repeats: Repeats,
    labels: Mapping[str, str],
) -> Tree:
    """A voice with the reports that tell it; a copy hangs on the report it repeats."""
    from rich.text import Text
    from rich.tree import Tree

    copies = {e.repeater: e for e in repeats.edges if e.repeater in tellers and e.source in tellers}
    tree = Tree(Text(title))
    branches: dict[str, Tree] = {}

    def branch_of(document: str) -> Tree:
        if document not in branches:
            edge = copies.get(document)
            above = tree if edge is None else branch_of(edge.source)
            why = "" if edge is None else joined((edge.reason, edge.detail), ": ")
            branches[document] = above.add(Text(joined((labels[document], why))))
        return branches[document]

    for document in sorted(tellers, key=lambda d: labels[d]):
        branch_of(document)
    return tree


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
