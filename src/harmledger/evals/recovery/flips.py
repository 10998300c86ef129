"""One byte flipped at a time: found and located, or shown to change nothing anybody could see."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Table, create_engine, select, text
from sqlalchemy.pool import NullPool

from harmledger.core.errors import HarmledgerError
from harmledger.evals.recovery import jobs
from harmledger.ledger import Problem, SavedHead, open_ledger, parse_address, verify_ledger
from harmledger.ledger.backup import check_bag
from harmledger.ledger.schema import LOG, PROJECTIONS

Place = Path | str


@dataclass
class Flips:
    """What came of the flips in one part. ``harmless``: nothing found, and exports, log and texts
    equal to what they were."""

    part: str
    flips: int = 0
    found: int = 0
    located: int = 0
    harmless: int = 0
    missed: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pristine:
    """A ledger nobody touched: what every reader sees, to compare with."""

    place: Place
    head: SavedHead
    seen: bytes

    @classmethod
    def of(cls, place: Place, head: SavedHead) -> Pristine:
        """Remember everything there is to see."""
        return cls(place, head, see_everything(place))


def see_everything(place: Place) -> bytes:
    """The exports, every entry of the log as kept, every text and every document's bytes."""
    with open_ledger(place) as ledger:
        with ledger.records() as records:
            log = [msgspec.to_builtins(entry) for entry in records.iter_entries()]
            kept = [ledger.store.read(d.sha256).hex() for d in records.iter_documents()]
        return jobs.comparable(ledger) + msgspec.json.encode([log, kept])


def flip_file(path: Path, chance: random.Random) -> Callable[[], None]:
    """Flip one bit of one byte; gives back what undoes it."""
    before, mode = path.read_bytes(), path.stat().st_mode
    at = chance.randrange(len(before))
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(bytes([before[at] ^ 1 << chance.randrange(8)]))

    def undo() -> None:
        path.chmod(0o644)
        path.write_bytes(before)
        path.chmod(mode)

    return undo


def flip_database(pristine: Pristine, path: Path, many: int, chance: random.Random) -> Flips:
    """Anywhere in a SQLite file: log, tables, indexes, header, unused room."""
    flips = Flips("database file (log, tables, indexes)")
    for _ in range(many):
        undo = flip_file(path, chance)
        _judge(pristine, flips, "")
        undo()
        for left in (f"{path}-wal", f"{path}-shm"):
            Path(left).unlink(missing_ok=True)
    return flips


def flip_store(pristine: Pristine, folder: Path, many: int, chance: random.Random) -> Flips:
    """In the kept bytes and texts."""
    flips = Flips("content store")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    for _ in range(many):
        path = chance.choice(files)
        undo = flip_file(path, chance)
        _judge(pristine, flips, path.parent.name + path.name)
        undo()
    return flips


def flip_pack(folder: Path, many: int, chance: random.Random) -> Flips:
    """In any file of an evidence pack."""
    flips = Flips("evidence pack")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    for _ in range(many):
        path = chance.choice(files)
        undo = flip_file(path, chance)
        flips.flips += 1
        try:
            check_bag(folder)
            flips.missed.append(str(path))
        except HarmledgerError as error:
            flips.found += 1
            flips.located += path.name in str(error) or "manifest" in path.name
        except (OSError, ValueError) as error:
            flips.crashed.append(f"{path}: {error!r}")
        undo()
    return flips


def flip_rows(pristine: Pristine, many: int, chance: random.Random) -> Flips:
    """One character of one value in the log or a table of PostgreSQL, triggers switched off."""
    flips = Flips("PostgreSQL rows (log and tables)")
    engine = create_engine(parse_address(pristine.place).url, poolclass=NullPool)
    with engine.connect() as connection:
        filled = [t for t in PROJECTIONS if connection.execute(select(t).limit(1)).first()]
    for number in range(many):
        table = LOG if number % 2 else chance.choice(filled)
        with engine.begin() as connection:
            row = _flip_row(connection, table, chance)
        _judge(pristine, flips, table.name if table is not LOG else "log")
        with engine.begin() as connection:
            _put_back(connection, table, row)
    return flips


Row = tuple[dict[str, object], dict[str, object]]


def _flip_row(connection: Connection, table: Table, chance: random.Random) -> Row:
    """Change one character; gives the row's key and what it held."""
    keys = list(table.primary_key.columns)
    rows = connection.execute(select(*keys).order_by(*keys)).all()
    key = {column.name: value for column, value in zip(keys, chance.choice(rows), strict=True)}
    before = connection.execute(select(table).filter_by(**key)).one()._asdict()
    names = [n for n, value in before.items() if isinstance(value, str) and value and n not in key]
    name = chance.choice(names)
    words = str(before[name])
    at = chance.randrange(len(words))
    other = chr(ord(words[at]) ^ 1 << chance.randrange(4))
    changed = words[:at] + (other if other != "\x00" else "?") + words[at + 1 :]
    _write(connection, table, key, {name: changed})
    return key, {name: words}


def _put_back(connection: Connection, table: Table, row: Row) -> None:
    _write(connection, table, *row)


def _write(
    connection: Connection, table: Table, key: dict[str, object], values: dict[str, object]
) -> None:
    connection.execute(text("SET session_replication_role = replica"))
    connection.execute(table.update().filter_by(**key).values(**values))
    connection.execute(text("SET session_replication_role = origin"))


def _judge(pristine: Pristine, flips: Flips, place: str) -> None:
    """Verify, and where nothing is found compare everything there is to see."""
    flips.flips += 1
    try:
        found = [f"{p.where} {p.what}" for p in _verify(pristine)]
    except HarmledgerError as error:
        found = [str(error)]
    except Exception as error:  # noqa: BLE001 - what we look for: anything but a clear error
        flips.crashed.append(repr(error)[:300])
        return
    if found:
        flips.found += 1
        flips.located += any(place in line for line in found)
        return
    try:
        same = see_everything(pristine.place) == pristine.seen
    except HarmledgerError:
        same = False
    if same:
        flips.harmless += 1
    else:
        flips.missed.append(place)


def _verify(pristine: Pristine) -> tuple[Problem, ...]:
    with open_ledger(pristine.place) as ledger:
        return verify_ledger(ledger, pristine.head)


def count_false_alarms(places: list[Place], many: int) -> int:
    """Problems found in ``many`` verifications of ledgers that nobody touched."""
    alarms = 0
    for number in range(many):
        with open_ledger(places[number % len(places)]) as ledger:
            alarms += len(verify_ledger(ledger))
    return alarms


def count_missed_cuts(place: Place, head: SavedHead, chance: random.Random, many: int) -> int:
    """The log cut off at ``many`` random points, tables made again to fit: how often verifying
    against the head saved before says nothing. The ledger is used up by this."""
    engine = create_engine(parse_address(place).url, poolclass=NullPool)
    missed, last = 0, head.seq or 0
    for _ in range(many):
        last = chance.randrange(max(1, last - 5), last)
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
            else:
                connection.execute(text("DROP TRIGGER IF EXISTS log_refuses_delete"))
            connection.execute(LOG.delete().where(LOG.c.seq > last))
        with open_ledger(place, write=True) as ledger:
            ledger.rebuild()
            found = verify_ledger(ledger, head)
        missed += not any("earlier head" in problem.what for problem in found)
    return missed
