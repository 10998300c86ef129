"""The evidence pack: everything a stranger needs to check a number down to its bytes.

A BagIt folder: ``data/`` holds the jsonl export (documents, claims, decisions, incidents with
their readings, texts), the bytes of every document under their sha256 and the log word for word;
beside it lies a verifier that needs nothing but Python.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.view import LedgerView
from harmledger.ledger import Ledger, Records, SavedHead, find_head, render_head
from harmledger.ledger.backup import add_kept, add_seal, bag_info, write_log
from harmledger.ledger.bag import Bag, new_bag
from harmledger.ledger.editions import attest, describe_pack
from harmledger.ledger.verifier import load_verifier
from harmledger.publish import write_export

_README = """An evidence pack of harmledger (BagIt, RFC 8493). Working output: it holds quotes,
titles and full texts. Keep it where the ledger itself may be kept.

  data/log.jsonl        the log: append-only, each entry hashed over the one before, signed
  data/claims.jsonl     one voice saying one harm at one span of one document
  data/decisions.jsonl  what named people decided
  data/incidents.jsonl  incidents and their readings, as computed when this pack was made
  data/texts, data/bytes   the texts that spans count, the bytes they were read from, by sha256
  head.json             the last entry; compare it with the head you were told of

The log's last entry (a key may follow it) names every other file of data/ by its sha256.
Do not trust verify.py and chain.py because they lie here: compare their sha256 with those you
were told (the same in every pack of one version), or run a copy you trust: verify.py FOLDER.

  python3 verify.py             check everything
  python3 verify.py INCIDENT    ... and walk one incident's numbers down to their bytes
  harmledger import FOLDER      add it to a ledger of your own
"""


_SEALED = """A sealed evidence pack of harmledger (BagIt, RFC 8493). Everything in it is encrypted
under the key of the ledger it comes from; send that another way.

  data/log.jsonl        the log: append-only, each entry hashed over the one before, signed
  data/kept             bytes and texts, under names that say nothing
  data/meta.json, data/ring   how the ledger's key is checked, and the keys below it
  head.json             the last entry; compare it with the head you were told of

The log's last entry (a key may follow it) names every other file of data/ by its sha256; it is
sealed too, so that is checked by import and restore. Do not trust verify.py and chain.py because
they lie here: compare their sha256 with those you were told (the same in every pack of a version).

  python3 verify.py             check every file, the chain, every signature; needs no key
  harmledger import FOLDER      add it to a ledger of your own; needs the pack's key (--pack-key)
  harmledger restore FOLDER     open it as the ledger it was; needs its key
"""


_UNATTESTED = """
NOT ATTESTED: this pack was made without writing to its ledger. The log can be checked, but no
entry of it names the other files: verify.py says so and ends with an error. Whoever passed this
on could have changed incidents.jsonl; count again from the claims, or ask for an attested pack.
"""


def write_pack(
    ledger: Ledger, view: LedgerView, folder: Path, *, attested: bool = True
) -> SavedHead:
    """Write the pack to ``folder``, which must not be there yet, and a signed entry about it to
    the ledger, which travels in the pack. ``view``: of this ledger, with nothing written since.
    Equal ledgers give equal packs. ``attested``: without it nothing is written to the ledger, and
    the pack says that no entry names its files.

    Raises:
        WrongUsage: there is something at ``folder``.
        LedgerRefused: the ledger was written to since ``view`` was computed, or is open for
            reading only.
        LedgerError: the pack cannot be written, or a kept file is missing.
    """
    sealed = ledger.store.seal.name != "plain"
    with new_bag(folder) as bag:
        with ledger.records() as records:
            head = find_head(records)
            if view.head != head.hash:
                raise LedgerRefused("the ledger was written to meanwhile; make the pack again.")
            if sealed:
                add_kept(records, bag)
                add_seal(records, bag)
            else:
                _add_export(view, records.text, bag)
                _add_contents(records, bag)
        if attested:
            handed = describe_pack(bag.hash_payload(), find_resting(view))
            head = attest(ledger, handed, view.head)
        with ledger.records() as records:
            write_log(records, bag, head.seq or 0)
        _add_tags(bag, head, _SEALED if sealed else _README, attested=attested)
    return head


def find_resting(view: LedgerView) -> Iterator[str]:
    """The claims that some number of the view rests on."""
    for incident in view.incidents:
        for reading in incident.readings:
            yield from (*reading.claims_low, *reading.claims_high)
    for total in view.totals:
        yield from (point.claim for point in total.series)


def _add_tags(bag: Bag, head: SavedHead, readme: str, *, attested: bool) -> None:
    for name, content in load_verifier().items():
        bag.add_tag(name, content)
    bag.add_tag("README.txt", (readme if attested else readme + _UNATTESTED).encode())
    bag.add_tag("head.json", render_head(head))
    what = "an evidence pack; python3 verify.py checks it"
    bag.close(bag_info(head, what if attested else f"{what}; NOT ATTESTED, see README.txt"))


def _add_export(view: LedgerView, texts: Callable[[str], str], bag: Bag) -> None:
    """The jsonl export, without the notes about itself: the bag has its own."""
    with tempfile.TemporaryDirectory(prefix=".export-", dir=bag.folder.parent) as folder:
        for path in write_export(view, texts, Path(folder) / "jsonl", "jsonl"):
            name = path.relative_to(Path(folder) / "jsonl").as_posix()
            if name.endswith((".jsonl", ".txt")) and name != "README.txt":
                bag.add(name, path.read_bytes())


def _add_contents(records: Records, bag: Bag) -> None:
    """The bytes of all documents and refused items, and texts of earlier readers."""
    done: set[str] = set()
    for kind, sha256 in _iter_named(records):
        name = f"texts/{sha256}.txt" if kind == "text" else f"bytes/{sha256}"
        if name in done or bag.has(name):
            continue
        done.add(name)
        bag.add(name, records.store.read(sha256))


def _iter_named(records: Records) -> Iterator[tuple[str, str]]:
    for entry in records.iter_entries():
        if entry.kind not in ("document", "text", "refusal"):
            continue
        try:
            body: Any = msgspec.json.decode(entry.body)
        except msgspec.DecodeError as error:
            raise LedgerDamaged(f"log entry {entry.seq} cannot be read: {error}") from error
        if body["sha256"] is not None:
            yield entry.kind, body["sha256"]
