"""Every number that was handed out still rests on claims that the log holds.

That each claim leads to a captured document, its bytes and the words of its quote is checked
where the claim itself stands.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import select

from harmledger.ledger.editions import Handed
from harmledger.ledger.opened import OpenEntry
from harmledger.ledger.records import Records
from harmledger.ledger.schema import CLAIMS
from harmledger.ledger.verify.problem import Problem

_BATCH = 500


def check_edition(records: Records, opened: OpenEntry) -> Iterator[Problem]:
    """The claims this entry names were written before it."""
    where = f"log entry {opened.entry.seq}"
    try:
        handed = opened.read(Handed)
    except msgspec.MsgspecError as error:
        yield Problem(where=where, what=f"lacks what its kind promises ({error})")
        return
    for start in range(0, len(handed.claims), _BATCH):
        words = {records.store.seal.blind(c): c for c in handed.claims[start : start + _BATCH]}
        query = select(CLAIMS.c.id).where(CLAIMS.c.id.in_(words), CLAIMS.c.seq < opened.entry.seq)
        found = set(records.connection.execute(query).scalars())
        for word, claim in words.items():
            if word not in found:
                what = f"numbers of what it handed out rest on {claim}, which no entry before holds"
                yield Problem(where=where, what=what)
