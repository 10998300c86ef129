"""What stands in an address, as values; what cannot be read is refused with what to write."""

from __future__ import annotations

from datetime import date
from typing import get_args

import msgspec
from fastapi import Request

from harmledger.core.claim import Harm, SiteKind
from harmledger.core.errors import WrongUsage
from harmledger.core.incident import Grade
from harmledger.index import Filters
from harmledger.index.filters import SORTS
from harmledger.lexicon.policies import load_policies
from harmledger.web.settings import PAGE_SIZE

CHOICES: dict[str, tuple[str, ...]] = {
    "harm": get_args(Harm),
    "site": get_args(SiteKind),
    "grade": get_args(Grade),
    "status": ("proposed", "reviewed", "released"),
    "sort": SORTS,
}
DAYS = ("since", "until", "as_of")
LONGEST = 200
MOST_PAGES = 100_000


def parse_filters(values: dict[str, str]) -> Filters:
    """Filters from an address; empty values are as good as none.

    Raises:
        WrongUsage: a value no filter takes; says which there are.
    """
    known = Filters.__struct_fields__
    given = {k: v.strip() for k, v in values.items() if k in known and v.strip()}
    for name, value in given.items():
        if len(value) > LONGEST or "\0" in value:
            raise WrongUsage(f"{name} is too long; {LONGEST} letters are enough.")
        if name in CHOICES and value not in CHOICES[name]:
            raise WrongUsage(f"{value!r} is no {name}. Choose one of {', '.join(CHOICES[name])}.")
        if name in DAYS:
            given[name] = parse_day(value)
    if "policy" in given and given["policy"] not in policy_names():
        raise WrongUsage(f"there is no such policy. Choose one of {', '.join(policy_names())}.")
    return msgspec.convert(given, Filters)


def policy_names() -> tuple[str, ...]:
    return tuple(policy.name for policy in load_policies())


def parse_day(value: str) -> str:
    """Raises WrongUsage when ``value`` is no ISO date."""
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise WrongUsage(f"{value!r} is no date. Write it as 2022-03-10.") from error


def filters_of(request: Request) -> Filters:
    """The filters in a request's address."""
    return parse_filters(dict(request.query_params))


def shown_filters(filters: Filters) -> dict[str, str]:
    """The filters as they stand in an address: what differs from none."""
    default = msgspec.to_builtins(Filters())
    given: dict[str, str] = msgspec.to_builtins(filters)
    return {k: v for k, v in given.items() if v != default[k]}


def page_of(request: Request) -> int:
    """The page asked for, from 1. Raises WrongUsage."""
    said = request.query_params.get("page", "1") or "1"
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:9]) <= MOST_PAGES):
        raise WrongUsage("page is a number from 1.")
    return int(said)


class Pages(msgspec.Struct, frozen=True):
    """Where in a list a page stands."""

    page: int
    total: int
    size: int = PAGE_SIZE

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))
