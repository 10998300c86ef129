"""The words to look for before a sentence is parsed: every expression of the lexicons of harms,
scope and services, and every wording, by the written words that may be part of it.

Words are looked up, nothing is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from harmledger.core.base import Value
from harmledger.extract.claims.wordings import DWELLERS
from harmledger.extract.language.lemma import load_irregular
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.harms import load_classes, load_harms
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.phrases import split_phrase
from harmledger.lexicon.wordings import Slot, load_wordings

WORD = re.compile(r"[^\W_]+")
_TOGETHER = {"cannot": ("can", "not"), "s": ("be", "is", "has"), "d": ("had",)}
"""What a word as written here may hold of words that the tokenizer parts."""
_DENIED = "not"
"""Stands for any word that denies."""
_DENYING = ("no", "never", "none", "nobody", "neither", "nor", "cannot", "t", "unable", "without",
            "yet", "nothing", "fail", "still")  # fmt: skip
COUNTED = "#"
"""Stands for any number, or for whoever owns somebody."""
_OWNING = ("my", "our", "his", "her", "their", "him", "them", "us", "me")
_FORCED = frozenset({("take",)})
"""A verb that alone says a harm only of people counted or of somebody's own: ``harms.verbs``."""
LIVING = "@"
"""Stands for any word of those who live in a place, or for any number."""
_SLOTS: dict[Slot, str] = {"number": COUNTED, "those": LIVING}
"""What can be looked for of the slots of a wording."""
LOOSE = "~"
"""Before a word of violence that is said of much else: a list of its own."""
NAMED = "^"
"""Stands for any word with a capital inside the sentence: it may be a place."""
_SERVICE_LISTS: tuple[tuple[str, ...], ...] = (
    ("services", "water"), ("services", "power"), ("services", "heat"), ("services", "food"),
    ("services", "medicine"), ("services", "communications"), ("services", "shelter"),
)  # fmt: skip
_CUT_LISTS: tuple[tuple[str, ...], ...] = (("missing",), ("service_cut",), ("outage",))
_BLOCK_LISTS: tuple[tuple[str, ...], ...] = (
    ("access", "block"), ("access", "let"), ("access", "ambush"), ("access", "close"),
    ("access", "break"),
)  # fmt: skip
_MOVED_LISTS: tuple[tuple[str, ...], ...] = (
    ("access", "movement"), ("access", "routes"), ("access", "truces"),
)  # fmt: skip
_DARK = (("darkness",), ("dark",))
_BLOCKADE = (("blockade",), ("closure",))
_KEPT_OUT: tuple[tuple[str, ...], ...] = (
    *((verb, _DENIED) for verb in ("reach", "enter", "arrive", "come", "pass", "get", "go", "cross",
                                   "deliver", "approach", "access", "make", "evacuate")),
    ("violation",), ("breach",), ("hold",), ("last",), ("survive",), ("come", "under"),
    ("lack", "access"),
)  # fmt: skip
_SENT_BACK: tuple[tuple[str, ...], ...] = (
    *((verb, way) for verb in ("turn", "send", "force", "push", "drive")
      for way in ("back", "away")),
    *((verb, gate) for verb in ("stop", "halt") for gate in ("checkpoint", "border", "crossing")),
)  # fmt: skip
_SILENCE: tuple[tuple[str, ...], ...] = (
    *((verb, "nothing") for verb in ("know", "hear", "see")),
    *((noun, _DENIED) for noun in ("news", "word", "trace", "sign", "contact")),
    ("fate", _DENIED), ("whereabouts",), ("know", "where"), ("contact", "lose"), ("see", "since"),
)  # fmt: skip
_TAKEN = tuple(
    ("take", taker)
    for taker in ("gunman", "soldier", "militiaman", "fighter", "rebel", "kidnapper", "bandit",
                  "militant", "insurgent", "guerrilla", "policeman", "police")
)  # fmt: skip
"""Who takes people away: ``harms.taking``."""
_AIMED = tuple(
    (weapon, way)
    for weapon in ("mortar", "shell", "rocket", "grenade")
    for way in ("on", "through")
)  # fmt: skip
_OUTRIGHT = tuple(
    ("outright", kind)
    for kind in ("water", "food", "power", "heat", "communications", "shelter", "medicine")
)
_BURIALS = (
    ("grave",), ("graves",), ("exhume",), ("skeleton",), ("burial",), ("unearth",), ("bones",),
    ("pit", "bodies"), ("trench", "bodies"), ("pit", "clandestine"), ("pit", "mass"),
    ("pit", "dead"), ("trench", "dead"), ("pit", "lay"), ("trench", "lay"), ("pit", "put"),
    ("trench", "put"), ("pit", "contain"), ("trench", "contain"), ("contain", "remains"),
    ("dig", "up"), ("disinter",),
)  # fmt: skip
_RUINS = (
    ("gone",), ("heap",), ("rubble",), ("husk",), ("blaze",), ("barracks",), ("garrison",),
    ("only", "stand"), ("go", "up"), ("leave", "nothing"), ("remain", "nothing"),
    ("remain", "little"),
    ("remain", "what"), ("leave", "what"),
    *((fallen, "down") for fallen in ("bridge", "mast", "pylon", "tower", "flyover")),
    *(("fire", verb) for verb in ("break", "start", "cause", "spark", "rage", "erupt")),
    *((part, state) for part in ("roof", "windows", "walls", "doors")
      for state in ("blow", "tear", "miss", "smash")),
)  # fmt: skip
"""What ``claims.ruined`` asks for."""
_CUT: tuple[tuple[str, ...], ...] = (
    ("lose",), ("deprive",), ("strip",), ("rob",), *_DARK,
    *((verb, _DENIED) for verb in ("reach", "enter", "arrive", "come", "pass", "flow")),
)  # fmt: skip
_CUT_SLOTS: frozenset[Slot] = frozenset({"service", "mover", "route", "truce"})
_LEAVING = tuple(
    (verb,)
    for verb in ("leave", "flee", "evacuate", "enter", "reach", "cross", "return", "pass", "travel")
)
"""What ``claims.services`` and ``claims.access`` ask for beside the lists of the lexicon."""

