"""Words joined to the ones harmed: "three men, a woman and two children", wherever a parser hangs
them; not what only looks joined and begins a clause of its own."""

from __future__ import annotations

from harmledger.extract.harms.arguments import is_noun
from harmledger.extract.language.tree import Token, Tree


def with_conjuncts(tree: Tree, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Each head with the nouns coordinated to it ("two adults and a child")."""
    found: dict[int, None] = {}
    for head in heads:
        found[head] = None
        waiting = [head]
        while waiting:
            at = waiting.pop()
            beside = (*_listed_beside(tree, at), *_behind_a_name(tree, at), *_behind_of(tree, at))
            for other in (*tree.children(at, "conj"), *beside):
                torn = _opens_clause(tree, head, other) or _of_next(tree, other)
                if other.index not in found and is_noun(other) and not torn:
                    found[other.index] = None
                    waiting.append(other.index)
    return tuple(sorted(found))


def _of_next(tree: Tree, noun: Token) -> bool:
    """ "Killed 17 people and wounded scores": a vague number behind a verb that a parser takes for
    its adjective is what that verb acts on, and no more of those before."""
    at = noun.index
    verb = tree.tokens[at - 1]
    joined = at > 1 and tree.tokens[at - 2].text.lower() == "and" and verb.head == at
    return joined and verb.xpos in {"VBN", "VBD"} and noun.text.lower() in _VAGUE


_VAGUE = frozenset({"scores", "dozens", "hundreds", "tens", "thousands", "several", "many"})


def _opens_clause(tree: Tree, head: int, other: Token) -> bool:
    """ "We recovered 11 bodies and seven people are yet to be found": joined to an object, with a
    verb of its own right behind it."""
    behind = tree.tokens[other.index + 1 : other.index + 2]
    finite = bool(behind) and behind[0].upos == "AUX" and behind[0].xpos in _FINITE
    return finite and tree.tokens[head].deprel == "obj"


_FINITE = frozenset({"VBP", "VBZ", "VBD"})


def _behind_of(tree: Tree, head: int) -> tuple[Token, ...]:
    """ "Two of the raiders and one guard": a parser joins the guard to the raiders."""
    token = tree.tokens[head]
    staff = token.lemma.lower() in _MEMBERS and tree.child(head, "nummod") is not None
    if token.upos != "NUM" and not staff:
        return ()
    return tuple(
        t
        for inner in tree.children(head, "nmod")
        if tree.child(inner.index, "nummod") is None
        for t in tree.children(inner.index, "conj")
        if tree.child(t.index, "cc") is not None and tree.child(t.index, "nummod") is not None
    )


_MEMBERS = frozenset({"personnel", "member", "officer", "soldier", "employee", "man", "guard"})
"""Who belong to a body: "five personnel of the Force and two passers-by"."""


def _behind_a_name(tree: Tree, head: int, depth: int = 0) -> tuple[Token, ...]:
    """ "The priest Pedro Solano, rector of the university, and his driver": a parser hangs the
    driver on the name or the office that stands between."""
    found: list[Token] = []
    for other in tree.children(head, "appos"):
        if other.index < head or tree.child(other.index, "det", "nummod") is not None:
            continue
        found.extend(
            t
            for t in tree.children(other.index, "conj")
            if tree.child(t.index, "cc") is not None
            and tree.child(t.index, "det", "nummod", "nmod:poss") is not None
        )
        found.extend(_listed_beside(tree, other.index))
        if depth < 1:
            found.extend(_behind_a_name(tree, other.index, depth + 1))
    return tuple(found)


def _listed_beside(tree: Tree, head: int) -> tuple[Token, ...]:
    """ "A nurse, her husband and their two children": a parser hangs the second beside the first
    as its other name; an owner of its own and a list that goes on say it is another person."""
    return tuple(
        t
        for t in tree.children(head, "appos")
        if _is_others(tree, t)
        or (
            any(o.xpos == "PRP$" for o in tree.children(t.index, "nmod:poss"))
            and tree.child(t.index, "conj") is not None
        )
    )


def _is_others(tree: Tree, token: Token) -> bool:
    """ "Gunmen kidnap priest, three others": more people, whatever a comma makes of them."""
    counted = tree.child(token.index, "nummod") is not None
    return counted and token.text.lower() == "others"
