"""False claims in texts without harm: how they are counted, and that they do not grow in number."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmledger.core.errors import CannotParse
from harmledger.evals.harmless import load_harmless, main, score_harmless

HELD_OUT = Path(__file__).parents[1] / "gold" / "harmless.txt"
MOST_TEXTS, MOST_CLAIMS = 17, 40
"""What harmledger-en@32 leaves; only ever lowered."""


def test_texts_begin_at_their_titles_and_marked_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text(
        "=== A fair | local | 2020-01-02\n\nIt rained.\n\n"
        "=== A raid | agency | 2020-01-03\n\nGunmen shot {killed|a guard}.\n",
        encoding="utf-8",
    )
    assert list(load_harmless(path)) == [("A fair", "It rained.\n")]


def test_every_claim_of_harm_is_counted_and_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "texts.txt"
    path.write_text(
        "=== One | agency | 2020-01-02\n\nGunmen killed two guards. Nobody else was hurt.\n",
        encoding="utf-8",
    )
    assert main([str(path), "--show"]) == 0
    said = capsys.readouterr().out
    assert "1 false claims in 1 of 1 texts" in said
    assert "One: killed 2" in said


@pytest.mark.parametrize("content", [None, b"no title\n", b"=== A\n\xff\n"])
def test_a_file_that_holds_no_texts_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "texts.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotParse, match=r"texts\.txt"):
        list(load_harmless(path))


def test_held_out_texts_are_claimed_no_more_of_than_before() -> None:
    score = score_harmless([HELD_OUT])
    assert score.texts == 80
    assert score.with_claims <= MOST_TEXTS
    assert score.claims <= MOST_CLAIMS
