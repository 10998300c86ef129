"""What must not be said, silence, and texts put together from treebanks."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evals.marked import DEVELOPMENT, TEXT, gold_claim, gold_document, make_rooms, write_gold
from harmledger.core.errors import CannotParse
from harmledger.core.extraction import Extraction
from harmledger.evals.claims import score_reading
from harmledger.evals.gold import load_gold
from harmledger.evals.gold_texts import GoldReading, iter_readings, make_finder
from harmledger.evals.measures import measure_all
from harmledger.evals.treebanks import load_documents

SECOND = TEXT.index("17 were injured")


def read(folder: Path, **given: Any) -> GoldReading:
    """The small text, read as 3 killed and 17 injured."""
    write_gold(folder, gold_document(DEVELOPMENT, **given))
    gold = load_gold(folder, "written", "development")
    return next(iter_readings(gold, make_finder("written", folder, None), make_rooms()))


def measured(reading: GoldReading) -> dict[str, float | None]:
    return {m.name: m.value for m in measure_all([score_reading(reading).counts])}


def test_a_claim_where_a_person_marked_none_must_not_be_said(tmp_path: Path) -> None:
    marked = read(tmp_path, claims=[gold_claim()], out_of_scope=[[SECOND, SECOND + 15], [0, 8]])
    found = measured(marked)
    assert (found["must_not_say"], found["left_alone"]) == (1, 0.5)
    assert "must not say" in {mistake.kind for mistake in score_reading(marked).mistakes}


def test_what_is_missed_without_a_word_is_silence(tmp_path: Path) -> None:
    missing = gold_claim(n=2, harm="missing", start=SECOND, end=SECOND + 15, low=None, high=None)
    heard = read(tmp_path, claims=[gold_claim(), missing])
    assert measured(heard)["not_silent"] == 1
    deaf = Extraction(document="d", text_sha256="t", extractor="e")
    assert measured(msgspec.structs.replace(heard, extraction=deaf))["not_silent"] == 0


def test_a_breakdown_needs_its_whole(tmp_path: Path) -> None:
    part = gold_claim(n=2, start=SECOND, end=SECOND + 15, harm="injured", low=17, high=17)
    told = read(tmp_path, claims=[gold_claim(), part | {"part_of": 1}])
    assert measured(told)["part_of_stated"] == 0
    killed, injured = told.extraction.claims
    broken = msgspec.structs.replace(injured, part_of=killed.id)
    extraction = msgspec.structs.replace(told.extraction, claims=(killed, broken))
    assert measured(msgspec.structs.replace(told, extraction=extraction))["part_of_stated"] == 1


def test_a_text_is_put_together_from_its_sentences(tmp_path: Path) -> None:
    lines = [
        "# newdoc id = one", "# newpar", "# text = “No.", "1\t“\t_", "2\tNo\t_\tSpaceAfter=No",
        "3\t.\t_\tSpaceAfter=No", "", "# text = ” she said.", "1\t”\t_", "",
        "# newpar id = p2", "# text = Then it rained.", "1-2\tThen it\t_\tSpaceAfter=No",
        "1\tThen\t_\t_", "2\tit\t_\t_", "3\train\t_\t_", "",
        "# newdoc id = two", "# text = Another.", "1\tAnother\t_\t_", "",
    ]  # fmt: skip
    path = tmp_path / "made.conllu.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert load_documents(path) == {"one": "“No.” she said.\nThen it rained.", "two": "Another."}
    path.write_bytes(b"no gzip")
    with pytest.raises(CannotParse, match=r"made\.conllu"):
        load_documents(path)
