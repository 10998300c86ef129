"""Exports: what they hold, what they guard against, and what they leave untouched."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sample_view import (
    DARFUR_INCIDENT,
    GIRL,
    MARIUPOL_INCIDENT,
    SIEGE,
    SUDAN_INCIDENT,
    sample_texts,
    sample_view,
)

from harmledger.core.claim import Claim
from harmledger.core.errors import WrongUsage
from harmledger.core.view import LedgerView
from harmledger.publish import FORMATS, write_export
from harmledger.publish.exports.tables import guard


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


@pytest.fixture
def lines(view: LedgerView, tmp_path: Path) -> Path:
    write_export(view, sample_texts, tmp_path / "out", "jsonl")
    return tmp_path / "out"


def test_jsonl_writes_every_file_of_the_contract(lines: Path) -> None:
    names = ("documents", "claims", "incidents", "totals", "unresolved", "decisions", "responses")
    assert all((lines / f"{name}.jsonl").is_file() for name in names)


def test_every_span_quotes_its_exported_text(lines: Path) -> None:
    claims = rows(lines / "claims.jsonl")
    assert len(claims) == 17
    for claim in claims:
        with (lines / "texts" / f"{claim['text_sha256']}.txt").open(
            encoding="utf-8", newline=""
        ) as f:
            text = f.read()
        span = claim["span"]
        assert text[span["start"] : span["end"]] == span["quote"]


def test_text_files_keep_their_line_ends_and_hash(lines: Path) -> None:
    from harmledger.core.ids import sha256_of

    texts = list((lines / "texts").iterdir())
    assert any(b"\r\n" in path.read_bytes() for path in texts)
    assert all(sha256_of(path.read_bytes()) == path.stem for path in texts)


def test_claims_come_back_as_the_same_values(view: LedgerView, lines: Path) -> None:
    for claim, row in zip(view.claims, rows(lines / "claims.jsonl"), strict=True):
        assert msgspec.convert(row, Claim) == claim
        assert row["standing"] == view.standings.get(claim.id, "proposed")


def test_every_folder_says_what_it_is(view: LedgerView, tmp_path: Path) -> None:
    for form in FORMATS:
        write_export(view, sample_texts, tmp_path / form, form)
        readme = (tmp_path / form / "README.txt").read_text(encoding="utf-8")
        for words in ("Working copy", "assume_civilian", "literal@1", "recorded, not actual"):
            assert words in readme
        assert "GeoNames" in readme
        assert "CC BY 4.0" in readme


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_same_view_same_bytes(view: LedgerView, tmp_path: Path, form: str) -> None:
    first = write_export(view, sample_texts, tmp_path / "a", form)
    second = write_export(sample_view(), sample_texts, tmp_path / "b", form)
    assert [p.name for p in first] == [p.name for p in second]
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")
    assert set(first) == {p for p in (tmp_path / "a").rglob("*") if p.is_file()}


@pytest.mark.parametrize("start", list("=+-@\t\r"))
def test_formulas_are_guarded(start: str) -> None:
    assert guard(f"{start}1+1") == f"'{start}1+1"


def test_guard_leaves_words_and_numbers_alone() -> None:
    assert guard("plain = text") == "plain = text"
    assert guard(-12.5) == -12.5
    assert guard(None) is None


def test_csv_guards_a_hostile_title_and_keeps_coordinates(view: LedgerView, tmp_path: Path) -> None:
    write_export(view, sample_texts, tmp_path / "out", "csv")
    with (tmp_path / "out" / "claims.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert any(row["document_title"].startswith("'=HYPERLINK") for row in table)
    sudan = next(row for row in table if row["place"] == "Sudan")
    assert (sudan["lat"], sudan["lon"], sudan["low"], sudan["high"]) == ("", "", "2000", "")


def test_csv_has_a_row_per_incident_and_reading(view: LedgerView, tmp_path: Path) -> None:
    write_export(view, sample_texts, tmp_path / "out", "csv")
    with (tmp_path / "out" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == sum(len(incident.readings) for incident in view.incidents)
    assert {row["policy"] for row in table} == {"literal@1", "ucdp@ged-23.1"}


def features(view: LedgerView, folder: Path) -> dict[str, Any]:
    write_export(view, sample_texts, folder, "geojson")
    collection = json.loads((folder / "incidents.geojson").read_text(encoding="utf-8"))
    assert collection["type"] == "FeatureCollection"
    return {feature["id"]: feature for feature in collection["features"]}


def test_geojson_pins_points_only(view: LedgerView, tmp_path: Path) -> None:
    found = features(view, tmp_path / "out")
    town = found[MARIUPOL_INCIDENT.id]["geometry"]
    assert town == {"type": "Point", "coordinates": [37.54131, 47.09514]}
    assert found[SUDAN_INCIDENT.id]["geometry"] is None


def test_geojson_draws_a_province_as_an_area(view: LedgerView, tmp_path: Path) -> None:
    province = features(view, tmp_path / "out")[DARFUR_INCIDENT.id]
    (ring,) = province["geometry"]["coordinates"]
    assert province["geometry"]["type"] == "Polygon"
    assert ring[0] == ring[-1]
    assert province["properties"]["radius_km"] == 100
    assert "no location" in province["properties"]["geometry_note"]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    assert area > 0, "RFC 7946: outer rings run counter-clockwise"


def test_unknown_format_says_which_there_are(view: LedgerView, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="jsonl, csv, geojson"):
        write_export(view, sample_texts, tmp_path / "out", "xlsx")


def test_a_stranger_file_is_never_replaced(view: LedgerView, tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text("mine")
    with pytest.raises(WrongUsage, match="not written by harmledger"):
        write_export(view, sample_texts, tmp_path, "jsonl")
    assert snapshot(tmp_path) == {"README.txt": b"mine"}


def test_writing_again_replaces_ours_and_leaves_the_rest(view: LedgerView, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_export(view, sample_texts, out, "jsonl")
    (out / "my-notes.txt").write_text("mine")
    smaller = msgspec.structs.replace(view, documents=view.documents[:1], claims=(GIRL, SIEGE))
    write_export(smaller, sample_texts, out, "jsonl")
    write_export(smaller, sample_texts, out, "csv")
    assert (out / "my-notes.txt").read_text() == "mine"
    assert len(list((out / "texts").iterdir())) == 1
    assert len(rows(out / "claims.jsonl")) == 2
    assert (out / "claims.csv").is_file()


def test_a_failure_leaves_nothing_behind(view: LedgerView, tmp_path: Path) -> None:
    def broken(sha: str) -> str:
        raise KeyError(sha)

    with pytest.raises(KeyError):
        write_export(view, broken, tmp_path / "out", "jsonl")
    assert list(tmp_path.iterdir()) == []
