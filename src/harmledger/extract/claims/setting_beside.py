"""The site of a harm by what is told beside it: the one right behind the figure, the one whose
watchman it was, the one that was full when the bomb went off, the cart that ran over a mine.

Misses a site that only a pronoun of another sentence resumes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.no_setting import GOES_OFF, STRIKES
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import load_means, load_sites

_BEHIND = re.compile(
    r"(?:\s+(?:people|persons|others|more|men|women|children|civilians|dead|killed|wounded|injured|"
    r"hurt|of them|died|were killed|were hurt|were wounded))*"
    r"\s+(?:in|at|inside|aboard|on board)\s+(?:an?\s+|the\s+|their\s+|his\s+|her\s+)?"
    r"(?:(?!(?:with|of|on|by|and|or|near|for|from|to|when)\b)[\w-]+\s+){0,2}",
    re.I,
)
""" "Nine in a bus, six in a house": a site told of one figure."""
_OPENED = re.compile(r"\s*(?:and\s+|while\s+)?(?:in|at|inside|outside|on)\s+[^,;]*", re.I)
_HIDES = frozenset(
    {"plant", "hide", "place", "conceal", "attach", "strap", "rig", "load", "pack", "bury", "fix",
     "stow", "lay", "mount"}
)  # fmt: skip
_MINES = frozenset(
    {"mine", "landmine", "bomb", "explosive", "explosives", "ied", "device", "ordnance", "shell",
     "trap"}
)  # fmt: skip
_RUNS_ON = frozenset(
    {"hit", "strike", "run", "drive", "roll", "trigger", "detonate", "pass", "go", "set"}
)
_GIVES_WAY = frozenset(
    {"collapse", "burn", "sink", "capsize", "derail", "overturn", "explode", "crumble", "crash",
     "cave"}
)  # fmt: skip
_FALLEN_UPON = frozenset(
    {"loot", "stop", "seize", "hijack", "intercept", "board", "search", "block", "commandeer"}
)  # fmt: skip
_JOINED = frozenset({"conj", "parataxis", "advcl", "xcomp", "ccomp"})


_OF_A_HOME = frozenset(
    {"balcony", "garden", "yard", "courtyard", "porch", "veranda", "terrace", "bed", "doorway",
     "hallway", "compound", "bathroom", "driveway", "gate"}
)  # fmt: skip
_OWN = frozenset({"his", "her", "their", "my", "our"})
_WARDS = frozenset({"patient", "hospital", "ward", "clinic", "prison", "inmate"})


def find_own_room(passage: Passage, draft: Draft) -> SiteMention | None:
    """ "Killed on her balcony", "in their garden": a home, said by a part of somebody's own."""
    if _WARDS & set(passage.lemmas) or passage.lemmas[draft.predicate] in {"die", "succumb"}:
        return None  # "he died in his bed a week later"
    for token in passage.tree.subtree(draft.predicate, "parataxis"):
        owners = passage.tree.children(token.index, "nmod:poss")
        if passage.lemmas[token.index] not in _OF_A_HOME or not matches(
            token.deprel, ("obl", "nmod")
        ):
            continue
        cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
        if cases & {"in", "on", "at"} and any(passage.lowered[o.index] in _OWN for o in owners):
            return SiteMention(
                kind="home", first=token.index, last=token.index, noun=token.index,
                start=token.start, end=token.end,
            )  # fmt: skip
    return None


def is_right_behind(passage: Passage, draft: Draft, site: SiteMention) -> bool:
    """ "Ten were killed in a market and seven in a school": right behind the draft's own figure."""
    return any(_reaches(passage, f.end, site) for f in draft.figures)


def _reaches(passage: Passage, end: int, site: SiteMention) -> bool:
    if site.start <= end or site.kind == "populated_area":
        return False
    between = passage.text[end - passage.start : site.start - passage.start]
    joined = passage.text[site.end - passage.start : site.end - passage.start + 1] == "-"
    return not joined and _BEHIND.fullmatch(between) is not None


def without_others(
    passage: Passage, draft: Draft, sites: Sequence[SiteMention]
) -> list[SiteMention]:
    """The sites but those told of another figure alone, or in another part of the sentence than the
    one that names a site for this harm ("in the market, six; at the station, two")."""
    if len(sites) < 2 and len(passage.figures) < 2:
        return list(sites)
    own = {f.start for f in draft.figures}
    counts = [f for f in passage.figures if f.kind == "count"]
    others = [f for f in counts if f.start not in own]
    kept = [
        s for s in sites
        if not any(_reaches(passage, f.end, s) for f in others)
        or is_right_behind(passage, draft, s)
        or not own
    ]  # fmt: skip
    kept = kept or list(sites)  # "471 were killed and 342 injured at the hospital"
    here = _part_of_sentence(passage, draft.start)
    beside = [s for s in kept if here[0] <= s.start < here[1]]
    fronted = [s for s in beside if _leads(passage, s, here[0])]
    return fronted if fronted and len(fronted) < len(kept) else kept


def _part_of_sentence(passage: Passage, at: int) -> tuple[int, int]:
    """The stretch between semicolons around a point of the sentence."""
    first = passage.text.rfind(";", 0, max(0, at - passage.start)) + 1
    last = passage.text.find(";", max(0, at - passage.start))
    return passage.start + first, passage.end if last < 0 else passage.start + last


