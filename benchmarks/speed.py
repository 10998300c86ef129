"""How fast, how large: `make bench` prints the table. One core, one thread, no network.

`python benchmarks/speed.py DATA` also reads general news, from DATA/ud (see ``texts``), and shows
on the development half of the gold that no claim is lost by leaving sentences to the rules.

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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from texts import EXAMPLES, load_news, write_reports

from harmledger.capture import find_items
from harmledger.core.document import Document, Item, Text
from harmledger.evals.claims import match_claims
from harmledger.evals.gold import load_gold
from harmledger.evals.gold_texts import make_finder
from harmledger.evals.strata import STRATA
from harmledger.extract import ClaimExtractor
from harmledger.extract.language import MODEL_FOLDER, find_parser
from harmledger.extract.language.tree import Tree
from harmledger.lexicon.gazetteer import Gazetteer, find_gazetteer
from harmledger.pipeline import open_rooms, render_record
from harmledger.read import read_item

ROOT = Path(__file__).resolve().parents[1]
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


def main(words: list[str]) -> None:
    os.chdir(ROOT)
    data = Path(words[0]).resolve() if words else None
    print(machine())
    with tempfile.TemporaryDirectory(prefix="harmledger-bench-") as name:
        folder = Path(name)
        reports = write_reports(folder / "reports")
        print_texts("reports of harm", reports)
        if data is not None:
            print_texts("texts of general news", load_news(data))
            print_skipping(data)
        print_pages()
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


def seconds_each(work: Callable[[Any], object], things: Sequence[Any]) -> float:
    """Seconds a thing: the median of ``ROUNDS`` rounds over all of them."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for thing in things:
            work(thing)
        rounds.append((time.process_time() - start) / len(things))
    return statistics.median(rounds)


def print_texts(what: str, items: Sequence[Item]) -> None:
    """What each stage costs a text, and the same texts by plainer means."""
    read = [read_item(item) for item in items]
    words = statistics.mean(len(text.text.split()) for _, text in read)
    sentences = statistics.mean(len(text.sentences) for _, text in read)
    timed = TimedParser(find_parser())
    extractor = ClaimExtractor(Gazetteer(), parser=timed)
    extracted = [(d, extractor.extract(d, t)) for d, t in read]  # also fills what is filled once

    def extract(pair: tuple[Document, Text]) -> object:
        return extractor.extract(*pair)

    timed.seconds, timed.asked = 0.0, 0
    extracting = seconds_each(extract, read)
    network, asked = (n / ROUNDS / len(read) for n in (timed.seconds, timed.asked))
    rows = [
        ("read: bytes to text and sentences", seconds_each(read_item, items)),
        (
            f"extract: the network, over {asked:.1f} of {sentences:.1f} sentences"
            f" ({asked / sentences:.0%})",
            network,
        ),
        ("extract: the rules", extracting - network),
        ("link and count, every policy", seconds_each(lambda p: render_record(*p), extracted)),
    ]
    total = sum(cost for _, cost in rows)
    claims = sum(len(extraction.claims) for _, extraction in extracted)
    print(f"{len(items)} {what}, {words:.0f} words on average, {claims} claims; model loaded")
    for label, cost in rows:
        print(f"  {cost * 1000:8.1f} ms  {label}")
    print(f"  {total * 1000:8.1f} ms  read, in all = {1 / total:.1f} texts/s")
    print_peers(read, total)


def print_peers(read: Sequence[tuple[Document, Text]], total: float) -> None:
    """Plainer means over the same texts: what they cost, and by their nature do not give."""
    parser = find_parser()

    def parse_all(pair: tuple[Document, Text]) -> object:
        text = pair[1]
        return parser.parse([(text.text[s.start : s.end], s.start) for s in text.sentences])

    encoder = seconds_each(parse_all, read)
    print(f"  {encoder * 1000:8.1f} ms  the network alone, over every sentence: trees")
    print(f"  {encoder / total:8.2f} x   as many texts a second as the network alone")
    floor = seconds_each(lambda pair: FLOOR.findall(pair[1].text), read)
    print(f"  {floor * 1000:8.2f} ms  one regular expression: a number near a harm word")
    try:
        import spacy
    except ImportError:
        print("         –     spaCy is not installed (`make peers`)\n")
        return
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    cut = seconds_each(lambda pair: blank(pair[1].text), read)
    print(f"  {cut * 1000:8.1f} ms  spaCy's blank tokenizer and sentencizer: words, sentences\n")


def print_skipping(data: Path) -> None:
    """Claims of the development gold with the network over what needs it, and over everything."""
    rooms, gold = open_rooms(), ROOT / "tests" / "gold"
    asked = found = lost = 0
    for stratum in STRATA:
        finder = make_finder(stratum, gold, data)
        for marked in load_gold(gold, stratum, "development"):
            document, text = rooms.read_item(finder(marked))
            by = [
                match_claims(
                    marked,
                    rooms.extractor.extract(document, text, layers=every).claims,
                    text.sentences,
                )
                for every in (False, True)
            ]
            wanted, every = ({pair.gold.n for pair in matched.pairs} for matched in by)
            asked += len(every)
            found += len(wanted)
            lost += len(every - wanted)
    print(
        f"Claims of the development gold found with every sentence parsed: {asked}; with the"
        f" network only where needed: {found}; lost by that: {lost}\n"
    )


def print_pages() -> None:
    """Pages apart, beside the library that finds their article."""
    pages = [i for i in find_items([EXAMPLES]) if isinstance(i, Item) and "html" in i.media_type]
    own = seconds_each(read_item, pages)
    other = seconds_each(_article_alone, pages)
    print(f"{len(pages)} example web pages")
    print(f"  {own * 1000:8.1f} ms  read: article, furniture, sentences with offsets, dates")
    print(f"  {other * 1000:8.1f} ms  trafilatura alone: the article's words\n")


def _article_alone(page: Item) -> object:
    import trafilatura

    return trafilatura.extract(page.content.decode("utf-8", errors="replace"))


def call(compiled: Path, *words: str) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor time and megabytes (largest resident set) of one
    harmledger command in a new process, its modules compiled as an installer leaves them."""
    command = [sys.executable, "-c", WATCHER, sys.executable, "-m", "harmledger.cli", *words]
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={**kept, "PYTHONPYCACHEPREFIX": str(compiled)},
    ).stdout.split()
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
    compiled = folder / "compiled"
    call(compiled, "read", report)
    print("Commands from a cold start           seconds  of processor time  resident MB")
    for label, words, times in commands:
        clock, processor, resident = min(call(compiled, *words) for _ in range(times))
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
    main(sys.argv[1:])
