"""When and where a claim happened, and over what span its figure counts (rules 18–22, 26)."""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


def town(claim: Claim) -> str | None:
    return claim.place.name if claim.place is not None else None


DATED = [
    (
        "Since January shelling in Donetsk has killed nine people, the count of the mayor says.",
        "2024-01-01/2024-05-15",
    ),
    (
        "The mayor reported nine people killed in shelling in Donetsk between 1 and 6 May.",
        "2024-05-01/2024-05-06",
    ),
    ("Nine people were killed in shelling in Donetsk on Monday.", "2024-05-13"),
    ("Nine people were killed in shelling in Donetsk on Wednesday.", "2024-05-15"),
    ("Nine people were killed in shelling in Donetsk yesterday.", "2024-05-14"),
    ("Nine people were killed in shelling in Donetsk overnight.", "2024-05-14/2024-05-15"),
    ("Nine people were killed in shelling in Donetsk on 3 May.", "2024-05-03"),
    ("Nine people were killed in shelling in Donetsk on 5 March 2022.", "2022-03-05"),
    ("Nine people were killed in shelling in Donetsk.", None),
    (
        "Nine people were killed in shelling in Donetsk, according to reports that emerged between "
        "Saturday and Monday.",
        None,
    ),
    ("The shelling in Donetsk killed nine people, the mayor said on Monday.", None),
]


@pytest.mark.parametrize(("body", "edtf"), DATED, ids=[d[0] for d in DATED])
def test_dates(extractor: ClaimExtractor, body: str, edtf: str | None) -> None:
    read = read_report(extractor, body)
    assert day(read.one("killed")) == edtf, read.summary()


def test_a_dateline_is_not_the_incidents_date(extractor: ClaimExtractor) -> None:
    body = "KHARTOUM, May 14 – Eight people were killed by artillery fire, medics said."
    assert day(read_report(extractor, body).one("killed")) is None


def test_a_definite_description_takes_date_and_place(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Nine people were killed in an air strike on a hospital in Idlib on 3 May 2024. "
        "Two doctors were injured in the hospital bombing.",
    )
    claim = read.one("injured")
    assert (day(claim), town(claim)) == ("2024-05-03", "Idlib")
    carried = {t.field: t.rule for t in claim.trace if "definite" in t.rule}
    assert {"place", "occurred"} <= set(carried)  # the carrying is on record


def test_a_plural_definite_description_carries_too(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Air strikes hit Mekelle on 10 May 2024. "
        "Medics in the city said six people were killed in the air strikes.",
    )
    claim = read.one("killed")
    assert (day(claim), town(claim)) == ("2024-05-10", "Mekelle")


def test_the_attack_takes_date_and_place(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen attacked a bus near Gao on Friday. "
        "Six passengers were killed and 11 wounded in the attack.",
    )
    for claim in (read.one("killed"), read.one("injured")):
        assert (day(claim), town(claim)) == ("2024-05-10", "Gao")


def test_there_takes_place_and_date(extractor: ClaimExtractor) -> None:
    body = (
        "On Monday, shells hit a market in Kherson. "
        "Three people were killed there, the regional governor said."
    )
    claim = read_report(extractor, body).one("killed")
    assert (town(claim), day(claim)) == ("Kherson", "2024-05-13")


def test_a_week_later_has_its_own_day(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Nine people were killed in Kherson on 3 May 2024 in shelling. "
        "A week later, on Friday, four more died in Nikopol in shelling.",
    )
    assert {(town(c), day(c)) for c in read.of("killed")} == {
        ("Kherson", "2024-05-03"),
        ("Nikopol", "2024-05-10"),
    }


def test_a_day_after_counts_from_the_attack_it_names(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "A missile strike on a market in Kharkiv on Monday killed nine people. "
        "A drone killed two people in Sumy a day after the market strike.",
    )
    assert {(town(c), day(c)) for c in read.of("killed")} == {
        ("Kharkiv", "2024-05-13"),
        ("Sumy", "2024-05-14"),
    }


def test_a_speakers_office_is_not_the_place(extractor: ClaimExtractor) -> None:
    body = "Kharkiv governor Oleh Synehubov said three people were wounded in shelling on Monday."
    claim = read_report(extractor, body).one("injured")
    assert town(claim) is None
    assert day(claim) == "2024-05-13"


def test_a_speakers_office_is_not_the_place_beside_another(extractor: ClaimExtractor) -> None:
    body = "Kharkiv governor Oleh Synehubov said three people were wounded in Izium on Monday."
    claim = read_report(extractor, body).one("injured")
    assert town(claim) == "Izium"
    assert day(claim) == "2024-05-13"


@pytest.mark.parametrize(
    ("body", "name", "precision"),
    [
        ("Nine people were killed in shelling in Kherson.", "Kherson", 1),
        ("Nine people were killed in shelling near Kherson.", "Kherson", 2),
        ("Nine people were killed in clashes in Plateau state, Nigeria.", "Plateau", 4),
    ],
)
def test_place_precision(extractor: ClaimExtractor, body: str, name: str, precision: int) -> None:
    place = read_report(extractor, body).one("killed").place
    assert place is not None
    assert (place.name, place.precision) == (name, precision)


