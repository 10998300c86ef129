"""The kind of the fixture that makes items."""

from collections.abc import Callable

from harmledger.core.document import Item

Make = Callable[..., Item]
