"""How well, how fast reports are linked and tallied: `python benchmarks/linking.py`.

    quality   2,000 made-up incidents in 10,000 reports whose truth is known, on seeds that no
              weight was set with; beside it, in the same run, joining on same place and same day
    scale     10,000 and 100,000 claims linked and tallied, each in a process of its own: seconds,
              memory, and how much dearer a claim is at the larger size

Origin groups (who copies whom) are given, as the generator makes no texts to find them in.
Options: `quality`, `scale`, or a number of incidents for a smaller run.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time

from harmledger.count import fill_incident, tally_totals
from harmledger.evals.linking import render_linking, run_linking
from harmledger.evals.synthetic import Reporting, make_reporting
from harmledger.link import propose_incidents, propose_origins

SEEDS = (101, 102)
SIZES = (1_090, 10_900)
"""Incidents that make about 10,000 and 100,000 claims, in five reports each."""


def main(asked: list[str]) -> None:
    if asked[:1] == ["measure"]:
        measure(int(asked[1]))
        return
    number = next((int(word) for word in asked if word.isdigit()), 2_000)
    if "scale" not in asked:
        print(render_linking(run_linking(number, 5 * number, SEEDS)))
    if "quality" not in asked:
        print_scale()


def print_scale() -> None:
    costs = []
    for size in SIZES:
        command = [sys.executable, __file__, "measure", str(size)]
        claims, seconds, processor, megabytes = subprocess.run(
            command, check=True, capture_output=True, text=True
        ).stdout.split()
        costs.append(float(processor) / int(claims))
        print(
            f"{int(claims):>7} claims linked and tallied: {seconds} s"
            f" ({processor} s of processor), {megabytes} MB at most"
        )
    print(f"a claim costs {costs[1] / costs[0]:.2f} times as much at the larger size")


def measure(incidents: int) -> None:
    """One size; making the reporting is not part of the time, but is part of the memory."""
    reporting = make_reporting(incidents, 5 * incidents, seed=7)
    make_lexicons_ready()
    start, busy = time.perf_counter(), time.process_time()
    assemble(reporting)
    seconds, processor = time.perf_counter() - start, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(len(reporting.claims), f"{seconds:.1f}", f"{processor:.1f}", peak)


def make_lexicons_ready() -> None:
    assemble(make_reporting(5, 10, seed=7))


def assemble(reporting: Reporting) -> None:
    claims, documents, groups = reporting.claims, reporting.documents, reporting.groups
    origins = propose_origins(claims, documents, groups)
    by_id = {c.id: c for c in claims}
    proposed = propose_incidents(claims, [], documents, groups=groups)
    filled = [fill_incident(incident, by_id, origins) for incident in proposed]
    tally_totals(claims, filled, origins)


if __name__ == "__main__":
    main(sys.argv[1:])
