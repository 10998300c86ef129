"""Publication profiles as data: what may leave this machine, and how coarse (contract §7)."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from harmledger.core.base import Value
from harmledger.core.claim import SiteKind
from harmledger.core.errors import LexiconError, WrongUsage
from harmledger.lexicon.files import check_keys, load_yaml, words

_FILE = "profiles.yaml"
PARTS = (
    "site",
    "means",
    "voices",
    "names",
    "accused",
    "responses",
    "claims",
    "sources",
    "totals",
)
_NUMBERS = ("embargo_hours", "finest", "finest_military", "details_from", "settled_days")
_KEYS = ("title", "says", *_NUMBERS, "finest_by_site", "shows", "only_sites", "only_roles")


class Profile(Value, frozen=True, kw_only=True):
    """One way of publishing. ``finest*`` are UCDP where_prec; see lexicon/profiles.yaml."""

    name: str
    title: str
    says: str
    embargo_hours: int
    finest: int
    finest_by_site: dict[str, int]
    finest_military: int
    details_from: int
    settled_days: int
    shows: tuple[str, ...]
    only_sites: tuple[str, ...] = ()
    only_roles: tuple[str, ...] = ()


class PublicNames(Value, frozen=True, kw_only=True):
    """What may be named: offices, the words bodies' names are made of, hosts of outlets."""

    offices: tuple[str, ...]
    body_words: frozenset[str]
    body_heads: frozenset[str]
    hosts: frozenset[str]


def _profile(name: str, entry: dict[str, Any]) -> Profile:
    check_keys(entry, _FILE, _KEYS, name)
    shows = words(entry, _FILE, "shows")
    kinds = (*entry.get("finest_by_site", {}), *entry.get("only_sites", ()))
    for value, known in ((shows, PARTS), (kinds, get_args(SiteKind))):
        for word in value:
            if word not in known:
                raise LexiconError(f"lexicon/{_FILE}: {name} names {word!r}, which is unknown")
    missing = [key for key in ("title", "says", *_NUMBERS) if key not in entry]
    if missing:
        raise LexiconError(f"lexicon/{_FILE}: profile {name} lacks {', '.join(missing)}")
    return Profile(
        name=name,
        title=entry["title"],
        says=" ".join(entry["says"].split()),
        **{key: int(entry[key]) for key in _NUMBERS},
        finest_by_site=dict(entry.get("finest_by_site", {})),
        shows=shows,
        only_sites=words(entry, _FILE, "only_sites"),
        only_roles=words(entry, _FILE, "only_roles"),
    )


@cache
def load_profiles() -> tuple[Profile, ...]:
    """Every profile shipped, in the order of the file."""
    data = load_yaml(_FILE)
    check_keys(data, _FILE, ("profiles", "offices", "body_words", "body_heads", "hosts"))
    return tuple(_profile(name, entry) for name, entry in data["profiles"].items())


def find_profile(name: str) -> Profile:
    """The profile of this name.

    Raises:
        WrongUsage: there is none; names those there are.
    """
    for profile in load_profiles():
        if profile.name == name:
            return profile
    known = ", ".join(profile.name for profile in load_profiles())
    raise WrongUsage(f"there is no publication profile {name!r}. Choose one of {known}.")


@cache
def load_public_names() -> PublicNames:
    """Offices, words of bodies' names, and hosts that are published as they are."""
    data = load_yaml(_FILE)
    return PublicNames(
        offices=tuple(sorted(words(data, _FILE, "offices"), key=len, reverse=True)),
        body_words=frozenset(words(data, _FILE, "body_words")),
        body_heads=frozenset(words(data, _FILE, "body_heads")),
        hosts=frozenset(words(data, _FILE, "hosts")),
    )
