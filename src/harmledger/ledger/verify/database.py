"""The database itself: pages and indexes (SQLite), and the triggers that refuse change."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import StaticPool

from harmledger.ledger.address import Address
from harmledger.ledger.schema import METADATA, trigger_names
from harmledger.ledger.verify.problem import RESTORE, Problem

_MANY = 20
"""Lines of a broken database that are printed; one would do to say that it is broken."""


def check_database(connection: Connection, address: Address) -> Iterator[Problem]:
    """What the engine itself finds wrong, and triggers that are missing or changed."""
    if connection.dialect.name == "sqlite":
        yield from _check_pages(connection, address)
        yield from _check_shape(connection)
    else:
        yield from _check_triggers(connection)


def _check_pages(connection: Connection, address: Address) -> Iterator[Problem]:
    for line in connection.execute(text(f"PRAGMA integrity_check({_MANY})")).scalars():
        if line != "ok":
            words = " ".join(str(line).split())
            yield Problem(where=f"database {address.shown}", what=f"its file is damaged: {words}")


def _check_shape(connection: Connection) -> Iterator[Problem]:
    """Tables, indexes and triggers are, word for word, those this version makes."""
    query = text(
        "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    )
    fresh = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with fresh.connect() as again:
            METADATA.create_all(again)
            should_be = {(row.type, row.name): tuple(row) for row in again.execute(query)}
    finally:
        fresh.dispose()
    now = {(row.type, row.name): tuple(row) for row in connection.execute(query)}
    for key in sorted(should_be.keys() | now.keys(), key=str):
        if should_be.get(key) != now.get(key):
            kind, name = key
            state = "is missing" if key not in now else "is not as this version makes it"
            yield Problem(where=f"{kind} {name}", what=state, next=_why(str(kind)))


def _check_triggers(connection: Connection) -> Iterator[Problem]:
    query = text(
        "SELECT tgname, tgenabled FROM pg_trigger "
        "WHERE tgrelid = 'log'::regclass AND NOT tgisinternal"
    )
    states = {row.tgname: row.tgenabled for row in connection.execute(query)}
    for name in trigger_names("postgresql"):
        if states.get(name) not in ("O", "A"):
            state = "is missing" if name not in states else "is switched off"
            yield Problem(where=f"trigger {name}", what=state, next=_why("trigger"))


def _why(kind: str) -> str:
    if kind != "trigger":
        return RESTORE
    return f"Without it entries can be changed by hand: find out who took it away. {RESTORE}"
