"""A whole in front and bare numbers behind it: "Of the 11 killed, seven came from two households
and four were under ten".

The first of them is read with other breakdowns; here are those that go on. Each is a part of the
same whole, whatever its own verb says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import PERSON_HARMS, Claim, Harm
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.breakdown_words import BY_WORD, FREED
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.extract.quantities.cardinal import find_value
from harmledger.lexicon.persons import PersonLexicon

_OF = re.compile(
    r"(?:^\W*|[;:]\s*)(?:out )?of (?P<those>(?:the|these|those|them|all)\b[^,.;]{0,70}),\s", re.I
)
_GOES_ON = re.compile(
    r"\s*(?:of (?:them|these)\s+)?(?:others?\b\s*,?|those of\b|came from\b|"
    r"(?:were|are|was|is|worked|belonged|lived|served|wore|bore|carried)\b)",
    re.I,
)
"""What stands behind a number that goes on counting."""
_HARMS: tuple[Harm, ...] = (*PERSON_HARMS, "mass_burial")
_NEAR = 8


class Whole(msgspec.Struct, frozen=True):
    """What is divided: its harm and number, and how a part points at it."""

    harm: Harm
    low: int | None
    kin: int | None = None
    part_of: str | None = None


def draft_divided(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with the parts that go on behind the first."""
    match = _OF.search(passage.text)
    if match is None:
        return tuple(drafts)
    start = passage.start + match.end()
    bare = _that_go_on(passage, start)
    whole = _whole(passage, match, drafts, earlier) if bare else None
    if whole is None:
        return tuple(drafts)
    found = list(drafts)
    for figure in bare:
        own = next((n for n, d in enumerate(found) if figure in d.figures), None)
        if whole.low is not None and (figure.low or 0) > whole.low:
            continue
        if own is not None and not _by_the_way(found[own], whole):
            continue
        if own is not None:
            found.pop(own)
        found.append(_part(passage, figure, whole, persons))
    return tuple(found)


def _that_go_on(passage: Passage, start: int) -> list[Figure]:
    """Numbers with a verb behind them, and those that leave it out in the same list: "12 were men,
    10 women and nine minors"."""
    found: list[Figure] = []
    for figure in (f for f in passage.figures if f.start >= start):
        last = found[-1] if found else None
        if _is_bare(passage, figure):
            found.append(figure)
        elif last is not None and figure.kind == "count" and figure.high != 0:
            between = passage.text[last.end - passage.start : figure.start - passage.start]
            behind = passage.text[figure.end - passage.start :]
            if _LEFT_OUT.match(between) and _IS_LAST.match(behind):
                found.append(figure)
    return found


_LEFT_OUT = re.compile(
    r"\s*(?:(?:were|was|are|is)\s+)?[\w-]+(?: [\w-]+)?(?:[,;](?: and)?| and)\s*$"
)
_IS_LAST = re.compile(r"\s+[\w-]+(?: [\w-]+)?\s*(?:[,.;]|\band\b|$)")


_OF_SO_MANY = re.compile(r"\s+of (?:the|those|these) (?:other )?", re.I)
_LATER = re.compile(
    r"[^.;]{0,70}?\b(?:freed|released|let go|surviv\w+|escaped|returned|"
    r"came back|come back|went home|discharged|alive|unhurt|unharmed|rescued|"
    r"are back|are free|are safe|recovered from|were not)\b",
    re.I,
)


