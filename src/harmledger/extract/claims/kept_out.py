"""People and goods that do not get through, with no verb of blocking: "no aid has reached the
town", "300 people were turned back", a truce that held "until the shelling resumed".
"""

from __future__ import annotations

import re

from harmledger.core.claim import Site, SiteKind
from harmledger.extract.claims.denied import Cut, Denied, clause_of, is_figure
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_objects, find_subjects
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.language.lemma import singular
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon

WEATHER = frozenset(
    {
        "snow",
        "flood",
        "rain",
        "landslide",
        "ice",
        "storm",
        "fog",
        "avalanche",
        "mud",
        "river",
        "landslip",
        "earthquake",
        "rockfall",
        "accident",
        "crash",
        "sand",
        "smoke",
    }
)
NOT_SAID = re.compile(r"\b(?:unable|not|n't|never|no|neither|nor|nobody|refus\w+)\b")


AID = frozenset(
    {"aid", "relief", "food", "grain", "flour", "water", "medicine", "humanitarian", "insulin",
     "supply", "rice", "fuel", "millet", "sorghum"}
)  # fmt: skip


def convoy_of(passage: Passage) -> Site | None:
    """The convoy, corridor or vehicles that are blocked: of people leaving, or of aid."""
    for at, lemma in enumerate(passage.lemmas):
        near = set(passage.lemmas[max(0, at - 3) : at] + passage.lemmas[at + 1 : at + 7])
        leaving = bool(near & _LEAVING) and not near & AID
        kind: SiteKind = "evacuation_convoy" if leaving else "aid_convoy"
        carries = set(passage.lemmas[max(0, at - 2) : at] + passage.lemmas[at + 1 : at + 6])
        laden = lemma in _LADEN and (carries & AID or carries & _HELPERS)
        buses = lemma in {"bus", "coach", "minibus"} and leaving
        if lemma in {"convoy", "corridor"} or laden or buses:
            return Site(kind=kind, as_written=passage.tokens[at].text)
    return None


_LEAVING = frozenset({"flee", "evacuate", "evacuation", "evacuee"})
_LADEN = frozenset({"truck", "lorry", "barge", "boat", "tanker", "vehicle"})
_HELPERS = frozenset(
    {"charity", "crescent", "unicef", "wfp", "unhcr", "ngo", "rice", "flour", "insulin", "grain",
     "millet", "sorghum", "chlorine", "vaccine"}
)  # fmt: skip
"""Whose vehicles bring aid, and what they bring."""


_REACH: dict[str, frozenset[str]] = {
    "reach": frozenset(), "enter": frozenset(), "access": frozenset(), "arrive": frozenset(),
    "get": frozenset({"through", "in", "into", "to", "out", "near", "past"}),
    "go": frozenset({"through", "in"}),
    "come": frozenset({"through", "in", "into", "near", "close"}), "pass": frozenset(),
    "make": frozenset({"it"}), "cross": frozenset(), "approach": frozenset(),
    "evacuate": frozenset(), "deliver": frozenset(),
}  # fmt: skip
"""Verbs of getting somewhere, and the words some of them need right behind."""
_SENT_BACK = frozenset({"turn", "send", "force", "push", "hold", "stop", "halt", "order"})
_GATES = frozenset(
    {"crossing", "border", "checkpoint", "roadblock", "bridge", "gate", "frontier", "post",
     "barrier", "exit"}
)  # fmt: skip
_PLACES = frozenset(
    {"town", "city", "village", "area", "district", "camp", "enclave", "region", "site", "prison",
     "prisoner", "detainee", "population", "civilian", "people", "place", "territory", "hospital"}
)  # fmt: skip
VEHICLES = frozenset(
    {"boat", "lorry", "truck", "vehicle", "bus", "convoy", "car", "ship", "ambulance", "barge",
     "ferry", "canoe", "tanker", "train"}
)  # fmt: skip
_UNTIL = frozenset({"before", "until", "till", "hours", "minutes", "hour"})


def not_reached_at(passage: Passage, at: int, know: Denied) -> Cut | None:
    """ "No aid has reached the town", "ambulances could not get to the wounded"."""
    lemma = passage.lemmas[at]
    if passage.tokens[at].upos != "VERB" or lemma not in _REACH:
        return None
    particle = _REACH[lemma]
    follows = passage.lowered[at + 1 : at + (3 if lemma == "get" else 2)]
    if particle and not particle & set(follows):
        return None
    moves = lemma == "get" and passage.tree.child(at, "obj") is not None
    lead = passage.words(max(0, at - 7), at - 1) if at else ""
    if moves or not NOT_SAID.search(lead) or WEATHER & set(passage.lemmas):
        return None
    tree, lexicon = passage.tree, know.services
    subjects = find_subjects(tree, at) or find_subjects(tree, max(0, passage.tokens[at].head))
    for head in with_conjuncts(tree, subjects):
        for token in tree.subtree(head, "acl", "acl:relcl", "parataxis", "advcl", "nmod"):
            hit = lexicon.movement.match(passage.lowered, passage.lemmas, token.index)
            if hit is not None and token.index <= head < hit[0] and not (
                lexicon.services.match(passage.lowered, passage.lemmas, token.index)
                and passage.lemmas[head] not in {"aid", "supply", "supplies"}
            ):  # fmt: skip
                return Cut(predicate=at, services=(), site=convoy_of(passage), first=token.index,
                           last=at, rule=f"access:not_{lemma}")  # fmt: skip
    return None


_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_OPENING = 4
"""How many words may stand before what a sentence is about."""


