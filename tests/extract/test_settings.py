"""Where people were harmed: the site, and what only looks like one (contract §2, `site`)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def kind(claim: Claim) -> str | None:
    return claim.site.kind if claim.site is not None else None


AT = [
    ("Shells hit a mosque in Idlib on Monday; its muezzin lost a leg.", "injured", "worship"),
    ("Rockets struck a school in Idlib and two teachers were killed.", "killed", "school"),
    ("Four inmates were shot dead by guards in Kirkuk.", "killed", "detention_centre"),
    ("Seven passengers were wounded when gunmen opened fire in Kirkuk.", "injured", "transport"),
    ("Six worshippers were shot dead in Kirkuk on Friday.", "killed", "worship"),
    ("Police held 40 marchers at the stadium in Kirkuk.", "detained", "detention_centre"),
    ("Shells killed six displaced people in a camp near Idlib.", "killed", "displacement_camp"),
    ("The siege has left two hospitals in Taiz without power.", "service_denied", "hospital"),
    ("A dormitory in Idlib was sprayed with bullets; two pupils died.", "killed", "school"),
    ("The rebels fell upon a camp of displaced people at Idlib; the toll is 41 dead.", "killed",
     "displacement_camp"),
    ("Two people were killed and a girl was wounded when rockets hit a block of flats in Idlib.",
     "killed", "home"),
    ("The passenger boats came under machine-gun fire and six people were wounded.", "injured",
     "transport"),
    ("Seven bodies were brought to us from the market in Idlib after the shelling.", "killed",
     "market"),
    ("Masked men emptied a clinic in Taiz and took away nine nurses.", "abducted", "other_health"),
    ("The bombing of a railway waiting room in Kirkuk killed nine people.", "killed", "transport"),
    ("Sniper fire hit an ambulance in Taiz, wounding a nurse.", "injured", "transport"),
    ("Gunmen killed at least 22 people when they opened fire on a convoy of lorries near Idlib.",
     "killed", "transport"),
    ("Gunmen shot at men asleep in a house in Idlib, killing four; the clinic in the next town is "
     "closed.", "killed", "home"),
    ("A bomb hit a block of flats in Kherson. Three bodies had been pulled from the rubble by "
     "dusk, rescuers said.", "killed", "home"),
    ("A grenade exploded in a barber's shop in Idlib and killed two people.", "killed",
     "other_civilian"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "wanted"), AT, ids=[a[0] for a in AT])
def test_where_people_were_harmed(
    extractor: ClaimExtractor, body: str, harm: str, wanted: str
) -> None:
    read = read_report(extractor, body)
    assert kind(read.one(harm)) == wanted, read.summary()


NOWHERE = [
    ("Militiamen shot dead a clerk at a checkpoint in Idlib on Monday.", "killed"),
    ("A guard was stabbed to death by gunmen near the hall in Idlib.", "killed"),
    ("A man hit by shrapnel in Idlib died at the health centre two days later.", "killed"),
    ("Shelling killed three people on the left bank of the river in Kherson.", "killed"),
    ("Gunmen drove two brothers away in a truck from Idlib.", "abducted"),
    ("Rebels killed two herders in Idlib, burned a granary and looted the clinic.", "killed"),
    ("Soldiers arrested two brothers at the bridge in Idlib.", "detained"),
    ("A sniper killed a girl as she queued at a water tanker in Taiz.", "killed"),
    ("Gunmen drove two brothers off in a pick-up in Idlib.", "abducted"),
    ("A man of 50 who was shot in Idlib is recovering at home, medics said.", "injured"),
    (
        "A girl shot by soldiers in Idlib was in critical condition at the district hospital.",
        "injured",
    ),
    (
        "The body of a teacher was found in an irrigation canal near Idlib with bullet wounds.",
        "killed",
    ),
    ("Nine people hurt in the shelling of Idlib lie in the hospital.", "injured"),
    ("A clerk at the town hall spoke of nine people killed in the shelling of Idlib.", "killed"),
    (
        "Rebels fired at the church, the clinic and 14 homes in Idlib. A cook bled to death.",
        "killed",
    ),
    ("Relatives waiting outside the school said three people were shot dead in Idlib.", "killed"),
]


@pytest.mark.parametrize(("body", "harm"), NOWHERE, ids=[n[0] for n in NOWHERE])
def test_what_is_no_site(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, body)
    assert kind(read.one(harm)) is None, read.summary()


def test_a_part_was_where_its_whole_was(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Five passengers were shot dead by gunmen in Kirkuk, two of them women."
    )
    (part,) = read.of("killed", part=True)
    assert kind(part) == "transport", read.summary()


def test_no_casualties_are_nowhere(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Shells hit a market in Idlib on Monday. There were no casualties."
    )
    assert kind(read.one("killed_or_injured")) is None, read.summary()
