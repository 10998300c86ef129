"""The number grammar's tables, built once from the lexicon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from harmledger.extract.quantities.tokens import Row, cut_tokens
from harmledger.lexicon.numbers import NumberWords, load_number_words

ROMANS = frozenset(
    ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xvi"]
)
"""Roman numerals that are no word of their own."""

Phrases = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Phrases by their first token, longest first. ``openers`` are words that can begin a figure
    by themselves; any other begins one only as the first of a phrase. ``firsts`` are all of these,
    and "as", that repeats a number ("and as many injured")."""

    words: NumberWords
    hedges: Phrases
    suffixes: Phrases
    vague: Phrases
    zero: Phrases
    fillers: Phrases
    rates: Phrases
    openers: frozenset[str]
    firsts: frozenset[str]


def _phrases(entries: Iterable[tuple[str, str]]) -> Phrases:
    """Phrases cut the way sentences are cut."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in entries:
        parts = tuple(token.low for token in cut_tokens(phrase, 0, len(phrase)))
        table.setdefault(parts[0], []).append((parts, value))
    return {
        first: tuple(sorted(found, key=lambda entry: -len(entry[0])))
        for first, found in table.items()
    }


def _by_value(groups: dict[str, tuple[str, ...]]) -> Phrases:
    return _phrases((phrase, value) for value, phrases in groups.items() for phrase in phrases)


@cache
def load_grammar() -> Grammar:
    """The grammar of ``lexicon/number_words.yaml``."""
    words = load_number_words()
    hedges = _by_value(words.hedges)
    vague = _by_value(words.vague)
    zero = _phrases((phrase, "zero") for phrase in words.zero)
    spelled = {
        *words.units,
        *words.tens,
        *words.scales,
        "a",
        "an",
        "half",
        "dozen",
        "score",
        "both",
    }
    other = {
        *words.plural_scales,
        *words.pairs,
        *words.multiples,
        *words.ordinals,
        *words.fractions,
    }
    other |= ROMANS
    openers = frozenset({*spelled, *other, "between", "from"})
    return Grammar(
        words=words,
        hedges=hedges,
        suffixes=_by_value(words.suffix_hedges),
        vague=vague,
        zero=zero,
        fillers=_phrases((phrase, "") for phrase in words.fillers),
        rates=_phrases((phrase, "") for phrase in words.kinds.rate_after),
        openers=openers,
        firsts=openers.union(hedges, vague, zero, {"as"}),
    )


def match_phrase(table: Phrases, row: Row, index: int) -> tuple[int, str] | None:
    """The longest phrase at token ``index``: (token after it, value), or None."""
    for parts, value in table.get(row.low(index), ()):
        if row.reads(index, parts):
            return index + len(parts), value
    return None


def may_begin(grammar: Grammar, row: Row, index: int) -> bool:
    """Whether a figure may begin at the word or mark at ``index``."""
    return row.low(index) in grammar.openers or any(
        match_phrase(table, row, index) for table in (grammar.hedges, grammar.vague, grammar.zero)
    )
