"""Accounts, sessions and what is kept about people's work beside the ledger.

Not disposable: passwords' hashes, who looked when, who opened a sealed person, second codings.
None of it is part of the record, and none of it is a word of a document.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage
from harmledger.web.access import ROLES, Role, Visitor
from harmledger.web.settings import IDLE_MINUTES, SESSION_HOURS

ITERATIONS, LANES, MEMORY_KIB, LENGTH = 3, 1, 64 * 1024, 32
"""argon2id after RFC 9106's second choice, one lane: the server has few cores."""
LEAST_PASSWORD = 12
_TABLES = """
CREATE TABLE IF NOT EXISTS people (
  name TEXT PRIMARY KEY, folded TEXT UNIQUE NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1, made_at TEXT NOT NULL, made_by TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY, person TEXT NOT NULL, made_at TEXT NOT NULL, seen_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS looks (person TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS openings (
  at TEXT NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS codings (
  at TEXT NOT NULL, person TEXT NOT NULL, claim TEXT NOT NULL, verdict TEXT NOT NULL,
  note TEXT NOT NULL, PRIMARY KEY (person, claim));
"""


class Person(Value, frozen=True, kw_only=True):
    """An account."""

    name: str
    role: Role
    active: bool
    made_at: str
    made_by: str


class Opening(Value, frozen=True, kw_only=True):
    """Somebody looked at who a sealed person is."""

    at: str
    person: str
    what: str
    reason: str


class Coding(Value, frozen=True, kw_only=True):
    """A second reading of a claim, given without seeing the first. ``verdict``: accept, amend or
    reject."""

    at: str
    person: str
    claim: str
    verdict: str
    note: str


