"""Answers of the parties. All sentences are made for these tests."""

from __future__ import annotations

import pytest
from speech import parser, passages_of

from harmledger.core.claim import Claim, Site, Victims
from harmledger.core.document import Document
from harmledger.core.quantity import Quantity
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.when import Moment
from harmledger.extract.passage import Passage
from harmledger.extract.responses import find_responses
from harmledger.extract.voices.roster import open_roster

pytestmark = pytest.mark.skipif(bool(parser().note), reason="the learned parser is not installed")

DOCUMENT = Document(
    id="doc_made", name="made", sha256="0", media_type="text/plain", text_sha256="0",
    reader="made@1", published_at="2024-03-06",
)  # fmt: skip


def claim_in(passage: Passage, quote: str) -> Claim:
    start = passage.start + passage.text.index(quote)
    return Claim(
        id=f"clm_{start}", document="doc_made", document_name="made", text_sha256="0",
        span=Span(start=start, end=start + len(quote), quote=quote, sentence=passage.text),
        harm="object_struck", quantity=Quantity(unit="facilities"), victims=Victims(),
        site=Site(kind="school"), said_at=Moment(), extractor="made@1",
    )  # fmt: skip


def answers_to(sentence: str) -> tuple[Response, ...]:
    passages = passages_of("Russian aircraft bombed a school in the town.", sentence)
    return find_responses(
        passages, DOCUMENT, [claim_in(passages[0], "bombed a school")], open_roster(passages)
    )


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The Russian army denied that it had hit the school.", "denial"),
        ("The Russian army called the attack staged.", "denial"),
        ("The Russian army said it had not bombed the school.", "denial"),
        ("The Russian army said the school was used by fighters as a base.", "justification"),
        ("The Russian army said the building was a legitimate military target.", "justification"),
        ("The Russian army said the strike had been a mistake.", "acknowledgement"),
        ("The Russian army acknowledged the strike.", "acknowledgement"),
        ("The Russian army admitted that it had killed civilians.", "concession"),
        ("The Russian army said it would look into the strike.", "inquiry"),
        ("The Russian army opened an investigation into the strike.", "inquiry"),
        ("The Russian army apologised for the strike.", "apology"),
        ("The governor said the bombing was a war crime.", "characterisation"),
        ("The governor blamed Russian forces for the bombing.", "accusation"),
    ],
)
def test_kinds(sentence: str, kind: str) -> None:
    found = answers_to(sentence)
    assert [r.kind for r in found] == [kind]
    assert found[0].about is not None
    assert found[0].site_kind == "school"


@pytest.mark.parametrize(
    "sentence",
    [
        "Doctors said the strike had been a mistake.",
        "The governor called for an investigation into the strike.",
        "Residents were denied access to the school.",
        "The governor said the school was closed.",
        "The rebels rejected the offer of talks.",
    ],
)
def test_what_is_no_answer(sentence: str) -> None:
    assert answers_to(sentence) == ()


def test_accused_is_the_party() -> None:
    assert answers_to("The governor blamed a Russian air strike.")[0].accused == "Russia"
    assert answers_to("The governor accused Hamas of shelling the school.")[0].accused == "Hamas"
    assert answers_to("The Russian army acknowledged the strike.")[0].accused == "Russia"


def test_time_is_the_stated_day_or_the_publication() -> None:
    stated = answers_to("The Russian army denied on Monday that it had hit the school.")[0]
    assert (stated.said_at.at, stated.said_at.origin) == ("2024-03-04", "stated")
    plain = answers_to("The Russian army denied that it had hit the school.")[0]
    assert (plain.said_at.at, plain.said_at.origin) == ("2024-03-06", "published")


def test_answer_without_claim_or_violence_is_left_out() -> None:
    passages = passages_of("The minister said he would look into the price of bread.")
    assert find_responses(passages, DOCUMENT, [], open_roster(passages)) == ()


def test_same_answer_same_id() -> None:
    sentence = "The Russian army denied that it had hit the school."
    assert [r.id for r in answers_to(sentence)] == [r.id for r in answers_to(sentence)]
