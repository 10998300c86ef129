"""What somebody answers without saying it again: ", which the army denies", "a charge the Front
rejects", "a toll that could not be verified", "the chief disputed that".

What is answered stands before the words, in the same sentence or the one before; the content is
the pronoun or the noun that points back at it. What this deliberately misses: a relative clause
that answers no charge or figure by name ("a massacre that the army denies").
"""

from __future__ import annotations

from harmledger.extract.passage import Passage
from harmledger.extract.voices.contents import Content
from harmledger.extract.voices.cues import LABELS, POINTERS, Cue
from harmledger.extract.voices.phrases import Phrase

ANSWERING = frozenset({"denies", "disputes", "cannot_confirm"})
_THESE = frozenset({"that", "it", "this", "them", "these", "those", "both"})
_ENDS = frozenset({",", ".", ";", ":", "!", "—", "–", "”", '"', "and", "but", "saying", "as"})
_OPENS = frozenset({",", "—", "–", "-", "(", ";"})
_ARTICLES = frozenset({"a", "an", "the", "both"})


def find_answered(passage: Passage, cue: Cue, subject: Phrase | None) -> Content | None:
    """The words that point back at what a denial, a dispute or a doubt answers, if it does."""
    if cue.manner not in ANSWERING and cue.lemma not in LABELS:
        return None
    after = passage.lowered[cue.last + 1 : cue.last + 3]
    if after[:1] and after[0] in _THESE and (len(after) < 2 or after[1] in _ENDS):
        return _content(passage, cue.last + 1, cue.last + 1)
    left = min(cue.first, subject.first) if subject is not None and not cue.passive else cue.first
    if cue.passive:
        left = _before_helpers(passage, cue.first)
    at = left - 1
    if at < 1:
        return None
    if passage.lowered[at] == "which" and passage.lowered[at - 1] in _OPENS:
        return _content(passage, at, at)
    if passage.lowered[at] in {"that", "which"}:
        at -= 1
    if passage.lemmas[at] not in POINTERS:
        return None
    for first in range(at - 1, max(0, at - 4), -1):
        if passage.lowered[first] in _ARTICLES:
            opened = passage.lowered[first - 1] in _OPENS
            return _content(passage, first, at) if opened else None
    return None


def _before_helpers(passage: Passage, at: int) -> int:
    """The first of the auxiliaries and adverbs right before a verb."""
    while at > 0 and passage.tokens[at - 1].upos in {"AUX", "ADV", "PART"}:
        at -= 1
    return at


def _content(passage: Passage, first: int, last: int) -> Content:
    start, end = passage.tokens[first].start, passage.tokens[last].end
    return Content(start=start, end=end, place="answered")
