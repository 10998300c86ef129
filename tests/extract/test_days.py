"""Days that a report gives once for much that it tells: diaries, posts, tables, aftermaths."""

from __future__ import annotations

from datetime import date

import pytest
from told import make_item, read_report

from harmledger.core.claim import Claim
from harmledger.core.document import Text
from harmledger.core.when import When
from harmledger.extract import ClaimExtractor
from harmledger.extract.times import find_days_written, find_times
from harmledger.read import read_item

WEDNESDAY = date(2024, 5, 15)


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


def days(text: str) -> list[When]:
    return [hit.when for hit in find_times(text, 0, len(text), WEDNESDAY)]


TOGETHER = [
    ("a three-day raid on the valley that began on 6 May", "2024-05-06/2024-05-08"),
    ("during the two-day operation launched on Sunday", "2024-05-12/2024-05-13"),
    ("between Friday 3 May and midnight on Tuesday", "2024-05-03/2024-05-14"),
    ("in the night of 3/4 May", "2024-05-03/2024-05-04"),
    ("a raid that began on 6 May", "2024-05-06"),
    ("a nine-day wait for visas. It began on 6 May", "2024-05-06"),
    ("half an hour ago", "2024-05-15"),
    ("five hours ago", "2024-05-14/2024-05-15"),
]


@pytest.mark.parametrize(("phrase", "edtf"), TOGETHER, ids=[t[0] for t in TOGETHER])
def test_phrases_that_say_more_together(phrase: str, edtf: str) -> None:
    assert [when.edtf for when in days(phrase) if when.edtf] == [edtf]


def test_a_weekday_told_after_its_date_is_that_date() -> None:
    found = days("The depot burned on 14 April, before the Sunday market opened.")
    assert [when.edtf for when in found] == ["2024-04-14", "2024-04-14"]
    other = days("The depot burned on 14 April, and the Friday market stayed shut.")
    assert [when.edtf for when in other] == ["2024-04-14", "2024-05-10"]


def test_the_weekday_of_saying_so_is_not_the_date_of_what_is_said() -> None:
    """3 October 2015 was a Saturday, as was the day it was said on."""
    text = "The strike on 3 October killed 42 people, the charity said on Saturday."
    told = [hit.when.edtf for hit in find_times(text, 0, len(text), date(2015, 12, 12))]
    assert told == ["2015-10-03", "2015-12-12"]


def test_hours_later_is_still_that_day() -> None:
    found = days("Two were shot on Monday and a third a few hours later.")
    assert [when.edtf for when in found] == ["2024-05-13", "2024-05-13"]
    weeks = days("Two were shot on Monday and a third a few weeks later.")
    assert weeks[1].edtf is None


def test_a_weekday_with_the_number_of_its_day() -> None:
    assert [when.edtf for when in days("Monday 29")] == ["2024-04-29"]
    assert [when.edtf for when in days("Monday 28 (market day)")] != ["2024-04-28"]
    counted = days("On Monday 29 people were shot dead.")
    assert [when.edtf for when in counted] == ["2024-05-13"]


def written(body: str) -> tuple[Text, dict[int, date]]:
    _, text = read_item(make_item(body))
    return text, {n: entry.day for n, entry in find_days_written(text, WEDNESDAY).entries.items()}


def test_what_a_post_calls_today_is_its_own_day(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "[13 May, 21:05] Shells killed two bakers in Idlib this evening.\n\n"
        "[14 May, 09:30] Rockets wounded six pupils in Maarat today.",
    )
    assert day(read.one("killed")) == "2024-05-13", read.summary()
    assert day(read.one("injured")) == "2024-05-14", read.summary()


def test_one_stamp_makes_no_diary() -> None:
    text, entries = written("[13 May, 21:05] Shells fell today.\n\nTwo bakers were killed today.")
    assert len(text.blocks) == 2
    assert entries == {}


def test_a_date_told_in_an_entry_is_counted_from_publication(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**Friday 10 May.** Gunmen wounded two herders in Idlib.\n\n"
        "**Saturday 11 May.** The village was shelled again on 14 May and four people were killed "
        "in Idlib.",
    )
    assert day(read.one("killed")) == "2024-05-14", read.summary()


