"""Common verbs that say a harm only of people who are counted, or are somebody's own: "took three
fishermen", "held 40 men", "lost two sons"; not "took her children to school".
"""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.claims.able import is_force
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import (
    find_agents,
    find_phrases,
    find_subjects,
    is_passive,
)
from harmledger.extract.harms.company import company_end
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import load_actors

_HIDING = frozenset(
    {"camp", "forest", "bush", "barracks", "base", "mountain", "hideout", "stronghold", "unknown",
     "undisclosed", "jungle", "desert", "cell", "basement"}
)  # fmt: skip
"""Where captors take people."""
_HOLDERS = frozenset(
    {"grave", "pit", "trench", "camp", "town", "city", "village", "shelter", "register", "list",
     "morgue", "mortuary", "bus", "room", "hall", "area", "place", "enclave", "pocket"}
)  # fmt: skip
_HELD_HAPPENINGS = frozenset(
    {"funeral", "election", "talk", "meeting", "ceremony", "trial", "rally", "vigil", "burial",
     "hearing", "vote", "mass", "service", "march", "press", "conference", "protest", "prayer"}
)  # fmt: skip
_OWN_OR_THEM = frozenset({"my", "our", "his", "her", "their", "him", "them", "us", "me"})


_TO_GAMES = re.compile(
    r"[^.;]{0,40}\bto (?:an? )?(?:injur\w+|suspensions?|red cards?|illness|cramp|flu|retirement)\b"
    r"| \d+\s?[-–—:]\s?\d+\b",
    re.I,
)
"""What a team loses players to, or by how much it lost."""


def is_forced(passage: Passage, word: HarmWord, at: int, harmed: tuple[int, ...]) -> bool:
    """Whether a common verb with no company says a harm: people counted, or somebody's own.

    "Armed men took three fishermen", "thirteen were held"; not "holding her baby", "was taken to
    the capital", "they lost several".
    """
    tree = passage.tree
    if word.lemma not in {"take", "hold", "lose", "keep"}:
        return True
    words = [w for h in harmed for w in tree.subtree(h, "acl")]
    counted = any(in_figure(passage, w.index) for w in words)
    if word.lemma == "lose" and _TO_GAMES.match(
        passage.text[passage.tokens[at].end - passage.start :]
    ):
        return False
    if word.lemma == "lose":
        people = any(is_person(passage, h, load_persons()) for h in harmed)
        losers = find_subjects(tree, at)
        bare = counted and any(passage.tokens[s].entity == "LOC" for s in losers)
        own = counted and any(h.text.lower() == "own" for h in words)  # "losing nine of their own"
        return people or bare or own or any(h.upos == "NOUN" for h in words)
    if word.lemma == "keep":
        return _kept(passage, at, counted)
    if word.lemma == "hold":
        planned = tree.tokens[at].deprel == "acl" and passage.lowered[max(0, at - 2)] == "to"
        return not _held_by_place(passage, at, harmed) and (
            (is_passive(tree, at) and not planned) or counted
        )
    taken_in = passage.lowered[at + 1 : at + 2] == ("in",) and in_figure(
        passage, min(at + 2, len(tree.tokens) - 1)
    )
    if word.lemma == "take" and (taken_in or tree.child(at, "compound:prt") is not None):
        return False  # "taken in 83 wounded", "took over"
    to = company_end(passage, ("to",), at)
    if to is not None and not _HIDING & set(passage.lemmas[to : to + 5]):
        return False  # "took her children to school"
    own = any(passage.lowered[w.index] in _OWN_OR_THEM for w in words) or any(
        _is_kin(passage, h) for h in harmed
    )
    by_force = is_passive(tree, at) and any(
        is_force(passage, a, load_actors()) or passage.lemmas[a] in _KEEPERS
        for a in find_phrases(tree, at, "by")
    )  # "a girl was taken by the gunmen"
    done = is_passive(tree, at) or tree.child(at, "nsubj") is not None
    return (counted or own or by_force) and (done or tree.tokens[at].deprel in {"conj", "advcl"})


_KEEPERS = frozenset({"they", "man", "gunman", "kidnapper", "captor", "policeman", "guard"})


_CAPTORS = frozenset(
    {"kidnapper", "captor", "abductor", "gunman", "bandit", "pirate", "insurgent", "jihadist",
     "militant", "raider", "extremist", "hijacker", "terrorist", "gang", "gangster"}
)  # fmt: skip
_HELD = frozenset({"hold", "keep", "round"})


def as_taken_by(passage: Passage, word: HarmWord, at: int) -> HarmWord:
    """The word, of people held or led out of a house by those who are no authority, as one of
    abduction: "the kidnappers still hold ten of the pupils", "armed men took two girls out of the
    house"."""
    if word.harm == "detained" and word.lemma in _HELD:
        by = any(passage.lemmas[a] in _CAPTORS for a in find_agents(passage.tree, at))
    elif word.harm == "displaced" and word.lemma == "take" and word.company[:2] == ("out", "of"):
        agents = find_agents(passage.tree, at)
        by = any(
            is_force(passage, a, load_actors()) or passage.lemmas[a] in _KEEPERS for a in agents
        )
    else:
        return word
    return msgspec.structs.replace(word, harm="abducted") if by else word


def _kept(passage: Passage, at: int, counted: bool) -> bool:
    """ "Soldiers kept eleven parents", "they kept the young women": those who fight do it, and the
    people are counted or let apart from others."""
    tree = passage.tree
    keepers = find_subjects(tree, at) if not is_passive(tree, at) else ()
    actors = load_actors()
    force = any(is_force(passage, k, actors) or passage.lemmas[k] in _KEEPERS for k in keepers)
    return force and (counted or passage.tokens[at].xpos == "VBD")


def _is_kin(passage: Passage, head: int) -> bool:
    """ "Took the couple's daughter": somebody's child or relative."""
    word = load_persons().single.get(passage.lemmas[head])
    owned = passage.tree.child(head, "nmod:poss") is not None
    return owned and word is not None and (word.kin or word.age == "child")


def _held_by_place(passage: Passage, at: int, harmed: tuple[int, ...]) -> bool:
    """ "The town still holds 2,000 civilians", "the funeral of the three was held"."""
    tree = passage.tree
    subjects = (*tree.children(at, "nsubj", "nsubj:pass"),)
    acl = tree.tokens[at].deprel.startswith("acl") and tree.tokens[at].xpos == "VBG"
    heads = [t.index for t in subjects] + ([tree.tokens[at].head] if acl else [])
    for head in heads:
        place = passage.tokens[head].entity == "LOC" or passage.lemmas[head] in _HOLDERS
        site = any(s.first <= head <= s.last for s in passage.sites)
        happening = passage.lemmas[head] in _HELD_HAPPENINGS
        if place or site or (happening and head not in harmed):
            return True
    return False


def held_for_ransom(passage: Passage, last: int) -> tuple[int, ...]:
    """ "The kidnapping for ransom of 48 people": a parser hangs the people on the ransom."""
    if passage.lowered[last + 1 : last + 3] != ("for", "ransom"):
        return ()
    return find_phrases(passage.tree, last + 2, "of")
