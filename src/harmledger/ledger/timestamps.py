"""RFC 3161 timestamps: a third party's word that the log had come this far by a certain time.

Nothing is sent from here: a request is written to a file, sent by whatever means a person
chooses, and the answer read from a file. A timestamp of the last entry's hash covers every
capture before it.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cryptography.x509 import load_pem_x509_certificates

from harmledger.core.base import Value
from harmledger.core.errors import LedgerRefused, WrongUsage
from harmledger.ledger.entry import TOOL, Act, Draft, Entry
from harmledger.ledger.record import Ledger

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

_DIGESTS = {"2.16.840.1.101.3.4.2.1": hashlib.sha256, "2.16.840.1.101.3.4.2.3": hashlib.sha512}
"""Digests by object identifier: SHA-256 and SHA-512."""


class Timestamp(Value, frozen=True, kw_only=True):
    """Entry ``seq`` with this ``hash`` existed at ``time`` (ISO, UTC), says the authority whose
    ``response`` (base64, DER) is kept. ``checked``: against root certificates given then."""

    seq: int
    hash: str
    time: str
    response: str
    checked: bool


def render_request(entry_hash: str) -> bytes:
    """A timestamp request (DER) for an entry's hash, to be sent to an authority.

    Raises:
        WrongUsage: the extra is not installed.
    """
    return bytes(_client().TimestampRequestBuilder().data(entry_hash.encode()).build().as_bytes())


def write_timestamp(ledger: Ledger, response: bytes, roots: bytes | None = None) -> Timestamp:
    """Put an authority's answer into the log, beside the entry it speaks of. ``roots``: PEM
    certificates to check its signature against.

    Raises:
        LedgerRefused: it is no granted answer, speaks of no entry of this log, or its signature
            does not hold under ``roots``.
        WrongUsage: the extra is not installed, or ``roots`` holds no certificate.
    """
    decoded = _parse(response)
    with ledger.records() as records:
        entry = next((e for e in records.iter_entries() if _speaks_of(decoded, e)), None)
    if entry is None:
        raise LedgerRefused(
            "this timestamp is of no entry of this log. `harmledger timestamp --request FILE` "
            "writes a request for the last one."
        )
    if roots is not None:
        _check_signature(decoded, entry.hash, roots)
    made = Timestamp(
        seq=entry.seq,
        hash=entry.hash,
        time=decoded.tst_info.gen_time.isoformat(),
        response=b64encode(response).decode(),
        checked=roots is not None,
    )
    act = Act(actor=TOOL, action="timestamp", after=made.time)
    ledger.append(lambda _records, _head: [Draft(kind="timestamp", body=made, act=act)])
    return made


def find_timestamps(ledger: Ledger) -> tuple[Timestamp, ...]:
    """Every timestamp in the log, in order."""
    with ledger.records() as records:
        return tuple(Timestamp(**body) for _, body in records.notes("timestamp"))


def check_timestamps(ledger: Ledger, roots: bytes) -> tuple[str, ...]:
    """What does not hold of the timestamps in the log, checked against ``roots`` (PEM).

    Raises:
        WrongUsage: the extra is not installed, or ``roots`` holds no certificate.
    """
    wrong = []
    for made in find_timestamps(ledger):
        try:
            _check_signature(_parse(b64decode(made.response)), made.hash, roots)
        except LedgerRefused as error:
            wrong.append(f"timestamp of entry {made.seq}: {error}")
    return tuple(wrong)


def _speaks_of(response: TimeStampResponse, entry: Entry) -> bool:
    imprint = response.tst_info.message_imprint
    digest = _DIGESTS.get(imprint.hash_algorithm.dotted_string)
    return digest is not None and digest(entry.hash.encode()).digest() == imprint.message


def _check_signature(response: TimeStampResponse, entry_hash: str, roots: bytes) -> None:
    client = _client()
    builder = client.VerifierBuilder()
    for certificate in _parse_roots(roots):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(response, entry_hash.encode())
    except client.VerificationError as error:
        raise LedgerRefused(f"its signature does not hold under these roots: {error}") from error


def _parse_roots(roots: bytes) -> Sequence[Any]:
    try:
        return load_pem_x509_certificates(roots)
    except ValueError as error:
        raise WrongUsage("the file of root certificates holds none in PEM form.") from error


def _parse(response: bytes) -> TimeStampResponse:
    try:
        decoded = _client().decode_timestamp_response(response)
        granted = decoded.status in (0, 1)
    except ValueError as error:
        raise LedgerRefused(f"this is no RFC 3161 answer: {error}") from error
    if not granted:
        raise LedgerRefused("the authority refused the request; ask it why, and ask again.")
    return decoded  # type: ignore[no-any-return]


def _client() -> Any:
    try:
        import rfc3161_client
    except ModuleNotFoundError as error:
        raise WrongUsage(
            "timestamps need the extra: pip install 'harmledger[timestamps]'."
        ) from error
    return rfc3161_client
