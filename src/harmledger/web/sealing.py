"""Private persons: sealed where voices are listed, until somebody who may opens one, on the log.

Safety never rests on recognising names: a voice is shown by name only where an office or a
public body stands beside it. Texts and quotes are other people's words and are not rewritten;
the desk is working output, and no one outside shall have an account.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from harmledger.core.claim import Voice
from harmledger.core.incident import Incident, Origin
from harmledger.index import Shown
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.profiles import find_profile
from harmledger.publish.edition.voices import Names
from harmledger.web.access import Visitor
from harmledger.web.state import Desk

SEALED = "a private person, sealed"


@lru_cache(maxsize=1)
def _names() -> Names:
    return Names(Gazetteer())


@lru_cache(maxsize=20_000)
def is_private(voice: Voice) -> bool:
    """Does this voice name a person who is known to hold no office?"""
    return _names().show_voice(voice, find_profile("newsroom")).sealed


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


@lru_cache(maxsize=20_000)
def seal_label(label: str) -> str:
    """A speaker's label in a list: a body's stands, any other name is sealed."""
    return label if _names().find_body(label) or not label else SEALED


def seal_origins(incident: Incident, shown: Iterable[Shown]) -> Incident:
    """The incident's origins, sealed where a claim's origin is."""
    sealed = {s.origin.key for s in shown if s.origin and s.origin.label == SEALED}
    origins = tuple(
        msgspec.structs.replace(o, label=SEALED) if o.key in sealed else o for o in incident.origins
    )
    responses = tuple(
        msgspec.structs.replace(r, voice=tuple(_sealed(v) if is_private(v) else v for v in r.voice))
        for r in incident.responses
    )
    return msgspec.structs.replace(incident, origins=origins, responses=responses)


def _sealed(voice: Voice) -> Voice:
    return msgspec.structs.replace(voice, name=SEALED, as_written=None)
