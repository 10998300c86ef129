"""`harmledger serve` as it is started: TLS, a sealed ledger's index in memory alone, an orderly
end, and the sweep after a disorderly one."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from desk_setup import REPORTS

from harmledger.ledger import open_ledger, utc_clock
from harmledger.ledger.sealed import KEY_VARIABLE, find_key, open_sealed, write_key_file
from harmledger.pipeline import run_paths
from harmledger.web.state import MEMORY

pytestmark = pytest.mark.skipif(not MEMORY.is_dir(), reason=f"there is no {MEMORY} here")
PATIENCE = 60.0


def write_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "desk.pem", folder / "desk.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return paths


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sealed ledger of one report; its key is named in the environment."""
    key = tmp_path / "seal.key"
    write_key_file(key)
    monkeypatch.setenv(KEY_VARIABLE, str(key))
    reports = tmp_path / "reports"
    reports.mkdir()
    head, text = REPORTS["clinic.md"]
    (reports / "clinic.md").write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")
    folder = tmp_path / "kept"
    folder.mkdir()
    with open_ledger(folder / "harm.ledger", write=True, seal=open_sealed(find_key)) as ledger:
        run_paths([reports], ledger, clock=utc_clock)
    return folder / "harm.ledger"


@pytest.fixture
def started(sealed: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int, Path]]:
    """The command in a process of its own: (process, port, certificate)."""
    certificate, key = write_certificate(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--tls-certificate", certificate, "--tls-key", key]
    command = [sys.executable, "-m", "harmledger.cli", "serve", "--ledger", sealed, *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield process, port, certificate
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=PATIENCE)


def folders_of(process: int) -> list[Path]:
    return list(MEMORY.glob(f"harmledger-{process}-*"))


def leave_behind() -> Path:
    """A folder as a desk leaves it that was killed."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    folder = MEMORY / f"harmledger-{gone.pid}-left"
    folder.mkdir()
    (folder / "desk.sqlite").write_text("words of a sealed ledger")
    return folder


def test_a_sealed_ledger_is_served_over_tls_and_leaves_nothing(
    started: tuple[subprocess.Popen[bytes], int, Path], sealed: Path
) -> None:
    process, port, certificate = started
    trusted = ssl.create_default_context(cafile=str(certificate))
    browser = http.client.HTTPSConnection("localhost", port, context=trusted, timeout=PATIENCE)
    browser.request("GET", "/documents")
    answer = browser.getresponse()
    page = answer.read().decode()
    assert answer.status == 200
    assert "Clinic bombed" in page
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("secure", "httponly", "samesite=strict"))
    browser.close()
    plain = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    plain.request("GET", "/")
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.getresponse()
    folders = folders_of(process.pid)
    assert len(folders) == 1
    assert folders[0].stat().st_mode & 0o077 == 0
    assert b"Clinic bombed" in (folders[0] / "desk.sqlite").read_bytes()
    for path in sealed.parent.rglob("*"):
        assert path.is_dir() or b"Clinic bombed" not in path.read_bytes(), path
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=PATIENCE) == 0
    assert folders_of(process.pid) == []


def test_what_a_killed_desk_left_in_memory_goes_with_the_next_start(sealed: Path) -> None:
    from harmledger.web import Settings, open_desk

    left = leave_behind()
    alive = MEMORY / f"harmledger-{os.getppid()}-alive"
    alive.mkdir()
    try:
        desk = open_desk(Settings(place=sealed))
        assert not left.exists()
        assert alive.exists()
        assert len(folders_of(os.getpid())) == 1
        desk.close()
        assert folders_of(os.getpid()) == []
    finally:
        alive.rmdir()
