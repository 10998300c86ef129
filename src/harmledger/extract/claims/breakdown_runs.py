"""Where a whole is broken down: the run of words behind a cue ("including six children", "of whom
64"), before one ("a girl of six among them"), or in a bare list behind a comma or in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.claims.breakdown_words import THE_DEAD, of_other_harm
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.list_ends import closed_by_comma, has_finite_verb
from harmledger.extract.claims.member_parts import clause_end
from harmledger.extract.passage import Passage

CUE = re.compile(
    r"\bincl\.|\b(?:including|notably|among(?:st)?\s+(?:them|whom|the\s+(?:dead|killed|wounded|injured|victims|missing))|"
    r"of\s+(?:them|whom|these|those)|of\s+which(?=\s+(?:at\s+least\s+)?(?:\d|\w+\s+(?:(?:were|was|are|is)\s+)?"
    r"(?:children|women|men|civilians|minors|soldiers|police|girls|boys)))|comprising)\b|"
    r"\b(?:among(?:st)?\s+the\s+latter|included)\b(?=\s*(?:[.,;:)—–]|$))",
    re.I,
)
_OPENING = frozenset({":", "(", ",", "—", "–", "-", "["})
_NOTHING_MORE = re.compile(r"\s*(?:$|[.,;:)\]])")


def breakdown_run(
    passage: Passage, whole: Draft, drafts: Sequence[Draft]
) -> tuple[tuple[int, int] | None, str]:
    """The run of tokens that breaks the whole down, and how it was recognised."""
    if whole.counted is None:
        return None, ""
    behind = [t.index for t in passage.tokens if t.start >= whole.counted.end]
    stop = _next_harm(passage, whole, drafts)
    for match in CUE.finditer(passage.text):
        at = passage.start + match.start()
        if at < whole.counted.start or at >= _next_harm(passage, whole, drafts, at):
            continue
        if _in_closed_bracket(passage, whole.start, at):
            continue  # "412 casualties (137 dead, 275 hurt), of whom 64 were children": of the 412
        if _another_between(passage, whole, at, drafts) or of_other_harm(match.group(), whole.harm):
            continue
        before = _run_before(passage, whole, at, match)
        if before is not None:
            return before, "part:cue"
        stop = _next_harm(passage, whole, drafts, at)
        if match.group().endswith("."):
            at = passage.start + match.end() - 1  # the stop of "incl." ends nothing
        return run_after(passage, at, match.group().lower(), stop), "part:cue"
    again = passage.lowered[behind[0] + 1 : behind[0] + 2] == ("or",) if behind else False
    # "3,400 people, or 812 households": the same, counted otherwise
    if behind and passage.lowered[behind[0]] in _OPENING and whole.figures and not again:
        last = clause_end(passage, behind[0] + 1, stop, passage.lowered[behind[0]])
        if passage.lowered[behind[0]] == ",":
            last = closed_by_comma(passage, behind[0] + 1, last)
        if last > behind[0] and not has_finite_verb(passage, behind[0] + 1, last):
            return (behind[0] + 1, last), "part:list"
    return None, ""


def _in_closed_bracket(passage: Passage, start: int, at: int) -> bool:
    """Whether ``start`` stands in a bracket that is closed again before ``at``."""
    lead = passage.text[: start - passage.start]
    behind = passage.text[start - passage.start : at - passage.start]
    return lead.count("(") > lead.count(")") and behind.count(")") > behind.count("(")


def _another_between(passage: Passage, whole: Draft, at: int, drafts: Sequence[Draft]) -> bool:
    """Does another figure of people stand between the whole and the cue, which is then its own?"""
    return any(
        other is not whole
        and whole.start < other.start < at
        and other.figures
        and other.counted is not None
        and other.kind == "person"
        and not _in_closed_bracket(passage, other.start, at)
        for other in drafts
    )


def _next_harm(
    passage: Passage, whole: Draft, drafts: Sequence[Draft], at: int | None = None
) -> int:
    """Where the next harm with a figure of its own begins: a breakdown does not reach past it, but
    past a bracket that is closed before ``at``."""
    if whole.counted is None:
        return passage.end
    later = [
        d.start
        for d in drafts
        if d is not whole and d.start >= whole.end and d.harm != whole.harm and d.figures
        and (at is None or not _in_closed_bracket(passage, d.start, at))
    ]  # fmt: skip
    return min(later, default=passage.end)


def _run_before(
    passage: Passage, whole: Draft, at: int, cue: re.Match[str]
) -> tuple[int, int] | None:
    """ "12 people died, a girl of six among them": told before the cue, behind a comma."""
    among = cue.group().lower().startswith(("among", "included"))
    if whole.counted is None or not among or not _NOTHING_MORE.match(passage.text, cue.end()):
        return None
    between = [t for t in passage.tokens if whole.counted.end <= t.start < at]
    marks = [t.index for t in between if t.text in _OPENING]
    if not marks or marks[-1] == between[-1].index:
        return None
    if cue.group().lower() == "included":
        told = passage.tokens[marks[-1] + 1 : between[-1].index + 1]
        if any(t.upos in {"VERB", "AUX"} for t in told):
            return None
    return marks[-1] + 1, between[-1].index


def run_after(passage: Passage, at: int, cue: str, stop: int) -> tuple[int, int]:
    first = next(t.index for t in passage.tokens if t.end > at)
    back = 0
    if cue.startswith("of"):
        figure = next((f for f in passage.figures if f.end <= at and at - f.end <= 2), None)
        head = passage.tree.top(*figure.core) if figure is not None else None
        back = first - head.index if head is not None and head.index < first else 1
    others = THE_DEAD.search(passage.text, at - passage.start)  # "…, who said the dead included"
    stop = stop if others is None else min(stop, passage.start + others.start())
    last = clause_end(passage, first + 1, stop)
    if cue == "including":
        last = closed_by_comma(passage, first, last)  # "…, had been killed, as well as 68 soldiers"
    return max(0, first - back), _before_the_verb(passage, first + 1, last)


def _before_the_verb(passage: Passage, first: int, last: int) -> int:
    """ "Three of a family, among them a minor, were shot, the commander said": the aside ends."""
    for at in range(first + 1, last):
        if passage.lowered[at] == "," and passage.lowered[at + 1] in {"were", "was"}:
            return at - 1
    return last
