"""States that last "since": since what was told before ("he has not been seen since")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from harmledger.core.when import When, edtf_interval
from harmledger.extract.claims.locate.weighing.asked import Asked

_SINCE = re.compile(
    r"\b(?:ever since(?: then)?|since then|since when|since(?=\s*(?:[,;.)”\"]|$))|to this day)\b",
    re.I,
)
_LASTING = frozenset({"missing", "trapped", "service_denied", "access_denied", "displaced"})
_APART = re.compile(r"[;:]")
_REACH = 120
"""Letters between the harm and its "since"."""


class Lasting(NamedTuple):
    """A state from the day told before to publication; ``began``: that day alone."""

    until_now: When
    began: When
    span: tuple[int, int]


def since_told(asked: Asked) -> Lasting | None:
    """From the day told before to publication, where the harm's own clause lasts "since"."""
    passage, draft = asked.passage, asked.draft
    published = asked.thread.published
    if draft.harm not in _LASTING or published is None:
        return None
    harm = passage.tokens[draft.predicate].start - passage.start
    match = next(iter(_near(passage.text, harm)), None)
    if match is None or not _hangs_on(asked, passage.start + match.start()):
        return None
    start = passage.start + match.start()
    anchor = next((w for w in _told(asked, start) if w.earliest is not None), None)
    until = published.isoformat()
    if anchor is None or anchor.earliest is None or anchor.earliest >= until:
        return None
    when = msgspec.structs.replace(
        anchor,
        as_written=match.group(),
        edtf=edtf_interval(anchor.earliest, until),
        latest=until,
        precision=5,
        anchor=f"text:{anchor.as_written}",
        rule="since_told",
    )
    return Lasting(when, anchor, (start, passage.start + match.end()))


def _near(text: str, harm: int) -> Iterator[re.Match[str]]:
    for match in _SINCE.finditer(text):
        first, last = sorted((harm, match.start()))
        if last - first < _REACH and _APART.search(text, first, last) is None:
            yield match


def _hangs_on(asked: Asked, start: int) -> bool:
    """Whether the harm's own clause lasts since: the word hangs on its verb, or on one below it."""
    tree = asked.passage.tree
    since = tree.top(start, start + len("since"))
    return since is not None and tree.governs(asked.draft.predicate, since.index)


def _told(asked: Asked, before: int) -> Iterator[When]:
    """The times told last before: in the sentence, of the claims before it."""
    for hit in asked.passage.times[::-1]:
        if hit.end <= before and hit.when.rule not in {"since_event", "by", "until"}:
            yield hit.when
    for chosen in asked.course.chosen[::-1]:
        if chosen.when.value is not None and chosen.when.value.rule != "since_told":
            yield chosen.when.value
            return
