"""Who does a verb, where a parser tears the clause; and craft and guns that stand for their owner.

Misses a craft of nobody ("a drone hit the market"): it names no party.
"""

from __future__ import annotations

from harmledger.extract.harms.arguments import find_agents, find_subjects, is_passive
from harmledger.extract.language.tree import Token, Tree, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import ActorLexicon

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def doers_of(tree: Tree, verb: int) -> tuple[int, ...]:
    """Heads of who does it; through active verbs that a parser takes for passives ("M23 rebels
    executed 21 civilians", "… beat the driver and made off with four")."""
    found = find_agents(tree, verb)
    if found:
        return found
    if tree.child(verb, "aux:pass") is not None:
        return _shared_agent(tree, verb)
    token = tree.tokens[verb]
    undergoer = tree.child(verb, "nsubj:pass")
    if undergoer is not None:
        behind = any(o.index > verb for o in tree.children(verb, "obj"))
        told = token.xpos == "VBN" and not matches(token.deprel, ("acl",))
        active = behind and (token.xpos in _FINITE or told) and undergoer.index < verb
        return (undergoer.index,) if active else ()
    return _of_first_verb(tree, token)


_SAME_HANDS = frozenset(
    {"abduct", "kidnap", "burn", "torch", "raze", "loot", "destroy", "wound", "injure", "kill",
     "rape", "behead", "set", "steal"}
)  # fmt: skip
"""What those who killed do besides; "two killed and three arrested by police" may be others."""


def _shared_agent(tree: Tree, verb: int) -> tuple[int, ...]:
    """ "Three were beheaded and six boats burned by insurgents": whoever did the second, where it
    has no auxiliary of its own, did the first."""
    for other in tree.children(verb, "conj"):
        torn = () if other.upos == "VERB" else tree.children(other.index, "acl")
        for second in (other, *torn):
            bare = tree.child(second.index, "aux:pass", "aux") is None
            if second.xpos == "VBN" and bare and second.lemma.lower() in _SAME_HANDS:
                return find_agents(tree, second.index)
    return ()


def _of_first_verb(tree: Tree, token: Token) -> tuple[int, ...]:
    """The subject of the verb before "and", shared by one that only looks like a participle."""
    first = tree.head(token.index)
    if token.deprel != "conj" or token.xpos != "VBN" or first is None or first.upos != "VERB":
        return ()
    acts = tree.child(token.index, "compound:prt", "obj") is not None
    if not acts or first.xpos not in _FINITE or is_passive(tree, first.index):
        return ()
    return find_subjects(tree, first.index)


_CRAFT = frozenset(
    {"aircraft", "plane", "jet", "helicopter", "gunship", "warplane", "drone", "tank", "boat",
     "gunboat", "warship", "ship", "vessel", "gun", "artillery", "battery", "bomber", "vehicle"}
)  # fmt: skip
_OWNERS = frozenset({"its", "our", "their"})
_POWERS = frozenset({"government", "coalition", "regime", "enemy", "settler", "navy", "border"})


def is_owned_craft(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    """ "Aircraft of the Northern Command", "its drones", "air force planes": craft and guns told
    with whose they are, where they do something."""
    token = passage.tokens[head]
    if passage.lemmas[head] not in _CRAFT or not matches(token.deprel, ("nsubj",)):
        return False
    above = passage.tree.head(head)
    if token.deprel == "nsubj:pass" or (above is not None and above.upos == "ADJ"):
        return False  # "our vehicles have been unable to enter"
    own = passage.tree.children(head)
    inner = [c for o in own if o.deprel == "compound" for c in passage.tree.children(o.index)]
    return any(_owns(passage, child, actors) for child in (*own, *inner))


def _owns(passage: Passage, child: Token, actors: ActorLexicon) -> bool:
    if matches(child.deprel, ("nmod:poss",)) and child.text.lower() in _OWNERS:
        return True
    of = passage.tree.child(child.index, "case")
    behind = child.deprel == "nmod" and of is not None and of.text.lower() == "of"
    if behind and child.upos == "PROPN" and child.entity != "LOC":
        return True
    if not behind and not matches(child.deprel, ("compound", "amod", "nmod:poss")):
        return False
    if passage.lemmas[child.index] in _POWERS:
        return True
    words = (passage.lowered, passage.lemmas)
    starts = range(max(0, child.index - 1), child.index + 1)
    named = any(
        hit is not None and hit[0] - 1 == child.index
        for at in starts
        for hit in (actors.forces.match(*words, at), actors.groups.match(*words, at))
    )
    word = load_persons().single.get(passage.lemmas[child.index])
    return named or (word is not None and word.status == "combatant" and not word.rank)


def carries_attack(passage: Passage, verb: int, actors: ActorLexicon) -> bool:
    """ "Staged an ambush", "carried out air strikes"."""
    if actors.carriers.match(passage.lowered, passage.lemmas, verb) is None:
        return False
    return any(
        actors.attacks.match(passage.lowered, passage.lemmas, t.index) is not None
        for child in passage.tree.children(verb, "obj", "nsubj:pass")
        for t in passage.tree.subtree(child.index, "acl", "nmod")
    )
