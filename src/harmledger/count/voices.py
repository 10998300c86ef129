"""What parties say: who they are, whether they said it by a day, whether they meant it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from harmledger.core.claim import Claim, Voice
from harmledger.core.instant import end_of, find_instant
from harmledger.core.response import Response
from harmledger.core.when import Moment
from harmledger.lexicon.linking import find_party, fold, name_tokens
from harmledger.lexicon.policies import load_counting_words

_OTHER = re.compile(r"^(?:the |other )+", re.IGNORECASE)
_BYSTANDERS = ("humanitarian", "health", "monitor", "media", "resident", "court")


def was_said(moment: Moment, as_of: str | None) -> bool:
    """Said by the end of ``as_of``, UTC; the undated count only where no date is asked for."""
    if as_of is None:
        return True
    said = find_instant(moment.at)
    return said is not None and said[0] <= end_of(as_of)


def label_of(voice: tuple[Voice, ...]) -> str:
    """The originating voice in a few words."""
    if not voice:
        return "the outlet"
    v = voice[0]
    role, written = v.role or "", v.as_written or ""
    described = written if fold(role) in fold(written) else role
    return v.organisation or v.name or _OTHER.sub("", described) or "unnamed"


def labels_of(voices: Iterable[tuple[Voice, ...]]) -> tuple[str, ...]:
    """One label per body, however it is spelled; the longest spelling stands for it."""
    spelled: dict[frozenset[str], list[str]] = {}
    for voice in voices:
        label = label_of(voice)
        spelled.setdefault(name_tokens(label), []).append(label)
    return tuple(sorted(max(names, key=lambda n: (len(n), n)) for names in spelled.values()))


def is_belligerent(voice: tuple[Voice, ...], accused: frozenset[str]) -> bool:
    """The voice is a party to the fighting, or the very party that is accused."""
    if not voice:
        return False
    v = voice[0]
    if v.side.startswith("belligerent"):
        return True
    if v.side in _BYSTANDERS:
        return False
    names = (v.organisation, v.name, v.role, v.as_written)
    return any(is_party_among(find_party(name), accused) for name in names if name)


def is_party_among(party: str | None, parties: Iterable[str]) -> bool:
    """``party`` is one of ``parties``, or one is the other with words left out."""
    if party is None:
        return False
    words = set(party.split())
    return any(words <= set(p.split()) or set(p.split()) <= words for p in parties)


def name_parties(voices: Iterable[Voice], accused: Iterable[str]) -> tuple[str, ...]:
    """The parties these belligerents speak for, each once: by the name their side is given, else
    by the words that name the voice."""
    named: dict[str, set[str]] = {}
    for voice in voices:
        side = voice.side.partition(":")[2]
        own = (side, voice.organisation, voice.name, voice.role, voice.as_written)
        parties = [(p, n) for n in own if n and (p := find_party(n))]
        meant = [(p, n) for p, n in parties if is_party_among(p, accused)] or parties
        party, name = meant[0] if meant else ("", label_of((voice,)))
        known = next((k for k in named if k and is_party_among(party or None, [k])), None)
        named.setdefault(known or party or name, set()).add(side or name)
    return tuple(sorted(min(names, key=lambda n: (len(n), n)) for names in named.values()))


def distinct_parties(names: Iterable[str]) -> tuple[str, ...]:
    """Parties told apart: the shortest name of each."""
    found: list[str] = []
    for party in sorted({p for n in names if (p := find_party(n))}, key=lambda p: (len(p), p)):
        if not is_party_among(party, found):
            found.append(party)
    return tuple(found)


def spell_parties(names: Iterable[str]) -> str:
    """The parties of :func:`distinct_parties` as they were written, the shortest way."""
    written = tuple(names)
    spelled = []
    for party in distinct_parties(written):
        ways = [n for n in written if is_party_among(find_party(n), [party])]
        spelled.append(min(ways, key=lambda n: (len(n), n)))
    return ", ".join(sorted(spelled))


@cache
def _hedges() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in load_counting_words().hedged_answers)
    return re.compile(rf"\b(?:{words})\b")


def is_hedged(response: Response) -> bool:
    """ "May have resulted in" accepts nothing. (Case matters: May is a month.)"""
    return bool(_hedges().search(f"{response.span.quote} {response.span.sentence}"))


def is_person_alone(claim: Claim) -> bool:
    """The accused is the speaker, a person named without a body and on no side: no party to the
    fighting (a reading of "a count by X" gone wrong), neither an admission nor a blame."""
    alleged = claim.alleged_perpetrator
    if alleged is None or not claim.voice:
        return False
    voice = claim.voice[0]
    alone = voice.name is not None and not voice.organisation
    party = find_party(alleged.name)
    return (
        alone
        and not voice.side.startswith("belligerent")
        and party is not None
        and party == find_party(alleged.alleged_by)
    )


def accused_names(claims: Iterable[Claim], responses: Iterable[Response]) -> list[str]:
    """Names of those held responsible for harm to anyone but combatants."""
    blamed = [
        c.alleged_perpetrator.name
        for c in claims
        if c.alleged_perpetrator is not None
        and c.stance == "asserts"
        and c.victims.status != "combatant"
        and not is_person_alone(c)
    ]
    return blamed + [r.accused for r in responses if r.kind == "accusation" and r.accused]


def own_party(claim: Claim) -> str | None:
    """The party that speaks, when it is a belligerent."""
    if not claim.voice or not claim.voice[0].side.startswith("belligerent:"):
        return None
    return find_party(claim.voice[0].side.partition(":")[2])
