"""Those whom only the words around them make soldiers or police: losses of a force, crews,
officers, rangers, deputies of a sheriff (reading rule 25)."""

from __future__ import annotations

import msgspec

from harmledger.core.claim import Victims
from harmledger.extract.claims.told_of import Told
from harmledger.extract.claims.whose_losses import stand_under_losses
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import load_actors

_CREW = frozenset({"pilot", "copilot", "co-pilot", "crewmember", "crewman", "crew"})
_CRAFT = frozenset({"helicopter", "aircraft", "plane", "jet", "tank", "gunship", "warship"})
_SOLDIERLY = frozenset(
    {"army", "military", "navy", "air", "infantry", "colonel", "major", "battalion", "brigade",
     "regiment", "soldier", "troop", "troops", "barracks", "garrison", "gunship"}
)  # fmt: skip
_FIGHTING = frozenset(
    {"patrol", "command", "insurgent", "rebel", "separatist", "militant", "ambush", "army", "troop"}
)  # fmt: skip
"""Beside these, rangers are soldiers and guard no forest."""
_OURS = frozenset({"our", "its", "their"})


def own_losses(one: Told) -> Victims | None:
    """ "The Front lost 17 men", "two of our fighters fell": losses a force tells as its own."""
    tree, passage = one.passage.tree, one.passage
    head = tree.head(one.noun)
    if head is None or head.lemma.lower() != "lose" or one.word.deprel != "obj":
        return _comrades(one)
    men = one.word.text.lower() == "men"
    if men or any(_is_force(passage, subject) for subject in find_subjects(tree, head.index)):
        bare = {"age": None, "sex": None} if men else {}
        return msgspec.structs.replace(one.claim.victims, status="combatant", **bare)
    return None


def labelled(one: Told) -> Victims | None:
    """A number under a label of losses; people called otherwise there are what they are called."""
    bare = one.word.upos not in {"NOUN", "PROPN"}
    if not bare or not stand_under_losses(one.passage.text, one.word.start - one.passage.start):
        return None
    return msgspec.structs.replace(one.claim.victims, status="combatant")


def _comrades(one: Told) -> Victims | None:
    for token in one.passage.tree.subtree(one.noun, "conj", "acl"):
        owned = any(c.text.lower() in _OURS for c in one.passage.tree.children(token.index))
        if owned and one.passage.lemmas[token.index] in {"comrade", "man", "fighter", "boy"}:
            return msgspec.structs.replace(one.claim.victims, status="combatant")
    return None


def _is_force(passage: Passage, head: int) -> bool:
    actors = load_actors()
    inside = passage.tree.subtree(head, "acl", "conj", "appos")
    words = {t.text for t in inside if t.upos == "PROPN"} & _FORCE_NAMES
    return bool(words) or any(
        index.match(passage.lowered, passage.lemmas, t.index) is not None
        for t in inside
        for index in (actors.groups, actors.forces)
    )


_FORCE_NAMES = frozenset(
    {"Front", "Brigade", "Brigades", "Battalion", "Regiment", "Column", "Columns", "Corps",
     "Guard", "Army", "Militia", "Command", "Forces", "Force", "Legion", "Division", "Unit"}
)  # fmt: skip


def soldierly(one: Told) -> Victims | None:
    """The crew of a military aircraft, an officer where soldiers are told of and no police: by the
    sentence itself and the few before it."""
    lemma, victims = one.passage.lemmas[one.noun], one.claim.victims
    near = set(one.passage.lemmas) | {word for earlier in one.context for word in earlier.lemmas}
    if lemma in _CREW and not (_CRAFT & near):
        return None
    if lemma == "ranger" and _FIGHTING & near:
        return msgspec.structs.replace(victims, status="combatant", roles=())
    if lemma not in _CREW | {"officer"} or not (_SOLDIERLY & near) or "police" in near:
        return None
    return msgspec.structs.replace(victims, status="combatant", roles=())


def police_of_sheriff(one: Told, victims: Victims) -> Victims:
    """ "Deputies" beside a sheriff, a shooting or an arrest of theirs are police, no members of a
    parliament; told by the plural without an office named."""
    tree = one.passage.tree
    bare = not tree.children(one.noun, "compound", "amod", "nmod", "appos", "flat")
    if one.passage.lowered[one.noun] != "deputies" or not bare:
        return victims
    return msgspec.structs.replace(victims, status="undetermined", roles=("police",))
