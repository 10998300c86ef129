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
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger.seal import Plain, Seal, SealOpener

SCHEME = "aes-siv@1"
KEY_BYTES = 64
SALT_BYTES = 16
ITERATIONS, LANES, MEMORY_KIB = 3, 4, 64 * 1024
"""argon2id: the second recommended choice of RFC 9106, for machines with little memory."""
KEY_VARIABLE = "HARMLEDGER_SEAL_KEY"
PASSPHRASE_VARIABLE = "HARMLEDGER_PASSPHRASE_FILE"  # noqa: S105 - a name of a setting
DAMAGED = "does not open: it was changed, or another key wrote it"

KeySource = Callable[[dict[str, Any]], bytes]
"""From what the ledger says about its seal to the 64 bytes of the key."""


class Sealed:
    """The seal under one key. Wrong keys are found out before anything is read."""

    name = SCHEME

    def __init__(self, key: bytes) -> None:
        self._bytes = AESSIV(_expand(key, b"bytes"))
        self._bodies = AESSIV(_expand(key, b"bodies"))
        self._names = _expand(key, b"names")
        self._words = _expand(key, b"words")

    def name_of(self, sha256: str) -> str:
        return _keyed(self._names, sha256)

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        """The hash is bound in, so that no kept file can stand in for another."""
        return self._bytes.encrypt(content, [sha256.encode()]) if content else b""

    def open_bytes(self, sha256: str, kept: bytes) -> bytes:
        try:
            return self._bytes.decrypt(kept, [sha256.encode()]) if kept else b""
        except (InvalidTag, ValueError) as error:
            raise LedgerDamaged(f"the kept file {self.name_of(sha256)} {DAMAGED}.") from error

    def seal_body(self, body: str) -> str:
        return json.dumps(b64encode(self._bodies.encrypt(body.encode(), None)).decode())

    def open_body(self, kept: str) -> str:
        try:
            return self._bodies.decrypt(b64decode(json.loads(kept), validate=True), None).decode()
        except (InvalidTag, ValueError, TypeError) as error:
            raise LedgerDamaged(f"a body of the log or the tables {DAMAGED}.") from error

    def blind(self, word: str) -> str:
        return _keyed(self._words, word)


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
        return derive_key(Path(path).read_text("utf-8").rstrip("\r\n"), said)
    if not sys.stdin.isatty():
        raise LedgerRefused(
            "this ledger is sealed: its bytes, texts and names are encrypted. "
            f"Set {KEY_VARIABLE} to its key file or {PASSPHRASE_VARIABLE} to a file with its "
            "passphrase."
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
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise WrongUsage(
            f"{path} is no key file of a sealed ledger (128 hex digits): {error}"
        ) from error
    if len(key) != KEY_BYTES:
        raise WrongUsage(f"{path} holds {len(key)} bytes and not {KEY_BYTES}; name another file.")
    return key


def write_key_file(path: Path) -> None:
    """A new key, readable by its owner alone. Keep a copy elsewhere: without it nothing opens.

    Raises:
        WrongUsage: something is already there.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise WrongUsage(f"{path} is already there; a key is never written over.") from error
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
            f"this ledger is sealed in a way this version does not know ({said!r:.80})."
        )
    return said
