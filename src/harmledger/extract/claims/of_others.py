"""Figures that count nobody harmed by the harm told before them: they are of other people, of
things, or tell something else of whom they count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.quantity import Figure
from harmledger.extract.claims.antecedents import Antecedent
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_OF_SO_MANY = re.compile(r"^\W*(?:out )?of the (?=[\w,.]+ )", re.I)


def of_things(passage: Passage, figure: Figure, persons: PersonLexicon) -> bool:
    """ "Of the 300 homes said to have burned, 90 did": a number of what the sentence opens with,
    and that is nobody."""
    opened = _OF_SO_MANY.match(passage.text)
    if opened is None:
        return False
    at = passage.start + opened.end()
    many = next((f for f in passage.figures if f.start == at and f is not figure), None)
    if many is None:
        return False
    behind = [t for t in passage.tokens if t.start >= many.end][:2]
    noun = next((t for t in behind if t.upos == "NOUN"), None)
    return noun is not None and not is_person(passage, noun.index, persons)


_OF_WHOM = re.compile(r"\s*of (?:whom|them|these|those|which)\b", re.I)


def of_others(
    passage: Passage,
    figure: Figure,
    drafts: Sequence[Draft],
    antecedent: Antecedent,
    persons: PersonLexicon,
) -> bool:
    """ "Killed two guards and freed 30 captives, six of whom had been held for a year": of those
    told right before it, whom nothing is told to have harmed; "some of them for the third time"
    says how, and counts nobody anew."""
    if not _OF_WHOM.match(passage.text, figure.end - passage.start) or antecedent.draft is None:
        return False
    if figure.as_written.lower() == "some":
        return True
    last = drafts[antecedent.draft].figures[-1].end
    return any(
        f.kind == "count" and last <= f.start < figure.start
        and not any(f in d.figures for d in drafts) and people_behind(passage, f, persons)
        for f in passage.figures
    )  # fmt: skip


def tells_of_itself(passage: Passage, figure: Figure) -> bool:
    """ "Two were pulled out, and a couple and their son were still under it": the subject of a
    clause that says something else of them."""
    head = passage.tree.top(*figure.core)
    above = passage.tree.head(head.index) if head is not None else None
    if head is None or above is None or head.deprel != "nsubj" or above.index < head.index:
        return False
    return passage.tree.child(above.index, "cop") is not None and above.deprel == "conj"


def people_behind(passage: Passage, figure: Figure, persons: PersonLexicon) -> int | None:
    after = [t for t in passage.tokens if t.start >= figure.end][:5]
    for token in after:
        if is_person(passage, token.index, persons):
            return token.index
        if token.upos not in {"ADJ", "AUX", "DET", "ADV"}:
            return None
    return None
