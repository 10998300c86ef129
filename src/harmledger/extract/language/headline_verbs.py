"""Bare verbs of headlines that a parser takes for nouns: "Gunmen abduct monarch, kill driver".

Only in lines without a full stop, of verbs that armed people do, and only where a comma and
another such verb, or a verb with a subject, show that the line lists deeds. Misses lists of deeds
of other verbs.
"""

from __future__ import annotations

from collections.abc import Sequence

_DEEDS = frozenset(
    {"kill", "abduct", "kidnap", "injure", "wound", "burn", "raze", "displace", "behead", "loot",
     "destroy", "rape", "shoot", "torch", "attack", "ambush", "storm", "raid", "bomb", "execute",
     "seize", "sack", "invade", "murder", "slaughter", "hack", "slay", "massacre", "lynch"}
)  # fmt: skip
_LONGEST = 25
_NOUN_LIKE = frozenset({"amod", "compound", "appos", "nmod:desc"})


def mend_deeds(
    words: Sequence[str], heads: list[int], relations: list[str], upos: list[str], xpos: list[str]
) -> None:
    """Hang the deeds of a headline as verbs, joined to the first of them; in place."""
    if len(words) > _LONGEST or not words or words[-1] in '.!?"”':
        return
    _mend_counted(words, heads, relations, upos, xpos)
    _mend_present(words, heads, relations, upos, xpos)
    if not any(_opens(words, at) for at in range(1, len(words))):
        return
    _mend_first(words, heads, relations, upos, xpos)
    root = heads.index(-1)
    if words[root].lower() not in _DEEDS:
        return
    for at in range(root + 1, len(words) - 1):
        noun = heads[at]
        counted = upos[at + 1] == "NUM" and heads[at + 1] == at
        if _opens(words, at) and noun == root and upos[at] == "NOUN" and counted:
            upos[at], xpos[at], relations[at] = "VERB", "VBP", "conj"  # "kill 8, injure 3"
            relations[at + 1] = "obj"
        if _opens(words, at) and relations[at] in _NOUN_LIKE and noun > at and upos[noun] == "NOUN":
            upos[at], xpos[at] = "VERB", "VBP"
            heads[at], relations[at] = root, "conj"
            heads[noun], relations[noun] = at, "obj"


def _opens(words: Sequence[str], at: int) -> bool:
    """A deed right behind a comma."""
    return words[at - 1] == "," and words[at] in _DEEDS


def _mend_first(
    words: Sequence[str], heads: list[int], relations: list[str], upos: list[str], xpos: list[str]
) -> None:
    """ "Gunmen abduct monarch, kill …", "Boko Haram ambush convoy, kill …": the first deed, taken
    for a word of its subject or of its object, is the verb that the others are joined to."""
    root = heads.index(-1)
    first = next((n for n, word in enumerate(words[:5]) if n and word in _DEEDS), None)
    if first is None or upos[first - 1] not in {"NOUN", "PROPN"}:
        return
    if first == root:
        _mend_root(heads, relations, upos, xpos)
        return
    if relations[first] not in _NOUN_LIKE or any(w == "," for w in words[:first]):
        return
    subject = _top(heads, first - 1, first)
    under_subject = heads[first] == subject and _opens(words, root)
    under_object = heads[first] == root and upos[root] == "NOUN" and first < root
    if not (under_subject or under_object):
        return
    upos[first], xpos[first] = "VERB", "VBP"
    heads[first], relations[first] = -1, "root"
    heads[subject], relations[subject] = first, "nsubj"
    heads[root], relations[root] = first, "obj" if under_object else "conj"
    for at in range(root + 1, len(words)):
        if under_object and heads[at] == root and _opens(words, at):
            heads[at], relations[at] = first, "conj"


def _mend_counted(
    words: Sequence[str], heads: list[int], relations: list[str], upos: list[str], xpos: list[str]
) -> None:
    """ "Militants behead five in Mozambique": a deed at the root, taken for a noun, with who did
    it right before and a bare number right behind."""
    root = heads.index(-1)
    ends = not 0 < root < len(words) - 2
    if ends or words[root] not in _DEEDS or upos[root] == "VERB" or upos[root + 1] != "NUM":
        return
    plain = heads[root + 1] == root and upos[root + 2] in {"ADP", "PUNCT", "CCONJ", "SCONJ"}
    if plain and upos[root - 1] in {"NOUN", "PROPN"} and heads[root - 1] == root:
        upos[root], xpos[root] = "VERB", "VBP"
        relations[root - 1], relations[root + 1] = "nsubj", "obj"


_PRESENT = frozenset({"wounds", "injures", "hurts", "maims", "kills"})


def _mend_present(
    words: Sequence[str], heads: list[int], relations: list[str], upos: list[str], xpos: list[str]
) -> None:
    """ "Drone kills pensioner, wounds postman": the second thing done, taken for a noun on whom it
    befell."""
    for at in range(2, len(words) - 1):
        if words[at] not in _PRESENT or words[at - 1] != "," or upos[at] != "NOUN":
            continue
        first = next((n for n in range(at - 1, 0, -1) if xpos[n] in {"VBZ", "VBP"}), None)
        noun = heads[at]
        if first is None or noun <= at or relations[at] not in _NOUN_LIKE:
            continue
        upos[at], xpos[at] = "VERB", "VBZ"
        heads[at], relations[at] = first, "conj"
        heads[noun], relations[noun] = at, "obj"


def _mend_root(heads: list[int], relations: list[str], upos: list[str], xpos: list[str]) -> None:
    """ "Fighters storm Borno town, kill 12": the deed stands at the root, but as a noun."""
    root = heads.index(-1)
    if upos[root] == "VERB":
        return
    upos[root], xpos[root] = "VERB", "VBP"
    for at, head in enumerate(heads):
        if head == root and relations[at] in _NOUN_LIKE:
            relations[at] = "nsubj" if at < root else "obj"


def _top(heads: Sequence[int], at: int, before: int) -> int:
    """The head of the phrase that stands before a word."""
    while 0 <= heads[at] < before:
        at = heads[at]
    return at
