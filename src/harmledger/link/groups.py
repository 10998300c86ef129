"""Which documents carry one underlying report: near-duplicate text, or the same agency's words.

MinHash finds candidates, exact overlap of word runs decides. A group's id comes from its earliest
published member (then the lowest document id), so a later copy does not change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from zlib import crc32

import numpy as np
import numpy.typing as npt
from rensa import RMinHash, RMinHashLSH

from harmledger.core.base import Value
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.lexicon.linking import fold
from harmledger.link.credit import find_credit

_RUN = 4
"""Words in a shingle."""
_PERMUTATIONS = 128
_BANDS = 32
"""Of 4 rows: a pair with Jaccard .5 is found with probability .87, one with .7 always."""
_SEED = 7
_JACCARD = 0.5
_CONTAINED = 0.7
"""Share of the shorter text's runs that stand in the longer: a cut-down copy."""
_CREDITED = 0.3
"""Enough where both credit the same agency."""
_SAMPLE = 8
_COMMON = 30
_SHORTEST = 12
"""Texts of fewer runs are compared by nothing: two short notices may be alike by chance."""


class _Sketched(Value, frozen=True, kw_only=True):
    """What is kept of a text until all are compared; the text itself is not."""

    runs: npt.NDArray[np.int64]
    """Its runs of words, each as a number of 64 bits, sorted: two runs in a corpus of millions
    share a number once in a million corpora."""
    sample: npt.NDArray[np.int64]
    credit: str | None


def propose_origin_groups(
    documents: Sequence[Document], texts: Mapping[str, str]
) -> dict[str, str]:
    """Document id to group id (``grp_`` + hash). Any order of documents gives the same groups.

    ``texts`` maps ``Document.text_sha256`` (or the document's id) to the text, read one at a time
    and not kept. A document whose text is missing is a group of its own. A document that
    supersedes another belongs with it.
    """
    ordered = sorted(documents, key=lambda d: d.id)
    parent = {d.id: d.id for d in ordered}
    for d in ordered:
        if d.supersedes in parent:
            _unite(d.id, d.supersedes, parent)
    index = RMinHashLSH(_JACCARD, _PERMUTATIONS, _BANDS)
    seen: list[_Sketched] = []
    held: list[str] = []
    for d in ordered:
        text = texts.get(d.text_sha256) or texts.get(d.id) or ""
        runs = _shingles(text)
        if len(runs) < _SHORTEST:
            continue
        sketch = RMinHash(_PERMUTATIONS, _SEED)
        sketch.update(sorted(runs))
        seen.append(_sketch(runs, find_credit(text)))
        held.append(d.id)
        here = len(held) - 1
        _join(((other, here) for other in index.query(sketch)), held, seen, parent)
        index.insert(here, sketch)
    _join(_cut_down(seen), held, seen, parent)
    return _name_groups(ordered, parent)


def _shingles(text: str) -> frozenset[str]:
    words = fold(text).split()
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _sketch(runs: frozenset[str], credit: str | None) -> _Sketched:
    sample = (hash(run) for run in runs if crc32(run.encode()) % _SAMPLE == 0)
    return _Sketched(
        runs=np.sort(np.fromiter(map(hash, runs), np.int64, len(runs))),
        sample=np.fromiter(sample, np.int64),
        credit=credit,
    )


def _join(
    pairs: Iterable[tuple[int, int]],
    held: Sequence[str],
    seen: Sequence[_Sketched],
    parent: dict[str, str],
) -> None:
    """Unite the copies among ``pairs``; those that are together already are not looked at, so
    that a thousand prints of one report cost a thousand looks and not a million."""
    for a, b in pairs:
        left, right = held[a], held[b]
        if _find(left, parent) != _find(right, parent) and _is_copy(seen[a], seen[b]):
            _unite(left, right, parent)


def _cut_down(seen: Sequence[_Sketched]) -> Iterator[tuple[int, int]]:
    """Pairs that share two of the runs kept as a fixed sample: a cut-down copy keeps its share of
    them however long the other text is. Runs that many documents have say nothing."""
    if not seen:
        return
    runs = np.concatenate([one.sample for one in seen])
    owners = np.repeat(np.arange(len(seen)), [len(one.sample) for one in seen])
    order = np.argsort(runs, kind="stable")
    owners = owners[order]
    starts = np.flatnonzero(np.diff(runs[order], prepend=runs[order][:1] - 1))
    sizes = np.diff(starts, append=len(owners))
    telling = (sizes > 1) & (sizes <= _COMMON)
    shared: Counter[tuple[int, int]] = Counter()
    for start, size in zip(starts[telling].tolist(), sizes[telling].tolist(), strict=True):
        shared.update(combinations(owners[start : start + size].tolist(), 2))
    yield from (pair for pair, runs in shared.items() if runs > 1)


def _is_copy(a: _Sketched, b: _Sketched) -> bool:
    shared = len(np.intersect1d(a.runs, b.runs, assume_unique=True))
    if not shared:
        return False
    shorter, longer = sorted((len(a.runs), len(b.runs)))
    jaccard, contained = shared / (shorter + longer - shared), shared / shorter
    same_credit = a.credit is not None and a.credit == b.credit
    return jaccard >= _JACCARD or contained >= (_CREDITED if same_credit else _CONTAINED)


def _find(item: str, parent: dict[str, str]) -> str:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


def _unite(a: str, b: str, parent: dict[str, str]) -> None:
    low, high = sorted((_find(a, parent), _find(b, parent)))
    parent[high] = low


def _name_groups(documents: Sequence[Document], parent: dict[str, str]) -> dict[str, str]:
    members: dict[str, list[Document]] = {}
    for d in documents:
        members.setdefault(_find(d.id, parent), []).append(d)
    named: dict[str, str] = {}
    for held in members.values():
        founder = min(held, key=lambda d: (d.published_at or "9999", d.id))
        named |= dict.fromkeys((d.id for d in held), derived_id("grp", founder.id))
    return named
