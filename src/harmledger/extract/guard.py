"""The undercount guard: what stands in a sentence with a harm word and no claim used.

It looks at figures and words only, never at the tree, so that a parser's mistake cannot hide a
number. Every count in such a sentence is used by a claim, read as something else, or listed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.quantity import Figure, NumberKind
from harmledger.core.span import Span, cut_span
from harmledger.core.unresolved import NumberState, Reason, Unresolved
from harmledger.extract.counted_things import counts_no_harm
from harmledger.extract.passage import Passage

_END_OF_HARM = re.compile(
    r"\b(?:escaped|freed|released|rescued|recovered|pulled out|reunited|restored|survived|unhurt|"
    r"unharmed|returned|found alive|discharged|recovering)\b",
    re.I,
)
_APART = re.compile(r"[.;:]|\b(?:of|in|at|from|to|while|when|could|who|whose|said|was|were|had)\b")
_LORRIES = re.compile(
    r"\s+(?:\w+\s+){0,2}?(?:trucks?|lorr(?:y|ies)|barges?|vehicles?|buses|ambulances?|convoys?|"
    r"boats?|ships?|planes?|flights?|times|occasions)\b",
    re.I,
)
_SOURCES = re.compile(
    r"\s+(?:\w+\s+)?(?:sources|accounts|outlets|newspapers)\b(?! (?:were|was|died|killed))", re.I
)
"""Who tells it: of these no harm is told."""
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom|the (?:dead|victims|wounded))\b", re.I)
_HURT = re.compile(
    r"\b(?:kill|wound|injur|hurt|harm|dead|die[ds]?\b|surviv|victim|displac|missing|freed|released|"
    r"hostage|captive|detain|abduct)",
    re.I,
)
_HELD = frozenset({"access_denied", "trapped"})
_NEAR = 80
_PRESENCE = re.compile(
    r"\b(?:were|was|are|had been) (?:inside|present|waiting|staying|sheltering|living|in the)\b|"
    r"\b(?:sheltering|staying|living|waiting|hiding) (?:in|at|there)\b",
    re.I,
)


def unresolved_line(document: Document, span: Span | None, reason: Reason, note: str) -> Unresolved:
    """One line for a person, with an id that running again reproduces."""
    where = (span.start, span.end) if span is not None else ()
    return Unresolved(
        id=derived_id("unr", document.id, document.text_sha256, where, reason, note),
        document=document.id,
        document_name=document.name,
        span=span,
        reason=reason,
        note=note,
    )


def account_for_numbers(
    document: Document,
    text: str,
    passages: Sequence[Passage],
    harmful: dict[int, str | None],
    claims: Sequence[Claim],
    used: dict[tuple[int, int], str],
) -> tuple[tuple[NumberState, ...], tuple[Unresolved, ...]]:
    """One state for every figure of every passage with a harm word.

    ``harmful`` maps passage numbers to why their harms are out of scope (None: in scope);
    ``used`` maps the bare number's span to the claim that uses it.
    """
    states: list[NumberState] = []
    lines: list[Unresolved] = []
    starts = [claim.span.start for claim in claims]
    for passage in passages:
        if passage.index not in harmful:
            continue
        first, last = bisect_left(starts, passage.start), bisect_left(starts, passage.end)
        own = claims[first:last]
        here = {f.core: used[f.core] for f in passage.figures if f.core in used}
        left: dict[tuple[Reason, str], list[Figure]] = {}
        for figure in passage.figures:
            told = used.get(figure.core) or _told_by(text, passage, figure, own, here)
            state = _state(figure, told, _read_as(text, passage, figure))
            states.append(state)
            if state.state == "unresolved":
                why = _explain(text, passage, figure, harmful[passage.index], here)
                left.setdefault(why, []).append(figure)
        lines.extend(_line(document, text, passage, figures, why) for why, figures in left.items())
    return tuple(states), tuple(lines)


def without_doubles(
    harms: Sequence[Unresolved], numbers: Sequence[Unresolved]
) -> tuple[Unresolved, ...]:
    """Harm words that came to nothing, but for those whose number has a line of its own."""
    starts = sorted(line.span.start for line in numbers if line.span is not None)
    return tuple(
        line
        for line in harms
        if line.reason != "harm_without_claim"
        or line.span is None
        or not any(abs(start - line.span.start) < _NEAR for start in starts)
    )


def _told_by(
    text: str,
    passage: Passage,
    figure: Figure,
    own: Sequence[Claim],
    here: dict[tuple[int, int], str],
) -> str | None:
    """The claim that says a figure without counting by it; ``own`` are the passage's claims."""
    if figure.kind != "count":
        return None
    return _denied_by(figure, own) or _moved_by(text, figure, own) or _describes(text, figure, here)


