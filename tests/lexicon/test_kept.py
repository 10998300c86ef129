"""Tables kept beside the compiled modules: found by what they were made of, never trusted blind."""

from __future__ import annotations

import sys
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from harmledger.lexicon import files
from harmledger.lexicon.kept import keep

TABLE: dict[str, Any] = {"no": [1, 2.5, None, True], "yes": {"Łódź": "x"}}
FOLDER = resources.files("harmledger.lexicon")
FILES = sorted(
    f"{below}{entry.name}"
    for below, folder in (("", FOLDER), ("data/", FOLDER.joinpath("data")))
    for entry in folder.iterdir()
    if entry.name.endswith(".yaml")
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def kept_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def never() -> dict[str, Any]:
    raise AssertionError("made again")


def test_a_table_is_made_once() -> None:
    assert keep("one", b"source", lambda: TABLE) == TABLE
    assert keep("one", b"source", never) == TABLE


def test_another_source_is_read_afresh(folder: Path) -> None:
    keep("one", b"source", lambda: TABLE)
    assert keep("one", b"edited", lambda: {"a": 1}) == {"a": 1}
    assert keep("one", b"edited", never) == {"a": 1}
    assert len(kept_in(folder)) == 1


@pytest.mark.parametrize("at", [0, 40, -1])
def test_a_damaged_table_is_made_again(folder: Path, at: int) -> None:
    keep("one", b"source", lambda: TABLE)
    (path,) = kept_in(folder)
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    assert keep("one", b"source", lambda: {"a": 1}) == {"a": 1}
    path.write_bytes(b"")
    assert keep("one", b"source", lambda: {"a": 2}) == {"a": 2}


def test_values_that_would_come_back_as_others_are_not_kept(folder: Path) -> None:
    table = {"day": date(2024, 3, 4)}
    assert keep("one", b"source", lambda: table) == table
    assert kept_in(folder) == []


def test_nothing_is_written_where_no_compiled_modules_are(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert keep("one", b"source", lambda: TABLE) == TABLE
    assert kept_in(folder) == []
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "file"))
    (folder / "file").write_bytes(b"no folder can be made here")
    assert keep("one", b"source", lambda: TABLE) == TABLE


@pytest.mark.parametrize("name", FILES)
def test_a_kept_lexicon_says_what_its_file_says(name: str) -> None:
    content = FOLDER.joinpath(name).read_text(encoding="utf-8")
    read = files._parse_yaml(name, content)
    for _ in range(2):
        again = keep(name, content.encode(), lambda: read)
        assert repr(again) == repr(read)
