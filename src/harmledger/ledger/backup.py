"""Copies of a ledger: the log word for word and every kept file, in a BagIt folder.

A backup is made while others write: it is the ledger at one moment. It is the same for both
engines, so a ledger can be moved from one to the other, and a sealed one is copied sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import msgspec

from harmledger.core.errors import LedgerDamaged, WrongUsage
from harmledger.ledger.bag import Bag, check_files, new_bag
from harmledger.ledger.bag_shape import find_long_lines, find_strange
from harmledger.ledger.entry import TOOL, Entry
from harmledger.ledger.heads import SavedHead, find_head, render_head
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.sealed import RING

LOG = "log.jsonl"
_BATCH = 500


class Meta(msgspec.Struct, frozen=True):
    """What a copy says about the seal of its ledger."""

    seal: str | None = None


def write_backup(ledger: Ledger, folder: Path) -> SavedHead:
    """Copy the ledger as it is now to ``folder``, which must not be there yet.

    Raises:
        WrongUsage: there is something at ``folder``.
        LedgerError: it cannot be written, or a kept file is missing.
    """
    with ledger.records() as records, new_bag(folder) as bag:
        head = find_head(records)
        write_log(records, bag, head.seq or 0)
        add_kept(records, bag)
        add_seal(records, bag)
        bag.add_tag("head.json", render_head(head))
        bag.close(bag_info(head, "a backup; `harmledger restore` brings it back"))
    return head


def add_kept(records: Records, bag: Bag) -> None:
    """Every kept file as it lies in the store."""
    for name in records.store.iter_names():
        bag.add(f"kept/{name[:2]}/{name[2:]}", records.store.read_kept(name))


def add_seal(records: Records, bag: Bag) -> None:
    """What the ledger says about its seal, and its ring of keys, which opens under the ledger's
    own key only."""
    bag.add("meta.json", msgspec.json.encode(Meta(seal=records.meta("seal"))))
    ring = records.store.shelf.get_note(RING)
    if ring is not None and records.is_sealed:
        bag.add(RING, ring)


def write_log(records: Records, bag: Bag, last: int) -> None:
    """Every entry up to number ``last``, one JSON object a line, bodies as kept."""
    with bag.open(LOG) as file:
        for entry in takewhile(lambda entry: entry.seq <= last, records.iter_entries()):
            file.write(msgspec.json.encode(entry) + b"\n")


def bag_info(head: SavedHead, what: str) -> dict[str, str]:
    """What bag-info.txt says."""
    return {
        "External-Description": f"harmledger: {what}",
        "External-Identifier": head.ledger or "an empty ledger",
        "Bagging-Date": (head.at or "")[:10] or "none",
        "Bag-Software-Agent": TOOL,
        "Harmledger-Head": f"{head.seq} {head.hash}",
        "Harmledger-Signature": head.signature or "none",
        "Harmledger-Public-Key": head.public or "none",
    }


def check_bag(folder: Path) -> None:
    """Every file is the one the manifests name.

    Raises:
        WrongUsage: this is no backup or pack.
        LedgerDamaged: a file is missing, changed or too many.
    """
    needed = ("manifest-sha256.txt", "tagmanifest-sha256.txt", f"data/{LOG}")
    missing = [name for name in needed if not (folder / name).is_file()]
    if len(missing) == len(needed):
        raise WrongUsage(f"{folder} is no backup or evidence pack of harmledger.")
    problems = list(find_strange(folder)) or [(missing[0], "is missing") for _ in missing[:1]]
    problems = problems or list(find_long_lines(folder)) or list(check_files(folder))
    if problems:
        where, what = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise LedgerDamaged(f"{folder / where} {what}{more}. Nothing was taken over; use a copy.")


def iter_entries(folder: Path) -> Iterator[Entry]:
    """The entries of a backup or pack, in order.

    Raises:
        LedgerDamaged: a line is no entry.
    """
    decoder = msgspec.json.Decoder(Entry)
    with (folder / "data" / LOG).open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield decoder.decode(line)
            except msgspec.MsgspecError as error:
                raise LedgerDamaged(f"{folder / 'data' / LOG} line {number}: {error}") from error


def iter_kept(folder: Path) -> Iterator[tuple[str | None, bytes]]:
    """Name in the store and content; the name is None where the content is as it was captured
    (packs), and its hash names it."""
    data = folder / "data"
    for path in sorted((data / "kept").glob("*/*")):
        yield path.parent.name + path.name, path.read_bytes()
    for path in sorted([*(data / "bytes").glob("*"), *(data / "texts").glob("*.txt")]):
        yield None, path.read_bytes()


def read_meta(folder: Path) -> Meta:
    """Raises LedgerDamaged."""
    path = folder / "data" / "meta.json"
    if not path.exists():
        return Meta()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Meta)
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(f"{path} cannot be read: {error}") from error
