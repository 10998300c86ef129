"""Finding lexicon phrases in a row of words, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
_SPLIT = re.compile(r"[\s\-‐‑–]+")
_OWNER = re.compile(r"(?<=\w)['’]s?$")


def split_phrase(phrase: str) -> tuple[str, ...]:
    """A phrase as its words; hyphens part words as spaces do, and "barber's" is two."""
    parts = [word for word in _SPLIT.split(phrase.lower()) if word]
    return tuple(part for word in parts for part in _split_owner(word))


def _split_owner(word: str) -> tuple[str, ...]:
    end = _OWNER.search(word)
    return (word,) if end is None else (word[: end.start()], end.group().replace("’", "'"))


class PhraseIndex(Generic[T]):
    """Phrases with a value each. A word matches a token's lower-cased text or its lemma."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """Later entries of the same phrase do not replace earlier ones."""
        by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries:
            parts = split_phrase(phrase)
            if parts:
                by_first.setdefault(parts[0], []).append((parts, value))
        for found in by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self._by_first = by_first

    def first_words(self) -> frozenset[str]:
        """Every word a phrase can begin with."""
        return frozenset(self._by_first)

    def find_starts(self, lowered: Sequence[str], lemmas: Sequence[str]) -> list[int]:
        """The tokens a phrase may begin at: quicker than to ask ``match`` everywhere."""
        known = self._by_first
        if known.keys().isdisjoint(lowered) and known.keys().isdisjoint(lemmas):
            return []  # what most sentences answer
        pairs = enumerate(zip(lowered, lemmas, strict=True))
        return [at for at, (word, lemma) in pairs if word in known or lemma in known]

    def find_all(self, lowered: Sequence[str], lemmas: Sequence[str]) -> list[tuple[int, int, T]]:
        """Every phrase, the longest first match, none overlapping: (start, end token, value)."""
        found: list[tuple[int, int, T]] = []
        behind = 0
        for at in self.find_starts(lowered, lemmas):
            hit = self.match(lowered, lemmas, at) if at >= behind else None
            if hit is not None:
                behind = hit[0]
                found.append((at, *hit))
        return found

    def match(
        self, lowered: Sequence[str], lemmas: Sequence[str], start: int
    ) -> tuple[int, T] | None:
        """The longest phrase that begins at token ``start``: (end token, value), or None."""
        word, lemma = lowered[start], lemmas[start]
        entries = self._by_first.get(word)
        if lemma != word:
            more = self._by_first.get(lemma)
            entries = [*entries, *more] if entries and more else entries or more
        if not entries:
            return None
        best: tuple[int, T] | None = None
        for parts, value in entries:
            end = start + 1 if len(parts) == 1 else _match_words(parts, lowered, lemmas, start)
            if end is not None and (best is None or end > best[0]):
                best = (end, value)
        return best


def _match_words(
    parts: tuple[str, ...], lowered: Sequence[str], lemmas: Sequence[str], start: int
) -> int | None:
    """End token of ``parts`` read from ``start``, hyphen tokens skipped; None when they differ."""
    at = start
    for number, part in enumerate(parts):
        while number and at < len(lowered) and lowered[at] in {"-", "‐", "‑", "–"}:
            at += 1
        if at >= len(lowered) or part not in {lowered[at].replace("’", "'"), lemmas[at]}:
            return None
        at += 1
    return at
