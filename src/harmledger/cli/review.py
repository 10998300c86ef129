"""``harmledger review``: what a named person decides, and the queue of open questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from harmledger.cli.options import By, Format, LedgerPath, Output, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from harmledger.core.claim import Claim, Harm
    from harmledger.core.document import Text
    from harmledger.ledger import Records
    from harmledger.pipeline.decide import Decide
    from harmledger.review import Decided, Known, Signature
    from harmledger.review.decide import Pairing

review = typer.Typer(
    help="Decide about claims and incidents; every decision keeps its name and reason.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim id (clm_…).")]
Other = Annotated[str, typer.Argument(metavar="OTHER", help="The other claim's id.")]
Fields = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FIELD=VALUE",
        help="A field as in claims.jsonl, with dots inside: quantity.low=12, place=null. "
        "Repeat for more.",
    ),
]
Blind = Annotated[
    str | None,
    typer.Option(
        "--blind",
        metavar="NAME",
        help="As this person alone would see it: without what others decided.",
    ),
]
Limit = Annotated[int, typer.Option("--limit", min=1, help="How many lines to print.")]


@review.callback()
def about() -> None:
    """Decide about claims and incidents; every decision keeps its name and reason."""


@review.command()
def queue(
    ledger: LedgerPath, limit: Limit = 50, blind: Blind = None, output: Format = Output.people
) -> None:
    """What to ask next, what moves a published range furthest first: people who disagree, claims
    that set a bound, conflicts, unsure links and speakers, what was not understood."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.cli.prints.queue import print_queue
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_queue

    with open_ledger(ledger) as opened:
        lines = view_queue(opened, blind)
    if output is Output.json:
        write_json(lines)
    else:
        print_queue(make_console(), lines, limit)


@review.command("list")
def list_decisions(ledger: LedgerPath, output: Format = Output.people) -> None:
    """Every decision, in the order taken."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.cli.prints.queue import print_decisions
    from harmledger.ledger import open_ledger

    with open_ledger(ledger) as opened, opened.records() as records:
        decisions = records.decisions()
    if output is Output.json:
        write_json(decisions)
    else:
        print_decisions(make_console(), decisions)


@review.command()
def accept(claim: ClaimId, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """The claim is what the text says."""
    from harmledger.review import decide_accept

    _decide(ledger, by, reason, (claim,), lambda known, sign: decide_accept(known, claim, sign))


@review.command()
def reject(claim: ClaimId, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """The text does not say this; the claim stays in the record and counts nowhere."""
    from harmledger.review import decide_reject

    _decide(ledger, by, reason, (claim,), lambda known, sign: decide_reject(known, claim, sign))


@review.command("set-aside")
def set_aside(
    claims: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claim ids.")],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
) -> None:
    """The text says this, and it shall not be counted; readings list it with the reason."""
    from harmledger.review import decide_set_aside

    ids = tuple(claims)
    _decide(ledger, by, reason, ids, lambda known, sign: decide_set_aside(known, ids, sign))


@review.command()
def same(claim: ClaimId, other: Other, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """Both claims are about one incident."""
    _judge("same", claim, other, ledger, by, reason)


@review.command()
def different(claim: ClaimId, other: Other, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """The claims are about different incidents."""
    _judge("different", claim, other, ledger, by, reason)


@review.command()
def unsure(claim: ClaimId, other: Other, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """Nobody can tell whether the claims are about one incident."""
    _judge("unsure", claim, other, ledger, by, reason)


@review.command()
def grade(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="Id or code.")],
    value: Annotated[
        str,
        typer.Argument(metavar="GRADE", help="confirmed, fair, weak, contested or discounted."),
    ],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
) -> None:
    """Grade an incident."""
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_ledger
    from harmledger.pipeline.decide import decide_on
    from harmledger.review import decide_grade

    with open_ledger(ledger, write=True, create=False) as opened:
        view = view_ledger(opened)
        found = next((i for i in view.incidents if incident in (i.id, i.code)), None)
        target = incident if found is None else found.id
        decided = decide_on(
            opened,
            (),
            by,
            reason,
            lambda _records, known, sign: decide_grade(known, target, value, sign),
            incidents={} if found is None else {found.id: found.claims},
        )
    _show(decided)


@review.command()
def withdraw(
    decision: Annotated[str, typer.Argument(metavar="DECISION", help="A decision id (dec_…).")],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
) -> None:
    """Undo a decision by a new one; both stay in the record."""
    from harmledger.review import decide_withdraw

    _decide(ledger, by, reason, (), lambda known, sign: decide_withdraw(known, decision, sign))


@review.command()
def amend(
    claim: ClaimId,
    ledger: LedgerPath,
    by: By,
    reason: Reason,
    fields: Fields = None,
    span: Annotated[
        str | None, typer.Option("--span", metavar="START:END", help="Other words of the text.")
    ] = None,
) -> None:
    """Put your own version beside the machine's; the machine's stays and is no longer counted."""
    from harmledger.core.errors import LedgerRefused
    from harmledger.review import decide_amend

    changes = parse_fields(fields or [])
    if span is not None:
        changes["span"] = list(_parse_span(span))

    def amend_it(records: Records, known: Known, sign: Signature) -> Decided:
        machine = known.claims.get(claim)
        text = None if machine is None else _text_of(records, machine)
        if text is None:
            raise LedgerRefused(
                f"there is no claim {claim} in this ledger. "
                "`harmledger show DOCUMENT` lists a document's claims with their ids."
            )
        return decide_amend(known, claim, changes, text, sign)

    _decide_with(ledger, by, reason, (claim,), amend_it)


@review.command()
def add(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="Id (doc_…) or name.")],
    span: Annotated[str, typer.Argument(metavar="START:END", help="Code points of its text.")],
    harm: Annotated[str, typer.Argument(metavar="HARM", help="killed, injured, …")],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
    fields: Fields = None,
) -> None:
    """Add a claim the machine did not see, from a span of a document's text."""
    from harmledger.core.errors import LedgerRefused
    from harmledger.review import decide_add

    kind, where, values = cast("Harm", harm), _parse_span(span), parse_fields(fields or [])

    def add_it(records: Records, _known: Known, sign: Signature) -> Decided:
        found = records.find_document(document)
        text = None if found is None else records.find_text(found.id, found.text_sha256)
        if found is None or text is None:
            raise LedgerRefused(
                f"there is no document {document} in this ledger. "
                "`harmledger show` lists the documents."
            )
        return decide_add(found, text, where, kind, values, sign)

    _decide_with(ledger, by, reason, (), add_it)


