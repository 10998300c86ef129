"""Harm told of others by pointing back at it: "Three guards were killed, as was a cook", "A clerk
died, and so did two porters".

The harm is that of the person draft right before, in the same passage; "did" only points back at
what somebody did himself (died, fled), never at what was done to him.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.extract.claims.counting import count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_SO_WERE = re.compile(
    r"(?:[,;—–]|\band\b|\bbut\b)\s*(?:as|so)(?: too| also)? (?P<verb>was|were|did|had|have|has)\s+"
    r"(?!(?:the )?(?:case|custom|practice|fashion|habit|way)\b)",
    re.I,
)
_STOPS = frozenset({".", ";", ":", ",", "—", "–"})


def draft_likewise(
    passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with those of "as was", "so were"."""
    match = _SO_WERE.search(passage.text)
    if match is None:
        return tuple(drafts)
    at = passage.start + match.end()
    told = _told(passage, drafts, passage.start + match.start(), match["verb"].lower())
    first = next((t.index for t in passage.tokens if t.start >= at), None)
    if told is None or first is None:
        return tuple(drafts)
    heads = [h for h in _phrase(passage, first) if is_person(passage, h, persons)]
    made = list(drafts)
    for head in heads:
        counted = count_phrase(passage, head, persons)
        taken = any(
            d.counted is not None and d.start < counted.end and counted.start < d.end for d in made
        )
        if counted.quantity.low in {None, 0} or counted.start < at or taken:
            continue
        note = Note(field="harm", start=counted.start, end=counted.end, rule="harm:likewise")
        made.append(
            msgspec.structs.replace(
                told, predicate=counted.head, start=counted.start, end=counted.end,
                quantity=counted.quantity, counted=counted,
                victims=describe_victims(passage, counted, persons),
                figures=figures_of(counted), notes=(note,), score=0.75,
            )
        )  # fmt: skip
    return tuple(made)


def _told(passage: Passage, drafts: Sequence[Draft], end: int, verb: str) -> Draft | None:
    """The last people harmed before the clause, in the voice that its verb points back at."""
    before = [
        d for d in drafts
        if d.kind == "person" and d.counted is not None and d.end <= end and d.stance == "asserts"
    ]  # fmt: skip
    if not before:
        return None
    told = max(before, key=lambda d: d.end)
    said = passage.tokens[told.predicate]
    own = said.xpos in {"VBD", "VBP", "VBN"} and passage.tree.child(told.predicate, "nsubj")
    over = (said.index, max(said.head, 0))  # "the abbot was among them": who it is said of
    passive = any(passage.tree.child(n, "aux:pass", "nsubj:pass", "cop") for n in over)
    if verb in {"was", "were"}:
        return told if passive else None
    return told if own and not passive else None


def _phrase(passage: Passage, first: int) -> tuple[int, ...]:
    """The heads of the list behind the verb: to its first relative clause or stop."""
    last = first
    for token in passage.tokens[first:]:
        if token.text in _STOPS or token.lemma.lower() in {"who", "which", "whose", "when", "as"}:
            break
        last = token.index
    return phrase_heads(passage, first, last)
