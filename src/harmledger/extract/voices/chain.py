"""Whose words a stretch is: the originator first, then everyone who handed it on."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.claim import Voice
from harmledger.extract.passage import Attribution


def find_innermost(attributions: Sequence[Attribution], start: int, end: int) -> Attribution | None:
    """The narrowest attribution whose content holds ``start:end``; None: the outlet speaks."""
    around = _around(attributions, start, end)
    return around[0] if around else None


def find_chain(attributions: Sequence[Attribution], start: int, end: int) -> tuple[Voice, ...]:
    """The voices over ``start:end`` of a passage, originator first, then each relayer.

    An attribution without a voice (the outlet saying that it cannot confirm) ends the chain:
    what it covers is the outlet's own word about others'.
    """
    chain: list[Voice] = []
    for attribution in _around(attributions, start, end):
        for voice in attribution.voice:
            if not any(_same(voice, other) for other in chain):
                chain.append(voice)
    return tuple(chain)


def _around(attributions: Sequence[Attribution], start: int, end: int) -> list[Attribution]:
    """Attributions over a stretch, narrowest first; one that holds another's cue is outside it."""
    found = [a for a in attributions if _holds(a, start, end)]
    return sorted(found, key=lambda a: (a.content[1] - a.content[0], not _holds_cue(a), -a.cue[0]))


def _holds_cue(attribution: Attribution) -> bool:
    return attribution.content[0] <= attribution.cue[0] < attribution.content[1]


def _holds(attribution: Attribution, start: int, end: int) -> bool:
    """Most of the stretch lies in the content: a figure may begin a word before it."""
    first, last = attribution.content
    shared = min(last, end) - max(first, start)
    return shared > 0 and shared * 2 > end - start


def _same(a: Voice, b: Voice) -> bool:
    return (a.name, a.organisation, a.role) == (b.name, b.organisation, b.role)