def parse_fields(fields: list[str]) -> dict[str, Any]:
    """``FIELD=VALUE`` pairs; a value is JSON where it reads as JSON, else the words as they are.

    Raises:
        WrongUsage: a pair has no ``=``.
    """
    import msgspec

    from harmledger.core.errors import WrongUsage

    parsed: dict[str, Any] = {}
    for pair in fields:
        field, equals, value = pair.partition("=")
        if not equals:
            raise WrongUsage(f"{pair!r} sets nothing. Write --set FIELD=VALUE.")
        try:
            parsed[field.strip()] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            parsed[field.strip()] = value
    return parsed


def _parse_span(span: str) -> tuple[int, int]:
    from harmledger.core.errors import WrongUsage

    start, _, end = span.partition(":")
    if not (start.isdigit() and end.isdigit()):
        raise WrongUsage(f"{span!r} is no span. Write two code point offsets: 120:146.")
    return int(start), int(end)


def _judge(judgement: Pairing, claim: str, other: str, ledger: str, by: str, reason: str) -> None:
    from harmledger.review import decide_judgement

    _decide(
        ledger,
        by,
        reason,
        (claim, other),
        lambda known, sign: decide_judgement(known, judgement, claim, other, sign),
    )


def _decide(
    ledger: str,
    by: str,
    reason: str,
    claims: tuple[str, ...],
    decide: Callable[[Known, Signature], Decided],
) -> None:
    _decide_with(ledger, by, reason, claims, lambda _records, known, sign: decide(known, sign))


def _decide_with(
    ledger: str, by: str, reason: str, claims: tuple[str, ...], decide: Decide
) -> None:
    """Open, decide on what is known, write. The lock is held over all three."""
    from harmledger.ledger import open_ledger
    from harmledger.pipeline.decide import decide_on

    with open_ledger(ledger, write=True, create=False) as opened:
        decided = decide_on(opened, claims, by, reason, decide)
    _show(decided)


def _text_of(records: Records, claim: Claim) -> Text | None:
    return records.find_text(claim.document, claim.text_sha256)


def _show(decided: Decided) -> None:
    decision = decided.decision
    typer.echo(f"{decision.id}  {decision.action}  {' '.join(decision.about)}")
    if decided.claim is not None:
        typer.echo(f"your claim: {decided.claim.id}")
