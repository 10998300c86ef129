"""Voices that no verb introduces, and verbs that only look like saying (reading rule 23)."""

from __future__ import annotations

import pytest
from told import Read, read_report

from harmledger.extract import ClaimExtractor

SOURCED = [
    # in brackets behind the figures
    ("Artillery fire hit the market in Bria: five people killed (town clinic).", "town clinic"),
    ("Gunmen raided Bria; nine dead by nightfall (civil protection, 4 p.m.).", "civil protection"),
    ("Shells fell on Bria. Killed: 3 (both figures: regional prosecutor's office).", "prosecutor"),
    # before a colon
    ("Fighters raided Bria. From the diocese: four girls were killed in the raid.", "diocese"),
    ('Shelling of Bria. Forwarded from *Bria Live*: "A drone killed nine people."', "Bria Live"),
    # as somebody's account or count
    ("Gunmen raided Bria. Nine people were killed, by the mayor's account.", "mayor"),
    ("Gunmen raided Bria; nine dead, on the elders' account; six homes lost.", "elders"),
    ("Rebels killed 214 people in Bria, by the tally of the Peace Centre.", "Peace Centre"),
    # somebody's own hospital says nothing of its own
    (
        "A mortar hit Taiz. Dr Lena Haddad told us that her hospital had received nine bodies.",
        "Lena Haddad",
    ),
    ("After the raid on Bria our doctors insist that nine people were killed.", "doctors"),
    ("The Interior Ministry still gives nine dead in the bombing of Bria.", "Interior Ministry"),
    (
        "The Panel finds it established that in 1984 a patrol killed nine men in Bria.",
        "Panel",
    ),
]


def spoken(read: Read, harm: str = "killed") -> list[str]:
    """Every word said of the first voice of each claim of ``harm``."""
    firsts = [c.voice[0] for c in read.claims if c.harm == harm and c.voice]
    return [" ".join(filter(None, (v.name, v.role, v.organisation, v.as_written))) for v in firsts]


@pytest.mark.parametrize(("body", "speaker"), SOURCED, ids=[s[0] for s in SOURCED])
def test_a_source_beside_what_it_says(extractor: ClaimExtractor, body: str, speaker: str) -> None:
    read = read_report(extractor, body)
    assert any(speaker in words for words in spoken(read)), read.summary()


UNSAID = [
    # what a bracket says of those counted, or of a name
    "Soldiers killed nine people in Bria (all women).",
    "Gunmen killed nine members of the Relief Union (RU) in Bria.",
    # a label of those harmed
    "Government losses: nine soldiers killed in the battle of Bria.",
    "Hostages: nine were killed by the rebels in Bria.",
    # deeds
    "Gunmen set three stalls alight and killed nine traders in Bria.",
    "As they put up their tent in Bria, gunmen killed nine people.",
    "A mine laid by one of two groups that contest the valley killed nine people.",
    # an outlet's own people
    "The army shelled Bria. Our volunteers counted nine bodies.",
    "The army shelled Bria. Health teams treated nine people who died of their wounds.",
]


@pytest.mark.parametrize("body", UNSAID)
def test_nobody_but_the_outlet(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert any(c.harm == "killed" for c in read.claims), read.summary()
    assert spoken(read) == [], read.summary()


def test_a_truce_announces_nothing(extractor: ClaimExtractor) -> None:
    body = "Residents said the truce announced on 2 April was broken when rockets killed nine men."
    assert "residents" in spoken(read_report(extractor, body))[0].lower()


def test_what_a_colleague_said_is_the_colleagues(extractor: ClaimExtractor) -> None:
    body = "A nurse told us that her colleagues had said nine people were killed by shells in Taiz."
    assert "colleagues" in spoken(read_report(extractor, body))[0]


ROWS = """| District | Killed |
|---|---|
| Ancuabe | 4 |
| Metuga | 3 |
"""
TABLES = [
    ("Militants killed people all week.\n\n# What the Harbour Observatory recorded\n\n" + ROWS,
     "Harbour Observatory"),
    ("Militants killed people all week.\n\n" + ROWS
     + "\n*Source of the table: State Relief Agency, Beira*\n", "State Relief Agency"),
    ("Militants killed people all week. From the regional administration, as of 7 a.m.:\n\n"
     "- Ancuabe: 4 killed\n- Metuga: 3 killed\n", "regional administration"),
    ("Militants killed people all week.\n\n**Casualties reported by partners, May**\n\n" + ROWS,
     "partners"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "speaker"), TABLES, ids=[s[1] for s in TABLES])
def test_whose_table_it_is(extractor: ClaimExtractor, body: str, speaker: str) -> None:
    read = read_report(extractor, body)
    figures = [c for c in read.claims if c.quantity.low in {3, 4}]
    assert len(figures) == 2, read.summary()
    assert all(c.voice and speaker in (c.voice[0].as_written or "") for c in figures)


def test_a_table_with_a_note_on_months_has_no_voice(extractor: ClaimExtractor) -> None:
    body = "Militants killed people.\n\n" + ROWS + "\n*Figures for the month of May.*\n"
    assert spoken(read_report(extractor, body)) == []


def test_none_in_a_table_answers_no_charge(extractor: ClaimExtractor) -> None:
    body = (
        "Militants kidnapped people all week.\n\n# What the Harbour Observatory recorded\n\n"
        "| District | Kidnapped |\n|---|---|\n| Ancuabe | 0 |\n| Metuga | 3 |\n"
    )
    read = read_report(extractor, body)
    assert {c.stance for c in read.claims if c.harm == "abducted"} == {"asserts"}, read.summary()
