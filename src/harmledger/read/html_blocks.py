"""The visible text of an HTML page, block by block, with what the markup says about each.

One block a line, whitespace collapsed, entities decoded, in document order. Scripts, styles and
hidden elements are left out; everything else that a reader of the page could see is in the
text, page furniture included: it is marked later, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from harmledger.core.base import Value
from harmledger.core.document import BlockKind
from harmledger.lexicon.furniture import FurnitureLexicon

LONG_ROW = 600
"""A table row longer than this lays out a page; its cells are blocks of their own."""
CELL_MARK = " | "

_DROPPED = frozenset(
    {
        "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "canvas",
        "video", "audio", "select", "textarea", "input", "head", "title", "meta", "link",
        "-comment", "datalist", "map",
    }
)  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "button", "center", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
        "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table",
        "tbody", "thead", "tfoot", "tr", "td", "th", "caption", "ul", "html",
    }
)  # fmt: skip
_LAYOUT = frozenset(
    {
        "table", "ul", "ol", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section",
    }
)  # fmt: skip
"""Inside a cell these say that the table lays out the page."""
_KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "dd": "list_item",
    "dt": "list_item",
    "figcaption": "caption",
    "caption": "caption",
    **dict.fromkeys(_HEADINGS, "heading"),
}


class Seen(Value, frozen=True, kw_only=True):
    """One visible block. ``link_share``: share of its characters inside links. ``apart``: inside
    navigation, footer, form and the like. ``classed``: an element around it has a class or id
    that furniture has. ``in_article``: inside the page's one <article> (or <main>)."""

    words: str
    kind: BlockKind
    level: int = 0
    header: bool = False
    link_share: float = 0.0
    apart: bool = False
    classed: bool = False
    in_article: bool = False


class _Around(NamedTuple):
    """What holds inside an element, handed down the tree."""

    kind: BlockKind = "paragraph"
    level: int = 0
    apart: bool = False
    classed: bool = False
    in_article: bool = False
    link: bool = False


@dataclass
class _Row:
    """A table row being read: finished cells, each a list of parts."""

    cells: list[list[Seen]] = field(default_factory=list)
    header: bool = True

    def parts(self) -> list[Seen]:
        return [part for cell in self.cells for part in cell]


