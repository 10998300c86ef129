"""Sealed ledgers: everything at rest is encrypted and authenticated (AES-256-SIV, RFC 5297).

The key comes from a key file (64 random bytes, written in hex) or from a passphrase by argon2id
(RFC 9106). SIV is deterministic on purpose: tables are made again from the log and compared, and
equal bytes are kept once. What it gives away: that two documents, bodies or names are equal, how
long they are, and what stands in the clear columns (ids, harms, actions, times of writing).
"""

from __future__ import annotations

import getpass
import hmac
import json
import os
import secrets
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection
from copy import copy
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.core.ids import canonical_json
from harmledger.ledger.closed import load_closed
from harmledger.ledger.keyring import Key, Keyring, new_keyring, parse_keyring
from harmledger.ledger.people import OPEN, Directory, Piece, SealedPerson, cut, join, map_strings
from harmledger.ledger.seal import Plain, Seal, SealOpener
from harmledger.ledger.shelf import Shelf

SCHEME = "aes-siv@2"
"""The second: every entry, file and person under a key that can be destroyed."""
RING = "ring"
"""The ring's file beside the kept files."""
KEY_BYTES = 64
SALT_BYTES = 16
ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
"""argon2id: the second recommended choice of RFC 9106, for machines with little memory."""
KEY_VARIABLE = "HARMLEDGER_SEAL_KEY"
PASSPHRASE_VARIABLE = "HARMLEDGER_PASSPHRASE_FILE"  # noqa: S105 - a name of a setting
DAMAGED = "does not open: it was changed, or another key wrote it"

_AS_IT_IS, _CUT = b"\x00", b"\x01"
"""First byte of a kept file: content as it is, or a text with names cut out."""

KeySource = Callable[[dict[str, Any]], bytes]
"""From what the ledger says about its seal to the 64 bytes of the key."""


