"""Who repeats whom, as `show` draws it."""

from __future__ import annotations

from rich.console import Console

from harmledger.cli.prints.repeats import print_repeats
from harmledger.core.repeats import RepeatEdge, RepeatNode, Repeats


def drawn(repeats: Repeats, names: dict[str, str]) -> str:
    console = Console(width=120, record=True, file=None, quiet=False)
    with console.capture() as captured:
        print_repeats(console, repeats, names)
    return captured.get()


def reports(*names: str) -> list[RepeatNode]:
    return [RepeatNode(id=f"doc_{n}", kind="document", label=f"Paper {n}") for n in names]


def quotes(document: str) -> RepeatEdge:
    return RepeatEdge(repeater=f"doc_{document}", source="voice:x", reason="quotes", claims=("c",))


def test_copies_hang_on_the_report_they_repeat_and_silence_is_no_origin() -> None:
    copy = RepeatEdge(repeater="doc_b", source="doc_a", reason="agency credit", detail="afp")
    later = RepeatEdge(repeater="doc_c", source="doc_b", reason="correction")
    repeats = Repeats(
        nodes=(
            *reports("a", "b", "c", "d"),
            RepeatNode(id="voice:x", kind="origin", label="The ministry"),
        ),
        edges=(quotes("a"), copy, quotes("b"), later, quotes("c")),
        origins=1,
    )
    assert drawn(repeats, {"doc_a": "first"}).splitlines() == [
        "Who repeats whom: 1 independent origin in 4 documents",
        "The ministry",
        "└── Paper a, first",
        "    └── Paper b · agency credit: afp",
        "        └── Paper c · correction",
        "nobody named: makes no second origin",
        "└── Paper d",
    ]


def test_nothing_told_draws_nothing() -> None:
    assert drawn(Repeats(nodes=(), edges=(), origins=0), {}) == ""
