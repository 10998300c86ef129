"""Sentences that tell nothing by themselves: what is only asked, and titles of sections."""

from __future__ import annotations

import re

from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_ENDS = re.compile(r"\?[\s”\"’'*_)\]]*$")
_ASKS = re.compile(
    r"^[\s“\"‘'*_(\[–—-]*(?:[A-Z][\w. ]{0,30}:\s*)?(?:(?:and|but|so|or)\s+)?"
    r"(?:was|were|is|are|did|do|does|has|have|had|can|could|will|would|should|may|might)"
    r"(?:n['’]t)?\s[^.!;:]*$",
    re.I,
)
_LEADS_ON = re.compile(
    r"^[\s“\"‘'*_(\[–—-]*(?:[A-Z][\w. ]{0,30}:\s*)?(?:and|or|what about)\s", re.I
)
_SECTION = re.compile(r"^[\s*_#]*(?:\d+\.)+\d*[.)]?\s+[^\W\d_]")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VBN"})


def without_asked(
    passage: Passage, drafts: tuple[Draft, ...]
) -> tuple[tuple[Draft, ...], str | None]:
    """The drafts without those of a question or a title, and why they are out of scope."""
    if drafts and _only_asks(passage):
        return (), "it asks and tells nothing"
    if drafts and _is_section_title(passage):
        return tuple(d for d in drafts if d.figures), None
    return drafts, None


def _only_asks(passage: Passage) -> bool:
    """ "Was the school hit?", "And the power cut?": answered by yes or no, or without a verb.
    "Why were nine people killed?" takes it for known that they were, and stays."""
    if _ENDS.search(passage.text) is None:
        return False
    if _ASKS.match(_ENDS.sub("", passage.text)) is not None:
        return True
    told = any(t.xpos in _FINITE for t in passage.tokens)
    return not told and _LEADS_ON.match(passage.text) is not None


def _is_section_title(passage: Passage) -> bool:
    """ "4.3 Forced displacement": a number of a section and no verb."""
    if _SECTION.match(passage.text) is None:
        return False
    return not any(t.xpos in _FINITE or t.upos == "VERB" for t in passage.tokens)
