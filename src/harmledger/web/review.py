"""The review queue: one claim at a time beside its sentence; second coding; agreement."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Literal, get_args

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from harmledger.core.base import Value
from harmledger.core.claim import Harm, Modality, Stance, Status
from harmledger.core.decision import Decision
from harmledger.core.document import Block
from harmledger.core.errors import LedgerRefused
from harmledger.core.quantity import Bound, Extent, Scope, Unit
from harmledger.index import Index, Shown
from harmledger.index.lists import count_open, list_queue
from harmledger.ledger import Records
from harmledger.review import (
    Decided,
    Signature,
    decide_accept,
    decide_amend,
    decide_reject,
    decide_withdraw,
)
from harmledger.web.context import cut_after, cut_before
from harmledger.web.deciding import Build, find_known, parse_changes, write_decided
from harmledger.web.frame import is_partial, make_catalogue, render, render_text
from harmledger.web.guard import RefusedError, desk_of, field, form_of, visitor_of
from harmledger.web.pages.document import read_text
from harmledger.web.people import Coding
from harmledger.web.rounds import Rounds
from harmledger.web.sealing import seal_shown
from harmledger.web.ways import get, post

Verdict = Literal["accept", "reject", "amend", "skip"]
VERDICTS = ("accept", "amend", "reject")
WHY = {
    "accept": "read beside its sentence: the text says this",
    "reject": "read beside its sentence: the text does not say this",
    "amend": "read beside its sentence: the text says it otherwise",
    "undo": "taken back at once by the same person",
}
"""Reasons that a single key gives; a person may write another."""
OPTIONS: dict[str, tuple[str, ...]] = {
    "harm": get_args(Harm),
    "stance": get_args(Stance),
    "modality": get_args(Modality),
    "quantity.bound": get_args(Bound),
    "quantity.unit": get_args(Unit),
    "quantity.extent": get_args(Extent),
    "quantity.scope": get_args(Scope),
    "victims.status": get_args(Status),
}


class Item(Value, frozen=True, kw_only=True):
    """A claim to decide about, with the text around it. ``before``/``after``: of the sentence;
    ``head``/``quote``/``tail``: the sentence cut at the claim's words."""

    shown: Shown
    title: str
    before: str
    head: str
    quote: str
    tail: str
    after: str
    values: dict[str, str]


def rounds_of(request: Request) -> Rounds:
    found: Rounds = request.app.state.rounds
    return found


def find_next(request: Request, index: Index, besides: str = "") -> Shown | None:
    """The claim to ask about next."""
    session = visitor_of(request).session
    skip = rounds_of(request).not_for(session) | ({besides} if besides else set())
    found = list_queue(index, skip, 1)
    return found[0] if found else None


def make_item(request: Request, index: Index, shown: Shown) -> Item:
    desk = desk_of(request)
    shown = seal_shown(shown, desk, visitor_of(request))
    claim = shown.claim
    document = index.documents([claim.document])[claim.document]
    text = ""
    blocks: tuple[Block, ...] = ()
    if document.text_sha256 == claim.text_sha256:
        text = read_text(desk, document)
        with desk.ledger.records() as records:
            blocks = records.blocks(document.text_sha256)
    span = claim.span
    at = span.sentence.find(span.quote)
    start = span.start - at if at >= 0 else span.start
    end = start + len(span.sentence)
    head, quote, tail = span.sentence[: max(0, at)], span.quote, ""
    tail = span.sentence[at + len(quote) :] if at >= 0 else ""
    return Item(
        shown=shown,
        title=document.title or document.name,
        before=cut_before(text, blocks, start),
        head=head,
        quote=quote,
        tail=tail,
        after=cut_after(text, blocks, end),
        values=values_of(shown),
    )


def values_of(shown: Shown) -> dict[str, str]:
    claim, quantity = shown.claim, shown.claim.quantity
    bounds = ("" if v is None else str(v) for v in (quantity.low, quantity.high))
    low, high = bounds
    return {
        "harm": claim.harm,
        "quantity.low": low,
        "quantity.high": high,
        "quantity.bound": quantity.bound,
        "quantity.unit": quantity.unit,
        "quantity.extent": quantity.extent,
        "quantity.scope": quantity.scope,
        "stance": claim.stance,
        "modality": claim.modality,
        "victims.status": claim.victims.status,
    }


