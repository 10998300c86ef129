"""``harmledger review start`` and ``agreement``: claim after claim at the keyboard, alone or as one
of two who do not see each other's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import By, Format, LedgerPath, Output, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from harmledger.pipeline.decide import Decide
    from harmledger.review import Decided, FieldAgreement, QueueLine

_WAIT = 10.0
KEYS = "a accept · r reject · e amend · s set aside · n next · u undo · q quit"


def start(
    ledger: LedgerPath,
    by: By,
    reason: Reason,
    blind: Annotated[
        bool, typer.Option("--blind", help="Without what others decided, for double coding.")
    ] = False,
) -> None:
    """Go through the queue at the keyboard, what moves a published range furthest first. REASON
    stands with every decision unless you type another after its letter: `r the wrong town`.
    Undo is a new entry; nothing is taken out of the record."""
    from harmledger.cli.output import make_console
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_queue

    with open_ledger(ledger) as opened:
        lines = view_queue(opened, by if blind else None)
    session = _Session(ledger, by, reason, make_console())
    for claim, line in _iter_claims(lines):
        if not session.ask(claim, line):
            break
    session.end()


def agreement(
    ledger: LedgerPath,
    coders: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME NAME", help="Two coders; left out: the only two there are."),
    ] = None,
    output: Format = Output.people,
) -> None:
    """How far two people agree about the claims both decided on, field by field."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.core.errors import WrongUsage
    from harmledger.ledger import open_ledger
    from harmledger.review import find_coders, tally_agreement

    with open_ledger(ledger) as opened, opened.records() as records:
        decisions = records.decisions()
        claims = {known.claim.id: known.claim for known in records.iter_claims()}
    named = tuple(coders or find_coders(decisions))
    if len(named) != 2:
        known = ", ".join(find_coders(decisions)) or "nobody yet"
        raise WrongUsage(f"agreement is between two people; decisions were taken by: {known}.")
    found = tally_agreement(named[0], named[1], decisions, claims)
    if output is Output.json:
        write_json({"coders": named, "fields": found})
    else:
        _print_agreement(make_console(), named, found)


def _iter_claims(lines: tuple[QueueLine, ...]) -> Iterator[tuple[str, QueueLine]]:
    """Each claim of the queue once, at its first question."""
    seen: set[str] = set()
    for line in lines:
        for about in line.about:
            if about.startswith("clm_") and about not in seen:
                seen.add(about)
                yield about, line


class _Session:
    """One sitting: the decisions taken in it, so that the last can be undone."""

    def __init__(self, ledger: str, by: str, reason: str, console: Console) -> None:
        self._ledger, self._by, self._reason = ledger, by, reason
        self._console = console
        self._taken: list[Decided] = []

    def ask(self, claim: str, line: QueueLine) -> bool:
        """Show a claim until there is an answer; False ends the sitting."""
        from harmledger.core.errors import HarmledgerError

        self._show(claim, line)
        while True:
            try:
                words = input("> ").strip()
            except EOFError:
                return False
            letter, _, rest = words.partition(" ")
            if letter in ("q", "n"):
                return letter == "n"
            try:
                if self._answer(claim, letter, rest.strip()):
                    return True
            except HarmledgerError as error:
                self._console.print(str(error))

    def end(self) -> None:
        """Say what was done."""
        self._console.print(f"{len(self._taken)} decisions stand from this sitting.")

    def _answer(self, claim: str, letter: str, rest: str) -> bool:
        """True when the claim is answered."""
        from harmledger.cli.review import parse_fields
        from harmledger.review import decide_accept, decide_reject, decide_set_aside

        match letter:
            case "a":
                self._decide(claim, rest, lambda _r, k, s: decide_accept(k, claim, s))
            case "r":
                self._decide(claim, rest, lambda _r, k, s: decide_reject(k, claim, s))
            case "s":
                self._decide(claim, rest, lambda _r, k, s: decide_set_aside(k, (claim,), s))
            case "e":
                self._amend(claim, parse_fields(rest.split()))
            case "u":
                self._undo()
                return False
            case _:
                self._console.print(f"{KEYS}; e takes FIELD=VALUE, with dots inside")
                return False
        return True

    def _amend(self, claim: str, changes: dict[str, object]) -> None:
        from harmledger.core.errors import LedgerRefused
        from harmledger.ledger import Records
        from harmledger.review import Known, Signature, decide_amend

        def amend(records: Records, known: Known, sign: Signature) -> Decided:
            machine = known.claims[claim]
            text = records.find_text(machine.document, machine.text_sha256)
            if text is None:
                raise LedgerRefused(f"the text of {claim} is not in this ledger.")
            return decide_amend(known, claim, changes, text, sign)

        self._decide(claim, "", amend)

    def _undo(self) -> None:
        from harmledger.review import decide_withdraw

        if not self._taken:
            self._console.print("nothing was decided in this sitting")
            return
        last = self._taken.pop().decision
        self._write((), "", lambda _r, k, s: decide_withdraw(k, last.id, s))
        self._console.print(f"withdrawn: {last.action} {' '.join(last.about)}; `review start` asks")

    def _decide(self, claim: str, reason: str, decide: Decide) -> None:
        self._taken.append(self._write((claim,), reason, decide))

    def _write(self, claims: tuple[str, ...], reason: str, decide: Decide) -> Decided:
        from harmledger.ledger import open_ledger
        from harmledger.pipeline.decide import decide_on

        with open_ledger(self._ledger, write=True, wait=_WAIT, create=False) as opened:
            return decide_on(opened, claims, self._by, reason or self._reason, decide)

    def _show(self, claim: str, line: QueueLine) -> None:
        from harmledger.ledger import open_ledger
        from harmledger.publish.words import count_words

        with open_ledger(self._ledger) as opened, opened.records() as records:
            known = records.find_claim(claim)
        if known is None:
            return
        said, quantity = known.claim, known.claim.quantity
        marked = said.span.sentence.replace(said.span.quote, f"[{said.span.quote}]", 1)
        figure = f"{quantity.low} to {quantity.high} {quantity.unit} ({quantity.bound})"
        place = said.place.name if said.place is not None else None
        when = said.occurred.edtf if said.occurred is not None else None
        voices = " < ".join(str(v.name or v.organisation or v.role) for v in said.voice)
        moves = count_words(line.effect, "person", "persons") if line.effect else "no bound"
        self._console.print(f"\n{claim}  {said.document_name}  (moves {moves})")
        self._console.print(f"  {marked}")
        self._console.print(f"  {said.harm}, {said.stance}, {said.modality}: {figure}")
        self._console.print(f"  place {place} · time {when} · voice {voices or 'the outlet'}")
        self._console.print(f"  {line.question}\n{KEYS}")


def _print_agreement(
    console: Console, coders: tuple[str, ...], found: tuple[FieldAgreement, ...]
) -> None:
    if not found:
        console.print(f"{coders[0]} and {coders[1]} decided about no claim in common.")
        return
    console.print(f"{coders[0]} and {coders[1]}")
    for field in found:
        kappa = "–" if field.kappa is None else f"{field.kappa:.2f}"
        share = f"{field.agreed}/{field.claims}"
        console.print(f"  {field.field:20} {share:>9}  kappa {kappa}")
