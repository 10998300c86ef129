"""Who may do what, what nobody sees, and what no hostile text can do."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from desk_setup import PASSWORD, REPORTS, find_document, find_incident

from harmledger.core.errors import WrongUsage
from harmledger.web import Settings
from harmledger.web.access import RIGHTS, ROLES
from harmledger.web.app import WAYS
from harmledger.web.fetch import check_address, fetch, is_public
from harmledger.web.people import hash_of
from harmledger.web.settings import check_settings

WORDS = ("Izmayil", "Izmail", "School shelled", "Danube Radio", "Zorivchak", "a teacher who saw")
"""What only the school's document says."""


def fill(path: str) -> str:
    """A path with ids that lead nowhere in place of its parameters."""
    return re.sub(r"\{[^}]+\}", "none", path)


def test_every_way_is_open_to_exactly_the_roles_it_is_meant_for(
    enter: Callable[[str], Any],
) -> None:
    for role in (*ROLES, "nobody"):
        caller = enter(role)
        token = caller.token()
        for way in WAYS:
            may = way.right in RIGHTS[role] if role != "nobody" else way.right == "anyone"
            path = fill(way.path)
            if path == "/sign-out" and way.method == "POST":
                continue  # it would end the session the others are tried with
            if way.method == "GET":
                answer = caller.get(path)
            else:
                answer = caller.http.post(path, data={"token": token})
            to_sign_in = answer.headers.get("location") == "/sign-in" and path != "/sign-in"
            role_lacks = answer.status_code == 403 and "does not include" in answer.text
            refused = answer.status_code == 401 or to_sign_in or role_lacks
            if path == "/sign-in":
                continue
            assert refused is (not may), (role, way.method, path, answer.status_code)


def test_a_form_without_its_token_is_refused(caller: Any) -> None:
    assert caller.http.post("/name", data={"name": "Eve"}).status_code == 403
    assert caller.http.post("/name", data={"name": "Eve", "token": "0" * 64}).status_code == 403
    foreign = {"origin": "https://elsewhere.example"}
    answer = caller.http.post(
        "/name", data={"name": "Eve", "token": caller.token()}, headers=foreign
    )
    assert answer.status_code == 403
    assert caller.desk.people.setting("alone") == "Ada Example"


def test_another_sites_name_for_this_machine_is_not_answered(caller: Any) -> None:
    answer = caller.http.get("/", headers={"host": "rebound.example:8765"})
    assert answer.status_code == 403


