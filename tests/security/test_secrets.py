"""No key, token or password stands in anything that is kept with the project: code, tests, data,
documents, pages, what runs the tests."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
NOT_LOOKED_FOR = {"IPPublicDetector"}
"""Addresses of computers are no secrets."""
NO_TEXT = (".png", ".onnx", ".gz")
HASHES = ("uv.lock",)
"""Made of hashes from end to end; `make audit` checks them."""
ALLOWED = {
    ("tests/ledger/test_ledger_places.py", "Private Key"): "the head line of a key without a key",
    ("tests/security/test_secrets.py", "Secret Keyword"): "planted for the scan to find",
    ("tests/web/desk_setup.py", "Secret Keyword"): "the password of made-up accounts in tests",
    ("tests/web/test_safety.py", "Secret Keyword"): "the password of made-up accounts in tests",
    (
        "tests/security/test_secrets.py",
        "Base64 High Entropy String",
    ): "planted for the scan to find",
    ("tests/security/test_secrets.py", "Basic Auth Credentials"): "planted for the scan to find",
    ("tests/web/test_safety.py", "Basic Auth Credentials"): "a made-up address, to be refused",
    ("training/train.py", "Hex High Entropy String"): "the hash of the weights it starts from",
    ("docs/evaluation-log.jsonl", "Hex High Entropy String"): "hashes of what was evaluated",
    ("tests/ledger/schema_1.sql", "Hex High Entropy String"): "hashes of entries of a made-up log",
}
"""What looks like a secret and is none, by file and kind, and why."""
_LOOKED_AT = re.compile(
    r"[\w+/=.:@~-]{16}|://|api_?key|_key|_pass|passw|pwd|secret|contrase|private key", re.IGNORECASE
)
"""A line without any of these holds nothing that a detector finds; prose is most of the files."""
_SAID_TO_BE_A_HASH = re.compile(r"sha256\W{1,6}[0-9a-f]{64}\b")


def scan(folder: Path, paths: Iterable[Path]) -> list[tuple[str, str, int]]:
    """File, kind and line of everything that looks like a secret. Only lines that may hold one are
    put before the detectors: each as it is, at its own number, in a copy below ``folder``."""
    kinds = get_mapping_from_secret_type_to_class().values()
    plugins = [{"name": k.__name__} for k in kinds if k.__name__ not in NOT_LOOKED_FOR]
    found = SecretsCollection()
    with transient_settings({"plugins_used": plugins}):
        for number, path in enumerate(paths):
            kept = folder / f"{number}{path.suffix}"
            lines = path.read_text("utf-8", errors="replace").splitlines()
            held = [
                _SAID_TO_BE_A_HASH.sub("sha256", x) if _LOOKED_AT.search(x) else "" for x in lines
            ]
            if any(held):
                kept.write_text("\n".join(held), "utf-8")
                found.scan_file(str(kept))
    names = dict(enumerate(paths))
    return sorted(
        (_name(names[int(Path(copy).stem)]), secret.type, secret.line_number)
        for copy, secret in found
    )


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def find_files() -> list[Path]:
    """Every file that is kept with the project and holds text."""
    try:
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git, to know what is kept with the project")
    paths = [ROOT / name for name in done.stdout.split("\0") if name]
    return [p for p in paths if p.is_file() and p.suffix not in NO_TEXT and p.name not in HASHES]


def test_nothing_kept_looks_like_a_secret(tmp_path: Path) -> None:
    files = find_files()
    kept = {_name(path) for path in files}
    assert {"README.md", ".ci/run", "Makefile", "pyproject.toml"} <= kept
    for part in ("src/", "tests/", "docs/", "scripts/", "benchmarks/", "training/", "examples/"):
        assert any(name.startswith(part) for name in kept), part
    assert {".html", ".js", ".txt", ".md", ".json", ".yaml", ".j2"} <= {p.suffix for p in files}
    found = scan(tmp_path, files)
    assert [one for one in found if one[:2] not in ALLOWED] == []
    assert {one[:2] for one in found} == set(ALLOWED), "nothing is allowed that is not there"


PLANTED = {
    "settings.py": 'password = "hunter2-correct-horse"\n',
    "page.html": '<a href="https://ana:correct-horse-battery@db.example/x">x</a>\n',
    "app.js": f'const t = "ghp_{"a1B2" * 9}";\n',
    "notes.txt": f"-----BEGIN {'EC'} PRIVATE KEY-----\n",
    "entropy.py": f'value = "{"".join(f"{n * 37 % 256:02x}" for n in range(24))}"\n',
    "base.md": 'x = "c3VwZXIgZHVwZXIgbG9uZyBzZWNyZXQgdmFsdWUgMTIzNDU2Nzg5MA=="\n',
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_scan_finds_one_that_is_there(tmp_path: Path, name: str) -> None:
    planted = tmp_path / "planted" / name
    planted.parent.mkdir()
    planted.write_text(f"words before\n{PLANTED[name]}")
    assert [(n, line) for n, _, line in scan(tmp_path, [planted])][:1] == [(name, 2)]
