"""An HTML page: all its visible text in order, with what belongs to no article marked furniture.

Deleting nothing keeps offsets honest and lets a person see what was left out. A block is
furniture when the markup says so (navigation, footer, aside), or when the article finder knows
the page's article and the block is no part of it. Prose, headings, captions and tables in the
page's only ``<article>`` stay even when the finder left them out: losing a paragraph is worse than
keeping a link.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from harmledger.core.errors import CannotParse
from harmledger.lexicon.furniture import FurnitureLexicon
from harmledger.read.article import Article, find_article
from harmledger.read.blocks import SENTENCE_END
from harmledger.read.html_blocks import Seen, see_blocks
from harmledger.read.html_guard import check_markup
from harmledger.read.html_meta import (
    find_address,
    find_dates,
    find_declared_language,
    find_source,
    find_title,
    meta_fields,
)
from harmledger.read.outline import Draft, outline
from harmledger.read.page import Page

PROSE_WORDS = 8
MAX_LINK_SHARE = 0.3


def read_html(source: str, where: str, lexicon: FurnitureLexicon) -> Page:
    """The page in ``source``, which is decoded HTML.

    Raises:
        CannotParse: the markup is too large or nested too deep to be a page.
    """
    check_markup(source, where)
    tree = LexborHTMLParser(source)
    if tree.body is None:
        raise CannotParse(f"{where}: no HTML body in it; save the page again")
    meta = meta_fields(tree)
    seen = see_blocks(tree.body, lexicon, _find_container(tree))
    text, drafts = _lay_text(seen, find_article(source))
    return Page(
        text=text,
        blocks=outline(text, drafts),
        title=find_title(tree, meta),
        source=find_source(tree, meta),
        url=find_address(tree, meta),
        language=find_declared_language(tree, meta),
        published=find_dates(tree, meta),
        published_from="html_meta",
        example=meta.get("example", "").lower() == "true",
    )


def _find_container(tree: LexborHTMLParser) -> str | None:
    """The element that holds the article: the only <article>, or the only <main> without one."""
    articles = len(tree.css("article"))
    if articles == 0 and len(tree.css("main")) == 1:
        return "main"
    return "article" if articles == 1 else None


def _lay_text(seen: list[Seen], article: Article | None) -> tuple[str, list[Draft]]:
    """Blocks one under the other, and where each stands. A page that would be furniture
    throughout is a page we misread: then nothing is marked."""
    marks = [_is_furniture(block, article) for block in seen]
    misread = all(marks)
    drafts: list[Draft] = []
    at = 0
    for block, mark in zip(seen, marks, strict=True):
        end = at + len(block.words)
        drafts.append(Draft(at, end, block.kind, block.level, block.header, mark and not misread))
        at = end + 1
    return "\n".join(block.words for block in seen), drafts


def _is_furniture(block: Seen, article: Article | None) -> bool:
    if block.apart:
        return True
    if article is None:
        return block.classed
    if article.holds(block.words) or block.level == 1:
        return False
    return not (block.in_article and not block.classed and _is_content(block))


def _is_content(block: Seen) -> bool:
    """Not made of links; and a sentence or more, or marked up as something else than a line."""
    if block.link_share >= MAX_LINK_SHARE:
        return False
    prose = len(block.words.split()) >= PROSE_WORDS and bool(SENTENCE_END.search(block.words))
    return prose or block.kind != "paragraph"
