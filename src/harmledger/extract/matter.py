"""Which sentences the network reads; the others that are wanted are read by rules.

In a report that speaks of armed violence throughout, or often and tells several harms, every
sentence with a word that could matter is for the network. In other texts a word is not enough: the
sentence must hold a whole harm expression ("lost their lives", not "lost") that stands alone, a
weak one with armed violence in it or near it, as ``claims.scope`` asks before it lets a weak word
in, or a cut service in a text that speaks of violence at all. Anywhere else a weak word is out of
scope whatever the tree says, and rules are enough to list its number. Once the network has read
these, answers, bare figures and neighbours are read beside the sentences that tell a harm, and
beside no others.

Words are looked up, nothing is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Sentence
from harmledger.extract.claims.wordings import DWELLERS
from harmledger.extract.language.lemma import load_irregular
from harmledger.extract.triggers import Stems, find_hits, with_company
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.harms import load_classes, load_harms
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.phrases import split_phrase
from harmledger.lexicon.wordings import Slot, load_wordings

_NEIGHBOURS = 2
"""As many sentences around as ``claims.scope`` looks at for violence."""
_ANSWERED_WITHIN = 3
"""An answer may stand further from the harm that it answers."""
_WORD = re.compile(r"[^\W_]+")
_TOGETHER = {"cannot": ("can", "not"), "s": ("be", "is", "has"), "d": ("had",)}
"""What a word as written here may hold of words that the tokenizer parts."""
_DIGIT = re.compile(r"\d")
_DENIED = "not"
"""Stands for any word that denies."""
_DENYING = ("no", "never", "none", "nobody", "neither", "nor", "cannot", "t", "unable", "without",
            "yet", "nothing", "fail", "still")  # fmt: skip
_COUNTED = "#"
"""Stands for any number, or for whoever owns somebody."""
_OWNING = ("my", "our", "his", "her", "their", "him", "them", "us", "me")
_FORCED = frozenset({("take",)})
"""A verb that alone says a harm only of people counted or of somebody's own: ``harms.verbs``."""
_LIVING = "@"
"""Stands for any word of those who live in a place, or for any number."""
_SLOTS: dict[Slot, str] = {"number": _COUNTED, "those": _LIVING}
"""What can be looked for of the slots of a wording."""
_LOOSE = "~"
"""Before a word of violence that is said of much else: a list of its own."""
_SHORT = 12
"""Sentences of a text so short that whatever is told in it stands near everything."""
_STEM = 3
"""Letters by which words of violence are kin: "shot" and "shooting" are one."""
_NAMED = "^"
"""Stands for any word with a capital inside the sentence: it may be a place."""
_CAPITAL = re.compile(r"\W[^\W\d_a-z]")
_ANSWERS = Stems(
    ("deny", "denie", "denial", "refut", "reject", "dismiss", "fake", "stage", "hoax", "propaganda",
     "apolog", "investigat", "mistake", "war crime", "genocide", "inquir", "look into",
     "looking into", "looked into", "blam", "accus", "responsib", "confirm", "unconfirmed", "verif",
     "retract", "withdraw", "withdrew", "correct", "wrong", "in error", "inaccurate",
     "should have", "earlier version", "previous version", "original version", "first version",
     "earlier edition", "disput", "claim", "alleg", "admit", "acknowledg", "concede", "regret",
     "condemn", "justif", "of them", "of these", "of those", "among them", "among these",
     "among those", "unharmed", "unhurt", "no one", "nobody", "the dead", "survivor",
     "unidentified", "remains", "impossible", "untrue", "call this", "called this", "calls this",
     "call that", "called that", "called it", "doubt", "question", "victim", "false", "nonsense",
     "rubbish", "baseless", "invention", "fabricat", "rumour", "rumor", "malicious", "absurd",
     "lies", "fairy tale", "nothing to do", "no hand in", "no part", "no role", "no such",
     "none of its",
     "none of our", "did not", "never", "exaggerat", "inflated", "too few", "too many",
     "aware of no",
     "knew of no")
)  # fmt: skip
_FORCES = Stems(
    ("soldier", "troop", "army", "armed", "militia", "rebel", "fighter", "gunm", "insurgent",
     "ceasefire", "cease-fire", "truce", "siege", "besieg", "blockad")
)  # fmt: skip
"""Who denies access by force, and what is broken: no other word of violence is needed beside."""
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
    ("pit", "bodies"), ("trench", "bodies"), ("dig", "up"), ("disinter",),
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


