"""Answers that are deeds, told in the outlet's words: "the president apologised for the strike"."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.passage import Passage
from harmledger.extract.responses.answers import Answer
from harmledger.extract.voices.subjects import Subjects
from harmledger.lexicon.responses import ResponseLexicon

_MODALS = frozenset({"would", "could", "may", "might", "should"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})


def find_deeds(
    passage: Passage, lexicon: ResponseLexicon, subjects: Subjects, taken: Sequence[Answer]
) -> tuple[Answer, ...]:
    """Answers whose verb is the answer, with its subject as the voice; none where one is found."""
    found = []
    for at in lexicon.own_verbs.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.own_verbs.match(passage.lowered, passage.lemmas, at)
        if hit is None or passage.tokens[at].upos not in {"VERB", "AUX"}:
            continue
        if any(a.kind == hit[1] and a.start <= passage.tokens[at].start < a.end for a in taken):
            continue
        if (_MODALS | _NEGATIONS) & set(passage.lowered[max(0, at - 2) : at]):
            continue
        spoken = subjects.find_voice(passage, at)
        if spoken is None:
            continue
        start = passage.tokens[at].start
        end = _clause_end(passage, at)
        found.append(
            Answer(
                kind=hit[1], start=start, end=end, voice=(spoken,),
                said_on=_time_of(passage, at, start, end),
            )
        )  # fmt: skip
    return tuple(found)


def _clause_end(passage: Passage, at: int) -> int:
    words = passage.tree.subtree(at, "conj", "parataxis")
    after = [t for t in words if t.index >= at]
    while len(after) > 1 and after[-1].upos in {"PUNCT", "CCONJ"}:
        after.pop()
    return after[-1].end


def _time_of(passage: Passage, verb: int, start: int, end: int) -> tuple[int, int] | None:
    """The time right behind the verb, or the one the tree hangs on it."""
    for hit in passage.times:
        if not start <= hit.start < end:
            continue
        word = passage.tree.top(hit.start, hit.end)
        near = hit.start - passage.tokens[verb].end <= 4
        if near or (word is not None and word.head == verb):
            return hit.start, hit.end
    return None
