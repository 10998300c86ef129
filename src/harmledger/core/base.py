"""The two base kinds every value is made of."""

from __future__ import annotations

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A frozen value. Change one with :func:`msgspec.structs.replace`.

    Values never form a cycle, so the garbage collector need not visit them (a fifth of the time).
    """
