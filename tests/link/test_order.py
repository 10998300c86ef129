"""Order of arrival changes neither incidents nor readings."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from count.made import HOSPITAL, KUNDUZ, MARIUPOL, ZHYTOMYR, make_claim, make_document, on
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.count import fill_incident, tally_sums, tally_totals
from harmledger.link import propose_incidents, propose_origins

PLACES = (MARIUPOL, ZHYTOMYR, KUNDUZ, None)
DAYS = (on("2022-03-08"), on("2022-03-09"), on("2022-03-08", "2022-03-09"), None)
SITES = (HOSPITAL, None)
WHO = ("MSF", "Médecins Sans Frontières", "officials", "the city council", None)
SAID = ("2022-03-09", "2022-03-09T10:00:00Z", "2022-03-10T01:00:00+03:00", "2022-03-12", None)
HARMS = ("killed", "injured", "access_denied", "object_struck", "trapped")
SCOPES = ("incident", "incident", "incident", "running_total")

facts = st.tuples(
    st.sampled_from(HARMS),
    st.integers(0, 40),
    st.sampled_from(PLACES),
    st.sampled_from(DAYS),
    st.sampled_from(SITES),
    st.sampled_from(WHO),
    st.sampled_from(SAID),
    st.sampled_from(SCOPES),
    st.sampled_from(("whole", "whole", "some")),
    st.integers(0, 5),
)
DOCUMENTS = [make_document(f"d{n}", f"2022-03-{9 + n:02d}" if n else None) for n in range(6)]


def make(position: int, fact: tuple) -> Claim:  # type: ignore[type-arg]
    harm, low, place, day, site, who, said, scope, extent, document = fact
    return make_claim(
        harm,
        low,
        document=DOCUMENTS[document],
        said=said,
        who=who,
        start=position * 97,
        place=place,
        occurred=day,
        site=site,
        scope=scope,
        extent=extent,
    )


def everything(claims: list[Claim], documents: list[Document]) -> tuple[object, ...]:
    origins = propose_origins(claims, documents, {})
    by_id = {c.id: c for c in claims}
    incidents: tuple[Incident, ...] = propose_incidents(claims, [], documents)
    filled = tuple(fill_incident(i, by_id, origins) for i in incidents)
    totals = tally_totals(claims, filled, origins)
    return filled, totals, tally_sums(filled), origins


@settings(max_examples=60, deadline=None)
@given(st.lists(facts, min_size=1, max_size=14), st.integers(0, 1000))
def test_any_order_gives_the_same_record(told: list, seed: int) -> None:  # type: ignore[type-arg]
    claims = [make(n, fact) for n, fact in enumerate(told)]
    shuffled, documents = claims[:], DOCUMENTS[:]
    random.Random(seed).shuffle(shuffled)
    random.Random(seed + 1).shuffle(documents)
    assert everything(claims, DOCUMENTS) == everything(shuffled, documents)


@settings(max_examples=60, deadline=None)
@given(st.lists(facts, min_size=1, max_size=14))
def test_every_claim_stands_once_and_is_accounted_for(told: list) -> None:  # type: ignore[type-arg]
    claims = [make(n, fact) for n, fact in enumerate(told)]
    filled = everything(claims, DOCUMENTS)[0]
    inside = sorted(i for incident in filled for i in incident.claims)  # type: ignore[attr-defined]
    assert inside == sorted(c.id for c in claims if c.quantity.scope == "incident")
    for incident in filled:  # type: ignore[attr-defined]
        for reading in incident.readings:
            if reading.low is not None and reading.high is not None:
                assert reading.low <= reading.high
            named = {
                *reading.claims_low,
                *reading.claims_high,
                *reading.between,
                *reading.floors,
                *(s.claim for s in reading.set_aside),
            }
            same = {
                c.id
                for c in claims
                if c.id in incident.claims
                and (c.harm, c.quantity.unit) == (reading.harm, reading.unit)
            }
            assert same <= named
