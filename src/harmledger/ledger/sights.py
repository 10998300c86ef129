"""Every place where something was captured, as it was last: what was seen there, or nothing."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from harmledger.core.base import Value
from harmledger.ledger.records import Records
from harmledger.ledger.schema import ABSENCES, CAPTURES
from harmledger.ledger.seal import open_body


class Sight(Value, frozen=True, kw_only=True):
    """A place and the document last captured there. ``file``: computer and whole path, None in
    what an earlier version wrote; ``gone_since``: when it was found empty, None while it held."""

    document: str
    path: str
    file: str | None = None
    gone_since: str | None = None

    @property
    def place(self) -> str:
        """What tells it from others, as ``Capture.place``."""
        return self.file or self.path


class _Seen(Value, frozen=True, kw_only=True):
    """What a capture and an absence have in common."""

    path: str | None = None
    file: str | None = None
    noticed_at: str | None = None


def find_sights(records: Records) -> tuple[Sight, ...]:
    """In the order of places; left out is what was captured elsewhere and imported, and what
    named somebody who was forgotten. A bare path of an earlier version goes as soon as the same
    document is captured under the same words with the whole path."""
    found: dict[str, Sight] = {}
    forgotten = records.forgotten_documents() if records.is_sealed else frozenset[str]()
    for document, seen in _in_order(records):
        if seen.path is None or document in forgotten:
            continue
        sight = Sight(document=document, path=seen.path, file=seen.file, gone_since=seen.noticed_at)
        if seen.noticed_at is not None and sight.place not in found:
            continue  # it came with somebody else's pack
        bare = found.get(sight.path) if sight.file else None
        if bare is not None and bare.document == document:
            del found[sight.path]
        found[sight.place] = sight
    return tuple(found[place] for place in sorted(found))


def _in_order(records: Records) -> list[tuple[str, _Seen]]:
    ids, seal = records.document_ids(), records.store.seal
    lines: list[tuple[int, Any]] = []
    for table in (CAPTURES, ABSENCES):
        query = select(table.c.seq, table.c.document, table.c.body)
        here = query.where(CAPTURES.c.origin.is_(None)) if table is CAPTURES else query
        lines.extend((row.seq, row) for row in records.connection.execute(here))
    return [
        (
            ids.get(row.document, ""),
            msgspec.json.decode(open_body(seal, row.body, row.seq), type=_Seen),
        )
        for _, row in sorted(lines, key=lambda line: line[0])
    ]
