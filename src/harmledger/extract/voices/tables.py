"""Whose figures a table or a list gives: said by its lead, its heading, or a column of sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import Voice
from harmledger.core.document import Text
from harmledger.extract.passage import Attribution, Passage
from harmledger.lexicon.reporting import load_reporting

_WHO = r"(?P<who>(?:the )?[\w’'.&-]+(?: (?:of(?: the)?|for|and|the|[\w’'.&-]+)){0,6}?)"
_STOP = r"(?= (?:from|in|at|between|since|over|during|for|as|on|to)\b|[,:;().]|$)"
_DONE = (
    r"(?:recorded|counted|registered|reported|compiled|documented|collected|published|verified|"
    r"tallied|kept|listed|confirmed|given|logged|provided|issued|released)"
)
_FIGURES = r"(?:source|sources|figures|data|count|tally|numbers)(?: are)?"
_NEXT = r"(?:the following|this|these|as follows|a breakdown)"
_LEADS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_DONE} by {_WHO}{_STOP}",
        rf"\baccording to {_WHO}{_STOP}",
        rf"\b{_FIGURES}(?: by| of| from|:) {_WHO}{_STOP}",
        rf"^\W*(?:from|by) {_WHO}{_STOP}",
        rf"^\W*what {_WHO} (?:has |have )?{_DONE}\b",
    )
)
_PUBLISHES = re.compile(
    rf"\W*{_WHO} (?:which [^.]*? )?(?:has |have )?(?:{_DONE}|gave) {_NEXT}", re.I
)
_SOURCES = re.compile(r"\W*(?:sources?|reported by|according to|said by|as told by)\W*$", re.I)
_BELOW = re.compile(
    rf"\W*(?:sources?|data|figures)(?: (?:of|for|in) (?:the|this) (?:table|list|figures))?"
    rf"(?:: ?| by | from ){_WHO}{_STOP}",
    re.I,
)
_COLLECTIVE = frozenset(
    {"partners", "agencies", "clusters", "hospitals", "clinics", "monitors", "volunteers",
     "residents", "witnesses", "authorities", "responders", "observers"}
)  # fmt: skip
"""Said in the plural and without a name, they keep count."""
_ABOVE = 2
"""Blocks above a table that may say whose it is: its title and the sentence that leads to it."""


def carry_tables(
    text: Text, passages: Sequence[Passage], found: Sequence[tuple[Attribution, ...]]
) -> tuple[tuple[Attribution, ...], ...]:
    """The attributions, with the voice of every row of a table and line of a list that has none of
    its own but whose lead or column of sources names one. A name that nothing marks as that of a
    body or an office is none ("by district", "by month")."""
    return tuple(
        own
        if any(a.voice for a in own) or not _is_row(passage)
        else _with_source(text, passage, own)
        for passage, own in zip(passages, found, strict=True)
    )


def _is_row(passage: Passage) -> bool:
    return passage.kind in {"table_row", "list_item"}


def _with_source(
    text: Text, passage: Passage, own: tuple[Attribution, ...]
) -> tuple[Attribution, ...]:
    first = passage.block
    while first > 0 and text.blocks[first - 1].kind == passage.kind:
        first -= 1
    span = _source_cell(text, passage, first) or _source_above(text, first)
    span = span or _source_below(text, passage)
    if span is None:
        return own
    written = text.text[span[0] : span[1]]
    bare = re.sub(r"^(?:the|a|an) ", "", written, flags=re.I)
    voice = Voice(name=bare, organisation=bare, side="unknown", as_written=bare, verb="count")
    return (
        *own,
        Attribution(
            source=None, cue=span, content=(passage.start, passage.end), voice=(voice,),
            rule="voice:table",
        ),
    )  # fmt: skip


def _source_cell(text: Text, passage: Passage, first: int) -> tuple[int, int] | None:
    """The cell of a row in the column headed "Source"."""
    if passage.kind != "table_row" or passage.block == first:
        return None
    head, row = text.blocks[first], text.blocks[passage.block]
    headed, cells = _cells(text.text, head.start, head.end), _cells(text.text, row.start, row.end)
    for (start, end), cell in zip(headed, cells, strict=False):
        if _SOURCES.fullmatch(text.text[start:end]) is not None:
            return cell if any(c.isalpha() for c in text.text[slice(*cell)]) else None
    return None


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found = []
    for match in re.finditer(r"[^|]+", text[start:end]):
        inner = match.group().strip()
        at = start + match.start() + match.group().find(inner) if inner else start + match.start()
        found.append((at, at + len(inner)))
    return found


def _source_above(text: Text, first: int) -> tuple[int, int] | None:
    """Who is named by the title of a table or list, or the sentence that leads to it."""
    for number in range(first - 1, max(-1, first - 1 - _ABOVE), -1):
        block = text.blocks[number]
        if block.kind in {"table_row", "list_item"}:
            return None
        body = text.text[block.start : block.end].rstrip()
        title = block.kind == "heading" or body.startswith("**")
        leads = body.endswith(":") or re.search(r"\b(?:following|below)\b", body) is not None
        if title or leads:
            last = max(0, *(m.end() for m in re.finditer(r"[.!?]\s+(?=\S)", body)), 0)
            found = _named_in(
                text.text, block.start + (0 if title else last), block.start + len(body)
            )
            if found is not None:
                return found
        if not title:
            return None
    return None


def _source_below(text: Text, passage: Passage) -> tuple[int, int] | None:
    """The note right under a table: "Source: State Relief Office"."""
    if passage.kind != "table_row":
        return None
    last = passage.block
    while last + 1 < len(text.blocks) and text.blocks[last + 1].kind == "table_row":
        last += 1
    if last + 1 == len(text.blocks):
        return None
    note = text.blocks[last + 1]
    match = _BELOW.match(text.text, note.start, note.end)
    return match.span("who") if match is not None and _may_speak(match["who"]) else None


def _named_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    body = text[start:end]  # cut out, for "^" stands for the beginning of the sentence
    publishes = _PUBLISHES.match(body)
    if publishes is not None:
        return start + publishes.start("who"), start + publishes.end("who")
    for pattern in _LEADS:
        for match in pattern.finditer(body):
            if _may_speak(match["who"]):
                return start + match.start("who"), start + match.end("who")
    return None


def _may_speak(who: str) -> bool:
    """A body of the lexicon, or a name of several words."""
    lexicon = load_reporting()
    words = tuple(w.strip(".,’'").lower() for w in who.split())
    named = [w for w in who.split() if w[:1].isupper()]
    known = any(
        lexicon.bodies.match(words, words, at) or lexicon.people.match(words, words, at)
        for at in range(len(words))
    )
    return known or len(named) > 1 or words[-1] in _COLLECTIVE
