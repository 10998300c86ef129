"""Roles and what each may do: one table, from which every route is guarded."""

from __future__ import annotations

from typing import Literal, get_args

from harmledger.core.base import Value

Role = Literal["reader", "coder", "reviewer", "publisher", "keeper"]
ROLES: tuple[Role, ...] = get_args(Role)
Right = Literal[
    "anyone",
    "read",
    "code",
    "review",
    "publish",
    "import",
    "open_people",
    "see_withheld",
    "keep",
]
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset({"anyone", "read"}),
    "coder": frozenset({"anyone", "read", "code", "open_people"}),
    "reviewer": frozenset({"anyone", "read", "code", "review", "import", "open_people"}),
    "publisher": frozenset({"anyone", "read", "publish", "see_withheld", "open_people"}),
    "keeper": frozenset(get_args(Right)),
}
RIGHT_WORDS: dict[Right, str] = {
    "anyone": "signing in",
    "read": "reading everything that is not withheld, private persons sealed",
    "code": "deciding about claims; second coding; undoing",
    "review": "links, grades, setting aside; agreement between coders",
    "publish": "withholding, embargo, release, retraction; previews of publications",
    "import": "bringing documents in",
    "open_people": "opening sealed persons, each opening logged",
    "see_withheld": "seeing withheld incidents",
    "keep": "accounts, and the log of openings",
}


class Visitor(Value, frozen=True, kw_only=True):
    """Who asks. ``name`` is empty where nobody was named yet (one person on this machine).
    ``session``: the hash of the session's secret, for tokens and limits."""

    name: str
    role: Role
    session: str
    alone: bool = False
    """No accounts are made: one person on this machine, who may do everything."""

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]
