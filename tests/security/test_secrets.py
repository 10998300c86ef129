"""No key, token or password stands in what is shipped."""

from __future__ import annotations

from pathlib import Path

from detect_secrets.core.secrets_collection import SecretsCollection
from detect_secrets.settings import transient_settings

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = (
    "PrivateKeyDetector",
    "KeywordDetector",
    "AWSKeyDetector",
    "GitHubTokenDetector",
    "BasicAuthDetector",
    "JwtTokenDetector",
)
SHIPPED = ("src", "scripts", "benchmarks", "training", "examples", "docs")


def scan(*paths: Path) -> list[str]:
    """Where something looks like a secret, as file:line."""
    found = SecretsCollection()
    with transient_settings({"plugins_used": [{"name": name} for name in PLUGINS]}):
        for path in paths:
            found.scan_file(str(path))
    return [f"{name}:{secret.line_number} {secret.type}" for name, secret in found]


def test_nothing_shipped_looks_like_a_secret() -> None:
    files = [
        path
        for folder in SHIPPED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
        and path.suffix in (".py", ".yaml", ".md", ".sh", ".toml", ".j2", ".json")
        and ".venv" not in path.parts
        and path.stat().st_size < 1_000_000
    ]
    assert len(files) > 200
    assert scan(*files, ROOT / "pyproject.toml", ROOT / "Makefile") == []


def test_the_scan_finds_one_that_is_there(tmp_path: Path) -> None:
    planted = tmp_path / "settings.py"
    planted.write_text('password = "hunter2-correct-horse"\n')
    assert scan(planted)
