"""Putting rows into tables, as fast as each engine takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, text
from sqlalchemy.types import Integer

Row = dict[str, Any]


def insert_rows(connection: Connection, rows: Iterable[tuple[Table, Row]]) -> None:
    """Insert the rows, one statement per table.

    PostgreSQL gets each batch as one JSON parameter: its driver sends row by row otherwise, and
    waits for an answer each time.
    """
    grouped: dict[Table, list[Row]] = {}
    for table, row in rows:
        grouped.setdefault(table, []).append(row)
    for table, batch in grouped.items():
        if connection.dialect.name == "postgresql":
            connection.execute(
                text(_from_json(table)), {"batch": msgspec.json.encode(batch).decode()}
            )
        else:
            connection.execute(table.insert(), batch)


def _from_json(table: Table) -> str:
    columns = [
        (c.name, "integer" if isinstance(c.type, Integer) else "text") for c in table.columns
    ]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    shape = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    return (
        f'INSERT INTO "{table.name}" ({names}) '
        f"SELECT {names} FROM json_to_recordset(CAST(:batch AS json)) AS batch({shape})"
    )
