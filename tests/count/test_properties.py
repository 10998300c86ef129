"""What holds for any claims whatever: low and high, copies, parts, totals, denials, order."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from count.made import MARIUPOL, make_claim, make_document, make_voice, on
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Reading
from harmledger.count import tally_incident, tally_sums, tally_totals
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_origins

POLICIES = load_policies()
LITERAL = POLICIES[0]
DOCUMENTS = tuple(make_document(f"report {n}", f"2022-03-{10 + n}") for n in range(5))
UNDATED = make_document("undated")
PAPERS = (*DOCUMENTS, UNDATED)
VOICES = (None, "the council", "MSF", "Amnesty", "the ICRC", "residents")
DAYS = (None, "2022-03-09", "2022-03-10", "2022-03-11T08:00:00Z", "2022-03-11T20:00:00Z")
FEW = settings(max_examples=50, deadline=None)


@st.composite
def claims_of_one_harm(draw: st.DrawFn, least: int = 1) -> list[Claim]:
    """Claims about one incident: numbers, open figures, words, floors, denials; a part stands in
    the text of its whole, in the same voice."""
    made: list[Claim] = []
    for n in range(draw(st.integers(least, 7))):
        low = draw(st.integers(0, 40))
        kind = draw(st.sampled_from(("exact", "open", "between", "word", "most", "unstated")))
        ends = {
            "exact": (low, low, "exact"),
            "open": (low, None, "at_least"),
            "between": (low, low + draw(st.integers(0, 20)), "between"),
            "word": (24, None, "word"),
            "most": (None, low, "at_most"),
            "unstated": (None, None, "none"),
        }[kind]
        wholes = [c for c in made if c.part_of is None]
        inside = draw(st.sampled_from(wholes)) if wholes and draw(st.integers(0, 3)) == 0 else None
        document = next(d for d in PAPERS if d.id == inside.document) if inside else None
        made.append(
            make_claim(
                low=ends[0],
                high=ends[1],
                bound=ends[2],
                as_written="dozens" if kind == "word" else str(low),
                document=document or draw(st.sampled_from(PAPERS)),
                voice=inside.voice if inside else make_voice(draw(st.sampled_from(VOICES))),
                said=inside.said_at.at if inside else draw(st.sampled_from(DAYS)),
                start=100 * n,
                status=draw(st.sampled_from(("civilian", "combatant", "undetermined"))),
                extent=draw(st.sampled_from(("whole", "whole", "some"))),
                stance=draw(st.sampled_from(("asserts",) * 6 + ("denies", "cannot_confirm"))),
                part_of=inside.id if inside else None,
            )
        )
    return made


def groups_of(claims: list[Claim]) -> dict[str, str]:
    return {c.document: c.document for c in claims}


def read(
    claims: list[Claim],
    groups: dict[str, str] | None = None,
    documents: tuple[Document, ...] = PAPERS,
) -> dict[tuple[str, str], Reading]:
    """Every reading under every policy, by policy and victims."""
    origins = propose_origins(claims, documents, groups or groups_of(claims))
    return {
        (r.policy, r.victims): r
        for policy in POLICIES
        for r in tally_incident(claims, origins, policy)
    }


def figures(readings: dict[tuple[str, str], Reading]) -> dict[tuple[str, str], object]:
    return {key: (r.low, r.best, r.high) for key, r in readings.items()}


@FEW
@given(claims_of_one_harm())
def test_low_is_never_above_high(claims: list[Claim]) -> None:
    for key, reading in read(claims).items():
        if reading.low is not None and reading.high is not None:
            assert reading.low <= reading.high, key
            assert reading.best is None or reading.low <= reading.best <= reading.high, key


@FEW
@given(claims_of_one_harm(), st.integers(1, 12))
def test_a_copy_changes_nothing(claims: list[Claim], copies: int) -> None:
    """The same words of one report in other papers that carry it, on the same day."""
    first = claims[0].document
    original = next(d for d in PAPERS if d.id == first)
    told = [c for c in claims if c.document == first]
    groups, documents, more = groups_of(claims), [*PAPERS], list(claims)
    for n in range(copies):
        paper = make_document(f"paper {n}", original.published_at)
        documents.append(paper)
        groups[paper.id] = first
        renamed = {c.id: f"{c.id}-{n}" for c in told}
        more += [
            msgspec.structs.replace(
                c,
                id=renamed[c.id],
                document=paper.id,
                part_of=renamed.get(c.part_of or "", c.part_of),
            )
            for c in told
        ]
    before, after = read(claims), read(more, groups, tuple(documents))
    assert figures(before) == figures(after)
    assert {k: r.origins for k, r in before.items()} == {k: r.origins for k, r in after.items()}


@FEW
@given(claims_of_one_harm(), st.integers(0, 60), st.integers(0, 30))
def test_an_independent_whole_figure_never_narrows_the_range(
    claims: list[Claim], low: int, more: int
) -> None:
    new = make_document("independent", "2022-03-20")
    figure = make_claim(
        low=low, high=low + more, who="the observatory", document=new, bound="between"
    )
    before = read(claims).get(("literal", "assume_civilian"))
    grown = read([*claims, figure], {**groups_of(claims), new.id: new.id}, (*PAPERS, new))
    after = grown["literal", "assume_civilian"]
    if before is None or not (before.claims_low and set(before.claims_low) - set(before.floors)):
        return  # floors alone: a first whole figure may lie above them
    if before.low is not None:
        assert after.low is not None
        assert after.low <= before.low
    if before.high is not None and after.high is not None:
        assert after.high >= before.high


@FEW
@given(claims_of_one_harm(), st.integers(0, 30))
def test_parts_never_add(claims: list[Claim], size: int) -> None:
    """Parts are floors: the low rises to the largest of them at most, the high stays."""
    whole = make_claim(low=size, who="the observatory", start=9000)
    split = size // 2
    parts = [
        make_claim(low=n, who="the observatory", part_of=whole.id, start=9100 + i, age="child")
        for i, n in enumerate((split, size - split))
    ]
    told = [*claims, whole]
    key = ("literal", "assume_civilian")
    before, after = read(told)[key], read([*told, *parts])[key]
    assert after.low == max(before.low or 0, size - split)
    assert after.high in (before.high, None)


@FEW
@given(claims_of_one_harm(), st.integers(0, 5000))
def test_a_total_never_counts_in_an_incident(claims: list[Claim], number: int) -> None:
    total = make_claim(low=number, who="the ICRC", scope="running_total", start=9000)
    before, after = read(claims), read([*claims, total])
    assert {k: v for k, v in figures(after).items() if k in before} == figures(before)
    assert all(
        value == (None, None, None) for k, value in figures(after).items() if k not in before
    )


@FEW
@given(claims_of_one_harm(), st.integers(0, 1000))
def test_the_order_of_claims_changes_nothing(claims: list[Claim], seed: int) -> None:
    mixed = list(claims)
    random.Random(seed).shuffle(mixed)
    assert read(claims) == read(mixed)


@FEW
@given(claims_of_one_harm(), st.one_of(st.none(), st.integers(0, 50)))
def test_a_denial_changes_no_figure(claims: list[Claim], number: int | None) -> None:
    denial = make_claim(
        low=number, who="the army", stance="denies", about=claims[0].id, start=9000,
        status=claims[0].victims.status,
    )  # fmt: skip
    before, after = read(claims), read([*claims, denial])
    assert {k: v for k, v in figures(after).items() if k in before} == figures(before)
    assert all(after[k].origins == before[k].origins for k in before)


@FEW
@given(claims_of_one_harm())
def test_strict_counts_only_who_assume_civilian_counts(claims: list[Claim]) -> None:
    """The status readings are nested in what they count: no claim stands in ``strict`` that
    ``assume_civilian`` leaves out as a combatant, and combatants stand in neither."""
    readings = read(claims)
    combatants = {c.id for c in claims if c.victims.status == "combatant"}
    wide = readings.get(("literal", "assume_civilian"))
    strict = readings.get(("literal", "strict"))
    if wide is None or strict is None:
        return
    counted = {*strict.claims_low, *strict.claims_high, *strict.between, *strict.floors}
    assert not counted & combatants
    screened = {a.claim for a in wide.set_aside if "(R8)" in a.why}
    assert not counted & screened


@FEW
@given(claims_of_one_harm())
def test_every_claim_is_accounted_for(claims: list[Claim]) -> None:
    for reading in read(claims).values():
        named = {
            *(*reading.claims_low, *reading.claims_high, *reading.between, *reading.floors),
            *(*reading.possibly_more, *(a.claim for a in reading.set_aside)),
        }
        assert named == {c.id for c in claims}


@FEW
@given(claims_of_one_harm(), st.sampled_from(("2022-03-09", "2022-03-10", "2022-03-11")))
def test_a_reading_as_of_a_day_is_the_reading_of_what_was_said_by_then(
    claims: list[Claim], day: str
) -> None:
    said = [c for c in claims if c.said_at.at is not None and c.said_at.at[:10] <= day]
    origins = propose_origins(claims, PAPERS, groups_of(claims))
    for policy in POLICIES:
        now = {r.victims: r for r in tally_incident(claims, origins, policy, as_of=day)}
        then = {r.victims: r for r in tally_incident(said, origins, policy)}
        for victims in now.keys() & then.keys():
            assert (now[victims].low, now[victims].best, now[victims].high) == (
                then[victims].low,
                then[victims].best,
                then[victims].high,
            )


@FEW
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=5))
def test_totals_never_add_to_one_another_nor_to_a_sum(numbers: list[int]) -> None:
    totals = [
        make_claim(
            low=n, who=f"voice {i}", scope="running_total", place=MARIUPOL, start=100 * i,
            occurred=on("2022-03-01", f"2022-03-{10 + i}"),
        )
        for i, n in enumerate(numbers)
    ]  # fmt: skip
    told = tally_totals(totals, [], propose_origins(totals, [], {}))
    assert sorted(p.low or 0 for t in told for p in t.series) == sorted(numbers)
    assert tally_sums([]) == ()
