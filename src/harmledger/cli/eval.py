"""``harmledger eval``: how well reports are read, against reports marked up by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import Format, Output
from harmledger.core.errors import WrongUsage

if TYPE_CHECKING:
    from harmledger.evals.strata import Evaluation

_GOLD = Path("tests") / "gold"
_LOG = Path("docs") / "evaluation-log.jsonl"


def evaluate(
    gold: Annotated[
        Path, typer.Option("--gold", help="The folder of reports marked up by hand.")
    ] = _GOLD,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="The folder of found texts; without it they are not scored."),
    ] = None,
    frozen: Annotated[
        bool,
        typer.Option("--frozen", help="Score the frozen half: once per version of the extractor."),
    ] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="List what was missed, extra or wrong, by kind.")
    ] = False,
    agreement: Annotated[
        bool,
        typer.Option("--agreement", help="Compare the two people who marked up the same reports."),
    ] = False,
    log: Annotated[
        Path, typer.Option("--log", help="Where the results of the frozen half are kept.")
    ] = _LOG,
    output: Format = Output.people,
) -> None:
    """Score what is read against reports marked up by hand. Written and found reports are always
    apart, and half of each is frozen."""
    from harmledger.cli.output import write_json
    from harmledger.evals.agreement import score_agreement
    from harmledger.evals.prints import render_agreement, render_evaluation, render_mistakes

    if agreement:
        if frozen or errors:
            raise WrongUsage("--agreement reads nothing and lists nothing; use it alone.")
        agreed = score_agreement(gold, data)
        if output is Output.json:
            write_json(agreed)
        else:
            typer.echo(render_agreement(agreed))
        return
    if frozen and errors:
        raise WrongUsage("the frozen half is never looked into; leave out --errors or --frozen.")
    evaluation = _score(gold, data, log, frozen=frozen)
    if output is Output.json:
        write_json(evaluation if errors else evaluation.without_mistakes())
        return
    typer.echo(render_evaluation(evaluation))
    if errors:
        typer.echo(render_mistakes(evaluation))


def _score(gold: Path, data: Path | None, log: Path, *, frozen: bool) -> Evaluation:
    from datetime import UTC, datetime

    from harmledger.evals.frozen import score_frozen
    from harmledger.evals.strata import score_strata

    if frozen:
        return score_frozen(gold, data, log, today=datetime.now(UTC).date())
    return score_strata(gold, data)
