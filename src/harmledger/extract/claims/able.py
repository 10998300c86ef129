"""Whether a phrase names somebody who can do harm, and which words name them."""

from __future__ import annotations

from harmledger.extract.claims.doing import carries_attack, is_owned_craft
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.phrases import PhraseIndex
from harmledger.lexicon.settings import ActorLexicon, load_means

PRONOUNS = frozenset({"they", "we", "he", "she", "it", "i"})
_OUTER = ("acl", "appos", "parataxis", "case", "cc", "punct", "advmod", "dep", "list", "cop")
_NOBODY = frozenset({"the", "a", "those", "people", "person", "persons", "some", "all", "members"})
"""A phrase of nothing but these says nothing of who it was ("the people who …")."""
_AT = frozenset({"in", "at", "near", "on", "around", "outside"})
_AS = frozenset({"as", "be", "to"})


def can_do(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    """Whether a phrase names people, a body or a force; a weapon or an event does nothing."""
    token = passage.tokens[head]
    if token.text.lower() in PRONOUNS:
        return token.upos == "PRON" and (token.text.lower() != "it" or _speaks(passage, token))
    if _is_one_of(passage, head, actors.helpers) and not _kills(passage, token):
        return False  # whoever comes to help does no harm, but in so many words
    if is_owned_craft(passage, head, actors):
        return True
    if actors.attacks.match(passage.lowered, passage.lemmas, head) is not None:
        return False
    weapon = load_means().weapons.match(passage.lowered, passage.lemmas, head) is not None
    if weapon and not _is_one_of(passage, head, actors.forces):  # "gunmen" say a weapon too
        return False
    if token.entity in {"PER", "ORG"} or _is_power(passage, token, actors):
        return True
    if token.text == "front" and passage.lowered[head + 1 : head + 2] == ("of",):
        return False  # "wrecked the front of a police post"
    if token.text.lower() == "force" and not passage.tree.children(head, "amod", "compound"):
        return False  # "taken by force"
    bare = {t.text.lower() for t in passage.tree.subtree(head, *_OUTER)} <= _NOBODY
    return not bare and (
        _is_one_of(passage, head, actors.doers)
        or is_force(passage, head, actors)
        or token.xpos == "NNPS"  # "the Coastal Rangers"
        or _kills(passage, token)
    )


def _kills(passage: Passage, token: Token) -> bool:
    """ "Loggers killed two villagers", "wounded by a neighbour": people of any trade who do it to
    somebody else."""
    verb = passage.tokens[token.head]
    lemma = passage.lemmas[verb.index]
    acts = (
        token.deprel == "nsubj"
        and lemma in _KILLING
        and passage.tree.child(verb.index, "obj") is not None
    )
    by = passage.tree.child(token.index, "case")
    suffered = (
        by is not None and by.text.lower() == "by" and verb.xpos in {"VBN", "VBD"}
        and lemma in _KILLING | _HURTING
    )  # fmt: skip
    return (acts or suffered) and load_persons().words.match(
        passage.lowered, passage.lemmas, token.index
    ) is not None


_KILLING = frozenset(
    {"kill", "murder", "lynch", "behead", "abduct", "kidnap", "execute", "massacre", "stab", "rape",
     "assassinate", "slaughter", "torture"}
)  # fmt: skip


_HURTING = frozenset({"wound", "shoot", "injure", "hurt", "beat", "knife", "attack", "gun", "hack"})
_BOMBS = frozenset(
    {"bomb", "shell", "strike", "attack", "invade", "kill", "fire", "launch", "bombard", "hit",
     "detain", "deport", "expel", "arrest", "besiege", "blockade", "raid", "storm", "target",
     "order", "block", "execute", "force", "demolish", "close", "seal"}
)  # fmt: skip


def _is_power(passage: Passage, token: Token, actors: ActorLexicon) -> bool:
    """ "Russia shelled Kherson": a place that does what only people with arms do is a state. Misses
    states that do it in a noun ("the responsibility of Russia")."""
    if token.entity != "LOC" or token.upos != "PROPN" or token.deprel != "nsubj":
        return False
    verb = passage.tokens[token.head]
    bombs = passage.lemmas[verb.index] in _BOMBS or carries_attack(passage, verb.index, actors)
    return verb.upos == "VERB" and bombs and verb.xpos != "VBN"


def _speaks(passage: Passage, token: Token) -> bool:
    """ "The Corps said it had struck": the body that speaks means itself."""
    return any(
        a.content[0] <= token.start < a.content[1]
        and a.voice
        and (a.voice[0].organisation or a.voice[0].name)
        for a in passage.attributions
    )


def is_force(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    """Whether a phrase names a force, an armed group or combatants."""
    if _is_one_of(passage, head, actors.groups) or _is_one_of(passage, head, actors.forces):
        return True
    if passage.tokens[head].upos == "PROPN" and _is_one_of(passage, head, actors.doers):
        return True  # "the Harrow Front", "Rubezh Corps"
    word = load_persons().words.match(passage.lowered, passage.lemmas, head)
    return word is not None and word[1].status == "combatant"


def _is_one_of(passage: Passage, head: int, index: PhraseIndex[str]) -> bool:
    """Whether a phrase of the index ends on the head, or on the last word of a name it leads."""
    inside = passage.tree.subtree(head, "acl", "appos", "nmod", "conj", "advcl", "obl")
    ends = {head, *(t.index for t in inside if matches(t.deprel, ("flat",)))}
    for token in inside:
        hit = index.match(passage.lowered, passage.lemmas, token.index)
        if hit is not None and hit[0] - 1 in ends:
            return True
    return False


_AREAS = frozenset(
    {"district", "area", "province", "region", "state", "town", "village", "city", "township",
     "municipality", "county", "tehsil", "upazila", "subdistrict"}
)  # fmt: skip


def phrase_of(passage: Passage, head: int) -> tuple[int, int]:
    """Document code points of a doer's phrase, article and clauses left out; the party it is
    identified as, where the text says that right behind it."""
    named = _identified_as(passage, head)
    head = head if named is None else named
    where = {
        t.index
        for child in passage.tree.children(head, "nmod", "obl")
        if _tells_where(passage, child) or _tells_when(passage, child, head)
        for t in passage.tree.subtree(child.index)
    }  # "gunmen in Sucre": where it was, not who
    words = [
        t
        for t in passage.tree.subtree(head, *_OUTER)
        if t.index not in where
        and not (t.index < head and t.upos == "DET" and t.text.lower() in {"the", "a", "an"})
    ]
    run = [t for t in words if not _before_comma(passage, t.index, head)]
    while len(run) > 1 and run[-1].upos == "PUNCT" and run[-1].index > run[-2].index + 1:
        run.pop()  # a hyphen further on that a parser hangs on one of its words
    return run[0].start, run[-1].end


def _before_comma(passage: Passage, at: int, head: int) -> bool:
    """ "Of these, soldiers killed 11": what opens the sentence is no part of the doer."""
    opens = passage.lowered[0] == "of" and passage.lowered[1:2] in {("these",), ("those",)}
    return opens and any(t.text == "," for t in passage.tokens[at:head])


def _tells_where(passage: Passage, child: Token) -> bool:
    cases = {c.lemma.lower() for c in passage.tree.children(child.index, "case")}
    return bool(cases & _AT) and _is_where(passage, child)


_HOURS = frozenset({"dawn", "dusk", "night", "midnight", "noon", "daybreak", "nightfall"})


def _tells_when(passage: Passage, child: Token, head: int) -> bool:
    """ "Occupation forces at dawn detained …", "of these, soldiers killed 11"."""
    return child.lemma.lower() in _HOURS or (
        child.index < head and passage.lowered[child.index] in {"these", "those", "them"}
    )


def _is_where(passage: Passage, token: Token) -> bool:
    """ "In Sucre", "in Bannang Sata district"."""
    named = token.index and passage.tokens[token.index - 1].entity == "LOC"
    return token.entity == "LOC" or (bool(named) and passage.lemmas[token.index] in _AREAS)


def _identified_as(passage: Passage, head: int) -> int | None:
    """ "The attackers, whom he identified as members of the Red Hills Brigade"; "gunmen believed
    to be of the Front"."""
    tree = passage.tree
    for clause in tree.children(head, "acl"):
        for token in tree.subtree(clause.index):
            cases = {c.text.lower() for c in tree.children(token.index, "case", "mark", "cop")}
            named = any(t.upos == "PROPN" for t in tree.subtree(token.index))
            if "from" in cases:
                continue  # "believed to be from West Pokot": where they come from
            if cases & _AS and named and token.upos in {"NOUN", "PROPN"}:
                return token.index
    return None
