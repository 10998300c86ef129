"""Reading reaches for no network: a program that cannot resolve or connect reads all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harmledger.lexicon.gazetteer import find_gazetteer

CUT_OFF = """
import socket, sys
def refuse(*_words, **_names):
    raise SystemExit("something reached for the network")
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refuse)
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, refuse)
sys.argv = ["harmledger", *sys.argv[1:]]
from harmledger.cli import main
main()
"""


def call(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CUT_OFF, *words],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize("report", ["kunduz-02-saturday-evening.md", "mariupol-06-moscow.html"])
def test_read_without_a_network(root: Path, report: str) -> None:
    if find_gazetteer() is None:
        pytest.skip("no gazetteer file: run `harmledger gazetteer` once")
    done = call("read", f"examples/reports/{report}", cwd=root)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["document"]["name"] == Path(report).stem
    assert record["claims"]


def test_the_cut_is_a_cut(tmp_path: Path) -> None:
    program = CUT_OFF.replace("from harmledger.cli import main", "").replace(
        "\nmain()", "\nimport urllib.request; urllib.request.urlopen('http://example.org')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "reached for the network" in done.stderr
