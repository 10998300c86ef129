"""What the API's description says: which values are taken, and what is answered."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel

from harmledger.web.ask import CHOICES, policy_names

MOST = 200
Limit = Annotated[int, Query(ge=1, le=MOST, strict=False, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to leave out first.")]
Said = Annotated[str, Query(max_length=200, pattern=r"^[^\x00]*$")]
Day = Annotated[
    str,
    Query(
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="An ISO date, or empty.",
        json_schema_extra={"anyOf": [{"maxLength": 0}, {"format": "date"}]},
    ),
]
OneHarm = Annotated[str, Query(json_schema_extra={"enum": ["", *CHOICES["harm"]]})]
OneSite = Annotated[str, Query(json_schema_extra={"enum": ["", *CHOICES["site"]]})]
OneGrade = Annotated[str, Query(json_schema_extra={"enum": ["", *CHOICES["grade"]]})]
OneStatus = Annotated[str, Query(json_schema_extra={"enum": ["", *CHOICES["status"]]})]
OnePolicy = Annotated[str, Query(json_schema_extra={"enum": ["", *policy_names()]})]
Id = Annotated[str, Path(max_length=300, pattern=r"^[^\x00]+$")]


class Page(BaseModel):
    """Part of a list. ``items`` carry the contract's names; ``next`` is null on the last page."""

    total: int
    offset: int
    next: int | None
    head: str
    items: list[dict[str, Any]]


class Thing(BaseModel):
    """One item. ``item`` carries the contract's names."""

    head: str
    item: dict[str, Any]


class Wrong(BaseModel):
    """What was wrong, and what to do next."""

    error: str


ANSWERS: dict[int | str, dict[str, Any]] = {
    code: {"model": Wrong, "description": says}
    for code, says in (
        (401, "Sign in first."),
        (403, "Your role does not include this."),
        (404, "There is nothing of this name here."),
        (409, "The ledger cannot do this now."),
        (422, "A value cannot be read."),
        (429, "Too many requests in a minute."),
        (503, "The ledger is busy or cannot be read."),
    )
}
