"""Tables worked out once and kept beside the compiled modules, where Python keeps those.

The same switch (PYTHONDONTWRITEBYTECODE) and the same prefix (PYTHONPYCACHEPREFIX) hold, and who
may write there may write compiled modules anyway. A table is found again only by the hash of what
it was made of and its own: an edited lexicon is read afresh, a damaged table made again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import msgspec

_HASH = 32


def keep(name: str, made_of: bytes, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The table ``name``: kept from before if it was made of the same, else what ``make`` gives.

    Plain values only; a table that would not come back the same is not kept.
    """
    path, key = _path(name), sha256(made_of).digest()
    found = None if path is None else _find(path, key)
    if found is not None:
        return found
    made = make()
    if path is not None and not sys.dont_write_bytecode:
        packed = msgspec.msgpack.encode(made)
        if msgspec.msgpack.decode(packed) == made:
            _write(path, key + sha256(packed).digest() + packed)
    return made


def _path(name: str) -> Path | None:
    try:
        compiled = cache_from_source(__file__)
    except NotImplementedError:  # this Python keeps no compiled modules
        return None
    return Path(compiled).parent / f"{name.replace('/', '.')}.table"


def _find(path: Path, key: bytes) -> dict[str, Any] | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    packed = raw[2 * _HASH :]
    if raw[:_HASH] != key or raw[_HASH : 2 * _HASH] != sha256(packed).digest():
        return None
    return msgspec.msgpack.decode(packed, type=dict[str, Any])


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all; where nothing may be written, nothing is kept."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
