"""Reading lexicon files: plain YAML a recorder can edit, checked when loaded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any, cast

from harmledger.core.errors import LexiconError
from harmledger.lexicon.kept import keep


def load_yaml(name: str) -> dict[str, Any]:
    """The mapping in lexicon file ``name``; what stands inside it is shared and never changed.

    Raises:
        LexiconError: the file is no YAML mapping; names the file and the place.
    """
    return dict(_parse(name))


@cache
def _parse(name: str) -> dict[str, Any]:
    """Read once: several lexicons are made of one file. Reading YAML is slow, so the plain values
    are kept for the next program that asks for the same file."""
    content = resources.files("harmledger.lexicon").joinpath(name).read_text(encoding="utf-8")
    return keep(name, content.encode(), lambda: _parse_yaml(name, content))


def _parse_yaml(name: str, content: str) -> dict[str, Any]:
    import yaml  # takes longer to load than all the kept lexicons

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        data = yaml.load(content, Loader=loader)  # noqa: S506 - a safe loader, C or pure
    except yaml.YAMLError as error:
        raise LexiconError(f"lexicon/{name} is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise LexiconError(f"lexicon/{name}: expected a mapping at the top, found {type(data)}")
    return cast(dict[str, Any], data)


def words(data: dict[str, Any], name: str, *keys: str) -> tuple[str, ...]:
    """The list of words at ``keys`` (empty when absent), lower-cased.

    Raises:
        LexiconError: something in the list is no word (YAML reads a bare ``no`` as false).
    """
    here: Any = data
    for key in keys:
        if here and not isinstance(here, dict):
            raise LexiconError(f"lexicon/{name}: {'.'.join(keys)} is not under a mapping")
        here = (here or {}).get(key, [])
    if not isinstance(here, list):
        raise LexiconError(f"lexicon/{name}: {'.'.join(keys)} is not a list of words")
    for entry in here:
        if not isinstance(entry, str):
            where = ".".join(keys)
            raise LexiconError(f"lexicon/{name}: {where} holds {entry!r}; put it in quotes")
    return tuple(entry.lower() for entry in here)


def check_keys(data: dict[str, Any], name: str, known: Iterable[str], where: str = "") -> None:
    """Refuse a key nobody reads, so that a misspelt one is not silently ignored.

    Raises:
        LexiconError: names the file, the key and the keys that are known.
    """
    known = tuple(known)
    for key in data:
        if key not in known:
            place = f" under {where}" if where else ""
            raise LexiconError(
                f"lexicon/{name}: unknown key {key!r}{place}; known are {', '.join(known)}"
            )
