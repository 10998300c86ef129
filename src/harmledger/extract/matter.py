"""Which sentences can hold a claim: those the network reads; the others are read by rules or not.

Words are looked up, nothing is parsed. A sentence matters if it holds a whole harm expression ("lost
their lives", not "lost") that stands alone, or a weak one, an answer or a cut service where the
report speaks of armed violence: in the sentence, near it, or in most of the report, as
``claims.scope`` asks before it lets a weak word in. Everywhere else a weak word is out of scope
whatever the tree says, and rules are enough to list its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from harmledger.core.base import Value
from harmledger.core.document import Sentence
from harmledger.extract.language.lemma import load_irregular
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.harms import load_harms
from harmledger.lexicon.phrases import split_phrase

_NEIGHBOURS = 2
"""As many sentences around as ``claims.scope`` looks at for violence."""
_WORD = re.compile(r"[^\W_]+")
_ANSWER = re.compile(
    r"\b(?:den(?:y|ie|ial)|refut|reject|dismiss|fake|stage[ds]?\b|hoax|propaganda|apolog|investigat|"
    r"mistake|war crime|genocide|inquir|look(?:ing|ed)? into|blam|accus|responsib|confirm|"
    r"unconfirmed|verif|retract|withdr[ae]w|correct|wrong|in error|inaccurate|should have|"
    r"(?:earlier|previous|original|first) (?:version|edition)|disput|clai?m|alleg|admit|"
    r"acknowledg|concede|regret|condemn|justif|"
    r"(?:of|among) (?:them|these|those|the)\b|unharmed|unhurt|no one|nobody|the dead|survivor|"
    r"unidentified|remains)",
    re.I,
)
_SERVICE_LISTS: tuple[tuple[str, ...], ...] = (
    ("missing",), ("service_cut",), ("outage",), ("access", "block"), ("access", "let"),
    ("access", "ambush"), ("access", "close"), ("access", "break"),
)  # fmt: skip

Entry = frozenset[str]
"""Words that must all stand in a sentence, in their dictionary form."""


class Watch(Value, frozen=True, kw_only=True):
    """From a written word to the dictionary forms it may have, and what these make together."""

    forms: dict[str, frozenset[str]]
    strong: dict[str, tuple[Entry, ...]]
    weak: dict[str, tuple[Entry, ...]]
    violence: dict[str, tuple[Entry, ...]]
    services: dict[str, tuple[Entry, ...]]


def find_matter(text: str, sentences: Sequence[Sentence]) -> tuple[int, ...]:
    """Numbers of the sentences that the network should read, in order. Furniture never matters."""
    watch = load_watch()
    strong, weak, violent = set[int](), set[int](), set[int]()
    for number, sentence in enumerate(sentences):
        if sentence.furniture:
            continue
        said = text[sentence.start : sentence.end]
        known = _known(said, watch)
        if _holds(known, watch.strong):
            strong.add(number)
        elif _holds(known, watch.weak) or _holds(known, watch.services) or _ANSWER.search(said):
            weak.add(number)
        if _holds(known, watch.violence):
            violent.add(number)
    if len(violent) > max(2, len(sentences) // 5):
        return tuple(sorted(strong | weak))
    near = {n + step for n in violent for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1)}
    return tuple(sorted(strong | (weak & near)))


def _known(said: str, watch: Watch) -> frozenset[str]:
    """Dictionary forms of the words of a sentence that any list has."""
    found: set[str] = set()
    for word in _WORD.findall(said.lower()):
        found |= watch.forms.get(word, frozenset())
    return frozenset(found)


def _holds(known: frozenset[str], entries: dict[str, tuple[Entry, ...]]) -> bool:
    return any(entry <= known for word in known for entry in entries.get(word, ()))


@cache
def load_watch() -> Watch:
    """The expressions to look for, out of the lexicons of harms, scope and services.

    Raises:
        LexiconError: a lexicon says something it may not say.
    """
    scope, services = load_yaml("scope.yaml"), load_yaml("services.yaml")
    lists = {
        "strong": list(_harm_expressions(weak=False)),
        "weak": list(_harm_expressions(weak=True)),
        "violence": [split_phrase(w) for w in words(scope, "scope.yaml", "violence")],
        "services": [
            split_phrase(written.replace("+", " "))
            for keys in _SERVICE_LISTS
            for written in words(services, "services.yaml", *keys)
        ],
    }
    irregular = _irregular_forms()
    forms: dict[str, set[str]] = {}
    for word in {word for phrases in lists.values() for phrase in phrases for word in phrase}:
        for written in {*_regular_forms(word), *irregular.get(word, ())}:
            forms.setdefault(written, set()).add(word)
    return Watch(
        forms={written: frozenset(found) for written, found in forms.items()},
        **{name: _by_word(phrases) for name, phrases in lists.items()},
    )


def _harm_expressions(*, weak: bool) -> Iterable[tuple[str, ...]]:
    lexicon, data = load_harms(), load_yaml("harms.yaml")
    for table in (lexicon.verbs, lexicon.states, lexicon.phrases):
        for found in table.values():
            for word in found:
                if word.weak is weak:
                    told = (word.lemma, *word.company)
                    yield tuple(p for w in told for p in split_phrase(w) if not w.startswith("<"))
    for harm, entry in data.items():
        marked = set(words(data, "harms.yaml", harm, "weak"))
        nouns = entry.get("nouns", {})
        for written in (*entry.get("tolls", ()), *(w for kind in nouns.values() for w in kind)):
            if (written in marked) is weak:
                yield split_phrase(written)


def _by_word(phrases: Iterable[tuple[str, ...]]) -> dict[str, tuple[Entry, ...]]:
    """Every expression under its longest word: likely its rarest."""
    table: dict[str, set[Entry]] = {}
    for phrase in phrases:
        if phrase:
            table.setdefault(max(phrase, key=len), set()).add(frozenset(phrase))
    return {word: tuple(entries) for word, entries in table.items()}


def _irregular_forms() -> dict[str, set[str]]:
    forms: dict[str, set[str]] = {}
    for table in load_irregular().values():
        for written, lemma in table.items():
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
