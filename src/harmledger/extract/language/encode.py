"""Words to the numbers the network reads: word-pieces, case shapes, and where each word lies.

The encoder is uncased, so what capitals say is passed beside the word-pieces, once for
the whole word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER = range(6)
PAD, UNKNOWN, START, END = 0, 100, 101, 102
MOST_PIECES_OF_A_WORD = 8
MOST_WORDS_REMEMBERED = 50_000

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """pieces, shapes [sentences, pieces]; first, last [sentences, words], 0 where no word is."""

    pieces: Ids
    shapes: Ids
    first: Ids
    last: Ids


def shape_of(word: str) -> int:
    """Say how a word is capitalised: one of LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER."""
    if word.islower():
        return DIGIT if any(c.isdigit() for c in word) else LOWER
    if any(c.isdigit() for c in word):
        return DIGIT
    if word[:1].isupper() and (len(word) == 1 or word[1:].islower()):
        return TITLE
    if word.isupper():
        return UPPER
    return MIXED if any(c.isalpha() for c in word) else OTHER


class WordPieces:
    """Splits words into word-pieces and remembers the words it has met."""

    def __init__(self, tokenizer: Path) -> None:
        """Read a `tokenizer.json`; raises the tokenizers library's error when it is not one."""
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._met: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return one to eight word-piece ids; a word the vocabulary cannot spell is one unknown."""
        found = self._met.get(word)
        if found is None:
            # A lone surrogate cannot cross into the tokeniser, which wants UTF-8.
            clean = word.encode("utf-8", "replace").decode("utf-8")
            ids = self._tokenizer.encode(clean, add_special_tokens=False).ids
            found = tuple(ids[:MOST_PIECES_OF_A_WORD]) or (UNKNOWN,)
            if len(self._met) >= MOST_WORDS_REMEMBERED:
                self._met.clear()
            self._met[word] = found
        return found

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Lay out sentences of words as padded arrays, with the start and end marks added."""
        rows = [[self.pieces(word) for word in words] for words in sentences]
        widest = max((sum(map(len, row)) for row in rows), default=0) + 2
        longest = max((len(row) for row in rows), default=0)
        pieces = np.zeros((len(rows), widest), dtype=np.int64)
        shapes = np.full((len(rows), widest), OTHER, dtype=np.int64)
        first = np.zeros((len(rows), longest), dtype=np.int64)
        last = np.zeros((len(rows), longest), dtype=np.int64)
        for n, (row, words) in enumerate(zip(rows, sentences, strict=True)):
            flat = [piece for word in row for piece in word]
            lengths = np.fromiter(map(len, row), dtype=np.int64, count=len(row))
            ends = np.cumsum(lengths)
            pieces[n, 0], pieces[n, len(flat) + 1] = START, END
            pieces[n, 1 : len(flat) + 1] = flat
            shapes[n, 1 : len(flat) + 1] = np.repeat([shape_of(word) for word in words], lengths)
            first[n, : len(row)] = ends - lengths + 1
            last[n, : len(row)] = ends
        return Batch(pieces, shapes, first, last)
