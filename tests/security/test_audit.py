"""The part of `make audit` that needs no network; looking up what is known needs one."""

from __future__ import annotations

import importlib.util
import subprocess
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def packages() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    return found


def test_every_package_has_its_hashes_and_comes_from_the_index(
    audit: ModuleType, packages: list[dict[str, Any]]
) -> None:
    held = [p for p in packages if "registry" in p["source"]]
    assert len(held) > 50
    assert list(audit.check_sources(packages)) == []
    assert list(audit.check_hashes(held)) == []


def test_a_package_without_a_hash_or_from_elsewhere_is_found(audit: ModuleType) -> None:
    wheel = {"url": "https://example.org/a.whl"}
    registry = {"registry": "https://pypi.org/simple"}
    odd = {"name": "a", "version": "1", "source": registry, "wheels": [wheel]}
    assert list(audit.check_hashes([odd]))
    assert list(audit.check_sources([{"name": "b", "source": {"git": "https://example.org"}}]))
    assert list(audit.check_installed([{"name": "pytest", "version": "0.0.1"}]))


def test_an_unreached_database_is_no_pass(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "requests failed: no route to host")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: failed)
    reached, told = audit.find_vulnerabilities([])
    assert (reached, told) == (False, ["requests failed: no route to host"])
    monkeypatch.setattr(audit, "find_vulnerabilities", lambda _: (False, ["no route"]))
    monkeypatch.setattr(audit, "check_installed", lambda _: [])
    assert audit.main() == audit.NOT_REACHED
