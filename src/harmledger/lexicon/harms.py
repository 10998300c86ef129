"""Harm words: which harm a word says, and where its harmed stand."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, cast, get_args

from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex, split_phrase

Pattern = Literal["object", "subject", "of_person", "of_event", "state", "toll"]


class HarmWord(Value, frozen=True, kw_only=True):
    """One entry of ``harms.yaml``. ``company``: words the verb needs beside it."""

    harm: Harm
    lemma: str
    company: tuple[str, ...]
    pattern: Pattern
    weak: bool


class HarmLexicon(Value, frozen=True, kw_only=True):
    """All harm words by the way they are found."""

    verbs: dict[str, tuple[HarmWord, ...]]
    nouns: PhraseIndex[HarmWord]
    states: dict[str, HarmWord]
    tolls: PhraseIndex[HarmWord]
    stems: frozenset[str]
    """First word of every entry, for the quick look before parsing."""


def _entry(harm: Harm, written: str, pattern: Pattern, weak: frozenset[str]) -> HarmWord:
    lemma, _, company = written.partition(" + ")
    return HarmWord(
        harm=harm,
        lemma=lemma,
        company=split_phrase(company),
        pattern=pattern,
        weak=written in weak,
    )


def _verbs(harm: Harm, data: dict[str, Any], weak: frozenset[str]) -> list[HarmWord]:
    return [
        _entry(harm, written, pattern, weak)
        for pattern in cast("tuple[Pattern, ...]", ("object", "subject"))
        for written in words(data, "harms.yaml", harm, "verbs", pattern)
    ]


def _check(data: dict[str, Any]) -> None:
    check_keys(data, "harms.yaml", get_args(Harm))
    for harm, entry in data.items():
        check_keys(entry, "harms.yaml", ("verbs", "nouns", "states", "tolls", "weak"), harm)
        check_keys(entry.get("verbs", {}), "harms.yaml", ("object", "subject"), f"{harm}.verbs")
        check_keys(entry.get("nouns", {}), "harms.yaml", ("of_person", "of_event"), f"{harm}.nouns")


@cache
def load_harms() -> HarmLexicon:
    """The harm lexicon.

    Raises:
        LexiconError: see :func:`harmledger.lexicon.files.load_yaml`.
    """
    data = load_yaml("harms.yaml")
    _check(data)
    verbs: dict[str, list[HarmWord]] = {}
    nouns: list[tuple[str, HarmWord]] = []
    states: dict[str, HarmWord] = {}
    tolls: list[tuple[str, HarmWord]] = []
    for name in data:
        harm = cast(Harm, name)
        weak = frozenset(words(data, "harms.yaml", harm, "weak"))
        for word in _verbs(harm, data, weak):
            verbs.setdefault(word.lemma, []).append(word)
        for pattern in cast("tuple[Pattern, ...]", ("of_person", "of_event")):
            for written in words(data, "harms.yaml", harm, "nouns", pattern):
                nouns.append((written, _entry(harm, written, pattern, weak)))
        for written in words(data, "harms.yaml", harm, "states"):
            states.setdefault(written.partition(" + ")[0], _entry(harm, written, "state", weak))
        for written in words(data, "harms.yaml", harm, "tolls"):
            tolls.append((written, _entry(harm, written, "toll", weak)))
    longest_first = {
        lemma: tuple(sorted(found, key=lambda word: -len(word.company)))
        for lemma, found in verbs.items()
    }
    stems = {*verbs, *states, *(split_phrase(w)[0] for w, _ in [*nouns, *tolls])}
    return HarmLexicon(
        verbs=longest_first,
        nouns=PhraseIndex(nouns),
        states=states,
        tolls=PhraseIndex(tolls),
        stems=frozenset(stems),
    )
