"""Gold as values: halves, faults named by file and key, texts checked by hash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.marked import DEVELOPMENT, FROZEN, gold_claim, gold_document, make_rooms, write_gold
from harmledger.core.errors import CannotParse
from harmledger.evals.gold import find_days, is_frozen, load_gold, parse_gold
from harmledger.evals.strata import score_strata


def test_halves_share_nothing_and_only_the_one_asked_for_is_opened(tmp_path: Path) -> None:
    write_gold(tmp_path, gold_document(DEVELOPMENT))
    (tmp_path / "reports" / f"{FROZEN}.gold.json").write_text("not JSON", encoding="utf-8")
    assert [g.doc for g in load_gold(tmp_path, "written", "development")] == [DEVELOPMENT]
    with pytest.raises(CannotParse, match=FROZEN):
        load_gold(tmp_path, "written", "frozen")


@pytest.mark.parametrize(
    ("fault", "key"),
    [
        ({"claims": [gold_claim(harm="hurt")]}, "harm"),
        ({"claims": [gold_claim(sitee="home")]}, "sitee"),
        ({"claims": [gold_claim(), gold_claim()]}, "`n` 1"),
        ({"claims": [gold_claim(part_of=7)]}, "`part_of` 7"),
        ({"claims": [gold_claim(date="March")]}, "`date` 'March'"),
        ({"claims": [gold_claim(low=9)]}, "`low` 9"),
        ({"claims": [gold_claim(end=1)]}, "`end` 1"),
        ({"doc": "another"}, "`doc`"),
        ({"stratum": "found"}, "`stratum`"),
    ],
)
def test_malformed_gold_is_named_by_file_and_key(fault: dict[str, Any], key: str) -> None:
    content = json.dumps(gold_document(DEVELOPMENT) | fault).encode()
    with pytest.raises(CannotParse) as caught:
        parse_gold(content, Path(f"gold/{DEVELOPMENT}.gold.json"), "written")
    assert DEVELOPMENT in str(caught.value)
    assert key in str(caught.value)


def test_every_malformed_file_is_named_at_once(tmp_path: Path) -> None:
    names = [name for name in map("r{}".format, range(9)) if not is_frozen(name)][:2]
    for name in names:
        write_gold(tmp_path, gold_document(name, claims=[gold_claim(unit="people")]))
    with pytest.raises(CannotParse) as caught:
        load_gold(tmp_path, "written", "development")
    assert all(name in str(caught.value) for name in names)


def test_a_text_that_is_not_the_one_marked_up_is_refused(tmp_path: Path) -> None:
    path = write_gold(tmp_path, gold_document(DEVELOPMENT))
    path.with_name(f"{DEVELOPMENT}.md").write_text("Another text.", encoding="utf-8")
    with pytest.raises(CannotParse, match="text_sha256"):
        score_strata(tmp_path, None, maker=make_rooms)


def test_gold_without_its_report_is_named(tmp_path: Path) -> None:
    write_gold(tmp_path, gold_document(DEVELOPMENT)).with_name(f"{DEVELOPMENT}.md").unlink()
    with pytest.raises(CannotParse, match="gold without its report"):
        score_strata(tmp_path, None, maker=make_rooms)


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2024-02-29", ("2024-02-29", "2024-02-29")),
        ("2024-12", ("2024-12-01", "2024-12-31")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-02/2024-03-04", ("2024-02-01", "2024-03-04")),
        ("../2024-03-04", ("", "2024-03-04")),
        ("2024-02-30", None),
        ("2024-13", None),
        ("../..", None),
        ("soon", None),
    ],
)
def test_days_of_a_date(edtf: str, days: tuple[str, str] | None) -> None:
    assert find_days(edtf) == days
