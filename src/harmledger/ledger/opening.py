"""Opening a ledger: finding it, making it, bringing it forward, closing it on any failure."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, inspect, select

from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger.address import Address, parse_address
from harmledger.ledger.appending import append_drafts
from harmledger.ledger.engine import check_version, make_engine, plain_errors
from harmledger.ledger.entry import Clock, utc_clock
from harmledger.ledger.keeping import STORE, choose_store, find_store
from harmledger.ledger.keys import SignerMaker, load_signer
from harmledger.ledger.lock import WriterLock
from harmledger.ledger.migrations import check_schema, draft_migration, migrate_tables
from harmledger.ledger.orders import finish_orders
from harmledger.ledger.record import Ledger, rebuild_tables
from harmledger.ledger.records import Records
from harmledger.ledger.schema import META, METADATA, SCHEMA
from harmledger.ledger.seal import Seal, SealOpener
from harmledger.ledger.sealed import RING, Sealed, find_seal
from harmledger.ledger.store import ContentStore


class _Writer(NamedTuple):
    """Who writes, and when: asked only if something is written."""

    clock: Clock
    signer: SignerMaker


def open_ledger(
    ledger: Path | str,
    *,
    write: bool = False,
    clock: Clock = utc_clock,
    signer: SignerMaker = load_signer,
    seal: SealOpener = find_seal,
    wait: float = 0.0,
    hold: bool = True,
    create: bool = True,
) -> Ledger:
    """Open a ledger: a file, or ``postgresql://…``; with ``write``, bring an older schema forward
    and, unless ``create`` is false, make it when it is not there. A seal is opened before anything
    is made. ``wait``: seconds to wait for another SQLite writer, whom this one keeps out for as
    long as it is open; without ``hold`` for each entry alone.

    Raises:
        WrongUsage: there is no ledger, no folder to make one in, no driver.
        LedgerBusy: another process is writing (``write`` on SQLite only).
        LedgerDamaged: this is not a ledger, or one of a later version.
        LedgerRefused: the ledger is sealed and ``seal`` does not open it.
        LedgerError: the database or its disk cannot be reached.
    """
    address = parse_address(ledger)
    makes = write and create
    if makes and address.path is not None and not address.path.exists():
        seal = _open_early(seal)
    lock = _prepare_file(address, write, makes, wait)
    engine = None
    try:
        engine = make_engine(address)
        with plain_errors(address):
            writer = _Writer(clock, signer)
            place, opened = _prepare(engine, address, write, makes, seal, writer)
        store = ContentStore(place, opened)
        opened.ready(store.shelf)
        with plain_errors(address), engine.connect() as connection:
            finish_orders(Records(connection, store), writes=write)
        if lock is not None:
            store.remove_partials()
        patience = None
        if lock is not None and not hold:
            lock.release()
            patience = wait
        return Ledger(address, engine, store, clock, signer, lock, writes=write, patience=patience)
    except BaseException:
        if engine is not None:
            engine.dispose()
        if lock is not None:
            lock.release()
        raise


def _open_early(seal: SealOpener) -> SealOpener:
    """The seal of a new ledger, opened before there is a file: without its key there is none."""
    made = seal(None)
    return lambda said: made if said is None else seal(said)


def _no_ledger(address: Address) -> WrongUsage:
    path = address.path
    beside: list[str] = []
    if path is not None and path.parent.is_dir():
        others = (p for p in path.parent.iterdir() if p.name != path.name)
        there = [p.name for p in others if p.suffix == path.suffix and p.is_file()]
        beside = get_close_matches(path.name, there, n=1)
    hint = f"Did you mean {path.with_name(beside[0])}? " if path and beside else ""
    return WrongUsage(
        f"there is no ledger at {address.shown}. {hint}Only `run`, `import` and `restore` make "
        f"one: `harmledger run PATHS --ledger {address.shown}`; check the name otherwise."
    )


def _prepare_file(address: Address, write: bool, makes: bool, wait: float) -> WriterLock | None:
    path = address.path
    if path is None:
        return None
    if not makes and not path.exists():
        raise _no_ledger(address)
    if not path.parent.is_dir():
        raise WrongUsage(f"{path.parent} is not a folder; make it first, then run again.")
    if not write:
        return None
    lock = WriterLock(path)
    lock.acquire(wait)
    return lock


def _prepare(
    engine: Engine,
    address: Address,
    write: bool,
    makes: bool,
    seal: SealOpener,
    writer: _Writer,
) -> tuple[str, Seal]:
    """Make the tables of a new ledger, bring old ones forward; where the store is, and its seal."""
    with engine.connect() as connection:
        check_version(connection, address)
        meta = _read_meta(connection)
        if not makes and not meta and not inspect(connection).get_table_names():
            raise _no_ledger(address)
    if write and address.engine == "sqlite":
        _use_wal(engine)
    ready = bool(meta) and check_schema(meta.get("schema"), address.shown)
    if write and not ready:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            _make_or_migrate(connection, address, seal, writer)
            meta = _read_meta(connection)
    elif not meta:
        raise LedgerDamaged(
            f"{address.shown} is not a ledger (or cannot be opened as one). "
            "Check the name given to --ledger."
        )
    elif not ready:
        raise WrongUsage(
            f"{address.shown} was made by an earlier version. "
            f"`harmledger rebuild --ledger {address.shown}` brings it forward."
        )
    _, opened = seal(meta.get("seal"))
    if meta.get("seal") is None and isinstance(opened, Sealed):
        raise LedgerRefused(
            f"{address.shown} is an ordinary ledger and stays one. Name a new ledger to seal."
        )
    place = find_store(address, meta)
    if write and address.asked is not None and place != meta.get(STORE, address.store):
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(META.delete().where(META.c.key == STORE))
            connection.execute(META.insert(), [{"key": STORE, "value": place}])
    return place, opened


def _make_or_migrate(
    connection: Connection, address: Address, seal: SealOpener, writer: _Writer
) -> None:
    """Nobody else can write meanwhile; another process may have made the tables just before."""
    meta = _read_meta(connection)
    if not meta:
        tables = set(inspect(connection).get_table_names())
        if tables:
            raise LedgerDamaged(
                f"this database holds other tables ({', '.join(sorted(tables))}) and no ledger. "
                "Name another file for the ledger."
            )
        _make(connection, address, seal)
        return
    version = meta.get("schema")
    if check_schema(version, address.shown) or version is None:
        return
    _, opened = seal(meta.get("seal"))
    migrate_tables(connection, version)
    store = ContentStore(find_store(address, meta), opened)
    opened.ready(store.shelf)
    records = Records(connection, store)
    rebuild_tables(records)
    last = records.head()
    if last.seq:
        append_drafts(records, [draft_migration(version, last)], writer.signer(), writer.clock)


def _make(connection: Connection, address: Address, seal: SealOpener) -> None:
    place, said = choose_store(address)
    parameters, opened = seal(None)
    METADATA.create_all(connection)
    rows = {"schema": SCHEMA}
    if said is not None:
        rows[STORE] = said
    if parameters is not None:
        rows["seal"] = parameters
    if isinstance(opened, Sealed):
        shelf = ContentStore(place).shelf
        if shelf.get_note(RING) is None:
            opened.make_ring(shelf)
    connection.execute(META.insert(), [{"key": k, "value": v} for k, v in sorted(rows.items())])


def _read_meta(connection: Connection) -> dict[str, str]:
    """What the ledger says about itself; empty where there is none."""
    if not inspect(connection).has_table("meta"):
        return {}
    return {row.key: row.value for row in connection.execute(select(META))}


def _use_wal(engine: Engine) -> None:
    """Switched outside any transaction, as SQLite asks."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()