Entry = frozenset[str]
"""Words that must all stand in a sentence, in their dictionary form."""


class Watch(Value, frozen=True, kw_only=True):
    """From a written word to the dictionary forms it may have, and what these make together."""

    forms: dict[str, frozenset[str]]
    entries: dict[str, tuple[tuple[str, Entry], ...]]
    """What stands in which list, under one of the words asked for.

    The lists: harm expressions, ``strong`` that stand alone and ``weak``; armed ``violence``, and
    each word of it that is said of much else too;
    ``cuts``, and the ``services`` that can be cut; ``blocks``, and what can be blocked,
    ``moved``."""
    numbers: frozenset[str]


@cache
def load_watch() -> Watch:
    """The expressions to look for, out of the lexicons of harms, scope and services.

    Raises:
        LexiconError: a lexicon says something it may not say.
    """
    scope, services = load_yaml("scope.yaml"), load_yaml("services.yaml")
    violence = words(scope, "scope.yaml", "violence")
    loose = words(scope, "scope.yaml", "loose")
    lists = {
        "strong": list(_harm_expressions(weak=False)),
        "weak": [
            *_harm_expressions(weak=True),
            *_BURIALS,
            *_SILENCE,
            *_AIMED,
            *_TAKEN,
            *_RUINS,
            *_SENT_BACK,
            *_listed(services, _OUTRIGHT),
            *_worded_alone(),
        ],
        "violence": [split_phrase(w) for w in violence if w not in loose],
        **{f"{LOOSE}{w}": [split_phrase(w)] for w in loose},
        "cuts": [*_listed(services, _CUT_LISTS), *_CUT, *_worded("service_denied")],
        "services": [*_listed(services, _SERVICE_LISTS), *_DARK],
        "blocks": [
            *_listed(services, _BLOCK_LISTS),
            *_BLOCKADE,
            *_KEPT_OUT,
            *_worded("access_denied"),
        ],
        "moved": [*_listed(services, _MOVED_LISTS), *_LEAVING, *_BLOCKADE],
    }
    numbers = _number_words()
    asked = {word for phrases in lists.values() for phrase in phrases for word in phrase}
    return Watch(forms=_forms_of(asked | numbers), entries=_by_word(lists), numbers=numbers)


