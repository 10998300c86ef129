"""Objects struck, services and access denied, graves, people displaced or trapped (contract §2).

Every sentence is invented.
"""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

FIGHTING = " Two soldiers were killed in the fighting."
Told = tuple[str, int | None, int | None]
TOLD: list[tuple[str, list[Told]]] = [
    ("A shell tore a hole in the roof of the maternity ward.", [("object_struck", 1, 1)]),
    ("A rocket ripped a hole in the side of the ferry.", [("object_struck", 1, 1)]),
    ("A missile left a crater in the yard of the school.", [("object_struck", 1, 1)]),
    ("The cathedral's dome was punctured by a shell.", [("object_struck", 1, 1)]),
    ("The bakery suffered a direct hit.", [("object_struck", 1, 1)]),
    ("The walls of the clinic were pitted by shrapnel.", [("object_struck", 1, 1)]),
    ("A crowd stoned a bus in Mitrovica.", [("object_struck", 1, 1)]),
    ("The army blew up the family home of a suspect.", [("object_struck", 1, 1)]),
    (
        "A mortar round exploded in the courtyard of a school, breaking its windows.",
        [("object_struck", 1, 1)],
    ),
    ("The guards left after shelling of the pumping station.", [("object_struck", 1, 1)]),
    ("Gunmen ambushed a convoy of lorries near Bara.", [("object_struck", 1, 1)]),
    (
        "Al-Shifa hospital was hit by a shell. Al-Shifa was hit again on Tuesday.",
        [("object_struck", 1, 1), ("object_struck", 1, 1)],
    ),
    ("Some 240,000 people no longer receive piped water.", [("service_denied", 240000, 240000)]),
    ("Some 31,000 people did not receive their rations.", [("service_denied", 31000, 31000)]),
    ("About 1,300 families cannot obtain rice.", [("service_denied", 1300, 1300)]),
    ("Some 45,000 people have no access to surgery.", [("service_denied", 45000, 45000)]),
    ("The 9,000 people have had no access to a doctor.", [("service_denied", 9000, 9000)]),
    ("The 40,000 people inside are living on leaves.", [("service_denied", 40000, 40000)]),
    ("Parts of the city have been dry since Tuesday.", [("service_denied", None, None)]),
    ("The city's water pumps have been idle for a week.", [("service_denied", None, None)]),
    ("The hospital ran out of blood bags.", [("service_denied", None, None)]),
    ("Fourteen villages have been without power since Monday.", [("service_denied", None, None)]),
    ("Nothing has reached Djibo by road since February.", [("access_denied", None, None)]),
    ("The town, home to 60,000 people, is under siege.", [("trapped", None, None)]),
    ("Militants have surrounded the village and nobody can leave.", [("trapped", None, None)]),
    ("From the clinic 22 patients had to be moved to another town.", [("displaced", 22, 22)]),
    ("Militiamen broke down the doors of the hospital.", [("object_struck", 1, 1)]),
    ("Militiamen stopped three food lorries and sent them back.", [("access_denied", None, None)]),
    ("The village is empty; 350 people are now camped on the beach.", [("displaced", 350, 350)]),
    ("Rebels have encircled Djibo since Monday.", [("trapped", None, None)]),
    ("The army has displaced 300 families.", [("displaced", 300, 300)]),
    # each figure counts one harm
    (
        "Armed men turned back a mobile clinic, and some 1,400 patients went without care.",
        [("access_denied", None, None), ("service_denied", 1400, 1400)],
    ),
    (
        "Staff were refused passage at the checkpoint, leaving 6,200 people without food.",
        [("access_denied", None, None), ("service_denied", 6200, 6200)],
    ),
    ("In camps, 1,350 evacuees have had no water since Monday.", [("service_denied", 1350, 1350)]),
    ("Gunmen seized six refugees near Goma.", [("abducted", 6, 6)]),
    ("A mass grave was found near Tarhuna.", [("mass_burial", 1, 1)]),
    (
        "Two pits holding seven bodies were opened near Tarhuna.",
        [("mass_burial", 2, 2), ("mass_burial", 7, 7)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "told"), TOLD, ids=[body for body, _ in TOLD])
def test_what_is_told(extractor: ClaimExtractor, body: str, told: list[Told]) -> None:
    read = read_report(extractor, body + FIGHTING)
    found = [(c.harm, c.quantity.low, c.quantity.high) for c in read.claims if c.harm != "killed"]
    assert sorted(found, key=str) == sorted(told, key=str), read.summary()


NOT_TOLD = [
    # the place where people were, the name of an attack
    ("Police opened fire at a taxi rank, wounding four.", "object_struck"),
    ("Two gangs shot it out at a taxi rank in Durban: five dead.", "object_struck"),
    ("Two people died in the market blast.", "object_struck"),
    ("Fifty people were hurt in the attack on a bus station, nine of them badly.", "part"),
    ("A roadside bomb hit a convoy near Razmak, killing three soldiers.", "access_denied"),
    ("Gunmen ambushed a convoy of lorries near Bara.", "access_denied"),
    ("Gunmen stopped three lorries and led away eleven men.", "counted access"),
    ("We deny any part in the affair of the bus in which nine passengers died.", "access_denied"),
    ("If the truce talks fail, the shelling will resume.", "access_denied"),
    ("The army intercepted radio traffic after the attack.", "access_denied"),
    ("Two died after the shelling because we had no blood.", "service_denied"),
    ("The medics counted the dead by lamplight after the raid.", "service_denied"),
    ("Two of the wounded are in a grave condition after the shelling.", "mass_burial"),
    ("Some 3,000 displaced people have returned to the town after the fighting.", "displaced"),
    ("The displaced families have not returned since the fighting.", "missing"),
]


@pytest.mark.parametrize(("body", "harm"), NOT_TOLD, ids=[body for body, _ in NOT_TOLD])
def test_what_is_not_told(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, body)
    if harm == "part":
        assert not read.of("object_struck", part=True), read.summary()
    elif harm == "counted access":
        assert not [c for c in read.of("access_denied") if c.quantity.low], read.summary()
    else:
        assert harm not in {c.harm for c in read.claims}, read.summary()


def test_what_others_have_written_is_denied(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Contrary to what some sites have written, no market was bombed and no family was driven"
        " out by our forces.",
    )
    assert {(c.harm, c.stance, c.quantity.low) for c in read.claims} == {
        ("object_struck", "denies", None),
        ("displaced", "denies", None),
    }, read.summary()