def test_too_many_tries_to_sign_in_are_slowed(
    enter: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All within one moment, however long this machine takes."""
    now = time.monotonic()
    monkeypatch.setattr("harmledger.web.guard.time", SimpleNamespace(monotonic=lambda: now))
    caller = enter("nobody")
    token = caller.token()
    form = {"token": token, "name": "the keeper", "password": "not the password"}
    statuses = [caller.http.post("/sign-in", data=form).status_code for _ in range(15)]
    assert 401 in statuses
    assert statuses[-1] == 429


def test_sessions_expire_and_end(enter: Callable[[str], Any], desk: Any) -> None:
    caller = enter("reader")
    assert caller.get("/").status_code == 200
    old = (datetime.now(UTC) - timedelta(hours=13)).isoformat()
    with desk.people._with() as db:
        db.execute("UPDATE sessions SET made_at = ?", (old,))
    assert caller.get("/").status_code == 303
    again = enter("coder")
    secret = again.http.cookies["harmledger_session"]
    assert again.post("/sign-out").status_code == 303
    assert desk.people.find_visitor(secret) is None


def test_passwords_and_sessions_are_kept_as_hashes(desk: Any, enter: Callable[[str], Any]) -> None:
    secret = enter("coder").http.cookies["harmledger_session"]
    content = b"".join(
        p.read_bytes() for p in desk.people.path.parent.glob(f"{desk.people.path.name}*")
    )
    assert b"$argon2id$" in content
    assert PASSWORD.encode() not in content
    assert secret.encode() not in content
    assert hash_of(secret).encode() in content
    assert desk.people.path.stat().st_mode & 0o077 == 0


def test_open_to_others_only_with_tls_or_a_word_and_with_accounts(tmp_path: Path) -> None:
    place = tmp_path / "x.ledger"
    with pytest.raises(WrongUsage, match="other machines"):
        check_settings(Settings(place=place, host="0.0.0.0"), has_accounts=True)
    with pytest.raises(WrongUsage, match="account"):
        check_settings(Settings(place=place, host="0.0.0.0", plain=True), has_accounts=False)
    check_settings(Settings(place=place, host="0.0.0.0", plain=True), has_accounts=True)
    check_settings(Settings(place=place), has_accounts=False)


def read_everything(caller: Any) -> str:
    """Every page, list, sort, feed, search and download a reader can ask for."""
    paths = [fill(w.path) for w in WAYS if w.method == "GET" and "{" not in w.path]
    paths += [f"/?sort={sort}" for sort in ("newest", "oldest", "largest", "said", "unreviewed")]
    paths += ["/?site=school", "/?place=izm", "/?q=teacher", "/?harm=injured", "/map?site=school"]
    for form in ("csv", "geojson", "jsonl"):
        paths.append(f"/download/incidents.{form}")
    for item in json.loads(caller.get("/api/incidents").content)["items"]:
        paths += [f"/incidents/{item['id']}", f"/api/incidents/{item['id']}/claims"]
    for item in json.loads(caller.get("/api/documents").content)["items"]:
        paths += [f"/documents/{item['id']}", f"/api/documents/{item['id']}/text"]
    texts = [caller.get(path).text for path in paths]
    return "\n".join(texts)


@pytest.mark.parametrize("action", ["withhold", "embargo"])
def test_a_withheld_incident_leaves_no_trace(
    desk: Any, enter: Callable[[str], Any], action: str
) -> None:
    incident, document = find_incident(desk, "Izm"), find_document(desk, "School")
    publisher, reader = enter("publisher"), enter("reader")
    before = read_everything(reader)
    assert all(word in before for word in WORDS[:4])
    answer = publisher.post(
        "/decide/publish",
        incident=incident,
        action=action,
        until="2999-01-01",
        reason="a source asked for it",
    )
    assert answer.status_code == 303
    for rebuilt in (False, True):
        if rebuilt:
            desk.rebuild(apart=False)
        check_no_trace(reader, incident, document)
        assert publisher.get(f"/incidents/{incident}").status_code == 200
        assert "Izmayil" in publisher.get("/").text


def check_no_trace(reader: Any, incident: str, document: str) -> None:
    shown = read_everything(reader)
    for word in (*WORDS, incident, document, "a source asked for it"):
        assert word not in shown, (word, shown[shown.find(word) - 200 :][:400])
    for path in (
        f"/incidents/{incident}",
        f"/api/incidents/{incident}",
        f"/documents/{document}",
        f"/api/documents/{document}/text",
    ):
        assert reader.get(path).status_code == 404, path
    for said in ("Izmail", "teacher", "Danube"):
        for kind in ("claim", "incident", "document"):
            found = reader.get(f"/api/search?q={said}&kind={kind}").json()
            assert found["total"] == 0, (said, kind)
    total = reader.get("/api/incidents").json()
    assert total["total"] == len(total["items"])


def test_private_persons_are_sealed_until_opened_on_the_log(
    desk: Any, enter: Callable[[str], Any]
) -> None:
    document = find_document(desk, "School")
    coder, reader = enter("coder"), enter("reader")
    claims = coder.get(f"/api/claims?document={document}").json()["items"]
    voiced = [c for c in claims if c["voice"]]
    assert voiced
    assert all("Zorivchak" not in json.dumps(c["voice"]) for c in voiced)
    key = voiced[0]["id"]
    assert reader.post("/open", claim=key, reason="curious").status_code == 403
    assert coder.post("/open", claim=key, reason="").status_code == 422
    assert coder.post("/open", claim=key, reason="to call back").status_code == 303
    opened = coder.get(f"/api/claims/{key}").json()["item"]
    assert "Zorivchak" in json.dumps(opened["voice"])
    assert [(o.person, o.what, o.reason) for o in desk.people.list_openings()] == [
        ("The coder", key, "to call back")
    ]
    still = reader.get(f"/api/claims/{key}").json()["item"]
    assert "Zorivchak" not in json.dumps(still["voice"])


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *("::1", "::ffff:127.0.0.1", "fe80::1%eth0", "fc00::1", "64:ff9b::a00:1", "2002:a00:1::"),
        *("224.0.0.1", "255.255.255.255", "not an address"),
    ],
)
def test_nothing_inside_a_network_is_fetched(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(WrongUsage):
        check_address("http://outside.example/", lambda host, port: [address])
    with pytest.raises(WrongUsage):
        check_address("http://outside.example/", lambda host, port: ["93.184.215.14", address])


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "gopher://x/",
            "http://",
            "//x",
            "ftp://example.org/a",
            "javascript:1",
        ),
        *("http://user:word@example.org/", "http://example.org:22/", "http://example.org:x/"),
        *("http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
    ],
)
def test_only_plain_public_addresses_are_fetched(url: str) -> None:
    with pytest.raises(WrongUsage):
        fetch(url)


def test_a_document_that_is_not_here_looks_like_one_that_is_withheld(caller: Any) -> None:
    assert len(REPORTS) == caller.get("/api/documents").json()["total"]
    answer = caller.get("/incidents/inc_0123456789abcdef")
    assert answer.status_code == 404
    assert "no such incident here" in answer.text
