"""Evidence from what happened: what was struck, with what, by whom, and who was harmed."""

from __future__ import annotations

from harmledger.lexicon.linking import Linking
from harmledger.link.judging import NOTHING, Evidence
from harmledger.link.reach import Distance
from harmledger.link.signature import NEUTRAL_SITES, Signature, Tokens
from harmledger.link.sitenames import are_other, find_alike
from harmledger.link.spots import SCENE

_LIKE_SITES = (
    frozenset({"hospital", "other_health"}),
    frozenset({"home", "shelter"}),
    frozenset({"school", "shelter", "displacement_camp"}),
    frozenset({"aid_convoy", "evacuation_convoy", "transport"}),
    frozenset({"market", "food"}),
)
_LIKE_WEAPONS = (
    frozenset({"rocket", "missile", "artillery", "mortar", "tank", "cluster"}),
    frozenset({"air_dropped_bomb", "missile", "rocket", "drone", "cluster"}),
    frozenset({"ied", "mine", "grenade"}),
    frozenset({"fire", "chemical", "blockade", "other"}),
)
_BLOW = "attack"
_FAMILIES = (_BLOW, "custody", "obstruction", "deprivation", "flight", "burial")
_NEAR_FAMILIES = frozenset({_BLOW, "custody"})
_VAGUE = "other_civilian"


def judge_site(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> Evidence:
    """The same named site, the same kind of site, or another."""
    w = lexicon.weights
    if a.site_names and b.site_names:
        alike = find_alike(a.site_names, b.site_names)
        if alike is not None:
            one, other = map(str, alike)
            named = one if one == other else f"{one} / {other}"
            return w["same_site_name"], f"the same named site ({named})"
        if a.sites & b.sites and are_other(a.site_names, b.site_names):
            return w["other_site_name"], "another site by name"
    left, right = a.sites - NEUTRAL_SITES, b.sites - NEUTRAL_SITES
    if not left or not right:
        vague = a if right else b
        if _VAGUE not in vague.sites or not (left or right):
            return NOTHING
        if any(kind == SCENE for kind, _ in vague.spots):
            return w["other_site_kind"], "another kind of site"
        return w["vague_site_kind"], "another kind of site, as far as it is told"
    if left & right:
        rare = left & right - lexicon.common_sites
        weight = w["same_site_kind"] if rare else w["same_common_site"]
        return weight, f"the same kind of site ({min(rare or left & right)})"
    if any(left & like and right & like for like in _LIKE_SITES):
        return w["like_site_kind"], "a like kind of site"
    return w["other_site_kind"], "another kind of site"


def are_other_names(a: Signature, b: Signature) -> bool:
    """Both name a site, and no name of one is a name of the other."""
    return are_other(a.site_names, b.site_names)


def judge_harm(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> Evidence:
    """A blow, a siege, a blocked road, a grave and an arrest are seldom one incident. Most
    reports tell of a blow; that two tell of one says nothing."""
    if not a.families or not b.families:
        return NOTHING
    if _BLOW in a.families and _BLOW in b.families:
        return NOTHING
    main = main_family(a)
    if main == main_family(b):
        # the harm a document is about says little within it
        told = lexicon.weights["same_harm"] if a.groups and b.groups else 0.0
        return told, f"the same kind of harm ({main})"
    if a.families & b.families:
        return lexicon.weights["raid_harm"], "a kind of harm that is not its main one"
    both = a.families | b.families
    if both == _NEAR_FAMILIES:
        return lexicon.weights["raid_harm"], "another kind of harm, of one raid"
    far = "burial" in both or {_BLOW, "deprivation"} <= both
    kind = "far_harm" if far else "other_harm"
    return lexicon.weights[kind], "another kind of harm"


def main_family(signature: Signature) -> str:
    """What an incident is first of all: a blow, if there was one."""
    return min(signature.families, key=_FAMILIES.index)


def judge_means(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """From the air or from the ground; which weapon."""
    w = lexicon.weights
    if a.weapons and b.weapons and not _are_like_weapons(a.weapons, b.weapons):
        return w["other_means"], "other weapons"
    if a.launches and b.launches and not a.launches & b.launches:
        # a missile is of the air to one report and of the ground to another
        return NOTHING if a.weapons & b.weapons else (w["other_means"], "other means")
    if a.weapons and b.weapons and not a.weapons & b.weapons:
        return w["like_means"], "weapons taken for one another"
    if a.weapons & b.weapons:
        return w["same_weapon"], "the same weapon"
    if a.launches & b.launches:
        return w["same_means"], "the same means"
    return NOTHING


def _are_like_weapons(a: Tokens, b: Tokens) -> bool:
    """The same, or often taken for one another."""
    return bool(a & b) or any(a & like and b & like for like in _LIKE_WEAPONS)


def judge_parties(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Who is held responsible. Disputed blame is no proof of two incidents where the object is
    one; two who did it to nothing in common did two things."""
    if not a.parties or not b.parties:
        return NOTHING
    if a.parties & b.parties:
        return lexicon.weights["same_party"], "the same party is blamed"
    if _is_object_open(a, b):
        return lexicon.weights["other_party"], "another party is blamed"
    return lexicon.weights["other_party_elsewhere"], "another party is blamed, for no one object"


def _is_object_open(a: Signature, b: Signature) -> bool:
    """They share what was struck, are prints of one report, or it is not told what one of them
    struck: then two names are as often one disputed deed, and a person has to part the two."""
    if not a.groups.isdisjoint(b.groups) or not (a.sites and b.sites):
        return True
    if not (a.sites - NEUTRAL_SITES).isdisjoint(b.sites):
        return True
    return find_alike(a.site_names, b.site_names) is not None or not a.spots.isdisjoint(b.spots)


def judge_victims(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Who was harmed, by role."""
    if a.roles & b.roles:
        return lexicon.weights["same_victims"], "the same kind of victims"
    return NOTHING


def judge_objects(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """The same number of objects of the same kind describes the objects; another number is
    evidence of nothing."""
    if a.objects & b.objects and a.sites & b.sites:
        return lexicon.weights["same_objects"], "as many objects of the same kind"
    return NOTHING
