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
    # those of the site that was struck
    ("Rebels burned a school in Bria and beheaded its watchman.", "killed", "school"),
    ("A drone hit a tanker at the border post; its driver burned to death.", "killed", "transport"),
    # vehicles that ran over a mine, and those who rode in them
    ("A cart struck a mine near Bria, killing four.", "killed", "transport"),
    ("Seven people were killed by a mine as they travelled in a minibus.", "killed", "transport"),
    ("An explosion on board a passenger ferry killed nine.", "killed", "transport"),
    # what the bomb tore apart, not what it was hidden in
    ("A bomb planted on a motorcycle ripped through a market, leaving nine dead.", "killed",
     "market"),
    ("The mosque in Bria was packed when the bomb went off, killing 31.", "killed", "worship"),
    ("The hotel was the scene of a siege that left 20 dead.", "killed", "other_civilian"),
    ("Nineteen people are dead and 54 injured, the health office says, after rockets hit the "
     "bus station in Taiz.", "injured", "transport"),
    ("A nine-storey block of flats partly collapsed, killing seven people "
     "and trapping four.", "trapped",
     "home"),
    ("Rebels arrested two men at a hotel in Bria.", "detained", "other_civilian"),
    ("A woman of 70 was killed on her balcony by a shell.", "killed", "home"),
    # the toll of the strike told right before
    ("Jets bombed a fish market in Bria. Twenty-six people were killed, the ministry said.",
     "killed", "market"),
    ("A convoy of aid was ambushed in Bria. A nurse travelling in the second vehicle was wounded.",
     "injured", "aid_convoy"),
]  # fmt: skip


def test_a_site_for_each_figure(extractor: ClaimExtractor) -> None:
    body = "Ten people were killed in a market in Bria and seven in a school in Bangui."
    sites = {c.quantity.low: c.site and c.site.kind for c in read_report(extractor, body).claims}
    assert (sites[10], sites[7]) == ("market", "school")


@pytest.mark.parametrize(("body", "harm", "kind"), AT, ids=[s[0] for s in AT])
def test_site_of_people(extractor: ClaimExtractor, body: str, harm: str, kind: str) -> None:
    read = read_report(extractor, WAR + body)
    assert site(read, harm) == kind, read.summary()


NOWHERE = [
    ("Shells killed two herders and drove 3,500 people from their homes.", "killed"),
    ("An elder was gunned down in his car by rebels near Bria.", "killed"),
    ("Nineteen people remain in the hospital with gunshot wounds.", "injured"),
    # whose they were, where they were going, and where those stood who did it
    ("Three nurses from the clinic in Bria were killed by rebels.", "killed"),
    ("Six traders returning from the market were shot dead by rebels.", "killed"),
    ("Three people were killed by a shell fired from a school.", "killed"),
    ("A doctor counted nine bodies that were brought in on donkey carts.", "killed"),
    # a fire somebody set before
    ("Rebels burned a clinic in Bria and killed five villagers.", "killed"),
    # another spot, another time, those who bear arms
    (
        "A shell hit a bus in Bria, killing a boy. Five others were shot dead at the roadside.",
        "killed:5",
    ),
    (
        "A shell hit a hospital in Bria, killing a nurse. Since May, 900 more people have been "
        "killed in the country.",
        "killed:900",
    ),
    ("A bomb went off at a market in Bria. Six soldiers were killed in the blast.", "killed"),
    # what is said of others, in a clause of its own
    ("A strike on a shop in Bria killed two and three were wounded in Bangui.", "injured"),
    ("A couple burned to death in their house, and rebels left two boys wounded.", "injured"),
]


@pytest.mark.parametrize(("body", "harm"), NOWHERE, ids=[s[0] for s in NOWHERE])
def test_no_site_of_people(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, WAR + body)
    harm, _, low = harm.partition(":")
    found = [c for c in read.claims if c.harm == harm and (not low or c.quantity.low == int(low))]
    assert found, read.summary()
    assert {c.site for c in found} == {None}, read.summary()


def test_those_of_them_who_never_came_out(extractor: ClaimExtractor) -> None:
    body = "250 men passed through the rebels' jail and 97 of them were killed."
    assert site(read_report(extractor, WAR + body), "killed") == "detention_centre"


def test_a_camp_told_of_after_the_displaced(extractor: ClaimExtractor) -> None:
    body = "Displaced families fled a second time. A shell fell on the camp, killing nine people."
    assert site(read_report(extractor, WAR + body), "killed") == "displacement_camp"
