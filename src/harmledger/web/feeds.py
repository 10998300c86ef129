"""What changed, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

from xml.etree import ElementTree as Tree

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from harmledger.core.change import Bounds, Change
from harmledger.core.ids import derived_id
from harmledger.publish.notice import WORKING_COPY
from harmledger.publish.words import harm_words, range_words
from harmledger.web.guard import desk_of, visitor_of
from harmledger.web.sealing import list_sealed_changes
from harmledger.web.ways import get

ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"


def change_words(change: Change) -> str:
    """One change in one line."""
    said = f"{change.title}: {change.kind.replace('_', ' ')}"
    if change.harm:
        said += f", {harm_words(change.harm)}"
    if change.before or change.after:
        said += f" {_bounds(change.before)} → {_bounds(change.after)}"
    return f"{said} ({change.note})" if change.note else said


def _bounds(bounds: Bounds | None) -> str:
    return "no figure" if bounds is None else range_words(bounds.low, bounds.high)


def _entries(request: Request) -> list[tuple[str, str, str, str]]:
    """(id, when, words, incident) of the latest changes."""
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    return [
        (derived_id("chg", at, change), at, change_words(change), change.incident)
        for at, change in list_sealed_changes(index, desk, visitor, ENTRIES)
    ]


def show_atom(request: Request) -> Response:
    base = str(request.base_url).rstrip("/")
    entries = _entries(request)
    feed = Tree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "title", "harmledger: changes")
    _add(feed, "subtitle", WORKING_COPY)
    _add(feed, "id", f"{base}/feeds/changes.atom")
    _add(feed, "updated", _moment(entries[0][1] if entries else ""))
    Tree.SubElement(_add(feed, "author", ""), f"{{{_ATOM}}}name").text = "harmledger"
    Tree.SubElement(feed, f"{{{_ATOM}}}link", {"rel": "self", "href": f"{base}/feeds/changes.atom"})
    for key, at, words, incident in entries:
        entry = _add(feed, "entry", "")
        _add(entry, "id", f"urn:harmledger:{key}")
        _add(entry, "title", words)
        _add(entry, "updated", _moment(at))
        link = {"rel": "alternate", "href": f"{base}/incidents/{incident}"}
        Tree.SubElement(entry, f"{{{_ATOM}}}link", link)
    Tree.register_namespace("", _ATOM)
    content = Tree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(content, media_type="application/atom+xml")


def _add(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    """Characters XML has no place for are replaced."""
    child = Tree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in text) or None
    return child


def _moment(at: str) -> str:
    """RFC 3339; a date alone is its first moment, UTC."""
    if not at:
        return "1970-01-01T00:00:00Z"
    return at if "T" in at else f"{at}T00:00:00Z"


def show_json_feed(request: Request) -> Response:
    base = str(request.base_url).rstrip("/")
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "harmledger: changes",
        "description": WORKING_COPY,
        "home_page_url": f"{base}/changes",
        "feed_url": f"{base}/feeds/changes.json",
        "items": [
            {
                "id": key,
                "url": f"{base}/incidents/{incident}",
                "content_text": words,
                "date_published": _moment(at),
            }
            for key, at, words, incident in _entries(request)
        ],
    }
    return JSONResponse(feed, media_type="application/feed+json")


WAYS = (
    get("/feeds/changes.atom", "read", show_atom),
    get("/feeds/changes.json", "read", show_json_feed),
)
