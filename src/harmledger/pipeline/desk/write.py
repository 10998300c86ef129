"""The desk's index, made whole from the ledger."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from harmledger import __version__
from harmledger.core.document import Document
from harmledger.core.view import LedgerView
from harmledger.index import find_groups, write_index, write_took
from harmledger.ledger import Records, SealOpener, open_ledger
from harmledger.ledger.sealed import find_seal
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_origin_groups
from harmledger.pipeline.desk.news import find_news
from harmledger.pipeline.desk.without import without_held
from harmledger.pipeline.view import view_records

WHOLE, OPEN = "desk.sqlite", "desk-open.sqlite"
"""The index of everything, and the one made without what is withheld."""


def write_desk(
    place: Path | str,
    folder: Path,
    made_at: datetime,
    seal: SealOpener = find_seal,
    *,
    before: Path | None = None,
) -> None:
    """Make the indexes of the ledger at ``place`` in ``folder``; safe while others read or write.

    ``before``: the folder of the indexes these grow out of, so that they can say what changed;
    ``folder`` itself when left out.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    known = folder if before is None else before
    with open_ledger(place, seal=seal) as ledger, ledger.records() as records:
        view = view_records(
            records, None, load_policies(), group=lambda d: _group(d, records, known / WHOLE)
        )
        seq = records.head().seq
        _write(WHOLE, view, records, seq, made_at, folder, known)
        shown = without_held(view, made_at)
        del view
        if shown is None:
            (folder / OPEN).unlink(missing_ok=True)
        else:
            _write(OPEN, shown, records, seq, made_at, folder, known)
    write_took(folder / WHOLE, time.monotonic() - began)


def _write(
    name: str,
    view: LedgerView,
    records: Records,
    seq: int,
    made_at: datetime,
    folder: Path,
    known: Path,
) -> None:
    write_index(
        folder / name,
        view,
        records.text,
        seq=seq,
        made_at=made_at.isoformat(),
        face="whole" if name == WHOLE else "open",
        changes=find_news(known / name, view, made_at),
        documents=_digest(view.documents),
    )


def _group(documents: Sequence[Document], records: Records, path: Path) -> dict[str, str]:
    """Which documents carry one report: as the earlier index has it where no document is new,
    for it takes every text to find out."""
    known = find_groups(path, _digest(documents))
    return propose_origin_groups(documents, records.texts) if known is None else known


def _digest(documents: Sequence[Document]) -> str:
    """All that grouping rests on, in one hash."""
    rests_on = sorted((d.id, d.text_sha256, d.published_at, d.supersedes) for d in documents)
    return sha256(msgspec.json.encode((__version__, rests_on))).hexdigest()