def _denied_by(figure: Figure, own: Sequence[Claim]) -> str | None:
    """ "no clean water", "no patient was let through": a zero beside a claim that says something
    is missing is part of what it says."""
    if figure.high != 0:
        return None
    for claim in own:
        inside = claim.span.start <= figure.start and figure.end <= claim.span.end
        if claim.harm in _HELD or (inside and claim.harm in {"service_denied", "missing"}):
            return claim.id
    return None


def _moved_by(text: str, figure: Figure, own: Sequence[Claim]) -> str | None:
    """ "turned back our two trucks": lorries and occasions of a denied access are not counted
    (reading rule 10), and part of what it says."""
    if _LORRIES.match(text, figure.end) is None:
        return None
    return next(
        (
            c.id
            for c in own
            if c.harm == "access_denied" and c.span.start - _NEAR <= figure.start < c.span.end
        ),
        None,
    )


def _describes(text: str, figure: Figure, here: dict[tuple[int, int], str]) -> str | None:
    """ "a farmer, his three sons and a guest, none of them armed": who the counted were."""
    if figure.high != 0 or not figure.as_written.lower().startswith("none"):
        return None
    if _OF_THEM.match(text, figure.end) is None or _HURT.search(text, figure.end, figure.end + 40):
        return None
    before = [core for core in here if core[1] <= figure.start]
    return here[max(before)] if before else None


def _read_as(text: str, passage: Passage, figure: Figure) -> NumberKind | None:
    """What a count is read as after all, beside what its sentence says: a share of people already
    counted ("most of them"), or whoever speaks ("two residents said")."""
    if figure.kind != "count":
        return figure.kind
    if figure.rule.endswith("word:most"):
        return "percent"
    if _SOURCES.match(text, figure.end):
        return "name"
    if counts_no_harm(passage, figure):
        return "denominator"
    for said in passage.attributions:
        if said.source is not None and said.source[0] <= figure.start < said.source[1]:
            harmed = _HURT.search(text, said.source[0], said.source[1])
            return None if harmed else "name"
    return None


def _line(
    document: Document,
    text: str,
    passage: Passage,
    figures: Sequence[Figure],
    why: tuple[Reason, str],
) -> Unresolved:
    """One line for all figures of a passage that are left for the same reason."""
    span = cut_span(text, figures[0].start, figures[-1].end, (passage.start, passage.end))
    written = ", ".join(f"“{figure.as_written}”" for figure in figures)
    return unresolved_line(document, span, why[0], f"{written}: {why[1]}")


def _state(figure: Figure, claim: str | None, read_as: NumberKind | None) -> NumberState:
    if claim is not None:
        return NumberState(
            start=figure.start, end=figure.end, as_written=figure.as_written, state="used",
            claim=claim,
        )  # fmt: skip
    if read_as is not None:
        return NumberState(
            start=figure.start, end=figure.end, as_written=figure.as_written, state="read_as",
            read_as=read_as,
        )  # fmt: skip
    return NumberState(
        start=figure.start, end=figure.end, as_written=figure.as_written, state="unresolved"
    )


def _explain(
    text: str,
    passage: Passage,
    figure: Figure,
    out: str | None,
    used: dict[tuple[int, int], str],
) -> tuple[Reason, str]:
    reason: Reason = "number_without_harm"
    note = "beside a harm word, but no claim says what is counted"
    neighbour = _joined_to_used(text, figure, used)
    after = text[figure.end : min(passage.end, figure.end + 80)]
    if out is not None:
        reason, note = "out_of_scope", out
    elif neighbour:
        reason = "readings_disagree"
        note = (
            f"the sentence joins it to a figure that was counted (“{neighbour}”); the count may be "
            "short by it"
        )
    elif _END_OF_HARM.search(after):
        reason, note = "end_of_harm", "it seems to tell the end of a harm"
    elif _PRESENCE.search(after):
        reason, note = "presence", "it says who was there, not who was harmed"
    return reason, note


def _joined_to_used(text: str, figure: Figure, used: dict[tuple[int, int], str]) -> str | None:
    """The counted figure this one is joined to by "and" within a few words, if any."""
    for start, end in used:
        low, high = sorted((figure.core, (start, end)))
        between = text[low[1] : high[0]]
        joined = 0 < len(between) <= 30 and re.search(r"\b(?:and|or)\b|,", between)
        if joined and not _APART.search(between):
            return text[start:end]
    return None


def tells_end(words: str) -> bool:
    """Whether words behind a phrase tell the end of a harm: freed, rescued, found alive."""
    return _END_OF_HARM.search(words) is not None


def harm_without_claim(
    document: Document, text: str, passage: Passage, words: tuple[int, int], note: str
) -> Unresolved:
    """A harm word with a figure in its sentence that came to nothing."""
    span = cut_span(text, words[0], words[1], (passage.start, passage.end))
    return unresolved_line(document, span, "harm_without_claim", note)
