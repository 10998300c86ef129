"""Places as the gazetteer names them, at the precision the text allows (contract §2)."""

from __future__ import annotations

from harmledger.core.base import Value


class Place(Value, frozen=True, kw_only=True):
    """``precision`` is UCDP where_prec: 1 exact point, 2 within 25 km, 3 district, 4 province,
    5 fuzzy area, 6 country, 7 water or air. Countries and continents carry no point."""

    as_written: str
    name: str | None = None
    gazetteer_id: str | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: int | None = None
    members: tuple[Place, ...] = ()
    kind: str | None = None
    """town, admin1, admin2, country, continent, macro_region or water."""
    disputed: bool = False
