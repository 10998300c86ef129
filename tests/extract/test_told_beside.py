"""What is said of the harmed by words beside them: kin, work, employer, condition, and parts told
in the next sentence (reading rules 15 and 25)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

STATUS = [
    ("A sniper shot dead two girls and their uncle in Taiz on Monday.", "civilian"),
    ("Gunmen killed a retired magistrate and his driver in Quetta on Monday.", "civilian"),
    ("A woman who sells bread was wounded by a bullet in Jos on Monday.", "civilian"),
    ("Three men herding goats were shot dead by gunmen near Jos on Monday.", "civilian"),
    # nothing of the kind
    ("Gunmen killed a soldier and his brother in Quetta on Monday.", "undetermined"),
    ("Two brothers were shot dead by gunmen in Jos on Monday.", "undetermined"),
    ("A man who fired at troops was shot dead in Jos on Monday.", "undetermined"),
    ("Gunmen attacked a bus in Jos on Monday. The mayor spoke of 12 dead.", "undetermined"),
]


@pytest.mark.parametrize(("body", "status"), STATUS, ids=[body for body, _ in STATUS])
def test_status_by_company(extractor: ClaimExtractor, body: str, status: str) -> None:
    claims = [c for c in read_report(extractor, body).claims if c.harm != "object_struck"]
    assert claims[0].victims.status == status


ROLES = [
    ("Two employees of a relief agency were abducted by gunmen near Jos on Monday.", "aid_worker"),
    ("A driver for the Red Cross was shot dead by gunmen near Jos on Monday.", "aid_worker"),
    ("Four staff members of a radio station were killed by a bomb in Jos.", "journalist"),
    ("A woman in labour was killed by a shell in Sumy on Monday.", "pregnant"),
    ("A mother of two, six months pregnant, was wounded by a shell in Sumy.", "pregnant"),
    ("Nine women held in the mill were raped by soldiers in Bria on Monday.", "detainee"),
    ("A novice was shot dead by soldiers in Loikaw on Monday.", "religious"),
    # no employer: where somebody lies, who speaks
    ("A driver in the hospital of Sumy was killed by a shell on Monday.", None),
    ("Gunmen attacked a bus in Jos on Monday. The mayor spoke of 12 dead.", None),
    ("A woman in hiding was killed by a shell in Sumy on Monday.", None),
]  # fmt: skip


@pytest.mark.parametrize(("body", "role"), ROLES, ids=[body for body, _ in ROLES])
def test_roles_by_what_stands_beside(
    extractor: ClaimExtractor, body: str, role: str | None
) -> None:
    claims = [c for c in read_report(extractor, body).claims if c.harm != "object_struck"]
    assert claims[0].victims.roles == ((role,) if role is not None else ())


def test_source_of_a_table_is_not_who_is_counted(extractor: ClaimExtractor) -> None:
    body = (
        "Killed and wounded in grenade attacks, according to the provincial police:\n\n"
        "| Date | Town | Killed | Wounded |\n|---|---|---|---|\n| 3 June | Jos | 2 | 5 |\n"
    )
    assert all(c.victims.roles == () for c in read_report(extractor, body).claims)


PARTS = [
    ("Shelling wounded nine people in Sumy on Monday. Two have since died.", True),
    ("Gunmen abducted 14 herders near Jos on Monday. Six were found dead.", True),
    ("Gunmen near Jos wounded three guards on Monday. One of the guards bled to death.", True),
    # a place of its own, more of them, or the graver harm first
    ("Shelling wounded nine people in Sumy on Monday. Two were killed in Kharkiv.", False),
    ("Shelling wounded nine people in Sumy on Monday. Two more were killed.", False),
    ("Shelling killed nine people in Sumy on Monday. Two were wounded.", False),
]


@pytest.mark.parametrize(("body", "part"), PARTS, ids=[body for body, _ in PARTS])
def test_parts_told_in_the_next_sentence(extractor: ClaimExtractor, body: str, part: bool) -> None:
    *_, last = read_report(extractor, body).claims
    assert (last.part_of is not None) is part


ACCUSED = [
    (
        "The number killed when gunmen on horses stormed Konduga on Monday has risen to 31.",
        "gunmen on horses",
    ),
    ("Two men were shot dead by masked rioters in Jos on Monday.", "masked rioters"),
    ("The number of people killed when a bomb fell on Konduga on Monday has risen to 31.", None),
]


@pytest.mark.parametrize(("body", "who"), ACCUSED, ids=[body for body, _ in ACCUSED])
def test_doers_right_behind(extractor: ClaimExtractor, body: str, who: str | None) -> None:
    accused = [c.alleged_perpetrator for c in read_report(extractor, body).claims]
    assert {a.name for a in accused if a is not None} == ({who} if who is not None else set())