def show_review(request: Request) -> Response:
    """The next claim, or the one asked for."""
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    if not visitor.name:
        return RedirectResponse("/name?back=/review", 303)
    asked = request.query_params.get("claim", "")
    besides = request.query_params.get("besides", "")
    shown = index.find_claim(asked) if asked else find_next(request, index, besides)
    if asked and shown is None:
        raise RefusedError(404, "there is no such claim here.")
    if shown is None:
        return _show(request, index, None)
    rounds_of(request).lease(visitor.session, shown.claim.id)
    return _show(request, index, make_item(request, index, shown))


def _show(request: Request, index: Index, item: Item | None) -> Response:
    values = {
        "item": item,
        "options": OPTIONS,
        "why": WHY,
        "open": count_open(index),
        "catalogue": make_catalogue(index, [item.shown] if item else []),
        "second": False,
    }
    if is_partial(request):
        return HTMLResponse(render_text(request, "desk-review-item.html.j2", **values))
    return render(request, "desk-review.html.j2", **values)


def post_verdict(request: Request) -> Response:
    """Accept, amend, reject or skip one claim; then the next."""
    claim, verdict = field(request, "claim"), field(request, "verdict")
    visitor = visitor_of(request)
    if verdict == "skip":
        rounds_of(request).skip(visitor.session, claim)
    elif verdict in VERDICTS:
        reason = field(request, "reason") or WHY[verdict]
        decision = write_decided(request, reason, _builder(request, claim, verdict))
        rounds_of(request).keep_decision(visitor.session, decision.id)
    else:
        raise LedgerRefused(f"{verdict!r} is no verdict. Choose one of {', '.join(VERDICTS)}.")
    if is_partial(request):
        return Response(status_code=204)
    return RedirectResponse("/review", 303)


def _builder(request: Request, claim: str, verdict: str) -> Build:
    changes = parse_changes(dict(form_of(request))) if verdict == "amend" else {}

    def build(records: Records, sign: Signature) -> Decided:
        known = find_known(request, records, (claim,))
        if verdict == "accept":
            return decide_accept(known, claim, sign)
        if verdict == "reject":
            return decide_reject(known, claim, sign)
        machine = known.claims.get(claim)
        text = records.find_text(machine.document, machine.text_sha256) if machine else None
        if text is None:
            raise LedgerRefused("there is no such claim here, or its text is not in the ledger.")
        return decide_amend(known, claim, changes, text, sign)

    return build


def post_undo_last(request: Request) -> Response:
    """Take back this session's last decision by a new entry."""
    rounds, session = rounds_of(request), visitor_of(request).session
    last = rounds.take_decision(session)
    if last is None:
        raise LedgerRefused("there is nothing of this session to take back.")
    about = desk_of(request).index_for(visitor_of(request)).decisions_about([last])
    write_decided(
        request,
        field(request, "reason") or WHY["undo"],
        lambda records, sign: decide_withdraw(
            find_known(request, records, decisions=(last,)), last, sign
        ),
    )
    claim = next((d.about[0] for d in about if d.id == last and d.about), "")
    address = f"/review?claim={claim}" if claim else "/review"
    if is_partial(request):
        return Response(status_code=204, headers={"x-desk-next": address})
    return RedirectResponse(address, 303)


def show_second(request: Request) -> Response:
    """A claim somebody else decided about, shown as the machine read it and without what the
    other said: a second coding of the same question."""
    desk, visitor = desk_of(request), visitor_of(request)
    if not visitor.name:
        return RedirectResponse("/name?back=/review/second", 303)
    index = desk.index_for(visitor)
    done = {c.claim for c in desk.people.list_codings() if c.person == visitor.name}
    query = """SELECT DISTINCT x.about FROM decided x JOIN decisions d ON d.id = x.decision
        JOIN claims c ON c.id = x.about AND c.body NOT LIKE '%"extractor":"person:%'
        WHERE d.action IN ('accept', 'amend', 'reject') AND x.about NOT IN
          (SELECT y.about FROM decided y JOIN decisions e ON e.id = y.decision WHERE e.by = ?)"""
    waiting = [row[0] for row in index.rows(query, (visitor.name,)) if row[0] not in done]
    claim = index.find_claim(waiting[0]) if waiting else None
    item = make_item(request, index, claim) if claim else None
    return render(
        request,
        "desk-review.html.j2",
        item=item,
        options=OPTIONS,
        why=WHY,
        open=len(waiting),
        catalogue=make_catalogue(index, [item.shown] if item else []),
        second=True,
    )