class People:
    """The file of people. Thread-safe; each call is one short transaction."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._guard = threading.RLock()
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.executescript(_TABLES)
        self._decoy = hash_password(secrets.token_hex(16))
        self._seen: dict[str, datetime] = {}

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def _with(self) -> Iterator[sqlite3.Connection]:
        with self._guard:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._guard:
            return self._db.execute(query, values).fetchall()

    def has_accounts(self) -> bool:
        return bool(self._rows("SELECT 1 FROM people WHERE active LIMIT 1"))

    def list_people(self) -> list[Person]:
        rows = self._rows("SELECT name, role, active, made_at, made_by FROM people ORDER BY folded")
        return [
            Person(name=n, role=r, active=bool(a), made_at=at, made_by=by)
            for n, r, a, at, by in rows
        ]

    def add_person(self, name: str, role: str, password: str, by: str) -> None:
        """Raises WrongUsage for a name that is taken or empty, an unknown role, a short
        password, or a first account that is no keeper's."""
        said = " ".join(name.split())
        if not said or len(said) > 80:
            raise WrongUsage("give a name of 1 to 80 letters; it will sign decisions.")
        if role not in ROLES:
            raise WrongUsage(f"{role!r} is no role. Choose one of {', '.join(ROLES)}.")
        if not self.has_accounts() and role != "keeper":
            raise WrongUsage("the first account must be a keeper's, or nobody could make another.")
        kept = hash_password(password)
        if self._rows("SELECT 1 FROM people WHERE folded = ?", (fold_name(said),)):
            raise WrongUsage(f"{said} has an account already.")
        with self._with() as db:
            db.execute(
                "INSERT INTO people VALUES (?, ?, ?, ?, 1, ?, ?)",
                (said, fold_name(said), role, kept, _now(), by),
            )

    def change_person(self, name: str, *, role: str, active: bool) -> None:
        """Another role, or no entry any more; open sessions end. Raises WrongUsage where no
        keeper would be left."""
        if role not in ROLES:
            raise WrongUsage(f"{role!r} is no role. Choose one of {', '.join(ROLES)}.")
        with self._with() as db:
            db.execute(
                "UPDATE people SET role = ?, active = ? WHERE name = ?", (role, int(active), name)
            )
            left = db.execute("SELECT 1 FROM people WHERE role = 'keeper' AND active").fetchone()
            if left is None:
                raise WrongUsage("this is the last keeper; make another first.")
            db.execute("DELETE FROM sessions WHERE person = ?", (name,))

    def change_password(self, name: str, password: str) -> None:
        kept = hash_password(password)
        with self._with() as db:
            db.execute("UPDATE people SET password = ? WHERE name = ?", (kept, name))
            db.execute("DELETE FROM sessions WHERE person = ?", (name,))

    def sign_in(self, name: str, password: str) -> str | None:
        """A new session's secret, or None. Takes as long for a name nobody has."""
        rows = self._rows(
            "SELECT name, password FROM people WHERE folded = ? AND active", (fold_name(name),)
        )
        person, kept = rows[0] if rows else ("", self._decoy)
        if not check_password(password, kept) or not person:
            return None
        return self.start_session(person)

    def start_session(self, person: str) -> str:
        secret = secrets.token_urlsafe(32)
        with self._with() as db:
            now = _now()
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?)", (hash_of(secret), person, now, now)
            )
        return secret

    def end_session(self, secret: str) -> None:
        with self._with() as db:
            db.execute("DELETE FROM sessions WHERE id = ?", (hash_of(secret),))

    def find_visitor(self, secret: str) -> Visitor | None:
        """Who holds this session, unless it is too old or was idle too long."""
        session = hash_of(secret)
        rows = self._rows(
            "SELECT p.name, p.role, s.made_at, s.seen_at FROM sessions s"
            " JOIN people p ON p.name = s.person WHERE s.id = ? AND p.active",
            (session,),
        )
        if not rows:
            return None
        name, role, made_at, seen_at = rows[0]
        now = datetime.now(UTC)
        seen = max(datetime.fromisoformat(seen_at), self._seen.get(session, _LONG_AGO))
        old = now - datetime.fromisoformat(made_at) > timedelta(hours=SESSION_HOURS)
        if old or now - seen > timedelta(minutes=IDLE_MINUTES):
            self.end_session(secret)
            return None
        self._touch(session, now)
        return Visitor(name=name, role=cast("Role", role), session=session)

    def _touch(self, session: str, now: datetime) -> None:
        """Kept in memory, written once a minute: a read shall not wait for a disk."""
        if now - self._seen.get(session, _LONG_AGO) > timedelta(minutes=1):
            self._seen[session] = now
            with self._with() as db:
                db.execute(
                    "UPDATE sessions SET seen_at = ? WHERE id = ?", (now.isoformat(), session)
                )

    def setting(self, key: str) -> str:
        rows = self._rows("SELECT value FROM settings WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def keep_setting(self, key: str, value: str) -> None:
        with self._with() as db:
            db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def secret(self) -> bytes:
        """What tokens are made with; made once, never leaves this file."""
        found = self.setting("secret")
        if not found:
            found = secrets.token_hex(32)
            self.keep_setting("secret", found)
        return bytes.fromhex(found)

    def last_look(self, person: str) -> str:
        rows = self._rows("SELECT at FROM looks WHERE person = ?", (person,))
        return str(rows[0][0]) if rows else ""

    def keep_look(self, person: str, at: str) -> None:
        with self._with() as db:
            db.execute("INSERT OR REPLACE INTO looks VALUES (?, ?)", (person, at))

    def log_opening(self, person: str, what: str, reason: str) -> None:
        with self._with() as db:
            db.execute("INSERT INTO openings VALUES (?, ?, ?, ?)", (_now(), person, what, reason))

    def has_opened(self, person: str, what: str, hours: int = 1) -> bool:
        """Did this person open it within the last ``hours``?"""
        since = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        query = "SELECT 1 FROM openings WHERE person = ? AND what = ? AND at > ? LIMIT 1"
        return bool(self._rows(query, (person, what, since)))

    def list_openings(self, limit: int = 500) -> list[Opening]:
        rows = self._rows("SELECT * FROM openings ORDER BY rowid DESC LIMIT ?", (limit,))
        return [Opening(at=a, person=p, what=w, reason=r) for a, p, w, r in rows]

    def keep_coding(self, coding: Coding) -> None:
        with self._with() as db:
            db.execute(
                "INSERT OR REPLACE INTO codings VALUES (?, ?, ?, ?, ?)",
                (coding.at, coding.person, coding.claim, coding.verdict, coding.note),
            )

    def list_codings(self) -> list[Coding]:
        rows = self._rows("SELECT at, person, claim, verdict, note FROM codings ORDER BY at")
        return [Coding(at=a, person=p, claim=c, verdict=v, note=n) for a, p, c, v, n in rows]


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def _now() -> str:
    return datetime.now(UTC).isoformat()


def fold_name(name: str) -> str:
    """One person under one spelling: capitals and spaces make nobody another."""
    return " ".join(name.casefold().split())


def hash_of(secret: str) -> str:
    """Sessions are kept as hashes: whoever reads the file cannot enter with it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hash_password(password: str) -> str:
    """argon2id in the PHC form. Raises WrongUsage when the password is short."""
    if len(password) < LEAST_PASSWORD:
        raise WrongUsage(f"a password has at least {LEAST_PASSWORD} letters; a sentence is good.")
    return _argon2().derive_phc_encoded(password.encode())


def check_password(password: str, kept: str) -> bool:
    try:
        Argon2id.verify_phc_encoded(password.encode(), kept)
    except InvalidKey:
        return False
    return True


def _argon2() -> Argon2id:
    return Argon2id(
        salt=secrets.token_bytes(16),
        length=LENGTH,
        iterations=ITERATIONS,
        lanes=LANES,
        memory_cost=MEMORY_KIB,
    )
