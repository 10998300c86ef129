"""What a document has said of its speakers so far: full names, bodies, who spoke last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.describe import Described
from harmledger.extract.voices.phrases import Phrase
from harmledger.extract.voices.roster import Roster, fold_name
from harmledger.lexicon.reporting import load_reporting

_PERSON_PRONOUNS = frozenset({"he", "she"})
_OUTLET = frozenset({"we", "i", "us", "our"})
_REACH = 8
"""How many passages back a pronoun may look for its speaker."""


class Spoken(Value, frozen=True, kw_only=True):
    """A voice heard in passage ``index``."""

    index: int
    described: Described


_MOST_SPOKEN = 600
"""How many speakers are kept, so that a very long text costs no more by the page."""
_REMEMBERED = 60
"""How many speakers back a definite word ("the ministry") may point."""


@dataclass(slots=True)
class Book:
    """Grows while a document is walked in text order."""

    roster: Roster
    spoken: list[Spoken] = field(default_factory=list)

    def find_card(self, written: str, index: int) -> Described | None:
        """A bare surname the tree sees as no person, where the document names it in full."""
        words = set(fold_name(written))
        if not words or not written[:1].isupper() or len(written.split()) > 2:
            return None
        if not any(words <= set(card.words) for card in self.roster.cards):
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
        cards = [c for c in self.roster.cards if words <= set(c.words)]
        if not cards:
            return described
        before = [c for c in cards if c.index <= index]
        card = before[-1] if before else cards[0]
        same = [c for c in self.roster.cards if c.words == card.words]
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
        last = bisect_right(self.roster.towns, index, key=lambda town: town[0])
        near = [town for at, town in self.roster.towns[max(0, last - 3) : last] if index - at <= 2]
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
            body = next((b for at, b in self.roster.bodies if last < at == index - 1), None)
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
            named = [name for at, name in self.roster.subjects if 0 <= index - at <= 2]
            far = {name for at, name in self.roster.subjects if 0 <= index - at <= _REACH}
            named = named or (list(far) if len(far) == 1 else [])
            if not named:
                return _nobody_known(written)
            guess = Described(
                voice=Voice(name=named[-1], as_written=written, unsure=True), person=True
            )
            return self.settle(guess, index)
        last = people[-1]
        rivals = {name for at, name in self.roster.subjects if last.index < at <= index}
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