def test_a_country_has_a_code_and_no_point(extractor: ClaimExtractor) -> None:
    place = (
        read_report(extractor, "Nine people were killed in shelling in Ukraine.")
        .one("killed")
        .place
    )
    assert place is not None
    assert (place.country, place.lat, place.lon, place.precision) == ("UKR", None, None, 6)


SCOPES = [
    ("More than 200 people were killed across the country last month in raids.", "period_total"),
    ("At least 1,300 people have been killed in Darfur since the war began.", "running_total"),
    ("In total 45 people have been killed in the siege of El Fasher.", "running_total"),
    (
        "Three days into the offensive, 50 people have been killed in Tigray, doctors said.",
        "running_total",
    ),
    ("In 2023, 400 people were killed in violence in Plateau state.", "period_total"),
    (
        "From January to March, 90 civilians were killed in Sagaing, the monitoring group said.",
        "period_total",
    ),
    (
        "Nearly 300 people have been killed in Gaza in the past 24 hours, the ministry said.",
        "period_total",
    ),
    ("Nine people were killed in shelling in Donetsk on Monday.", "incident"),
    ("Summing up the day: nine people killed by shells in Sumy and Konotop.", "period_total"),
    (
        "Since January the army has counted four attacks in Homs, in which 19 people were killed.",
        "running_total",
    ),
    ("In May 2023 gunmen killed 90 villagers near Jos in a single night.", "incident"),
    ("In the past three weeks gunmen have killed 90 villagers near Jos.", "running_total"),
]


def test_a_few_missing_since_a_raid_are_of_the_raid(extractor: ClaimExtractor) -> None:
    few = "Two nurses have not been seen since the rebels' raid on Bria."
    many = "Since the rebels' raid on Bria 140 people are missing."
    assert read_report(extractor, few).one("missing").quantity.scope == "incident"
    assert read_report(extractor, many).one("missing").quantity.scope == "running_total"


def test_a_table_without_days_is_of_a_period(extractor: ClaimExtractor) -> None:
    body = "Rebels raided two districts.\n\n| District | Killed | Displaced |\n|---|---|---|\n"
    read = read_report(extractor, body + "| Bria | 4 | 90 |\n| Ippy | 3 | 60 |\n")
    scopes = {c.harm: c.quantity.scope for c in read.claims if c.quantity.low in {4, 90}}
    assert scopes == {"killed": "period_total", "displaced": "incident"}, read.summary()


@pytest.mark.parametrize(("body", "scope"), SCOPES, ids=[s[0] for s in SCOPES])
def test_scope(extractor: ClaimExtractor, body: str, scope: str) -> None:
    read = read_report(extractor, body)
    assert read.one("killed").quantity.scope == scope, read.summary()


def test_since_with_no_date_has_an_open_start(extractor: ClaimExtractor) -> None:
    body = "At least 1,300 people have been killed in Darfur since the war began."
    assert day(read_report(extractor, body).one("killed")) == "../2024-05-15"


UNDATED = """Nine people were killed in shelling in Kherson on Monday.

At least 40 people were wounded in Kharkiv yesterday when a rocket hit a market.

Two policemen were shot dead in Odesa on 3 March 2022."""


def test_without_a_publication_date_relative_dates_stay_open(extractor: ClaimExtractor) -> None:
    dated = read_report(extractor, UNDATED)
    undated = read_report(extractor, UNDATED, published=None)
    assert [(c.harm, figure(c)) for c in undated.claims] == [
        (c.harm, figure(c)) for c in dated.claims
    ]
    assert undated.reasons().count("no_publication_date") == 1
    assert "no_publication_date" not in dated.reasons()
    relative = [
        c.occurred
        for c in undated.claims
        if c.occurred is not None and c.occurred.as_written in {"on Monday", "Monday", "yesterday"}
    ]
    assert relative
    assert {(w.edtf, w.earliest, w.latest) for w in relative} == {(None, None, None)}
    assert day(undated.of("killed")[-1]) == "2022-03-03"


def test_every_field_has_its_own_trace(extractor: ClaimExtractor) -> None:
    body = (
        "At least 14 civilians were killed in a rocket attack on a "
        "market in Aleppo on 12 May 2024, "
        "the mayor said."
    )
    read = read_report(extractor, body)
    claim = read.one("killed")
    traced = {t.field: read.text.text[t.start : t.end] for t in claim.trace}
    assert {"harm", "quantity", "place", "occurred"} <= set(traced)
    assert "Aleppo" in traced["place"]
    assert "12 May 2024" in traced["occurred"]
    assert all(t.rule for t in claim.trace)


