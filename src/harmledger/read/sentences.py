"""Sentences with exact offsets, block by block.

The sentencex library proposes boundaries. It keeps a quotation or parenthesis together however
long it is and glues text to a quotation mark that is never closed, so it is shown the text with
those marks blanked out, one code point for one, and the short ones are joined again here.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import sentencex

from harmledger.core.document import Block, Sentence
from harmledger.lexicon.abbreviations import AbbreviationLexicon

MAX_SENTENCE = 2_000
"""Code points. Text without full stops is cut here, at whitespace, so that all stays linear."""
WINDOW = 4_000
"""Code points shown to the splitter at a time."""

_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace())
"""A no-break space before an initial makes the splitter panic."""
_BLANKED = str.maketrans(dict.fromkeys(f'"“”„‟«»‹›‘(){_SPACES}', " "))
_CLOSING_MARK = re.compile(r"’(?!\w)")
"""A quotation mark; inside a word it is an apostrophe."""
_SHORT_ASIDE = re.compile(
    r"\([^()]{0,160}\)|“[^“”]{0,60}”|«[^«»]{0,60}»|(?<!\S)\"(?=\S)[^\"]{0,40}\""
)
_MISSED = re.compile(
    r"(?:(?P<word>(?<!\w)[a-z]+)\.|(?<=\w\w)[.!?])[\"'”’)]*\s+(?=(?P<sum>[$€£]\d)|[\"'“(]*[^\W\d_a-z])"
)
"""Ends sentencex lets pass: before a sum of money, and after a word that is also a short form."""
_MARKER = {
    "heading": re.compile(r"#{1,6}[ \t]+"),
    "list_item": re.compile(r"(?:[-*+•‣◦·–—]|\(?\d{1,3}[.)])[ \t]+"),
    "paragraph": re.compile(r">[ \t]*"),
}
_OPENERS = "“„«‹‘(["
_EITHER = "\"'"
_LAST_WORD = re.compile(r"([^\W\d_]+)\.[\"'”’)\]]*\s*\Z")
_SHORT_FORM = re.compile(r"(?:\A|[\s(\[“\"'.-])[^\W\d_a-z]\.\s*\Z")
_NEXT_WORD = re.compile(r"[\W_]*([^\W_]+)")
_ONLY_A_TIME = re.compile(
    r"(?:According to [^,.;]{3,60}, )?(?:on|at|around|about|in|this|early|late) "
    r"(?:(?:at|on|of|the|about|around|approximately|roughly|morning|afternoon|evening|night|nearly"
    r"|[a-z]+day|(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*|[\d.:]+),? )*"
    r"[\d.:]+ [ap]\.m\.\s*\Z",
    re.IGNORECASE,
)
""" "On May 14 at about 10 a.m. Russian troops …": a time alone is no sentence."""


def find_sentences(
    text: str, blocks: Sequence[Block], language: str | None, lexicon: AbbreviationLexicon
) -> tuple[Sentence, ...]:
    """Sentences of every block in order, trimmed of whitespace and of list and heading marks.

    ``language`` is a two-letter code or None (English rules for full stops). A table row is one
    sentence. No sentence crosses a block.
    """
    found: list[Sentence] = []
    for number, block in enumerate(blocks):
        marker = _MARKER.get(block.kind)
        mark = marker.match(text, block.start, block.end) if marker else None
        start = mark.end() if mark and mark.end() < block.end else block.start
        body = text[start : block.end]
        bounds = [0, len(body)] if block.kind == "table_row" else _bounds(body, language, lexicon)
        for a, b in _pieces(body, bounds):
            found.append(
                Sentence(start=start + a, end=start + b, block=number, furniture=block.furniture)
            )
    return tuple(found)


def _bounds(body: str, language: str | None, lexicon: AbbreviationLexicon) -> list[int]:
    """Where sentences begin, plus the end of ``body``."""
    blanked = _CLOSING_MARK.sub(" ", body.translate(_BLANKED))
    asides = [found.span() for found in _SHORT_ASIDE.finditer(body)]
    kept, aside, last = [0], 0, len(body.rstrip())
    missed = (
        found.end()
        for found in _MISSED.finditer(body)
        if found["sum"] or found["word"] in lexicon.also_a_word
    )
    for proposed in heapq.merge(_proposed(blanked, language or "en"), missed):
        bound = _before_openers(body, proposed)
        while aside < len(asides) and asides[aside][1] <= bound:
            aside += 1
        inside = aside < len(asides) and asides[aside][0] < bound
        if bound <= kept[-1] or inside or bound >= last:
            continue
        if body[:bound].rstrip().endswith("m.") and _ONLY_A_TIME.match(body, kept[-1], bound):
            continue
        if not _belongs_together(body, bound, lexicon):
            kept.append(bound)
    return [*kept, len(body)]


def _proposed(blanked: str, language: str) -> Iterator[int]:
    """Boundaries sentencex sees, window by window; the last sentence of a window is looked at
    again with what follows it."""
    start = 0
    while start < len(blanked):
        window = blanked[start : start + WINDOW]
        last_window = start + WINDOW >= len(blanked)
        ends = [found["end_index"] for found in sentencex.get_sentence_boundaries(language, window)]
        usable = ends if last_window else ends[:-1]
        for end in usable:
            yield start + end
        start += usable[-1] if usable else len(window)


def _before_openers(body: str, bound: int) -> int:
    """Move a boundary left over the marks that open the next sentence."""
    while bound > 0:
        at = bound - 1
        while at > 0 and body[at].isspace():
            at -= 1
        free = at == 0 or body[at - 1].isspace() or body[at - 1] in _OPENERS + _EITHER
        opens = body[at] in _OPENERS or (body[at] in _EITHER and at == bound - 1)
        if not (opens and free):
            return bound
        bound = at
    return bound


def _belongs_together(body: str, bound: int, lexicon: AbbreviationLexicon) -> bool:
    """Whether the full stop before ``bound`` ended an abbreviation, not a sentence."""
    left, right = body[max(0, bound - 40) : bound], body[bound : bound + 60]
    following = _NEXT_WORD.match(right)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower() and not left.rstrip().endswith("."):
        return not right.lstrip().startswith(("al-", "el-"))
    last = _LAST_WORD.search(left)
    if last is None:
        return False
    short = last.group(1).lower()
    if short in lexicon.before_a_name:
        return True
    if short in lexicon.before_a_number:
        return word[0].isdigit()
    if _SHORT_FORM.search(left):
        return word[0].islower() or word.lower() not in lexicon.starters
    return False


def _pieces(body: str, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
    for start, end in pairwise(bounds):
        at = start
        while end - at > MAX_SENTENCE:
            cut = _cut_before(body, at, at + MAX_SENTENCE)
            yield from _trimmed(body, at, cut)
            at = cut
        yield from _trimmed(body, at, end)


def _cut_before(body: str, start: int, limit: int) -> int:
    """Just after the last whitespace before ``limit``; ``limit`` where there is none."""
    for at in range(limit, start, -1):
        if body[at - 1].isspace():
            return at
    return limit


def _trimmed(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = body[start:end]
    kept = words.strip()
    if kept:
        begin = start + len(words) - len(words.lstrip())
        yield begin, begin + len(kept)
