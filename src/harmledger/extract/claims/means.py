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
    return tuple(
        MeansMention(weapon=weapon, first=first, last=end - 1)
        for first, end, weapon in lexicon.weapons.find_all(passage.lowered, passage.lemmas)
    )


def choose_means(
    passage: Passage,
    found: tuple[MeansMention, ...],
    predicate: int,
    lexicon: MeansLexicon,
) -> Means | None:
    """The weapon said of one harm: one of its own clause first, a particular one before a bare
    "strike", then the nearest. What "a day after …" tells of is another attack."""
    if not found:
        return None
    best = min(found, key=lambda m: (*_rank(passage, m, predicate), m.first))
    if _is_told_from(passage, best.first, predicate):
        return None
    start = passage.tokens[best.first].start - passage.start
    end = passage.tokens[best.last].end - passage.start
    return Means(
        launch=_launch(passage, best, lexicon),
        weapon=best.weapon,
        as_written=passage.text[start:end],
    )


def _rank(passage: Passage, mention: MeansMention, predicate: int) -> tuple[int, bool, int]:
    path = passage.tree.path(predicate, mention.last)
    apart = any(step[1:] in {"conj", "parataxis"} for step in path)
    other_attack = _is_told_from(passage, mention.first, predicate)
    level = 2 if other_attack else 1 if apart else 0
    return level, mention.weapon == "other", abs(mention.first - predicate)


def _is_told_from(passage: Passage, at: int, predicate: int) -> bool:
    """ "… , a day after gunmen shot two": a time told from an incident stands between."""
    first, last = sorted((passage.tokens[at].start, passage.tokens[predicate].start))
    return any(
        t.when.rule == "relative_to_event" and first < t.start and t.end < last
        for t in passage.times
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
