"""The answers of the parties in one document (contract §2, reading rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.when import Moment
from harmledger.extract.passage import Passage
from harmledger.extract.responses.about import Subject, find_subject_claim
from harmledger.extract.responses.accused import find_accused_party, own_party
from harmledger.extract.responses.answers import Answer, find_answers
from harmledger.extract.responses.doers import find_deeds
from harmledger.extract.voices.roster import Roster
from harmledger.extract.voices.subjects import Subjects
from harmledger.lexicon.responses import ResponseLexicon, load_responses

_OWN = frozenset({"acknowledgement", "concession", "apology"})


def find_responses(
    passages: Sequence[Passage], document: Document, claims: Sequence[Claim], roster: Roster
) -> tuple[Response, ...]:
    """Every answer in the document, in text order.

    ``passages`` carry their attributions, ``roster`` is of them all. ``about`` is the claim of this
    document the answer shares most with, or None; place, time and site are taken over only from a
    claim the answer plainly goes on about. An answer near no claim and without a word of violence
    is left out.
    """
    lexicon, subjects = load_responses(), Subjects(roster)
    found: list[Response] = []
    for passage in passages:
        answers = find_answers(passage, lexicon)
        deeds = find_deeds(passage, lexicon, subjects, answers)
        subjects.hear(passage)
        for answer in (*answers, *deeds):
            subject = find_subject_claim(passage, answer, claims, lexicon)
            if _is_in_scope(passage, subject, lexicon):
                found.append(_respond(passage, document, answer, subject))
    return tuple(sorted(found, key=lambda r: (r.span.start, r.kind)))


def _is_in_scope(passage: Passage, subject: Subject | None, lexicon: ResponseLexicon) -> bool:
    if subject is not None and subject.plain:
        return True
    return any(lemma in lexicon.attacks for lemma in passage.lemmas)


def _respond(
    passage: Passage, document: Document, answer: Answer, subject: Subject | None
) -> Response:
    claim = subject.claim if subject is not None else None
    taken = claim if subject is not None and subject.plain else None
    return Response(
        id=derived_id("rsp", document.id, answer.start, answer.end, answer.kind),
        document=document.id,
        document_name=document.name,
        kind=answer.kind,
        voice=answer.voice,
        span=_cut(passage, answer.start, answer.end),
        said_at=_said_at(passage, answer, document),
        about=claim.id if claim is not None else None,
        accused=_accused(passage, answer),
        place=taken.place if taken is not None else None,
        occurred=taken.occurred if taken is not None else None,
        site_kind=taken.site.kind if taken is not None and taken.site is not None else None,
    )


def _cut(passage: Passage, start: int, end: int) -> Span:
    """The passage is a copy of its stretch of the text, so the span is copied from it."""
    quote = passage.text[start - passage.start : end - passage.start]
    return Span(start=start, end=end, quote=quote, sentence=passage.text)


def _accused(passage: Passage, answer: Answer) -> str | None:
    if answer.accused is not None:
        return find_accused_party(passage, *answer.accused)
    return own_party(answer.voice[0]) if answer.kind in _OWN and answer.voice else None


def _said_at(passage: Passage, answer: Answer, document: Document) -> Moment:
    """The stated day of the statement, else the document's publication."""
    for hit in passage.times:
        one_day = hit.when.earliest is not None and hit.when.earliest == hit.when.latest
        if answer.said_on == (hit.start, hit.end) and one_day:
            return Moment(at=hit.when.earliest, origin="stated")
    if document.published_at is None:
        return Moment()
    return Moment(at=document.published_at, origin="published")
