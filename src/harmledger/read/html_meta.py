"""What an HTML page says about itself: title, outlet, address, language, dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from harmledger.read.page import one_line

MAX_LINKED_DATA = 256 * 1024
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_SOURCES = ("og:site_name", "source", "publisher", "dc.publisher", "dc.source", "dcterms.publisher")
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "article.published",
    "date",
)
"""Names under which pages give their day of publication, the surest first."""


def meta_fields(tree: LexborHTMLParser) -> dict[str, str]:
    """``<meta>`` content by lower-cased name, property or itemprop; the first of a name counts."""
    fields: dict[str, str] = {}
    for node in tree.css("meta"):
        names = node.attributes
        content = one_line(names.get("content"))
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (names.get(key) or "").strip().lower()
            if name and content:
                fields.setdefault(name, content)
    return fields


def find_title(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str | None:
    """The page's own title: meta, linked data, first h1, then ``<title>``."""
    said = first_of(meta, _TITLES) or _text_of(tree.css_first("h1"))
    return said or _text_of(tree.css_first("title"))


def find_source(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str | None:
    """The outlet, or None."""
    said = first_of(meta, _SOURCES)
    if said:
        return said
    for entry in linked_data(tree):
        publisher = entry.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and one_line(name):
            return one_line(name)
    return None


def find_address(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str | None:
    """The canonical address, or None."""
    link = tree.css_first('link[rel="canonical"]')
    href = one_line(link.attributes.get("href")) if link is not None else None
    return href or meta.get("og:url")


def find_dates(tree: LexborHTMLParser, meta: Mapping[str, str]) -> tuple[str, ...]:
    """Dates of publication as written, the surest first: meta, linked data, marked-up times."""
    said = [meta[name] for name in _DATES if name in meta]
    said += [
        entry["datePublished"]
        for entry in linked_data(tree)
        if isinstance(entry.get("datePublished"), str)
    ]
    marked = tree.css('time[pubdate], time[itemprop="datePublished"], [itemprop="datePublished"]')
    inside = tree.css("article header time[datetime], article > time[datetime]")
    for node in [*marked, *inside[:1]]:
        names = node.attributes
        said.append(names.get("datetime") or names.get("content") or node.text() or "")
    return tuple(date for date in said if date)


def find_declared_language(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str | None:
    """The language tag the page gives itself, or None."""
    html = tree.css_first("html")
    said = html.attributes.get("lang") if html is not None else None
    return said or meta.get("content-language") or meta.get("og:locale")


def linked_data(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """JSON-LD objects about the page itself: at the top or in its graph, typed as an article."""
    for node in tree.css('script[type="application/ld+json"]'):
        source = node.text() or ""
        if len(source) > MAX_LINKED_DATA:
            continue
        try:
            data = msgspec.json.decode(source)
        except (ValueError, RecursionError):
            continue
        for entry in data if isinstance(data, list) else [data]:
            graph = entry.get("@graph") if isinstance(entry, dict) else None
            for inner in graph if isinstance(graph, list) else [entry]:
                if isinstance(inner, dict) and _is_article(inner.get("@type")):
                    yield inner


def first_of(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    """The first of ``names`` that ``meta`` gives, or None."""
    return next((meta[name] for name in names if name in meta), None)


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(
        isinstance(one, str) and one.endswith(("Article", "Report", "BlogPosting", "WebPage"))
        for one in kinds
    )


def _text_of(node: LexborNode | None) -> str | None:
    return one_line(node.text()) if node is not None else None
