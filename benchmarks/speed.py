"""How fast, how large: `make bench` prints the table. One core, one thread, no network.

Every row is measured in this run on this machine; ratios mean more than absolutes. Stages are
measured in seconds of processor time, so that neighbours on the machine count little. Reports of
about 350 words are put together from the paragraphs of the example reports.
"""

from __future__ import annotations

import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from harmledger.capture import find_items
from harmledger.core.document import Document, Item, Text
from harmledger.extract.language import MODEL_FOLDER, find_parser
from harmledger.extract.language.tree import Tree
from harmledger.lexicon.gazetteer import find_gazetteer
from harmledger.pipeline import open_rooms, render_record
from harmledger.read import read_item

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "reports"
WORDS = 350
REPORTS = 24
ROUNDS = 3
FLOOR = re.compile(
    r"(?i)\b(\d[\d,.]*|[a-z]+teen|[a-z]+ty)\b[^.]{0,60}?\b(killed|dead|injured|wounded)"
)
WATCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(status != 0)
"""
"""Small on purpose: a process counts what its parent held when it was started."""


class TimedParser:
    """Stands before the parser and adds up what it is asked and the seconds spent in it."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser
        self.seconds = 0.0
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        start = time.process_time()
        self.asked += len(sentences)
        try:
            return list(self._parser.parse(sentences))
        finally:
            self.seconds += time.process_time() - start


def main() -> None:
    os.chdir(ROOT)
    print(machine())
    with tempfile.TemporaryDirectory(prefix="harmledger-bench-") as name:
        folder = Path(name)
        write_reports(folder / "reports")
        print_stages(folder / "reports")
        print_commands(folder)
    print_sizes()


def machine() -> str:
    """What this was measured on, without naming it."""
    model = "an unnamed processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"model name\s*: (.+)", info.read_text(encoding="utf-8"))
        model = found.group(1) if found else model
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{model}, {os.cpu_count()} cores{load}, Python {platform.python_version()}\n"


def write_reports(folder: Path) -> None:
    """``REPORTS`` files of about ``WORDS`` words, each of one case."""
    folder.mkdir()
    number = 0
    while number < REPORTS:
        for case in ("kunduz", "mariupol", "al-ahli"):
            body = "\n\n".join(take_paragraphs(list(paragraphs(case)), number))
            head = "---\ntitle: Speed\npublished: 2023-10-19T12:00:00Z\nlanguage: en\n---\n\n"
            (folder / f"{number:02}-{case}.md").write_text(head + body + "\n", encoding="utf-8")
            number += 1


