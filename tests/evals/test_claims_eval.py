"""Scoring claims against gold: what is asked, what is right, what may never be seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from evals.marked import (
    DEVELOPMENT,
    FROZEN,
    TEXT,
    gold_claim,
    gold_document,
    make_rooms,
    write_corpus,
    write_gold,
)
from harmledger.core.claim import Claim, Victims
from harmledger.core.errors import CannotParse, HarmledgerError, MissingResource, WrongUsage
from harmledger.core.extraction import Extraction
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.when import When
from harmledger.evals.claims import Matched, figures_agree, match_claims, score_reading
from harmledger.evals.fields import WHOLE, compare_fields
from harmledger.evals.frozen import load_runs, score_frozen
from harmledger.evals.gold import GoldClaim, GoldDocument, is_frozen, load_gold
from harmledger.evals.gold_texts import GoldReading, iter_readings, make_finder
from harmledger.evals.measures import measure_all
from harmledger.evals.names import voices_agree
from harmledger.evals.prints import render_evaluation, render_mistakes
from harmledger.evals.strata import score_strata

TODAY = date(2024, 6, 1)


def as_gold(**given: Any) -> GoldClaim:
    return msgspec.convert(gold_claim(**given), GoldClaim)


def read_text(tmp_path: Path) -> GoldReading:
    """The text above as the small rooms read it: 3 killed, 17 injured."""
    write_gold(tmp_path, gold_document(DEVELOPMENT))
    gold = load_gold(tmp_path, "written", "development")
    return next(iter_readings(gold, make_finder("written", tmp_path, None), make_rooms()))


@pytest.fixture
def reading(tmp_path: Path) -> GoldReading:
    return read_text(tmp_path)


@pytest.fixture
def killed(reading: GoldReading) -> Claim:
    return reading.extraction.claims[0]


def match(reading: GoldReading, claims: list[Claim], *gold: dict[str, Any]) -> Matched:
    numbered = [claim | {"n": n} for n, claim in enumerate(gold, 1)]
    document = gold_document(DEVELOPMENT, claims=numbered)
    return match_claims(msgspec.convert(document, GoldDocument), claims, reading.text.sentences)


def with_figure(claim: Claim, low: int | None, high: int | None) -> Claim:
    return msgspec.structs.replace(claim, id=f"{low}/{high}", quantity=Quantity(low=low, high=high))


# ---- matching --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "read", "agree"),
    [
        ((18, 18), (18, 18), True),
        ((18, None), (18, 18), True),
        ((None, 20), (15, 20), True),
        ((2, None), (None, None), True),
        ((18, 18), (44, 44), False),
        ((18, 18), (None, None), False),
        ((18, None), (None, 18), False),
    ],
)
def test_figures(wanted: Any, read: Any, agree: bool) -> None:
    assert figures_agree(wanted, read) is agree


def test_another_figure_is_missed_and_extra(reading: GoldReading, killed: Claim) -> None:
    matched = match(reading, [with_figure(killed, 4, 4)], gold_claim())
    assert (len(matched.pairs), len(matched.missed), len(matched.extra)) == (0, 1, 1)


def test_each_is_used_once_and_the_better_pair_wins(reading: GoldReading, killed: Claim) -> None:
    rows = (gold_claim(stance="denies"), gold_claim())
    matched = match(reading, [killed], *rows)
    assert [pair.gold.n for pair in matched.pairs] == [2]
    assert [gold.n for gold in matched.missed] == [1]


def test_the_same_sentence_is_enough_another_is_not(reading: GoldReading, killed: Claim) -> None:
    shelling = gold_claim(start=0, end=8)
    assert len(match(reading, [killed], shelling).pairs) == 1
    mayor = TEXT.index("The mayor")
    assert not match(reading, [killed], gold_claim(start=mayor, end=mayor + 9)).pairs


@pytest.mark.parametrize(
    ("wanted", "read", "figure", "found"),
    [
        ("abducted", "detained", 3, True),
        ("killed_or_injured", "killed", 0, True),
        ("killed", "killed_or_injured", 0, True),
        ("killed", "injured", 0, False),
        ("killed_or_injured", "killed", 3, False),
        ("missing", "abducted", 3, False),
    ],
)
def test_harms_that_pass_for_one_another(
    reading: GoldReading, killed: Claim, wanted: str, read: Any, figure: int, found: bool
) -> None:
    claim = msgspec.structs.replace(with_figure(killed, figure, figure), harm=read)
    gold = gold_claim(harm=wanted, low=figure, high=figure)
    assert bool(match(reading, [claim], gold).pairs) is found


def test_a_second_telling_is_no_error_a_new_figure_is(reading: GoldReading, killed: Claim) -> None:
    again = msgspec.structs.replace(killed, id="again")
    matched = match(reading, [killed, again, with_figure(killed, 5, 5)], gold_claim())
    assert [claim.id for claim in matched.extra] == ["5/5"]


def test_optional_gold_is_neither_asked_for_nor_held_against(
    reading: GoldReading, killed: Claim
) -> None:
    optional = gold_claim(optional=True)
    assert match(reading, [killed], optional) == Matched(pairs=(), missed=(), extra=())
    assert match(reading, [], optional) == Matched(pairs=(), missed=(), extra=())
    first = match(reading, [killed], optional, gold_claim())
    assert [pair.gold.n for pair in first.pairs] == [2]


# ---- fields ----------------------------------------------------------------------------------


def test_silence_on_both_sides_earns_nothing(killed: Claim) -> None:
    asked = compare_fields(as_gold(), killed)
    assert not {"age", "sex", "roles", "site", "services", "status", "perpetrator"} & set(asked)
    assert all(asked.values())


def test_a_value_made_up_is_wrong(killed: Claim) -> None:
    adult = msgspec.structs.replace(killed, victims=Victims(age="adult", roles=("patient",)))
    asked = compare_fields(as_gold(place=None, date=None, voice=None), adult)
    wrong = {name for name, right in asked.items() if not right}
    assert wrong == {"age", "roles", "place", "date", "voice"}


def test_several_places_are_all_of_them_and_no_other(killed: Claim) -> None:
    mariupol = killed.place
    assert mariupol is not None
    zhytomyr = msgspec.structs.replace(mariupol, name="Zhytomyr", as_written="Zhytomyr")
    area = msgspec.structs.replace(mariupol, name="Ukraine", members=(mariupol, zhytomyr))
    both = msgspec.structs.replace(killed, place=area)
    wanted = ["Zhytomyr", "Mariupol"]
    assert compare_fields(as_gold(place=wanted), both)["place"]
    assert not compare_fields(as_gold(place=wanted), killed)["place"]
    assert not compare_fields(as_gold(place=[*wanted, "Lviv"]), both)["place"]
    assert not compare_fields(as_gold(place="Mariupol"), both)["place"]


def test_a_place_shares_all_words_of_the_shorter_name(killed: Claim) -> None:
    place = killed.place
    assert place is not None
    read = msgspec.structs.replace(place, name="San Salvador", as_written="SAN SALVADOR")
    claim = msgspec.structs.replace(killed, place=read)
    assert compare_fields(as_gold(place="San Salvador Department"), claim)["place"]
    assert not compare_fields(as_gold(place="San Miguel"), claim)["place"]


def test_speakers_agree_whatever_their_spelling() -> None:
    assert voices_agree("Josué Mandro", ["spokesman JOSUE MANDRO"])
    assert voices_agree("the Interior Ministry", ["ministry"])
    assert voices_agree("Gaza health ministry", ["Ministry of Health in Gaza"])
    assert not voices_agree("Bank of the South", ["Office of the Mayor"])
    assert not voices_agree("Ministry of Defence", ["Ministry of Health"])
    assert not voices_agree("Sami al-Rashid", ["Omar al-Hassan"])
    assert not voices_agree("government forces", ["rebel forces"])


def test_a_place_may_go_by_another_name_of_its_entry(killed: Claim) -> None:
    assert killed.place is not None
    read = msgspec.structs.replace(killed.place, name="Odessa", as_written="Odessa")
    read = msgspec.structs.replace(read, gazetteer_id="geonames:1")
    known = {"Odesa": frozenset({"geonames:1"}), "Kherson": frozenset({"geonames:2"})}
    claim = msgspec.structs.replace(killed, place=read)
    assert compare_fields(as_gold(place="Odesa"), claim, known.__getitem__)["place"]
    assert not compare_fields(as_gold(place="Kherson"), claim, known.__getitem__)["place"]
    assert not compare_fields(as_gold(place="Odesa"), claim)["place"]


def test_words_without_day_or_entry_are_silence(killed: Claim) -> None:
    undated = When(as_written="a week earlier", rule="relative")
    unknown = Place(as_written="the upper quarter")
    claim = msgspec.structs.replace(killed, occurred=undated, place=unknown)
    assert not {"date", "place"} & set(compare_fields(as_gold(date=None, place=None), claim))
    asked = compare_fields(as_gold(date="2024-05-01", place="Kherson"), claim)
    assert (asked["date"], asked["place"]) == (False, False)


def test_a_whole_claim_needs_every_asked_field(reading: GoldReading, killed: Claim) -> None:
    assert match(reading, [killed], gold_claim()).pairs[0].whole
    assert not match(reading, [killed], gold_claim(status="civilian")).pairs[0].whole
    assert match(reading, [killed], gold_claim(extent="some")).pairs[0].whole
    assert "extent" not in WHOLE


# ---- measures --------------------------------------------------------------------------------


def test_counts_become_measures(tmp_path: Path) -> None:
    write_gold(tmp_path, gold_document(DEVELOPMENT, claims=[gold_claim(), _missing()]))
    score = score_strata(tmp_path, None, maker=make_rooms).strata[0]
    assert score.value("precision") == pytest.approx(1 / 2)
    assert score.value("recall") == pytest.approx(1 / 2)
    assert score.value("f1") == pytest.approx(1 / 2)
    assert score.value("whole_claim") == pytest.approx(1 / 2)
    assert score.value("killed_injured_exact") == 1
    assert score.value("recall.missing") == 0
    assert score.value("recall.trapped") is None
    assert score.value("unresolved_per_100_words") == pytest.approx(100 / len(TEXT.split()))
    kinds = {mistake.kind for mistake in score.mistakes}
    assert kinds == {"missed missing", "extra injured"}


def _missing() -> dict[str, Any]:
    return gold_claim(n=2, harm="missing", low=None, high=None, unit=None)


def test_intervals_are_drawn_by_report_and_stay_the_same() -> None:
    counts = [{"asked": 10.0, "found": float(found)} for found in (1, 4, 9, 10)]
    once, again = measure_all(counts), measure_all(counts)
    assert once == again
    recall = next(m for m in once if m.name == "recall")
    assert recall.value == pytest.approx(24 / 40)
    assert recall.low is not None
    assert recall.high is not None
    assert 0.1 <= recall.low < 0.6 < recall.high <= 1.0


def test_one_report_has_no_spread_and_none_has_no_value() -> None:
    only = next(m for m in measure_all([{"asked": 2.0, "found": 1.0}]) if m.name == "recall")
    assert (only.value, only.low, only.high) == (0.5, 0.5, 0.5)
    assert all(m.value is None for m in measure_all([]))


def test_a_report_without_claims_still_counts_its_words(reading: GoldReading) -> None:
    empty = Extraction(document="d", text_sha256="t", extractor="e")
    silent = msgspec.structs.replace(reading, extraction=empty)
    counts = score_reading(silent).counts
    assert (counts["asked"], counts["found"], counts["extra"]) == (1, 0, 0)
    assert counts["words"] == len(TEXT.split())


# ---- strata and the frozen half --------------------------------------------------------------


def test_strata_are_reported_apart_and_a_missing_one_is_said(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    both = score_strata(gold, data, maker=make_rooms)
    assert [score.stratum for score in both.strata] == ["written", "found"]
    alone = score_strata(gold, None, maker=make_rooms)
    assert [score.stratum for score in alone.strata] == ["written"]
    assert "not scored: found" in render_evaluation(alone)
    with pytest.raises(MissingResource, match="muc4_dev"):
        score_strata(gold, tmp_path, maker=make_rooms)


def test_mistakes_are_listed_by_kind_and_can_be_left_out(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    evaluation = score_strata(gold, data, maker=make_rooms)
    listed = render_mistakes(evaluation)
    assert "written: extra injured (1)" in listed
    assert f"{DEVELOPMENT}: 17/17 persons asserts stated | 17 were injured" in listed
    assert render_mistakes(evaluation.without_mistakes()) == ""


def test_the_frozen_half_is_scored_once(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    log = tmp_path / "log.jsonl"
    evaluation = score_frozen(gold, data, log, today=TODAY, maker=make_rooms)
    assert FROZEN not in render_evaluation(evaluation)
    assert all(not score.mistakes for score in evaluation.strata)
    with pytest.raises(HarmledgerError, match="was scored with fake-claims@1 on 2024-06-01"):
        score_frozen(gold, data, log, today=TODAY, maker=make_rooms)
    write_gold(gold, gold_document(FROZEN, annotator="b"))
    score_frozen(gold, data, log, today=TODAY, maker=make_rooms)
    runs = load_runs(log)
    assert [run.extractor for run in runs] == ["fake-claims@1"] * 2
    assert len({run.corpus for run in runs}) == 2
    assert set(runs[0].results) == {"written", "found"}
    assert FROZEN not in log.read_text(encoding="utf-8")


def test_reports_frozen_later_are_measured_apart_too(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    for begin in ("wa", "wx"):
        numbered = map(f"{begin}{{}}".format, range(99))
        write_gold(gold, gold_document(next(name for name in numbered if is_frozen(name))))
    log = tmp_path / "log.jsonl"
    evaluation = score_frozen(gold, data, log, today=TODAY, maker=make_rooms)
    assert "frozen first, 1 report\n" in render_evaluation(evaluation)
    (run,) = load_runs(log)
    assert {"written, frozen first", "written, frozen later"} < set(run.results)


def test_a_change_of_development_gold_opens_no_second_run(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    log = tmp_path / "log.jsonl"
    score_frozen(gold, data, log, today=TODAY, maker=make_rooms)
    write_gold(gold, gold_document(DEVELOPMENT, annotator="b"))
    with pytest.raises(HarmledgerError, match="was scored"):
        score_frozen(gold, data, log, today=TODAY, maker=make_rooms)


def test_the_frozen_half_needs_both_strata_and_a_log(tmp_path: Path) -> None:
    gold, data = write_corpus(tmp_path)
    with pytest.raises(WrongUsage, match="--data"):
        score_frozen(gold, None, tmp_path / "log.jsonl", today=TODAY, maker=make_rooms)
    with pytest.raises(WrongUsage, match="--log"):
        score_frozen(gold, data, tmp_path / "no" / "log.jsonl", today=TODAY, maker=make_rooms)
    (tmp_path / "log.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(CannotParse, match="line 1"):
        score_frozen(gold, data, tmp_path / "log.jsonl", today=TODAY, maker=make_rooms)
