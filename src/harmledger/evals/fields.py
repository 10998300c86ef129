"""Does a claim read say what the person entered? Field by field.

A field is *asked* where either side states something: silence that both keep earns nothing, and a
value made up counts as wrong. Bounds, stance, modality, part and voice are always asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from harmledger.core.claim import Claim
from harmledger.core.place import Place
from harmledger.evals.gold import GoldClaim, find_days
from harmledger.evals.names import PlaceIds, no_ids, places_agree, voices_agree

WHOLE = (
    "low",
    "high",
    "unit",
    "scope",
    "stance",
    "modality",
    "part",
    "status",
    "age",
    "roles",
    "site",
    "services",
    "place",
    "date",
    "voice",
    "perpetrator",
)
"""A claim is whole when every asked one of these is right."""
FURTHER = ("sex", "extent", "cause")
"""Compared and reported, not required of a whole claim."""

Shown = tuple[object, object]
"""Wanted and read, for people."""


def compare_fields(gold: GoldClaim, claim: Claim, ids_of: PlaceIds = no_ids) -> dict[str, bool]:
    """Every asked field, and whether it is right. ``ids_of`` knows places under other names."""
    shown = show_fields(gold, claim)
    judges = _JUDGES | {"place": partial(_same_place, ids_of)}
    return {
        name: judges.get(name, _same)(gold, claim, shown[name])
        for name in (*WHOLE, *FURTHER)
        if _is_asked(name, gold, shown[name])
    }


def show_fields(gold: GoldClaim, claim: Claim) -> Mapping[str, Shown]:
    """What was wanted and what was read, for every field; None for silence."""
    quantity, victims = claim.quantity, claim.victims
    return {
        "low": (gold.low, quantity.low),
        "high": (gold.high, quantity.high),
        "unit": (gold.unit, quantity.unit),
        "scope": (gold.scope, quantity.scope),
        "stance": (gold.stance, claim.stance),
        "modality": (gold.modality, claim.modality),
        "part": (gold.part_of is not None, claim.part_of is not None),
        "status": (_stated(gold.status), _stated(victims.status)),
        "age": (gold.age, victims.age),
        "roles": (_listed(gold.roles), _listed(victims.roles)),
        "site": (gold.site, claim.site.kind if claim.site else None),
        "services": (_listed(gold.services), _listed(claim.services)),
        "place": (gold.place, _where(claim.place, gold.place)),
        "date": (gold.date, _when(claim, gold.date)),
        "voice": (gold.voice, " / ".join(_voice_names(claim)) or None),
        "perpetrator": (gold.perpetrator, _accused(claim)),
        "sex": (gold.sex, victims.sex),
        "extent": (gold.extent, quantity.extent),
        "cause": (gold.cause, claim.cause),
    }


def _is_asked(name: str, gold: GoldClaim, shown: Shown) -> bool:
    if name == "unit":
        return gold.unit is not None and (gold.low, gold.high) != (None, None)
    if name in ("scope", "extent", "cause"):
        return shown[0] is not None
    return name in ("low", "high", "stance", "modality", "part", "voice") or shown != (None, None)


def _same(gold: GoldClaim, claim: Claim, shown: Shown) -> bool:
    return shown[0] == shown[1]


def _same_place(ids_of: PlaceIds, gold: GoldClaim, claim: Claim, shown: Shown) -> bool:
    """One name: the place or its only member goes by it. Several: every one of them is there and
    no other."""
    if gold.place is None or claim.place is None:
        return False
    place = claim.place

    def agree(wanted: str, read: Place) -> bool:
        return places_agree(wanted, read, ids_of)

    if isinstance(gold.place, str):
        read = (place, *place.members)
        return len(place.members) < 2 and any(agree(gold.place, one) for one in read)
    members = place.members or (place,)
    return all(any(agree(name, one) for one in members) for name in gold.place) and all(
        any(agree(name, one) for name in gold.place) for one in members
    )


def _same_date(gold: GoldClaim, claim: Claim, shown: Shown) -> bool:
    if gold.date is None or claim.occurred is None:
        return False
    return find_days(gold.date) == (claim.occurred.earliest or "", claim.occurred.latest or "")


def _same_voice(gold: GoldClaim, claim: Claim, shown: Shown) -> bool:
    """The originator alone; who passed it on is another question."""
    names = _voice_names(claim)
    return not names if gold.voice is None else voices_agree(gold.voice, names)


def _same_accused(gold: GoldClaim, claim: Claim, shown: Shown) -> bool:
    accused = claim.alleged_perpetrator
    if gold.perpetrator is None or accused is None:
        return False
    return voices_agree(gold.perpetrator, (accused.name, accused.as_written))


_JUDGES: dict[str, Callable[[GoldClaim, Claim, Shown], bool]] = {
    "date": _same_date,
    "voice": _same_voice,
    "perpetrator": _same_accused,
}


def _stated(status: str | None) -> str | None:
    return None if status == "undetermined" else status


def _listed(words: Iterable[str]) -> tuple[str, ...] | None:
    return tuple(sorted(set(words))) or None


def _place_names(place: Place | None) -> tuple[str, ...]:
    if place is None:
        return ()
    own = [name for name in (place.name, place.as_written) if name]
    members = [m.name or m.as_written for m in place.members]
    return tuple(dict.fromkeys([*own, *members]))


def _where(place: Place | None, wanted: object) -> str | None:
    """A place the gazetteer does not know, only its words kept, is as good as no place where the
    person entered none either (docs/annotation.md: "the name as a gazetteer has it, or null")."""
    if place is None or (wanted is None and place.name is None and not place.members):
        return None
    return ", ".join(_place_names(place)) or None


def _voice_names(claim: Claim) -> tuple[str, ...]:
    if not claim.voice:
        return ()
    first = claim.voice[0]
    names = (first.name, first.organisation, first.role, first.as_written)
    return tuple(dict.fromkeys(name for name in names if name))


def _accused(claim: Claim) -> str | None:
    return claim.alleged_perpetrator.as_written if claim.alleged_perpetrator else None


def _when(claim: Claim, wanted: str | None) -> str | None:
    """Words that cannot be anchored say no day (contract, `occurred`): where the person entered
    none either, both are silent."""
    when = claim.occurred
    if when is None or (when.edtf is None and wanted is None):
        return None
    return when.edtf or f"{when.as_written!r} (not anchored)"
