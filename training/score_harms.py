"""The whole reader with and without a harm head: `python score_harms.py GOLD HEAD PREFIX …`.

HEAD is the folder that train_harms.py wrote, GOLD the folder of marked-up reports; only reports
whose names begin with a PREFIX are read, so that the ones held back while training are measured
alone. With `found` as PREFIX and --data DATA the found reports are read.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmledger.capture import find_items
from harmledger.evals.ablation import CutParser, whole, without_marks
from harmledger.evals.claims import score_reading
from harmledger.evals.gold import load_gold
from harmledger.evals.gold_texts import iter_readings, make_finder
from harmledger.evals.measures import compare_counts, headline_ratios, measure_all
from harmledger.extract import ClaimExtractor
from harmledger.extract.language import MODEL_FOLDER, Parser
from harmledger.extract.language.parser import LearnedParser
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.pipeline.rooms import Rooms
from harmledger.read import READER, read_item


@contextmanager
def parser_with(head: Path) -> Iterator[LearnedParser]:
    """The shipped network with the head of another folder; what is loaded late is loaded from it,
    so that it must be there as long as the parser is used."""
    with tempfile.TemporaryDirectory() as folder:
        for source in (*MODEL_FOLDER.iterdir(), *head.glob("harms.*")):
            link = Path(folder) / source.name
            link.unlink(missing_ok=True)
            link.symlink_to(source.resolve())
        yield LearnedParser(Path(folder))


def counts_with(
    parser: Parser, gold: Path, data: Path | None, names: tuple[str, ...]
) -> list[dict[str, float]]:
    """The counts of every report asked for."""
    extractor = ClaimExtractor(Gazetteer(), parser=parser)
    rooms = Rooms(find_items=find_items, reader=READER, read_item=read_item, extractor=extractor)
    stratum = "found" if names == ("found",) else "written"
    documents = [
        d for d in load_gold(gold, stratum, "development")
        if stratum == "found" or d.doc.startswith(names)
    ]  # fmt: skip
    read = iter_readings(documents, make_finder(stratum, gold, data), rooms)
    return [score_reading(reading).counts for reading in read]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("head", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--data", type=Path, default=None)
    given = parser.parse_args()
    readings = []
    with parser_with(given.head) as learned:
        for label, cut in (("without", without_marks), ("with", whole)):
            parser_so = CutParser(learned, cut)
            counts = counts_with(parser_so, given.gold, given.data, tuple(given.names))
            readings.append(counts)
            print(f"{label} the head, {len(counts)} reports")
            for m in measure_all(counts, headline_ratios()):
                if m.value is not None:
                    print(f"  {m.name:30} {m.value:.3f} ({m.low:.3f} to {m.high:.3f})")
    gain = compare_counts("f1", *readings)
    print(f"F1 gained {gain.value:+.3f} ({gain.low:+.3f} to {gain.high:+.3f})")


if __name__ == "__main__":
    main()
