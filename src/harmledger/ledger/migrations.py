"""From every schema ever released to the present one, step after step.

The log is carried over entry by entry, unchanged; the tables are made again from it.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, MetaData, Table, text

from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import TOOL, Act, Draft, Head
from harmledger.ledger.schema import LOG, META, METADATA, PROJECTIONS, SCHEMA

Step = Callable[[Connection], None]


def _from_1(connection: Connection) -> None:
    """Acts and signatures join the log; entries written before have neither."""
    for name in ("log_refuses_update", "log_refuses_delete"):
        connection.execute(text(f"DROP TRIGGER {name}"))
    connection.execute(text("ALTER TABLE log RENAME TO log_1"))
    LOG.create(connection)
    old = "seq, at, kind, body, prev, hash"
    connection.execute(text(f"INSERT INTO log ({old}) SELECT {old} FROM log_1 ORDER BY seq"))
    connection.execute(text("DROP TABLE log_1"))


def _from_2(connection: Connection) -> None:
    """The log is as it was; the table of sealed persons is made with the others."""


STEPS: dict[str, tuple[str, Step]] = {"1": ("2", _from_1), "2": ("3", _from_2)}
"""From which schema, to which, how. Schema 1 existed on SQLite alone."""


def check_schema(version: str | None, shown: str) -> bool:
    """True when the tables are of the present schema, False when they can be brought to it.

    Raises:
        LedgerDamaged: they are of a schema this version does not know.
    """
    if version == SCHEMA:
        return True
    if version in STEPS:
        return False
    raise LedgerDamaged(
        f"{shown} has tables of version {version}; this harmledger reads versions up to {SCHEMA}. "
        "Open it with the version of harmledger that made it, or a newer one."
    )


def migrate_tables(connection: Connection, version: str) -> None:
    """Bring the log to the present schema and make the projections anew, still empty. In the
    caller's transaction: all of it or nothing."""
    while version != SCHEMA:
        version, step = STEPS[version]
        step(connection)
    stale = MetaData()
    stale.reflect(connection)
    keep = {LOG.name, META.name}
    for name in sorted(set(stale.tables) - keep):
        Table(name, MetaData()).drop(connection)
    METADATA.create_all(connection, tables=PROJECTIONS)
    connection.execute(META.update().where(META.c.key == "schema").values(value=SCHEMA))


def draft_migration(version: str, last: Head) -> Draft:
    """The signed entry that says how far the log of the earlier version went: entries that nobody
    signed cannot be written anew behind it."""
    body = {"from": version, "to": SCHEMA, "seq": last.seq, "hash": last.hash}
    act = Act(actor=TOOL, action="migrate", before=version, after=SCHEMA)
    return Draft(kind="migration", body=body, act=act)