class Sealed:
    """The seal under one key. Wrong keys are found out before anything is read.

    Under the ledger's key lies a ring of keys that can be destroyed one by one: each log entry,
    each kept file and each sealed person has its own (:mod:`harmledger.ledger.keyring`).
    """

    name = SCHEME

    def __init__(self, key: bytes) -> None:
        self.directory = Directory()
        self._ring: Keyring | None = None
        self._rings = AESSIV(_expand(key, b"ring"))
        self._names = _expand(key, b"names")
        self._last: tuple[int, AESSIV] | None = None
        self._people: dict[int, AESSIV | None] = {}
        self._words: bytes | None = None
        self._kept: bytes | None = None

    @property
    def ring(self) -> Keyring:
        """The keys that there are now."""
        assert self._ring is not None  # noqa: S101 - ready() or make_ring() was called
        return self._ring

    def make_ring(self, shelf: Shelf) -> None:
        """A ring for a new ledger, put beside its kept files."""
        self.keep_ring(shelf, new_keyring())

    def ready(self, shelf: Shelf) -> None:
        """Also called before each transaction: another process may have destroyed keys."""
        kept = shelf.get_note(RING)
        if kept is not None and kept == self._kept:
            return
        if kept is None:
            raise LedgerDamaged(
                f"{shelf.where_note(RING)} is missing: nothing in this ledger opens without its "
                "ring of keys. Bring the file back from a copy of the store."
            )
        ring = self.open_ring(kept)
        if self._ring is None or ring.done >= self._ring.done:
            self.use_ring(ring)
        self._kept = kept

    def open_ring(self, kept: bytes) -> Keyring:
        """Raises LedgerDamaged when the file was changed or another key wrote it."""
        try:
            return parse_keyring(self._rings.decrypt(kept, [RING.encode()]))
        except (InvalidTag, ValueError) as error:
            raise LedgerDamaged(f"the ring of keys {DAMAGED}.") from error

    def keep_ring(self, shelf: Shelf, ring: Keyring) -> None:
        """Put this ring in the place of the one before, which is written over, and use it."""
        kept = self._rings.encrypt(ring.render(), [RING.encode()])
        shelf.put_note(RING, kept)
        self.use_ring(ring)
        self._kept = kept

    def use_ring(self, ring: Keyring) -> None:
        """From now on; who is sealed is asked of the record again."""
        self._ring, self._last, self._people, self._words = ring, None, {}, None
        self.directory = Directory()

    def with_ring(self, ring: Keyring) -> Sealed:
        """The same seal as it will be under another ring."""
        other = copy(self)
        other.use_ring(ring)
        return other

    def file_key(self, sha256: str) -> Key:
        """Which key these bytes are kept under now."""
        return self.ring.turn_of("file", int(_keyed(self._names, sha256)[:16], 16))

    def name_of(self, sha256: str) -> str:
        return _keyed(self._names, f"{sha256} {self.file_key(sha256).turn}")

    def is_forgotten(self, sha256: str) -> bool:
        return self.file_key(sha256).turn > 0

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        return self._seal_file(sha256, _AS_IT_IS + content) if content else b""

    def seal_text(self, sha256: str, text: str, persons: Collection[SealedPerson]) -> bytes:
        written, found = cut(text, persons, self._keep_word)
        if not found:
            return self.seal_bytes(sha256, text.encode("utf-8"))
        return self.seal_cut(sha256, written)

    def seal_cut(self, sha256: str, written: str) -> bytes:
        """A text that is cut already."""
        return self._seal_file(sha256, _CUT + written.encode("utf-8"))

    def _seal_file(self, sha256: str, content: bytes) -> bytes:
        """The hash is bound in, so that no kept file can stand in for another."""
        return self._file(sha256).encrypt(content, [sha256.encode()])

    def open_bytes(self, sha256: str, kept: bytes) -> tuple[bytes, bool]:
        if not kept:
            return b"", True
        written, is_cut = self.open_cut(sha256, kept)
        if not is_cut:
            return written, True
        text, whole = join(written.decode("utf-8"), self.open_piece)
        return text.encode("utf-8"), whole

    def open_cut(self, sha256: str, kept: bytes) -> tuple[bytes, bool]:
        """The content as written, and whether it is a cut text."""
        try:
            content = self._file(sha256).decrypt(kept, [sha256.encode()]) if kept else _AS_IT_IS
        except (InvalidTag, ValueError) as error:
            raise LedgerDamaged(f"the kept file {self.name_of(sha256)} {DAMAGED}.") from error
        return content[1:], content[:1] == _CUT

    def cut_body(self, body: str, persons: Collection[SealedPerson]) -> str:
        if not persons and OPEN not in body:
            return body
        value = json.loads(body)
        return canonical_json(
            map_strings(value, lambda s: cut(s, persons, self._keep_word)[0], load_closed())
        ).decode()

    def join_body(self, cut: str) -> str:
        return join(cut, self.open_piece)[0]

    def seal_body(self, cut: str, seq: int) -> str:
        return json.dumps(b64encode(self._entry(seq).encrypt(cut.encode(), None)).decode())

    def unseal_body(self, kept: str, seq: int) -> str:
        try:
            sealed = b64decode(json.loads(kept), validate=True)
            return self._entry(seq).decrypt(sealed, None).decode()
        except (InvalidTag, ValueError, TypeError) as error:
            raise LedgerDamaged(f"a body of the log or the tables {DAMAGED}.") from error

    def is_shut(self, seq: int) -> bool:
        return self.ring.find(Key(kind="entry", index=seq)) is None

    def blind(self, word: str) -> str:
        """Under a key that the next forgetting destroys: nobody can try names against columns of
        before."""
        if self._words is None:
            self._words = self.ring.find(self.word_key()) or b""
        return _keyed(self._words, word)

    def word_key(self) -> Key:
        """Which key words are blinded under now."""
        return Key(kind="word", index=self.ring.done)

    def open_piece(self, piece: Piece) -> str | None:
        """A person's word again; None when their key was destroyed."""
        person = self._person(piece.person)
        try:
            word = person and person.decrypt(b64decode(piece.kept, validate=True), None).decode()
        except (InvalidTag, ValueError) as error:
            raise LedgerDamaged(f"a word of a sealed person {DAMAGED}.") from error
        return word or None

    def _keep_word(self, person: int, word: str) -> str:
        cipher = self._person(person)
        if cipher is None:
            raise LedgerRefused("this person was forgotten meanwhile; run the same command again.")
        return b64encode(cipher.encrypt(word.encode(), None)).decode()

    def _file(self, sha256: str) -> AESSIV:
        return _cipher(self.ring, self.file_key(sha256))

    def _entry(self, seq: int) -> AESSIV:
        last = self._last
        if last is None or last[0] != seq:
            last = (seq, _cipher(self.ring, self.ring.turn_of("entry", seq)))
            self._last = last
        return last[1]

    def _person(self, number: int) -> AESSIV | None:
        if number not in self._people:
            key = Key(kind="person", index=number)
            there = self.ring.find(key) is not None
            self._people[number] = _cipher(self.ring, key) if there else None
        return self._people[number]


def _cipher(ring: Keyring, key: Key) -> AESSIV:
    found = ring.find(key)
    if found is None:
        raise LedgerDamaged(f"the key of {key.kind} {key.index} was destroyed.")
    return AESSIV(_expand(found, key.kind.encode()))


