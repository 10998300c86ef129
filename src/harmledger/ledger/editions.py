"""What left the ledger, in the ledger's own words: a signed entry that names every file of a pack
or an edition by its hash, and the claims that the numbers in it rest on.

So a number that somebody shows can be held against the log: the files beside it are those the
entry names, or they are not ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.ids import sha256_of
from harmledger.ledger.bag import PAYLOAD
from harmledger.ledger.entry import TOOL, Act, Draft, Head
from harmledger.ledger.heads import SavedHead, save_head
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records

KIND = "edition"
KEPT = ("bytes", "texts", "kept")
"""Folders of a pack whose files are many: one hash over all of them."""


class Handed(Value, frozen=True, kw_only=True):
    """What is handed out. ``files``: sha256 by path; ``contents``: of a pack, sha256 over the
    sorted lines ``<sha256>  <path>`` of bytes and texts (they are named by their hash already);
    ``claims``: ids of those the numbers rest on. The log itself is in neither: it holds this."""

    form: Literal["pack", "edition"]
    profile: str | None = None
    files: dict[str, str]
    contents: str
    claims: tuple[str, ...]


def describe_pack(hashes: Mapping[str, str], claims: Iterable[str]) -> Handed:
    """``hashes``: sha256 by path below ``data/``."""
    kept = {name for name in hashes if name.partition("/")[0] in KEPT and "/" in name}
    lines = sorted(f"{hashes[name]}  {name}\n" for name in kept)
    return Handed(
        form="pack",
        files={n: hashes[n] for n in sorted(hashes) if n not in kept and n != "log.jsonl"},
        contents=sha256_of("".join(lines).encode()),
        claims=tuple(sorted(set(claims))),
    )


def attest(ledger: Ledger, handed: Handed, after: str | None) -> SavedHead:
    """Write the entry; nothing where the last one says the same already. ``after``: hash of the
    entry that what is handed out was computed from. Gives the head that vouches for it.

    Raises:
        LedgerRefused: something was written meanwhile, or the ledger is open for reading only.
    """
    body = msgspec.to_builtins(handed)

    def draft(records: Records, head: Head) -> list[Draft]:
        if head.hash != after:
            raise LedgerRefused("the ledger was written to meanwhile; do it again.")
        if _last_said(records) == handed:
            return []
        act = Act(actor=TOOL, action="hand out", after=sha256_of(msgspec.json.encode(body)))
        return [Draft(kind="edition", body=body, act=act, persons=())]

    head = ledger.append(draft)
    with ledger.records() as records:
        return save_head(records, head)


def _last_said(records: Records) -> Handed | None:
    """What the end of the log says was handed out; None where something else was written since
    (but for the key that signed it)."""
    notes = records.notes(KIND)
    if not notes:
        return None
    seq, body = notes[-1]
    is_last = all(entry.kind == "key" for entry in records.iter_entries(after=seq))
    return msgspec.convert(body, Handed) if is_last else None


def check_handed(folder: Path, said: Any) -> bool:
    """Hold a pack's files against what its log says of them (``said``: the body of the log's last
    such entry for a pack, or None). False where the log names no files: then only the log itself
    can be relied on.

    Raises:
        LedgerDamaged: they are other files.
    """
    if said is None:
        return False
    handed = msgspec.convert(said, Handed)
    now = describe_pack(_read_manifest(folder), ())
    for name in sorted(now.files.keys() | handed.files.keys()):
        if now.files.get(name) != handed.files.get(name):
            raise _changed(folder, f"data/{name} is not the file that its log names")
    if now.contents != handed.contents:
        raise _changed(folder, "bytes and texts are not those that its log names")
    return True


def _read_manifest(folder: Path) -> dict[str, str]:
    lines = (folder / PAYLOAD).read_text("utf-8").split("\n")[:-1]
    pairs = (line.split("  ", 1) for line in lines)
    return {name.removeprefix("data/"): sha256 for sha256, name in pairs}


def _changed(folder: Path, what: str) -> LedgerDamaged:
    return LedgerDamaged(f"{folder}: {what}. Nothing was taken over.")