SEVERAL = [
    ("In January, 26 people were killed by gunmen around Taiz and Aden.", {"Taiz", "Aden"}),
    ("Gunmen killed nine farmers between Taiz and Aden.", {"Taiz", "Aden"}),
    ("Shelling killed nine people in Taiz.", {"Taiz"}),
    ("Shelling killed nine people at Taiz, in Yemen.", {"Taiz"}),
]


@pytest.mark.parametrize(("body", "names"), SEVERAL, ids=[s[0] for s in SEVERAL])
def test_places_named_in_one_breath_are_all_kept(
    extractor: ClaimExtractor, body: str, names: set[str]
) -> None:
    read = read_report(extractor, body)
    place = read.one("killed").place
    assert place is not None
    assert {(p.name or p.as_written) for p in (place.members or (place,))} == names, read.summary()


def test_the_city_is_the_one_the_report_is_about(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Shells fell on Taiz on Monday. Hospitals in Taiz were full, and Taiz was without water. "
        "Fighters took two traders near Ibb last month. Nine people were killed in the city.",
    )
    assert town(read.one("killed")) == "Taiz", read.summary()


def test_a_state_lasts_since_what_was_told(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "A drone destroyed the power station in Taiz on 2 May and the town has been without "
        "electricity since.",
    )
    assert day(read.one("service_denied")) == "2024-05-02/2024-05-15", read.summary()
    assert day(read.one("object_struck")) == "2024-05-02"


def test_posts_by_the_clock_are_of_the_day(extractor: ClaimExtractor) -> None:
    live = (
        "**09:05** Shells hit a school in Taiz.\n\n**11:20** Two teachers were killed by shells in "
        "Taiz.\n\n**14:48** A mosque in Ibb was destroyed by rockets.\n"
    )
    read = read_report(extractor, live)
    assert {day(c) for c in read.claims} == {"2024-05-15"}, read.summary()


def test_two_clock_times_make_no_live_report(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**09:05** Shells hit a school in Taiz.\n\n**11:20** Two teachers were killed in Taiz.\n",
    )
    assert {day(c) for c in read.claims} == {None}, read.summary()


def test_the_week_before_the_one_that_is_counted(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "From 6 to 12 May gunmen killed 11 civilians in Taiz, against 24 the week before.",
    )
    days = {c.quantity.low: day(c) for c in read.of("killed")}
    assert days == {11: "2024-05-06/2024-05-12", 24: "2024-04-29/2024-05-05"}, read.summary()


def test_where_goes_on_with_the_night_of_its_sentence(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "The worst came in the night between 11 and 12 May in Taiz, where gunmen killed six.",
    )
    assert day(read.one("killed")) == "2024-05-11/2024-05-12", read.summary()


def test_a_period_up_to_now_is_a_running_total(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Mines have killed 31 people around Taiz in the past 12 months, deminers said."
    )
    assert read.one("killed").quantity.scope == "running_total"
    read = read_report(extractor, "More than 40 people were wounded by shells in Taiz since 1 May.")
    assert day(read.one("injured")) == "2024-05-01/2024-05-15"


WEEKLY = """# Weekly count, 6–12 May 2024

Shelling went on around Taiz, where gunmen killed two traders on 8 May.

During the week shells wounded 19 people in Taiz.

In the week before last month's truce rebels killed six people in Ibb.
"""


def test_the_week_is_the_one_the_report_covers(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, WEEKLY)
    claim = read.one("injured")
    assert (day(claim), claim.quantity.scope) == ("2024-05-06/2024-05-12", "period_total")
    killed = {c.quantity.low: day(c) for c in read.of("killed")}
    assert killed[2] == "2024-05-08", read.summary()
    assert killed[6] != "2024-05-06/2024-05-12", read.summary()


DIGEST = """Shelling went on across Kherson region and near Mykolaiv.

### Kherson

- Shells killed three people at a bus stop.

### Protection

- Gunmen wounded two women.
"""


def test_a_line_that_is_a_name_heads_its_list(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, DIGEST)
    assert town(read.one("killed")) == "Kherson", read.summary()
    assert town(read.one("injured")) != "Protection"  # a town in Kansas


NAMED = [
    # a name the gazetteer lacks, and the province that only says where it lies
    ("Six people died when gunmen attacked the village of Gidan Rana in Zamfara.", "Gidan Rana"),
    ("Six people died when gunmen attacked Kuka Tova, a village in Zamfara state.", "Kuka Tova"),
    # what it lies near is no second place
    ("A strike on Irpin, near Kyiv, killed six.", "Irpin"),
    # where the guns stood
    ("Russian forces shelled Kherson from across the Dnipro, killing six.", "Kherson"),
]


@pytest.mark.parametrize(("body", "name"), NAMED, ids=[name for _, name in NAMED])
def test_the_place_of_the_sentence(extractor: ClaimExtractor, body: str, name: str) -> None:
    place = read_report(extractor, body).one("killed").place
    assert place is not None
    assert not place.members
    assert name in (place.name, place.as_written)