class Weighed(Value, frozen=True, kw_only=True):
    """Numbers of the sentences with a harm expression that stands alone; with one that does not;
    that tell of a service or of access; with an answer; with armed violence; with a number."""

    strong: set[int]
    weak: set[int]
    services: set[int]
    answers: set[int]
    violent: set[int]
    firm: set[int]
    """Those of the violent whose words are said of nothing else."""
    loose: dict[int, set[str]]
    """Of the other violent ones, their words."""
    counted: set[int]


class Plan(Value, frozen=True, kw_only=True):
    """Numbers of the sentences to read, in order, and which of them the network reads."""

    wanted: tuple[int, ...]
    network: frozenset[int]
    tells: bool = False
    """Whether anything of it can be a claim."""
    open: Weighed | None = None
    """Set where more may matter: ``plan_beside`` says what, once the network has read these."""


def plan_reading(text: str, sentences: Sequence[Sentence]) -> Plan:
    """What to read, and how. Furniture is not read.

    Outside reports of violence only sentences near one for the network are read, for speakers and
    places, and those with a harm expression, for their numbers.
    """
    found = _weigh(text, sentences)
    if len(found.violent) > max(2, len(sentences) // 4):
        return _plan_of_violence(text, sentences, found)
    long = len(sentences) > _SHORT
    near = _near_violence(found) if long else _around(found.violent, _NEIGHBOURS)
    first = found.strong | (found.weak & near)
    if found.violent:  # people may be cut off far from where the report tells why
        first |= found.services
    return Plan(
        wanted=tuple(sorted(first | (found.weak & found.counted))),
        network=frozenset(first),
        open=found,
    )


def _near_violence(found: Weighed) -> set[int]:
    """Sentences that armed violence is told in or near: by a word that says nothing else, or by two
    that are said of much else too. "Police" or "a battle" alone is near anything."""
    near = _around(found.firm, _NEIGHBOURS) | found.violent
    for number in _around(found.loose, _NEIGHBOURS) - near:
        words = (found.loose.get(n, ()) for n in _around((number,), _NEIGHBOURS))
        if len({word[:_STEM] for told in words for word in told}) > 1:
            near.add(number)
    return near


def _plan_of_violence(text: str, sentences: Sequence[Sentence], found: Weighed) -> Plan:
    """Every sentence with a word that could matter."""
    said = found.strong | found.weak | found.services | found.answers
    hits = said.union(find_hits(text, sentences))
    network = frozenset(hits | _next_counted(found, hits))
    company = with_company(text, sentences, sorted(network))
    return Plan(wanted=company, network=network, tells=bool(network))


def plan_beside(
    text: str, sentences: Sequence[Sentence], plan: Plan, telling: Collection[int]
) -> Plan:
    """An open plan with what matters only beside a sentence that tells a harm: answers to it,
    figures right behind it, and its neighbours, for speakers and places.

    ``telling``: those of the plan's sentences in which the network's trees show a harm.
    """
    found = plan.open
    if found is None or not telling:
        return msgspec.structs.replace(plan, open=None)
    violent = len(found.violent) > max(2, len(sentences) // 8)
    if violent and len(telling) > max(1, len(sentences) // 12):
        # The words were meant: it is a report of violence after all.
        whole = _plan_of_violence(text, sentences, found)
        wanted = tuple(sorted({*plan.wanted, *whole.wanted}))
        return Plan(wanted=wanted, network=plan.network | whole.network, tells=True)
    matter = set(telling)
    matter |= found.answers & _around(matter, _ANSWERED_WITHIN)
    matter |= _next_counted(found, matter)
    company = with_company(text, sentences, sorted(matter), _NEIGHBOURS)
    return Plan(
        wanted=tuple(sorted({*plan.wanted, *company})),
        network=plan.network.union(matter),
        tells=True,
    )


def _weigh(text: str, sentences: Sequence[Sentence]) -> Weighed:
    watch = load_watch()
    found = Weighed(
        strong=set(),
        weak=set(),
        services=set(),
        answers=set(),
        violent=set(),
        firm=set(),
        loose={},
        counted=set(),
    )
    for number, sentence in enumerate(sentences):
        if sentence.furniture:
            continue
        written = text[sentence.start : sentence.end]
        said = written.lower()
        said_words = set(_WORD.findall(said))
        known = _known(said_words, watch)
        counted = not known.isdisjoint(watch.numbers) or _DIGIT.search(said) is not None
        known |= {_COUNTED, _LIVING} if counted else frozenset()
        known |= {_NAMED} if _CAPITAL.search(written, 1) else frozenset()
        met = _met(known, watch)
        if "strong" in met:
            found.strong.add(number)
        elif "weak" in met:
            found.weak.add(number)
        if met >= {"cuts", "services"} or met >= {"blocks", "moved"}:
            found.services.add(number)
            if _FORCES.begin_any(said, said_words):
                found.strong.add(number)
        if _ANSWERS.begin_any(said, said_words):
            found.answers.add(number)
        loose = {listed[1:] for listed in met if listed[0] == _LOOSE}
        if "violence" in met or loose:
            found.violent.add(number)
        if "violence" in met:
            found.firm.add(number)
        elif loose:
            found.loose[number] = loose
        if counted:
            found.counted.add(number)
    return found


def _next_counted(found: Weighed, hits: set[int]) -> set[int]:
    """Sentences with a number right behind one that matters: "One is a farmer, 71."."""
    return found.counted & {number + 1 for number in hits}


def _around(numbers: Iterable[int], reach: int) -> set[int]:
    return {n + step for n in numbers for step in range(-reach, reach + 1)}


def _known(said_words: Collection[str], watch: Watch) -> frozenset[str]:
    """Dictionary forms of the words of a sentence that any list has."""
    return frozenset().union(*(watch.forms[w] for w in said_words if w in watch.forms))


def _met(known: frozenset[str], watch: Watch) -> set[str]:
    """The lists of which an expression stands whole among the words of a sentence."""
    met: set[str] = set()
    for word in known:
        for listed, entry in watch.entries.get(word, ()):
            if listed not in met and entry <= known:
                met.add(listed)
    return met


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
            *_RUINS,
            *_SENT_BACK,
            *_listed(services, _OUTRIGHT),
            *_worded_alone(),
        ],
        "violence": [split_phrase(w) for w in violence if w not in loose],
        **{f"{_LOOSE}{w}": [split_phrase(w)] for w in loose},
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
    members |= {**load_classes(), _LIVING: DWELLERS}
    forms: dict[str, set[str]] = {}
    for told, listed in members.items():
        for word in listed:
            for written in {*_regular_forms(word), *irregular.get(word, ())}:
                for said in _WORD.findall(written)[-1:]:  # "n't" ends in "t"
                    forms.setdefault(said, set()).add(told)
    for mark, marking in ((_DENIED, _DENYING), (_COUNTED, _OWNING)):
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
                    marks = [_DENIED] if word.denial else [_COUNTED] if parts in _FORCED else []
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
    return split_phrase(_NAMED if company[0] == "<" else company)


def _number_words() -> frozenset[str]:
    known = load_number_words()
    exact = (known.units, known.tens, known.scales, known.pairs, known.multiples)
    vague = (known.plural_scales, known.zero, *known.vague.values())
    told = {word for group in exact for phrase in group for word in phrase.split()}
    # Of "a large number of" the number alone: "large" says nothing of one.
    told |= {
        [w for w in _WORD.findall(phrase) if w != "of"][-1] for group in vague for phrase in group
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