def _expand(key: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(SHA256(), KEY_BYTES, b"harmledger sealed " + purpose).derive(key)


def _keyed(key: bytes, content: str) -> str:
    return hmac.new(key, content.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def open_sealed(find_key: KeySource) -> SealOpener:
    """An opener for sealed ledgers; a new ledger becomes one. Ordinary ledgers are refused.

    The key never stands in the ledger: only how it is found, a salt, and a value to check it by.
    """

    def open_it(parameters: str | None) -> tuple[str | None, Seal]:
        said = _new_parameters() if parameters is None else _parse(parameters)
        key = find_key(said)
        check = _keyed(_expand(key, b"check"), said["salt"])
        if parameters is None:
            said["check"] = check
        elif not hmac.compare_digest(str(said.get("check")), check):
            raise LedgerRefused("this key does not open the ledger. Nothing was read.")
        return json.dumps(said, sort_keys=True), Sealed(key)

    return open_it


def find_seal(parameters: str | None) -> tuple[str | None, Seal]:
    """The opener when nobody says otherwise: ordinary ledgers as they are; for a sealed one the
    key file or passphrase file that the environment names, else a question at the terminal.

    Raises:
        LedgerRefused: the ledger is sealed, and there is no key or nobody to ask.
    """
    return (None, Plain()) if parameters is None else open_sealed(find_key)(parameters)


def find_key(said: dict[str, Any]) -> bytes:
    """From HARMLEDGER_SEAL_KEY, HARMLEDGER_PASSPHRASE_FILE or the terminal, in this order."""
    if path := os.environ.get(KEY_VARIABLE):
        return load_key_file(Path(path))
    if path := os.environ.get(PASSPHRASE_VARIABLE):
        return derive_key(load_passphrase(Path(path)), said)
    if not sys.stdin.isatty():
        raise LedgerRefused(
            "this ledger is sealed: its bytes, texts and names are encrypted. "
            f"Set {KEY_VARIABLE} to its key file or {PASSPHRASE_VARIABLE} to a file with its "
            "passphrase. For a new ledger make a key first: `harmledger key --out FILE`."
        )
    return derive_key(getpass.getpass("passphrase of this ledger: "), said)


def derive_key(passphrase: str, said: dict[str, Any]) -> bytes:
    """64 bytes from a passphrase by argon2id with the ledger's own salt and cost.

    Raises:
        WrongUsage: the passphrase is empty.
    """
    if not passphrase:
        raise WrongUsage("an empty passphrase seals nothing; give a long one.")
    cost = said["argon2id"]
    return Argon2id(
        salt=bytes.fromhex(said["salt"]),
        length=KEY_BYTES,
        iterations=cost["iterations"],
        lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(passphrase.encode("utf-8"))


def load_key_file(path: Path) -> bytes:
    """The 64 bytes in a key file.

    Raises:
        WrongUsage: there is none, or it is no key file.
    """
    try:
        kept = path.read_bytes()
    except OSError as error:
        raise WrongUsage(
            f"the key file {path} cannot be read: {error.strerror or 'no such file'}. Name the "
            f"file in {KEY_VARIABLE}, or make one: `harmledger key --out {path}`."
        ) from error
    try:
        key = bytes.fromhex(kept.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise WrongUsage(
            f"{path} is no key file: it holds one line of {2 * KEY_BYTES} hex digits. Name the "
            f"right file in {KEY_VARIABLE}, bring back your copy of it, or, for a new ledger, make "
            "one: `harmledger key --out FILE`."
        )
    return key


def load_passphrase(path: Path) -> str:
    """The passphrase in a file, without the line end.

    Raises:
        WrongUsage: it cannot be read, or is no text.
    """
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except OSError as error:
        why = f"cannot be read: {error.strerror or 'no such file'}"
    except UnicodeDecodeError:
        why = "is no UTF-8 text"
    raise WrongUsage(
        f"the passphrase file {path} {why}. Write the passphrase into it, one line of UTF-8 text, "
        f"or name another file in {PASSPHRASE_VARIABLE}."
    )


def write_key_file(path: Path) -> None:
    """A new key, readable by its owner alone. Keep a copy elsewhere: without it nothing opens.

    Raises:
        WrongUsage: something is already there, or the folder cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongUsage(
            f"{path} is already there; a key is never written over. Name another file."
        ) from error
    except OSError as error:
        raise WrongUsage(
            f"{path} cannot be written: {error.strerror or error}. Name a file in a folder that "
            "is there and that you may write to."
        ) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")


def _new_parameters() -> dict[str, Any]:
    cost = {"iterations": ITERATIONS, "lanes": LANES, "memory_kib": MEMORY_KIB}
    return {"scheme": SCHEME, "salt": secrets.token_hex(SALT_BYTES), "argon2id": cost}


def _parse(parameters: str) -> dict[str, Any]:
    try:
        said = json.loads(parameters)
    except ValueError as error:
        raise LedgerDamaged("what the ledger says about its seal is no JSON.") from error
    if not isinstance(said, dict) or said.get("scheme") != SCHEME:
        raise LedgerDamaged(
            f"this ledger is sealed in a way this version does not know ({said!r:.80}). Read its "
            "reports again into a new sealed ledger, or open it with the version that made it."
        )
    return said