class _Collector:
    """Collects characters into blocks as the tree is walked."""

    def __init__(self, lexicon: FurnitureLexicon, container: str | None) -> None:
        self._lexicon = lexicon
        self._container = container
        self._words: list[str] = []
        self._linked = 0
        self._row: _Row | None = None
        self.blocks: list[Seen] = []

    def enter(self, node: LexborNode, tag: str, around: _Around) -> _Around:
        """Called at the start of an element that is not dropped."""
        if tag in _BLOCKS:
            self.finish(around)
        if self._row is not None and tag in _LAYOUT:
            self._lay_out()
        if tag == "tr":
            self._row = _Row()
        if self._row is not None and tag in {"td", "th"}:
            self._row.cells.append([])
            self._row.header = self._row.header and tag == "th"
        return self._inside(node, tag, around)

    def leave(self, tag: str, inside: _Around) -> None:
        """Called at the end of an element."""
        if tag in _BLOCKS:
            self.finish(inside)
        if tag == "tr":
            self._end_row()

    def add(self, words: str, around: _Around) -> None:
        """Text of the tree."""
        self._words.append(words)
        if around.link:
            self._linked += len(words)

    def finish(self, around: _Around) -> None:
        """End the block that is open, if it says anything."""
        words = " ".join("".join(self._words).split())
        if words:
            seen = Seen(
                words=words,
                kind=around.kind,
                level=around.level,
                link_share=min(1.0, self._linked / len(words)),
                apart=around.apart,
                classed=around.classed,
                in_article=around.in_article,
            )
            row = self._row
            if row is not None and row.cells:
                row.cells[-1].append(seen)
            else:
                self.blocks.append(seen)
        self._words.clear()
        self._linked = 0

    def _inside(self, node: LexborNode, tag: str, around: _Around) -> _Around:
        names = node.attributes
        kind = _KINDS.get(tag, "paragraph" if tag in _BLOCKS else around.kind)
        if kind == "paragraph" and around.kind in {"list_item", "caption"} and tag in {"p", "div"}:
            kind = around.kind
        role = (names.get("role") or "").lower()
        labels = f"{names.get('class') or ''} {names.get('id') or ''}".lower()
        return _Around(
            kind=kind,
            level=_HEADINGS.get(tag, 0 if tag in _BLOCKS else around.level),
            apart=around.apart
            or tag in self._lexicon.html_elements
            or role in self._lexicon.html_roles,
            classed=around.classed
            or (tag != "body" and not self._lexicon.html_classes.isdisjoint(_label_words(labels))),
            in_article=around.in_article or tag == self._container,
            link=around.link or tag == "a",
        )

    def _lay_out(self) -> None:
        """The row that is open was layout: its parts are blocks of their own."""
        if self._row is not None:
            self.blocks.extend(self._row.parts())
        self._row = None

    def _end_row(self) -> None:
        row = self._row
        if row is None:
            return
        parts = row.parts()
        filled = [cell for cell in row.cells if cell]
        words = CELL_MARK.join(" ".join(part.words for part in cell) for cell in row.cells).strip()
        if len(filled) < 2 or len(words) > LONG_ROW:
            self._lay_out()
            return
        self.blocks.append(
            Seen(
                words=words,
                kind="table_row",
                header=row.header,
                link_share=sum(part.link_share for part in parts) / len(parts),
                apart=any(part.apart for part in parts),
                classed=any(part.classed for part in parts),
                in_article=any(part.in_article for part in parts),
            )
        )
        self._row = None


def see_blocks(
    body: LexborNode, lexicon: FurnitureLexicon, container: str | None = None
) -> list[Seen]:
    """Visible blocks below ``body``, in document order. ``container``: the element that holds
    the page's one article, when there is one."""
    collector = _Collector(lexicon, container)
    open_elements: list[tuple[LexborNode, str, _Around]] = []
    around = _Around()
    for node, opening in _walk(body):
        tag = str(node.tag)
        if not opening:
            _, tag, inside = open_elements.pop()
            collector.leave(tag, inside)
            around = open_elements[-1][2] if open_elements else _Around()
        elif tag == "-text":
            collector.add(node.text_content or "", around)
        elif tag == "br":
            _break_line(node, collector, around)
        else:
            around = collector.enter(node, tag, around)
            open_elements.append((node, tag, around))
    collector.finish(around)
    return collector.blocks


def _walk(top: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """(node, True) at the start of every node, (element, False) at its end. Not recursive."""
    path: list[LexborNode] = []
    node = top
    while True:
        if not _is_dropped(node):
            yield node, True
            if node.tag not in {"-text", "br"}:
                path.append(node)
                if node.child is not None:
                    node = node.child
                    continue
                yield path.pop(), False
        while path and node.next is None:
            node = path.pop()
            yield node, False
        if not path or node.next is None:
            return
        node = node.next


def _is_dropped(node: LexborNode) -> bool:
    tag = str(node.tag)
    if tag == "-text":
        return False
    if tag in _DROPPED or tag.startswith("-"):
        return True
    names = node.attributes
    if not names:
        return False
    style = (names.get("style") or "").replace(" ", "").lower()
    return "hidden" in names or "display:none" in style or "visibility:hidden" in style


def _break_line(node: LexborNode, collector: _Collector, around: _Around) -> None:
    """A line break ends a block unless the sentence plainly runs on below it."""
    below = node.next
    words = (below.text_content or "").lstrip() if below is not None and below.is_text_node else ""
    if words[:1].islower():
        collector.add(" ", around)
    else:
        collector.finish(around)


def _label_words(labels: str) -> frozenset[str]:
    return frozenset(labels.replace("-", " ").replace("_", " ").split())
