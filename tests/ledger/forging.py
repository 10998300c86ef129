"""What somebody without the signing key can do: entries with right hashes and nobody's name."""

from __future__ import annotations

from pathlib import Path

import msgspec
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from behind import change_quietly
from harmledger.core.decision import Decision
from harmledger.core.ids import canonical_json
from harmledger.ledger import Entry, open_ledger, parse_address
from harmledger.ledger.entry import FIRST_PREV, hash_entry

COLUMNS = ("seq", "at", "kind", "act", "body", "prev", "hash", "signature")


def read_log(place: Path | str) -> list[Entry]:
    """Every entry as it stands."""
    with open_ledger(place) as ledger, ledger.records() as records:
        return list(records.iter_entries())


def write_log_anew(place: Path | str, entries: list[Entry]) -> None:
    """The log thrown away and these put in its place, behind the program's back; then its tables
    made again to fit."""
    change_quietly(place, "DELETE FROM log")
    engine = create_engine(parse_address(place).url, poolclass=NullPool)
    names = ", ".join(f":{c}" for c in COLUMNS)
    with engine.begin() as connection:
        for entry in entries:
            connection.execute(
                text(f"INSERT INTO log ({', '.join(COLUMNS)}) VALUES ({names})"),
                msgspec.structs.asdict(entry),
            )
    with open_ledger(place, write=True) as ledger:
        ledger.rebuild()


def forge_decision(last: Entry, claim: str) -> Entry:
    """An unsigned decision that follows ``last``, its hash right."""
    decision = Decision(
        id="dec_forged",
        at=last.at,
        by="Chief Editor",
        action="reject",
        about=(claim,),
        reason="forged",
        prev=last.hash,
    )
    body = canonical_json({"decision": msgspec.to_builtins(decision), "claim": None}).decode()
    return _entry(last.seq + 1, last.at, "decision", body, last.hash)


def strip(entries: list[Entry]) -> list[Entry]:
    """The same entries as the first schema would have them: no key, no act, no signature, every
    hash right."""
    found: list[Entry] = []
    prev = FIRST_PREV
    for entry in entries:
        if entry.kind == "key":
            continue
        body = entry.body
        if entry.kind == "decision":
            said = msgspec.json.decode(body)
            said["decision"]["prev"] = prev
            body = canonical_json(said).decode()
        found.append(_entry(len(found) + 1, entry.at, entry.kind, body, prev))
        prev = found[-1].hash
    return found


def _entry(seq: int, at: str, kind: str, body: str, prev: str) -> Entry:
    this = hash_entry(seq, at, kind, body, prev)
    return Entry(seq=seq, at=at, kind=kind, body=body, prev=prev, hash=this)
