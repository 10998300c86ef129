"""Harm told by leaving a verb out: "Four came back. Seven did not", "The bride survived; her
brother did not", "Two were shot dead and a third wounded".

What is left out is what somebody else did right before: surviving, or coming back; or the "was" of
one more, whom a parser takes for a part of those before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harmledger.core.claim import Harm
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_DID_NOT = re.compile(r"\b(?:did|do|does|was|were|has|have) ?(?:not|n['’]t)\s*[.;,”\"]?\s*$", re.I)
_LIVED = re.compile(r"\b(?:survive[sd]?|lived|made it|pulled through|escaped alive)\b", re.I)
_RETURNED = re.compile(
    r"\b(?:(?:came|come|comes|made it|went|got) (?:back|home)|returned|reappeared|turned up|"
    r"walked (?:home|out)|resurfaced)\b",
    re.I,
)
_ONE_MORE = re.compile(
    r"(?:[,;]|\band|\bwhile|\bbut)\s+"
    r"(?P<who>an? (?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth))\s+"
    r"(?:(?:badly|seriously|gravely|critically|severely|slightly|lightly)\s+)?"
    r"(?P<harm>killed|wounded|injured|hurt|missing|kidnapped|abducted|arrested)\b"
    r"(?=\s*(?:[,;.]|$|(?:in|by|at|on|when|as|after|and)\b))",
    re.I,
)
_HARMS: dict[str, Harm] = {
    "killed": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured",
    "missing": "missing", "kidnapped": "abducted", "abducted": "abducted", "arrested": "detained",
}  # fmt: skip
_LOOK = 6
"""How many words before "did not" its subject may begin."""


def draft_elided(
    passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with those of a clause that ends in "did not" and of one more behind others."""
    drafts = (*drafts, *_one_more(passage, drafts, persons))
    match = _DID_NOT.search(passage.text)
    if match is None or match.start() == 0:
        return tuple(drafts)
    before = passage.text[: match.start()] + (passage.before or "")
    harm: Harm | None = (
        "killed" if _LIVED.search(before) else "missing" if _RETURNED.search(before) else None
    )
    start = passage.start + match.start()
    subject = _subject(passage, start, persons)
    if harm is None or subject is None:
        return tuple(drafts)
    counted = count_phrase(passage, subject, persons)
    if counted.quantity.low in {None, 0}:
        return tuple(drafts)
    figures = figures_of(counted)
    if any(set(figures) & set(d.figures) for d in drafts):
        return tuple(drafts)
    end = passage.start + match.end()
    made = Draft(
        harm=harm,
        predicate=counted.head,
        start=counted.start,
        end=min(end, passage.end),
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        figures=figures,
        notes=(Note(field="harm", start=start, end=min(end, passage.end), rule="harm:elided"),),
        from_denial=True,
        score=0.7,
    )
    return (*drafts, made)


def _one_more(passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon) -> Iterator[Draft]:
    for match in _ONE_MORE.finditer(passage.text):
        start, end = passage.start + match.start("who"), passage.start + match.end("harm")
        head = passage.tree.at(passage.start + match.end("who") - 1)
        before = [d for d in drafts if d.kind == "person" and d.end <= start]
        told = any(d.start < end and start < d.end for d in drafts)
        if head is None or told or not before:
            continue
        quantity = Quantity(
            low=1, high=1, as_written=match["who"], unit="persons", bound="exact", basis="implied"
        )
        counted = Counted(
            quantity=quantity, head=head.index, noun=head.index, start=start, end=head.end
        )
        yield Draft(
            harm=_HARMS[match["harm"].lower()],
            predicate=head.index,
            start=start,
            end=end,
            quantity=quantity,
            counted=counted,
            victims=describe_victims(passage, counted, persons),
            cause=before[-1].cause,
            notes=(Note(field="harm", start=start, end=end, rule="harm:one_more"),),
            weak=True,
            score=0.8,
        )


def _subject(passage: Passage, start: int, persons: PersonLexicon) -> int | None:
    """The people right before "did not": a number or a person, over a relative clause too."""
    verb = passage.tree.at(start)
    if verb is None:
        return None
    for token in (verb, *passage.tree.ancestors(verb.index)):
        for child in passage.tree.children(token.index, "nsubj"):
            if _counts(passage, child.index, persons):
                return child.index
    near = [t for t in passage.tokens if t.end <= start][-_LOOK:]
    return next((t.index for t in reversed(near) if _counts(passage, t.index, persons)), None)


def _counts(passage: Passage, at: int, persons: PersonLexicon) -> bool:
    token = passage.tokens[at]
    number = passage.figure_over(token.start, token.end) is not None
    return number or (token.upos == "NOUN" and is_person(passage, at, persons))