def test_numbered_posts_have_the_day_of_their_thread(extractor: ClaimExtractor) -> None:
    head = "*A thread posted from Idlib on Monday 13 May 2024*"
    posts = (
        "**1.** Four bodies lie in the clinic of Idlib after the raid.\n\n"
        "**2.** A nurse counts nine wounded by the shells.\n\n"
        "**3.** The power is back."
    )
    read = read_report(extractor, f"{head}\n\n{posts}")
    assert day(read.one("injured")) == "2024-05-13", read.summary()
    plain = read_report(extractor, f"*Minutes of a meeting of Monday 13 May 2024*\n\n{posts}")
    assert day(plain.one("injured")) is None, plain.summary()


def test_a_column_headed_by_a_period_is_of_that_period(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Shelling drove people from their homes around Idlib.\n\n"
        "| District | Displaced by shelling, 1–7 May | Killed, 8–14 May |\n|---|---|---|\n"
        "| Ariha | 240 | 3 |\n| Harem | 90 | 1 |",
    )
    rows = [c for c in read.of("displaced") if c.span.quote in {"240", "90"}]
    assert [day(c) for c in rows] == ["2024-05-01/2024-05-07"] * 2, read.summary()
    assert {day(c) for c in read.of("killed")} == {"2024-05-08/2024-05-14"}, read.summary()


def test_a_table_is_of_the_period_told_above_it(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed 13 people in Idlib province in the first quarter of 2024.\n\n"
        "### By district\n\n| District | Killed |\n|---|---|\n| Ariha | 9 |\n| Harem | 4 |",
    )
    rows = [c for c in read.claims if c.span.quote in {"9", "4"}]
    assert {day(c) for c in rows} == {"2024-01-01/2024-03-31"}, read.summary()


def test_those_buried_were_killed_on_the_day_that_is_told(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Residents of Idlib buried on Tuesday nine farmers who were shot dead by gunmen on Sunday.",
    )
    assert day(read.one("killed")) == "2024-05-12", read.summary()


def test_a_response_without_another_day_keeps_its_own(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Gunmen shot dead nine farmers in Idlib on Tuesday as they buried a neighbour."
    )
    assert day(read.one("killed")) == "2024-05-14", read.summary()


def test_days_counted_back_over_a_long_clause(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Families were still arriving in Idlib on Tuesday, two days after gunmen on motorcycles "
        "swept through the hamlets in the west of the district and killed 31 people.",
    )
    assert day(read.one("killed")) == "2024-05-12", read.summary()


def test_how_often_is_not_when(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Rockets hit the market of Idlib on Monday.\n\n"
        "The next day the power station was struck for the third time since March, and shells "
        "killed two guards there.",
    )
    assert day(read.one("killed")) == "2024-05-14", read.summary()


def test_the_figure_of_last_weeks_bulletin_is_of_no_last_week(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Last week's bulletin said that shells had wounded four people in Idlib on 2 May.",
    )
    assert day(read.one("injured")) == "2024-05-02", read.summary()


def test_nobody_says_a_thing_since_friday(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Some 4,000 people in Idlib have had no water since Friday, when shells hit the pumps, the "
        "water board said on Tuesday.",
    )
    assert day(read.one("service_denied")) == "2024-05-10/2024-05-15", read.summary()


def test_the_attackers_elsewhere_are_of_the_same_day(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed 14 passengers on the road to Idlib on Monday.\n\n"
        "The attackers also burned a church in Harem.",
    )
    assert day(read.one("object_struck")) == "2024-05-13", read.summary()


def test_another_matter_elsewhere_is_not(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed 14 passengers on the road to Idlib on Monday.\n\n"
        "A church was burned in Aleppo by a mob.",
    )
    assert day(read.one("object_struck")) is None, read.summary()


def test_the_words_above_a_list_say_where_it_counts(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Between 6 and 12 May the Northern Rights Circle documented, in the city of Aleppo alone:"
        "\n\n- 14 people shot dead by gunmen;\n- nine people abducted for ransom.",
    )
    for harm in ("killed", "abducted"):
        claim = read.one(harm)
        assert claim.place is not None, read.summary()
        assert claim.place.name == "Aleppo", read.summary()
        assert day(claim) == "2024-05-06/2024-05-12", read.summary()


