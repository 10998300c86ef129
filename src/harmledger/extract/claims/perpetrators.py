"""Whom the voice accuses: a force or a nationality on the attack (reading rule 24)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from harmledger.core.base import Value
from harmledger.extract.claims.able import can_do, is_force, phrase_of
from harmledger.extract.claims.doers import find_doer, speaks_only
from harmledger.extract.claims.doing import doers_of
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import ActorLexicon

FindDemonym = Callable[[str], str | None]
_NOT_ACTORS = frozenset({"it", "he", "she", "they", "that", "which", "who", "this"})
_GENERIC = frozenset({"terrorist", "sniper", "tank", "drone", "machine", "suicide", "mob"})
"""Words that say what kind of attack it was, not whose ("sniper fire", "a terrorist attack")."""


class Accused(Value, frozen=True, kw_only=True):
    """Who is accused, and the words that say so (document code points)."""

    name: str
    start: int
    end: int
    rule: str


def find_accused(
    passage: Passage,
    predicate: int,
    actors: ActorLexicon,
    find_demonym: FindDemonym,
    harmed: Collection[int] = (),
) -> Accused | None:
    """The party on the attack: the doer of the harm, else a nationality on an attack noun.

    Own clause before the rest of the passage. ``harmed`` are head tokens of those harmed. Misses
    an actor named only in another sentence, on purpose: rule 24 fills it only from the claim's
    own sentence or one it refers to; a pronoun is named by ``name_accused``.
    """
    for agent in doers_of(passage.tree, predicate):
        accused = _actor(passage, agent, actors, find_demonym)
        tells = agent in harmed or speaks_only(passage, agent)
        if accused is not None and not tells and _does(passage, predicate, actors):
            return _whole_phrase(passage, accused, agent)
    doer = find_doer(passage, predicate, frozenset(harmed), actors)
    if doer is not None:
        start, end = phrase_of(passage, _whose(passage, doer.head))
        name = passage.text[start - passage.start : end - passage.start]
        return Accused(name=name, start=start, end=end, rule=doer.rule)
    return _attack_noun(passage, predicate, actors, find_demonym) or _at_post(
        passage, predicate, actors
    )


def _whose(passage: Passage, head: int) -> int:
    """ "The faction, whose fighters are accused of …": the party that the clause hangs on."""
    owned = any(c.text.lower() == "whose" for c in passage.tree.children(head))
    clause = next((t for t in passage.tree.ancestors(head) if matches(t.deprel, ("acl",))), None)
    if not owned:
        return head
    whose = next(c.index for c in passage.tree.children(head) if c.text.lower() == "whose")
    before = whose - 2 if whose > 1 and passage.tokens[whose - 1].text == "," else whose - 1
    near = before >= 0 and passage.tokens[before].upos in {"NOUN", "PROPN"}
    return clause.head if clause is not None else before if near else head


_POSTS = frozenset({"checkpoint", "roadblock", "barricade", "barrier"})


def _at_post(passage: Passage, predicate: int, actors: ActorLexicon) -> Accused | None:
    """ "Turned back at a checkpoint of the Column", "held at a Guard roadblock": whose post it was
    done at did it."""
    tree = passage.tree
    for token in tree.tokens:
        if passage.lemmas[token.index] not in _POSTS or not tree.governs(predicate, token.index):
            continue
        for child in tree.children(token.index, "nmod", "compound", "nmod:poss", "amod"):
            named = child.upos == "PROPN" and child.entity != "LOC"
            if is_force(passage, child.index, actors) or (named and _owns(passage, child.index)):
                start, end = phrase_of(passage, child.index)
                return Accused(
                    name=passage.text[start - passage.start : end - passage.start],
                    start=start, end=end, rule="perpetrator:post",
                )  # fmt: skip
    return None


def _owns(passage: Passage, head: int) -> bool:
    """Behind "of", or right before the noun; and no place known by that name."""
    token = passage.tokens[head]
    if any(p.start < token.end and token.start < p.end for p in passage.places):
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(head, "case")}
    return not cases or bool(cases & {"of", "by", "'s"})


_OF_SOME = re.compile(r"[,;(–—-]\s*(?:\S+ ){0,4}?of (?:them|whom|these|those)\b[^,;]{0,30}$", re.I)


def accused_of_some(passage: Passage, end: int, accused: Accused) -> bool:
    """ "143 civilians killed, 29 of them by government forces": who did it to some of those
    counted; ``end``: of the words of the claim."""
    if end > accused.start:
        return False
    between = passage.text[end - passage.start : accused.start - passage.start]
    return _OF_SOME.search(between) is not None


def _does(passage: Passage, predicate: int, actors: ActorLexicon) -> bool:
    return actors.bearers.match(passage.lowered, passage.lemmas, predicate) is None


def _whole_phrase(passage: Passage, accused: Accused, head: int) -> Accused:
    """ "members of the Red Hills Brigade" rather than "attackers"; attack nouns stay."""
    if accused.rule != "perpetrator:agent":
        return accused
    start, end = phrase_of(passage, _whose(passage, head))
    name = passage.text[start - passage.start : end - passage.start]
    return Accused(name=name, start=start, end=end, rule=accused.rule)


def accused_by(
    passage: Passage, cue: tuple[int, int], actors: ActorLexicon, find_demonym: FindDemonym
) -> Accused | None:
    """Whom an accusing word points at: "blames X for", "accused X of", "holds X responsible"."""
    tree = passage.tree
    verb = tree.top(*cue)
    if verb is None:
        return None
    for child in tree.children(verb.index, "obj", "nsubj:pass", "obl"):
        cases = {c.lemma.lower() for c in tree.children(child.index, "case")}
        if child.deprel.startswith("obl") and not cases & {"on", "to"}:
            continue
        actor = _actor(passage, child.index, actors, find_demonym) or _attack_noun(
            passage, child.index, actors, find_demonym
        )
        if actor is not None:
            return actor
        if any(t.upos == "PROPN" for t in tree.subtree(child.index, "acl", "appos", "nmod")):
            start, end = tree.span(
                child.index, "acl", "appos", "conj", "cc", "punct", "case", "nmod"
            )
            return Accused(
                name=passage.text[start - passage.start : end - passage.start],
                start=start, end=end, rule="perpetrator:accused",
            )  # fmt: skip
    return None


def _actor(
    passage: Passage, head: int, actors: ActorLexicon, find_demonym: FindDemonym
) -> Accused | None:
    token = passage.tokens[head]
    if token.lemma.lower() in _NOT_ACTORS:
        return None
    start, end = passage.tree.span(
        head, "acl", "appos", "conj", "cc", "punct", "parataxis", "case", "nummod", "det", "nmod",
        "advmod",
    )  # fmt: skip
    hit = _names_force(passage, head, actors)
    attack = actors.attacks.match(passage.lowered, passage.lemmas, head) is not None
    if attack and hit is not None and hit.split()[0] in _GENERIC:
        hit = None  # "sniper fire" names a weapon, no party
    name, rule = passage.text[start - passage.start : end - passage.start], "perpetrator:agent"
    if hit is None:
        nation = _nationality(passage, head, find_demonym)
        if nation is None or not _is_attack(passage, head, actors):
            return None
        # "a US air strike" is a deed, and no party
        name, rule = _party_of(nation, find_demonym), "perpetrator:attack_noun"
    return Accused(name=name, start=start, end=end, rule=rule)


def _names_force(passage: Passage, head: int, actors: ActorLexicon) -> str | None:
    inside = [t.index for t in passage.tree.subtree(head, "acl", "conj", "appos", "nmod")]
    for at in inside:
        for index in (actors.groups, actors.forces):
            hit = index.match(passage.lowered, passage.lemmas, at)
            if hit is not None and hit[0] - 1 >= at:
                return hit[1]
    return None


def _is_attack(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    inside = [t.index for t in passage.tree.subtree(head, "acl", "conj", "appos")]
    return any(
        actors.attacks.match(passage.lowered, passage.lemmas, at) is not None for at in inside
    )


def _nationality(passage: Passage, head: int, find_demonym: FindDemonym) -> str | None:
    for child in passage.tree.children(head, "amod", "compound", "nmod:poss"):
        known = child.text in _BY_LETTERS or find_demonym(child.text) is not None
        if child.text[:1].isupper() and known:
            return child.text
    return None


def _party_of(nation: str, find_demonym: FindDemonym) -> str:
    """ "Russian" on an attack: its forces; a power or a force by its name is itself."""
    return f"{nation} forces" if find_demonym(nation) else nation


_BY_LETTERS = frozenset({"US", "U.S.", "UK", "U.K.", "NATO"})
"""Powers written by their letters ("a US drone strike")."""


def _attack_noun(
    passage: Passage, predicate: int, actors: ActorLexicon, find_demonym: FindDemonym
) -> Accused | None:
    """ "an Israeli air strike", "Russian shelling", "shelling by government forces"."""
    order = sorted(range(len(passage.tokens)), key=lambda at: abs(at - predicate))
    for at in order:
        hit = actors.attacks.match(passage.lowered, passage.lemmas, at)
        if hit is None or not _is_noun(passage.tokens[hit[0] - 1]):
            continue
        noun = hit[0] - 1
        if _only_dates(passage, noun):
            continue
        by = _by_phrase(passage, noun, actors, find_demonym)
        if by is not None:
            return by
        nation = _nationality(passage, noun, find_demonym) or _force_before(passage, at, actors)
        if nation is not None:
            start = next(
                (c.start for c in passage.tree.children(noun) if c.text == nation),
                passage.tokens[at].start,
            )
            end = passage.tokens[noun].end
            name, first = _party_of(nation, find_demonym), min(start, passage.tokens[at].start)
            return Accused(name=name, start=first, end=end, rule="perpetrator:attack_noun")
    return None


def _is_noun(token: Token) -> bool:
    """ "Shelling by the army killed two", "in government shelling": a gerund may name an attack."""
    gerund = token.xpos == "VBG" and matches(token.deprel, ("csubj", "nsubj", "obl", "nmod", "obj"))
    return token.upos in {"NOUN", "PROPN"} or gerund


def _only_dates(passage: Passage, noun: int) -> bool:
    """ "18 attacks since the Russian invasion began": what something is counted from accuses
    nobody."""
    tree = passage.tree
    above = tree.head(noun)
    over = (noun,) if above is None else (noun, above.index)
    return any(c.lemma.lower() == "since" for at in over for c in tree.children(at, "case", "mark"))


def _by_phrase(
    passage: Passage, noun: int, actors: ActorLexicon, find_demonym: FindDemonym
) -> Accused | None:
    tree = passage.tree
    clauses = [c.index for c in tree.children(noun, "acl")]  # "a rocket fired by …"
    for at in (noun, *clauses):
        for child in tree.children(at, "nmod", "obl"):
            cases = {c.lemma.lower() for c in tree.children(child.index, "case")}
            if "by" in cases or ("of" in cases and _names_force(passage, child.index, actors)):
                found = _actor(passage, child.index, actors, find_demonym)
                body = found is None and child.entity != "PER" and "by" in cases
                if body and can_do(passage, child.index, actors):
                    return _as_told(passage, child.index)  # "a strike by the coalition"
                return found
    return None


def _as_told(passage: Passage, head: int) -> Accused:
    start, end = phrase_of(passage, head)
    name = passage.text[start - passage.start : end - passage.start]
    return Accused(name=name, start=start, end=end, rule="perpetrator:attack_noun")


_POWERS = frozenset({"government", "coalition", "regime", "enemy", "settler"})
"""A party on an attack ("government shelling"), and by themselves no force."""


def _force_before(passage: Passage, at: int, actors: ActorLexicon) -> str | None:
    """ "government helicopters", "rebel shelling": a force word that modifies the attack noun."""
    for child in passage.tree.children(at, "compound", "amod", "nmod:poss"):
        hit = actors.forces.match(passage.lowered, passage.lemmas, child.index)
        group = actors.groups.match(passage.lowered, passage.lemmas, child.index)
        if child.lemma.lower() in _GENERIC:
            continue
        word = load_persons().single.get(passage.lemmas[child.index])
        armed = word is not None and word.status == "combatant" and not word.rank
        officer = word is not None and "police" in word.roles and child.deprel == "nmod:poss"
        # "an insurgent attack", "a policeman's bullet"
        power = armed or officer or child.lemma.lower() in _POWERS
        if (hit or group or power) and matches(child.deprel, ("compound", "amod", "nmod")):
            return child.text
    return None
