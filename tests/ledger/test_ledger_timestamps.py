"""RFC 3161, offline: the answers are made by an authority of our own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from harmledger.core.errors import LedgerRefused
from harmledger.ledger import open_ledger, verify_ledger
from harmledger.ledger.timestamps import (
    check_timestamps,
    find_timestamps,
    render_request,
    write_timestamp,
)

pytest.importorskip("rfc3161_client")
OPENSSL = shutil.which("openssl")
SETTINGS = """
[req]
distinguished_name = name
x509_extensions = root
prompt = no
[name]
CN = An authority of our own
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = here
[here]
serial = serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


class Authority:
    """Signs requests with openssl."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        (self.folder / "settings").write_text(SETTINGS.replace("our own", f"our own, {name}"))
        (self.folder / "serial").write_text("01")
        self._run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30")
        extra = ["-subj", f"/CN=Signer {name}", "-keyout", "signer.key", "-out", "signer.csr"]
        self._call("req", "-new", "-newkey", "rsa:2048", "-nodes", *extra)
        chain = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-out", "signer.pem"]
        self._call(
            "x509", "-req", "-in", "signer.csr", *chain, "-extfile", "settings",
            "-extensions", "signer", "-days", "30",
        )  # fmt: skip
        self.roots = (self.folder / "root.pem").read_bytes()

    def sign(self, request: bytes) -> bytes:
        (self.folder / "request").write_bytes(request)
        self._call(
            "ts", "-reply", "-config", "settings", "-section", "here", "-queryfile", "request",
            "-signer", "signer.pem", "-inkey", "signer.key", "-out", "answer",
        )  # fmt: skip
        return (self.folder / "answer").read_bytes()

    def _run(self, *words: str) -> None:
        self._call(*words, "-config", "settings", "-keyout", "root.key", "-out", "root.pem")

    def _call(self, *words: str) -> None:
        command = [OPENSSL or "", *words]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if OPENSSL is None:
        pytest.skip("no openssl to make answers with")
    return Authority(tmp_path_factory.mktemp("authority"), "one")


def test_a_timestamp_covers_the_log_so_far(
    filled: Path | str, authority: Authority, clock: Callable[[], datetime]
) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        head = ledger.head()
        answer = authority.sign(render_request(head.hash))
        made = write_timestamp(ledger, answer, authority.roots)
        assert (made.seq, made.hash, made.checked) == (head.seq, head.hash, True)
        assert datetime.fromisoformat(made.time).tzinfo is not None
        assert find_timestamps(ledger) == (made,)
        assert check_timestamps(ledger, authority.roots) == ()
        assert verify_ledger(ledger) == ()


def test_what_is_no_timestamp_of_this_log_is_refused(
    filled: Path | str,
    authority: Authority,
    clock: Callable[[], datetime],
    tmp_path: Path,
) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        head = ledger.head()
        with pytest.raises(LedgerRefused, match="no entry of this log"):
            write_timestamp(ledger, authority.sign(render_request("0" * 64)))
        with pytest.raises(LedgerRefused, match="no RFC 3161 answer"):
            write_timestamp(ledger, b"hello")
        other = Authority(tmp_path, "two")
        with pytest.raises(LedgerRefused, match="does not hold under these roots"):
            write_timestamp(ledger, authority.sign(render_request(head.hash)), other.roots)
        assert ledger.head() == head
