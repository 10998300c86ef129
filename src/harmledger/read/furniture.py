"""Mark page furniture by its words: sign-ups, related links, cookie notes.

A sentence is furniture when it says so itself; a block is when all its sentences are. Below a
line like "Related stories" the short lines are furniture until prose begins again.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.document import Block, Sentence
from harmledger.lexicon.furniture import FurnitureLexicon
from harmledger.read.blocks import SENTENCE_END

SHORT = 240
"""A sentence longer than this says more than furniture does."""
LINK_LENGTH = 160
_EDGES = " \t\r\n.:!?…*_#>|[]()-–—»›→▶\"'“”"


def mark_furniture(
    text: str,
    blocks: Sequence[Block],
    sentences: Sequence[Sentence],
    lexicon: FurnitureLexicon,
) -> tuple[tuple[Block, ...], tuple[Sentence, ...]]:
    """Blocks and sentences with their furniture marks; marks already set stay."""
    of_block: list[list[int]] = [[] for _ in blocks]
    for number, sentence in enumerate(sentences):
        of_block[sentence.block].append(number)
    marked = [False] * len(sentences)
    out: list[Block] = []
    below_head = False
    for block, numbers in zip(blocks, of_block, strict=True):
        whole = _plain(text[block.start : block.end]) if block.end - block.start <= SHORT else ""
        link = below_head and _is_link(text, block)
        by_itself = block.furniture or whole in lexicon.whole or link
        for number in numbers:
            at = sentences[number]
            marked[number] = by_itself or _says_so(text[at.start : at.end], lexicon)
        is_furniture = by_itself or (bool(numbers) and all(marked[n] for n in numbers))
        below_head = whole in lexicon.section_heads or link
        out.append(msgspec.structs.replace(block, furniture=is_furniture or below_head))
    return tuple(out), tuple(
        msgspec.structs.replace(sentence, furniture=mark or out[sentence.block].furniture)
        for sentence, mark in zip(sentences, marked, strict=True)
    )


def _is_link(text: str, block: Block) -> bool:
    """A line short and unfinished enough to be the title of another page."""
    words = text[block.start : block.end]
    if len(words) > LINK_LENGTH or block.kind in {"heading", "table_row"}:
        return False
    return block.kind == "list_item" or not SENTENCE_END.search(words)


def _says_so(words: str, lexicon: FurnitureLexicon) -> bool:
    if len(words) > SHORT:
        return False
    said = _folded(words).lstrip(" *_>#-–—•»›→▶\"'“”[(")
    return said.startswith(lexicon.starts) or bool(lexicon.contains.search(said))


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").replace("‘", "'").split())


def _plain(words: str) -> str:
    return _folded(words).strip(_EDGES)
