"""Seconds to the first record in a fresh process: `python benchmarks/cold.py [rounds]`.

Beside it, as a floor, what the interpreter and the libraries that no reader of ours does without
cost by themselves. Medians of `rounds` (5) new processes each, by the clock and of processor time;
the modules are compiled before, as an installer leaves them. One round of everything after another,
so that a busy machine is as busy for each row.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "examples" / "reports" / "kunduz-02-saturday-evening.md"
PYTHON = (sys.executable, "-c")
COMMAND = (sys.executable, "-m", "harmledger.cli")


def main(rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="harmledger-cold-") as name:
        folder = Path(name)
        rows = {
            "python alone": (*PYTHON, "pass"),
            "import onnxruntime": (*PYTHON, "import onnxruntime"),
            "import onnxruntime, load the network": (*PYTHON, _load_network()),
            "harmledger --help": (*COMMAND, "--help"),
            "harmledger read, one report": (*COMMAND, "read", str(REPORT)),
            "harmledger run, one report": (*COMMAND, "run", str(REPORT)),
        }
        found: dict[str, list[tuple[float, float]]] = {label: [] for label in rows}
        for number in range(-1, rounds):  # the first only compiles
            for label, command in rows.items():
                ledger = ["--ledger", str(folder / f"{number}.ledger")]
                words = [*command, *(ledger if "run" in command else [])]
                taken = first_output(words, folder / "compiled")
                if number >= 0:
                    found[label].append(taken)
    print("Medians from a cold start               to the first record  of processor time")
    for label, taken_all in found.items():
        clock, processor = (statistics.median(column) for column in zip(*taken_all, strict=True))
        print(f"  {label:<38} {clock:17.2f} s {processor:15.2f} s")
    if hasattr(os, "getloadavg"):
        print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _load_network() -> str:
    model = ROOT / "src" / "harmledger" / "extract" / "language" / "model" / "model.onnx"
    return f"import onnxruntime; onnxruntime.InferenceSession({str(model)!r})"


def first_output(command: list[str], compiled: Path) -> tuple[float, float]:
    """Seconds until the first line of a new process (its end, if it prints nothing), and its
    processor time to the end."""
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, "PYTHONPYCACHEPREFIX": str(compiled)},
    )
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    process.stdout.readline()
    first = time.perf_counter() - start
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return first, usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
