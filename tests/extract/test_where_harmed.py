"""The kind of site where people were harmed, or that none is said (reading rules 8, 9)."""

from __future__ import annotations

import pytest
from told import Read, read_report

from harmledger.extract import ClaimExtractor

WAR = "The army and the rebels fight on.\n\n"


def site(read: Read, harm: str) -> str | None:
    """The one kind that all claims of ``harm`` name, "" where they differ or there is none."""
    kinds = {c.site.kind if c.site else None for c in read.claims if c.harm == harm}
    return kinds.pop() if len(kinds) == 1 else ""


AT = [
    # what they did first who then took or shot people
    ("Gunmen stopped a minibus near Bria and led away nine men.", "detained", "transport"),
    ("Gunmen rode into the courtyard of the hospital and shot two guards.", "injured", "hospital"),
    # from where they were taken, which is no hospital they were taken to
    ("Four nurses were taken by gunmen from a health post in Bria.", "abducted", "other_health"),
    ("Rebels dragged nine men out of their homes.", "abducted", "home"),
    # under a building
    ("Three people are still under the rubble of an apartment block.", "trapped", "home"),
    ("A missile left six people buried under a school.", "trapped", "school"),
    # those in care
    ("A shell cut the cable, leaving 38 patients without electricity.", "service_denied",
     "hospital"),
    # vehicles of aid, and of those leaving
    ("Rebels turned back three lorries of the Red Crescent.", "access_denied", "aid_convoy"),
    ("Rebels stopped buses evacuating the wounded and sent them back.", "access_denied",
     "evacuation_convoy"),
    ("No convoy of food has been allowed to leave Bria by the rebels.", "access_denied",
     "aid_convoy"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "kind"), AT, ids=[s[0] for s in AT])
def test_site_of_people(extractor: ClaimExtractor, body: str, harm: str, kind: str) -> None:
    read = read_report(extractor, WAR + body)
    assert site(read, harm) == kind, read.summary()


NOWHERE = [
    ("Shells killed two herders and drove 3,500 people from their homes.", "killed"),
    ("An elder was gunned down in his car by rebels near Bria.", "killed"),
    ("Nineteen people remain in the hospital with gunshot wounds.", "injured"),
    # what is said of others, in a clause of its own
    ("A couple burned to death in their house, and rebels left two boys wounded.", "injured"),
]


@pytest.mark.parametrize(("body", "harm"), NOWHERE, ids=[s[0] for s in NOWHERE])
def test_no_site_of_people(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, WAR + body)
    assert site(read, harm) is None, read.summary()


def test_those_of_them_who_never_came_out(extractor: ClaimExtractor) -> None:
    body = "250 men passed through the rebels' jail and 97 of them were killed."
    assert site(read_report(extractor, WAR + body), "killed") == "detention_centre"


def test_a_camp_told_of_after_the_displaced(extractor: ClaimExtractor) -> None:
    body = "Displaced families fled a second time. A shell fell on the camp, killing nine people."
    assert site(read_report(extractor, WAR + body), "killed") == "displacement_camp"
