"""Whether the time to read one text grows with its length only, up to 10 MB.

    python benchmarks/length.py [megabytes ...]     default: 0.25 1 2.5 10

Reads made-up reports by rules alone and prints seconds per megabyte beside the shortest one.
"""

from __future__ import annotations

import sys
import time

from harmledger.core.document import Item
from harmledger.core.ids import sha256_of
from harmledger.extract import ClaimExtractor
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.read import read_item

SAID = (
    "Shelling killed {a} people in Kherson on Monday and wounded {b}, the governor said.",
    "The council discussed the budget for the new library at length.",
    "A drone hit a market in Odesa, he added, and {a} vehicles were destroyed.",
    "Rain is expected in the south, and the river stands high.",
    "Trains run again between the two cities after repairs to the line.",
)


def text_of(size: int) -> bytes:
    """A report of about ``size`` bytes: two harmful sentences in five."""
    head = "---\npublished: 2024-05-15\nlanguage: en\n---\n"
    said = [SAID[n % 5].format(a=n % 90 + 2, b=n % 70 + 3) for n in range(size // 72)]
    return (head + "\n\n".join(" ".join(said[n : n + 9]) for n in range(0, len(said), 9))).encode()


def main(megabytes: list[float]) -> None:
    """Print one line a length."""
    extractor = ClaimExtractor(Gazetteer(), rules_only=True)
    first = None
    for size in megabytes:
        content = text_of(int(size * 1_000_000))
        item = Item(
            name="made", path="made.md", media_type="text/markdown", content=content,
            sha256=sha256_of(content),
        )  # fmt: skip
        start = time.process_time()
        claims = extractor.extract(*read_item(item)).claims
        per_megabyte = (time.process_time() - start) / size
        first = first or per_megabyte
        print(
            f"{size:6.2f} MB  {len(claims):7d} claims  {per_megabyte:6.1f} s per MB"
            f"  = {per_megabyte / first:.2f} times the shortest",
            flush=True,
        )


if __name__ == "__main__":
    main([float(given) for given in sys.argv[1:]] or [0.25, 1.0, 2.5, 10.0])
