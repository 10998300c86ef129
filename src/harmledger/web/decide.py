"""Decisions sent from pages: add, link, grade, publish, undo, open a sealed person."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from harmledger.core.claim import Harm
from harmledger.core.errors import LedgerRefused
from harmledger.ledger import Records
from harmledger.review import (
    Decided,
    Signature,
    decide_add,
    decide_embargo,
    decide_grade,
    decide_judgement,
    decide_release,
    decide_retract,
    decide_set_aside,
    decide_withdraw,
    decide_withhold,
)
from harmledger.review.decide import Pairing
from harmledger.web.deciding import find_known, find_known_incident, parse_value, write_decided
from harmledger.web.guard import RefusedError, desk_of, field, visitor_of
from harmledger.web.pages.document import find_here
from harmledger.web.ways import post

PAIRINGS = ("same", "different", "unsure")


def go_back(request: Request, default: str = "/") -> Response:
    """To the page the form came from; never to another host."""
    back = field(request, "back") or default
    parts = urlsplit(back)
    safe = back.startswith("/") and not back.startswith("//") and not parts.netloc
    return RedirectResponse(back if safe and "\\" not in back else default, 303)


def post_judgement(request: Request) -> Response:
    claim, other = field(request, "claim"), field(request, "other")
    judgement = field(request, "judgement")
    if judgement not in PAIRINGS:
        raise LedgerRefused(f"choose one of {', '.join(PAIRINGS)}.")

    def build(records: Records, sign: Signature) -> Decided:
        known = find_known(request, records, (claim, other))
        return decide_judgement(known, cast("Pairing", judgement), claim, other, sign)

    write_decided(request, field(request, "reason"), build)
    return go_back(request)


def post_join(request: Request) -> Response:
    """Whether two incidents are one, judged between the first claims of each."""
    index = desk_of(request).index_for(visitor_of(request))
    here = index.find_incident(field(request, "incident"))
    other = index.find_incident(name_in(field(request, "other") or field(request, "near")))
    judgement = field(request, "judgement")
    if here is None or other is None:
        raise RefusedError(404, "there is no such incident here. Give its code or its address.")
    if here.id == other.id:
        raise LedgerRefused("that is this incident itself. Name another one.")
    if judgement not in PAIRINGS:
        raise LedgerRefused(f"choose one of {', '.join(PAIRINGS)}.")
    left, right = here.claims[0], other.claims[0]

    def build(records: Records, sign: Signature) -> Decided:
        known = find_known(request, records, (left, right))
        return decide_judgement(known, cast("Pairing", judgement), left, right, sign)

    write_decided(request, field(request, "reason"), build)
    return go_back(request)


def name_in(said: str) -> str:
    """A code or id, also out of the address of its page."""
    return urlsplit(said.strip()).path.rstrip("/").rpartition("/")[2]


def post_grade(request: Request) -> Response:
    known = find_known_incident(request, field(request, "incident"))
    target, grade = next(iter(known.incidents), ""), field(request, "grade")
    write_decided(
        request,
        field(request, "reason"),
        lambda _, sign: decide_grade(known, target, grade, sign),
    )
    return go_back(request)


def post_publish(request: Request) -> Response:
    """Withhold, embargo, release or retract an incident."""
    known = find_known_incident(request, field(request, "incident"))
    target, until = next(iter(known.incidents), ""), field(request, "until")

    def build(_: Records, sign: Signature) -> Decided:
        match field(request, "action"):
            case "withhold":
                return decide_withhold(known, target, sign)
            case "embargo":
                return decide_embargo(known, target, until, sign)
            case "release":
                return decide_release(known, "incident", target, sign)
            case "retract":
                return decide_retract(known, target, sign)
            case other:
                raise LedgerRefused(f"{other!r} is nothing to decide about a publication.")

    write_decided(request, field(request, "reason"), build)
    return go_back(request)


def post_set_aside(request: Request) -> Response:
    claim = field(request, "claim")
    write_decided(
        request,
        field(request, "reason"),
        lambda records, sign: decide_set_aside(
            find_known(request, records, (claim,)), (claim,), sign
        ),
    )
    return go_back(request)


def post_undo(request: Request) -> Response:
    """A new entry takes an earlier one back; both stay. Publishing decisions need that right."""
    decision = field(request, "decision")
    index = desk_of(request).index_for(visitor_of(request))
    action = index.value("SELECT action FROM decisions WHERE id = ?", (decision,))
    check_undo(request, str(action or ""))
    write_decided(
        request,
        field(request, "reason"),
        lambda records, sign: decide_withdraw(
            find_known(request, records, decisions=(decision,)), decision, sign
        ),
    )
    return go_back(request)


def check_undo(request: Request, action: str) -> None:
    """Who could not have decided it cannot undo it. Raises RefusedError."""
    visitor = visitor_of(request)
    publishes = action in ("withhold", "embargo", "release", "retract", "forget")
    links = action in ("same", "different", "unsure", "grade", "set_aside")
    if publishes and not visitor.may("publish"):
        raise RefusedError(403, "only who may publish can undo what concerns publication.")
    if links and not visitor.may("review"):
        raise RefusedError(403, "only who may review can undo links, grades and settings aside.")


def post_add(request: Request) -> Response:
    """A claim the machine did not see, from words of the text."""
    index = desk_of(request).index_for(visitor_of(request))
    document = find_here(index, field(request, "document"))
    fields = {
        name: parse_value(name, value)
        for name, value in (
            ("quantity.low", field(request, "low")),
            ("quantity.high", field(request, "high")),
        )
        if value
    }
    if fields:
        low, high = fields.get("quantity.low"), fields.get("quantity.high")
        fields["quantity.bound"] = "exact" if low == high else "between"
        if low is None or high is None:
            fields["quantity.bound"] = "at_most" if low is None else "at_least"

    def build(records: Records, sign: Signature) -> Decided:
        text = records.find_text(document.id, document.text_sha256)
        if text is None:
            raise LedgerRefused("the text of this document is not in the ledger.")
        span = find_words(text.text, field(request, "words"), field(request, "occurrence"))
        return decide_add(document, text, span, cast("Harm", field(request, "harm")), fields, sign)

    write_decided(request, field(request, "reason"), build)
    return go_back(request)


def find_words(text: str, words: str, occurrence: str) -> tuple[int, int]:
    """Where ``words`` stand for the n-th time, exactly; a browser's line ends match any.

    Raises:
        LedgerRefused: they do not stand there.
    """
    wanted = words.replace("\r\n", "\n")
    nth = int(occurrence) if occurrence.isascii() and occurrence.isdigit() else 1
    at = -1
    for _ in range(max(1, min(nth, 10_000))):
        at = text.find(wanted, at + 1) if wanted else -1
        if at < 0:
            raise LedgerRefused(
                "these words do not stand in the text that often. Copy them from the text exactly."
            )
    return at, at + len(wanted)


def post_open(request: Request) -> Response:
    """Open a sealed person for an hour, on the log."""
    desk, visitor = desk_of(request), visitor_of(request)
    claim, reason = field(request, "claim"), field(request, "reason")
    if not reason:
        raise RefusedError(422, "say why; the reason stays in the log of openings.")
    if desk.index_for(visitor).find_claim(claim) is None:
        raise RefusedError(404, "there is no such claim here.")
    desk.people.log_opening(visitor.name or "alone", claim, reason)
    return go_back(request)


WAYS = (
    post("/decide/judge", "review", post_judgement),
    post("/decide/join", "review", post_join),
    post("/decide/grade", "review", post_grade),
    post("/decide/set-aside", "review", post_set_aside),
    post("/decide/publish", "publish", post_publish),
    post("/decide/undo", "code", post_undo),
    post("/decide/add", "code", post_add),
    post("/open", "open_people", post_open),
)
