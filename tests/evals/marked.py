"""Small gold made for tests: a folder as tests/gold is, read by small rooms."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from fake_rooms import FakeExtractor, find_items
from harmledger.core.ids import sha256_of
from harmledger.evals.gold import is_frozen
from harmledger.pipeline.rooms import Rooms
from harmledger.read import READER, read_item

TEXT = "Shelling left 3 people killed in Mariupol. The mayor said 17 were injured.\n"
DEVELOPMENT = next(name for name in map("report{}".format, range(99)) if not is_frozen(name))
FROZEN = next(name for name in map("report{}".format, range(99)) if is_frozen(name))


def make_rooms() -> Rooms:
    """Reads as the program does; ``N killed`` and ``N injured`` are claims."""
    return Rooms(
        find_items=find_items, reader=READER, read_item=read_item, extractor=FakeExtractor()
    )


def gold_claim(**given: Any) -> dict[str, Any]:
    """What a person entered for "3 people killed" above, unless said otherwise."""
    start = TEXT.index("3 people killed")
    row: dict[str, Any] = {
        "n": 1,
        "start": start,
        "end": start + len("3 people killed"),
        "harm": "killed",
        "stance": "asserts",
        "modality": "stated",
        "low": 3,
        "high": 3,
        "unit": "persons",
        "scope": "incident",
        "extent": "whole",
        "cause": "direct",
        "part_of": None,
        "status": "undetermined",
        "age": None,
        "sex": None,
        "roles": [],
        "site": None,
        "place": "Mariupol",
        "date": "2022-03-09",
        "voice": "the mayor",
        "perpetrator": None,
        "optional": False,
        "note": None,
    }
    return row | given


def gold_document(doc: str, stratum: str = "written", **given: Any) -> dict[str, Any]:
    """The gold of one report; ``claims`` as :func:`gold_claim` makes them."""
    row: dict[str, Any] = {
        "doc": doc,
        "stratum": stratum,
        "text_sha256": sha256_of(TEXT.encode()),
        "published": "2022-03-10",
        "annotator": "a",
        "claims": [gold_claim()],
        "out_of_scope": [],
        "unclear": [],
    }
    return row | given


def write_gold(folder: Path, gold: dict[str, Any]) -> Path:
    """Gold and, for a written report, its text."""
    inside = folder / ("reports" if gold["stratum"] == "written" else "found")
    inside.mkdir(parents=True, exist_ok=True)
    path = inside / f"{gold['doc']}.gold.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    if gold["stratum"] == "written":
        (inside / f"{gold['doc']}.md").write_text(f"---\nlanguage: en\n---\n{TEXT}", "utf-8")
    return path


def write_corpus(folder: Path) -> tuple[Path, Path]:
    """Both strata, both halves; the folder of gold and the folder of data."""
    gold, data = folder / "gold", folder / "data"
    for name in (DEVELOPMENT, FROZEN):
        for stratum in ("written", "found"):
            write_gold(gold, gold_document(name, stratum))
    (data / "muc4").mkdir(parents=True)
    with gzip.open(data / "muc4" / "muc4_dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"docid": "X", "text": TEXT}) + "\n")
    return gold, data
