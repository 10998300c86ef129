"""What is withheld leaves no trace: a desk that hides a report answers, on every way, for every
role that may not see it, what a desk over a ledger that never held the report answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_roles import enter_as
from desk_setup import PASSWORD, REPORTS, write_reports
from fastapi import FastAPI
from fastapi.testclient import TestClient

from harmledger.index.filters import SORTS
from harmledger.ledger import open_ledger, utc_clock
from harmledger.pipeline import run_paths
from harmledger.web import Desk, Settings, make_app, open_desk
from harmledger.web.access import ROLES
from harmledger.web.app import WAYS

HIDDEN = "school.md"
BLIND = ("reader", "coder", "reviewer")
"""Roles that may not see what is withheld."""
REASON = "the family asked for silence"
VARYING = (
    (r"[0-9a-f]{64}", "HASH"),
    (r"<code>[0-9a-f]{16}</code>", "HEAD"),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)", "MOMENT"),
    (r"chg_[0-9a-f]+", "CHANGE"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "MOMENT"),
)
"""What differs between any two ledgers: hashes of entries, tokens, when things were captured."""
LISTS = ("/", "/map", "/policies", "/download/chart.svg", "/download/map.svg", "/api/incidents")


def make_desk(folder: Path, *, without: str = "") -> Desk:
    folder.mkdir()
    reports = write_reports(folder / "reports")
    (reports / without).unlink() if without else None
    with open_ledger(folder / "harm.ledger", write=True) as ledger:
        run_paths([reports], ledger, clock=utc_clock)
    desk = open_desk(Settings(place=folder / "harm.ledger", requests_a_minute=10_000_000))
    desk.start(background=False)
    for role in reversed(ROLES):
        desk.people.add_person(f"The {role}", role, PASSWORD, "test")
    return desk


class Pair:
    """Two desks: one that hides a report, one that never had it."""

    def __init__(self, hiding: Desk, without: Desk) -> None:
        self.hiding, self.without = hiding, without
        self.apps: tuple[FastAPI, FastAPI] = (make_app(hiding), make_app(without))
        index = hiding.faces.whole
        query = "SELECT id FROM documents WHERE name = 'school'"
        self.document = str(index.value(query))
        claims = index.rows("SELECT id, incident FROM claims WHERE document = ?", (self.document,))
        self.claims = [claim for claim, _ in claims]
        self.incident = next(str(incident) for _, incident in claims if incident)
        reader, _ = self.clients("reader")
        self.found_before = {
            word: reader.get(f"/api/search?q={word}&kind=document").json()["total"]
            for word in ("Izmail", "Zorivchak", "teacher")
        }
        self.code = str(index.value("SELECT code FROM incidents WHERE id = ?", (self.incident,)))

    @property
    def ids(self) -> list[str]:
        return [self.document, self.incident, self.code, *self.claims]

    def clients(self, role: str) -> tuple[TestClient, TestClient]:
        return (
            enter_as(role, self.hiding, self.apps[0]),
            enter_as(role, self.without, self.apps[1]),
        )


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("withheld")
    hiding = make_desk(folder / "hiding")
    without = make_desk(folder / "without", without=HIDDEN)
    made = Pair(hiding, without)
    publisher = enter_as("publisher", hiding, made.apps[0])
    answer = post(publisher, "/decide/publish", incident=made.incident, action="withhold")
    assert answer.status_code == 303
    yield made
    hiding.close()
    without.close()


def post(client: TestClient, path: str, **form: str) -> Any:
    page = client.get("/sign-out").text
    found = re.search(r'desk-token" content="([0-9a-f]+)"', page)
    assert found
    return client.post(path, data={"token": found[1], "reason": REASON, **form})


def words_of(name: str) -> list[str]:
    """Words that only this report has."""
    others = " ".join(f"{h} {t}" for n, (h, t) in REPORTS.items() if n != name).casefold()
    said = " ".join(REPORTS[name])
    found = dict.fromkeys(re.findall(r"\w{3,}", said))
    return [word for word in found if not re.search(rf"\b{word.casefold()}", others)]


def ask_paths(desk: Desk) -> list[str]:
    """Every way a reader may GET, with everything that may narrow or order it."""
    index = desk.faces.whole
    fill: dict[str, list[str]] = {
        "download": ["csv", "geojson", "jsonl"],
        "incidents": [i for (i,) in index.rows("SELECT id FROM incidents ORDER BY n")],
        "documents": [d for (d,) in index.rows("SELECT id FROM documents ORDER BY n")],
        "claims": [c for (c,) in index.rows("SELECT id FROM claims ORDER BY n")],
    }
    paths = []
    for way in WAYS:
        if way.method != "GET" or way.right not in ("read", "code"):
            continue
        if "{" not in way.path:
            paths.append(way.path)
            continue
        kind = next(k for k in fill if f"/{k}" in way.path)
        for key in fill[kind]:
            path = way.path.replace("{other}", fill["documents"][-1])
            paths.append(re.sub(r"\{\w+\}", key, path))
    paths += [f"{path}?sort={sort}" for path in ("/", "/api/incidents") for sort in SORTS]
    paths += [f"/download/incidents.{form}?sort={s}" for form in fill["download"] for s in SORTS]
    paths += [f"{path}?harm=injured" for path in LISTS]
    paths += [f"{path}?site=school" for path in LISTS]
    paths += [f"{path}?since=2022-04-01&until=2022-04-30" for path in LISTS]
    paths += ["/?as_of=2022-04-03", "/unresolved?reason=presence", "/api/claims?harm=injured"]
    return paths


def search_paths(words: list[str]) -> list[str]:
    found = []
    for word in words:
        found += [f"/search?q={word}", f"/documents?q={word}", f"/?q={word}", f"/?place={word}"]
        found += [f"/?voice={word}", f"/api/incidents?q={word}"]
        found += [f"/api/search?q={word}&kind={k}" for k in ("claim", "incident", "document")]
    return found


def plain(text: str, desk: Desk) -> str:
    """An answer without what differs between any two ledgers."""
    text = text.replace(str(Path(str(desk.settings.place)).parent), "FOLDER")
    for pattern, word in VARYING:
        text = re.sub(pattern, word, text)
    return text


def first_difference(left: str, right: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), 0)
    return f"…{left[max(0, at - 80) : at + 120]!r} and …{right[max(0, at - 80) : at + 120]!r}"


def test_before_it_was_withheld_its_words_were_found(pair: Pair) -> None:
    """Or the tests below could not fail."""
    assert {"Izmail", "Zorivchak", "teacher", "Danube"} <= set(words_of(HIDDEN))
    assert pair.found_before == {"Izmail": 1, "Zorivchak": 1, "teacher": 1}


@pytest.mark.parametrize("role", BLIND)
def test_no_answer_names_it_from_the_moment_it_is_withheld(pair: Pair, role: str) -> None:
    """Before the whole is counted again, figures may still move; no id, word or name of it stands
    on a page that a desk without it would not write there itself."""
    hiding, without = pair.clients(role)
    traces = [*pair.ids, *words_of(HIDDEN), REASON]
    for path in [*ask_paths(pair.without), "/nothing"]:
        shown, other = hiding.get(path).text, without.get(path).text
        told = [t for t in traces if has_word(shown, t) and not has_word(other, t)]
        assert not told, (path, told)


def has_word(page: str, word: str) -> bool:
    return word in page and re.search(rf"\b{re.escape(word)}\b", page) is not None


@pytest.mark.parametrize("role", BLIND)
def test_every_answer_is_that_of_a_ledger_that_never_held_it(pair: Pair, role: str) -> None:
    pair.hiding.rebuild(apart=False)
    hiding, without = pair.clients(role)
    paths = ask_paths(pair.without)
    if role == "reader":
        paths += search_paths(words_of(HIDDEN))
    for path in paths:
        left, right = hiding.get(path), without.get(path)
        assert left.status_code == right.status_code, path
        one, other = plain(left.text, pair.hiding), plain(right.text, pair.without)
        assert one == other, (path, first_difference(one, other))


@pytest.mark.parametrize("role", BLIND)
def test_what_is_hidden_answers_like_what_is_not_there(pair: Pair, role: str) -> None:
    client, _ = pair.clients(role)
    decision = str(pair.hiding.faces.whole.value("SELECT id FROM decisions"))
    for key in [*pair.ids, decision]:
        made_up = re.sub(r"[0-9a-f]{16}", "0" * 16, key) if "_" in key else "ukr-1999-01-01-nowhere"
        for pattern in (
            "/incidents/{}",
            "/documents/{}",
            "/documents/{}/compare/{}",
            "/review?claim={}",
            "/api/incidents/{}",
            "/api/incidents/{}/claims",
            "/api/documents/{}",
            "/api/documents/{}/text",
            "/api/claims/{}",
            "/api/claims?document={}",
        ):
            real, none = (
                client.get(pattern.format(key, key)),
                client.get(pattern.format(made_up, made_up)),
            )
            assert real.status_code == none.status_code, (pattern, key)
            assert plain(real.text, pair.hiding) == plain(none.text, pair.hiding), (pattern, key)


@pytest.mark.parametrize("role", ["coder", "reviewer"])
def test_nobody_decides_about_what_they_may_not_see(pair: Pair, role: str) -> None:
    """A refusal says the same for hidden ids as for made-up ones, and nothing is written."""
    client, _ = pair.clients(role)
    before = pair.hiding.head()
    decision = str(pair.hiding.faces.whole.value("SELECT id FROM decisions"))
    claim, other = pair.claims[0], str(pair.without.faces.whole.value("SELECT id FROM claims"))
    sent: list[Callable[[str, str, str, str], tuple[str, dict[str, str]]]] = [
        lambda c, d, i, x: ("/review", {"claim": c, "verdict": "accept"}),
        lambda c, d, i, x: ("/review", {"claim": c, "verdict": "reject"}),
        lambda c, d, i, x: ("/review", {"claim": c, "verdict": "amend", "set.harm": "injured"}),
        lambda c, d, i, x: ("/review/second", {"claim": c, "verdict": "accept"}),
        lambda c, d, i, x: ("/open", {"claim": c}),
        lambda c, d, i, x: ("/decide/judge", {"claim": c, "other": other, "judgement": "same"}),
        lambda c, d, i, x: ("/decide/judge", {"claim": other, "other": c, "judgement": "same"}),
        lambda c, d, i, x: ("/decide/set-aside", {"claim": c}),
        lambda c, d, i, x: ("/decide/grade", {"incident": i, "grade": "weak"}),
        lambda c, d, i, x: ("/decide/publish", {"incident": i, "action": "release"}),
        lambda c, d, i, x: ("/decide/undo", {"decision": x}),
        lambda c, d, i, x: ("/decide/add", {"document": d, "words": "Shelling", "harm": "killed"}),
    ]
    none = ("clm_" + "0" * 16, "doc_" + "0" * 16, "inc_" + "0" * 16, "dec_" + "0" * 16)
    real = (claim, pair.document, pair.incident, decision)
    for make in sent:
        path, form = make(*real)
        hidden, absent = post(client, path, **form), post(client, path, **make(*none)[1])
        assert hidden.status_code == absent.status_code >= 400, (path, form)
        said = [
            re.sub(r"(clm|doc|inc|dec)_\w+", "ID", plain(a.text, pair.hiding))
            for a in (hidden, absent)
        ]
        assert said[0] == said[1], (path, first_difference(*said))
    assert pair.hiding.head() == before


def test_who_may_see_it_does_and_a_release_gives_it_back(pair: Pair) -> None:
    publisher = enter_as("publisher", pair.hiding, pair.apps[0])
    assert "Withheld." in publisher.get(f"/incidents/{pair.incident}").text
    answer = post(publisher, "/decide/publish", incident=pair.incident, action="release")
    assert answer.status_code == 303
    pair.hiding.rebuild(apart=False)
    reader, _ = pair.clients("reader")
    assert reader.get(f"/incidents/{pair.incident}").status_code == 200
    assert reader.get("/api/search?q=teacher&kind=document").json()["total"] == 1
