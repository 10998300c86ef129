"""What a report says once of where and when much of it was: heads, labels, names, its lead."""

from __future__ import annotations

from datetime import date

import pytest
from told import Read, read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor
from harmledger.extract.times import find_times


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


def town(claim: Claim) -> str | None:
    return (claim.place.name or claim.place.as_written) if claim.place is not None else None


def low(read: Read, number: int) -> Claim:
    """The claim of one figure."""
    found = [c for c in read.claims if c.quantity.low == number]
    assert len(found) == 1, read.summary()
    return found[0]


# ---- names that no gazetteer has ---------------------------------------------------------------

UNLISTED = [
    ("Shells wounded six traders in Idlib's Qorvash sub-district on Monday.", "Qorvash"),
    ("Gunmen entered the community of Qorvash on Monday and wounded six traders.", "Qorvash"),
    ("*13 May, Qorvash (Idlib).* Gunmen wounded six traders.", "Qorvash"),
    ("Six traders were wounded in a raid on Monday on Qorvash.", "Qorvash"),
    ("Guards live in Qorvash.\n\nSix traders were wounded when gunmen raided Qorvash on Monday.",
     "Qorvash"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "name"), UNLISTED, ids=[u[0][:40] for u in UNLISTED])
def test_a_name_in_the_position_of_a_place_is_one(
    extractor: ClaimExtractor, body: str, name: str
) -> None:
    read = read_report(extractor, body)
    assert town(read.one("injured")) == name, read.summary()


@pytest.mark.parametrize(
    "body",
    [
        "Fighters of the Banner of Qorvash wounded six traders in Idlib on Monday.",
        "A shell fell on Qorvash Street in Idlib on Monday and wounded six traders.",
        "Gunmen wounded six traders in Idlib on Monday, said Omar Qorvash. All fled, Qorvash said.",
    ],
)
def test_a_name_of_a_body_a_street_or_a_person_is_no_place(
    extractor: ClaimExtractor, body: str
) -> None:
    assert town(read_report(extractor, body).one("injured")) == "Idlib"


def test_a_short_town_in_capitals_is_where_the_report_is_filed(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "HOMS, Syria — Gunmen stormed this northern town on Monday and killed 31 people. "
        "Nineteen people were wounded.",
    )
    assert town(read.one("killed")) == "Homs", read.summary()
    away = read_report(
        extractor, "HOMS, Syria — Gunmen stormed a town on Monday and killed 31 people."
    )
    assert not any(n.rule == "place:definite_place" for c in away.claims for n in c.trace)


# ---- places and days that are of something else ------------------------------------------------


def test_the_town_somebody_is_from_and_the_day_of_a_burial(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "A bomb killed five passengers on a bus in Aleppo on Sunday. One of them was a student "
        "from Idlib.\n\nTwo of the dead were buried on Monday.\n\n"
        "Of the 23 wounded, three are soldiers.",
    )
    assert town(low(read, 23)) == "Aleppo", read.summary()
    buried = [c for c in read.claims if c.quantity.low == 2]
    assert all(day(c) != "2024-05-13" for c in buried), read.summary()


def test_the_town_a_thread_is_posted_from_is_not_where_it_happened(
    extractor: ClaimExtractor,
) -> None:
    read = read_report(
        extractor,
        "*A reporter's thread, posted from Damascus on Wednesday 15 May 2024*\n\n"
        "A long night in Idlib. Fifteen people were shot and wounded by troops.",
    )
    assert town(read.one("injured")) == "Idlib", read.summary()


# ---- the lead and the day told after it --------------------------------------------------------

LEAD = (
    "The number of people killed when gunmen stormed a grain market outside Idlib has risen to 31, "
    "the agency said on Tuesday.\n\n"
    "Fighters of the Harrow Front rode in on Saturday and fired into the crowd, three survivors "
    "said. Among the dead were four children."
)


def test_what_armed_people_did_on_a_day_dates_the_lead(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, LEAD)
    assert day(low(read, 31)) == "2024-05-11", read.summary()
    assert day(low(read, 4)) == "2024-05-11", read.summary()


def test_a_headline_takes_no_day_from_what_follows(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, LEAD.replace("The number", "# Nine killed in Idlib\n\nThe number")
    )
    assert day(low(read, 9)) is None, read.summary()


def test_what_a_ministry_did_on_a_day_dates_no_lead(extractor: ClaimExtractor) -> None:
    other = LEAD.replace(
        "Fighters of the Harrow Front rode in on Saturday and fired into the crowd, three "
        "survivors said.",
        "The ministry opened a fund for the families on Saturday.",
    )
    assert day(low(read_report(extractor, other), 31)) is None


# ---- heads, labels and tables ------------------------------------------------------------------

HOURS = """Kherson Oblast. What happened over the past 24 hours

Because of shelling 2 people died and 11 more were wounded.

**Beryslav.** A drone dropped a grenade on Tuesday and killed a farmer.
"""


def test_a_head_gives_its_area_and_hours_to_the_sum_below_it(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, HOURS)
    claim = low(read, 11)
    assert claim.place is not None, read.summary()
    assert claim.place.as_written == "Kherson Oblast", read.summary()
    assert (day(claim), claim.quantity.scope) == ("2024-05-14/2024-05-15", "period_total")
    farmer = low(read, 1)
    assert (day(farmer), farmer.quantity.scope) == ("2024-05-14", "incident"), read.summary()
    assert town(farmer) == "Beryslav", read.summary()


MONTHLY = """IDLIB WATCH MONTHLY | APRIL 2024

**The month in figures**

- Civilians killed by shells: 142 (March: 118). By district: Aleppo 81, Homs 44, Hama 17.
- Abducted by gunmen: 96.
"""


