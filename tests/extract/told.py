"""Short invented reports, read as a file would be, and what was read from them."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.core.claim import Claim
from harmledger.core.document import Document, Item, Text
from harmledger.core.extraction import Extraction
from harmledger.core.ids import sha256_of
from harmledger.extract import ClaimExtractor
from harmledger.read import read_item

PUBLISHED = "2024-05-15"
"""A Wednesday."""


@dataclass(frozen=True)
class Read:
    """A document, its text, and what the extractor made of it."""

    document: Document
    text: Text
    found: Extraction

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.found.claims

    def of(self, harm: str, *, stance: str = "asserts", part: bool = False) -> list[Claim]:
        """The claims of one harm and stance: wholes, or the parts of wholes."""
        return [
            c
            for c in self.claims
            if c.harm == harm and c.stance == stance and (c.part_of is not None) == part
        ]

    def one(self, harm: str, *, stance: str = "asserts") -> Claim:
        """The only whole of a harm and stance."""
        found = self.of(harm, stance=stance)
        assert len(found) == 1, self.summary()
        return found[0]

    def reasons(self) -> list[str]:
        return [line.reason for line in self.found.unresolved]

    def summary(self) -> str:
        """What was read, for the message of a failing test."""
        rows = [self.text.text]
        for c in self.claims:
            figure = f"{c.quantity.low}..{c.quantity.high} {c.quantity.unit}"
            rows.append(
                f"{c.harm} {c.stance} {c.modality} {figure} part={c.part_of} “{c.span.quote}”"
            )
        rows.extend(f"?? {line.reason}: {line.note}" for line in self.found.unresolved)
        return "\n".join(rows)


def make_item(
    body: str,
    *,
    published: str | None = PUBLISHED,
    language: str = "en",
    name: str = "report",
) -> Item:
    """A markdown file with front matter, as captured."""
    head = f"published: {published}\n" if published else ""
    content = f"---\n{head}language: {language}\nsource: The Test Courier\n---\n{body}\n".encode()
    return Item(
        name=name,
        path=f"{name}.md",
        media_type="text/markdown",
        content=content,
        sha256=sha256_of(content),
    )


def read_report(
    extractor: ClaimExtractor,
    body: str,
    *,
    published: str | None = PUBLISHED,
    language: str = "en",
) -> Read:
    document, text = read_item(make_item(body, published=published, language=language))
    return Read(document=document, text=text, found=extractor.extract(document, text))


def figure(claim: Claim) -> tuple[int | None, int | None]:
    return claim.quantity.low, claim.quantity.high
