"""What a whole document says of those who may speak in it, read once before anybody is heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.describe import Described, describe
from harmledger.extract.voices.phrases import phrase_at, text_of
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.reporting import load_reporting
from harmledger.lexicon.settings import load_actors

_PARTY_VERBS = frozenset({"acknowledge", "admit", "apologise", "apologize", "invade"})
_ENDINGS = re.compile(r"(?:iyy|iy|yi|yy|ii|ij|ey|ei|y)$")


def fold_name(name: str) -> tuple[str, ...]:
    """A name's words with the spellings of one name made alike (Zelenskiy, Zelensky, Zelenskyy)."""
    words = []
    for word in name_key(name).split():
        bare = _ENDINGS.sub("i", word)
        bare = bare.replace("kh", "h").replace("w", "v").replace("ph", "f").replace("y", "i")
        words.append(re.sub(r"(.)\1", r"\1", bare))
    return tuple(words)


class Card(Value, frozen=True, kw_only=True):
    """A person named in full, with what the document says of them there."""

    words: tuple[str, ...]
    index: int
    voice: Voice


class Roster(Value, frozen=True, kw_only=True):
    """Each list in text order, with the passage it was read in."""

    warring: frozenset[str]
    """Codes of the countries whose forces or attacks the document names."""
    cards: tuple[Card, ...]
    towns: tuple[tuple[int, str], ...]
    """The town each passage is about, where it names one: local bodies are of that town."""
    subjects: tuple[tuple[int, str], ...]
    """Persons named without speaking, with their passage: they make a later "he" unsure."""
    bodies: tuple[tuple[int, Described], ...]
    """Bodies that are the subject of a sentence, with its passage: the next "it" may be one."""


def open_roster(passages: Sequence[Passage]) -> Roster:
    """Read the whole document for full names, bodies and towns. Attributions are not looked at."""
    warring = find_warring(passages)
    towns = ((p.index, find_town(p)) for p in passages)
    persons = [(p.index, voice) for p in passages for voice in _find_persons(p, warring)]
    cards = (Card(words=fold_name(v.name or ""), index=at, voice=v) for at, v in persons)
    bodies = ((p.index, _find_body(p, warring)) for p in passages)
    return Roster(
        warring=warring,
        cards=tuple(card for card in cards if len(card.words) > 1),
        towns=tuple((at, town) for at, town in towns if town is not None),
        subjects=tuple((at, voice.name or "") for at, voice in persons),
        bodies=tuple((at, body) for at, body in bodies if body is not None),
    )


def _find_body(passage: Passage, warring: frozenset[str]) -> Described | None:
    root = passage.tree.root
    subject = None if root is None else passage.tree.child(root.index, "nsubj")
    if subject is None or subject.upos not in {"NOUN", "PROPN"}:
        return None
    phrase = phrase_at(passage, subject.index)
    described = describe(passage, phrase, warring)
    if described is None and subject.upos == "PROPN" and subject.entity in {"", "ORG"}:
        name = text_of(passage, phrase.first, phrase.last).removeprefix("The ")
        described = Described(voice=Voice(name=name, organisation=name, as_written=name))
    if described is None or described.person or not described.voice.organisation:
        return None
    return described


def _find_persons(passage: Passage, warring: frozenset[str]) -> list[Voice]:
    found: list[Voice] = []
    for name in passage.tree.names:
        head = passage.tree.top(name.start, name.end) if name.kind == "PER" else None
        if head is None:
            continue
        described = describe(passage, phrase_at(passage, head.index), warring)
        if described is not None and described.voice.name:
            found.append(described.voice)
    return found


def find_warring(passages: Sequence[Passage]) -> frozenset[str]:
    """Codes of countries whose forces or attacks the document names ("Russian aircraft")."""
    actors, reporting = load_actors(), load_reporting()
    found: set[str] = set()
    for passage in passages:
        for at in range(len(passage.tokens) - 1):
            code = _code_at(passage, at)
            if code is None:
                continue
            if passage.lemmas[max(0, at - 1)] in {"accuse", "blame", "hold"}:
                found.add(code)
            for after in range(at + 1, min(at + 4, len(passage.tokens))):
                hit = actors.forces.match(passage.lowered, passage.lemmas, after)
                hit = hit or actors.attacks.match(passage.lowered, passage.lemmas, after)
                person = reporting.people.match(passage.lowered, passage.lemmas, after)
                longer = person is not None and hit is not None and person[0] > hit[0]
                if hit is not None and not longer and passage.lemmas[after] != "police":
                    found.add(code)
                if passage.lemmas[after] in _PARTY_VERBS:
                    found.add(code)
                if longer or passage.tokens[after].upos in {
                    "PUNCT",
                    "VERB",
                    "ADP",
                    "SCONJ",
                    "CCONJ",
                }:
                    break
    return frozenset(found)


def _code_at(passage: Passage, at: int) -> str | None:
    word = passage.tokens[at].text
    code, opens = _code_of(word)
    return load_nations().find_code(text_of(passage, at, at + 1)) if opens and not code else code


@lru_cache(maxsize=16_384)
def _code_of(word: str) -> tuple[str | None, bool]:
    """The code of a word, and whether a name of two words may begin with it."""
    nations = load_nations()
    return nations.find_code(word), word.lower() == "the" or name_key(word) in _first_words()


@cache
def _first_words() -> frozenset[str]:
    nations = load_nations()
    names = (*nations.by_demonym, *nations.by_name, *map(name_key, nations.by_abbreviation))
    return frozenset(first for first, space, _ in (n.partition(" ") for n in names) if space)


def find_town(passage: Passage) -> str | None:
    """The one town a passage names, or the first that stands behind "in" or "at"."""
    nations = load_nations()
    towns = {
        h.start: h.place.name for h in passage.places if h.place.precision == 1 and h.place.name
    }
    for name in passage.tree.names:
        text = passage.text[name.start - passage.start : name.end - passage.start]
        if name.kind == "LOC" and not passage.places and nations.find_code(text) is None:
            towns[name.start] = text
    if len(set(towns.values())) == 1:
        return next(iter(towns.values()))
    for start in sorted(towns):
        token = passage.tree.at(start)
        if token is not None and passage.lowered[max(0, token.index - 1)] in {"in", "at"}:
            return towns[start]
    return None
