"""How one report sees one incident: what it leaves out, blurs and gets wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from types import MappingProxyType

from harmledger.core.base import Value
from harmledger.core.claim import AllegedPerpetrator, Means, Site, SiteKind
from harmledger.core.place import Place
from harmledger.core.when import When, edtf_interval
from harmledger.evals.synthetic.names import respell
from harmledger.evals.synthetic.recipe import Recipe
from harmledger.evals.synthetic.world import Event, Town

_LIKE: Mapping[SiteKind, SiteKind] = MappingProxyType(
    {
        "hospital": "other_health",
        "other_health": "hospital",
        "home": "populated_area",
        "market": "food",
        "displacement_camp": "shelter",
        "aid_convoy": "transport",
    }
)
_ANY: tuple[SiteKind, ...] = ("home", "school", "market", "transport", "other_civilian")
_LATE = 7
"""Days after which a report is nearly always dated."""


class Seen(Value, frozen=True, kw_only=True):
    """Where, when, what and who, as one report has it."""

    place: Place | None
    occurred: When | None
    site: Site | None
    means: Means | None
    accused: AllegedPerpetrator | None
    hour: str


def see_event(
    event: Event, published: int, towns: Sequence[Town], recipe: Recipe, chance: Random
) -> Seen:
    """The incident as a report published on day ``published`` tells it."""
    return Seen(
        place=_see_place(event, towns, recipe, chance),
        occurred=_see_day(event, published, recipe, chance),
        site=_see_site(event, recipe, chance),
        means=_see_means(event, recipe, chance),
        accused=_see_actor(event, recipe, chance),
        hour=_see_hour(event, recipe, chance),
    )


def _see_place(event: Event, towns: Sequence[Town], recipe: Recipe, chance: Random) -> Place | None:
    draw = chance.random()
    if draw < recipe.province_only:
        name = event.town.province
        return Place(
            as_written=f"{name} province",
            name=name,
            gazetteer_id=f"made:{name}",
            country=event.town.country,
            admin1=name,
            precision=4,
            kind="admin1",
        )
    if draw < recipe.province_only + recipe.country_only:
        return Place(as_written="", country=event.town.country, precision=6, kind="country")
    town = event.town
    if chance.random() < recipe.mistaken_place:
        town = chance.choice(towns)
    if chance.random() < recipe.other_spelling:
        name = respell(town.name, chance)
        return Place(as_written=name, name=name, country=town.country, precision=1, kind="town")
    return name_town(town, 2 if chance.random() < recipe.near_only else 1)


def name_town(town: Town, precision: int) -> Place:
    """A town as the gazetteer has it."""
    return Place(
        as_written=town.name,
        name=town.name,
        gazetteer_id=town.id,
        country=town.country,
        admin1=town.province,
        lat=town.lat,
        lon=town.lon,
        precision=precision,
        kind="town",
    )


def _see_day(event: Event, published: int, recipe: Recipe, chance: Random) -> When | None:
    late = published - event.day > _LATE
    if chance.random() < recipe.undated * (0.5 if late else 1.03):
        return None
    day, draw = event.day, chance.random()
    if draw < recipe.day_off:
        day = min(published, day + chance.choice((-1, 1)))
    draw = chance.random()
    if draw < recipe.two_days:
        return days(day, min(published, day + 1))
    if draw < recipe.two_days + recipe.week:
        first = day - chance.randrange(6)
        return days(first, max(day, min(published, first + 6)))
    return days(day, day)


def days(first: int, last: int) -> When:
    """An interval of days, both inclusive."""
    earliest, latest = (date.fromordinal(d).isoformat() for d in (first, max(first, last)))
    edtf = edtf_interval(earliest, latest)
    return When(as_written=edtf, edtf=edtf, earliest=earliest, latest=latest, rule="made")


def _see_site(event: Event, recipe: Recipe, chance: Random) -> Site | None:
    if event.site is None:
        if chance.random() < recipe.site_mistaken:
            return Site(kind=chance.choice(_ANY))
        return None
    if chance.random() >= recipe.site_told:
        return None
    kind = event.site
    if chance.random() < recipe.site_mistaken:
        kind = _LIKE.get(kind, chance.choice(_ANY))
    name = event.site_name
    if name is None or chance.random() >= recipe.site_name_told:
        return Site(kind=kind, as_written=kind)
    if chance.random() < recipe.name_respelled:
        name = respell(name, chance)
    return Site(kind=kind, name=f"{name} {kind}".replace("_", " "), as_written=name)


def _see_means(event: Event, recipe: Recipe, chance: Random) -> Means | None:
    if event.means is None or chance.random() >= recipe.means_told:
        return None
    launch, weapon = event.means
    if chance.random() < recipe.means_mistaken:
        return Means(launch="ground", weapon="rocket")
    if chance.random() < 0.3:
        return Means(launch=launch, weapon="other")
    return Means(launch=launch, weapon=weapon)


def _see_actor(event: Event, recipe: Recipe, chance: Random) -> AllegedPerpetrator | None:
    disputed = chance.random() < recipe.actor_disputed
    name = event.rival if disputed else event.actor
    if name is None or (not disputed and chance.random() >= recipe.actor_told):
        return None
    return AllegedPerpetrator(name=name, as_written=name, alleged_by="the outlet")


def _see_hour(event: Event, recipe: Recipe, chance: Random) -> str:
    """ "at about 4 p.m.", mostly right to the hour; else nothing."""
    if chance.random() >= recipe.hour_told:
        return ""
    hour = (event.hour + chance.choice((0, 0, 0, 0, 1))) % 24
    return f" at about {hour % 12 or 12} {'a.m.' if hour < 12 else 'p.m.'}"
