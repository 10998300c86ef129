"""Numbers in text: contract §3 entry by entry, kinds, traps, round trips and hostile input."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.core.errors import WrongUsage
from harmledger.core.quantity import Figure, Quantity
from harmledger.evals.phrases import (
    load_phrases,
    score_quantities,
    score_second_annotator,
)
from harmledger.extract.quantities import find_figures, find_value, sum_figures, write_out
from harmledger.lexicon.numbers import load_number_profile, load_number_profiles

GOLD = Path(__file__).parent.parent / "gold" / "phrases" / "quantities.jsonl"
LITERAL = load_number_profile()


def read(text: str, profile: str = "literal") -> tuple[Figure, ...]:
    return find_figures(text, 0, len(text), load_number_profile(profile))


def one(text: str, profile: str = "literal") -> Figure:
    (figure,) = read(text, profile)
    return figure


@pytest.mark.parametrize(
    ("text", "written", "low", "high"),
    [
        ("At a minimum, 70 guards fell.", "At a minimum, 70", 70, None),
        ("Eighty, give or take, were hit.", "Eighty, give or take", 80, 80),
        ("Five, maybe six, lay in the yard.", "Five, maybe six", 5, 6),
        ("Five, perhaps six of them armed, came.", "Five", 5, 5),
        ("A good 30 men were led away.", "A good 30", 30, None),
        ("Toll in Kassala tops 900", "tops 900", 901, None),
        ("Losses were south of 40.", "south of 40", None, 39),
        ("The best part of 200 were lost.", "The best part of 200", None, 200),
        ("1½ million were uprooted.", "1½ million", 1_500_000, 1_500_000),
        ("One and a quarter million fled.", "One and a quarter million", 1_250_000, 1_250_000),
        ("1.3m flee the valley", "1.3m", 1_300_000, 1_300_000),
        ("Some ٣٫٥ مليون are away.", "Some ٣٫٥ مليون", 3_500_000, 3_500_000),
        ("Both brothers were bound and taken.", "Both", 2, 2),
        ("The clinic took in 412 wounded in a day.", "412", 412, 412),
        ("They found five of the eleven miners buried there.", "eleven", 11, 11),
    ],
)
def test_rarer_ways_to_say_a_number(text: str, written: str, low: int, high: int | None) -> None:
    figure = next(f for f in read(text) if f.as_written == written)
    assert (figure.low, figure.high, figure.kind) == (low, high, "count")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They came at 5.", "clock"),
        ("The gate closes at four, he said.", "clock"),
        ("They put the dead at 5.", "count"),
        ("The toll stood at twelve.", "count"),
        ("A conscript of 19 has died.", "age"),
        ("A mother of 34 was hit.", "age"),
        ("A mother of four was hit.", "denominator"),
        ("A camp built for 15,000 burned.", "denominator"),
        ("They hid for a quarter of an hour.", "duration"),
        ("It took ten working days.", "duration"),
        ("It has ten working pumps.", "count"),
        ("The rate is 41 per 100,000.", "percent"),
        ("Guards let Colony 7 burn.", "name"),
        ("See case no. 2017/0443 on it.", "name"),
        ("The file, p. 12, lists them.", "name"),
        ("Call 0800-711-240 now.", "name"),
        ("1. Bunia: many hurt. 2. Mahagi: many taken.", "name"),
    ],
)
def test_what_a_number_is_by_its_company(text: str, kind: str) -> None:
    digits = [figure for figure in read(text) if figure.bound != "word"]
    assert {figure.kind for figure in digits[:1]} == {kind}


@pytest.mark.parametrize(
    ("written", "low", "high", "bound"),
    [
        ("18", 18, 18, "exact"),
        ("at least 18", 18, None, "at_least"),
        ("18 or more", 18, None, "at_least"),
        ("18+", 18, None, "at_least"),
        ("no fewer than 18", 18, None, "at_least"),
        ("more than 18", 19, None, "more_than"),
        ("over 18", 19, None, "more_than"),
        ("well over 18", 19, None, "more_than"),
        ("upwards of 18", 19, None, "more_than"),
        ("in excess of 18", 19, None, "more_than"),
        ("fewer than 18", None, 17, "fewer_than"),
        ("under 18", None, 17, "fewer_than"),
        ("up to 18", None, 18, "at_most"),
        ("as many as 18", None, 18, "at_most"),
        ("no more than 18", None, 18, "at_most"),
        ("nearly 18", None, 18, "at_most"),
        ("almost 18", None, 18, "at_most"),
        ("about 18", 18, 18, "about"),
        ("around 18", 18, 18, "about"),
        ("some 18", 18, 18, "about"),
        ("an estimated 18", 18, 18, "about"),
        ("18 to 20", 18, 20, "between"),
        ("between 18 and 20", 18, 20, "between"),
        ("18 or 20", 18, 20, "between"),
        ("18–20", 18, 20, "between"),
        ("at least 18 but no more than 20", 18, 20, "between"),
        ("a couple of", 2, 2, "exact"),
        ("a pair of", 2, 2, "exact"),
        ("a dozen", 12, 12, "exact"),
        ("half a dozen", 6, 6, "exact"),
        ("two dozen", 24, 24, "exact"),
        ("several", 2, None, "word"),
        ("many", 2, None, "word"),
        ("a number of", 2, None, "word"),
        ("a few", 2, None, "word"),
        ("some", 2, None, "word"),
        ("tens of", 20, None, "word"),
        ("dozens of", 24, None, "word"),
        ("a few dozen", 24, None, "word"),
        ("scores of", 40, None, "word"),
        ("hundreds of", 200, None, "word"),
        ("several hundred", 200, None, "word"),
        ("thousands of", 2000, None, "word"),
        ("millions of", 2_000_000, None, "word"),
        ("hundreds of thousands of", 200_000, None, "word"),
        ("tens of thousands of", 20_000, None, "word"),
        ("at least a dozen", 12, None, "at_least"),
        ("half a million", 500_000, 500_000, "exact"),
        ("a quarter of a million", 250_000, 250_000, "exact"),
        ("north of 18", 19, None, "more_than"),
        ("marginally more than 18", 19, None, "more_than"),
        ("nothing less than 18", 18, None, "at_least"),
        ("nigh on 18", None, 18, "at_most"),
        ("up to and including 18", None, 18, "at_most"),
        ("the better part of 18", None, 18, "at_most"),
        ("a little short of 18", None, 17, "fewer_than"),
        ("in or around 18", 18, 18, "about"),
        ("±18", 18, 18, "about"),
        ("forty-some", 40, 40, "about"),
        ("forty-something", 40, 40, "about"),
        ("18 through 20", 18, 20, "between"),
        ("no more than 20 but at least 18", 18, 20, "between"),
        ("300,000 to half a million", 300_000, 500_000, "between"),
        ("a dozen and a half", 18, 18, "exact"),
        ("three score", 60, 60, "exact"),
        ("a quartet of", 4, 4, "exact"),
        ("a growing number of", 2, None, "word"),
        ("a lot of", 2, None, "word"),
        ("thousands on thousands of", 2000, None, "word"),
        ("no", 0, 0, "exact"),
        ("an unknown number of", None, None, "none"),
    ],
)
def test_contract_table(written: str, low: int | None, high: int | None, bound: str) -> None:
    for text in (f"{written} people died", f"{written} people died".upper()):
        figure = one(text)
        assert (figure.low, figure.high, figure.bound, figure.kind) == (low, high, bound, "count")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,207 people", 1207),
        ("1 207 people", 1207),
        ("1\u202f207 people", 1207),
        ("1.5 million people", 1_500_000),
        ("2.3m people", 2_300_000),
        ("12k people", 12_000),
        ("٤٢ people", 42),
        ("۴۲ people", 42),
        ("3.400 civilians", 3400),
        ("1,50,000 people", 150_000),
        ("one hundred and five wounded", 105),
        ("twenty-three dead", 23),
        ("two hundred and fifty thousand people", 250_000),
        ("two and a half million people", 2_500_000),
        ("One of them died", 1),
        ("none of them were hurt", 0),
        ("nobody was hurt", 0),
        ("no one was hurt", 0),
    ],
)
def test_values(text: str, value: int) -> None:
    figure = one(text)
    assert (figure.low, figure.high, figure.bound) == (value, value, "exact")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a six-year-old girl", ["age"]),
        ("a man aged 34", ["age"]),
        ("Olena Petrenko, 34, was killed", ["age"]),
        ("girls aged 3, 5 and 7", ["age", "age", "age"]),
        ("children under five", ["age"]),
        ("on 9 March 2022", ["date", "date"]),
        ("on March 9, 2022", ["date", "date"]),
        ("at 5.30 pm, 0430 GMT, 14:30", ["clock", "clock", "clock"]),
        ("$2.3 million and 500 euros", ["money", "money"]),
        ("a convoy 25 metres long and a 250-kg bomb", ["distance", "distance"]),
        ("12 per cent, 12% and two-thirds", ["percent", "percent", "percent"]),
        ("School No 21, Su-34, T-72, F-16, G7", ["name"] * 5),
        ("Resolution 2334, Highway 1, Channel 4, the 72nd brigade", ["name"] * 4),
        ("a 150,000-strong force", ["denominator"]),
        ("a city of 260,000", ["denominator"]),
        ("a population of about 3,000", ["denominator"]),
        ("a 40-bed hospital", ["denominator"]),
        ("a nine-day siege that lasted two weeks", ["duration", "duration"]),
        ("for 12 hours and three years", ["duration", "duration"]),
        ("the third floor", ["ordinal"]),
        ("a seventh died", ["ordinal"]),
        ("Three of the 12 crew were shot", ["count", "denominator"]),
        ("three times as many, one in every five, one child in ten", ["percent"] * 3),
        ("roughly a third died, half were children", ["percent", "percent"]),
        ("a boy aged just 8, Ali, only seven, and a man, 45 years of age", ["age"] * 3),
        ("the brothers, 12 and 14, died", ["age", "age"]),
        ("girls between the ages of 6 and 12", ["age", "age"]),
        ("people over 60 cannot leave", ["age"]),
        ("men between 18 and 60 were taken", ["age"]),
        ("She had just turned 19 and he was only 7.", ["age", "age"]),
        ("the summer of '92, the '90s war, in 2022/23", ["date"] * 4),
        ("On Sunday 5 May 12 died.", ["date", "count"]),
        ("12 Oct 2023 – 3 killed", ["date", "date", "count"]),
        ("At ten to six, at 11 on Monday, by 9 last night", ["clock"] * 4),
        ("Rs. 200, KSh 500, 5,000 Syrian pounds and thousands of euros", ["money"] * 4),
        ("a ransom of 300 was paid", ["money"]),
        ("a .22 rifle, hundreds of metres away", ["distance", "distance"]),
        ("a couple of days, a two- or three-day battle", ["duration"] * 3),
        ("COP 28, France 24 said, a 911 call, 4x4s, 4G and P5+1", ["name"] * 7),
        ("voted 14 to 1, at 17 Lenin Street, +380 44 123 4567", ["name"] * 7),
        ("Hill 402, Task Force 47, block 7B and grid 37U", ["name"] * 4),
        ("relatives of the Kedron Four met the minister", ["name"]),
        ("the report of the Two Lakes Monitor names nothing else", ["name"]),
        ("people from five villages fled, in those 47 attacks", ["denominator"] * 2),
        (
            "a convoy of 14 lorries, five of them from one family",
            ["denominator", "count", "denominator"],
        ),
        ("one latrine for every three hundred", ["percent", "percent"]),
        ("between Friday 2 and Wednesday 7 February", ["date", "date"]),
        ("two men, 61 and 67, and two women", ["count", "age", "age", "count"]),
        ("three brothers, 12, 14 and 19, died", ["count", "age", "age", "age"]),
        ("three women in Gao, 12 in Sumy and 19 in Bria", ["count", "count", "count"]),
        ("a camp for 5,000, population: 900", ["denominator", "denominator"]),
        ("the number of people killed on Tuesday at 200.", ["count"]),
        ("They struck on Tuesday at 5, and on Monday at 1430.", ["clock", "clock"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in read(text)] == kinds
    for figure in read(text):
        if figure.kind != "count":
            assert (figure.low, figure.high, figure.bound) == (None, None, "none")


@pytest.mark.parametrize(
    "text",
    [
        "They no longer live there.",
        "There is no doubt about it.",
        "They accused one another.",
        "He was the one.",
        "There was no comment from the army.",
        "Some time passed.",
        "How many, nobody's list says.",
    ],
)
def test_traps_count_nothing(text: str) -> None:
    assert [f for f in read(text) if f.kind == "count" and f.low not in {None, 0}] == []


@pytest.mark.parametrize(
    "text",
    ["It will hold if nobody shoots.", "No one has been tried.", "Not one shell was fired.",
     "Neither side has answered."],
)  # fmt: skip
def test_a_zero_of_something_else_is_no_zero_of_harm(text: str) -> None:
    assert read(text) == ()


def test_numbers_that_count_nothing_are_no_figure() -> None:
    assert read("They were shot one by one, two by two, one at a time.") == ()
    assert read("No two accounts agree.") == ()


@pytest.mark.parametrize("text", ["Every day 12 die.", "12 die every ten minutes.", "12 a night"])
def test_a_rate_is_told_before_or_behind(text: str) -> None:
    assert (read(text)[0].low, read(text)[0].bound) == (None, "none")


def test_revision_is_two_figures() -> None:
    assert [f.low for f in read("The toll rose from 44 to 53.")] == [44, 53]


def test_month_and_count() -> None:
    assert [f.kind for f in read("In March 12 people were killed.")] == ["count"]
    assert [f.kind for f in read("On March 12 people fled.")] == ["date"]


def test_rates_state_no_number() -> None:
    figure = one("21 people a day die there")
    assert (figure.low, figure.high, figure.bound) == (None, None, "none")


def test_spans_count_code_points_of_the_whole_text() -> None:
    text = "𝔄 𝔅. At least twelve people died."
    (figure,) = find_figures(text, 5, len(text), LITERAL)
    assert text[figure.start : figure.end] == figure.as_written == "At least twelve"
    assert text[figure.core[0] : figure.core[1]] == "twelve"


def test_profiles_cite_their_source() -> None:
    assert set(load_number_profiles()) == {"literal", "acled-2017", "gtd-2017", "aoav", "airwars"}
    for profile in load_number_profiles().values():
        assert profile.source
        assert profile.edition
        assert set(profile.values) == set(LITERAL.values)
    with pytest.raises(WrongUsage, match="airwars"):
        load_number_profile("nobody's")


def test_profiles_differ() -> None:
    assert (one("dozens died", "acled-2017").low, one("several died", "acled-2017").low) == (12, 10)
    airwars = one("dozens died", "airwars")
    assert (airwars.low, airwars.high, airwars.basis) == (12, 24, "word:airwars")
    assert one("several died", "gtd-2017").low is None
    assert one("several died", "aoav").low is None
    assert one("18 died", "gtd-2017").low == 18


def test_sums_keep_their_bounds_and_parts() -> None:
    two, five = (Quantity(low=n, high=n, bound="exact") for n in (2, 5))
    assert sum_figures([two, five]) == Quantity(
        low=7, high=7, bound="exact", basis="arithmetic", parts=(2, 5)
    )
    several = Quantity(low=2, high=None, bound="word")
    assert (sum_figures([five, several]).low, sum_figures([five, several]).high) == (7, None)
    up_to = Quantity(low=None, high=3, bound="at_most")
    assert (sum_figures([five, up_to]).low, sum_figures([five, up_to]).high) == (5, 8)
    with pytest.raises(ValueError, match="at least one"):
        sum_figures([])


_HEDGES = {
    "": lambda n: (n, n, "exact"),
    "at least ": lambda n: (n, None, "at_least"),
    "more than ": lambda n: (n + 1, None, "more_than"),
    "fewer than ": lambda n: (None, n - 1, "fewer_than"),
    "up to ": lambda n: (None, n, "at_most"),
    "about ": lambda n: (n, n, "about"),
    "no fewer than ": lambda n: (n, None, "at_least"),
    "in excess of ": lambda n: (n + 1, None, "more_than"),
    "just short of ": lambda n: (None, n - 1, "fewer_than"),
    "close to ": lambda n: (None, n, "at_most"),
    "anywhere up to ": lambda n: (None, n, "at_most"),
    "in the region of ": lambda n: (n, n, "about"),
}
_BEHIND = {
    "": None,
    " or more": "at_least",
    " and counting": "at_least",
    " at most": "at_most",
    " or so": "about",
}
_COUNTED = ("civilians", "people", "homes", "pupils", "aid workers", "fishermen")


def _styles(number: int) -> list[str]:
    arabic = "".join(chr(0x660 + int(digit)) for digit in str(number))
    spelled = write_out(number)
    return [f"{number:,}", f"{number:,}".replace(",", "\u202f"), arabic, spelled, spelled.upper()]


@given(
    number=st.one_of(st.integers(2, 1700), st.integers(2100, 10**9)),
    hedge=st.sampled_from(sorted(_HEDGES)),
    style=st.integers(0, 4),
)
def test_what_is_written_out_is_read_back(number: int, hedge: str, style: int) -> None:
    text = f"Shelling killed {hedge}{_styles(number)[style]} civilians near the river."
    figure = one(text)
    assert (figure.low, figure.high, figure.bound) == _HEDGES[hedge](number)
    assert text[figure.start : figure.end] == figure.as_written
    assert figure.kind == "count"


@given(
    number=st.one_of(st.integers(2, 1700), st.integers(2100, 10**9)),
    style=st.integers(0, 4),
    behind=st.sampled_from(sorted(_BEHIND)),
    counted=st.sampled_from(_COUNTED),
    lead=st.sampled_from(["Shelling hit ", "They buried ", "By Friday night ", "In all, ", ""]),
)
def test_hedges_behind_the_number_and_any_noun(
    number: int, style: int, behind: str, counted: str, lead: str
) -> None:
    figure = one(f"{lead}{_styles(number)[style]}{behind} {counted} were counted.")
    bound = _BEHIND[behind] or "exact"
    assert figure.bound == bound
    assert figure.low == (None if bound == "at_most" else number)
    assert figure.high == (None if bound == "at_least" else number)


@given(st.integers(2, 40), st.integers(1, 40), st.sampled_from(["to", "-", "–", "or", "through"]))
def test_ranges_are_read_back(low: int, more: int, joint: str) -> None:
    glue = "" if joint in "-–" else " "
    figure = one(f"Shelling killed {low}{glue}{joint}{glue}{low + more} civilians.")
    assert (figure.low, figure.high, figure.bound) == (low, low + more, "between")


@given(st.integers(0, 10**12))
def test_values_are_read_back(number: int) -> None:
    assert find_value(write_out(number)) == number
    assert find_value(f"{number:,}") == number


_PIECES = st.sampled_from(
    [
        "at least",
        "no",
        "one",
        "of the",
        "12",
        "1",
        "207",
        "2014",
        "March",
        "May",
        "9",
        "-",
        "–",
        "and",
        "to",
        "or",
        "between",
        "from",
        "dozens",
        "a",
        "half",
        "million",
        "aged",
        "under",
        "year",
        "old",
        "$",
        "%",
        ".",
        "(",
        ")",
        "Su-34",
        "5.30",
        "pm",
        "hundred",
        "several",
        "more",
        "people",
        "third",
        "+",
        "",
        "",
        "the",
        "day",
        "٤٢",
        "²",
        "½",
        "é",
    ]
)


@given(st.lists(_PIECES, max_size=25), st.sampled_from([" ", ""]))
def test_any_text_gives_ordered_spans(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    end = 0
    for figure in read(text):
        assert end <= figure.start < figure.end
        assert text[figure.start : figure.end] == figure.as_written
        assert figure.start <= figure.core[0] < figure.core[1] <= figure.end
        end = figure.end


@pytest.mark.parametrize("piece", ["1 ,", "1,", "at least ", "between ", "1 to ", "and ", "1"])
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
    development = score_quantities(lines, "development")
    assert development.recall >= 0.98, development.misses
    assert development.extra <= 2, development.misses
    held_out = score_quantities(lines, "held_out")
    assert held_out.recall >= 0.94
    assert held_out.extra <= 1


@pytest.mark.parametrize(
    ("name", "floor"), [("second", 0.92), ("third", 0.98), ("fourth", 0.99), ("fifth", 0.98)]
)
def test_floors_of_later_sets(name: str, floor: float) -> None:
    score = score_quantities(load_phrases(GOLD.with_stem(f"quantities_{name}")), "all")
    assert score.recall >= floor
    assert score.extra <= 1


def test_second_annotator_labels_the_same_texts() -> None:
    lines, again = load_phrases(GOLD), load_phrases(GOLD.with_stem("quantities_again"))
    assert [line["text"] for line in lines[1::2]] == [line["text"] for line in again]
    agreed = score_second_annotator(lines, again)
    assert 0.95 < agreed.recall < 1
