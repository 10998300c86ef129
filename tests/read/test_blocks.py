"""Where paragraphs, headings, lists and tables stand, and which block heads which."""

from harmledger.read.blocks import find_blocks, is_wrapped


def outline_of(text: str, *, markdown: bool = True) -> list[tuple[str, str, int | None]]:
    blocks = find_blocks(text, markdown=markdown)
    return [(block.kind, text[block.start : block.end], block.heading) for block in blocks]


def test_headings_head_what_stands_below_them() -> None:
    text = "Lead.\n\n# One\nA.\n\n## Two\n\nB.\n\nThree\n=====\n\nC."
    assert outline_of(text) == [
        ("paragraph", "Lead.", None),
        ("heading", "# One", None),
        ("paragraph", "A.", 1),
        ("heading", "## Two", 1),
        ("paragraph", "B.", 3),
        ("heading", "Three", None),
        ("paragraph", "=====", 5),
        ("paragraph", "C.", 5),
    ]
    assert {kind for kind, _, _ in outline_of("# One\n\nA.", markdown=False)} == {"paragraph"}


def test_rows_are_headed_by_their_column_names_and_those_by_the_section() -> None:
    text = "# Dead\n\n| Town | Killed |\n|---|---:|\n| North | 5 |\n| South | 4 |\n\nText."
    found = outline_of(text)
    assert [(kind, head) for kind, _, head in found] == [
        ("heading", None),
        ("table_row", 0),
        ("table_row", 1),
        ("table_row", 1),
        ("table_row", 1),
        ("paragraph", 0),
    ]
    assert [block.furniture for block in find_blocks(text, markdown=True)] == [
        False,
        False,
        True,
        False,
        False,
        False,
    ]


def test_a_list_is_headed_by_the_line_that_ends_in_a_colon() -> None:
    text = (
        "Killed in the town:\n\n- five in the north,\n  at the market\n- four in the south\n\nText."
    )
    assert outline_of(text) == [
        ("paragraph", "Killed in the town:", None),
        ("list_item", "- five in the north,\n  at the market", 0),
        ("list_item", "- four in the south", 0),
        ("paragraph", "Text.", None),
    ]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "   SPRINGFIELD, 3 JAN 90 -- [TEXT] THE BATTALION COMMAND HAS REPORTED THAT\n"
        "ABOUT 50 FARMERS OF VARIOUS AGES HAVE BEEN TAKEN FROM THEIR HOMES IN THE\n"
        "90. DISTRICT.  THE MAYOR SAID THAT THE ATTACK TOOK PLACE ON 30\n"
        "- DECEMBER, NOT ON\n"
    )
    assert [kind for kind, _, _ in outline_of(text, markdown=False)] == ["paragraph"]


def test_indented_lines_open_paragraphs_in_wrapped_text() -> None:
    line = "The council said on Tuesday that the number of the dead had risen again, "
    text = f"  {line}\n{line}\n{line}ended.\n  {line}\n{line}ended.\n"
    assert len(outline_of(text, markdown=False)) == 2


def test_lines_that_end_where_they_like_are_paragraphs_of_their_own() -> None:
    text = (
        "Shelling of the town went on today and the mayor said that at least four people had been "
        "killed in their homes by the afternoon.\n"
        "He said: “We do not know.\n"
        "“We are digging.”\n"
        "Want all the latest news? Sign up to our bulletin here\n"
        "Another line of the report.\n"
    )
    assert len(outline_of(text)) == 5


def test_wrapping_is_judged_by_the_word_that_did_not_fit() -> None:
    assert is_wrapped(["one line"])
    assert is_wrapped(["Three people were killed in the market on", "Monday."])
    assert not is_wrapped(["Three people were killed.", "Nine were hurt."])
    assert not is_wrapped(["x" * 200, "Monday."])


def test_bare_carriage_returns_end_lines() -> None:
    assert [words for _, words, _ in outline_of("One.\r\rTwo.\r\r\nThree.")] == [
        "One.",
        "Two.",
        "Three.",
    ]


def test_captions_and_rules() -> None:
    text = "![Rescuers](a.jpg)\n\n* * *\n\nPhoto: the mayor"
    blocks = find_blocks(text, markdown=True)
    assert [block.kind for block in blocks] == ["caption", "paragraph", "caption"]
    assert [block.furniture for block in blocks] == [False, True, False]
