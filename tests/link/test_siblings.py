"""Incidents that look alike, told apart; one incident in other words, held together (R9)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from count.made import make_claim, make_document, on
from harmledger.core.claim import Claim, Means, Site
from harmledger.core.document import Document
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.link import propose_incidents

GOLD = Path(__file__).parents[1] / "gold"
FLOORS = {
    "siblings.yaml": 0.95,
    "siblings_second.yaml": 0.95,
    "siblings_third.yaml": 0.95,
    "siblings_fourth.yaml": 0.95,
    "siblings_fifth.yaml": 0.95,
}
"""Least share of a set's cases that must be right. Of the third and the fourth 36 of 40 were right
when they were scored unseen. Names read aloud and sites that bear a quarter's name were written for
the four joins that the fourth missed; one of them still is (a town hall in English and in Spanish:
nothing tells that a common noun is another's translation). The fifth was written before these
rules, by who wrote them, and 16 of its 20 were right then."""


def load_set(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = yaml.safe_load((GOLD / name).read_text(encoding="utf-8"))
    return gold


FIRST = load_set("siblings.yaml")


def place_of(key: str | None, towns: dict[str, Any]) -> Place | None:
    if key is None:
        return None
    town = {"precision": 1, "kind": "town"} | towns[key]
    unknown = town.pop("unknown", False)
    gazetteer_id = None if unknown else f"made:{key}"
    return Place(as_written=town["name"], gazetteer_id=gazetteer_id, **town)


def when_of(day: Any) -> When | None:
    return on(*str(day).split("/")) if day else None


def published_of(report: dict[str, Any]) -> str:
    if "published" in report:
        return str(report["published"])
    return str(report["day"]).split("/")[-1] + "T23:00:00Z"


def claim_of(
    letter: str, report: dict[str, Any], document: Document, towns: dict[str, Any]
) -> Claim:
    site = Site(kind=report["site"], name=report.get("name")) if "site" in report else None
    means = {k: report[k] for k in ("launch", "weapon") if k in report}
    return make_claim(
        report.get("harm", "killed"),
        report.get("low", 4),
        document=document,
        start=report.get("start", 100),
        sentence=report.get("says", f"Sentence {letter}."),
        by=report.get("by"),
        place=place_of(report.get("place"), towns),
        occurred=when_of(report.get("day")),
        site=site,
        means=Means(**means) if means else None,
    )


def find_mistakes(case: dict[str, Any], towns: dict[str, Any]) -> list[str]:
    """Pairs that the proposal has the other way round."""
    claims: dict[str, Claim] = {}
    documents: dict[str, Document] = {}
    groups: dict[str, str] = {}
    for letter, report in case["reports"].items():
        name = report.get("doc", letter)
        document = documents.setdefault(name, make_document(name, published_of(report)))
        groups[document.id] = report.get("group", document.id)
        claims[letter] = claim_of(letter, report, document, towns)
    incidents = propose_incidents(claims.values(), [], documents.values(), groups=groups)
    home = {i: n for n, incident in enumerate(incidents) for i in incident.claims}
    wrong = []
    for wanted in ("together", "apart"):
        for left, right in case.get(wanted, ()):
            same = home[claims[left].id] == home[claims[right].id]
            if same != (wanted == "together"):
                wrong.append(f"{left} and {right} are not {wanted}")
    return wrong


def test_every_set_has_its_floor() -> None:
    assert {path.name for path in GOLD.glob("siblings*.yaml")} == FLOORS.keys()


@pytest.mark.parametrize(
    ("name", "least", "apart", "together"),
    [
        ("siblings.yaml", 40, 15, 15),
        ("siblings_second.yaml", 40, 25, 10),
        ("siblings_third.yaml", 40, 25, 10),
        ("siblings_fourth.yaml", 40, 28, 12),
        ("siblings_fifth.yaml", 20, 12, 8),
    ],
)
def test_there_are_enough_cases_of_both_kinds(
    name: str, least: int, apart: int, together: int
) -> None:
    cases = load_set(name)["cases"]
    assert len(cases) >= least
    assert sum("apart" in c for c in cases) >= apart
    assert sum("together" in c for c in cases) >= together
    assert len({c["case"] for c in cases}) == len(cases)


@pytest.mark.parametrize("name", FLOORS)
def test_siblings_are_told_apart_as_the_rule_says(name: str) -> None:
    gold = load_set(name)
    wrong = {c["case"]: w for c in gold["cases"] if (w := find_mistakes(c, gold["towns"]))}
    assert 1 - len(wrong) / len(gold["cases"]) >= FLOORS[name], wrong


@pytest.mark.parametrize("name", FLOORS)
def test_no_sibling_of_any_set_is_joined(name: str) -> None:
    gold = load_set(name)
    siblings = [case for case in gold["cases"] if "apart" in case]
    assert siblings
    assert not {c["case"]: w for c in siblings if (w := find_mistakes(c, gold["towns"]))}


@pytest.mark.parametrize("case", FIRST["cases"][:6], ids=lambda c: c["case"])
def test_two_incidents_of_one_town_and_day_are_two(case: dict[str, Any]) -> None:
    assert find_mistakes(case, FIRST["towns"]) == []
