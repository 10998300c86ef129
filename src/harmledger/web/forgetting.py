"""What the desk keeps beside the ledger in people's own words: freed of a forgotten name."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from harmledger.ledger import Ledger
from harmledger.ledger.people import GAP
from harmledger.web.state import find_people_file

_WORDS = (("openings", "reason"), ("openings", "what"), ("codings", "note"))


def blot_notes(ledger: Ledger, pattern: re.Pattern[str]) -> int:
    """Put bars in the place of what ``pattern`` finds in reasons and notes, and leave nothing of
    it in unused pages; gives the number of lines changed. Names of accounts stay: who looked is
    not for the one looked at to take away."""
    path = find_people_file(ledger)
    return _blot(path, pattern) if path.exists() else 0


def _blot(path: Path, pattern: re.Pattern[str]) -> int:
    changed = 0
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA secure_delete = ON")
        for table, column in _WORDS:
            for row, words in db.execute(f"SELECT rowid, {column} FROM {table}").fetchall():
                barred = pattern.sub(lambda m: GAP * len(m[0]), words)
                if barred != words:
                    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (barred, row))
                    changed += 1
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return changed