def stood_before(passage: Passage, rule: str, lexicon: ServiceLexicon) -> bool:
    """ "A truce was agreed on Monday. It was broken after ten minutes": what the pronoun stands for
    opens the sentence right before."""
    words = tuple(w.lower() for w in _WORD.findall(passage.beside))
    lemmas = tuple(singular(w) for w in words)
    begins = range(min(len(words), _OPENING))
    if rule == "break":
        return any({words[n], lemmas[n]} & lexicon.truces for n in begins)
    if rule == "attack":
        return False  # what is shot at is an object struck
    index = lexicon.routes if rule == "close" else lexicon.movement
    return any(index.match(words, lemmas, n) is not None for n in begins)


def no_access_at(passage: Passage, at: int, know: Denied) -> Cut | None:
    """ "Agencies have no access to the town", "without access": to a place or to people, no
    service."""
    if passage.lemmas[at] != "access" or passage.tokens[at].upos != "NOUN":
        return None
    before = passage.lowered[max(0, at - 3) : at]
    if not {"no", "without", "lack", "lacks", "lacked"} & set(before):
        return None
    following = range(at + 1, min(len(passage.tokens), at + 6))
    if any(know.services.services.match(passage.lowered, passage.lemmas, n) for n in following):
        return None
    mover = any(
        know.services.movement.match(passage.lowered, passage.lemmas, n) for n in range(max(0, at))
    )
    if not mover and not any(
        passage.tokens[n].entity == "LOC" or passage.lemmas[n] in _PLACES for n in following
    ):
        return None
    verb = clause_of(passage, at)
    return Cut(predicate=verb, services=(), first=min(verb, at), last=max(verb, at),
               rule="access:no_access")  # fmt: skip


def turned_back_at(passage: Passage, at: int, know: Denied) -> Cut | None:
    """ "Three hundred people were turned back at the border", "stopped 300 people at the
    crossing": people kept from moving."""
    token = passage.tokens[at]
    lemma = passage.lemmas[at]
    if token.upos != "VERB" or lemma not in _SENT_BACK:
        return None
    follows = {
        passage.lowered[n]
        for n in range(at + 1, min(at + 7, len(passage.tokens)))
        if passage.tokens[n].upos != "NOUN"  # "into the back"
        and not any(f.start <= passage.tokens[n].start < f.end for f in passage.figures)
    }  # "around 230" hedges
    plain = lemma in {"stop", "halt", "intercept"}
    if plain and not _GATES & set(passage.lemmas[at:]):
        return None
    if not plain and not follows & {"back", "away", "round", "around"}:
        return None
    if WEATHER & set(passage.lemmas[at + 1 : at + 7]):
        return None
    if plain and _before_worse(passage, at):
        return None
    bare = [
        c.index for c in passage.tree.children(at, "obl")
        if c.index > at and passage.tree.child(c.index, "case") is None
    ]  # fmt: skip
    people = [
        h for h in find_objects(passage.tree, at) or bare
        if is_person(passage, h, know.persons) or is_figure(passage, h)
        or (not plain and passage.lemmas[h] in VEHICLES)
    ]  # fmt: skip
    if plain and all(passage.tokens[h].upos == "PRON" for h in people):
        return None  # "they were stopped at a checkpoint": what became of them is told elsewhere
    if not people or any(_is_fighter(passage, h, know) for h in people):
        return None
    return Cut(predicate=at, services=(), first=min(at, people[0]), last=max(at, people[0]),
               rule=f"access:sent_back:{lemma}")  # fmt: skip


_WORSE = frozenset(
    {"disappear", "vanish", "abduct", "kidnap", "seize", "take", "detain", "arrest", "kill",
     "shoot", "beat", "rape", "rob", "drag", "execute", "hold", "question", "miss", "search"}
)  # fmt: skip


def _before_worse(passage: Passage, at: int) -> bool:
    """ "Disappeared after being stopped at a checkpoint", "stopped a bus at the bridge and took
    nine": the stop only begins what is told."""
    tree, token = passage.tree, passage.tokens[at]
    near = [*tree.children(at, "conj", "parataxis"), *tree.children(at, "advcl")]
    if token.deprel in {"advcl", "conj", "acl", "acl:relcl"} and token.head >= 0:
        near += [tree.tokens[token.head], *tree.ancestors(token.head)][:2]
    return any(passage.lemmas[t.index] in _WORSE for t in near)


def _is_fighter(passage: Passage, head: int, know: Denied) -> bool:
    word = know.persons.single.get(passage.lemmas[head])
    return word is not None and word.status == "combatant"


def truce_over_at(passage: Passage, at: int, know: Denied) -> Cut | None:
    """ "The truce held for two hours before shelling resumed", "12 violations of the ceasefire"."""
    truces = know.services.truces
    if passage.lemmas[at] in {"violation", "breach"} and passage.tokens[at].upos == "NOUN":
        near = set(passage.lemmas[max(0, at - 2) : at + 5])
        if not near & truces or NOT_SAID.search(passage.words(max(0, at - 4), at)):
            return None
        return Cut(predicate=at, services=(), first=at, last=at, rule="access:noun:violation")
    if passage.lemmas[at] not in {"hold", "last", "survive"} or passage.tokens[at].upos != "VERB":
        return None
    subjects = find_subjects(passage.tree, at)
    after = set(passage.lowered[at + 1 :])
    denied = NOT_SAID.search(passage.words(max(0, at - 3), at)) is not None
    if passage.tokens[at].xpos == "VB" and not denied:
        return None  # "is to last until Sunday"
    if not any(passage.lemmas[s] in truces for s in subjects) or not (after & _UNTIL or denied):
        return None
    return Cut(predicate=at, services=(), first=min(*subjects, at), last=at,
               rule="access:truce_over")  # fmt: skip
