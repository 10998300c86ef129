"""What an attack is aimed at, where the tree hangs it on the verb that carries the attack."""

from __future__ import annotations

from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage

_CARRY = frozenset({"carry", "conduct", "inflict", "deliver", "launch", "make", "execute"})


def aimed_by_verb(passage: Passage, noun: int) -> tuple[int, ...]:
    """ "Carried out strikes on 12 settlements": the parser hangs the object of the attack on the
    verb that carries it. Things and areas alone: "on Monday" and "on the army" are none."""
    verb = passage.tokens[noun].head
    carried = matches(passage.tokens[noun].deprel, ("obj", "nsubj:pass"))
    if verb < 0 or not carried or passage.lemmas[verb] not in _CARRY:
        return ()
    return tuple(
        head
        for head in find_phrases(passage.tree, verb, "on", "against", "at")
        if head > noun and any(s.first <= head <= s.last for s in passage.sites)
    )
