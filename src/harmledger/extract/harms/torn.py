"""Subjects that a parser hangs beside that of the verb before.

What is deliberately missed: a subject with no number ("five were shot and the driver wounded"),
which may as well be one more of those before.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.language.tree import Token, Tree

_HEDGES = frozenset({"at", "least", "about", "some", "nearly", "more", "than", "another", "around"})
_SOME_OF = frozenset({"include", "including", "among", "mostly", "mainly"})
_PAIR = 2
_MEASURES = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "year", "time"})


def torn_subject(tree: Tree, verb: int) -> int | None:
    """ "Five were shot and nine people wounded", "9,000 are shut in, he says, and at least 12 of
    them, the old above all, have died": a number right behind the "and" that joins a verb is its
    subject, though a parser hangs it beside that of the verb before."""
    before = _before_auxiliary(tree, verb)
    if before is not None:
        return before
    first = tree.tokens[verb].head
    joints = [t.index for t in tree.tokens[first + 1 : verb] if t.deprel == "cc"]
    if not joints or tree.child(verb, "obj") is not None:
        return None
    if _lists(tree, joints[-1]):
        return None
    at = joints[-1] + 1
    while at < verb and tree.tokens[at].lemma.lower() in _HEDGES:
        at += 1
    number = tree.tokens[at]
    between = tree.tokens[at + 1 : verb]
    aside = _said_in_passing(tree, first, verb, between)
    if at >= verb or number.upos != "NUM" or (not aside and any(t.upos == "VERB" for t in between)):
        return None
    apart = not aside and any(t.text == "," for t in between)
    if apart and tree.child(verb, "aux", "aux:pass") is None:
        return None  # "killed two guards and three cooks, burned a shop"
    noun = tree.tokens[number.head] if number.deprel == "nummod" else number
    return None if noun.index >= verb or noun.lemma in _MEASURES else noun.index


def _before_auxiliary(tree: Tree, verb: int) -> int | None:
    """ "We recovered 11 bodies and seven people are yet to be found": the noun that a parser joins
    to the object before, with the auxiliary of another verb right behind it."""
    auxiliaries = tree.children(verb, "aux", "aux:pass")
    if not auxiliaries or auxiliaries[0].xpos not in {"VBP", "VBZ", "VBD"}:
        return None
    noun = tree.tokens[max(0, auxiliaries[0].index - 1)]
    joined = (
        noun.deprel == "conj" and noun.upos == "NOUN" and tree.tokens[noun.head].deprel == "obj"
    )
    return noun.index if joined else None


def _said_in_passing(tree: Tree, first: int, verb: int, between: Sequence[Token]) -> bool:
    """ "A soldier was killed and eight people, including four policemen, injured": commas that only
    set off some of the subject, behind a passive whose auxiliary serves both."""
    commas = [t.index for t in between if t.text == ","]
    if len(commas) < _PAIR or commas[-1] != verb - 1 or tree.child(first, "aux:pass") is None:
        return False
    opens = tree.tokens[commas[0] + 1].lemma.lower()
    others = (t for t in between if t.upos == "VERB" and t.index != commas[0] + 1)
    return opens in _SOME_OF and next(others, None) is None


def _lists(tree: Tree, joint: int) -> bool:
    """ "Three lay on the wire, a lieutenant and one militiaman died": what stands right before the
    "and", behind a comma, begins the same list."""
    before = tree.tokens[joint - 1]
    if before.upos not in {"NOUN", "PROPN"}:
        return False
    words = tree.subtree(before.index, "conj", "acl", "appos", "cc", "punct")
    left = min(w.index for w in words if w.index <= before.index)
    opening = tree.tokens[max(0, left - 1)]
    return left > 0 and (opening.text in {",", ";", ":"} or opening.deprel == "cc")
