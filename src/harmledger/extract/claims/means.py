"""By what means: the weapon word nearest the harm word in its passage."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Launch, Means
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import MeansLexicon


class MeansMention(Value, frozen=True, kw_only=True):
    """A weapon word: tokens ``first..last`` and its kind."""

    weapon: str
    first: int
    last: int


def find_means(passage: Passage, lexicon: MeansLexicon) -> tuple[MeansMention, ...]:
    """Every weapon word of the passage in text order."""
    found: list[MeansMention] = []
    at = 0
    while at < len(passage.tokens):
        hit = lexicon.weapons.match(passage.lowered, passage.lemmas, at)
        if hit is None:
            at += 1
            continue
        found.append(MeansMention(weapon=hit[1], first=at, last=hit[0] - 1))
        at = hit[0]
    return tuple(found)


def choose_means(
    passage: Passage,
    found: tuple[MeansMention, ...],
    predicate: int,
    lexicon: MeansLexicon,
) -> Means | None:
    """The weapon said of one harm: a particular one before a bare "strike", then the nearest."""
    if not found:
        return None
    best = min(found, key=lambda m: (m.weapon == "other", abs(m.first - predicate), m.first))
    start = passage.tokens[best.first].start - passage.start
    end = passage.tokens[best.last].end - passage.start
    return Means(
        launch=_launch(passage, best, lexicon),
        weapon=best.weapon,
        as_written=passage.text[start:end],
    )


def _launch(passage: Passage, mention: MeansMention, lexicon: MeansLexicon) -> Launch:
    """The launch the weapon implies, or that the passage says in so many words."""
    implied = lexicon.launch.get(mention.weapon)
    if implied is not None:
        return implied
    words = set(passage.lowered) | set(passage.lemmas)
    if words & lexicon.naval:
        return "naval"
    if words & lexicon.air:
        return "air"
    return "unknown"
