"""Whether memory stays flat: `python benchmarks/memory.py [documents]`, by default 50,000.

Reads short made-up reports, every one another, in one process as ``harmledger read`` does, and
prints the resident set after each tenth of them. Places, names and numbers go on changing, so that
whatever is remembered by word would show.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from harmledger.core.document import Item
from harmledger.core.ids import sha256_of
from harmledger.extract import ClaimExtractor
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.pipeline import render_record
from harmledger.read import read_item

TOWNS = ("Kherson", "Odesa", "Idlib", "Taiz", "Goma", "Mopti", "Kunduz", "Rafah", "Lashio", "Cali")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SAID = (
    "Shelling killed {a} people in {town} on {day}, {name} said.",
    "{name} said a drone had wounded {a} in {town} and damaged {b} homes.",
    "The harvest in {town} brought {b} tonnes of wheat, {name} said on {day}.",
    "Gunmen abducted {b} villagers near {town}; {a} have not been found.",
)
SYLLABLES = ("ma", "ri", "lo", "ta", "ven", "sh", "ka", "do", "un", "el", "bra", "ix", "o", "zu")


def make_item(number: int, rng: random.Random) -> Item:
    """A report of one or two sentences whose names nobody has met before."""
    name = " ".join(
        "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(2)
    )
    told = {"name": name, "town": rng.choice(TOWNS), "day": rng.choice(DAYS)}
    said = (s.format(a=number % 97 + 2, b=number, **told) for s in rng.sample(SAID, 2))
    content = ("---\npublished: 2024-05-15\nlanguage: en\n---\n" + " ".join(said)).encode()
    return Item(
        name=f"made-{number}",
        path=f"made-{number}.md",
        media_type="text/markdown",
        content=content,
        sha256=sha256_of(content),
    )


def resident_megabytes() -> float:
    """The resident set now; Linux only."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * 4096 / 1e6


def main(documents: int) -> None:
    extractor, rng = ClaimExtractor(Gazetteer()), random.Random(7)  # noqa: S311 - no secret
    claims, start = 0, time.process_time()
    for number in range(1, documents + 1):
        document, text = read_item(make_item(number, rng))
        extraction = extractor.extract(document, text)
        render_record(document, extraction)
        claims += len(extraction.claims)
        if number % max(1, documents // 10) == 0:
            seconds = time.process_time() - start
            print(
                f"{number:7d} documents  {claims:7d} claims  {resident_megabytes():7.1f} MB"
                f"  {1000 * seconds / number:6.1f} ms a document",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
