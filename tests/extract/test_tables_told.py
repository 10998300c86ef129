"""What the rows of a table share with each other, and with the lead above it."""

from __future__ import annotations

from told import Read, read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

TOTALS = """The shelling of three districts went on all week.

| District | Killed | Wounded |
|---|---|---|
| Ancuabe | 4 | 11 |
| Metuga | 3 | 9 |
| Both | 7 | 20 |
"""
INCIDENTS = """Militants killed seven people in Taiz in May.

| Date | Place | Killed |
|---|---|---|
| 4 May | Taiz | 5 |
| 9 May | Aden | 2 |
"""
COLUMNS = """Mines killed 97 people in two districts. The Mine Desk published the following count.

| | Taiz | Aden |
|---|---|---|
| Deaths | 59 | 38 |
| Wounded | 52 | 33 |
"""


def cells(read: Read) -> dict[str, Claim]:
    return {c.span.quote: c for c in read.claims if c.span.quote.isdigit()}


def place(claim: Claim) -> str | None:
    found = claim.place
    return None if found is None else found.name or found.as_written


def test_a_row_of_totals_is_the_whole_of_its_column(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, TOTALS)
    rows = cells(read)
    assert rows["4"].part_of == rows["3"].part_of == rows["7"].id, read.summary()
    assert rows["11"].part_of == rows["20"].id
    assert rows["7"].part_of is None


def test_rows_that_give_a_day_are_incidents(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, INCIDENTS)
    assert {c.part_of for c in cells(read).values()} == {None}, read.summary()


def test_a_row_whose_table_lists_districts_is_a_place_no_gazetteer_knows(
    extractor: ClaimExtractor,
) -> None:
    rows = cells(read_report(extractor, TOTALS))
    assert (place(rows["4"]), place(rows["3"])) == ("Ancuabe", "Metuga")


def test_columns_headed_by_places_and_the_figure_above(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, COLUMNS)
    rows = cells(read)
    assert (place(rows["59"]), place(rows["38"])) == ("Taiz", "Aden"), read.summary()
    (whole,) = [c for c in read.of("killed") if c.quantity.low == 97]
    assert rows["59"].part_of == rows["38"].part_of == whole.id


def test_the_lead_of_a_table_says_whose_figures_they_are(extractor: ClaimExtractor) -> None:
    rows = cells(read_report(extractor, COLUMNS))
    assert [v.name for v in rows["59"].voice] == ["Mine Desk"]
    rows = cells(read_report(extractor, TOTALS))
    assert rows["4"].voice == ()


def test_a_column_of_sources(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Fighting killed nine people in Taiz.\n\n| Place | Killed | Source |\n|---|---|---|\n"
        "| Taiz | 6 | district police |\n| Aden | 3 | – |\n",
    )
    rows = cells(read)
    assert [v.name for v in rows["6"].voice] == ["district police"], read.summary()
    assert rows["3"].voice == ()


def test_people_who_are_displaced_play_no_further_role(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Attacks by gunmen drove families out.\n\n| District | Persons displaced |\n|---|---|\n"
        "| Taiz | 412 |\n",
    )
    claim = cells(read)["412"]
    assert (claim.victims.roles, claim.victims.status) == ((), "undetermined"), read.summary()
