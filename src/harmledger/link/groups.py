"""Which documents carry one underlying report: near-duplicate text, or the same agency's words.

MinHash finds candidates, exact overlap of word runs decides. A group's id comes from its earliest
published member (then the lowest document id), so a later copy does not change it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from zlib import crc32

from rensa import RMinHash, RMinHashLSH

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


def propose_origin_groups(
    documents: Sequence[Document], texts: Mapping[str, str]
) -> dict[str, str]:
    """Document id to group id (``grp_`` + hash). Any order of documents gives the same groups.

    ``texts`` maps ``Document.text_sha256`` (or the document's id) to the text. A document whose
    text is missing is a group of its own. A document that supersedes another belongs with it.
    """
    ordered = sorted(documents, key=lambda d: d.id)
    shingled = {d.id: _shingles(_text_of(d, texts)) for d in ordered}
    credits = {d.id: find_credit(_text_of(d, texts)) for d in ordered}
    parent = {d.id: d.id for d in ordered}
    for a, b in _candidates(ordered, shingled):
        if _is_copy(shingled[a], shingled[b], credits[a] is not None and credits[a] == credits[b]):
            _unite(a, b, parent)
    for d in ordered:
        if d.supersedes in parent:
            _unite(d.id, d.supersedes, parent)
    return _name_groups(ordered, parent)


def _text_of(document: Document, texts: Mapping[str, str]) -> str:
    return texts.get(document.text_sha256) or texts.get(document.id) or ""


def _shingles(text: str) -> frozenset[str]:
    words = fold(text).split()
    return frozenset(" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))


def _candidates(
    documents: Sequence[Document], shingled: Mapping[str, frozenset[str]]
) -> set[tuple[str, str]]:
    """Pairs worth an exact look: alike as a whole, or one cut out of the other."""
    held = [d.id for d in documents if len(shingled[d.id]) >= _SHORTEST]
    return _alike(held, shingled) | _cut_down(held, shingled)


def _alike(held: Sequence[str], shingled: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Pairs that share a band of their sketches."""
    index = RMinHashLSH(_JACCARD, _PERMUTATIONS, _BANDS)
    pairs: set[tuple[str, str]] = set()
    for position, name in enumerate(held):
        sketch = RMinHash(_PERMUTATIONS, _SEED)
        sketch.update(sorted(shingled[name]))
        pairs.update((held[other], name) for other in index.query(sketch))
        index.insert(position, sketch)
    return pairs


def _cut_down(held: Sequence[str], shingled: Mapping[str, frozenset[str]]) -> set[tuple[str, str]]:
    """Pairs that share two of the runs kept as a fixed sample: a cut-down copy keeps its share of
    them however long the other text is. Runs that many documents have say nothing."""
    having: dict[str, list[str]] = {}
    for name in held:
        for run in shingled[name]:
            if crc32(run.encode()) % _SAMPLE == 0:
                having.setdefault(run, []).append(name)
    shared: Counter[tuple[str, str]] = Counter()
    for names in having.values():
        if len(names) <= _COMMON:
            shared.update(combinations(names, 2))
    return {pair for pair, runs in shared.items() if runs > 1}


def _is_copy(a: frozenset[str], b: frozenset[str], same_credit: bool) -> bool:
    shared = len(a & b)
    if not shared:
        return False
    jaccard, contained = shared / len(a | b), shared / min(len(a), len(b))
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
