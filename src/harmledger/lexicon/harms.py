"""Harm words: which harm a word says, and where its harmed stand."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, cast, get_args

from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex, split_phrase

Pattern = Literal["object", "subject", "of_person", "of_event", "state", "toll", "phrase"]
Denial = Literal["", "negated", "unable"]
Who = Literal["", "people", "fighters", "kin", "counted", "vehicles", "lines", "held"]


class HarmWord(Value, frozen=True, kw_only=True):
    """One entry of ``harms.yaml``. ``company``: words the verb needs beside it.

    ``adverb``: one it needs before or behind it ("fatally shot", "assaulted sexually").
    ``who``: says the harm only of people, of people with a number, of fighters, of somebody's
    kin, or of objects of one sort. ``denial``: says it
    only when denied ("have not been found") or when people are unable to ("cannot leave").
    ``unless``: with these words behind it, it says something else ("take … to hospital").
    """

    harm: Harm
    lemma: str
    company: tuple[str, ...]
    pattern: Pattern
    weak: bool
    adverb: str = ""
    who: Who = ""
    denial: Denial = ""
    unless: tuple[tuple[str, ...], ...] = ()


class HarmLexicon(Value, frozen=True, kw_only=True):
    """All harm words by the way they are found."""

    verbs: dict[str, tuple[HarmWord, ...]]
    nouns: PhraseIndex[HarmWord]
    states: dict[str, tuple[HarmWord, ...]]
    tolls: PhraseIndex[HarmWord]
    phrases: dict[str, tuple[HarmWord, ...]]
    stems: frozenset[str]
    """First word of every entry, for the quick look before parsing."""


_WHO: tuple[Who, ...] = ("people", "fighters", "kin", "counted", "vehicles", "lines", "held")


class _Marks(Value, frozen=True, kw_only=True):
    """What the lists of one harm say of its words."""

    harm: Harm
    weak: frozenset[str]
    who: dict[str, Who]
    unless: dict[str, tuple[tuple[str, ...], ...]]
    nouns: frozenset[str]

    @classmethod
    def of(cls, data: dict[str, Any], harm: Harm) -> _Marks:
        unless: dict[str, list[tuple[str, ...]]] = {}
        for written in words(data, "harms.yaml", harm, "unless"):
            first, _, company = written.partition(" + ")
            unless.setdefault(first, []).append(split_phrase(company))
        return cls(
            harm=harm,
            weak=frozenset(words(data, "harms.yaml", harm, "weak")),
            who={w: who for who in _WHO for w in words(data, "harms.yaml", harm, who)},
            unless={lemma: tuple(found) for lemma, found in unless.items()},
            nouns=frozenset(words(data, "harms.yaml", harm, "nouns", "of_person")),
        )


def _entry(marks: _Marks, written: str, pattern: Pattern, denial: Denial = "") -> HarmWord:
    first, _, company = written.partition(" " if pattern == "phrase" else " + ")
    adverb = ""
    verbal = pattern in {"object", "subject"}
    if first.endswith("ly") and company and verbal:
        adverb, first, company = first, company, ""
    noun = f"noun:{written}" if pattern in {"of_person", "of_event"} else written
    return HarmWord(
        harm=marks.harm,
        lemma=first,
        company=split_phrase(company),
        adverb=adverb,
        pattern=pattern,
        weak=not marks.weak.isdisjoint({written, noun}),
        # "counted" is said of the noun alone: "12 martyrs", "a student was martyred"
        who=""
        if verbal and written in marks.nouns
        else marks.who.get(noun, marks.who.get(written, "")),
        denial=denial,
        unless=marks.unless.get(first, ()),
    )


_DENIALS: tuple[tuple[str, Denial], ...] = (
    ("verbs", ""), ("negated", "negated"), ("unable", "unable"),
)  # fmt: skip


def _verbs(marks: _Marks, data: dict[str, Any]) -> list[HarmWord]:
    return [
        _entry(marks, written, pattern, denial)
        for key, denial in _DENIALS
        for pattern in cast("tuple[Pattern, ...]", ("object", "subject"))
        for written in words(data, "harms.yaml", marks.harm, key, pattern)
    ]


CLASSES = "classes"
"""The key of ``harms.yaml`` that names sorts of words for the company of a verb."""
_KEYS = (
    "verbs",
    "negated",
    "unable",
    "nouns",
    "states",
    "phrases",
    "tolls",
    "weak",
    "unless",
    *_WHO,
)


def _check(data: dict[str, Any]) -> None:
    check_keys(data, "harms.yaml", (CLASSES, *get_args(Harm)))
    for harm, entry in data.items():
        if harm == CLASSES:
            continue
        check_keys(entry, "harms.yaml", _KEYS, harm)
        for key, _ in _DENIALS:
            check_keys(entry.get(key, {}), "harms.yaml", ("object", "subject"), f"{harm}.{key}")
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
    phrases: dict[str, list[HarmWord]] = {}
    nouns: list[tuple[str, HarmWord]] = []
    states: dict[str, list[HarmWord]] = {}
    tolls: list[tuple[str, HarmWord]] = []
    for name in data:
        if name == CLASSES:
            continue
        harm = cast(Harm, name)
        marks = _Marks.of(data, harm)
        for word in _verbs(marks, data):
            verbs.setdefault(word.lemma, []).append(word)
        for pattern in cast("tuple[Pattern, ...]", ("of_person", "of_event")):
            for written in words(data, "harms.yaml", harm, "nouns", pattern):
                nouns.append((written, _entry(marks, written, pattern)))
        for written in words(data, "harms.yaml", harm, "tolls"):
            tolls.append((written, _entry(marks, written, "toll")))
        for key, table in (("states", states), ("phrases", phrases)):
            for written in words(data, "harms.yaml", harm, key):
                word = _entry(marks, written, "state" if key == "states" else "phrase")
                table.setdefault(word.lemma, []).append(word)
    told = {word.company[0] for found in phrases.values() for word in found}
    stems = {*verbs, *states, *told, *(split_phrase(w)[0] for w, _ in [*nouns, *tolls])}
    return HarmLexicon(
        verbs=_longest_first(verbs),
        nouns=PhraseIndex(nouns),
        states=_longest_first(states),
        tolls=PhraseIndex(tolls),
        phrases=_longest_first(phrases),
        stems=frozenset(stems),
    )


@cache
def load_classes() -> dict[str, frozenset[str]]:
    """The sorts of words that company may ask for, by how they are written: ``<home>``.

    Raises:
        LexiconError: see :func:`harmledger.lexicon.files.load_yaml`.
    """
    data = load_yaml("harms.yaml")
    return {
        f"<{name}>": frozenset(words(data, "harms.yaml", CLASSES, name))
        for name in data.get(CLASSES, {})
    }


def _longest_first(table: dict[str, list[HarmWord]]) -> dict[str, tuple[HarmWord, ...]]:
    return {
        lemma: tuple(sorted(found, key=lambda word: (-len(word.company), not word.adverb)))
        for lemma, found in table.items()
    }
