"""What an act named by a noun befell, told behind it where the tree does not say so."""

from __future__ import annotations

import re

from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage

_SUBJECTS = frozenset({"NOUN", "PROPN", "VERB"})


def told_later(passage: Passage, noun: int) -> tuple[int, ...]:
    """ "the attack staged tonight by gunmen on the house": the object of the attack stands in the
    participle's clause."""
    tree = passage.tree
    for clause in tree.children(noun, "acl"):
        found = find_phrases(tree, clause.index, "on", "against")
        if found:
            return found
    return ()


def object_behind(passage: Passage, at: int) -> tuple[int, ...]:
    """ "Shelling hit Kherson": a verb the parser took for a noun has its object right behind it,
    with no preposition."""
    if passage.lowered[at] not in {"hit", "strikes", "hits", "struck"} or at == 0:
        return ()
    after = at + 1
    if after >= len(passage.tokens) or passage.tokens[at - 1].upos not in _SUBJECTS:
        return ()
    token: Token | None = passage.tokens[after]
    if token is None or token.upos not in {"PROPN", "DET", "NUM", "NOUN"}:
        return ()
    while token is not None and token.head > token.index and token.upos != "PROPN":
        token = passage.tree.head(token.index)
    return (token.index,) if token is not None and token.upos in {"NOUN", "PROPN"} else ()


# ---- states ----------------------------------------------------------------------------------


def of_right_behind(passage: Passage, noun: int) -> tuple[int, ...]:
    """ "His role in the 1982 massacre of 201 people": what stands right behind belongs to the
    massacre, though a parser hangs it on the role."""
    of = noun + 1
    if of >= len(passage.tokens) or passage.lowered[of] != "of":
        return ()
    above = passage.tree.head(of)
    hung = above is not None and above.head < noun and above.deprel == "nmod"
    return (above.index,) if above is not None and hung else ()


_AND_MAIMING = re.compile(
    r"\s*(?:and(?:/or)?|or) (?:the )?(?:maiming|injuring|wounding|injury)s? of\b", re.I
)


_KILLING_AND = re.compile(r"\b(?:killing|murder)s? (?:and(?:/or)?|or) (?:the )?$", re.I)


def maimed_too(passage: Passage, noun: int) -> bool:
    """ "The killing and maiming of 93 children": one number over two harms (reading rule 14a)."""
    token = passage.tokens[noun]
    start, end = token.start - passage.start, token.end - passage.start
    if _AND_MAIMING.match(passage.text, end) is not None:
        return True
    of = passage.lowered[noun + 1 : noun + 2] == ("of",)
    return of and _KILLING_AND.search(passage.text[:start]) is not None
