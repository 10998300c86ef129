"""The tables: one schema for SQLite and PostgreSQL (SQLAlchemy Core).

``log`` is the record and takes inserts only: triggers abort every UPDATE, DELETE and TRUNCATE.
``origin`` is null for what was first written here, else the ledger it was imported from.
All other tables but ``meta`` are projections: only ever inserted into, and made again from the
log. Bodies are canonical JSON kept as text, so that their hash can be computed again. A column
``path`` holds what places are told apart by: computer and whole path (``Capture.place``).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import DDL, Column, Index, Integer, MetaData, Table, Text, event

SCHEMA = "3"
"""Version of these tables, kept in ``meta``."""

BESIDE = 2**31
"""Taken from the entry number to give ``rank`` to what was imported beside this ledger's own:
the highest rank is what stands."""

METADATA = MetaData()

_Words = Text().with_variant(Text(collation="C"), "postgresql")
"""Sorted by code point on both engines, whatever the server's language."""


def _seq() -> Column[int]:
    return Column("seq", Integer, primary_key=True, autoincrement=False)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, autoincrement=False)


def _words(name: str, **more: Any) -> Column[str]:
    return Column(name, _Words, **{"nullable": False, **more})


META = Table("meta", METADATA, _words("key", primary_key=True), _words("value"))

LOG = Table(
    "log",
    METADATA,
    _seq(),
    _words("at"),
    _words("kind"),
    _words("act", nullable=True),
    _words("body"),
    _words("prev"),
    _words("hash", unique=True),
    _words("signature", nullable=True),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    _seq(),
    _words("id"),
    _words("name"),
    _words("sha256"),
    Column("rank", Integer, nullable=False),
    _words("origin", nullable=True),
    _words("body"),
    Index("documents_id", "id", "rank"),
    Index("documents_name", "name"),
)

CAPTURES = Table(
    "captures",
    METADATA,
    _seq(),
    _words("document"),
    _words("path", nullable=True),
    _words("url", nullable=True),
    _words("origin", nullable=True),
    _words("body"),
    Index("captures_document", "document"),
    Index("captures_path", "path"),
    Index("captures_url", "url"),
)

TEXTS = Table(
    "texts",
    METADATA,
    _seq(),
    _words("document"),
    _words("sha256"),
    _words("reader"),
    _words("body"),
    Index("texts_document", "document"),
    Index("texts_sha256", "sha256"),
)

EXTRACTIONS = Table(
    "extractions",
    METADATA,
    _seq(),
    _words("document"),
    _words("text_sha256"),
    _words("extractor"),
    Column("rank", Integer, nullable=False),
    _words("digest"),
    _words("origin", nullable=True),
    Index("extractions_document", "document", "rank"),
)

CLAIMS = Table(
    "claims",
    METADATA,
    _seq(),
    _position(),
    _words("id"),
    _words("document"),
    _words("text_sha256"),
    _words("harm"),
    _words("extractor"),
    Column("rank", Integer, nullable=False),
    _words("body"),
    Index("claims_id", "id"),
    Index("claims_document", "document", "rank"),
    Index("claims_text", "text_sha256"),
)

RESPONSES = Table(
    "responses",
    METADATA,
    _seq(),
    _position(),
    _words("id"),
    _words("document"),
    _words("body"),
)

UNRESOLVED = Table(
    "unresolved",
    METADATA,
    _seq(),
    _position(),
    _words("id"),
    _words("document"),
    _words("reason"),
    _words("body"),
)

NUMBERS = Table(
    "numbers",
    METADATA,
    _seq(),
    _position(),
    _words("document"),
    _words("body"),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    _seq(),
    _words("id", unique=True),
    _words("action"),
    _words("body"),
)

DECIDED = Table(
    "decided",
    METADATA,
    _seq(),
    _position(),
    _words("about"),
    Index("decided_about", "about"),
)

REFUSALS = Table(
    "refusals",
    METADATA,
    _seq(),
    _words("path"),
    _words("sha256", nullable=True),
    _words("kind"),
    _words("body"),
    Index("refusals_path", "path"),
)

KEYS = Table("keys", METADATA, _seq(), _words("id", unique=True), _words("public"))

ABSENCES = Table(
    "absences",
    METADATA,
    _seq(),
    _words("document"),
    _words("path", nullable=True),
    _words("body"),
    Index("absences_path", "path"),
)

NOTES = Table(
    "notes", METADATA, _seq(), _words("kind"), _words("body"), Index("notes_kind", "kind")
)
"""Re-hashes, timestamps, imports and forgettings: looked up by kind."""

PEOPLE = Table("people", METADATA, _seq(), _words("body"))
"""Sealed persons: their names, cut like everything else."""

PROJECTIONS: tuple[Table, ...] = (
    DOCUMENTS,
    CAPTURES,
    TEXTS,
    EXTRACTIONS,
    CLAIMS,
    RESPONSES,
    UNRESOLVED,
    NUMBERS,
    DECISIONS,
    DECIDED,
    REFUSALS,
    KEYS,
    ABSENCES,
    NOTES,
    PEOPLE,
)

_WHY = "the log is append-only; undo is a new entry"


def trigger_names(dialect: str) -> tuple[str, ...]:
    """The triggers that keep the log append-only on this engine."""
    if dialect == "sqlite":
        return ("log_refuses_delete", "log_refuses_update")
    return ("log_refuses_change", "log_refuses_truncate")


def _create_triggers() -> tuple[tuple[str, str], ...]:
    """(engine, statement)."""
    sqlite = tuple(
        (
            "sqlite",
            f"CREATE TRIGGER log_refuses_{deed.lower()} BEFORE {deed} ON log BEGIN "
            f"SELECT RAISE(ABORT, '{_WHY}'); END",
        )
        for deed in ("UPDATE", "DELETE")
    )
    refuse = (
        "CREATE OR REPLACE FUNCTION harmledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_WHY}'; END $$"
    )
    call = "FOR EACH STATEMENT EXECUTE FUNCTION harmledger_refuse()"
    change = f"CREATE TRIGGER log_refuses_change BEFORE UPDATE OR DELETE ON log {call}"
    truncate = f"CREATE TRIGGER log_refuses_truncate BEFORE TRUNCATE ON log {call}"
    return (*sqlite, *(("postgresql", line) for line in (refuse, change, truncate)))


for _dialect, _statement in _create_triggers():
    event.listen(
        LOG,
        "after_create",
        DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
    )
