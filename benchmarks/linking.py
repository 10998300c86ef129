"""How well, how fast reports are linked and tallied: `python benchmarks/linking.py`.

    quality   2,000 made-up incidents in 10,000 reports whose truth is known, on seeds that no
              weight was set with; beside it, in the same run, joining on same place and same day,
              and what each counting policy makes of it
    scale     10,000 and 100,000 claims (with `million` also 1,000,000) linked and tallied, each in
              a process of its own: seconds, memory, how much dearer a claim is at the larger size,
              and what 100 documents more cost
    splink    the same pairs of reports weighed by splink and by this program, in one run (needs
              the peers: `make peers`)

Origin groups (who copies whom) are given, as the generator makes no texts to find them in.
Options: `quality`, `scale`, `million`, `splink`; all but `million` when left out.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time

from harmledger.count import fill_incident, tally_totals
from harmledger.evals.linking import render_linking, run_linking
from harmledger.evals.synthetic import Reporting, make_reporting
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_incidents, propose_origins
from harmledger.pipeline import Assembler

TUNED = (1, 2, 3, 4)
"""Seeds that weights were set with; never reported on."""
SEEDS = (201, 202, 203)
SIZES = (1_090, 10_900)
MILLION = 109_000
"""Incidents that make about 10,000, 100,000 and 1,000,000 claims, in five reports each."""
MORE = 100
"""Documents added to what is linked already."""


def main(asked: list[str]) -> None:
    if asked[:1] == ["measure"]:
        measure(int(asked[1]))
        return
    if asked[:1] == ["add"]:
        measure_more(int(asked[1]))
        return
    everything = not asked
    if everything or "quality" in asked:
        print(render_linking(run_linking(2_000, 10_000, SEEDS)))
    if everything or "scale" in asked or "million" in asked:
        print_scale((*SIZES, MILLION) if "million" in asked else SIZES)
    if everything or "splink" in asked:
        from beside_splink import print_beside

        print_beside()


def print_scale(sizes: tuple[int, ...]) -> None:
    costs = []
    for size in sizes:
        claims, seconds, processor, megabytes = _in_own_process("measure", size)
        costs.append(float(processor) / int(claims))
        print(
            f"{int(claims):>9,} claims linked and tallied: {seconds} s"
            f" ({processor} s of processor), {megabytes} MB at most,"
            f" a claim costs {costs[-1] / costs[0]:.2f} times what it costs at the smallest size",
            flush=True,
        )
    seconds, processor, claims = _in_own_process("add", SIZES[-1])
    print(
        f"{MORE} documents, already read, added to {int(claims):,} claims: {seconds} s"
        f" ({processor} s of processor), readings and totals included"
    )


def _in_own_process(what: str, size: int) -> list[str]:
    command = [sys.executable, __file__, what, str(size)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def measure(incidents: int) -> None:
    """One size; making the reporting is not part of the time, but is part of the memory."""
    reporting = make_reporting(incidents, 5 * incidents, seed=7)
    make_lexicons_ready()
    gc.freeze()
    start, busy = time.perf_counter(), time.process_time()
    assemble(reporting)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(len(reporting.claims), f"{seconds:.1f}", f"{processor:.1f}", peak)


def measure_more(incidents: int) -> None:
    """A hundred documents added to what one program holds linked; it must equal linking anew."""
    reporting = make_reporting(incidents, 5 * incidents, seed=7)
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
    assemble(make_reporting(5, 10, seed=7))


def assemble(reporting: Reporting) -> None:
    """Link, then count one incident after the other, as a stream; totals last."""
    claims, documents, groups = reporting.claims, reporting.documents, reporting.groups
    origins = propose_origins(claims, documents, groups)
    by_id = {c.id: c for c in claims}
    proposed = propose_incidents(claims, [], documents, groups=groups)
    filled = [fill_incident(incident, by_id, origins) for incident in proposed]
    tally_totals(claims, filled, origins)


if __name__ == "__main__":
    main(sys.argv[1:])
