"""Forgetting a person in a sealed ledger: their key is destroyed, and with it every word of their
name that was cut out; whatever else still shows the name is kept again without it, and the key of
what it was is destroyed too. The chain stands: it is hashed over what nobody can open any more.

A document hits when all words of a name stand in its text, its bytes or what the log says of it.
Of such a document every word of the name goes, wherever it stands; its bytes go as a whole,
because names hide in them in ways that no search finds (entities, escapes, scripts); the text
stays, with bars. The bars keep the number of letters, so that every span stays where it was.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.ledger.closed import load_closed
from harmledger.ledger.entry import TOOL, Act, Draft, Entry, Head
from harmledger.ledger.keyring import Key, Keyring
from harmledger.ledger.opened import Gapped, GappedBody, cut_entry, find_gapped
from harmledger.ledger.orders import KIND, Order, obey
from harmledger.ledger.people import (
    blot,
    cut,
    find_strings,
    holds_name,
    map_strings,
    person_pattern,
    split_name,
)
from harmledger.ledger.record import Decided, Effect, Ledger, decision_draft, rebuild_tables
from harmledger.ledger.records import Records
from harmledger.ledger.registry import person_id
from harmledger.ledger.sealed import Sealed

Spellings = tuple[tuple[str, ...], ...]
Decide = Callable[[tuple[str, ...], dict[str, Any], str], Decided]
"""From who is forgotten, what that touches and the hash it follows, to the decision."""


class Forgotten(Value, frozen=True, kw_only=True):
    """``persons``: ids, empty where nobody was sealed under the name. ``entries``: log entries
    kept again without it; ``documents`` lost their bytes; ``decision``: its id. ``elsewhere``:
    entries that hold a single word of the name, in documents that do not hold the whole: another
    person's, or theirs. Given as a spelling of its own, the word goes there too."""

    decision: str
    persons: tuple[str, ...]
    documents: tuple[str, ...]
    entries: int
    texts: int
    elsewhere: int


def forget_person(ledger: Ledger, names: Sequence[str], decide: Decide) -> Forgotten:
    """Destroy what the ledger holds of a person known under ``names`` (spellings of one name).

    Raises:
        LedgerRefused: the ledger is not sealed, holds nobody of that name, or the decision itself
            would name them.
        LedgerError: it cannot be written; then nothing is forgotten.
    """
    seal = ledger.store.seal
    if not isinstance(seal, Sealed):
        raise LedgerRefused(
            "nobody can be forgotten in an ordinary ledger: its log holds every word in the clear, "
            "and taking one out would break the chain. Read the reports into a sealed ledger "
            "(`harmledger run --sealed`) and destroy this one."
        )
    spellings = tuple(words for words in map(split_name, names) if words)
    if not spellings:
        raise LedgerRefused("no name was given; nobody was forgotten.")
    before, act = seal.ring, _Forgetting(ledger, seal, spellings, decide)
    try:
        ledger.append(act.draft, act.settle)
    except BaseException:
        seal.use_ring(before)
        raise
    seal.keep_ring(ledger.store.shelf, act.after)
    ledger.store.shelf.remove_all(act.order.remove)
    return act.done