def _forms_of(asked: Collection[str]) -> dict[str, frozenset[str]]:
    """From a written word to everything asked for that it may be: words, lists, sorts, marks."""
    irregular = _irregular_forms()
    members: dict[str, Collection[str]] = {word: word.split("|") for word in asked}
    members |= {**load_classes(), LIVING: DWELLERS}
    forms: dict[str, set[str]] = {}
    for told, listed in members.items():
        for word in listed:
            for written in {*_regular_forms(word), *irregular.get(word, ())}:
                for said in WORD.findall(written)[-1:]:  # "n't" ends in "t"
                    forms.setdefault(said, set()).add(told)
    for mark, marking in ((_DENIED, _DENYING), (COUNTED, _OWNING)):
        for written in marking:
            forms.setdefault(written, set()).add(mark)
    return {written: frozenset(found) for written, found in forms.items()}


def _worded_alone() -> Iterable[tuple[str, ...]]:
    """What a wording without such a slot asks for; answers are read beside what they answer."""
    for wording in load_wordings():
        slots = wording.slots()
        if wording.harm != "answers" and not slots & _CUT_SLOTS:
            yield (*wording.entry(), *(mark for slot, mark in _SLOTS.items() if slot in slots))


def _worded(harm: str) -> Iterable[tuple[str, ...]]:
    """What a wording with a slot for a service or a way asks for beside it."""
    for wording in load_wordings():
        if wording.harm == harm and wording.slots() & _CUT_SLOTS:
            yield wording.entry()


def _listed(
    services: dict[str, Any], lists: tuple[tuple[str, ...], ...]
) -> Iterable[tuple[str, ...]]:
    for keys in lists:
        for written in words(services, "services.yaml", *keys):
            yield split_phrase(written.replace("+", " "))


def _harm_expressions(*, weak: bool) -> Iterable[tuple[str, ...]]:
    lexicon, data = load_harms(), load_yaml("harms.yaml")
    for table in (lexicon.verbs, lexicon.states, lexicon.phrases):
        for found in table.values():
            for word in found:
                if word.weak is weak:
                    told = (word.lemma, *word.company, *([word.adverb] if word.adverb else ()))
                    parts = tuple(p for w in told for p in _parts_of(w))
                    marks = [_DENIED] if word.denial else [COUNTED] if parts in _FORCED else []
                    yield (*parts, *marks)
    for harm, entry in data.items():
        marked = set(words(data, "harms.yaml", harm, "weak"))
        nouns = entry.get("nouns", {})
        for written in (*entry.get("tolls", ()), *(w for kind in nouns.values() for w in kind)):
            if (written in marked) is weak:
                yield split_phrase(written)


def _parts_of(company: str) -> tuple[str, ...]:
    """A word of company as it is looked for: a sort of words stands for itself, a place for any
    name."""
    if company in load_classes():
        return (company,)
    return split_phrase(NAMED if company[0] == "<" else company)


def _number_words() -> frozenset[str]:
    known = load_number_words()
    exact = (known.units, known.tens, known.scales, known.pairs, known.multiples)
    vague = (known.plural_scales, known.zero, *known.vague.values())
    told = {word for group in exact for phrase in group for word in phrase.split()}
    # Of "a large number of" the number alone: "large" says nothing of one.
    told |= {
        [w for w in WORD.findall(phrase) if w != "of"][-1] for group in vague for phrase in group
    }
    return frozenset(told - {"a", "an", "the", "of"})


def _by_word(
    lists: Mapping[str, Iterable[tuple[str, ...]]],
) -> dict[str, tuple[tuple[str, Entry], ...]]:
    """Every expression under its longest word: likely its rarest."""
    table: dict[str, set[tuple[str, Entry]]] = {}
    for name, phrases in lists.items():
        for phrase in filter(None, phrases):
            table.setdefault(max(phrase, key=len), set()).add((name, frozenset(phrase)))
    return {word: tuple(entries) for word, entries in table.items()}


def _irregular_forms() -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for table in load_irregular().values():
        for written, lemma in table.items():
            forms.setdefault(lemma, set()).add(written)
    for written, lemmas in _TOGETHER.items():
        for lemma in lemmas:
            forms.setdefault(lemma, set()).add(written)
    return forms


def _regular_forms(word: str) -> set[str]:
    forms = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}d", f"{word}ing", f"{word}er"}
    forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    if word.endswith("e"):
        forms |= {f"{word[:-1]}ing"}
    if word.endswith("ie"):
        forms |= {f"{word[:-2]}ying"}
    if word.endswith("y"):
        forms |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if word.endswith("s"):
        forms |= {word[:-1]}
    return forms
