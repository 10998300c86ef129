"""Whether what a verb acts on is an object of the sort the verb asks for.

"Hijacked a bus" says a harm of vehicles alone, "cut the main" of what carries water, power or
speech, "occupied the school" of a place of civilian life that those who fight do it to. Misses
occupiers who are named in another sentence.
"""

from __future__ import annotations

from harmledger.extract.claims.able import is_force
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_agents, find_objects, is_passive
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import Who
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import load_actors, load_scope, load_sites

SORTS: frozenset[Who] = frozenset({"vehicles", "lines", "held"})
_LINES = frozenset(
    {"line", "main", "pipeline", "pipe", "cable", "wire", "grid", "network", "canal", "aqueduct",
     "railway", "railroad", "antenna", "pylon", "track"}
)  # fmt: skip
_HELD = frozenset(
    {"hospital", "other_health", "school", "worship", "cultural", "media", "food", "aid_convoy",
     "displacement_camp", "shelter", "water", "power", "home"}
)  # fmt: skip
_HELD_TOO = frozenset(
    {"warehouse", "depot", "office", "store", "storehouse", "storeroom", "orphanage", "premises",
     "compound", "shop", "laboratory", "archive", "supermarket"}
)  # fmt: skip
_PEOPLE_WHO_FIGHT = frozenset(
    {"they", "man", "youth", "raider", "looter", "bandit", "thief", "invader", "crowd", "mob",
     "thug", "intruder", "vigilante", "unit", "patrol", "squad", "troop", "he"}
)  # fmt: skip
_STAY = frozenset({"live", "sleep", "camp", "shelter", "stay", "move", "use"})
_SHUT_IN = frozenset({"hole", "barricade"})
_RUIN = frozenset({"damage", "destroy", "ruin", "wreck"})
"""Said of things, and of no people."""
_ROBBED = frozenset({"break", "burgle", "rob", "empty", "clean", "strip"})
"""Said in the passive, these need nobody to be named."""


def of_sort(passage: Passage, at: int, heads: tuple[int, ...], who: Who) -> tuple[int, ...]:
    """Those of ``heads`` that are objects of this sort, done to by those who fight where asked."""
    sites = ((h, _site(passage, h) or counted_object(passage, h)) for h in heads)
    found = tuple(h for h, site in sites if site is not None and _is(passage, site, who))
    return found if who != "held" or _by_fighters(passage, at) else ()


def counted_object(passage: Passage, head: int) -> SiteMention | None:
    """ "Of the ward's 410 houses, 230 were torched", "ambushed nine lorries and set three alight":
    the objects told before it that a bare number counts, unless it has a noun of its own or people
    stand nearer."""
    if not in_figure(passage, head) or passage.tokens[head].upos != "NUM":
        return None
    if passage.tree.child(head, "nmod", "obl") is not None and _owned(passage, head):
        return None
    return plural_before(passage, head)


def plural_before(passage: Passage, head: int) -> SiteMention | None:
    """The last objects in the plural before a word that counts no noun of its own, unless people
    stand nearer."""
    before = [s for s in passage.sites if s.last < head and s.kind != "populated_area"]
    plural = [s for s in before if passage.tokens[s.noun].xpos in {"NNS", "NNPS"}]
    number = passage.tokens[head].upos == "NUM"
    if not plural and number and passage.lemmas[passage.tokens[head].head] in _RUIN:
        plural = before[-1:]  # "one house was destroyed, four damaged"
    if not plural:
        return None
    near = plural[-1]
    of_whom = passage.tokens[near.noun].head
    around = [*range(near.last + 1, head), *([of_whom] if of_whom >= 0 else [])]
    persons = load_persons()
    people = any(
        passage.tokens[n].upos == "NOUN" and is_person(passage, n, persons) for n in around
    )
    return None if people else near


def _owned(passage: Passage, head: int) -> bool:
    """ "Two of the men": the number says itself what it counts."""
    return any(
        any(c.lemma.lower() == "of" for c in passage.tree.children(t.index, "case"))
        and passage.lowered[t.index] not in {"them", "these", "those", "which"}
        for t in passage.tree.children(head, "nmod", "obl")
    )


def _site(passage: Passage, head: int) -> SiteMention | None:
    near = {head, *(c.index for c in passage.tree.children(head, "nmod", "compound"))}
    return next((s for s in passage.sites if any(s.first <= n <= s.last for n in near)), None)


def _is(passage: Passage, site: SiteMention, who: Who) -> bool:
    noun = passage.lemmas[site.noun]
    if who == "vehicles":
        return noun in load_sites().vehicles
    if who == "lines":
        return noun in _LINES
    return site.kind in _HELD or noun in _HELD_TOO


def _by_fighters(passage: Passage, at: int) -> bool:
    """Whether those who fight do it: by what they are called, or nobody is named and the sentence
    speaks of violence. "They live in the school" may be anybody."""
    actors, persons = load_actors(), load_persons()
    agents = find_agents(passage.tree, at)
    if any(is_force(passage, a, actors) for a in agents):
        return True
    if passage.lemmas[at] in _STAY:
        return False
    if not agents and passage.lemmas[at] in _SHUT_IN:
        agents = find_objects(passage.tree, at)  # "thousands are holed up in the monastery"
        if any(in_figure(passage, a) for a in agents):
            return False
    if any(passage.lemmas[a] in _PEOPLE_WHO_FIGHT for a in agents):
        return True
    if not agents and is_passive(passage.tree, at) and passage.lemmas[at] in _ROBBED:
        return True
    violence = load_scope().violence
    violent = bool(violence.find_all(passage.lowered, passage.lemmas))
    people = (a for a in agents if passage.tokens[a].upos == "NOUN")
    return violent and not any(is_person(passage, a, persons) for a in people)
