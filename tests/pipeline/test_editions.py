"""Editions of the example ledger under each profile: how coarse, how old, who is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.core.claim import Modality, Site
from harmledger.core.decision import Decision
from harmledger.core.edition import Edition, ShownVoice
from harmledger.core.errors import WrongUsage
from harmledger.core.incident import Incident
from harmledger.core.view import LedgerView
from harmledger.ledger import open_ledger
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.policies import load_policies
from harmledger.lexicon.profiles import find_profile
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.edition import make_edition
from harmledger.pipeline.keys import load_publication_key
from harmledger.review import (
    Known,
    Signature,
    decide_embargo,
    decide_release,
    decide_retract,
    decide_withhold,
)

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
CAPTURED = datetime(2026, 1, 1, tzinfo=UTC)
FRESH, OLD = CAPTURED + timedelta(hours=5), CAPTURED + timedelta(days=30)
KEY = bytes(32)


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> LedgerView:
    ticks = count()

    def clock() -> datetime:
        return CAPTURED + timedelta(microseconds=next(ticks))

    with open_ledger(tmp_path_factory.mktemp("e") / "e.ledger", write=True) as ledger:
        run_paths([EXAMPLES], ledger, clock=clock)
        return view_ledger(ledger)


def edition(view: LedgerView, profile: str, at: datetime = OLD, key: bytes = KEY) -> Edition:
    return make_edition(
        view, find_profile(profile), load_policies(), key=key, gazetteer=Gazetteer(), made_at=at
    )


def decided(view: LedgerView, *decisions: Decision) -> LedgerView:
    return msgspec.structs.replace(view, decisions=(*view.decisions, *decisions))


def sign(by: str = "Keeper") -> Signature:
    return Signature(by=by, reason="r", at="2026-01-02T00:00:00+00:00", prev="0")


def known(view: LedgerView) -> Known:
    return Known(
        claims={c.id: c for c in view.claims}, incidents={i.id: i.claims for i in view.incidents}
    )


def kunduz(view: LedgerView) -> Incident:
    return next(i for i in view.incidents if i.place and i.place.name == "Kunduz")


def voices(edition: Edition) -> Iterator[ShownVoice]:
    for incident in edition.incidents:
        for claim in incident.claims:
            yield from claim.voice


@pytest.mark.parametrize(
    ("profile", "at", "finest"),
    [
        ("public", FRESH, 4),
        ("public", OLD, 3),
        ("newsroom", FRESH, 4),
        ("newsroom", OLD, 2),
        ("court", FRESH, 1),
        ("who-ssa", OLD, 6),
    ],
)
def test_no_place_is_finer_than_the_profile_allows(
    view: LedgerView, profile: str, at: datetime, finest: int
) -> None:
    made = edition(view, profile, at)
    places = [i.place for i in made.incidents if i.place]
    assert places
    assert min(p.precision for p in places) >= finest
    assert all(p.lat is None for p in places if p.precision == 6)


def test_a_clock_set_back_makes_nothing_finer(view: LedgerView) -> None:
    made = edition(view, "public", CAPTURED - timedelta(days=400))
    assert all(i.place is None or i.place.precision >= 4 for i in made.incidents)


@pytest.mark.parametrize(
    ("site", "finest"),
    [
        (Site(kind="power"), 4),
        (Site(kind="displacement_camp"), 4),
        (Site(kind="military"), 4),
        (Site(kind="school", condition="occupied"), 4),
        (Site(kind="school"), 3),
    ],
)
def test_sensitive_sites_are_shown_by_province(view: LedgerView, site: Site, finest: int) -> None:
    target = kunduz(view)
    claims = tuple(
        msgspec.structs.replace(c, site=site) if c.id in target.claims else c for c in view.claims
    )
    changed = msgspec.structs.replace(
        view,
        claims=claims,
        incidents=tuple(
            msgspec.structs.replace(i, site=site) if i.id == target.id else i
            for i in view.incidents
        ),
    )
    shown = [i for i in edition(changed, "public").incidents if i.site == site.kind]
    assert [i.place.precision >= finest for i in shown if i.place] == [True]
    court = [i for i in edition(changed, "court").incidents if i.site == site.kind]
    assert court[0].place is not None
    assert court[0].place.precision < finest or finest == 3


def test_details_of_few_people_are_left_out(view: LedgerView) -> None:
    for incident in edition(view, "public").incidents:
        for claim in incident.claims:
            own = [
                r.low or 0
                for r in incident.readings
                if r.harm == claim.harm and r.unit == "persons"
            ]
            if max(own, default=0) < 3:
                assert (claim.victims.age, claim.victims.sex, claim.victims.roles) == (
                    None,
                    None,
                    (),
                )


def test_office_holders_speak_under_their_names_and_others_do_not(view: LedgerView) -> None:
    said = list(voices(edition(view, "public")))
    assert "Sergei Orlov" in {v.name for v in said}
    assert all(v.office for v in said if v.name)


@pytest.mark.parametrize("modality", ["feared", "predicted", "conditional"])
def test_what_has_not_happened_never_appears(view: LedgerView, modality: Modality) -> None:
    chosen = next(c for c in view.claims if c.id in kunduz(view).claims)
    feared = msgspec.structs.replace(chosen, modality=modality)
    claims = tuple(feared if c.id == chosen.id else c for c in view.claims)
    for profile in ("public", "court"):
        before, after = (
            {c.ref for i in edition(v, profile).incidents for c in i.claims}
            for v in (view, msgspec.structs.replace(view, claims=claims))
        )
        assert len(before - after) == 1


def test_a_passage_needs_two_people(view: LedgerView) -> None:
    claim = next(c for c in view.claims if c.id in kunduz(view).claims)
    first = decide_release(known(view), "passage", claim.id, sign("Ana")).decision
    again = decide_release(known(view), "passage", claim.id, sign(" ana ")).decision
    second = decide_release(known(view), "passage", claim.id, sign("Ben")).decision

    def quotes(*decisions: Decision) -> list[str]:
        made = edition(decided(view, *decisions), "public")
        return [c.quote for i in made.incidents for c in i.claims if c.quote]

    assert quotes(first) == []
    assert quotes(first, again) == []
    assert quotes(first, second) == [claim.span.quote]


def test_embargo_ends_and_retraction_is_said(view: LedgerView) -> None:
    target, all_shown = kunduz(view), len(edition(view, "public").incidents)
    day = (OLD + timedelta(days=1)).date().isoformat()
    held = decide_embargo(known(view), target.id, day, sign()).decision
    assert len(edition(decided(view, held), "public").incidents) == all_shown - 1
    later = edition(decided(view, held), "public", OLD + timedelta(days=2))
    assert len(later.incidents) == all_shown
    taken = decide_retract(known(view), target.id, sign()).decision
    made = edition(decided(view, taken), "public")
    assert (len(made.incidents), len(made.retracted)) == (all_shown - 1, 1)


def test_sums_and_remainders_hold_only_what_is_shown(view: LedgerView) -> None:
    """Withholding an incident takes its whole figure out of every sum: subtraction finds nothing
    that was not already printed."""
    for target in view.incidents:
        held = decide_withhold(known(view), target.id, sign()).decision
        made = edition(decided(view, held), "court")
        for total in made.sums:
            lows = [
                (r.low if r.low is not None else r.best) or 0
                for i in made.incidents
                for r in i.readings
                if (r.harm, r.unit, r.victims, r.policy)
                == (total.harm, total.unit, total.victims, total.policy)
            ]
            assert total.low == sum(lows)
        shown = {i.ref for i in made.incidents}
        assert all(set(t.incidents) <= shown for t in made.totals)


@settings(max_examples=24, deadline=None)
@given(chosen=st.data(), profile=st.sampled_from(("public", "newsroom", "court", "who-ssa")))
def test_what_is_withheld_changes_nothing_that_is_printed(
    view: LedgerView, chosen: st.DataObject, profile: str
) -> None:
    """Whatever is withheld, the edition is the one of a ledger that never held it, byte for byte:
    no total, remainder, order or reference is left to subtract from. Only the count of what is
    not here differs, and it says so itself."""
    ids = st.sets(st.sampled_from([i.id for i in view.incidents]), min_size=1)
    targets = chosen.draw(ids, label="withheld")
    held = [decide_withhold(known(view), target, sign()).decision for target in sorted(targets)]
    made = edition(decided(view, *held), profile)
    gone = {c for i in view.incidents if i.id in targets for c in i.claims}
    never = msgspec.structs.replace(
        view,
        incidents=tuple(i for i in view.incidents if i.id not in targets),
        claims=tuple(c for c in view.claims if c.id not in gone),
    )
    apart = msgspec.structs.replace(edition(never, profile), withheld=made.withheld)
    assert msgspec.json.encode(made) == msgspec.json.encode(apart)


def test_references_are_keyed(view: LedgerView) -> None:
    """Another key gives other references; the same key the same: editions can be compared."""
    one, two = edition(view, "public"), edition(view, "public", key=bytes(range(32)))
    assert one == edition(view, "public")
    assert not {i.ref for i in one.incidents} & {i.ref for i in two.incidents}
    ids = {i.id for i in view.incidents} | {c.id for c in view.claims}
    assert not any(id_ in str(msgspec.json.encode(one)) for id_ in ids)


def test_the_key_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    ledger = tmp_path / "l.ledger"
    key = load_publication_key(ledger)
    assert load_publication_key(ledger) == key
    assert (tmp_path / "l.ledger.publication-key").stat().st_mode & 0o077 == 0
    with pytest.raises(WrongUsage, match="--key"):
        load_publication_key("postgresql://host/db")
    (tmp_path / "bad").write_text("no key")
    with pytest.raises(WrongUsage, match="no publication key"):
        load_publication_key(ledger, tmp_path / "bad")


def test_what_is_unattributed_is_no_independent_origin(view: LedgerView) -> None:
    """Terminal, pages and editions say the same number (R2)."""
    target = kunduz(view)
    assert any(origin.kind == "unattributed" for origin in target.origins)
    assert target.independent_origins == len(target.origins) - 1
    shown = [i for i in edition(view, "court").incidents if i.place and i.place.name == "Kunduz"]
    assert [i.origins for i in shown] == [target.independent_origins]
