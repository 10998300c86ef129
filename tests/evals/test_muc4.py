"""The MUC-4 measure: keys and claims to tuples, and the count of both (all texts invented)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from harmledger.core.claim import Claim, VictimGroup, Victims
from harmledger.core.errors import CannotParse, MissingResource
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span
from harmledger.core.when import Moment
from harmledger.evals.muc4.keys import CORPUS, Message, load_messages, parse_fill, parse_number
from harmledger.evals.muc4.score import measure_scores, score_message
from harmledger.evals.muc4.tuples import project_claims, write_number


def template(name: str = "1", **slots: list[str]) -> dict[str, list[str]]:
    return {
        "MESSAGE: TEMPLATE": [name],
        "HUM TGT: NUMBER": slots.get("number", ["-"]),
        "HUM TGT: EFFECT OF INCIDENT": slots.get("effect", ["-"]),
    }


def row(name: str, *templates: dict[str, list[str]], split: str = "dev") -> dict[str, Any]:
    return {"docid": name, "split": split, "text": "A FARM BURNED.", "templates": list(templates)}


def corpus(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / CORPUS
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(one) + "\n" for one in rows)
    return folder


def test_an_effect_takes_the_number_of_the_same_words(tmp_path: Path) -> None:
    key = template(
        number=['3: "BAKERS"', '1: "ANA ROA" / "ROA"'],
        effect=['DEATH: "BAKERS"', 'INJURY: "ROA"', 'NO INJURY: "DRIVER"'],
    )
    (message,) = load_messages(corpus(tmp_path, row("A-1", key)), ["dev"])
    assert message.required == (("DEATH", "3"), ("INJURY", "1"))
    assert message.asked


def test_optional_templates_and_fills_are_apart(tmp_path: Path) -> None:
    spare = template("2 (OPTIONAL)", number=['5: "MEN"'], effect=['DEATH: "MEN"'])
    hedged = template(number=['2: "A"', '? 4: "B"'], effect=['? DEATH: "A"', 'DEATH: "B"'])
    (message,) = load_messages(corpus(tmp_path, row("A-1", spare, hedged)), ["dev"])
    assert message.required == ()
    assert message.optional == (("DEATH", "2"), ("DEATH", "4"), ("DEATH", "5"))


@pytest.mark.parametrize(
    ("written", "number"),
    [("5", "5"), ("~30", "30"), ("5-", "5-"), ("-15", "-15"), ("3 - 4", "3-4"),
     ("PLURAL", "PLURAL"), ("-", "PLURAL")],
)  # fmt: skip
def test_numbers_as_the_key_writes_them(written: str, number: str) -> None:
    assert parse_number(written) == number


def test_of_alternatives_the_first_counts() -> None:
    fill = parse_fill('(INJURY / DEATH): "A" / "B"')
    assert (fill.value, fill.about, fill.optional) == ("INJURY", ("A", "B"), False)


def test_only_the_splits_asked_for_and_doubles_once(tmp_path: Path) -> None:
    data = corpus(tmp_path, row("A-1"), row("A-1"), row("B-1", split="tst1"))
    assert [m.name for m in load_messages(data, ["dev"])] == ["A-1"]


def test_a_missing_or_broken_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingResource, match="muc4_dev"):
        load_messages(tmp_path, ["dev"])
    broken = corpus(tmp_path, {"docid": "A-1", "split": "dev"})
    with pytest.raises(CannotParse, match="line 1"):
        load_messages(broken, ["dev"])


# ---- claims ------------------------------------------------------------------------------------


def claim(written: str, low: int | None, high: int | None, **changes: Any) -> Claim:
    quantity = Quantity(low=low, high=high, **changes.pop("quantity", {}))
    victims = Victims(as_written=written, **changes.pop("victims", {}))
    fields: dict[str, Any] = {
        "id": f"clm_{written}{low}{changes.get('harm')}", "document": "doc", "document_name": "doc",
        "text_sha256": "0", "harm": "killed", "extractor": "test", "said_at": Moment(),
        "span": Span(start=0, end=1, quote="A", sentence="A"),
    }  # fmt: skip
    return Claim(quantity=quantity, victims=victims, **(fields | changes))


def told(*claims: Claim) -> tuple[tuple[str, str], ...]:
    return project_claims(claims)


def test_the_same_number_told_again_is_one_group() -> None:
    told_twice = told(claim("AT LEAST FIVE BAKERS", 5, None), claim("FIVE BAKERS", 5, 5))
    assert told_twice == (("DEATH", "5"),)


def test_two_names_are_two_persons_and_one_name_is_one() -> None:
    both = told(claim("ANA ROA", 1, 1), claim("LUIS VERA", 1, 1), claim("JUDGE ROA", 1, 1))
    assert both == (("DEATH", "1"), ("DEATH", "1"))


def test_he_and_the_victim_are_somebody_told_of_before() -> None:
    assert told(claim("ANA ROA", 1, 1), claim("SHE", 1, 1), claim("THE VICTIM", 1, 1)) == (
        ("DEATH", "1"),
    )


def test_a_sum_stands_back_for_its_members() -> None:
    members = (
        VictimGroup(as_written="A COOK", low=1, high=1),
        VictimGroup(as_written="TWO GUESTS", low=2, high=2),
        VictimGroup(as_written="FOUR SOLDIERS", low=4, high=4, status="combatant"),
    )
    whole = claim("A COOK", 7, 7, victims={"groups": members}, quantity={"basis": "arithmetic"})
    assert told(whole) == (("DEATH", "1"), ("DEATH", "2"))


def test_what_the_keys_leave_out_is_left_out() -> None:
    assert (
        told(
            claim("SIX SOLDIERS", 6, 6, victims={"status": "combatant"}),
            claim("NOBODY", 0, 0),
            claim("900 PEOPLE", 900, 900, quantity={"scope": "running_total"}),
            claim("TWO GUESTS", 2, 2, stance="denies"),
            claim("THREE GUESTS", 3, 3, modality="feared"),
            claim("40 CASUALTIES", 40, 40, harm="killed_or_injured"),
        )
        == ()
    )


def test_somebody_shot_and_killed_is_only_killed() -> None:
    shot = claim("ANA ROA", 1, 1, harm="injured")
    assert told(shot, claim("ANA ROA", 1, 1)) == (("DEATH", "1"),)


@pytest.mark.parametrize(
    ("quantity", "number"),
    [
        (Quantity(low=5, high=5), "5"),
        (Quantity(low=5, bound="at_least"), "5-"),
        (Quantity(low=31, bound="more_than"), "30-"),
        (Quantity(high=15, bound="at_most"), "-15"),
        (Quantity(low=3, high=4, bound="between"), "3-4"),
        (Quantity(low=2, bound="word", basis="word:literal"), "PLURAL"),
    ],
)
def test_quantities_in_the_key_s_notation(quantity: Quantity, number: str) -> None:
    assert write_number(quantity) == number


# ---- the measure -------------------------------------------------------------------------------


def message(**fields: Any) -> Message:
    known: dict[str, Any] = {
        "name": "A-1", "split": "dev", "text": "", "required": (), "optional": (), "asked": True,
    }  # fmt: skip
    return Message(**(known | fields))


def test_optional_tuples_are_neither_missed_nor_false() -> None:
    key = message(required=(("DEATH", "1"), ("DEATH", "6")), optional=(("INJURY", "3"),))
    score = score_message(
        key, (claim("SIX GUESTS", 6, 6), claim("THREE GUESTS", 3, 3, harm="injured"))
    )
    assert score.right == (("DEATH", "6"),)
    assert score.missed == (("DEATH", "1"),)
    assert score.false == ()


def test_f_counts_messages_with_a_key_and_false_tuples_of_others_stand_apart() -> None:
    asked = score_message(message(required=(("DEATH", "6"),)), (claim("SIX GUESTS", 6, 6),))
    plain = score_message(message(asked=False), (claim("SIX GUESTS", 6, 6),))
    measures = {m.name: m for m in measure_scores([asked, plain])}
    assert measures["f1"].value == 1.0
    assert measures["f1"].of == 2
    assert measures["false_per_text_without_key"].value == 1.0
