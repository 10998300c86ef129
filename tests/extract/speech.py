"""Paragraphs written for these tests, as the passages the extractor sees."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from harmledger.core.when import TimeHit, When
from harmledger.extract.language import Parser, find_parser
from harmledger.extract.passage import Attribution, Passage
from harmledger.extract.voices import find_attributions
from harmledger.extract.voices.roster import open_roster

_DAYS = re.compile(r"(?:on )?(?:Monday|Tuesday|Wednesday|Friday|today|\d{1,2} March)", re.I)


@cache
def parser() -> Parser:
    return find_parser()


def passages_of(*paragraphs: str) -> tuple[Passage, ...]:
    """One passage a sentence; sentences of a paragraph are parted by two spaces or a line end."""
    sentences: list[tuple[str, int, int]] = []
    offset = 0
    for block, paragraph in enumerate(paragraphs):
        for found in re.finditer(r"\S(?:.(?!  ))*\S?", paragraph):
            text = found.group(0).strip()
            sentences.append((text, offset + found.start(), block))
        offset += len(paragraph) + 2
    trees = parser().parse([(text, start) for text, start, _ in sentences])
    passages = tuple(
        Passage(
            index=number,
            start=start,
            end=start + len(text),
            text=text,
            block=block,
            kind="paragraph",
            heading=None,
            tree=tree,
            lowered=tuple(t.text.lower() for t in tree.tokens),
            lemmas=tuple(t.lemma.lower() for t in tree.tokens),
            times=_times(text, start),
        )
        for number, ((text, start, block), tree) in enumerate(zip(sentences, trees, strict=True))
    )
    found_all = find_attributions(passages, open_roster(passages))
    return tuple(
        msgspec.structs.replace(passage, attributions=found)
        for passage, found in zip(passages, found_all, strict=True)
    )


def _times(text: str, start: int) -> tuple[TimeHit, ...]:
    return tuple(
        TimeHit(
            start=start + found.start(),
            end=start + found.end(),
            when=When(as_written=found.group(0), earliest="2024-03-04", latest="2024-03-04"),
        )
        for found in _DAYS.finditer(text)
    )


def said(passage: Passage, attribution: Attribution) -> str:
    """The words an attribution covers."""
    start, end = attribution.content
    return passage.text[start - passage.start : end - passage.start]
