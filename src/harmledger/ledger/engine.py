"""Opening the database of either engine, and what its errors mean in plain words."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError

from harmledger.core.errors import LedgerBusy, LedgerDamaged, LedgerError, WrongUsage
from harmledger.ledger.address import Address

OLDEST_POSTGRESQL = 15
_THIS_COMPUTER = (None, "", "localhost", "127.0.0.1", "::1")
_WAIT = "30s"
_CHAIN_LOCK = 0x6861726D
"""Any number will do, as long as every writer takes the same."""


def make_engine(address: Address) -> Engine:
    """An engine with transactions begun by us and not by the driver's guesses.

    Raises:
        WrongUsage: PostgreSQL is asked for and its driver is not installed.
    """
    if address.engine == "sqlite":
        return _make_sqlite(address)
    logging.getLogger("sqlalchemy").addHandler(logging.NullHandler())  # it logs what it raises
    try:
        url = make_url(address.url)
        # The driver otherwise loads every certificate of this computer before each connection.
        options = {"ssl_context": False} if url.host in _THIS_COMPUTER else {}
        engine = create_engine(url, pool_pre_ping=True, connect_args=options)
    except ModuleNotFoundError as error:
        raise WrongUsage(
            f"{address.shown} needs the PostgreSQL driver: pip install 'harmledger[postgresql]'."
        ) from error

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


def _make_sqlite(address: Address) -> Engine:
    engine = create_engine(_sqlite_url(address))

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _sqlite_url(address: Address) -> str:
    """A ledger on a medium that cannot be written is opened as one that nobody changes: SQLite
    would want to make files beside it."""
    path = address.path
    assert path is not None  # noqa: S101 - a SQLite address has one
    if path.exists() and not os.access(path.parent, os.W_OK):
        waiting = path.with_name(path.name + "-wal")
        if not waiting.exists() or waiting.stat().st_size == 0:
            return f"sqlite:///file:{path}?immutable=1&mode=ro&uri=true"
    return address.url


@contextmanager
def plain_errors(address: Address) -> Iterator[None]:
    """What goes wrong in the database, said as what happened, where and what to do next."""
    try:
        yield
    except DBAPIError as error:
        raise explain_error(error, address) from error
    except OSError as error:
        if address.engine == "sqlite":
            raise
        raise _unreachable(address, error) from error


def explain_error(error: DBAPIError, address: Address) -> LedgerError:
    """The error a person can act on."""
    words = " ".join(str(error.orig).split())
    if address.engine == "sqlite":
        return _explain_sqlite(words, address.shown)
    if "55P03" in words or "lock timeout" in words:
        return LedgerBusy(
            f"another process is writing to {address.shown} for longer than {_WAIT}. "
            "Nothing was written; try again when it is done."
        )
    if "53100" in words or "No space left" in words:
        return LedgerError(_full(address.shown))
    if "25006" in words or "42501" in words:
        return LedgerError(
            f"{address.shown} takes no writes from this user: {words}. Nothing was written; "
            "connect as a user that may, or to the primary server."
        )
    if error.connection_invalidated or isinstance(error, InterfaceError) or "57P0" in words:
        return _unreachable(address, error.orig)
    if isinstance(error, DatabaseError):
        return LedgerError(
            f"{address.shown} refused: {words}. Nothing was written; see the server's own log."
        )
    return _unreachable(address, error.orig)


def _explain_sqlite(words: str, shown: str) -> LedgerError:
    if "is locked" in words or "busy" in words:
        return LedgerBusy(f"{shown} is locked by another program; close it, try again.")
    if "decode" in words:  # the driver repeats the stored words; they stay out of messages
        return LedgerDamaged(f"the file of {shown} is damaged: words in it are no longer UTF-8.")
    if "disk is full" in words:
        return LedgerError(_full(shown))
    if "readonly database" in words:
        return LedgerError(
            f"{shown} cannot be written: the file, its folder or its disk is read-only for you. "
            "Nothing was written; give permission, or copy the ledger and its store to a place "
            "that can be written."
        )
    if "disk I/O" in words or "unable to open" in words:
        return LedgerError(
            f"{shown} cannot be opened or written ({words}). Check the disk and the permissions "
            "of the file and its folder; what was written before stays written."
        )
    return LedgerDamaged(
        f"{shown} is not a ledger, or its file is damaged ({words}). Check the name given to "
        "--ledger; `harmledger verify` says more, a backup brings it back."
    )


def _full(shown: str) -> str:
    return (
        f"no room left on the disk of {shown}. Nothing was half written; make room, then run the "
        "same command again: what is in the record is not done twice."
    )


def _unreachable(address: Address, cause: object) -> LedgerError:
    return LedgerError(
        f"{address.shown} cannot be reached, or broke off ({cause}). What was acknowledged stays "
        "written, nothing was half written. Start the server or check the address, then run the "
        "same command again."
    )


def check_version(connection: Connection, address: Address) -> None:
    """Raises WrongUsage when the server is older than PostgreSQL 15."""
    if connection.dialect.name != "postgresql":
        return
    version = int((connection.dialect.server_version_info or (0,))[0])
    if version < OLDEST_POSTGRESQL:
        raise WrongUsage(
            f"{address.shown} runs PostgreSQL {version}; harmledger needs {OLDEST_POSTGRESQL} "
            "or later."
        )
