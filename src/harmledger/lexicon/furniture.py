"""Page furniture as the reader asks for it (contract §6: furniture is no claim)."""

from __future__ import annotations

import re
from functools import cache

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml, words

_FILE = "furniture.yaml"
_KEYS = frozenset(
    {
        "whole",
        "starts",
        "contains",
        "section_heads",
        "html_elements",
        "html_roles",
        "html_classes",
    }
)


class FurnitureLexicon(Value, frozen=True, kw_only=True):
    """Phrases are lower-cased, with straight apostrophes."""

    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: re.Pattern[str]
    """Finds any of the phrases; nothing when there are none."""
    section_heads: frozenset[str]
    html_elements: frozenset[str]
    html_roles: frozenset[str]
    html_classes: frozenset[str]


@cache
def load_furniture() -> FurnitureLexicon:
    """The furniture lexicon.

    Raises:
        LexiconError: the file holds a key we do not know, or something that is no word.
    """
    data = load_yaml(_FILE)
    if unknown := set(data) - _KEYS:
        raise LexiconError(
            f"lexicon/{_FILE}: unknown key {sorted(unknown)[0]!r}; use one of {sorted(_KEYS)}"
        )
    contains = words(data, _FILE, "contains")
    return FurnitureLexicon(
        whole=frozenset(words(data, _FILE, "whole")),
        starts=words(data, _FILE, "starts"),
        contains=re.compile("|".join(map(re.escape, contains)) or r"(?!)"),
        section_heads=frozenset(words(data, _FILE, "section_heads")),
        html_elements=frozenset(words(data, _FILE, "html_elements")),
        html_roles=frozenset(words(data, _FILE, "html_roles")),
        html_classes=frozenset(words(data, _FILE, "html_classes")),
    )
