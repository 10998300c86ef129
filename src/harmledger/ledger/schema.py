"""The tables. One schema for SQLite now and PostgreSQL later (SQLAlchemy Core).

``log`` is the record and takes inserts only: triggers abort every UPDATE and DELETE.
All other tables are projections: only ever inserted into, and made again from the log.
Bodies are canonical JSON kept as text, so that their hash can be computed again.
"""

from __future__ import annotations

from sqlalchemy import DDL, Column, Index, Integer, MetaData, Table, Text, event

SCHEMA = "1"
"""Version of these tables, kept in ``meta``."""

METADATA = MetaData()

META = Table(
    "meta", METADATA, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)

LOG = Table(
    "log",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("documents_id", "id"),
    Index("documents_name", "name"),
)

CAPTURES = Table(
    "captures",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("path", Text),
    Column("url", Text),
    Column("body", Text, nullable=False),
    Index("captures_document", "document"),
)

TEXTS = Table(
    "texts",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("texts_document", "document"),
    Index("texts_sha256", "sha256"),
)

EXTRACTIONS = Table(
    "extractions",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Index("extractions_document", "document"),
)

CLAIMS = Table(
    "claims",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("text_sha256", Text, nullable=False),
    Column("harm", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("claims_id", "id"),
    Index("claims_document", "document"),
    Index("claims_text", "text_sha256"),
)

RESPONSES = Table(
    "responses",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("body", Text, nullable=False),
)

UNRESOLVED = Table(
    "unresolved",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", Text, nullable=False),
)

NUMBERS = Table(
    "numbers",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("body", Text, nullable=False),
)

DECISIONS = Table(
    "decisions",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("action", Text, nullable=False),
    Column("body", Text, nullable=False),
)

REFUSALS = Table(
    "refusals",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("sha256", Text),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("refusals_path", "path"),
)

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
    REFUSALS,
)

for _deed in ("UPDATE", "DELETE"):
    event.listen(
        LOG,
        "after_create",
        DDL(  # type: ignore[no-untyped-call]
            f"CREATE TRIGGER log_refuses_{_deed.lower()} BEFORE {_deed} ON log BEGIN "
            "SELECT RAISE(ABORT, 'the log is append-only; undo is a new entry'); END"
        ).execute_if(dialect="sqlite"),
    )