def paragraphs(case: str) -> Iterator[str]:
    """The plain paragraphs of a case's reports, without the line that says they are examples."""
    for path in sorted(EXAMPLES.glob(f"{case}-*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        for part in body.split("\n\n"):
            if len(part.split()) > 8 and not part.lstrip().startswith(("#", "*", ">", "_")):
                yield part.strip()


def take_paragraphs(pool: list[str], start: int) -> list[str]:
    taken: list[str] = []
    while sum(len(part.split()) for part in taken) < WORDS:
        taken.append(pool[start % len(pool)])
        start += 1
    return taken


def seconds_each(work: Callable[[Any], object], things: Sequence[Any]) -> float:
    """Seconds a thing: the median of ``ROUNDS`` rounds over all of them."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for thing in things:
            work(thing)
        rounds.append((time.process_time() - start) / len(things))
    return statistics.median(rounds)


def print_stages(folder: Path) -> None:
    """What each stage costs a report, and the same report by plainer means."""
    rooms = open_rooms()
    items = [item for item in find_items([folder]) if isinstance(item, Item)]
    read = [read_item(item) for item in items]
    words = statistics.mean(len(text.text.split()) for _, text in read)
    extractor: Any = rooms.extractor
    timed = TimedParser(extractor._parser)
    extractor._parser = timed
    extracted = [(d, extractor.extract(d, t)) for d, t in read]  # also fills what is filled once

    def extract(pair: tuple[Document, Text]) -> object:
        return extractor.extract(*pair)

    timed.seconds, timed.asked = 0.0, 0
    extracting = seconds_each(extract, read)
    network, asked = (n / ROUNDS / len(read) for n in (timed.seconds, timed.asked))
    rows = [
        ("capture", seconds_each(lambda _: list(find_items([folder])), [0]) / len(items)),
        ("read: bytes to text and sentences", seconds_each(read_item, items)),
        (f"extract: the network, over {asked:.0f} sentences that need it", network),
        ("extract: the rules", extracting - network),
        ("link and count, every policy", seconds_each(lambda p: render_record(*p), extracted)),
    ]
    total = sum(cost for _, cost in rows)
    claims = sum(len(extraction.claims) for _, extraction in extracted)
    print(f"{len(items)} reports of {words:.0f} words on average, {claims} claims; model loaded")
    for label, cost in rows:
        print(f"  {cost * 1000:8.1f} ms  {label}")
    print(f"  {total * 1000:8.1f} ms  read, in all = {1 / total:.1f} reports/s\n")
    print_peers(read)


def print_peers(read: Sequence[tuple[Document, Text]]) -> None:
    """Plainer means over the same reports: what they cost, and by their nature do not give."""
    parser = find_parser()

    def parse_all(pair: tuple[Document, Text]) -> object:
        text = pair[1]
        return parser.parse([(text.text[s.start : s.end], s.start) for s in text.sentences])

    def match(pair: tuple[Document, Text]) -> object:
        return FLOOR.findall(pair[1].text)

    floor, encoder = seconds_each(match, read), seconds_each(parse_all, read)
    sentences = statistics.mean(len(text.sentences) for _, text in read)
    print("The same reports by plainer means")
    print(f"  {floor * 1000:8.2f} ms  one regular expression: a number near a harm word")
    print(
        f"  {encoder * 1000:8.1f} ms  the network alone over all {sentences:.0f} sentences: trees"
    )
    pages = [i for i in find_items([EXAMPLES]) if isinstance(i, Item) and "html" in i.media_type]
    own = seconds_each(read_item, pages)
    other = seconds_each(_article_alone, pages)
    print(f"{len(pages)} example web pages")
    print(f"  {own * 1000:8.1f} ms  read: article, furniture, sentences with offsets, dates")
    print(f"  {other * 1000:8.1f} ms  trafilatura alone: the article's words\n")


def _article_alone(page: Item) -> object:
    import trafilatura

    return trafilatura.extract(page.content.decode("utf-8", errors="replace"))


def call(*words: str) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor time and megabytes (largest resident set) of one
    harmledger command in a new process."""
    command = [sys.executable, "-c", WATCHER, sys.executable, "-m", "harmledger.cli", *words]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    clock, processor, resident = map(float, told)
    return clock, processor, resident


def print_commands(folder: Path) -> None:
    """Whole commands, from a cold start of the program."""
    report = str(EXAMPLES / "kunduz-02-saturday-evening.md")
    ledger = str(folder / "bench.ledger")
    commands: tuple[tuple[str, tuple[str, ...], int], ...] = (
        ("--help", ("--help",), 5),
        ("read, one report", ("read", report), 3),
        ("read, 24 reports of 350 words", ("read", str(folder / "reports")), 1),
        ("run, the 22 examples", ("run", str(EXAMPLES), "--ledger", ledger), 1),
        ("run again, nothing new", ("run", str(EXAMPLES), "--ledger", ledger), 1),
    )
    print("Commands from a cold start           seconds  of processor time  resident MB")
    for label, words, times in commands:
        clock, processor, resident = min(call(*words) for _ in range(times))
        print(f"  {label:<34} {clock:7.2f}  {processor:17.2f}  {resident:11.0f}")
    print()


def print_sizes() -> None:
    """Files on disk."""
    network = (MODEL_FOLDER / "model.onnx").stat().st_size / 1e6
    print(f"{network:.1f} MB  the network, in the package")
    places = find_gazetteer()
    if places is not None:
        print(f"{places.stat().st_size / 1e6:.1f} MB  the table of places, built at set-up")


if __name__ == "__main__":
    main()
