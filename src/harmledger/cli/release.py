"""``harmledger review withhold | embargo | release | retract``: what may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import By, LedgerPath, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from harmledger.ledger import Records
    from harmledger.review import Decided, Known, Signature

IncidentArgument = Annotated[str, typer.Argument(metavar="INCIDENT", help="Id or code.")]


def withhold(incident: IncidentArgument, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """Keep an incident out of every publication; no number, sum or order there rests on it."""
    from harmledger.review import decide_withhold

    _decide(ledger, incident, by, reason, decide_withhold)


def embargo(
    incident: IncidentArgument,
    until: Annotated[str, typer.Argument(metavar="DATE", help="The first day it may appear.")],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
) -> None:
    """Keep an incident out of every publication made before a day."""
    from harmledger.review import decide_embargo

    _decide(
        ledger,
        incident,
        by,
        reason,
        lambda known, target, sign: decide_embargo(known, target, until, sign),
    )


def retract(incident: IncidentArgument, ledger: LedgerPath, by: By, reason: Reason) -> None:
    """Take back what was published about an incident; the next edition says so."""
    from harmledger.review import decide_retract

    _decide(ledger, incident, by, reason, decide_retract)


def release(
    part: Annotated[
        str, typer.Argument(metavar="PART", help="incident, passage, speaker or source.")
    ],
    about: Annotated[
        str,
        typer.Argument(
            metavar="ABOUT", help="An incident; a claim, for its passage or speaker; a document."
        ),
    ],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
) -> None:
    """Let something be published. A passage or a speaker needs two different names, which are
    no proof of two people."""
    from harmledger.ledger import open_ledger
    from harmledger.pipeline.decide import decide_on
    from harmledger.review import decide_release

    if part == "incident":
        _decide(
            ledger,
            about,
            by,
            reason,
            lambda known, target, sign: decide_release(known, part, target, sign),
        )
        return
    claims = () if part == "source" else (about,)

    def decide(records: Records, known: Known, sign: Signature) -> Decided:
        target = _find_document(records, about) if part == "source" else about
        return decide_release(known, part, target, sign)

    with open_ledger(ledger, write=True, create=False) as opened:
        decision = decide_on(opened, claims, by, reason, decide).decision
    typer.echo(f"{decision.id}  release {part} {decision.about[0]}")


def _find_document(records: Records, about: str) -> str:
    from harmledger.core.errors import LedgerRefused

    found = records.find_document(about)
    if found is None:
        raise LedgerRefused(
            f"there is no document {about} in this ledger. `harmledger show` lists the documents."
        )
    return found.id


def _decide(
    ledger: str,
    incident: str,
    by: str,
    reason: str,
    decide: Callable[[Known, str, Signature], Decided],
) -> None:
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_ledger
    from harmledger.pipeline.decide import decide_on

    with open_ledger(ledger, write=True, create=False) as opened:
        view = view_ledger(opened)
        found = next((i for i in view.incidents if incident in (i.id, i.code)), None)
        incidents = {} if found is None else {found.id: found.claims}
        target = incident if found is None else found.id
        decided = decide_on(
            opened,
            (),
            by,
            reason,
            lambda _records, known, sign: decide(known, target, sign),
            incidents=incidents,
        )
    typer.echo(f"{decided.decision.id}  {decided.decision.action} {target}")
