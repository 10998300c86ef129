"""Where a voice, or the outlet, says it does not know (reading rule 2)."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.passage import Passage
from harmledger.extract.voices.answered import find_answered
from harmledger.extract.voices.contents import clause_start, sentence_end
from harmledger.extract.voices.cues import Cue, is_negated
from harmledger.extract.voices.phrases import Phrase, find_subject
from harmledger.lexicon.reporting import ReportingLexicon


class Doubt(Value, frozen=True, kw_only=True):
    """Cue tokens, the phrase of whoever does not know (None: nobody named), and what about."""

    first: int
    last: int
    subject: Phrase | None
    start: int
    end: int


def find_passive_doubt(passage: Passage, cue: Cue, others: tuple[int, ...]) -> Doubt:
    """ "Neither figure could be verified": the clause of a passive verb that denies knowledge."""
    back = find_answered(passage, cue, find_subject(passage, cue.verb))
    if back is not None:
        return Doubt(first=cue.first, last=cue.last, subject=None, start=back.start, end=back.end)
    first = clause_start(passage, cue.verb) if cue.passive else cue.last + 1
    first = min(first, len(passage.tokens) - 1)
    while first < cue.first and passage.tokens[first].upos in {"SCONJ", "CCONJ", "PUNCT"}:
        first += 1
    start = passage.tokens[first].start
    end = sentence_end(passage, cue.last, others)
    return Doubt(first=cue.first, last=cue.last, subject=None, start=start, end=end)


def find_unaware(
    passage: Passage, lexicon: ReportingLexicon, others: tuple[int, ...]
) -> tuple[Doubt, ...]:
    """ "is not aware of any deaths", "there was no independent confirmation".

    ``others`` are the verbs of other speakers: where their clause begins, the doubt ends.
    """
    found = []
    starts = lexicon.unaware.find_starts(passage.lowered, passage.lemmas)
    for at, token in enumerate(passage.tokens):
        words = (passage.lowered, passage.lemmas, at)
        hit = lexicon.unaware.match(*words) if at in starts else None
        if hit is not None:
            last = hit[0] - 1
            verb = _predicate(passage, last - (passage.lowered[last] == "that"))
            found.append(
                Doubt(
                    first=at, last=hit[0] - 1, subject=find_subject(passage, verb),
                    start=passage.tokens[min(hit[0], len(passage.tokens) - 1)].start,
                    end=sentence_end(passage, hit[0] - 1, others),
                )
            )  # fmt: skip
        elif token.lemma.lower() in lexicon.unconfirmed_nouns and _is_denied(passage, at):
            found.append(
                Doubt(
                    first=at, last=at, subject=None,
                    start=passage.tokens[0].start, end=sentence_end(passage, at, others),
                )
            )  # fmt: skip
    return tuple(found)


def _predicate(passage: Passage, at: int) -> int:
    """The word a subject hangs on, for the last word of a phrase."""
    if passage.tree.child(at, "nsubj") is not None:
        return at
    for above in passage.tree.ancestors(at):
        if passage.tree.child(above.index, "nsubj") is not None:
            return above.index
    return at


def _is_denied(passage: Passage, at: int) -> bool:
    return "no" in passage.lowered[max(0, at - 4) : at] or is_negated(passage, at)
