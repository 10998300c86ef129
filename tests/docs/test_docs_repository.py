"""What may not stand in this repository, and links that must lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LEFT_OUT = {".git", ".venv", ".tools", ".local", "runs", "vendor", "dist", "build"}
SUFFIXES = {".md", ".py", ".yaml", ".toml", ".txt", ".sh", ".j2", ".css", ".json", ".jsonl", ""}
LONGEST = 500_000
"""Characters; beyond are tables of a program, not text."""
FORBIDDEN = {
    "a path of one machine": r"(?<![\w.<:/-])/(?:home|root|Users|opt|work|mnt)/\w",
    "work left undone": r"\b(?:TODO|FIXME)\b",
    "a number in a tracker that readers cannot see": r"\bissue #\d",
}
IN_PROSE = {"how it was made, not what it is": r"\b(?:sub)?(?:agents?|sessions?)\b"}
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def iter_texts(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        hidden = [p for p in inside.parts[:-1] if p.startswith(".") and p != ".ci"]
        if hidden or LEFT_OUT & set(inside.parts) or not path.is_file():
            continue
        if path.suffix in SUFFIXES and path.stat().st_size < LONGEST:
            yield inside, path.read_bytes().decode("utf-8", errors="replace")


def test_no_trace_of_a_machine_or_of_work_left_undone(root: Path) -> None:
    here = Path(__file__).resolve().relative_to(root)
    found = []
    for path, text in iter_texts(root):
        told = path.parts[:3] == ("tests", "gold", "reports")  # invented reports use every word
        rules = FORBIDDEN | (IN_PROSE if path.suffix in (".md", "") and not told else {})
        for what, pattern in rules.items():
            for hit in re.finditer(pattern, text):
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path}:{line}: {hit.group()!r} is {what}")
    assert not [line for line in found if not line.startswith(str(here))]


def iter_pages(root: Path) -> list[Path]:
    return [
        path for path, _ in iter_texts(root) if path.suffix == ".md" and "hard" not in path.parts
    ]


def test_links_lead_somewhere(root: Path) -> None:
    broken = []
    for page in iter_pages(root):
        for target in LINK.findall((root / page).read_text(encoding="utf-8")):
            path, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", target) or not (path or anchor):
                continue
            leads_to = (root / page).parent / path if path else root / page
            if not leads_to.exists():
                broken.append(f"{page}: {target}")
            elif anchor and anchor not in anchors(leads_to):
                broken.append(f"{page}: {target} (no such heading)")
    assert not broken


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("name", ["LICENSE", "NOTICE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_the_usual_papers_are_there(root: Path, name: str) -> None:
    assert (root / name).stat().st_size > 100


def test_every_cited_section_exists(root: Path) -> None:
    contract = (root / "docs" / "contract.md").read_text(encoding="utf-8")
    reading = (root / "docs" / "reading.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^## (\d+)\.", contract, re.M))
    rules = set(re.findall(r"^\*\*(\d+a?)\.\*\*", reading, re.M))
    source = "\n".join(p.read_text(encoding="utf-8") for p in (root / "src").rglob("*.py"))
    assert set(re.findall(r"contract §(\d+)", source)) <= sections
    assert set(re.findall(r"[Rr]eading rules? (\d+a?)", source)) <= rules
