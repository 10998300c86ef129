"""What a report names beside the harm, and what its headings and lists say for it (rules 18 to 26).

The default day of publication is Wednesday, 15 May 2024.
"""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


def town(claim: Claim) -> str | None:
    return claim.place.name if claim.place is not None else None


def site(claim: Claim) -> str | None:
    return claim.site.kind if claim.site is not None else None


def accused(claim: Claim) -> str | None:
    return claim.alleged_perpetrator.as_written if claim.alleged_perpetrator is not None else None


BOMB = "A bomb went off in the market of Baqubah on Monday. "
ASIDE = [
    "The explosion, which was heard as far away as Baghdad, killed six people.",
    "Six people killed in the explosion were carried to a hospital in Baghdad.",
    "The explosion killed six people from Baghdad.",
]


@pytest.mark.parametrize("body", ASIDE)
def test_a_place_told_aside_is_not_where_it_was(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, BOMB + body)
    claim = next(c for c in read.of("killed") if c.quantity.low == 6)
    assert (town(claim), day(claim)) == ("Baqubah", "2024-05-13"), read.summary()


def test_where_a_hospital_treats_is_the_place_of_its_own_count(extractor: ClaimExtractor) -> None:
    body = "Our teams treated 40 people wounded by shells at the hospital in Baghdad."
    assert town(read_report(extractor, body).one("injured")) == "Baghdad"


def test_one_who_died_later_was_not_shot_there(extractor: ClaimExtractor) -> None:
    body = (
        "Gunmen opened fire in Baqubah on Monday. A baker was shot in the neck and died two days "
        "later in Baghdad."
    )
    read = read_report(extractor, body)
    assert "Baghdad" not in {town(c) for c in read.of("killed")}, read.summary()


def test_the_day_of_a_strike_is_kept_beside_those_it_traps(extractor: ClaimExtractor) -> None:
    body = (
        "Rescuers in Baqubah are digging for people buried under a house that was hit by an air "
        "strike on Monday. The strike killed six people, doctors said."
    )
    claim = read_report(extractor, body).one("killed")
    assert (town(claim), day(claim)) == ("Baqubah", "2024-05-13")


def test_a_title_dates_its_table(extractor: ClaimExtractor) -> None:
    body = (
        "# Civilian harm, March 2024\n\n"
        "In March we counted 12 civilians killed and 9 injured.\n\n"
        "| Town | Killed | Injured |\n|---|---:|---:|\n| Baqubah | 8 | 5 |\n| Samarra | 4 | 4 |\n"
    )
    read = read_report(extractor, body)
    rows = [c for c in read.of("killed") + read.of("killed", part=True) if c.quantity.low == 8]
    assert [(town(c), day(c), c.quantity.scope, c.victims.status) for c in rows] == [
        ("Baqubah", "2024-03", "period_total", "civilian")
    ], read.summary()


def test_a_list_takes_the_night_that_leads_into_it(extractor: ClaimExtractor) -> None:
    body = (
        "On Monday night the army shelled the province again. The hospitals report:\n\n"
        "- Baqubah: 3 killed\n- Samarra: 2 killed\n"
    )
    read = read_report(extractor, body)
    assert {(town(c), day(c)) for c in read.of("killed")} == {
        ("Baqubah", "2024-05-13"),
        ("Samarra", "2024-05-13"),
    }, read.summary()


def test_deaths_of_a_month_are_no_single_incident(extractor: ClaimExtractor) -> None:
    body = "Air raids on the besieged town caused 19 deaths in April, doctors say."
    assert read_report(extractor, body).one("killed").quantity.scope == "period_total"
    body = "In April an air raid on the besieged town killed 19 people, doctors say."
    assert read_report(extractor, body).one("killed").quantity.scope == "incident"


SITES = [
    ("A mine exploded beside a police post in Baqubah, killing six people.", "other_civilian"),
    ("Shells crashed into a camp for displaced people near Baqubah, killing six.",
     "displacement_camp"),
    ("Gunmen on motorcycles shot six people dead in Baqubah.", None),
    ("Six people died when a missile sheared off the corner of an apartment building.", "home"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind"), SITES)
def test_the_site_is_where_the_attack_fell(
    extractor: ClaimExtractor, body: str, kind: str | None
) -> None:
    read = read_report(extractor, body)
    assert site(read.one("killed")) == kind, read.summary()


def test_nobody_counted_as_harmed_did_it(extractor: ClaimExtractor) -> None:
    body = (
        "A bomb exploded in Baqubah. Doctors said that 33 people hurt in the explosion had been "
        "admitted to two hospitals, five of them children."
    )
    read = read_report(extractor, body)
    assert {accused(c) for c in read.of("injured") + read.of("injured", part=True)} == {None}


def test_a_participle_has_the_subject_of_its_clause(extractor: ClaimExtractor) -> None:
    body = "Rebel fighters came from the west at dawn, burning 60 homes in Baqubah."
    assert accused(read_report(extractor, body).one("object_struck")) == "Rebel fighters"


def test_a_headline_is_nobodys_where_its_figure_is_first_told_by_nobody(
    extractor: ClaimExtractor,
) -> None:
    body = (
        "# Boy dies after Baqubah shelling\n\n"
        "A boy who was hit by a shell in Baqubah on Monday has died. Two weeks before, the mayor "
        "said, five people were killed there, one of them a nurse.\n"
    )
    claims = sorted(read_report(extractor, body).of("killed"), key=lambda c: c.span.start)
    assert claims[0].span.start < body.index("\n")
    assert claims[0].voice == ()


def test_a_headline_is_said_by_who_first_gives_its_figure(extractor: ClaimExtractor) -> None:
    body = (
        "# Shelling of Baqubah kills nine\n\n"
        "Nine people were killed when Baqubah was shelled on Monday, the mayor said.\n"
    )
    claims = sorted(read_report(extractor, body).of("killed"), key=lambda c: c.span.start)
    assert claims[0].span.start < body.index("\n")
    assert [v.role for v in claims[0].voice] == ["mayor"]
