"""How well, how fast reports are linked and tallied: `python benchmarks/linking.py`.

    quality   2,000 made-up incidents in 10,000 reports whose truth is known, on seeds that no
              weight was set with; beside it, in the same run, joining on same place and same day,
              and what each counting policy makes of it
    scale     10,000 and 100,000 claims (or the sizes given: `scale 10000 100000 1000000`) read
              from a file, linked and tallied under every policy, each size in a process of its
              own: seconds, memory, how much dearer a claim is than at the smallest size, and what
              100 documents more cost
    splink    the same pairs of reports weighed by splink and by this program, in one run (needs
              the peers: `make peers`)

Origin groups (who copies whom) are given, as the generator makes no texts to find them in.
Without options `quality`, `scale` and `splink`.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from harmledger.cli import SELDOM
from harmledger.evals.linking import render_linking, run_linking
from harmledger.evals.synthetic import (
    StoredReports,
    iter_reporting,
    make_reporting,
    write_reports,
)
from harmledger.lexicon.policies import load_policies
from harmledger.pipeline import Assembler, Stream, Terms

TUNED = (1, 2, 3, 4, 5, 6, 7, 8)
"""Seeds that weights were set with; never reported on."""
SEEDS = (201, 202, 203)
SIZES = (10_000, 100_000)
"""Claims, about."""
ROUNDS = 3
"""Of the smallest size, before and after every other."""
SEED = 7
CLAIMS_EACH = 9.1
"""Claims that one incident makes, told in five reports."""
MORE = 100
"""Documents added to what is linked already."""
MORE_TO = 100_000
"""Claims that the hundred documents are added to."""
COLUMNS = ("claims", "seconds", "processor", "memory", "a claim", "against the smallest")


def main(asked: list[str]) -> None:
    if asked[:1] == ["measure"]:
        measure(Path(asked[1]))
        return
    if asked[:1] == ["write"]:
        write_reports(Path(asked[1]), iter_reporting(int(asked[2]), 5 * int(asked[2]), SEED))
        return
    if asked[:1] == ["add"]:
        measure_more(int(asked[1]))
        return
    everything = not asked
    if everything or "quality" in asked:
        print(render_linking(run_linking(2_000, 10_000, SEEDS)))
    if everything or "scale" in asked:
        print_scale(tuple(int(size) for size in asked if size.isdigit()) or SIZES)
    if everything or "splink" in asked:
        from beside_splink import print_beside

        print_beside()


def incidents_for(claims: int) -> int:
    return round(claims / CLAIMS_EACH)


def print_scale(sizes: tuple[int, ...]) -> None:
    print("  ".join(f"{name:>20}" for name in COLUMNS), flush=True)
    with TemporaryDirectory() as folder:
        for number, size in enumerate(sizes):
            path = Path(folder) / f"reports-{number}.jsonl"
            _in_own_process("write", str(path), str(incidents_for(size)))
        smallest = Path(folder) / "reports-0.jsonl"
        before = _cost_of(smallest)
        print_row(_in_own_process("measure", str(smallest)), before)
        for number, _ in enumerate(sizes[1:], 1):
            measured = _in_own_process("measure", str(Path(folder) / f"reports-{number}.jsonl"))
            after = _cost_of(smallest)
            print_row(measured, (before + after) / 2)
            before = after
    seconds, processor, claims = _in_own_process("add", str(incidents_for(MORE_TO)))
    print(
        f"{MORE} documents, already read, added to {int(claims):,} claims: {seconds} s"
        f" ({processor} s of processor), readings and totals included"
    )


def _cost_of(path: Path) -> float:
    """Seconds of processor a claim, the mean of ``ROUNDS``. The smallest size is measured before
    and after every other, as a machine is not equally quick at all times."""
    rounds = [_in_own_process("measure", str(path)) for _ in range(ROUNDS)]
    return sum(float(processor) / int(claims) for claims, _, processor, _ in rounds) / ROUNDS


def print_row(measured: list[str], smallest: float) -> None:
    claims, seconds, processor, megabytes = measured
    cost = float(processor) / int(claims)
    row = (
        f"{int(claims):,}",
        f"{seconds} s",
        f"{processor} s",
        f"{megabytes} MB",
        f"{cost * 1000:.3f} ms",
        f"{cost / smallest:.2f} times",
    )
    print("  ".join(f"{value:>20}" for value in row), flush=True)


def _in_own_process(*what: str) -> list[str]:
    command = [sys.executable, __file__, *what]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def measure(path: Path) -> None:
    """Link and count what is in a file; reading it is part of the time and of the memory."""
    make_lexicons_ready()
    gc.freeze()
    gc.set_threshold(SELDOM)  # as the command line does
    start, busy = time.perf_counter(), time.process_time()
    reports = StoredReports(path)
    stream = Stream(reports, (), reports.groups, Terms(policies=load_policies()))
    claims = sum(len(incident.claims) for incident in stream)
    stream.totals()
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(claims, f"{seconds:.1f}", f"{processor:.1f}", peak)


def measure_more(incidents: int) -> None:
    """A hundred documents added to what one program holds linked."""
    reporting = make_reporting(incidents, 5 * incidents, seed=SEED)
    policies, assembler = load_policies(), Assembler()
    held = {d.id for d in reporting.documents[:-MORE]}
    first = [c for c in reporting.claims if c.document in held]
    known = [d for d in reporting.documents if d.id in held]
    assembler.assemble(known, first, (), groups=reporting.groups, policies=policies)
    start, busy = time.perf_counter(), time.process_time()
    claims, documents = reporting.claims, reporting.documents
    assembler.assemble(documents, claims, (), groups=reporting.groups, policies=policies)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    print(f"{seconds:.1f}", f"{processor:.1f}", len(claims))


def make_lexicons_ready() -> None:
    """Lexicons are read before the clock starts; they are the same for any size."""
    few = make_reporting(5, 10, SEED)
    groups, policies = few.groups, load_policies()
    Assembler().assemble(few.documents, few.claims, (), groups=groups, policies=policies)


if __name__ == "__main__":
    main(sys.argv[1:])