def post_second(request: Request) -> Response:
    claim, verdict = field(request, "claim"), field(request, "verdict")
    desk, visitor = desk_of(request), visitor_of(request)
    if verdict not in VERDICTS:
        raise LedgerRefused(f"{verdict!r} is no verdict. Choose one of {', '.join(VERDICTS)}.")
    if not visitor.name or desk.index_for(visitor).find_claim(claim) is None:
        raise RefusedError(404, "there is no such claim here.")
    at = datetime.now(UTC).isoformat()
    note = field(request, "reason")
    desk.people.keep_coding(
        Coding(at=at, person=visitor.name, claim=claim, verdict=verdict, note=note)
    )
    return RedirectResponse("/review/second", 303)


class Pair(Value, frozen=True, kw_only=True):
    """Two people who read the same claims. ``kappa``: Cohen's, null where chance leaves none."""

    first: str
    second: str
    both: int
    agreed: int
    kappa: float | None


def tally_kappa(verdicts: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of verdicts; None when chance alone agrees fully."""
    total = len(verdicts)
    if not total:
        return None
    agreed = sum(a == b for a, b in verdicts) / total
    first, second = Counter(a for a, _ in verdicts), Counter(b for _, b in verdicts)
    chance = sum(first[v] * second[v] for v in first) / total**2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def show_agreement(request: Request) -> Response:
    """How far second codings agree with first decisions, and where they do not."""
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    rows = []
    for coding in desk.people.list_codings():
        first = next(
            (d for d in verdicts_about(index, coding.claim) if d.by != coding.person), None
        )
        shown = index.find_claim(coding.claim)
        if first is not None and shown is not None:
            rows.append((first, coding, shown))
    pairs = []
    for names in sorted({(f.by, c.person) for f, c, _ in rows}):
        both = [(f.action, c.verdict) for f, c, _ in rows if (f.by, c.person) == names]
        agreed = sum(a == b for a, b in both)
        kappa = tally_kappa([(str(a), b) for a, b in both])
        pairs.append(
            Pair(first=names[0], second=names[1], both=len(both), agreed=agreed, kappa=kappa)
        )
    apart = [(f, c, s) for f, c, s in rows if f.action != c.verdict]
    overruled = find_overruled(index, visitor.name)
    return render(
        request,
        "desk-agreement.html.j2",
        pairs=pairs,
        apart=apart,
        overruled=[(m, t, index.find_claim(m.about[0])) for m, t in overruled],
        catalogue=make_catalogue(index, [s for _, _, s in apart]),
    )


def verdicts_about(index: Index, claim: str) -> list[Decision]:
    return [d for d in index.decisions_about([claim]) if d.action in VERDICTS]


def find_overruled(index: Index, name: str) -> list[tuple[Decision, Decision]]:
    """(mine, theirs): decisions of this person that somebody later decided otherwise."""
    query = """SELECT DISTINCT x.about FROM decided x JOIN decisions d ON d.id = x.decision
        WHERE d.by = ? AND d.action IN ('accept', 'amend', 'reject') LIMIT 2000"""
    found = []
    for (claim,) in index.rows(query, (name,)):
        told = verdicts_about(index, claim)
        mine = [d for d in told if d.by == name]
        later = [d for d in told[told.index(mine[-1]) + 1 :] if d.by != name] if mine else []
        if later and later[-1].action != mine[-1].action:
            found.append((mine[-1], later[-1]))
    return found


WAYS = (
    get("/review", "code", show_review),
    post("/review", "code", post_verdict),
    post("/review/undo", "code", post_undo_last),
    get("/review/second", "code", show_second),
    post("/review/second", "code", post_second),
    get("/review/agreement", "code", show_agreement),
)