def _leads(passage: Passage, site: SiteMention, start: int) -> bool:
    """Whether a part of a sentence opens with the site: "; at the bus station, two"."""
    lead = passage.text[start - passage.start : site.start - passage.start]
    opened = re.fullmatch(
        r"\s*(?:and\s+|while\s+)?(?:in|at|inside|outside|on)\s+[^,;]*", lead, re.I
    )
    return start > passage.start and opened is not None


def hid_the_bomb(passage: Passage, site: SiteMention) -> bool:
    """ "A bomb planted on a motorcycle ripped through a market": what the bomb was in comes after
    what it tore apart."""
    above = passage.tree.head(site.noun)
    return (
        above is not None and passage.lemmas[above.index] in _HIDES and _is_vehicle(passage, site)
    )


def is_elsewhere(passage: Passage, draft: Draft, site: SiteMention) -> bool:
    """ "Two died in a strike on a shop in Huliaipole and three were hurt in Orikhiv": a clause of
    its own that says itself where, in another town than the site's."""
    tree = passage.tree
    if tree.governs(draft.predicate, site.noun) or len(passage.places) < 2:
        return False
    if not any(step[1:] == "conj" for step in tree.path(draft.predicate, site.noun)):
        return False
    own = [s for s in passage.places if (t := tree.at(s.start)) and t.head == draft.predicate]
    theirs = [s for s in passage.places if s not in own]
    return bool(own) and any(s.place.kind == own[0].place.kind for s in theirs)


def is_told_beside(passage: Passage, draft: Draft, site: SiteMention) -> bool:
    """Whether a clause beside the harm word's tells that the site was what the attack fell on."""
    verb = passage.tree.head(site.noun)
    if verb is None:
        return False
    subject = matches(passage.tokens[site.noun].deprel, ("nsubj",))
    if subject and _is_target(passage, verb, draft.predicate):
        return True
    if subject and _goes_with(passage, verb, draft.predicate):
        if _is_vehicle(passage, site) and _ran_on_a_mine(passage, verb):
            return True
        if passage.lemmas[verb.index] in _GIVES_WAY and _comes_of_it(passage, verb, draft):
            return True
        if _was_it_when(passage, verb, draft.predicate):
            return True
    return False


def _is_vehicle(passage: Passage, site: SiteMention) -> bool:
    return passage.lemmas[site.noun] in load_sites().vehicles


def _goes_with(passage: Passage, verb: Token, predicate: int) -> bool:
    """Whether two clauses hang together with nothing but joins between them, "and" only before what
    came of it."""
    steps = [step[1:].split(":")[0] for step in passage.tree.path(predicate, verb.index)]
    joined = all(step in _JOINED for step in steps)
    return joined and ("conj" not in steps or verb.index < predicate)


def _comes_of_it(passage: Passage, verb: Token, draft: Draft) -> bool:
    """ "The block collapsed, killing seven", "a train was derailed; six died"; "and a shop burned"
    tells another matter."""
    if verb.index > draft.predicate:
        return False
    word = passage.tokens[draft.predicate]
    while matches(word.deprel, ("conj",)) and word.head > verb.index:
        word = passage.tokens[word.head]  # "killing seven and trapping four"
    if matches(word.deprel, ("parataxis",)):
        return word.head == verb.index
    return matches(word.deprel, ("advcl", "xcomp")) and not passage.tree.child(word.index, "nsubj")


def _ran_on_a_mine(passage: Passage, verb: Token) -> bool:
    if passage.lemmas[verb.index] not in _RUNS_ON:
        return False
    return any(
        passage.lemmas[t.index] in _MINES for t in passage.tree.children(verb.index, "obj", "obl")
    )


def _is_target(passage: Passage, word: Token, predicate: int) -> bool:
    """ "The market was the target of an attack that killed nine"."""
    named = passage.lemmas[word.index] in {"target", "scene", "site"}
    return named and passage.tree.governs(word.index, predicate)


def _was_it_when(passage: Passage, verb: Token, predicate: int) -> bool:
    """ "The mosque was packed when the bomb went off, killing 31"."""
    tree = passage.tree
    for clause in tree.children(verb.index, "advcl"):
        marks = {passage.lowered[t.index] for t in tree.children(clause.index, "mark", "advmod")}
        fell = passage.lemmas[clause.index] in GOES_OFF | STRIKES
        armed = any(
            load_means().weapons.match(passage.lowered, passage.lemmas, s.index) is not None
            for s in tree.children(clause.index, "nsubj")
        )
        if marks & {"when", "as", "while"} and (fell or armed) and clause.index != predicate:
            return True
    return False


def is_its_own(passage: Passage, draft: Draft, site: SiteMention) -> bool:
    """ "A school was burned and its watchman beheaded", "the ambulance was hit and its driver
    killed": people of the site struck just before."""
    verb = passage.tree.head(site.noun)
    if draft.counted is None or verb is None or site.noun > draft.counted.noun:
        return False
    struck = passage.lemmas[verb.index] in STRIKES | _FALLEN_UPON
    if not struck or not matches(passage.tokens[site.noun].deprel, ("obj", "nsubj:pass")):
        return False
    nouns = {draft.counted.noun, draft.counted.head}
    nouns |= {m.noun for m in draft.counted.members}
    owners = {
        passage.lowered[t.index] for n in nouns for t in passage.tree.children(n, "nmod:poss")
    }
    plural = passage.tokens[site.noun].xpos == "NNS"
    return "its" in owners or (plural and "their" in owners)
