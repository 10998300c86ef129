"""Whether an incident lies inside the place and span of a total."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from harmledger.core.claim import Claim
from harmledger.core.place import Place
from harmledger.core.when import When

_RADIUS_KM = {1: 5.0, 2: 25.0, 3: 50.0}
_FAR_NORTH = 0.5
"""Degrees of latitude: more than the largest radius."""


def is_place_inside(inner: Place | None, outer: Place | None) -> bool:
    """``inner`` lies in ``outer``: same entry, same province, same country, or within reach."""
    if inner is None or outer is None:
        return False
    if outer.members:
        return any(is_place_inside(inner, member) for member in outer.members)
    if inner.gazetteer_id and inner.gazetteer_id == outer.gazetteer_id:
        return True
    if outer.precision == 6 or outer.kind == "country":
        return inner.country is not None and inner.country == outer.country
    if outer.precision == 4 or outer.kind == "admin1":
        names = (outer.admin1, outer.name)
        same = inner.admin1 is not None and inner.admin1 in names
        return same and inner.country == outer.country
    return _within_reach(inner, outer)


def _within_reach(inner: Place, outer: Place) -> bool:
    radius = _RADIUS_KM.get(outer.precision or 0)
    if radius is None or None in (inner.lat, inner.lon, outer.lat, outer.lon):
        return False
    if (inner.precision or 7) > 3 or abs((inner.lat or 0.0) - (outer.lat or 0.0)) > _FAR_NORTH:
        return False
    return distance(inner, outer) <= radius


def distance(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres; both places must carry a point."""
    lat1, lon1, lat2, lon2 = (radians(x or 0.0) for x in (a.lat, a.lon, b.lat, b.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def is_time_inside(when: When | None, total: Claim) -> bool:
    """When an incident was is known and lies in the span of the total."""
    if when is None or when.earliest is None or when.latest is None:
        return False
    start = total.occurred.earliest if total.occurred else None
    end = total.occurred.latest if total.occurred else None
    end = end or (total.said_at.at or "")[:10] or None
    if start is not None and when.earliest < start:
        return False
    return end is None or when.latest <= end
