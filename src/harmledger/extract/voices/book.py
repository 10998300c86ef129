"""What a document has said of its speakers so far: full names, bodies, who spoke last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.describe import Described, describe
from harmledger.extract.voices.phrases import Phrase, phrase_at, text_of
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.reporting import load_reporting
from harmledger.lexicon.settings import load_actors

_PERSON_PRONOUNS = frozenset({"he", "she"})
_OUTLET = frozenset({"we", "i", "us", "our"})
_PARTY_VERBS = frozenset({"acknowledge", "admit", "apologise", "apologize", "invade"})
_REACH = 8
"""How many passages back a pronoun may look for its speaker."""
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


class Spoken(Value, frozen=True, kw_only=True):
    """A voice heard in passage ``index``."""

    index: int
    described: Described


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


_MOST_SPOKEN = 600
"""How many speakers are kept, so that a very long text costs no more by the page."""
_REMEMBERED = 60
"""How many speakers back a definite word ("the ministry") may point."""


@dataclass(slots=True)
class Book:
    """Grows while a document is walked in text order."""

    warring: frozenset[str]
    cards: list[Card] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    towns: list[tuple[int, str]] = field(default_factory=list)
    """The town each passage is about, where it names one: local bodies are of that town."""
    subjects: list[tuple[int, str]] = field(default_factory=list)
    """Persons named without speaking, with their passage: they make a later "he" unsure."""

    bodies: list[tuple[int, Described]] = field(default_factory=list)
    """Bodies that are the subject of a sentence, with its passage: the next "it" may be one."""

    @classmethod
    def open(cls, passages: Sequence[Passage]) -> Book:
        """Read the whole document for full names before the walk begins."""
        book = cls(warring=find_warring(passages))
        for passage in passages:
            town = find_town(passage)
            if town is not None:
                book.towns.append((passage.index, town))
        for passage in passages:
            book._add_cards(passage)
            book._add_body(passage)
        return book

    def _add_body(self, passage: Passage) -> None:
        root = passage.tree.root
        subject = None if root is None else passage.tree.child(root.index, "nsubj")
        if subject is None or subject.upos not in {"NOUN", "PROPN"}:
            return
        phrase = phrase_at(passage, subject.index)
        described = describe(passage, phrase, self.warring)
        if described is None and subject.upos == "PROPN" and subject.entity in {"", "ORG"}:
            name = text_of(passage, phrase.first, phrase.last).removeprefix("The ")
            described = Described(voice=Voice(name=name, organisation=name, as_written=name))
        if described is not None and not described.person and described.voice.organisation:
            self.bodies.append((passage.index, described))

    def _add_cards(self, passage: Passage) -> None:
        for name in passage.tree.names:
            if name.kind != "PER":
                continue
            head = passage.tree.top(name.start, name.end)
            if head is None:
                continue
            described = describe(passage, phrase_at(passage, head.index), self.warring)
            if described is None or not described.voice.name:
                continue
            words = fold_name(described.voice.name)
            self.subjects.append((passage.index, described.voice.name))
            if len(words) > 1:
                self.cards.append(Card(words=words, index=passage.index, voice=described.voice))

    def find_card(self, written: str, index: int) -> Described | None:
        """A bare surname the tree sees as no person, where the document names it in full."""
        words = set(fold_name(written))
        if not words or not written[:1].isupper() or len(written.split()) > 2:
            return None
        if not any(words <= set(card.words) for card in self.cards):
            return None
        return self.settle(
            Described(voice=Voice(name=written, as_written=written), person=True), index
        )

    def settle(self, described: Described, index: int) -> Described:
        """Give a short name its full form, and what was said of that person elsewhere."""
        described = self._settle_local(described, index)
        name = described.voice.name
        if not name or not described.person or " and " in name:
            return self._settle_body(described)
        words = set(fold_name(name))
        cards = [c for c in self.cards if words <= set(c.words)]
        if not cards:
            return described
        before = [c for c in cards if c.index <= index]
        card = before[-1] if before else cards[0]
        same = [c for c in self.cards if c.words == card.words]
        first = same[0]
        heard = [s.described.voice for s in reversed(self.spoken)]
        heard = [v for v in heard if v.role and v.name == first.voice.name]
        rich = next((v for v in [*heard, *(c.voice for c in same)] if v.role), first.voice)
        voice = described.voice
        known = [*heard, *(c.voice for c in same)]
        placed = next((v.organisation for v in known if v.organisation), None)
        sides = [v.side for v in known if v.side != "unknown"]
        side = voice.side if voice.side != "unknown" else (sides or ["unknown"])[0]
        return msgspec.structs.replace(
            described,
            voice=msgspec.structs.replace(
                voice, name=first.voice.name, role=voice.role or rich.role,
                organisation=voice.organisation or placed, side=side,
            ),
        )  # fmt: skip

    def _settle_local(self, described: Described, index: int) -> Described:
        """A council or mayor with no place of its own belongs to the town the text is about."""
        mine = described.voice.organisation
        if mine is None or mine.lower() not in load_reporting().local or mine.lower() == "mayor":
            return described
        last = bisect_right(self.towns, index, key=lambda town: town[0])
        near = [town for at, town in self.towns[max(0, last - 3) : last] if index - at <= 2]
        if not near:
            return described
        placed = f"{near[-1]} {mine}"
        name = placed if described.voice.name == mine else described.voice.name
        voice = msgspec.structs.replace(described.voice, organisation=placed, name=name)
        return msgspec.structs.replace(described, voice=voice)

    def _settle_body(self, described: Described) -> Described:
        """A body named short takes the longer name it bore before ("the council")."""
        mine = described.voice.organisation
        if described.voice.name != mine or mine is None:
            return described
        for heard in reversed(self.spoken):
            other = heard.described.voice.organisation
            if other and other != mine and other.lower().endswith(" " + mine.lower()):
                changes = {"name": other, "organisation": other, "side": heard.described.voice.side}
                voice = msgspec.structs.replace(described.voice, **changes)
                return msgspec.structs.replace(described, voice=voice)
        return described

    def hear(self, index: int, described: Described) -> None:
        """Remember who spoke."""
        self.spoken.append(Spoken(index=index, described=described))
        if len(self.spoken) > _MOST_SPOKEN:
            del self.spoken[: _MOST_SPOKEN // 2]

    def resolve_pronoun(self, word: str, index: int, written: str) -> Described | None:
        """The speaker a pronoun stands for; ``unsure`` when another is possible, None for "we"."""
        if word in _OUTLET:
            return None
        near = [s for s in self.spoken if index - s.index <= _REACH]
        if word in _PERSON_PRONOUNS:
            return self._he_or_she(near, index, written)
        if word == "it":
            last = max((s.index for s in near), default=-1)
            body = next((b for at, b in self.bodies if last < at == index - 1), None)
            if body is not None:
                return _again([Spoken(index=index - 1, described=self._settle_body(body))], written)
            return _again(
                [s for s in near if not s.described.person and not s.described.plural], written
            )
        wide = [s for s in near if s.described.plural] or [
            s for s in near if not s.described.person
        ]
        return _again(wide, written) or _nobody_known(written, plural=True)

    def latest(self, index: int, written: str) -> Described | None:
        """Whoever spoke last, nearby: the author of "the statement", unsure."""
        return _again([s for s in self.spoken if index - s.index <= 2], written, unsure=True)

    def _he_or_she(self, near: list[Spoken], index: int, written: str) -> Described | None:
        people = [s for s in near if s.described.person]
        if not people:
            named = [name for at, name in self.subjects if 0 <= index - at <= 2]
            far = {name for at, name in self.subjects if 0 <= index - at <= _REACH}
            named = named or (list(far) if len(far) == 1 else [])
            if not named:
                return _nobody_known(written)
            guess = Described(
                voice=Voice(name=named[-1], as_written=written, unsure=True), person=True
            )
            return self.settle(guess, index)
        last = people[-1]
        rivals = {name for at, name in self.subjects if last.index < at <= index}
        rivals |= {s.described.voice.name or "" for s in people if s.index >= last.index}
        mine = set(fold_name(last.described.voice.name or ""))
        unsure = any(not set(fold_name(r)) <= mine for r in rivals if r) and index > last.index
        return _again([last], written, unsure=unsure)

    def resolve_again(
        self, passage: Passage, phrase: Phrase, described: Described | None
    ) -> Described | None:
        """A definite word for a speaker heard before: "the ministry", "the spokesman"."""
        words = passage.lowered[phrase.first : phrase.last + 1]
        if words[0] not in {"the", "that", "this"} or not 2 <= len(words) <= 4:
            return None
        if described is not None and described.person and described.voice.name:
            return None
        lemma, lexicon = passage.lemmas[phrase.head], load_reporting()
        tail = " ".join([*passage.lowered[phrase.first + 1 : phrase.head], lemma])
        written = " ".join(words[1:])
        recent = self.spoken[-_REMEMBERED:]
        bodies = [s for s in recent if not s.described.person and s.described.voice.organisation]
        same = [s for s in bodies if (s.described.voice.organisation or "").lower().endswith(tail)]
        if same:
            return _again(same, written)
        if lemma in lexicon.resumptive and len(words) <= 3:
            allowed = lexicon.resumptive.get(tail, lexicon.resumptive[lemma])
            groups = [s for s in recent if s.described.plural] + bodies
            fitting = [s for s in groups if s.described.voice.side.partition(":")[0] in allowed]
            return _again(sorted(fitting, key=lambda s: s.index), written)
        if lemma in lexicon.persons_again and len(words) <= 3:
            people = [s for s in recent if (s.described.voice.role or "").lower().endswith(tail)]
            return _again(people, written)
        return None


def _nobody_known(written: str, plural: bool = False) -> Described:
    """Somebody speaks, but the text does not plainly say who: not the outlet, and no name."""
    voice = Voice(as_written=written, unsure=True)
    return Described(voice=voice, person=not plural, plural=plural)


def _again(heard: Sequence[Spoken], written: str, unsure: bool = False) -> Described | None:
    """The latest of ``heard``, in the words it is named by here."""
    if not heard:
        return None
    last = heard[-1].described
    voice = msgspec.structs.replace(
        last.voice, as_written=written, unsure=unsure or last.voice.unsure,
        verb=None, channel=None, direct_quote=False,
    )  # fmt: skip
    return msgspec.structs.replace(last, voice=voice)
