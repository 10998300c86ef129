"""Private persons: sealed where voices are listed, until somebody who may opens one, on the log.

Safety never rests on recognising names: a voice is shown by name only where an office or a
public body stands beside it. Texts and quotes are other people's words and are not rewritten;
the desk is working output, and no one outside shall have an account.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from harmledger.core.change import Change
from harmledger.core.claim import Claim, Voice
from harmledger.core.incident import Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.index import Index, Shown
from harmledger.index.lists import list_changes
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.profiles import find_profile
from harmledger.publish.edition.voices import Names
from harmledger.web.access import Visitor
from harmledger.web.state import Desk

SEALED = "a private person, sealed"
ANSWERED = ("denied", "conceded", "contested", "graded")
"""Changes whose notes may name who answered."""


@lru_cache(maxsize=1)
def load_names() -> Names:
    """What tells bodies and offices from persons; read once."""
    return Names(Gazetteer())


@lru_cache(maxsize=20_000)
def is_private(voice: Voice) -> bool:
    """Does this voice name a person who is known to hold no office?"""
    return load_names().show_voice(voice, find_profile("newsroom")).sealed


def has_sealed(shown: Shown) -> bool:
    return any(is_private(voice) for voice in shown.claim.voice)


def seal_shown(shown: Shown, desk: Desk, visitor: Visitor) -> Shown:
    """The claim with private voices' names taken out, unless this visitor opened it."""
    claim = shown.claim
    private = [voice for voice in claim.voice if is_private(voice)]
    if not private or desk.people.has_opened(visitor.name or "alone", claim.id):
        return shown
    names = {w.casefold() for v in private for w in (v.name, v.as_written) if w}
    voice = tuple(_sealed(v) if v in private else v for v in claim.voice)
    origin = shown.origin
    if origin is not None and any(n in origin.label.casefold() for n in names):
        origin = Origin(key=origin.key, label=SEALED, kind=origin.kind)
    return msgspec.structs.replace(
        shown, claim=msgspec.structs.replace(claim, voice=voice), origin=origin
    )


def seal_labels(claims: Iterable[Shown], desk: Desk, visitor: Visitor) -> dict[str, str]:
    """By claim, the label of the origin it rests on, as this visitor may see it."""
    sealed = (seal_shown(claim, desk, visitor) for claim in claims)
    return {s.claim.id: s.origin.label for s in sealed if s.origin is not None}


def seal_totals(index: Index, totals: Sequence[Total], desk: Desk, visitor: Visitor) -> list[Total]:
    """Totals under their speakers' names, where the speaker is no private person; each is named
    after the claim of its latest statement."""
    latest = index.claims(t.series[-1].claim for t in totals if t.series)
    labels = seal_labels(latest.values(), desk, visitor)
    return [
        msgspec.structs.replace(
            t, speaker=labels.get(t.series[-1].claim, SEALED) if t.series else SEALED
        )
        for t in totals
    ]


@lru_cache(maxsize=20_000)
def seal_label(label: str) -> str:
    """A speaker's label whose claims are not at hand: a body's stands, any other is sealed."""
    return label if load_names().find_body(label) or not label else SEALED


def seal_for(incident: Incident, index: Index, desk: Desk, visitor: Visitor) -> Incident:
    """As :func:`seal_incident`, its claims looked up."""
    whole = index.claims(incident.claims).values()
    return seal_incident(incident, whole, [seal_shown(s, desk, visitor) for s in whole])


def seal_incident(incident: Incident, whole: Iterable[Shown], shown: Iterable[Shown]) -> Incident:
    """The incident with private persons sealed wherever it names a voice: origins, answers, and
    the words of grades, conflicts and links. ``whole``: its claims; ``shown``: the same as this
    visitor may see them."""
    mine = {s.claim.id: s for s in shown}
    hidden = [s.claim for s in whole if s.claim.id in mine and mine[s.claim.id] is not s]
    bars = _Bars((*hidden, *incident.responses))
    sealed = {s.origin.key for s in mine.values() if s.origin and s.origin.label == SEALED}
    return bars.over(
        msgspec.structs.replace(
            incident,
            origins=tuple(
                msgspec.structs.replace(o, label=SEALED) if o.key in sealed else o
                for o in incident.origins
            ),
            responses=seal_responses(incident.responses),
        )
    )


def seal_responses(responses: Iterable[Response]) -> tuple[Response, ...]:
    """Answers with private voices' names taken out, for every role."""
    return tuple(
        msgspec.structs.replace(r, voice=tuple(_sealed(v) if is_private(v) else v for v in r.voice))
        for r in responses
    )


class _Bars:
    """Puts :data:`SEALED` in the place of private persons' names in words made from claims."""

    def __init__(self, said: Iterable[Claim | Response]) -> None:
        voices = (voice for one in said for voice in one.voice)
        names = {v.name for v in voices if v.name and is_private(v)}
        longest = sorted(names, key=lambda name: (-len(name), name))
        self._names = (
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
            if longest
            else None
        )

    def bar(self, words: str) -> str:
        return self._names.sub(SEALED, words) if self._names else words

    def _each(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.bar(w) for w in words))

    def over(self, incident: Incident) -> Incident:
        """Everything in an incident that may repeat a voice's name."""
        if self._names is None:
            return incident
        replace = msgspec.structs.replace
        return replace(
            incident,
            grade_why=self.bar(incident.grade_why),
            denied_by=self._each(incident.denied_by),
            conceded_by=self._each(incident.conceded_by),
            inquiry_by=self._each(incident.inquiry_by),
            conflicts=tuple(replace(c, note=self.bar(c.note)) for c in incident.conflicts),
            links=tuple(replace(k, why=tuple(map(self.bar, k.why))) for k in incident.links),
        )


def list_sealed_changes(
    index: Index, desk: Desk, visitor: Visitor, limit: int, offset: int = 0
) -> list[tuple[str, Change]]:
    """(seen at, change), the newest first, as this visitor may see them."""
    rows = list_changes(index, limit=limit, offset=offset)
    sealed = seal_changes(index, [change for _, change in rows], desk, visitor)
    return [(at, change) for (at, _), change in zip(rows, sealed, strict=True)]


def seal_changes(
    index: Index, changes: Sequence[Change], desk: Desk, visitor: Visitor
) -> list[Change]:
    """Changes whose notes name no private person. A new voice whose claim is not at hand is
    shown only where it is a known body."""
    whole = index.claims(claim for change in changes for claim in change.claims)
    hidden = [s.claim for s in whole.values() if seal_shown(s, desk, visitor) is not s]
    answered = dict.fromkeys(d for c in changes if c.kind in ANSWERED for d in c.documents)
    bars = _Bars((*hidden, *(r for d in answered for r in index.responses_of(d))))
    return [_seal_change(change, bars, whole) for change in changes]


def _seal_change(change: Change, bars: _Bars, known: Mapping[str, Shown]) -> Change:
    note = bars.bar(change.note)
    if change.kind == "new_voice" and not any(claim in known for claim in change.claims):
        note = seal_label(note)
    return msgspec.structs.replace(change, note=note)


def _sealed(voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, name=SEALED, as_written=None)