def test_a_row_is_of_the_place_it_names_and_a_sum_of_all(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed people in three towns of Idlib province.\n\n"
        "| Town | Killed |\n|---|---|\n| Idlib | 9 |\n| Qorvash | 4 |\n| Both | 13 |",
    )
    rows = {c.span.quote: c for c in read.claims}
    assert rows["4"].place is not None, read.summary()
    assert rows["4"].place.as_written == "Qorvash", read.summary()
    assert rows["13"].place is None or rows["13"].place.as_written != "Both", read.summary()


def test_a_rape_told_with_no_place_is_where_the_report_stands(extractor: ClaimExtractor) -> None:
    body = (
        "Gunmen killed six people in Aleppo on Monday.\n\nResidents of Aleppo fled at night.\n\n"
        "Eleven women have been treated for rape, a nurse said."
    )
    claim = read_report(extractor, body).one("sexual_violence")
    assert claim.place is not None
    assert claim.place.name == "Aleppo"
    elsewhere = read_report(
        extractor, body.replace("Eleven women", "Separately, eleven women")
    ).one("sexual_violence")
    assert elsewhere.place is None


def test_a_dateline_in_italics_is_no_day_of_what_it_tells(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "*Damascus, 15 May 2024* – We are appalled by reports that drones dropped grenades on a "
        "wedding in Idlib on the evening of 13 May. Nine guests were killed.",
    )
    claim = read.one("killed")
    assert day(claim) == "2024-05-13", read.summary()
    assert claim.place is not None, read.summary()
    assert claim.place.name == "Idlib", read.summary()


def test_a_label_in_bold_still_dates_its_line(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**Idlib, 13 May 2024.** Gunmen shot dead two clerks.\n\n"
        "**Aleppo, 14 May 2024.** A shell wounded three porters.",
    )
    assert day(read.one("killed")) == "2024-05-13", read.summary()
    assert day(read.one("injured")) == "2024-05-14", read.summary()


def test_from_dusk_until_morning_is_two_days() -> None:
    assert days("from Saturday dusk until past 3 a.m.")[0].edtf == "2024-05-11/2024-05-12"
    assert days("from Saturday dusk until 11 p.m.")[0].edtf == "2024-05-11"
    assert days("on Saturday, until 3 a.m.")[0].edtf == "2024-05-11"


def test_where_those_who_fled_are_is_not_where_houses_burned(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed nine villagers in Idlib on Monday. Two barns were set ablaze, and the "
        "families have been lodged in Aleppo.",
    )
    claim = read.one("object_struck")
    assert claim.place is None or claim.place.name != "Aleppo", read.summary()


def test_a_strange_name_among_labels_of_places_is_a_place(extractor: ClaimExtractor) -> None:
    lines = (
        "* **Idlib.** Gunmen shot dead two clerks.\n* **Aleppo.** A shell wounded three porters.\n"
        "* **Homs.** A mine killed a shepherd.\n* **Ardoukane.** Drones wrecked eight houses.\n"
    )
    claim = read_report(extractor, f"## 6 to 12 May\n\n{lines}").one("object_struck")
    assert claim.place is not None
    assert claim.place.as_written == "Ardoukane"
    topics = lines.replace("Aleppo", "Health").replace("Homs", "Shelter")
    plain = read_report(extractor, f"## 6 to 12 May\n\n{topics}").one("object_struck")
    assert plain.place is None or plain.place.as_written != "Ardoukane"


def test_the_day_of_a_correction_is_no_day_of_the_harm(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**CORRECTION, 15 May:** An earlier version of this report said that 30 people had been "
        "killed in the raid on Idlib.\n\nGunmen raided Idlib on Monday, killing 13 people.",
    )
    assert all(day(claim) != "2024-05-15" for claim in read.claims), read.summary()


def test_the_edition_of_a_day_dates_no_harm(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "The edition of 2 May gave 58 people killed by shells in Idlib; it was 38."
    )
    assert all(day(claim) != "2024-05-02" for claim in read.claims), read.summary()
    told = read_report(extractor, "The raid of 2 May left 58 people killed by shells in Idlib.")
    assert day(told.one("killed")) == "2024-05-02", told.summary()
