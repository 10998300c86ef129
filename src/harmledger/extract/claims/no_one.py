"""Phrases that count nobody: "no member of staff", "no deaths or injuries", "not one guard"."""

from __future__ import annotations

import re

from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage

_NOT_ONE = re.compile(r"\bnot (?:a single |one )?$", re.I)


def counts_none(passage: Passage, noun: int, left: int) -> bool:
    """Whether a noun is denied by its own "no" or by "not one" before its phrase at ``left``."""
    if _has_no(passage, noun) or shares_no(passage, noun):
        return True
    return _NOT_ONE.search(passage.text[: left - passage.start]) is not None


def shares_no(passage: Passage, noun: int) -> bool:
    """ "No deaths or injuries": the second of two nouns that one "no" denies."""
    token = passage.tokens[noun]
    if not matches(token.deprel, ("conj",)) or not 0 <= token.head < noun:
        return False
    joint = passage.tree.child(noun, "cc")
    plain = passage.tree.child(noun, "det", "nummod", "nmod:poss") is None
    near = all(t.upos in {"ADJ", "CCONJ"} for t in passage.tokens[token.head + 1 : noun])
    return joint is not None and plain and near and _has_no(passage, token.head)


def _has_no(passage: Passage, noun: int) -> bool:
    return any(c.lemma.lower() == "no" for c in passage.tree.children(noun, "det"))
