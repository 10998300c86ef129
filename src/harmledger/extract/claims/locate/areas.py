"""Which places go together: one inside the other, or named in one breath."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import cos, hypot, radians

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place

WIDE = frozenset({"country", "continent", "macro_region"})
FINE = frozenset({"town", "admin2", "water"})
_NEAR_KM = 40.0
_BETWEEN = re.compile(
    r"\s*(?:,\s*(?:and\s+|or\s+)?|/|–|and\s+|or\s+|&\s*|as well as\s+)"
    r"(?:(?:in|at|near|the|both)\s+)*(?:(?:city|town|village|district|province)s?\s+of\s+)?",
    re.I,
)
_COMMA_IN = re.compile(r",\s+in\s+(?:the\s+)?(?:\w+\s+of\s+)?", re.I)
_COMMA_ON = re.compile(
    r",\s+(?:at|on|by)\s+(?:the\s+)?(?:(?:\w+\s+)?(?:end|shore|shores|bank|banks|edge|tip|coast|"
    r"mouth)\s+of\s+(?:the\s+)?)?",
    re.I,
)
_COMMA_NEAR = re.compile(r",\s+(?:just\s+)?(?:near|outside|close to|in)\s+", re.I)
_VILLAGE_IN = re.compile(
    r"(?:\s+(?:village|area|hamlet|settlement|neighbou?rhood|camp))?"
    r"(?:,\s+an?\s+(?:[\w-]+\s+){0,3}?(?:village|town|hamlet|settlement|slum|suburb|neighbou?rhood|"
    r"district|quarter|community|area)|,)?\s+(?:in|of)\s+(?:the\s+)?(?:[\w-]+\s+(?:of\s+)?)?",
    re.I,
)
""" "Kuka Babangida, a village in Zamfara", "Gidan Rana in Zamfara"."""
_BRACKET = re.compile(r"\s*\(")
_OWNS = re.compile(r"['’]s?\s+")
_QUARTER = re.compile(
    r"(?:['’]s)?\s+(?:\w+\s+)?(?:district|quarter|neighbou?rhood|suburb|ward|borough|microdistrict)\b",
    re.I,
)
_TOWN_KM = 20.0
"""How far from its middle the quarters of a town lie."""
_KIND_WORD = re.compile(
    r"(?:\s+(?:district|province|region|county|counties|governorate|township|territory|oblast|"
    r"state|prefecture|department)s?)?",
    re.I,
)


def holds(outer: Place, inner: Place) -> bool:
    """Whether one place is said to lie in the other, as far as their entries tell."""
    if outer.kind == "country":
        return outer.country == inner.country and inner.kind != "country"
    if outer.kind == "admin1":
        same = outer.country == inner.country and outer.name == inner.admin1
        return same and inner.kind in {"town", "admin2"}
    return outer.kind in {"admin2", "area"} and inner.kind == "town" and _close(outer, inner)


def agree(one: Place | None, other: Place | None) -> bool:
    """Whether two places may be one: the same, one in the other, or next to each other."""
    if one is None or other is None:
        return True
    if one.members or other.members:
        return any(
            agree(a, b) for a in (one.members or (one,)) for b in (other.members or (other,))
        )
    if one.gazetteer_id is not None and one.gazetteer_id == other.gazetteer_id:
        return True
    if one.gazetteer_id is None and other.gazetteer_id is None:
        return one.as_written.lower() == other.as_written.lower()
    return holds(one, other) or holds(other, one) or (one.name == other.name and _close(one, other))


def _close(one: Place, other: Place, within: float = _NEAR_KM) -> bool:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    east = (one.lon - other.lon) * cos(radians(one.lat))
    return 111.0 * hypot(one.lat - other.lat, east) < within


def find_lists(
    text: str, offset: int, seen: Sequence[SeenPlace]
) -> tuple[tuple[SeenPlace, ...], ...]:
    """Places named in one breath ("in Bucha, Irpin and Hostomel"), each group in text order.

    ``offset`` is where ``text`` starts in the document. A place that only says where the one
    before it lies ("Pandi, Bulacan") is no member.
    """
    groups: list[list[SeenPlace]] = []
    last_end = -1
    for one in sorted(seen, key=lambda s: s.start):
        between = text[last_end - offset : one.start - offset] if groups else ""
        word = _KIND_WORD.match(between)
        rest = between[word.end() :] if word is not None else between
        if groups and last_end <= one.start and _BETWEEN.fullmatch(rest):
            wide = one.place.kind in {*WIDE, "admin1"}
            if wide and any(holds(one.place, member.place) for member in groups[-1]):
                last_end = one.end
                continue
            if _alike(groups[-1][0].place, one.place):
                groups[-1].append(one)
                last_end = one.end
                continue
        groups.append([one])
        last_end = one.end
    return tuple(
        part for group in groups for part in _apart(text[: last_end - offset], offset, group)
    )


def _apart(text: str, offset: int, group: Sequence[SeenPlace]) -> tuple[tuple[SeenPlace, ...], ...]:
    """Two names with a mere comma are a place and what holds it ("Pikit, Cotabato")."""
    if len(group) == 2:
        between = text[group[0].end - offset : group[1].start - offset]
        if between.strip() == "," or _COMMA_NEAR.match(between) is not None:
            return ((group[0],), (group[1],))
    return (tuple(group),)


def _lies_in(between: str, outer: Place, inner: Place | None) -> bool:
    """ "Ngouboua, in Lac province", "Uvira, at the northern end of the lake": the second place only
    says where the first lies; but a district stands for a name that the gazetteer lacks."""
    if outer.kind == "water":
        return _COMMA_ON.fullmatch(between) is not None
    listed = inner is not None and inner.gazetteer_id is not None
    wide = outer.kind in {*WIDE, "admin1", "area"} or (outer.kind == "admin2" and listed)
    return wide and _COMMA_IN.fullmatch(between) is not None


def _alike(one: Place, other: Place) -> bool:
    """Places of one kind of size: a town beside a country is no list of places."""
    wide = (one.kind in WIDE, other.kind in WIDE)
    return wide[0] == wide[1]


def _is_owned(between: str, outer: Place, inner: Place) -> bool:
    """ "Rangamati's Baghaichhari upazila": the first place only says where the second lies."""
    return _OWNS.fullmatch(between) is not None and inner.kind not in {*WIDE, "admin1"}


def _is_quarter(behind: str, outer: Place, inner: Place) -> bool:
    """ "Kharkiv's Saltivka district": a part of a town is that town (reading rule 26)."""
    named = _QUARTER.search(inner.as_written) or _QUARTER.match(behind)
    if outer.kind != "town" or named is None:
        return False
    return inner.gazetteer_id is None or _close(outer, inner, _TOWN_KM)


def _holds_other(between: str, outer: Place, inner: Place) -> bool:
    """ "Gidan Rana in Zamfara": the province of a name that the gazetteer lacks, for which a
    district stands; "the Faskari area of Katsina State": and of one that lies in it."""
    if outer.kind not in {*WIDE, "admin1", "area"} or _VILLAGE_IN.fullmatch(between) is None:
        return False
    return inner.gazetteer_id is None or holds(outer, inner)


def _in_brackets(text: str, offset: int, between: str, seen: SeenPlace) -> bool:
    """ "Drodro (Djugu)", "Boga (Irumu)": what holds the place, in brackets behind it."""
    closed = text[seen.end - offset : seen.end - offset + 1] == ")"
    return closed and _BRACKET.fullmatch(between) is not None


def without_holders(text: str, offset: int, seen: Sequence[SeenPlace]) -> tuple[SeenPlace, ...]:
    """The places but those that only say where another lies ("Pikit, Cotabato", "Boga (Irumu)")."""
    kept: list[SeenPlace] = []
    for group in find_lists(text, offset, seen):
        before = kept[-1] if kept else None
        between = text[before.end - offset : group[0].start - offset] if before else ""
        holder = between.strip() == "," or _lies_in(
            between, group[0].place, before.place if before is not None else None
        )
        holder = holder or _in_brackets(text, offset, between, group[0])
        holder = holder or (
            before is not None and _holds_other(between, group[0].place, before.place)
        )
        if before is not None and _is_owned(between, before.place, group[0].place):
            if len(group) == 1 and _is_quarter(
                text[group[0].end - offset :], before.place, group[0].place
            ):
                continue
            kept.pop()
        if len(group) > 1 or before is None or not holder:
            kept.extend(group)
    return tuple(kept)
