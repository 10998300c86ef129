"""Who repeats whom, as a drawing."""

from __future__ import annotations

from count.made import make_document
from harmledger.core.repeats import RepeatEdge, RepeatNode, Repeats
from harmledger.publish.repeats_chart import MOST_COLUMNS, MOST_ROWS, render_repeats

FIRST = make_document("first", "2022-03-09", source="The Wire")
COPY = make_document("copy", "2022-03-10", source="The Paper")
UNDATED = make_document("undated", None, source="The Sheet")
DOCUMENTS = {d.id: d for d in (UNDATED, COPY, FIRST)}


def quotes(document: str, voice: str) -> RepeatEdge:
    return RepeatEdge(repeater=document, source=voice, reason="quotes")


def graph(*edges: RepeatEdge) -> Repeats:
    voices = sorted({e.source for e in edges if e.reason == "quotes"})
    nodes = [RepeatNode(id=d, kind="document", label=d) for d in DOCUMENTS]
    nodes += [RepeatNode(id=v, kind="origin", label=v.upper()) for v in voices]
    return Repeats(nodes=tuple(nodes), edges=edges, origins=len(voices))


def test_documents_stand_in_order_of_publication_and_the_undated_last() -> None:
    chart = render_repeats(graph(quotes(FIRST.id, "council")), DOCUMENTS)
    assert chart is not None
    assert [c.title for c in chart.columns] == ["first", "copy", "undated"]


def test_the_first_telling_of_a_voice_is_marked_and_later_ones_are_not() -> None:
    told = graph(quotes(COPY.id, "council"), quotes(FIRST.id, "council"), quotes(COPY.id, "army"))
    chart = render_repeats(told, DOCUMENTS)
    assert chart is not None
    rows = {row.label: [(dot.x, dot.first) for dot in row.dots] for row in chart.rows}
    across = {c.title: c.x for c in chart.columns}
    assert rows["COUNCIL"] == [(across["first"], True), (across["copy"], False)]
    assert rows["ARMY"] == [(across["copy"], True)]


def test_a_copy_is_joined_to_what_it_repeats_and_says_why() -> None:
    copied = RepeatEdge(repeater=COPY.id, source=FIRST.id, reason="agency credit", detail="reuters")
    chart = render_repeats(graph(quotes(FIRST.id, "council"), copied), DOCUMENTS)
    assert chart is not None
    [arc] = chart.arcs
    assert (arc.repeater, arc.source, arc.reason, arc.detail) == (2, 1, "agency credit", "reuters")


def test_one_document_repeats_nobody() -> None:
    alone = Repeats(
        nodes=(RepeatNode(id=FIRST.id, kind="document", label="first"),), edges=(), origins=1
    )
    assert render_repeats(alone, DOCUMENTS) is None


def test_what_is_not_drawn_is_counted() -> None:
    many = {d.id: d for d in (make_document(f"d{n}", "2022-03-09") for n in range(40))}
    edges = tuple(quotes(d, f"voice {n:02}") for n, d in enumerate(sorted(many)))
    nodes = [RepeatNode(id=d, kind="document", label=d) for d in many]
    nodes += [RepeatNode(id=e.source, kind="origin", label=e.source) for e in edges]
    chart = render_repeats(Repeats(nodes=tuple(nodes), edges=edges, origins=40), many)
    assert chart is not None
    drawn = len(chart.columns), len(chart.rows)
    assert drawn == (MOST_COLUMNS, min(MOST_ROWS, MOST_COLUMNS))
    assert chart.left_out == (40 - MOST_COLUMNS, 40 - len(chart.rows))
