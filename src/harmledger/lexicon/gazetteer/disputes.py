"""Which entries lie in land that more than one side claims (``gazetteer_disputed.yaml``)."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.lexicon.gazetteer.geometry import Box, Point, in_box
from harmledger.lexicon.gazetteer.tables import load_table


class DisputedBox(Value, frozen=True, kw_only=True):
    name: str
    countries: frozenset[str]
    box: Box


class Disputes(Value, frozen=True, kw_only=True):
    countries: frozenset[str]
    regions: frozenset[str]
    """GeoNames codes of first-level divisions."""
    towns: frozenset[int]
    boxes: tuple[DisputedBox, ...]

    @classmethod
    def load(cls) -> Disputes:
        table = load_table("disputed")
        return cls(
            countries=frozenset(table["countries"]),
            regions=frozenset(region.split(":", 1)[1] for region in table["regions"]),
            towns=frozenset(table["towns"]),
            boxes=tuple(
                DisputedBox(
                    name=row["name"],
                    countries=frozenset(row["countries"]),
                    box=tuple(row["box"]),
                )
                for row in table["boxes"]
            ),
        )

    def region(self, alpha3: str, code: str) -> bool:
        first_level = ".".join(code.split(".")[:2])
        return alpha3 in self.countries or first_level in self.regions

    def town(self, alpha3: str, admin1: str | None, geonameid: int, point: Point) -> bool:
        return (
            alpha3 in self.countries
            or admin1 in self.regions
            or geonameid in self.towns
            or any(alpha3 in row.countries and in_box(point, row.box) for row in self.boxes)
        )