def draft_of_so_many(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """ "Ten of the twelve lay in a gully": a part of those who were as many right before."""
    found = list(drafts)
    for figure in passage.figures:
        behind = figure.end - passage.start
        match = _OF_SO_MANY.match(passage.text, behind)
        if match is None or figure.high == 0:
            continue
        at = passage.start + match.end()
        many = next((f for f in passage.figures if f.start == at), None)
        low = find_value(many.as_written) if many is not None else None
        if low is None or figure.low is None or figure.low >= low:
            continue
        if _LATER.match(passage.text, behind):
            continue
        own = next((n for n, d in enumerate(found) if _counts(d, many)), None)
        if own is not None and (found[own].quantity.as_written or "").lower().startswith(_REST):
            continue  # "all but two of the 11 killed": those left are counted
        mine = next((n for n, d in enumerate(found) if figure in d.figures), None)
        if mine is not None:
            if own not in {None, mine} and _is_loose(found[mine], found, own):
                found[mine] = msgspec.structs.replace(found[mine], kin=own)
            continue
        made_up = _MADE_UP.search(passage.text[: figure.start - passage.start])
        if own is not None and (made_up or _SAID_OF_THEM.match(passage.text, behind)):
            here = Whole(found[own].harm, found[own].quantity.low, kin=own)
            found.append(_part(passage, figure, here, persons))
            continue
        whole = next((c for c in reversed(earlier[-_FAR:]) if _is_whole(c, low)), None)
        if whole is not None and not any(many in d.figures for d in found):
            told = Whole(whole.harm, whole.quantity.low, part_of=whole.id)
            found.append(_part(passage, figure, told, persons))
    return tuple(found)


_REST = ("all but", "all except", "all save", "everyone but", "everyone except")
_SAID_OF_THEM = re.compile(
    r"\s+of (?:the|those|these) (?:other )?[\w-]+ (?:[\w-]+ )?"
    r"(?:(?:who|that) (?:(?:were|was|had been|have been|have|had|has) )?)?"
    r"(?:deaths|dead|killed|died|shot|victims|fatalities|bodies|wounded|injured|hurt|missing|"
    r"hostages|captives|detainees|abducted)\b[^,.;:]{0,40}?\s"
    r"(?:were|was|are|is|had|have|came|worked|lived|belonged|served|taught|studied|wore)\b",
    re.I,
)
"""A part that is the subject of what is said: "five of the six deaths were caused by shellfire"."""


_MADE_UP = re.compile(
    r"\b(?:ma(?:d|k)e(?:s)? up|account(?:s|ed)? for|represent(?:s|ed)?|comprise[ds]?|form(?:s|ed)?|"
    r"numbered)\s+$",
    re.I,
)
"""Before a share of them: "women made up nine of the 14 killed"."""


def _is_loose(part: Draft, drafts: Sequence[Draft], whole: int | None) -> bool:
    """Whether a draft of the same harm points at no whole yet: "12 of the 40 dead"."""
    same = whole is not None and drafts[whole].harm == part.harm
    return same and part.kin is None and part.part_of is None


def _counts(draft: Draft, figure: Figure | None) -> bool:
    return figure is not None and figure in draft.figures and draft.harm in _HARMS


_FAR = 20
"""Claims back to those who were as many."""


def _is_whole(claim: Claim, low: int) -> bool:
    told = claim.stance == "asserts" and claim.quantity.unit == "persons"
    return told and claim.harm in _HARMS and claim.quantity.low == low


def _is_bare(passage: Passage, figure: Figure) -> bool:
    if figure.kind != "count" or figure.high == 0:
        return False
    if FREED.match(passage.text, figure.end - passage.start):
        return False
    return _GOES_ON.match(passage.text, figure.end - passage.start) is not None


def _by_the_way(draft: Draft, whole: Whole) -> bool:
    """ "31 worked in hospitals": no harm of theirs; "of the fatalities, one was hit by shrapnel":
    what killed her."""
    if whole.harm == "killed" and draft.harm == "injured" and draft.kin is None:
        return True
    return any(n.rule == "harm:injured:in+hospital" for n in draft.notes)


def _whole(
    passage: Passage, match: re.Match[str], drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> Whole | None:
    first, last = passage.start + match.start(), passage.start + match.end()
    for number, draft in enumerate(drafts):
        if draft.figures and first <= draft.figures[0].start < last and draft.harm in _HARMS:
            return Whole(draft.harm, draft.quantity.low, kin=number)
    words = re.findall(r"\w+", match["those"].lower())
    harm = next((BY_WORD[w] for w in words if w in BY_WORD), None)
    for draft in drafts:  # the first part is read already
        if draft.part_of is not None and draft.figures and draft.figures[0].start >= last:
            told = next((c for c in earlier if c.id == draft.part_of), None)
            if harm in {None, draft.harm}:
                low = told.quantity.low if told is not None else None
                return Whole(draft.harm, low, part_of=draft.part_of)
    for claim in reversed(earlier[-_NEAR:]):
        whole = claim.part_of is None and claim.stance == "asserts" and claim.harm in _HARMS
        counted = claim.quantity.unit == "persons" and (claim.quantity.low or 0) > 1
        if whole and counted and harm in {None, claim.harm}:
            return Whole(claim.harm, claim.quantity.low, part_of=claim.id)
    return None


def _part(passage: Passage, figure: Figure, whole: Whole, persons: PersonLexicon) -> Draft:
    head = passage.tree.top(*figure.core)
    at = head.index if head is not None else 0
    behind = [t.index for t in passage.tokens if t.start >= figure.end][:4]
    noun = next((n for n in behind if is_person(passage, n, persons)), at)
    counted = Counted(
        quantity=quantity_of(figure), head=at, noun=noun, start=figure.start,
        end=max(figure.end, passage.tokens[noun].end), figure=figure,
    )  # fmt: skip
    return Draft(
        harm=whole.harm,
        predicate=at,
        start=counted.start,
        end=counted.end,
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        kin=whole.kin,
        part_of=whole.part_of,
        figures=(figure,),
        notes=(
            Note(field="harm", start=figure.start, end=figure.end, rule="part:divided"),
            Note(field="part_of", start=figure.start, end=figure.end, rule="part:divided"),
        ),
        kind="burial" if whole.harm == "mass_burial" else "person",
        score=0.75,
    )
