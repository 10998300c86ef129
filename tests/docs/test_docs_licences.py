"""What the core install brings along: permissive licences, MPL at most."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement

OURS = "harmledger"
WEAK = {"certifi", "tld", "tqdm"}
"""Under the MPL, or offering it as a choice: files stay under it, what uses them does not."""
COPYLEFT = re.compile(r"\b[AL]?GPL|General Public License", re.I)
MOZILLA = re.compile(r"\bMPL|Mozilla Public License", re.I)


def core_tree(root: Path) -> dict[str, Distribution]:
    """Every distribution a plain install of the project brings along, by its name."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [(Requirement(line), "") for line in project["dependencies"]]
    found: dict[str, Distribution] = {}
    while waiting:
        requirement, extra = waiting.pop()
        if requirement.marker and not requirement.marker.evaluate(
            {**default_environment(), "extra": extra}
        ):
            continue
        name = re.sub(r"[-_.]+", "-", requirement.name).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            raise AssertionError(f"{name} is needed and not installed; run `make test`") from None
        for line in found[name].requires or ():
            waiting += [(Requirement(line), extra) for extra in ("", *requirement.extras)]
    return found


def stated_licences(package: Distribution) -> list[str]:
    """The alternatives a package offers; each may join several licences by "and"."""
    metadata = package.metadata
    stated = metadata.get("License-Expression") or ""
    if not stated:
        classifiers = metadata.get_all("Classifier") or []
        named = [c.rsplit("::", 1)[1].strip() for c in classifiers if c.startswith("License ::")]
        stated = " OR ".join(named) or (metadata.get("License") or "").strip().split("\n", 1)[0]
    return [part.strip(" ()") for part in re.split(r"\s+OR\s+", stated, flags=re.I) if part.strip()]


def test_every_core_dependency_states_a_licence(root: Path) -> None:
    tree = core_tree(root)
    assert len(tree) > 20
    silent = [name for name, package in tree.items() if not stated_licences(package)]
    assert not silent


def test_no_core_dependency_is_copyleft_only(root: Path) -> None:
    tree = core_tree(root)
    refused = {
        name: stated_licences(package)
        for name, package in tree.items()
        if all(COPYLEFT.search(choice) for choice in stated_licences(package))
    }
    assert not refused


def test_weak_copyleft_is_listed(root: Path) -> None:
    tree = core_tree(root)
    weak = {
        name
        for name, package in tree.items()
        if all(
            MOZILLA.search(choice) or COPYLEFT.search(choice) for choice in stated_licences(package)
        )
    }
    assert weak <= WEAK, "new packages under the MPL: add them to WEAK after looking at them"
