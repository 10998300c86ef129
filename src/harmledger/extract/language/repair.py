"""From the best head of every word to a proper tree: one root, no cycle.

Most sentences need nothing. The rest get the maximum spanning arborescence (Chu and Liu 1965,
Edmonds 1967) with exactly one word on the root.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.int64]

NEVER = -1e9
MOST_ROOTS_TRIED = 3


def is_tree(heads: list[int]) -> bool:
    """Whether the heads of a sentence (0 is the root, words count from 1) form a tree: exactly one
    word on the root, and no cycle. No words make a tree."""
    count = len(heads)
    if count and heads.count(0) != 1:
        return False
    safe = bytearray(count + 1)
    safe[0] = 1
    for start in range(1, count + 1):
        path, node = list[int](), start
        while not safe[node]:
            if len(path) > count:
                return False
            path.append(node)
            node = heads[node - 1]
        for node in path:
            safe[node] = 1
    return True


def best_tree(scores: NDArray[np.float64]) -> Heads:
    """Heads of the best single-rooted tree; ``scores[d, h]`` for word d + 1 under h (0 = root)."""
    count = scores.shape[0]
    square = np.full((count + 1, count + 1), NEVER)
    largest = scores.max(axis=1, keepdims=True)
    square[1:] = scores - (largest + np.log(np.exp(scores - largest).sum(axis=1, keepdims=True)))
    np.fill_diagonal(square, NEVER)
    best: Heads = np.zeros(count, dtype=np.int64)
    best_score = -np.inf
    for root in np.argsort(-square[1:, 0])[:MOST_ROOTS_TRIED] + 1:
        single = square.copy()
        single[1:, 0] = NEVER
        single[root, 0] = square[root, 0]
        heads = _arborescence(single)
        score = float(single[np.arange(1, count + 1), heads[1:]].sum())
        if score > best_score:
            best, best_score = heads[1:], score
    return best


def join_twin_objects(heads: list[int], relations: list[str], upos: Sequence[str]) -> None:
    """ "Killed a woman farmer", "stormed the enemy post": two nouns side by side that both came out
    as the object of one verb are one phrase; in place. Of "gave villagers shelter" the first is an
    ``iobj`` and stays."""
    for at in range(len(heads) - 1):
        twins = relations[at] == relations[at + 1] == "obj" and heads[at] == heads[at + 1]
        if twins and upos[at] == upos[at + 1] == "NOUN":
            heads[at], relations[at] = at + 1, "compound"


def join_twin_nouns(heads: list[int], relations: list[str], upos: Sequence[str]) -> None:
    """ "A strike on the family home": two nouns side by side that both came out as phrases under
    one word, with one preposition between them, are one phrase; in place."""
    for at in range(len(heads) - 1):
        twins = relations[at] == relations[at + 1] in {"nmod", "obl"} and heads[at] == heads[at + 1]
        if not twins or not upos[at] == upos[at + 1] == "NOUN" or heads[at] > at:
            continue
        own = [n for n in range(at) if heads[n] == at]
        if any(heads[n] == at + 1 for n in range(len(heads)) if n <= at) or not own:
            continue
        for n in own:
            heads[n] = at + 1
        heads[at], relations[at] = at + 1, "compound"


def part_verbs(
    heads: list[int], relations: list[str], upos: list[str], xpos: Sequence[str]
) -> None:
    """ "Bomb kills two, injures 14": a word with the tag of a verb that is joined to a verb is one,
    though it came out as a noun, and has the object right behind it for its own; in place."""
    for at in range(len(heads) - 1):
        joined = relations[at] == "conj" and upos[heads[at]] == "VERB"
        if not joined or upos[at] != "NOUN" or xpos[at] not in {"VBZ", "VBD"}:
            continue
        upos[at] = "VERB"
        if relations[at + 1] == "obj" and heads[at + 1] == heads[at]:
            heads[at + 1] = at


_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def seat_subjects(
    heads: list[int], relations: list[str], upos: Sequence[str], xpos: Sequence[str]
) -> None:
    """ "Three were killed and seven men, two guards among them, sustained burns": a noun cannot be
    joined to a verb whose next verb, that the joint belongs to, lacks a subject; in place."""
    for at, above in enumerate(heads):
        if relations[at] != "conj" or upos[at] not in {"NOUN", "PROPN"} or above < 0:
            continue
        verb = next((n for n in range(at + 1, len(heads)) if heads[n] == above
                     and relations[n] == "conj" and xpos[n] in _FINITE), None)  # fmt: skip
        if verb is None or upos[above] != "VERB":
            continue
        own = {relations[n] for n, head in enumerate(heads) if head == verb}
        joint = any(relations[n] == "cc" and heads[n] == verb for n in range(above + 1, at))
        if joint and not own & {"nsubj", "nsubj:pass"}:
            heads[at], relations[at] = verb, "nsubj:pass" if "aux:pass" in own else "nsubj"


_IN_PHRASE = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN"})


def name_objects(heads: list[int], relations: list[str], upos: Sequence[str]) -> None:
    """ "A strike hit a school sheltering pupils": of two subjects of one verb, the noun whose
    phrase opens right behind the verb is its object; in place."""
    for at, above in enumerate(heads):
        behind = relations[at] == "nsubj" and 0 <= above < at
        if not behind or upos[above] != "VERB" or upos[at] not in {"NOUN", "PROPN"}:
            continue
        own = [relations[n] for n, head in enumerate(heads) if head == above and n != at]
        first = any(
            heads[n] == above and relations[n] in {"nsubj", "nsubj:pass"} for n in range(above)
        )
        joined = all(upos[n] in _IN_PHRASE for n in range(above + 1, at))
        if first and joined and "obj" not in own:
            relations[at] = "obj"


def free_participles(
    heads: list[int], relations: list[str], upos: Sequence[str], xpos: Sequence[str]
) -> None:
    """ "A strike on a truck carrying flour": a noun right before a participle that has an object
    of its own behind it is what the participle describes, and not its object; in place."""
    for at in range(len(heads) - 1):
        verb = at + 1
        if xpos[at] != "NN" or heads[at] != verb or relations[at] not in {"obj", "compound"}:
            continue
        behind = {n for n in range(verb + 1, len(heads)) if (heads[n], relations[n]) == _obj(verb)}
        above = heads[verb]
        if xpos[verb] != "VBG" or not behind or not 0 <= above < at:
            continue
        before = [n for n in range(above + 1, at) if heads[n] in {at, verb, *behind}]
        cased = any(relations[n] == "case" for n in before)
        governed = upos[above] == "VERB" and len(before) == at - above - 1
        if cased or governed:
            heads[at], relations[at] = above, "nmod" if cased else "obj"
            heads[verb], relations[verb] = at, "acl"
            for n in before:
                heads[n] = at


_SHELTERS = frozenset({"housing", "sheltering", "hosting", "accommodating"})


def open_shelters(
    words: Sequence[str], heads: list[int], relations: list[str], upos: list[str], xpos: list[str]
) -> None:
    """ "A school housing displaced people": behind the noun of a building, and before a plural,
    such a word is what the building does, whatever a parser takes it for; in place."""
    for verb in range(2, len(heads) - 1):
        at, building = verb - 1, xpos[verb - 1] == "NN" and upos[verb - 2] in {"DET", "NOUN", "ADJ"}
        if words[verb].lower() not in _SHELTERS or not building:
            continue
        last = _plural_behind(upos, xpos, verb)
        inside = range(at, (last or at) + 1)
        outer = [n for n in inside if heads[n] not in inside]
        if last is None or len(outer) != 1 or not 0 <= heads[outer[0]] < at:
            continue
        above = heads[outer[0]]
        for n in range(above + 1, last):
            if n < at and heads[n] in inside:
                heads[n] = at
        cased = any(heads[n] == at and relations[n] == "case" for n in range(at))
        heads[at], relations[at] = above, "nmod" if cased else "obj"
        heads[verb], relations[verb], upos[verb], xpos[verb] = at, "acl", "VERB", "VBG"
        for n in range(verb + 1, last):
            heads[n], relations[n] = last, "amod"
        heads[last], relations[last] = verb, "obj"


def _plural_behind(upos: Sequence[str], xpos: Sequence[str], verb: int) -> int | None:
    for n in range(verb + 1, min(verb + 4, len(upos))):
        if xpos[n] == "NNS":
            return n
        if upos[n] not in {"ADJ", "VERB"}:
            return None
    return None


def _obj(verb: int) -> tuple[int, str]:
    return verb, "obj"


def _arborescence(scores: NDArray[np.float64]) -> Heads:
    """Chu-Liu/Edmonds over a square matrix ``scores[dependant, head]``, node 0 the root."""
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    # Entering the cycle at one word breaks that word's arc inside it.
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    leaving = scores[np.ix_(outside, cycle)]
    small = np.full((len(outside) + 1, len(outside) + 1), NEVER)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    small[-1, :-1] = entering.max(axis=0)
    small[:-1, -1] = leaving.max(axis=1)
    small[0] = NEVER
    solved = _arborescence(small)
    result = heads.copy()
    for i, node in enumerate(outside[1:], start=1):
        above = solved[i]
        result[node] = cycle[leaving[i].argmax()] if above == len(outside) else outside[above]
    door = entering[:, solved[-1]].argmax()
    result[cycle[door]] = outside[solved[-1]]
    return result


def _find_cycle(heads: Heads) -> Heads | None:
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.asarray(path[path.index(node) :], dtype=np.int64)
        state[path] = 2
    return None
