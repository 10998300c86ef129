"""How deaths and wounds are worded, numbered and headlined: exactly the claims that a sentence
makes of people killed and hurt. Every report is invented.
"""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

WAR = "Talks between the army and the rebels over the war in the region resume next month.\n\n"
_SHORT = {"killed": "k", "injured": "i", "killed_or_injured": "ki"}


def _told(extractor: ClaimExtractor, text: str) -> list[str]:
    claims = read_report(extractor, text).claims
    return sorted(_short(claim) for claim in claims if claim.harm in _SHORT)


def _short(claim: Claim) -> str:
    low, high = claim.quantity.low, claim.quantity.high
    number = f"{low}" if low == high and low is not None else f"{low or '-'}/{high or '-'}"
    stance = "" if claim.stance == "asserts" else f" {claim.stance}"
    counted = claim.modality not in {"feared", "possible", "predicted", "conditional"}
    part = "p" if claim.part_of is not None else ""
    return f"{_SHORT[claim.harm]} {number}{part}{stance}{'' if counted else ' ~'}"


def _listed(told: str) -> list[str]:
    return sorted(one.strip() for one in told.split(",") if one.strip())


@pytest.mark.parametrize(
    ("headline", "told"),
    [
        ("'THEY SHOT ANYONE WHO MOVED': Five dead as gunmen storm club", "k 5"),
        ("Gunmen on motorbikes leave 21 dead in Burkina village", "k 21"),
        ("Bandits kill 8, injure 3, abduct 40 in Katsina", "k 8, i 3"),
        ("Militants behead five in Mozambique", "k 5"),
        ("Bandits slay 12, torch houses in Niger", "k 12"),
        ("Kherson: drone kills pensioner, wounds postman", "k 1, i 1"),
        ("Clerk, husband killed in Plateau attack", "k 2"),
        ("Death toll from Mogadishu bombing climbs past 100", "k 101/-"),
    ],
)
def test_headlines(extractor: ClaimExtractor, headline: str, told: str) -> None:
    assert _told(extractor, headline) == _listed(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shot in the neck by a sniper, the teacher never woke up.", "k 1"),
        ("Three divers went in under fire and did not come up again.", "k 3"),
        ("Eight villagers were burned in their beds.", "k 8"),
        ("Soldiers had executed 14 detainees and buried them in two pits.", "k 14"),
        ("My father was taken out and shot.", "k 1"),
        ("Two brothers fell at the front in March.", "k 2"),
        ("Three babies were stillborn in the besieged town.", "k 3"),
        ("A woman shot at the checkpoint expired on the operating table.", "k 1"),
        ("The attack robbed us of five colleagues.", "k 5"),
        ("The shelling of the camp left three shaheeds.", "k 3"),
        ("There were no survivors among the five crew.", "k 5"),
        ("The man's throat had been cut.", "k 1"),
        ("The missile cut short the lives of three teachers.", "k 3"),
        ("Two teenagers were riddled with bullets.", "k 2"),
        ("A novice of eleven bled to death on the road.", "k 1"),
        ("Dad-of-two Sam Kerrow, 29, was stabbed to death by a gang.", "k 1"),
        ("A patrol shot or hacked to death 28 of them.", "k 28"),
        ("Two more of the wounded died in hospital.", "k 2"),
        ("The victim died on the way to hospital after gunmen shot him.", "k 1"),
        ("Twelve people are feared drowned after their boat came under fire.", "k 12 ~"),
        ("The army acknowledged a single death, which it put down to a stray round.", "k 1"),
        ("The army conceded four civilian losses.", "k 4"),
        ("The commander admitted to two civilian deaths.", "k 2"),
    ],
)
def test_deaths(extractor: ClaimExtractor, text: str, told: str) -> None:
    assert _told(extractor, WAR + text) == _listed(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20 more had been brought in with fragments in their heads and chests.", "i 20"),
        ("Two were let go after some hours with signs of a beating.", "i 2"),
        ("They cut his ear.", "i 1"),
        ("Guards pulled out his fingernails.", "i 1"),
        ("Doctors removed bullets from the legs of three protesters.", "i 3"),
        ("Three are battling for life in the hospital after the firing.", "i 3"),
        ("Five others sustained varying degrees of injuries.", "i 5"),
        ("Two others were macheted.", "i 2"),
        ("Soldiers gave ten boys electric shocks.", "i 10"),
        ("A bullet clipped the pastor's ear.", "i 1"),
        ("The bomb killed one and hurt another.", "k 1, i 1"),
        ("They hung him by the wrists.", "i 1"),
        ("Six were poisoned by chlorine in the attack.", "i 6"),
    ],
)
def test_wounds(extractor: ClaimExtractor, text: str, told: str) -> None:
    assert _told(extractor, WAR + text) == _listed(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The death count passed 100 on Sunday.", "k 101/-"),
        ("A total of 18 persons were confirmed dead.", "k 18"),
        ("All but two of the 11 hostages were killed.", "k 9"),
        ("Seven were killed, all but one of them under 18.", "k 7, k 6p"),
        ("Seven died at noon and one at dusk. So it's 12 now, the mayor said.", "k 7, k 1, k 12"),
        (
            "The office recorded 1,043 civilian casualties: 312 killed and 731 injured.",
            "ki 1043, k 312p, i 731p",
        ),
        ("Rumours of 20 dead in the valley are false, the council said.", "k 20 denies"),
        ("Initial reports of 20 dead were wrong; 11 people died.", "k 20 denies, k 11"),
    ],
)
def test_numbers(extractor: ClaimExtractor, text: str, told: str) -> None:
    assert _told(extractor, WAR + text) == _listed(told)


@pytest.mark.parametrize(
    "text",
    [
        "The attempted murder of the judge led to arrests.",
        "She never woke up her children before the school bell.",
        "The rebels did not come up again with a demand.",
        "The factory is no more than a shell of its former self, the mayor joked.",
        "Firefighters could not save the church.",
        "All but two of the 11 hostages were freed.",
        "The raid robbed them of two trucks.",
        "The soldiers cut back the hedge.",
        "The patrol pulled bullets out of the wall of the school.",
        "The price of bread fell at the front of the queue.",
        "The trap killed six rats in the barracks.",
        "Troops lined up to vote.",
    ],
)
def test_says_no_such_thing(extractor: ClaimExtractor, text: str) -> None:
    assert _told(extractor, WAR + text) == []