class _Forgetting:
    """One forgetting on its way through the ledger's transaction."""

    order: Order
    after: Keyring
    done: Forgotten

    def __init__(self, ledger: Ledger, seal: Sealed, spellings: Spellings, decide: Decide) -> None:
        self._store, self._seal = ledger.store, seal
        self._spellings, self._decide = spellings, decide

    def draft(self, records: Records, head: Head) -> list[Draft]:
        """The decision, what is left of every entry that shows the name, the order."""
        found = _find_persons(records, self._spellings)
        persons = [Key(kind="person", index=number) for number in found]
        without = self._seal.with_ring(self._seal.ring.without(persons, 0))
        sweep = _Sweep(records, self._seal, without, self._spellings)
        sweep.run()
        if not persons and not sweep.hits and not sweep.left:
            raise LedgerRefused("this ledger holds nobody of that name; nothing was changed.")
        keys = (*persons, *sweep.keys, self._seal.word_key())
        documents = tuple(sorted(sweep.hits))
        files = [*sweep.bytes, *sweep.texts]
        self.order = Order(
            keys=(*keys, *(self._seal.file_key(sha256) for sha256 in files)),
            remove=tuple(self._seal.name_of(sha256) for sha256 in files),
            documents=documents,
        )
        self.after = obey(self._seal.ring, self.order, head.seq + len(sweep.left) + 2)
        self._keep_texts(sweep.texts)
        ids = tuple(map(person_id, found))
        value = {"documents": list(documents), "entries": len(sweep.left)}
        decided = self._decide(ids or ("a person not sealed before",), value, head.hash)
        self.done = Forgotten(
            decision=decided.decision.id,
            persons=ids,
            documents=documents,
            entries=len(sweep.left),
            texts=len(sweep.texts),
            elsewhere=sweep.elsewhere,
        )
        made = decision_draft(decided.decision, None, Effect())
        self._check_decision(made)
        note = Act(actor=TOOL, action="destroy keys", after=decided.decision.id)
        body = msgspec.to_builtins(self.order)
        return [made, *sweep.left, Draft(kind=KIND, body=body, act=note)]

    def settle(self, records: Records) -> None:
        """Tables as they are without the keys; still nothing is for good."""
        self._seal.use_ring(self.after)
        rebuild_tables(records)

    def _keep_texts(self, texts: dict[str, str]) -> None:
        """Under their next keys, before any entry says so."""
        later = self._seal.with_ring(self.after)
        files = {later.name_of(s): later.seal_cut(s, text) for s, text in texts.items()}
        if files:
            self._store.shelf.put_all(files)

    def _check_decision(self, made: Draft) -> None:
        said = list(find_strings(msgspec.to_builtins((made.act, made.body))))
        if any(holds_name(spelling, said) for spelling in self._spellings):
            raise LedgerRefused(
                "the decision itself would name the person (--by or --reason), and it stays. "
                "Say it without the name."
            )


