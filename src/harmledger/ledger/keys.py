"""Who vouches for the log: an Ed25519 key (RFC 8032) that signs every entry.

The private key lies in one file of the person's own configuration, readable by that person
alone, made on first use. The public key is an entry of the log.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from platformdirs import user_config_path

from harmledger.core.errors import LedgerError, LedgerRefused, WrongUsage
from harmledger.core.ids import SHORT, sha256_of

VARIABLE = "HARMLEDGER_KEY"
_PUBLIC = 64
_WHERE = "A public key is 64 hex digits; `harmledger verify` prints those a ledger is signed by."
_PURPOSE = b"harmledger log entry "
"""Stands before what is signed, so that a signature serves no other purpose."""


class Signer:
    """Signs hashes of entries. ``public`` is the raw public key in hex, ``key`` its short id."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()
        self.key = key_id(self.public)

    def sign(self, entry_hash: str) -> str:
        """``key:signature``, both in hex."""
        return f"{self.key}:{self._private.sign(_PURPOSE + entry_hash.encode()).hex()}"


SignerMaker = Callable[[], Signer]


def key_id(public: str) -> str:
    """``key_`` + 16 hex digits over the raw public key."""
    return f"key_{sha256_of(bytes.fromhex(public))[:SHORT]}"


def is_signed(entry_hash: str, signature: str, public: str) -> bool:
    """Does ``signature`` (as :meth:`Signer.sign` gives it) hold under this public key?"""
    key, _, value = signature.partition(":")
    try:
        if key != key_id(public) or value != bytes.fromhex(value).hex():
            return False
        _load_public(public).verify(bytes.fromhex(value), _PURPOSE + entry_hash.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=64)
def _load_public(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))


def load_public_keys(named: Sequence[str]) -> tuple[str, ...]:
    """Public keys that somebody names: each in hex, or a file that holds one a line (a line that
    begins with # is a remark).

    Raises:
        WrongUsage: one is neither.
    """
    found: list[str] = []
    for name in named:
        if len(name) == _PUBLIC and not set(name) - set("0123456789abcdef"):
            found.append(name)
            continue
        try:
            lines = Path(name).read_text("ascii").split("\n")
        except (OSError, ValueError) as error:
            raise WrongUsage(f"{name} is no public key and no file of them. {_WHERE}") from error
        told = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
        if not told or any(len(t) != _PUBLIC or set(t) - set("0123456789abcdef") for t in told):
            raise WrongUsage(f"{name} does not hold one public key a line. {_WHERE}")
        found.extend(told)
    return tuple(found)


def find_key_path() -> Path:
    """Where the signing key lies: HARMLEDGER_KEY, else the person's configuration folder."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_config_path("harmledger") / "signing.key"


def load_signer(path: Path | None = None) -> Signer:
    """The signing key at ``path`` (default: :func:`find_key_path`), made when there is none.

    Raises:
        LedgerRefused: others can read the file, or it holds no Ed25519 key.
        LedgerError: the file can be neither read nor made.
    """
    path = path or find_key_path()
    try:
        if not path.exists():
            _write_key(path)
        mode, content = path.stat().st_mode, path.read_bytes()
    except OSError as error:
        raise LedgerError(
            f"the signing key {path} can be neither read nor made: {error.strerror or error}. "
            f"Give permission, or name another file in {VARIABLE}."
        ) from error
    if os.name == "posix" and mode & 0o077:
        raise LedgerRefused(
            f"others can read the signing key {path}. Run `chmod 600 {path}`; if somebody may have "
            f"copied it, name a new file in {VARIABLE}."
        )
    return Signer(_parse_key(path, content))


def _parse_key(path: Path, content: bytes) -> Ed25519PrivateKey:
    try:
        private = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LedgerRefused(
            f"{path} holds no signing key. Bring the file back, or name another in {VARIABLE}; "
            "a new key is made where there is no file."
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise LedgerRefused(f"{path} holds a key of another kind; entries are signed by Ed25519.")
    return private


def _write_key(path: Path) -> None:
    """Whole or not at all, and never over another process's key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    content = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        if not path.exists():
            os.link(partial, path)
    except FileExistsError:
        pass  # another process made one meanwhile; that one is used
    finally:
        partial.unlink()
