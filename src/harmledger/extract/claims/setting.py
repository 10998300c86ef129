"""The site where people were harmed: said in its clause, by its attack, or by who they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.no_setting import (
    GOES_OFF,
    STRIKE_NOUNS,
    STRIKES,
    is_speakers,
    may_be_setting,
)
from harmledger.extract.claims.setting_beside import (
    hid_the_bomb,
    is_elsewhere,
    is_its_own,
    is_right_behind,
    is_told_beside,
    without_others,
)
from harmledger.extract.claims.sites import PARTIAL
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import load_means, load_sites

_SETTING_CASES = frozenset(
    {"in", "at", "on", "inside", "outside", "near", "from", "into", "within", "around"}
)
_AT = frozenset(
    {"in", "at", "on", "inside", "outside", "into", "within", "aboard", "onto", "through", "beside",
     "behind", "near", "off", "against", "under", "beneath", "underneath", "out", "upon", "among"}
)  # fmt: skip
_BROUGHT = frozenset({"rush", "bring", "take", "carry", "receive", "pull", "recover", "lift"})
_STOPPED = frozenset(
    {"stop", "intercept", "board", "hijack", "enter", "search", "surround", "invade",
     "flag", "commandeer", "occupy", "empty", "loot", "plunder", "ransack", "waylay"}
)  # fmt: skip
"""What those did first who then killed or took people: "stopped a bus and led away nine"."""
_AWAY = frozenset({"from", "to", "into", "towards", "outside"})
_FALLS_ON = frozenset(
    {"hit", "strike", "shell", "bomb", "attack", "storm", "raid", "bombard", "ambush", "rocket",
     "spray", "riddle", "rake", "strafe"}
)  # fmt: skip
"""Of these the people told next were hurt there; "two houses burned and three were killed" leaves
it open."""
_SET_ALIGHT = frozenset({"burn", "torch", "set"})
_HURT = frozenset({"killed", "injured", "killed_or_injured", "abducted", "detained",
                   "sexual_violence"})  # fmt: skip
_OF_CARE = frozenset({"hospital", "other_health", "displacement_camp", "detention_centre"})
_TURNED_INTO_CELLS = frozenset({"other_civilian"})
"""Held in a stadium, a warehouse, a police station: a place of detention for as long."""
_HELD = frozenset(
    {"hold", "keep", "imprison", "intern", "lock", "jail", "herd", "pen", "confine", "crowd",
     "cram", "pack"}
)  # fmt: skip
_ON_BOARD = re.compile(r"\bon board (?:of )?(?:an? |the |their |his |its )?$", re.I)
_APART = re.compile(r"[;:]|, (?:and|but|while|whereas) ", re.I)


def find_setting(passage: Passage, draft: Draft) -> SiteMention | None:
    """The site where people were harmed: in the clause of the harm word, else where its sentence
    says the attack fell.

    Neither the speaker's own house ("the hospital said") nor where the hurt were taken afterwards
    is a setting; populated areas and roads are places, and a checkpoint is where somebody stands.
    """
    usable = [site for site in passage.sites if may_be_setting(passage, site, draft)]
    usable = without_others(passage, draft, usable)
    ranked = [(_rank(passage, site, draft), site) for site in usable]
    ranked = [pair for pair in ranked if pair[0] > 0]
    torn = [pair for pair in ranked if not hid_the_bomb(passage, pair[1])]
    best = max(torn or ranked, key=lambda pair: (pair[0], -pair[1].start), default=(0, None))
    found = best[1] if best[0] > 0 else None
    if found is not None and passage.lemmas[found.noun] == "ambulance":
        return msgspec.structs.replace(found, kind="transport")  # who was hurt in it rode in it
    held = draft.harm == "detained" and passage.lemmas[draft.predicate] in _HELD
    if found is not None and found.kind in _TURNED_INTO_CELLS and held:
        return msgspec.structs.replace(found, kind="detention_centre")
    return found


def find_site_of_victims(passage: Passage, draft: Draft) -> SiteMention | None:
    """ "Four inmates were dead", "seven passengers were wounded": who they are says where, in a
    sentence that names no site."""
    if draft.counted is None or draft.harm not in _HURT:
        return None
    known, words = load_sites().by_victims, (passage.lowered, passage.lemmas)
    for head in {draft.counted.noun, draft.counted.head}:
        for first in range(max(0, head - 2), head + 1):
            hit = known.match(*words, first)
            if hit is not None and hit[0] == head + 1:
                return SiteMention(
                    kind=hit[1], first=first, last=head, noun=head,
                    start=passage.tokens[first].start, end=passage.tokens[head].end,
                )  # fmt: skip
    return None


def find_site_of_patients(passage: Passage, draft: Draft) -> SiteMention | None:
    """ "Leaving 38 patients without electricity": who is in care is in a place of care."""
    if draft.counted is None or "medicine" in draft.services:
        return None
    for head in (draft.counted.noun, draft.counted.head):
        if passage.lemmas[head] in {"patient", "inpatient", "in-patient"}:
            token = passage.tokens[head]
            return SiteMention(
                kind="hospital", first=head, last=head, noun=head, start=token.start, end=token.end
            )
    return None


def find_left_without(passage: Passage, draft: Draft) -> SiteMention | None:
    """ "Three hospitals without power", "the camp has had no water": the place of care or refuge,
    of the same clause, whose people go without."""
    for site in passage.sites:
        if site.kind not in _OF_CARE or is_speakers(passage, site):
            continue
        cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
        if cases & _AWAY or passage.lemmas[site.noun] in load_sites().vehicles:
            continue
        harm = passage.tokens[draft.predicate].start
        first, last = min(site.end, harm), max(site.start, harm)
        between = passage.text[first - passage.start : last - passage.start]
        if _APART.search(between) is None:
            return site
    return None


def _another_clause(passage: Passage, predicate: int, site: SiteMention) -> bool:
    """ "four were killed and two houses were damaged"; not "hit the station and killed two", nor
    "a mosque was hit; its muezzin lost a leg"."""
    tree = passage.tree
    steps = tree.path(predicate, site.noun)
    if not any(step[1:] in {"conj", "parataxis"} for step in steps):
        return False
    if ">conj>advcl" in "".join(steps) and not any(step.startswith("<") for step in steps):
        return False  # "two were killed and a girl was hurt when a drone hit a block of flats"
    if _is_said_beside(passage, steps, site):
        return False
    if list(steps)[:2] == ["<conj", ">advcl"] and site.noun > predicate:
        return False  # "19 are dead and 54 hurt after rockets hit the station": of both
    above = tree.head(site.noun)
    if above is not None and site.noun < predicate and passage.lemmas[above.index] in _FALLS_ON:
        return False
    shared = tree.child(predicate, "nsubj") is None and not (
        above is not None and passage.lemmas[above.index] in _SET_ALIGHT and site.noun < predicate
    )  # "burned a clinic and killed five": not in it, as far as is said
    return not (shared and above is not None and tree.governs(above.index, predicate))


def _is_said_beside(passage: Passage, steps: Sequence[str], site: SiteMention) -> bool:
    """ "Nineteen are dead, the health office says, after rockets hit the station": the clause of
    the attack hangs on the word of saying that was put in."""
    inner = [step for step in steps if step != "<conj"]
    if inner[:2] != [">parataxis", ">advcl"]:
        return False
    verb = passage.tree.head(site.noun)
    said = passage.tree.head(verb.index) if verb is not None else None
    return said is not None and any(a.cue[0] <= said.start < a.cue[1] for a in passage.attributions)


def _of_other_people(passage: Passage, predicate: int, site: SiteMention) -> bool:
    """ "A couple died in their house, and a boy was shot as he ran": the site of one, not of the
    other, who has a verb of his own; "… and four women held there were raped" comes back to it."""
    tree = passage.tree
    above = tree.head(site.noun)
    if above is None or above.upos != "VERB" or tree.governs(predicate, site.noun):
        return False
    lemma = passage.lemmas[above.index]
    if lemma in GOES_OFF | STRIKES - {"burn"} or _is_hit_by_weapon(passage, above):
        return False
    if not any(step[1:] == "conj" for step in tree.path(predicate, site.noun)):
        return False
    joined = next(
        (t for t in (tree.tokens[predicate], *tree.ancestors(predicate)) if t.deprel == "conj"),
        tree.tokens[predicate],
    )
    own = tree.child(predicate, "nsubj") or tree.child(joined.index, "nsubj")
    alone = own is not None and tree.child(above.index, "nsubj") is not None
    if own is not None and any(
        t.text.lower() in {"them", "those"} for t in tree.subtree(own.index, "acl")
    ):
        return False  # "250 men passed through the jail and 97 of them never came out"
    return alone and "there" not in passage.lowered[site.noun :]


def _stopped_first(passage: Passage, predicate: int, above: Token | None) -> bool:
    """ "Gunmen stopped a bus and led away nine", with one subject for both."""
    if above is None or passage.lemmas[above.index] not in _STOPPED:
        return False
    tree = passage.tree
    joined = tree.governs(above.index, predicate) and predicate > above.index
    steps = tree.path(predicate, above.index)
    return (
        joined
        and all(s[1:] in {"conj", "advcl", "xcomp"} for s in steps)
        and (tree.child(predicate, "nsubj") is None)
    )


def _is_hit_by_weapon(passage: Passage, verb: Token | None) -> bool:
    """ "a missile sheared off the corner of a block": whatever the verb, a weapon does it."""
    if verb is None or verb.upos != "VERB":
        return False
    return any(
        load_means().weapons.match(passage.lowered, passage.lemmas, subject.index) is not None
        for subject in passage.tree.children(verb.index, "nsubj")
    )


def _is_fired_on(passage: Passage, verb: Token | None) -> bool:
    """ "They opened fire on a convoy", "set fire to a minivan": the fire is the verb's object, what
    it fell on hangs beside it."""
    if verb is None or passage.lemmas[verb.index] not in {"open", "set"}:
        return False
    fire = passage.tree.child(verb.index, "obj")
    return fire is not None and passage.lemmas[fire.index] == "fire"


def _comes_under_fire(passage: Passage, verb: Token | None) -> bool:
    """ "Buses waiting at the crossing came under machine-gun fire"."""
    if verb is None or passage.lemmas[verb.index] != "come":
        return False
    return any(
        passage.lemmas[t.index] in STRIKE_NOUNS
        and any(c.lemma.lower() == "under" for c in passage.tree.children(t.index, "case"))
        for t in passage.tree.children(verb.index, "obl")
    )


def _is_listed(passage: Passage, token: Token, above: Token) -> bool:
    """Whether a noun stands behind "and" for the one above it."""
    return (
        matches(token.deprel, ("conj",))
        and above.upos in {"NOUN", "PROPN"}
        and not passage.tree.children(token.index, "case")
    )


_ROOMS = frozenset({"room", "hall", "compound", "premises", "ground", "platform", "queue"})


_GROUPS = frozenset(
    {"block", "row", "string", "cluster", "convoy", "column", "line", "fleet", "queue"}
)
"""Groups told by what they are of: "a block of flats", "a convoy of lorries"."""


def _stands_for_site(passage: Passage, token: Token, above: Token) -> bool:
    """A part of a site, or a room or yard named by it ("a railway waiting room")."""
    lemma = passage.lemmas[above.index]
    of = any(c.lemma.lower() == "of" for c in passage.tree.children(token.index, "case"))
    room = lemma in _ROOMS and (of or matches(token.deprel, ("compound",)))
    return lemma in PARTIAL | _GROUPS or room


def _rank(passage: Passage, site: SiteMention, draft: Draft) -> int:
    """How surely the harm of a draft happened there."""
    if is_right_behind(passage, draft, site) or is_its_own(passage, draft, site):
        return 5
    if is_elsewhere(passage, draft, site):
        return 0
    rank = _setting_rank(passage, site, draft.predicate)
    return rank or (2 if is_told_beside(passage, draft, site) else 0)


def _cases_of(passage: Passage, token: Token, site: SiteMention) -> set[str]:
    """The prepositions before a site; "on board a ferry" is aboard it."""
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    lead = passage.text[: passage.tokens[site.first].start - passage.start]
    return {*cases, "aboard"} if _ON_BOARD.search(lead) else cases


def _setting_rank(passage: Passage, site: SiteMention, predicate: int) -> int:
    """How surely the harm happened there: 0 not at all."""
    tree = passage.tree
    token = tree.tokens[site.noun]
    above = tree.head(site.noun)
    while above is not None and above.upos == "NOUN" and _stands_for_site(passage, token, above):
        token, above = above, tree.head(above.index)  # "the corner of a block"
    if above is not None and _is_listed(passage, token, above):
        token, above = above, tree.head(above.index)  # "torched granaries and the health post"
    head = passage.lemmas[above.index] if above is not None else ""
    cases = _cases_of(passage, token, site)
    inside = tree.governs(predicate, site.noun)
    struck = (
        head in STRIKES or head in STRIKE_NOUNS or _is_hit_by_weapon(passage, above)
        or _is_fired_on(passage, above)
    )  # fmt: skip
    if matches(token.deprel, ("nsubj",)) and _comes_under_fire(passage, above):
        return 2
    if "from" in cases and head in _BROUGHT and site.kind not in _OF_CARE:
        return 1  # "thirteen bodies were brought to us from the market"
    if matches(token.deprel, ("obj", "nsubj:pass")) and struck:
        return 0 if _another_clause(passage, predicate, site) else 2
    if cases & _AT and (matches(token.deprel, ("obl", "nmod")) or token.index == predicate):
        if _of_other_people(passage, predicate, site):
            return 0
        return 4 if inside else 3 if struck else 1
    if matches(token.deprel, ("obj",)) and _stopped_first(passage, predicate, above):
        return 2
    if cases & {"of", "against", "on"} and struck:
        return 3
    if cases == {"to"} and _is_fired_on(passage, above):
        return 0 if _another_clause(passage, predicate, site) else 2
    if matches(token.deprel, ("compound",)) and head in STRIKE_NOUNS:
        return 2
    return 1 if inside and cases & _SETTING_CASES else 0
