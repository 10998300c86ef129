"""R1: which documents are earlier versions of which: a corrected page is no second report."""

from __future__ import annotations

from collections.abc import Mapping

from harmledger.core.base import Value
from harmledger.core.document import Document

Seen = tuple[tuple[str, str], ...]
"""Places, and when a document was last captured at each."""


class Version(Value, frozen=True, kw_only=True):
    """What of a document says which versions came before it."""

    supersedes: str | None
    seen: Seen


def read_version(document: Document) -> Version:
    """Of one document."""
    last: dict[str, str] = {}
    for capture in document.captures:
        for place in (capture.place, capture.url):
            if place is not None:
                last[place] = max(last.get(place, ""), capture.captured_at)
    return Version(supersedes=document.supersedes, seen=tuple(sorted(last.items())))


def find_earlier(versions: Mapping[str, Version]) -> dict[str, tuple[str, ...]]:
    """The earlier versions of every document that has some, by id. A page that was changed back
    is what it was first: the version between is the earlier one."""
    before: dict[str, list[str]] = {}
    for name, version in versions.items():
        old = version.supersedes
        if old is not None and old in versions and old != name:
            later, earlier = (old, name) if _came_back(versions[old], version) else (name, old)
            before.setdefault(later, []).append(earlier)
    return {name: _follow(name, before) for name in before}


def _came_back(old: Version, new: Version) -> bool:
    last = dict(new.seen)
    return any(place in last and when > last[place] for place, when in old.seen)


def _follow(name: str, before: Mapping[str, list[str]]) -> tuple[str, ...]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        fresh = set(before.get(waiting.pop(), ())) - found - {name}
        found |= fresh
        waiting.extend(fresh)
    return tuple(sorted(found))
