"""A private person's name stands in no list and no note; an office-holder's and a body's do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from desk_setup import find_document, find_incident

from harmledger.core.claim import Voice
from harmledger.core.document import Block
from harmledger.core.incident import Conflict, Incident, Link
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.when import Moment
from harmledger.web.context import LEFT_OUT, cut_after, cut_before
from harmledger.web.sealing import SEALED, seal_incident

NAME = "Maksym Dorosh"


def test_notes_and_denials_name_no_private_person() -> None:
    voice = Voice(name=NAME, role="fisherman", side="resident")
    span = Span(start=0, end=2, quote="no", sentence="no")
    answer = Response(
        id="rsp_1",
        document="doc_1",
        document_name="x",
        kind="denial",
        voice=(voice,),
        span=span,
        said_at=Moment(),
    )
    said = Incident(
        id="inc_1",
        code="X",
        title="People killed",
        place=None,
        occurred=None,
        site=None,
        means=None,
        claims=(),
        documents=(),
        responses=(answer,),
        denied_by=(NAME, "city council"),
        grade_why=f"denied by {NAME}",
        conflicts=(Conflict(kind="denied", harm=None, claims=(), note=f"denied by {NAME}"),),
        links=(Link(claim="clm_1", judgement="same", by="x", score=1.0, why=(f"{NAME} said",)),),
    )
    sealed = seal_incident(said, (), ())
    assert NAME not in repr(sealed)
    assert sealed.denied_by == (SEALED, "city council")
    assert sealed.conflicts[0].note == f"denied by {SEALED}"


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/changes", "/origins", "/totals", "/decisions", "/api/changes", "/api/incidents"),
        *("/feeds/changes.atom", "/feeds/changes.json", "/download/incidents.csv", "/api/totals"),
        *("/download/incidents.jsonl", "/download/totals.csv", "/map"),
    ],
)
def test_no_list_names_the_teacher(still: Any, path: str) -> None:
    answer = still.get(path)
    assert answer.status_code == 200
    assert "Zorivchak" not in answer.text


def test_pages_name_the_teacher_in_the_text_alone(still: Any, still_desk: Any) -> None:
    """Texts and quotes are other people's words and stay as they are."""
    for path in (
        f"/incidents/{find_incident(still_desk, 'Izm')}",
        f"/documents/{find_document(still_desk, 'School')}",
    ):
        page = still.get(path).text
        assert SEALED in page
        bare = re.sub(r"(?s)<(q|blockquote)\b.*?</\1>|<div class=\"text\b.*?</div>", "", page)
        assert "Zorivchak" not in bare, path
    assert "Human rights monitors" in still.get("/origins").text


def test_around_a_sentence_no_furniture_is_read() -> None:
    text = "Home\nSport\nShells fell at dawn.\nThree died.\nSign up\nA road was shut."
    last = text.index("Sign up")
    furniture = [(0, 10), (last, last + 7)]
    blocks = [Block(start=a, end=b, kind="paragraph", furniture=True) for a, b in furniture]
    at = text.index("Three")
    assert cut_before(text, blocks, at) == f"{LEFT_OUT}\nShells fell at dawn.\n"
    assert cut_after(text, blocks, at + 11) == f"\n{LEFT_OUT}\nA road was shut."
    assert cut_before(text, [], at) == text[:at]
    long = "word " * 400
    assert cut_before(long, [], len(long)).startswith("… word")
    assert cut_after(long, [], 0).endswith("word …")
