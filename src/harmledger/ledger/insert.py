"""Putting rows into tables and taking them out, as fast as each engine lets us."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import Integer

Row = dict[str, Any]


def insert_rows(connection: Connection, rows: Iterable[tuple[Table, Row]]) -> None:
    """Insert the rows, one statement per table. Each row names every column.

    PostgreSQL gets each batch as one JSON parameter: its driver sends row by row otherwise, and
    waits for an answer each time. SQLite's driver gets its rows as they lie: what SQLAlchemy does
    for each of them takes as long as the inserting.

    Raises:
        KeyError: a row lacks a column.
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
            statement, take = _plain_insert(table)
            connection.exec_driver_sql(statement, [take(row) for row in batch])


@cache
def _plain_insert(table: Table) -> tuple[str, itemgetter[Any]]:
    names = [column.name for column in table.columns]
    chosen = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO "{table.name}" ({chosen}) VALUES ({marks})', itemgetter(*names)


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


def fetch_rows(connection: Connection, table: Table, low: int, high: int) -> list[Row]:
    """The rows of these entries, ordered by primary key.

    PostgreSQL gives each batch by COPY: its driver otherwise takes values apart one by one.
    """
    if connection.dialect.name == "postgresql":
        return _copy_rows(connection, table, low, high)
    query = select(table).where(table.c.seq.between(low, high))
    found = connection.execute(query.order_by(*table.primary_key.columns))
    return [dict(row) for row in found.mappings()]


_UNESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPE = re.compile(r"\\(.)")


def _copy_rows(connection: Connection, table: Table, low: int, high: int) -> list[Row]:
    """COPY takes no parameters; ``low`` and ``high`` are numbers of ours."""
    names = [column.name for column in table.columns]
    numbers = [isinstance(column.type, Integer) for column in table.columns]
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    chosen = ", ".join(f'"{name}"' for name in names)
    query = (
        f'COPY (SELECT {chosen} FROM "{table.name}" WHERE seq BETWEEN {low:d} AND {high:d} '
        f"ORDER BY {key}) TO STDOUT"
    )
    driver: Any = connection.dialect.loaded_dbapi
    out = BytesIO()
    try:
        cursor: Any = connection.connection.cursor()
        cursor.execute(query, stream=out)
    except driver.Error as error:
        raise DBAPIError.instance(query, None, error, driver.Error) from error
    lines = out.getvalue().decode("utf-8").split("\n")[:-1]
    return [
        {
            name: _parse_field(field, number)
            for name, number, field in zip(names, numbers, line.split("\t"), strict=True)
        }
        for line in lines
    ]


def _parse_field(field: str, is_number: bool) -> int | str | None:
    """A field of COPY's text format: line ends, tabs and backslashes are escaped."""
    if field == "\\N":
        return None
    if is_number:
        return int(field)
    if "\\" not in field:
        return field
    return _ESCAPE.sub(lambda found: _UNESCAPED.get(found[1], found[1]), field)