def test_a_line_with_a_bar_heads_a_report(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, MONTHLY)
    for number in (142, 96):
        claim = low(read, number)
        assert (day(claim), claim.quantity.scope) == ("2024-04", "period_total"), read.summary()
        assert claim.place is not None, read.summary()
        assert claim.place.as_written.title() == "Idlib", read.summary()
    assert day(low(read, 118)) == "2024-03", read.summary()


def test_shares_of_a_total_over_places_are_its_parts(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, MONTHLY)
    whole = low(read, 142)
    for number, name in ((81, "Aleppo"), (44, "Homs"), (17, "Hama")):
        share = low(read, number)
        assert (share.part_of, share.harm, town(share)) == (whole.id, "killed", name)
        assert (day(share), share.quantity.scope) == ("2024-04", "period_total"), read.summary()
    short = read_report(extractor, MONTHLY.replace("Hama 17", "Hama 16"))
    assert not [c for c in short.claims if c.quantity.low in {81, 44, 16}], short.summary()


def test_a_place_in_bold_holds_to_the_next(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**Idlib.** Fighting was fierce here.\n\n- A shell wounded three porters on 7 May.\n\n"
        "**Aleppo.** Here it was quieter.\n\n- Gunmen shot dead two clerks on 8 May.\n\n"
        "**Not counted.** Gunmen abducted nine men on 9 May.",
    )
    assert town(read.one("injured")) == "Idlib", read.summary()
    assert town(read.one("killed")) == "Aleppo", read.summary()
    assert town(low(read, 9)) != "Aleppo", read.summary()


WARDS = """**EMERGENCY BULLETIN 3 — 5 May 2024**

*Subject: casualties of the fighting in Homs, 2–4 May*

| Facility | Dead | Wounded |
|:--|--:|--:|
| Homs Teaching Hospital | 9 | 34 |
| Aleppo General Hospital | 2 | 11 |
"""


def test_hospitals_of_a_table_are_not_where_the_hurt_were_hurt(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, WARDS)
    for number in (9, 34, 2, 11):
        claim = low(read, number)
        assert town(claim) == "Homs", read.summary()
        assert (day(claim), claim.quantity.scope) == ("2024-05-02/2024-05-04", "incident")
    towns = read_report(extractor, WARDS.replace("Facility", "Town"))
    assert town(low(towns, 11)) == "Aleppo", towns.summary()


def test_a_table_of_a_period_is_no_incident(extractor: ClaimExtractor) -> None:
    plain = WARDS.replace("casualties of the fighting in Homs", "civilians hit by shells in Homs")
    assert low(read_report(extractor, plain), 34).quantity.scope == "period_total"


# ---- times and scope ---------------------------------------------------------------------------

WRITTEN = [
    ("Our clinics, January to March 2024", ["2024-01/2024-03"]),
    ("Bulletin 3 — 5 May 2024", ["2024-05-05"]),
    ("from 3 — 5 May 2024", ["2024-05-03/2024-05-05"]),
    ("142 killed (March: 118)", ["2024-03"]),
    ("142 killed (marched: 118)", []),
]


@pytest.mark.parametrize(("text", "edtf"), WRITTEN, ids=[w[0] for w in WRITTEN])
def test_months_and_numbers_of_reports(text: str, edtf: list[str]) -> None:
    found = find_times(text, 0, len(text), date(2024, 5, 15))
    assert [hit.when.edtf for hit in found] == edtf


def test_have_since_died_is_no_running_total(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "A shell wounded 22 people in Homs on Monday. Two have since died."
    )
    (died,) = (c for c in read.claims if c.harm == "killed")
    assert died.quantity.scope == "incident", read.summary()


def test_the_worst_day_since_a_month_dates_what_was_then(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "It was the bloodiest day in the district since February, when 44 traders were shot dead "
        "by gunmen in Homs.",
    )
    claim = low(read, 44)
    assert (day(claim), claim.quantity.scope) == ("2024-02", "incident"), read.summary()


ARRIVALS = """# Flash update (as of 15 May 2024)

Rebels shelled Idlib, and 14,300 people fled the town between 6 and 12 May.

| Place of arrival | Displaced |
|---|---|
| Homs | 9,500 |
| Hama | 4,800 |
"""


def test_cells_that_add_up_to_a_figure_told_above_are_of_its_time(
    extractor: ClaimExtractor,
) -> None:
    read = read_report(extractor, ARRIVALS)
    whole = low(read, 14300)
    cell = low(read, 9500)
    assert (cell.part_of, day(cell)) == (whole.id, "2024-05-06/2024-05-12"), read.summary()
    assert cell.quantity.scope == "period_total", read.summary()
    other = read_report(extractor, ARRIVALS.replace("4,800", "4,900"))
    assert day(low(other, 9500)) != "2024-05-06/2024-05-12", other.summary()


def test_numbers_that_lie_apart_are_in_no_hospital(extractor: ClaimExtractor) -> None:
    """Nobody lies in a hospital here: the town is where it happened, and not where the hurt are."""
    read = read_report(
        extractor,
        "# Lower counts for Idlib hospital\n\nTwo days after the explosion at a hospital in Ariha, "
        "the numbers given for the dead lie far apart. Doctors speak of 40 people killed.",
    )
    assert town(low(read, 40)) == "Ariha", read.summary()


def test_a_label_in_two_pieces_around_its_day_names_no_place(extractor: ClaimExtractor) -> None:
    body = "Open Notebook — Alerts, October 2025. Soldiers shot nine people."
    assert len(read_report(extractor, body).claims) == 1
