"""Everything that a sealed ledger keeps, for tests that look for a name in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from harmledger.ledger import open_ledger, parse_address
from harmledger.ledger.opened import cut_entry, find_gapped
from harmledger.ledger.schema import PROJECTIONS
from harmledger.ledger.sealed import RING, Sealed

Place = Path | str


def iter_everything(place: Place) -> Iterator[tuple[str, bytes]]:
    """Every byte that is kept, and every byte that whoever has the ledger's key can make of it:
    files, rows, entries, bodies, texts; where it stands, and what."""
    with open_ledger(place) as ledger, ledger.records() as records:
        seal, shelf = ledger.store.seal, ledger.store.shelf
        assert isinstance(seal, Sealed)
        for path in Path(ledger.store.where("0" * 64)).parents[1].rglob("*"):
            if path.is_file():
                yield f"file {path.name}", path.read_bytes()
                yield "file name", str(path).encode()
        yield "ring", seal._rings.decrypt(shelf.get_note(RING) or b"", [RING.encode()])
        gapped = find_gapped(records, seal)
        for entry in records.iter_entries():
            opened = cut_entry(entry, seal, gapped)
            for part in opened or ():
                yield f"entry {entry.seq} {entry.kind}", (part or "").encode()
                yield f"entry {entry.seq} read", seal.join_body(part or "").encode()
        for document in records.iter_documents():
            for sha256 in (document.sha256, document.text_sha256):
                if not ledger.store.is_forgotten(sha256):
                    yield "content", ledger.store.read(sha256)
        for table in PROJECTIONS:
            rows = records.connection.execute(table.select()).all()
            yield f"table {table.name}", repr(rows).encode()
    if isinstance(place, Path):
        for path in place.parent.glob(place.name + "*"):
            if path.is_file():
                yield path.name, path.read_bytes()


def iter_server_files(place: Place) -> Iterator[tuple[str, bytes]]:
    """Data and write-ahead log of the server, as they lie on its disk."""
    engine = create_engine(parse_address(place).url, poolclass=NullPool)
    with engine.connect() as connection:
        folder = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        connection.execute(text("SELECT 1"))
    for top in ("base", "pg_wal", "log"):
        for root, _, names in os.walk(folder / top):
            for name in names:
                try:
                    yield name, (Path(root) / name).read_bytes()
                except OSError:
                    continue  # the server took it away meanwhile
