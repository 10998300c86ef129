"""The parties that pronouns among the accused stand for: "they killed nine", "our drones"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import AllegedPerpetrator, Claim
from harmledger.extract.claims.able import PRONOUNS, is_force, phrase_of
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Attribution, Passage
from harmledger.lexicon.settings import ActorLexicon

_REACH = 4
"""How many sentences back a pronoun may look for its party."""
_OWN = frozenset({"we", "our", "us", "ours", "i"})
_SUFFERERS: dict[str, frozenset[str]] = {"service_denied": _OWN, "missing": _OWN | PRONOUNS}
"""By harm the pronouns that name those it befell: "we've run out of blood"."""


def name_accused(
    claims: Sequence[Claim], passages: Sequence[Passage], actors: ActorLexicon
) -> tuple[Claim, ...]:
    """Pronouns among the accused named: "they" is the force that speaks or the party last told of,
    "we" the speaker's. ``as_written`` stays; where no party can be meant nobody is accused.
    """
    named: list[Claim] = []
    last: str | None = None
    starts = [p.start for p in passages]
    for claim in claims:
        accused = claim.alleged_perpetrator
        if accused is not None:
            word = accused.as_written.lower()
            order = bisect_right(starts, claim.span.start) - 1
            if word in _SUFFERERS.get(claim.harm, ()):
                accused = None  # "we have run out of blood", "they cannot be accounted for"
            elif word in _OWN or (word == "it" and claim.voice) or _is_owned(word):
                accused = _named(accused, _own_party(claim))
            elif word in PRONOUNS:
                near = passages[max(0, order - _REACH) : order + 1]
                accused = _party_meant(claim, accused, near, actors, last)
            claim = msgspec.structs.replace(claim, alleged_perpetrator=accused)
            if accused is not None and word not in PRONOUNS | _OWN:
                last = accused.name
        named.append(claim)
    return tuple(named)


def _named(accused: AllegedPerpetrator, name: str | None) -> AllegedPerpetrator:
    return accused if name is None else msgspec.structs.replace(accused, name=name)


def _party_meant(
    claim: Claim,
    accused: AllegedPerpetrator,
    near: Sequence[Passage],
    actors: ActorLexicon,
    last: str | None,
) -> AllegedPerpetrator | None:
    """Whom "they" or "he" stands for; None where that is nobody told of."""
    if not near:
        return None
    own, plural = near[-1], accused.as_written.lower() == "they"
    speaks = _speaking_force(claim, own, actors) if plural else None
    other = speaks or _party_before(near[:-1], actors) or last
    return None if other is None else msgspec.structs.replace(accused, name=other)


def _speaking_force(claim: Claim, passage: Passage, actors: ActorLexicon) -> str | None:
    """ "Troops said they had killed nine": those who say it."""
    at = next((t.start for t in claim.trace if t.field == "alleged_perpetrator"), None)
    if at is None:
        return None
    for said in passage.attributions:
        if said.source is None or not said.content[0] <= at < said.content[1]:
            continue
        head = passage.tree.top(*said.source)
        if head is not None and is_force(passage, head.index, actors):
            start, end = phrase_of(passage, head.index)
            return passage.text[start - passage.start : end - passage.start]
    return None


def _is_owned(written: str) -> bool:
    """ "One round fired by its men": of whoever speaks."""
    return written.startswith(("its ", "our ", "his ", "her ", "their "))


def _party_before(passages: Sequence[Passage], actors: ActorLexicon) -> str | None:
    """The last force or group named in these sentences that could act."""
    for passage in reversed(passages):
        for token in reversed(passage.tokens):
            if not matches(token.deprel, ("nsubj", "obl", "nmod", "root", "conj")):
                continue
            if _speaks(passage.attributions, token.start):
                continue
            if is_force(passage, token.index, actors):
                start, end = phrase_of(passage, token.index)
                return passage.text[start - passage.start : end - passage.start]
    return None


def _speaks(attributions: Sequence[Attribution], at: int) -> bool:
    """ "Sergeant Kili said": who only tells it is nobody's "they"."""
    return any(a.source is not None and a.source[0] <= at < a.source[1] for a in attributions)


def _own_party(claim: Claim) -> str | None:
    """Whom "we" speaks for; None where the outlet speaks."""
    first = next(iter(claim.voice), None)
    return None if first is None else first.organisation or first.name
