"""How sure a claim is: what is reported, feared or still to come, and what stands beside such words
(contract §2, modality); and homes as households."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

SURE = [
    ("86 civilians were reportedly killed and 40 injured in Nyala.", "alleged"),
    ("A further 120 people are reported to have been killed by the militia.", "alleged"),
    ("It is alleged that 31 women were killed at the mill by soldiers.", "alleged"),
    ("Three residents were believed still to be trapped under the rubble.", "possible"),
    ("Presumably two more people are trapped under the slabs.", "possible"),
    ("An elderly couple was killed, her office said, and it feared more deaths.", "stated"),
    ("120 families were driven out and stay away out of fear of the militia.", "stated"),
    ("We have been able to confirm that 19 of them were killed in Managua.", "stated"),
    ("Some 120 people were still unable to get out of a warehouse, they said.", "stated"),
    ("It is feared that nine people were killed.", "feared"),
]


@pytest.mark.parametrize(("body", "wanted"), SURE)
def test_how_sure_it_is(extractor: ClaimExtractor, body: str, wanted: str) -> None:
    read = read_report(extractor, "Shells fell on the town. " + body)
    told = [c for c in read.claims if c.harm != "object_struck"]
    assert told, read.summary()
    assert {c.modality for c in told} == {wanted}, read.summary()


@pytest.mark.parametrize(
    "body",
    [
        "After shells hit the plant, 21,000 homes lost electricity.",
        "After shells hit the plant, 21,000 homes in the city lost electricity.",
        "After shells hit the plant, 21,000 flats went cold.",
        "After shells hit the plant, 21,000 homes went dark.",
    ],
)
def test_homes_are_households(extractor: ClaimExtractor, body: str) -> None:
    cut = read_report(extractor, body).one("service_denied").quantity
    assert (cut.low, cut.high, cut.unit) == (21_000, 21_000, "households")


WAYS = [
    "Our vehicles have been unable to enter Carrefour.",
    "The airstrip at Kiwirok has been closed to relief flights by the army.",
]


@pytest.mark.parametrize("body", WAYS)
def test_who_cannot_enter_is_kept_out_and_keeps_out_nobody(
    extractor: ClaimExtractor, body: str
) -> None:
    read = read_report(extractor, "Fighters shelled the town on Monday. " + body)
    claim = read.one("access_denied")
    accused = claim.alleged_perpetrator
    assert accused is None or "vehicles" not in accused.name


def test_who_has_no_longer_access_to_care_goes_without(extractor: ClaimExtractor) -> None:
    body = "Shells hit the ward. Some 40,000 people no longer have access to surgical care."
    claim = read_report(extractor, body).one("service_denied")
    assert (claim.quantity.low, claim.services) == (40_000, ("medicine",))
