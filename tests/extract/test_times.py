"""Times in text: contract §4, reading rules 19 to 22, round trips and hostile input."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.core.errors import CannotParse
from harmledger.core.when import When
from harmledger.evals.phrases import load_phrases, render_scores, score_times
from harmledger.extract.times import find_times, parse_published
from harmledger.extract.times.calendar import easter_sunday

GOLD = Path(__file__).parent.parent / "gold" / "phrases" / "times.jsonl"
THURSDAY = date(2022, 3, 10)


def read(text: str, published: date | None = THURSDAY) -> list[When]:
    return [hit.when for hit in find_times(text, 0, len(text), published)]


def one(text: str, published: date | None = THURSDAY) -> When:
    (when,) = read(text, published)
    return when


@pytest.mark.parametrize(
    "phrase",
    ["since the 9th battalion left", "on New Year's night", "the 12th man", "a week 3 of 4"],
)
def test_ordinals_that_name_no_day(phrase: str) -> None:
    assert all(when.edtf is None for when in read(phrase))


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("today", "2022-03-10"),
        ("yesterday", "2022-03-09"),
        ("on Wednesday", "2022-03-09"),
        ("on Thursday", "2022-03-10"),
        ("last night", "2022-03-09"),
        ("overnight", "2022-03-09/2022-03-10"),
        ("the other day", "2022-03-09"),
        ("in the past few days", "2022-03-07/2022-03-09"),
        ("recently", "2022-03-07/2022-03-09"),
        ("around 2 March", "2022-03-01/2022-03-03"),
        ("over the weekend", "2022-03-05/2022-03-06"),
        ("this week", "2022-03-07/2022-03-10"),
        ("in the night between Sunday and Monday", "2022-03-06/2022-03-07"),
        ("in the past 24 hours", "2022-03-09/2022-03-10"),
        ("in the past 48 hours", "2022-03-08/2022-03-10"),
        ("since Thursday", "2022-03-10"),
        ("since Tuesday", "2022-03-08/2022-03-10"),
        ("late last week", "2022-03-04/2022-03-06"),
        ("last week", "2022-02-28/2022-03-06"),
        ("in the past week", "2022-03-04/2022-03-10"),
        ("in early February", "2022-02-01/2022-02-10"),
        ("in mid-February", "2022-02-10/2022-02-20"),
        ("in late February", "2022-02-15/2022-02-28"),
        ("several weeks ago", "2022-02-17"),
        ("a fortnight ago", "2022-02-24"),
        ("a day after the attack of 2 March", "2022-03-03"),
        ("last Friday", "2022-03-04"),
        ("early Thursday", "2022-03-10"),
        ("on Wednesday night", "2022-03-09"),
        ("overnight into Tuesday", "2022-03-07/2022-03-08"),
        ("since 24 February", "2022-02-24/2022-03-10"),
        ("since the 9th.", "2022-03-09/2022-03-10"),
        ("on the 3rd – a nurse", "2022-03-03"),
        ("on the ninth of this month", "2022-03-09"),
        ("since the first of the month", "2022-03-01/2022-03-10"),
        ("since midnight", "2022-03-10"),
        ("for the week 21–27 February: 17 killed", "2022-02-21/2022-02-27"),
        ("between Friday 4 and Wednesday 9 March", "2022-03-04/2022-03-09"),
        ("on the second Sunday of January", "2022-01-09"),
        ("on the last Friday of February 2021", "2021-02-26"),
        ("during the night from Saturday to Sunday", "2022-03-05/2022-03-06"),
        ("in the night to Tuesday", "2022-03-07/2022-03-08"),
        ("since New Year", "2022-01-01/2022-03-10"),
        ("since the invasion", "../2022-03-10"),
        ("since the war began on 24 February", "2022-02-24/2022-03-10"),
        ("for days", "../2022-03-10"),
        ("a nine-day siege", "2022-03-02/2022-03-10"),
        ("two weeks into the war", "2022-02-24/2022-03-10"),
        ("in the past 12 months", "2021-03-11/2022-03-10"),
        ("as of 5 March", "../2022-03-05"),
        ("between 3 and 5 May", "2021-05-03/2021-05-05"),
        ("from 3 to 5 May 2014", "2014-05-03/2014-05-05"),
        ("from Monday to Wednesday", "2022-03-07/2022-03-09"),
        ("two days later", None),
        ("in March 2014", "2014-03"),
        ("in 2014", "2014"),
        ("in the 1990s", "199X"),
        ("in the summer of 2014", "2014-22"),
        ("last month", "2022-02"),
        ("last year", "2021"),
        ("three days ago", "2022-03-07"),
        ("on Christmas Day", "2021-12-25"),
        ("on Easter Sunday", "2021-04-04"),
        ("in the 24 hours to Wednesday", "2022-03-08/2022-03-09"),
    ],
)
def test_contract_phrases(phrase: str, edtf: str | None) -> None:
    for text in (f"Shells fell {phrase}.", f"Shells fell {phrase}.".upper()):
        assert one(text).edtf == edtf, text


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("9 March 2022", "2022-03-09"),
        ("March 9, 2022", "2022-03-09"),
        ("9 Mar", "2022-03-09"),
        ("the 9th of March", "2022-03-09"),
        ("2022-03-09", "2022-03-09"),
        ("13/3/2021", "2021-03-13"),
        ("9.3.2022", "2022-03-09"),
        ("3 JAN 90", "1990-01-03"),
        ("12 March", "2021-03-12"),
        ("9/3/2022", None),
    ],
)
def test_dates(written: str, edtf: str | None) -> None:
    assert one(f"It happened on {written}, he said").edtf == edtf


def test_a_conflicting_weekday_is_named() -> None:
    when = one("on Thursday, 9 March, shells fell")
    assert (when.edtf, when.rule) == ("2022-03-09", "weekday_conflict")


def test_anchors_say_what_was_counted_from() -> None:
    assert one("shells fell yesterday").anchor == "published:2022-03-10"
    assert one("shells fell on 9 March 2022").anchor is None
    first, second = read("Shells fell on Monday and again two days later.")
    assert (first.edtf, second.edtf, second.anchor) == ("2022-03-07", "2022-03-09", "text:Monday")


def test_open_start_has_no_earliest() -> None:
    when = one("cut off since the invasion")
    assert (when.earliest, when.latest, when.precision) == (None, "2022-03-10", 5)


@pytest.mark.parametrize("phrase", ["yesterday", "on Wednesday", "on 9 March", "since Monday"])
def test_without_a_publication_date_nothing_is_filled_in(phrase: str) -> None:
    when = one(f"shells fell {phrase}", None)
    assert (when.edtf, when.earliest, when.latest, when.precision) == (None, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Five people may have died.",
        "AT LEAST 5 MAY HAVE DIED.",
        "They march on the capital.",
        "He sat in the sun for a second.",
        "a six-year-old girl, aged 7",
        "at 5.30 pm and 14:30",
        "It lasted two hours.",
        "The shop opens on Fridays.",
        "every Friday",
        "April Jones was there.",
    ],
)
def test_traps_give_no_date(text: str) -> None:
    assert [when for when in read(text) if when.edtf] == []


def test_precision_follows_ucdp() -> None:
    phrases = ["today", "over the weekend", "last week", "last month", "last year"]
    assert [one(f"it fell {phrase}").precision for phrase in phrases] == [1, 2, 3, 4, 5]


def test_easter_of_both_calendars() -> None:
    assert easter_sunday(2022) == date(2022, 4, 17)
    assert easter_sunday(2022, orthodox=True) == date(2022, 4, 24)
    assert easter_sunday(2025) == easter_sunday(2025, orthodox=True) == date(2025, 4, 20)


def test_published_is_the_day_in_its_own_zone() -> None:
    assert parse_published("2022-03-10T23:30:00+02:00") == THURSDAY
    assert parse_published("2022-03-10") == THURSDAY
    assert parse_published("Thu, 10 Mar 2022 23:30:00 +0200") == THURSDAY
    assert parse_published(None) is None
    assert parse_published(" ") is None
    for wrong in ("lately", "0001-01-01", "2022-13-40"):
        with pytest.raises(CannotParse, match="2022-03-10"):
            parse_published(wrong)


_DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


@given(day=_DAYS, published=_DAYS, style=st.integers(0, 5))
def test_full_dates_are_read_back(day: date, published: date, style: int) -> None:
    month = f"{day:%B}"
    written = [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {month} {day.year}",
        day.isoformat(),
        f"{day.day} {month.upper()} {day.year}",
        f"{day:%d.%m.%Y}",
    ][style]
    when = one(f"The village was shelled on {written} by troops.", published)
    assert when.edtf == when.earliest == when.latest == day.isoformat()
    assert when.rule != "weekday_conflict"


@given(published=_DAYS, back=st.integers(0, 6))
def test_a_weekday_is_the_latest_one(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert one(f"Shells fell on {day:%A}.", published).edtf == day.isoformat()


@given(published=_DAYS, back=st.integers(0, 364))
def test_a_date_without_year_is_the_latest_one(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    if (day.month, day.day) != (published.month, published.day) or not back:
        assert one(f"Shells fell on {day.day} {day:%B}.", published).edtf == day.isoformat()


_PIECES = st.sampled_from(
    [
        "since",
        "the",
        "early",
        "9",
        "March",
        "May",
        "2014",
        "Monday",
        "to",
        "and",
        "between",
        "night",
        "of",
        "last",
        "week",
        "days",
        "ago",
        "two",
        "after",
        "-",
        "–",
        ".",
        "(",
        "overnight",
        "into",
        "for",
        "a",
        "day",
        "past",
        "24",
        "hours",
        "1990s",
        "31",
        "February",
        "/",
        "'",
        "invasion",
        "eve",
        "Eid",
        "first",
        "by",
        "until",
        "nine-day",
        "siege",
        "month",
        "years",
        "later",
        "30",
        "2022-02-30",
        "99",
        "99/99/9999",
    ]
)


@settings(deadline=None)  # a rule is compiled when it is first tried
@given(
    st.lists(_PIECES, max_size=25),
    st.one_of(st.none(), st.dates(date(1600, 1, 1), date(9000, 1, 1))),
)
def test_any_text_gives_ordered_spans_and_valid_edtf(
    pieces: list[str], published: date | None
) -> None:
    text = " ".join(pieces)
    end = 0
    for hit in find_times(text, 0, len(text), published):
        assert end <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.when.as_written
        end = hit.end
        when = hit.when
        if when.earliest and when.latest:
            assert when.earliest <= when.latest
        if when.edtf and not when.edtf.startswith(".."):
            parse_edtf(when.edtf)


@pytest.mark.parametrize("piece", ["9 March ", "since the ", "Monday and ", "1 ", "early ", "1,"])
def test_hostile_text_stays_linear(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        read(text)
        return time.process_time() - began

    seconds(1000)
    small, large = seconds(10_000), seconds(80_000)
    assert large < 24 * small + 0.2  # eight times the text; quadratic would be 64


def test_gold_floors() -> None:
    lines = load_phrases(GOLD)
    development = score_times(lines, "development")
    assert development.recall >= 0.98, development.misses
    assert score_times(lines, "held_out").recall >= 0.92


def test_scores_are_printed_for_both_halves() -> None:
    table = render_scores(GOLD.parent)
    assert table.count("development") == table.count("held_out") == 2
