"""What is known against the packages we install: `make audit`.

What needs no network is always checked: every package of the lock file has its sha256, comes from
the index, and is installed in the locked version. Then the locked versions are looked up among
known vulnerabilities (pip-audit); where its database cannot be reached, that is said, and is no
pass.

Exit code 0: nothing found · 1: something found · 3: nothing found, but the database not reached.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 180
FOUND, NOT_REACHED = 1, 3
Package = dict[str, Any]


def main() -> int:
    """Print what was checked and what was found."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]
    held = [package for package in packages if "registry" in package.get("source", {})]
    wrong = [*check_sources(packages), *check_hashes(held), *check_installed(held)]
    say(f"{len(held)} locked packages: source, hash of every file, installed version")
    for line in wrong:
        say(f"  {line}")
    reached, known = find_vulnerabilities(held)
    if not reached:
        say("known vulnerabilities were NOT looked up, the database was not reached:")
    else:
        say(f"known vulnerabilities looked up: {len(known)} found")
    for line in known:
        say(f"  {line}")
    if wrong or (reached and known):
        return FOUND
    return 0 if reached else NOT_REACHED


def check_sources(packages: list[Package]) -> Iterator[str]:
    """Everything but this project itself comes from the index."""
    for package in packages:
        source = package.get("source", {})
        if "registry" not in source and "editable" not in source:
            yield f"{package['name']}: from {source}, not from the index"


def check_hashes(held: list[Package]) -> Iterator[str]:
    """Every file that could be installed has its sha256 in the lock file."""
    for package in held:
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        if not files or any(not f.get("hash", "").startswith("sha256:") for f in files):
            yield f"{package['name']} {package['version']}: a file without its sha256"


def check_installed(held: list[Package]) -> Iterator[str]:
    """What is installed here is what is locked (a package may be locked once for each Python)."""
    locked: dict[str, set[str]] = {}
    for package in held:
        locked.setdefault(package["name"], set()).add(package["version"])
    for name, versions in sorted(locked.items()):
        try:
            here = version(name)
        except PackageNotFoundError:
            continue  # of another group or system
        if here not in versions:
            yield f"{name}: {here} is installed, {' or '.join(sorted(versions))} is locked"


def find_vulnerabilities(held: list[Package]) -> tuple[bool, list[str]]:
    """Was the database reached, and what it says (or why it was not)."""
    found: list[str] = []
    for lines in _iter_rounds(held):
        done = _ask(lines)
        try:
            told = json.loads(done.stdout)["dependencies"]
        except (ValueError, KeyError):
            return False, [(done.stderr.strip() or "no answer").splitlines()[-1][:200]]
        found += [
            f"{one['name']} {one['version']}: {', '.join(v['id'] for v in one['vulns'])}"
            for one in told
            if one.get("vulns")
        ]
    return True, found


def _iter_rounds(held: list[Package]) -> Iterator[list[str]]:
    """Each package once a round: pip-audit takes no second version beside the first."""
    versions: dict[str, list[str]] = {}
    for package in held:
        versions.setdefault(package["name"], []).append(package["version"])
    for turn in range(max((len(found) for found in versions.values()), default=1)):
        yield [f"{name}=={found[turn]}" for name, found in versions.items() if turn < len(found)]


def _ask(lines: list[str]) -> subprocess.CompletedProcess[str]:
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip"]
        command += ["--progress-spinner", "off", "--timeout", "20", "--format", "json"]
        try:
            return subprocess.run(
                [*command, "-r", str(listed)],
                capture_output=True,
                text=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            said = f"no answer within {SECONDS} seconds"
            return subprocess.CompletedProcess(command, NOT_REACHED, "", said)


def say(line: str) -> None:
    """To the terminal."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
