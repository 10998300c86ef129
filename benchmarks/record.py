"""How fast the record is written and verified, beside bare inserts of the same rows.

    .venv/bin/python benchmarks/record.py                   100,000 claims on both engines
    .venv/bin/python benchmarks/record.py --claims 10000

Ten claims a document, a hundred documents a transaction; making them and reading are left out.
The bare inserts put the same rows (bodies and all) into the same tables, without chain,
signatures, store or look-ups, in transactions of the same size, through the same driver.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import msgspec
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from harmledger.core.claim import Claim
from harmledger.core.document import Capture
from harmledger.core.ids import derived_id
from harmledger.evals.postgresql import NoServerError, open_server
from harmledger.evals.recovery import stub
from harmledger.ledger import Gathered, open_ledger, parse_address, verify_ledger
from harmledger.ledger.insert import insert_rows
from harmledger.ledger.schema import LOG, METADATA, PROJECTIONS

PER_DOCUMENT, PER_TRANSACTION = 10, 100
Place = Path | str


def main() -> int:
    """Measure and print one line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="harmledger-")))
        os.environ["HARMLEDGER_KEY"] = str(folder / "signing.key")
        pairs: dict[str, tuple[Place, Place]] = {
            "sqlite": (folder / "speed.ledger", folder / "bare.db")
        }
        try:
            server = stack.enter_context(open_server())
        except NoServerError as error:
            sys.stdout.write(f"postgresql: left out, {error}\n")
        else:
            store = folder / "speed.store"
            pairs["postgresql"] = (
                f"{server.make_database()}?store={store}",
                f"{server.make_database()}?store={store}",
            )
        for engine, (place, bare) in pairs.items():
            _measure(engine, place, bare, asked.claims)
    return 0


def _measure(engine: str, place: Place, bare: Place, claims: int) -> None:
    append, busy, memory = _append(place, claims)
    _say(engine, f"append {claims:,} claims: {append:.1f} s, {busy:.1f} s of it on the processor")
    _say(engine, "memory after each quarter: " + ", ".join(f"{m:.0f} MB" for m in memory))
    began, busy = time.monotonic(), time.process_time()
    with open_ledger(place) as ledger:
        problems = verify_ledger(ledger)
    took, busy = time.monotonic() - began, time.process_time() - busy
    _say(engine, f"verify: {took:.1f} s, {busy:.1f} s on the processor, {len(problems)} problems")
    inserted = _insert_bare(place, bare)
    _say(engine, f"bare inserts of the same rows: {inserted:.1f} s, ratio {append / inserted:.1f}")


def _append(place: Place, claims: int) -> tuple[float, float, list[float]]:
    """Seconds spent in the ledger, how many of them on this process's processor, and the
    process's peak memory after each quarter (MB)."""
    spent, busy, memory, done = 0.0, 0.0, [], 0
    documents = _make_documents(claims // PER_DOCUMENT)
    with open_ledger(place, write=True) as ledger:
        while batch := list(islice(documents, PER_TRANSACTION)):
            began, at = time.monotonic(), time.process_time()
            ledger.write_documents(batch)
            spent, busy = spent + time.monotonic() - began, busy + time.process_time() - at
            done += len(batch) * PER_DOCUMENT
            if done * 4 // claims > len(memory):
                memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return spent, busy, memory


def _make_documents(many: int) -> Iterator[Gathered]:
    rooms = stub.make_rooms()
    for number in range(many):
        words = f"{number % 90 + 1} were killed in Arda. The mayor said 9 were injured in Belin."
        item = stub.make_item(Path(f"{number:06}.txt"), f"{words} (report {number})".encode())
        document, text = rooms.read_item(item)
        extraction = rooms.extractor.extract(document, text)
        found = tuple(
            _as_other(claim, turn)
            for turn in range(PER_DOCUMENT // len(extraction.claims))
            for claim in extraction.claims
        )
        seen = Capture(
            captured_at="2024-01-01T00:00:00+00:00", path=item.path, method="file", tool="bench@1"
        )
        yield Gathered(
            content=item.content,
            document=document,
            text=text,
            extraction=msgspec.structs.replace(extraction, claims=found),
            captures=(seen,),
        )


def _as_other(claim: Claim, turn: int) -> Claim:
    return msgspec.structs.replace(claim, id=derived_id("clm", claim.id, turn))


def _insert_bare(place: Place, bare: Place) -> float:
    """Copy every row of log and tables into an empty database of the same shape."""
    tables = (LOG, *PROJECTIONS)
    source = create_engine(parse_address(place).url, poolclass=NullPool)
    target = create_engine(parse_address(bare).url, poolclass=NullPool)
    METADATA.create_all(target)
    spent, step = 0.0, PER_TRANSACTION * 4
    with source.connect() as connection:
        last = connection.exec_driver_sql("SELECT max(seq) FROM log").scalar() or 0
        for low in range(1, last + 1, step):
            rows = [
                (table, dict(row._mapping))
                for table in tables
                for row in connection.execute(
                    table.select().where(table.c.seq.between(low, low + step - 1))
                )
            ]
            began = time.monotonic()
            with target.begin() as writing:
                insert_rows(writing, rows)
            spent += time.monotonic() - began
    return spent


def _say(engine: str, words: str) -> None:
    sys.stdout.write(f"{engine}: {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
