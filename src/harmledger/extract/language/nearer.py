"""Words the network hardly knows, read by it as nearer ones.

"22 others sustained injuries" it takes for injuries that are sustained, and "two jawans" for a
name; the trees are right when it sees "suffered" and "soldiers". Only the network is told so: the
words of the tree stay those that are written. Misses whatever is not in ``words/nearer.txt``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from harmledger.core.base import Value

_WITHIN = 3
_BEFORE = " before "


class Nearer(Value, frozen=True, kw_only=True):
    """What a word is read as; ``company``: only with one of these words soon behind it."""

    read: str
    company: frozenset[str] = frozenset()


@cache
def _load() -> dict[str, Nearer]:
    found: dict[str, Nearer] = {}
    text = resources.files(__package__).joinpath("words/nearer.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        written, _, read = line.partition("=")
        word, _, company = written.partition(_BEFORE)
        found[word] = Nearer(read=read, company=frozenset(company.split("|")) - {""})
    return found


def as_known(words: Sequence[str]) -> list[str]:
    """The words of a sentence as the network should read them: as many, in the same order."""
    known = _load()
    lowered = [word.lower() for word in words]
    if known.keys().isdisjoint(lowered):
        return list(words)  # what most sentences answer
    return [_as_known(words, lowered, at) for at in range(len(words))]


def _as_known(words: Sequence[str], lowered: Sequence[str], at: int) -> str:
    nearer = _load().get(lowered[at])
    if nearer is None:
        return words[at]
    behind = lowered[at + 1 : at + 1 + _WITHIN]
    if nearer.company and nearer.company.isdisjoint(behind):
        return words[at]
    read, written = nearer.read, words[at]
    if written.isupper():
        return read.upper()
    return read.capitalize() if written[:1].isupper() else read
