"""Sentences: right boundaries, exact offsets."""

import pytest

from harmledger.lexicon.abbreviations import load_abbreviations
from harmledger.read.blocks import find_blocks
from harmledger.read.sentences import MAX_SENTENCE, find_sentences


def split(text: str, language: str | None = "en") -> list[str]:
    blocks = find_blocks(text, markdown=True)
    found = find_sentences(text, blocks, language, load_abbreviations())
    return [text[sentence.start : sentence.end] for sentence in found]


@pytest.mark.parametrize(
    "marked",
    [
        "Gen. A. Smith spoke. | Lt. Col. B. C. Jones of the U.S. Army agreed.",
        "GEN. LOPEZ DIED. | COL. DIAZ LIVED.",
        "No. 5 hospital was hit. | Nobody died in hospital No. 4.",
        "It fell on Mar. 9 at 5 p.m. local time. | He died at 6 p.m. | She lived.",
        "They fled to the U.S. | The council said so.",
        "He works for the U.N. Secretariat. | It is in D.C. | He left.",
        "“Three died.” | The mayor said so.",
        "He said: “We try and try, every day, until the light goes and nobody can see a thing. | "
        "They want to stop us all from leaving.” | Then he left.",
        "“Stop! Go!” he said. | “Now.”",
        '"Are they dead?" asked the doctor. | "Yes," said the nurse.',
        "He left (he was hurt. Badly.) and died. | Others lived.",
        "(One died.) | Another left.",
        "Some 3.5 million fled... | Really? | Yes!",
        "Five were killed. | al-Nour hospital took the wounded.",
        "He rejected “false news, with one of them saying more. | But others agreed.",
        "The strike hit St. Mary's church near Mt. Sion. | Mr. X and Mrs. Y. Z. Brown died.",
        "« Trois morts. » | Le maire a parlé.",
        "# Three killed. | Nine hurt",
        "They said no. | The mayor left. | It was about art. | Others lived.",
        '"It is a good market." | "This helps," he said. | $5,000 was stolen. | $9 was not.',
    ],
)
def test_boundaries(marked: str) -> None:
    expected = marked.split(" | ")
    expected[0] = expected[0].removeprefix("# ")
    assert split(marked.replace(" | ", " ")) == expected


def test_titles_hold_in_other_languages() -> None:
    assert split("Mr. Smith сказав це. Він пішов.", "uk") == ["Mr. Smith сказав це.", "Він пішов."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_sentences_run_over_wrapped_lines(end: str) -> None:
    lines = [
        "The council said on Monday evening that three people had been",
        "killed. Nine were",
        "hurt.",
    ]
    text = end.join(lines)
    assert split(text) == [f"{lines[0]}{end}killed.", f"Nine were{end}hurt."]


def test_marks_of_lists_and_headings_are_no_part_of_a_sentence() -> None:
    assert split("## Dead\n\n- Five in the north.\n- Four.\n\n2. Two hurt") == [
        "Dead",
        "Five in the north.",
        "Four.",
        "Two hurt",
    ]


def test_a_row_is_one_sentence() -> None:
    assert split("| St. John. Hospital | 5. |") == ["| St. John. Hospital | 5. |"]


def test_text_without_full_stops_is_cut_at_whitespace() -> None:
    pieces = split("word " * 1500)
    assert max(map(len, pieces)) <= MAX_SENTENCE
    assert " ".join(pieces) == ("word " * 1500).strip()
    assert [len(piece) for piece in split("x" * 4500)] == [2000, 2000, 500]


def test_windows_do_not_show_in_long_paragraphs() -> None:
    text = "The mayor of the town said that three people were killed there. " * 400
    assert set(split(text)) == {"The mayor of the town said that three people were killed there."}
    assert len(split(text)) == 400
