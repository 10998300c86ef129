"""The texts the benchmarks read, about 350 words each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from harmledger.capture import find_items
from harmledger.capture.records import RECORD_TYPE
from harmledger.core.document import Item
from harmledger.core.ids import sha256_of
from harmledger.evals.treebanks import load_documents

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "reports"
NEWS = Path("ud") / "en_pud-ud-test.conllu.gz"
"""Below the folder of data: PUD, whose documents called n… are general news."""
WORDS = 350
REPORTS = 24


def write_reports(folder: Path) -> list[Item]:
    """``REPORTS`` files of paragraphs of the example reports, each of one case, as captured."""
    folder.mkdir()
    number = 0
    while number < REPORTS:
        for case in ("kunduz", "mariupol", "al-ahli"):
            body = "\n\n".join(take_paragraphs(list(paragraphs(case)), number))
            head = "---\ntitle: Speed\npublished: 2023-10-19T12:00:00Z\nlanguage: en\n---\n\n"
            (folder / f"{number:02}-{case}.md").write_text(head + body + "\n", encoding="utf-8")
            number += 1
    return [item for item in find_items([folder]) if isinstance(item, Item)]


def paragraphs(case: str) -> Iterator[str]:
    """The plain paragraphs of a case's reports, without the line that says they are examples."""
    for path in sorted(EXAMPLES.glob(f"{case}-*.md")):
        body = path.read_text(encoding="utf-8").split("---", 2)[2]
        for part in body.split("\n\n"):
            if len(part.split()) > 8 and not part.lstrip().startswith(("#", "*", ">", "_")):
                yield part.strip()


def take_paragraphs(pool: list[str], start: int) -> list[str]:
    taken: list[str] = []
    while sum(len(part.split()) for part in taken) < WORDS:
        taken.append(pool[start % len(pool)])
        start += 1
    return taken


def load_news(data: Path) -> list[Item]:
    """General news of about ``WORDS`` words: pieces of PUD, one after the other."""
    documents = load_documents(data / NEWS).items()
    return list(_join(text for name, text in documents if name.startswith("n")))


def _join(pieces: Iterable[str]) -> Iterator[Item]:
    held: list[str] = []
    for number, piece in enumerate(pieces):
        held.append(piece)
        if sum(len(part.split()) for part in held) >= WORDS:
            yield _record(f"news-{number}", " ".join(held))
            held = []


def _record(name: str, text: str) -> Item:
    row = {"id": name, "text": text, "published": "2016-11-01", "language": "en"}
    content = msgspec.json.encode(row)
    return Item(
        name=name,
        path=name,
        media_type=RECORD_TYPE,
        content=content,
        sha256=sha256_of(content),
        record=1,
    )