@dataclass
class _Sweep:
    """Goes over the log twice: which documents hit, then what of them shows the name."""

    records: Records
    seal: Sealed
    without: Sealed
    """The seal as it is when only the persons' keys are gone."""
    spellings: Spellings
    hits: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    bytes: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)
    left: list[Draft] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    elsewhere: int = 0

    def run(self) -> None:
        self.pattern = person_pattern(self.spellings)
        self._gapped: Gapped = find_gapped(self.records, self.seal)
        self.hits = self._find_hits()
        layers: set[str] = set()
        for entry, act, body in self._iter_cut():
            read = msgspec.json.decode(self.seal.join_body(body))
            if not self._is_hit(entry, act, read):
                self.elsewhere += self._shows_a_word(entry, act, read)
                continue
            if entry.kind in ("document", "refusal") and read["sha256"] is not None:
                self.bytes.add(read["sha256"])
            if entry.kind == "text":
                layers.add(read["sha256"])
            if entry.kind == "extraction":
                self.claims.update(claim["id"] for claim in read["claims"])
            self._blot_entry(entry, act, body)
        self.bytes = {s for s in self.bytes - layers if not self._is_gone(s)}
        for sha256 in sorted(layers):
            self._blot_text(sha256)

    def _is_gone(self, sha256: str) -> bool:
        return self.records.store.is_forgotten(sha256)

    def _find_hits(self) -> set[str]:
        """Documents that hold all words of a spelling, together with all that is said of them."""
        held: dict[str, set[int]] = {}
        for entry, act, body in self._iter_cut():
            read = msgspec.json.decode(self.seal.join_body(body))
            document = _document_of(entry.kind, read)
            if document is None:
                continue
            texts = [*find_strings(read), *self._say(act), *self._contents(entry.kind, read)]
            for place, word in enumerate(self._words()):
                if holds_name((word,), texts):
                    held.setdefault(document, set()).add(place)
        wanted = list(self._sets())
        return {d for d, places in held.items() if any(places >= one for one in wanted)}

    def _words(self) -> list[str]:
        return [word for spelling in self.spellings for word in spelling]

    def _sets(self) -> Iterator[set[int]]:
        """Of each spelling, the places of its words in :meth:`_words`."""
        start = 0
        for spelling in self.spellings:
            yield set(range(start, start + len(spelling)))
            start += len(spelling)

    def _iter_cut(self) -> Iterator[tuple[Entry, str | None, str]]:
        for batch in self.records.iter_batches():
            for entry in batch:
                if entry.kind in ("key", "gapped"):
                    continue
                opened = cut_entry(entry, self.seal, self._gapped)
                if opened is not None:
                    yield entry, *opened

    def _is_hit(self, entry: Entry, act: str | None, body: Any) -> bool:
        document = _document_of(entry.kind, body)
        if document is not None:
            return document in self.hits
        if entry.kind == "decision" and not self.claims.isdisjoint(body["decision"]["about"]):
            return True
        texts = [*find_strings(body), *self._say(act), *self._contents(entry.kind, body)]
        return any(holds_name(spelling, texts) for spelling in self.spellings)

    def _shows_a_word(self, entry: Entry, act: str | None, body: Any) -> bool:
        said = (*find_strings(body), *self._say(act), *self._contents(entry.kind, body))
        return any(self.pattern.search(text) for text in said)

    def _say(self, act: str | None) -> Iterator[str]:
        if act is not None:
            yield from find_strings(msgspec.json.decode(self.seal.join_body(act)))

    def _contents(self, kind: str, body: Any) -> Iterator[str]:
        """Text and bytes that the entry names, as far as they are words."""
        if kind not in ("document", "text", "refusal") or body["sha256"] is None:
            return
        if self._is_gone(body["sha256"]):
            return
        try:
            words = self.records.store.read(body["sha256"]).decode("utf-8", errors="replace")
        except LedgerDamaged:
            return  # what cannot be read here will not be read again; `verify` names it
        yield words
        if kind != "text":
            yield html.unescape(words)

    def _blot_entry(self, entry: Entry, act: str | None, body: str) -> None:
        blotted = [None if part is None else self._blot_json(part) for part in (act, body)]
        if not any(found for part in blotted if part is not None for found in part[1:]):
            return
        kept = [None if part is None else part[0] for part in blotted]
        left = GappedBody(of=entry.seq, act=kept[0], body=str(kept[1]))
        note = Act(actor=TOOL, action="keep what is left", before=str(entry.seq))
        self.left.append(Draft(kind="gapped", body=left, act=note, is_cut=True))
        self.keys.append(self.seal.ring.turn_of("entry", entry.seq))
        if (earlier := self._gapped.get(entry.seq)) is not None:
            self.keys.append(Key(kind="entry", index=earlier.seq))

    def _blot_json(self, cut_json: str) -> tuple[str, bool]:
        found = False

        def change(said: str) -> str:
            nonlocal found
            blotted, some = blot(said, self.pattern, self.without.open_piece)
            found = found or some
            return blotted

        value = map_strings(msgspec.json.decode(cut_json), change, load_closed())
        return msgspec.json.encode(value, order="sorted").decode(), found

    def _blot_text(self, sha256: str) -> None:
        if self._is_gone(sha256):
            return
        store = self.records.store
        kept = store.read_kept(self.seal.name_of(sha256))
        content, is_cut = self.seal.open_cut(sha256, kept)
        text = content.decode("utf-8")
        if not is_cut:
            text = cut(text, (), _keep_nothing)[0]
        blotted, found = blot(text, self.pattern, self.without.open_piece)
        if found:
            self.texts[sha256] = blotted


def _keep_nothing(_person: int, _word: str) -> str:
    raise AssertionError("nobody is cut out here")


def _document_of(kind: str, body: Any) -> str | None:
    """The document an entry speaks of."""
    if kind == "document":
        return str(body["id"])
    if kind in ("capture", "text", "extraction", "absence"):
        return str(body["document"])
    return None


def _find_persons(records: Records, spellings: Spellings) -> list[int]:
    """Everybody sealed under one of these names."""
    directory = records.store.seal.directory
    found = (directory.named(" ".join(words)) for words in spellings)
    return sorted({person.number for person in found if person is not None})
