"""Reaching behind the product's back, as somebody with the database in hand could."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from harmledger.ledger import parse_address
from harmledger.ledger.schema import PROJECTIONS


def change(place: Path | str, *statements: str) -> None:
    """Run the statements as they are: the triggers are there."""
    _run(place, False, statements)


def change_quietly(place: Path | str, *statements: str) -> None:
    """Take the triggers away, run the statements, put the triggers back."""
    _run(place, True, statements)


def dump_tables(place: Path | str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every projection, in order."""
    engine = create_engine(parse_address(place).url, poolclass=NullPool)
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for table in PROJECTIONS
        }


def _run(place: Path | str, quietly: bool, statements: tuple[str, ...]) -> None:
    engine = create_engine(parse_address(place).url, poolclass=NullPool)
    with engine.begin() as connection:
        triggers = _take_triggers(connection) if quietly else []
        for statement in statements:
            connection.execute(text(statement))
        for trigger in triggers:
            connection.execute(text(trigger))


def _take_triggers(connection: Connection) -> list[str]:
    """Drop them; gives the statements that bring them back."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE log DISABLE TRIGGER ALL"))
        return ["ALTER TABLE log ENABLE TRIGGER ALL"]
    rows = connection.execute(
        text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    ).all()
    for row in rows:
        connection.execute(text(f"DROP TRIGGER {row.name}"))
    return [row.sql for row in rows]
