"""What the words beside a site word make of its kind: whose building it is, what is made or kept in
it, what a lorry brings.

The lexicon knows single words and set phrases; which of thousands of pairs a report forms out of
them is told by the pair's first half. Misses what only the rest of the report tells ("the depot",
of an army told of before).
"""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import load_sites

OWNERS = frozenset({"hospital", "other_health", "school", "worship", "detention_centre"})
OWNED = frozenset({"power", "water", "food", "other_civilian", "cultural"})
_WEAPONS = frozenset(
    {"weapon", "weapons", "arm", "arms", "ammunition", "munition", "munitions", "missile", "rocket",
     "drone", "explosive", "explosives", "gunpowder", "tank", "shell", "cartridge", "rifle",
     "artillery"}
)  # fmt: skip
_FORCES = frozenset(
    {"military", "army", "navy", "naval", "militia", "paramilitary", "defence", "defense", "rebel",
     "guerrilla", "brigade", "battalion"}
)  # fmt: skip
_KEPT = re.compile(
    r"\s+(?:for|of|full of|used (?:to|for)|producing|making|assembling|manufacturing|storing|"
    r"that (?:makes|made|produces|produced|stored|assembled))\s+"
    r"(?:(?:the|an?|assembly|production|manufacture|making|make|repair|storage|storing|assembling|"
    r"assemble|producing|produce|store|combat|attack|of|its|their|rebel|guided|long-range|and|"
    r"launching|testing)\s+){0,4}"
    r"(?:weapons?|weaponry|arms|ammunition|munitions|missiles|rockets|drones|explosives|gunpowder|"
    r"shells|mines|bombs)\b",
    re.I,
)
_ROOFED = frozenset(
    {"factory", "plant", "workshop", "depot", "store", "storehouse", "storeroom", "warehouse",
     "building", "compound", "headquarters", "office", "facility", "hangar", "shed", "garage",
     "works", "laboratory", "canteen", "premises", "barn", "foundry", "house"}
)  # fmt: skip
_AID = frozenset(
    {"aid", "relief", "humanitarian", "wfp", "unicef", "unhcr", "icrc", "ngo", "charity",
     "nutrition"}
)  # fmt: skip
_CARRIERS = frozenset({"truck", "lorry", "boat", "barge"})
_OTHER_CLAUSES = ("acl:relcl", "conj", "parataxis", "appos", "advcl")


def settle_kinds(passage: Passage, found: list[SiteMention]) -> list[SiteMention]:
    """The sites of a passage in text order, those of one pair of words joined, with the kind that
    the words beside them give."""
    joined: list[SiteMention] = []
    for site in found:
        before = joined[-1] if joined else None
        if before is not None and _is_room_of(passage, before, site):
            joined[-1] = msgspec.structs.replace(
                site, kind=before.kind, first=before.first, start=before.start
            )
        else:
            joined.append(site)
    return [_by_company(passage, site) for site in joined]


def _is_room_of(passage: Passage, whole: SiteMention, part: SiteMention) -> bool:
    """ "The hospital canteen", "a school library": a part of a facility is that facility (reading
    rule 8); the one word right before the other, and no vehicle."""
    adjoining = whole.last + 1 == part.first and part.start - whole.end <= 1
    if not adjoining or whole.kind not in OWNERS or passage.tokens[whole.last].xpos == "NNS":
        return False
    owned = part.kind in OWNED or (whole.kind == "hospital" and part.kind == "other_health")
    return owned and passage.lemmas[part.noun] not in load_sites().vehicles


def _by_company(passage: Passage, site: SiteMention) -> SiteMention:
    lemma = passage.lemmas[site.noun]
    if site.kind == "other_civilian" and lemma in _ROOFED and _of_arms(passage, site):
        return msgspec.structs.replace(site, kind="military")
    if site.kind == "transport" and lemma in _CARRIERS and _brings_aid(passage, site):
        return msgspec.structs.replace(site, kind="aid_convoy")
    return site


def _of_arms(passage: Passage, site: SiteMention) -> bool:
    """ "A drone factory", "an ammunition store", "a workshop for the assembly of missiles", "the
    army warehouse"."""
    at = site.first - 1
    while at >= 0 and passage.lowered[at] in {"-", "‑", "industrial"}:
        at -= 1
    before = passage.lemmas[at] if at >= 0 and passage.tokens[at].upos != "VERB" else ""
    if before in _WEAPONS or before in _FORCES:
        return True
    return _KEPT.match(passage.text, site.end - passage.start) is not None


def _brings_aid(passage: Passage, site: SiteMention) -> bool:
    """ "A truck chartered by a relief agency", "lorries loaded with aid": by the words of its own
    phrase."""
    words = passage.tree.subtree(site.noun, *_OTHER_CLAUSES)
    return any(passage.lemmas[t.index] in _AID or passage.lowered[t.index] in _AID for t in words)
