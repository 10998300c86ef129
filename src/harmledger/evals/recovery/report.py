"""What was broken and what came of it, as the page docs/recovery.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.core.base import Value
from harmledger.evals.recovery.faults import Outcome
from harmledger.evals.recovery.flips import Flips
from harmledger.evals.recovery.kills import Tally

_WORDS = 150


class Report(Value, frozen=True, kw_only=True):
    """Everything one run of the benchmark found. ``cuts``: tried and missed."""

    tallies: tuple[Tally, ...]
    flips: tuple[Flips, ...]
    outcomes: tuple[Outcome, ...]
    clean: int
    alarms: int
    cuts: int
    cuts_missed: int
    minutes: float
    notes: tuple[str, ...] = ()

    def find_failures(self) -> list[str]:
        """Everything that does not hold, in words."""
        return [
            *(f"{t.engine} {t.job}: {line}" for t in self.tallies for line in t.wrong),
            *(f"{f.part}: a flip went unnoticed ({line})" for f in self.flips for line in f.missed),
            *(f"{f.part}: no clear error ({line})" for f in self.flips for line in f.crashed),
            *(
                f"{f.part}: {f.found - f.located} flips found and not located"
                for f in self.flips
                if f.found != f.located
            ),
            *(
                f"{o.engine}, {o.fault}: {o.error}"
                for o in self.outcomes
                if not (o.holds or o.skipped)
            ),
            *([f"{self.alarms} false alarms"] if self.alarms else []),
            *([f"{self.cuts_missed} cuts not noticed"] if self.cuts_missed else []),
        ]


def render_report(report: Report) -> str:
    """The page. The same findings give the same page."""
    failures = report.find_failures()
    parts = [
        _HEAD,
        _table(
            ("engine", "job", "kills", "verified after", "compared when finished", "wrong"),
            (
                (t.engine, t.job, t.kills, t.verified, t.compared, len(t.wrong))
                for t in report.tallies
            ),
        ),
        _FLIPS,
        _table(
            ("part", "flips", "found", "located", "shown harmless", "unnoticed"),
            (
                (f.part, f.flips, f.found, f.located, f.harmless, len(f.missed) + len(f.crashed))
                for f in report.flips
            ),
        ),
        f"\n{report.clean} verifications of ledgers nobody touched: {report.alarms} false alarms. "
        f"Logs cut off at {report.cuts} random points, tables made again to fit, and asked for a "
        f"head saved before: {report.cuts - report.cuts_missed} noticed.\n",
        _FAULTS,
        _table(
            ("fault", "engine", "nothing lost", "what a person reads"),
            ((o.fault, o.engine, _state(o), _shorten(o)) for o in report.outcomes),
        ),
        f"\nTaken together: {_sum(report)} in {report.minutes:.0f} minutes; "
        + ("everything held.\n" if not failures else f"{len(failures)} things did not hold:\n\n")
        + "".join(f"- {line}\n" for line in failures),
        *(f"\n{note}\n" for note in report.notes),
    ]
    return "".join(parts)


def _sum(report: Report) -> str:
    kills, flips = sum(t.kills for t in report.tallies), sum(f.flips for f in report.flips)
    return f"{kills} kills, {flips} flips, {len(report.outcomes)} faults"


def _state(outcome: Outcome) -> str:
    return "not made" if outcome.skipped else "yes" if outcome.holds else "NO"


def _shorten(outcome: Outcome) -> str:
    words = " ".join(
        "…" if "/" in word and "://" not in word else word
        for word in (outcome.skipped or outcome.error).split()
    )
    return words if len(words) <= _WORDS else words[: _WORDS - 2].rpartition(" ")[0] + " …"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


_HEAD = """# What happens when things break

This page is written by `benchmarks/recovery.py --write docs/recovery.md`; `tests/ledger` runs a
small part of the same each time. Jobs work on made-up reports that are read at once, so that the
time goes into the record. Every number is of one run of that command.

## Processes killed

`kill -9` at random moments, up to five times on the same ledger. After each: the ledger opens and
verifies, against the head seen before; everything the job had said to be in the record is there;
nothing is there twice. Then the job is finished and its claims, decisions, incidents, readings
and totals are compared with those of a job left alone (times, signatures and what hangs on them
apart).

"""
_FLIPS = """
## Bytes flipped

One bit of one random byte, then `verify` against a saved head. Found and located means that the
message names the file, table or entry. Where nothing is found, the exports, every entry of the
log, every text and every document's bytes are compared with what they were: unused room of a
database page holds no words.

"""
_FAULTS = """
## Faults

"Nothing lost" means: the error says what to do next, the record verifies afterwards, and what was
acknowledged is in it, once.

"""
