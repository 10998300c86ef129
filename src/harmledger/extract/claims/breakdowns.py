"""Parts told in a sentence of their own: "Twelve of the dead were staff", "Nineteen of them …",
"The dead are 14 staff, 24 patients and four caretakers".

They break down the latest whole figure of that harm told before. A part keeps its own harm, never
its whole's number, and is a floor for it (contract R4, R6).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Harm
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.breakdown_words import (
    BY_WORD,
    FREED,
    LET_GO,
    MAY_DIE,
    NO_PART,
    OF,
    OF_THE,
    TELLS,
    THE_DEAD,
    TOLD_BY,
)
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.fronted import draft_fronted
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.claims.told_apart import draft_named, tell_apart
from harmledger.extract.claims.wholes import latest_whole, of_whole
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

NO_COUNT = re.compile(r"\b(?:no|any|every|each|either|neither|the other)\s+$", re.I)
"""Before a number that counts nobody: "no two of the bodies", "every three days"."""


def draft_breakdowns(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """Drafts of the passage with parts of figures told before it.

    ``earlier`` are the claims of the document so far. A figure that a draft already counts under
    its own harm word stays there and is only marked as a part.
    """
    drafts = draft_named(passage, drafts, earlier, persons)
    found = draft_fronted(
        passage, _named_of(passage, list(drafts), earlier, persons), earlier, persons
    )
    found = tell_apart(passage, found, earlier, persons)
    for figure, harm in _told_of(passage, persons):
        if harm is None and _own_people(passage, figure):
            continue
        own = next((n for n, d in enumerate(found) if figure.figure in d.figures), None)
        whole = latest_whole(earlier, harm, figure.quantity.low)
        # "61 casualties (17 killed, 44 injured). Nine of those killed died when a mine exploded"
        same = whole is None and own is not None and found[own].harm == harm
        whole = latest_whole(earlier, "killed_or_injured", figure.quantity.low) if same else whole
        if whole is None and own is None and _of_victims(passage, figure):
            whole, harm = latest_whole(earlier, None, figure.quantity.low), None
            whole = whole if whole is not None and whole.harm in _HAVE_VICTIMS else None
        if whole is None or _inside(found, figure):
            continue
        graver = own is not None and found[own].harm == "killed" and harm in MAY_DIE
        own_harm = harm is None or graver or same  # "two of them died": its own harm (15)
        if own is not None and found[own].part_of is not None and _is_sum(found[own]):
            continue  # "the dead include a couple and their son": counted together
        if own is not None and own_harm:
            found[own] = msgspec.structs.replace(found[own], part_of=whole.id)
            continue
        found = _without(found, figure)
        found.append(_part(passage, figure, whole, persons))
    return tuple(found)


def _is_sum(draft: Draft) -> bool:
    return draft.quantity.basis == "arithmetic"


_OF_VICTIMS = re.compile(r"\s*of the victims\b", re.I)


_HAVE_VICTIMS: frozenset[Harm] = frozenset({"abducted", "injured", "sexual_violence"})


def _of_victims(passage: Passage, counted: Counted) -> bool:
    """ "Four of the victims were children", where nobody was told dead: those taken or hurt."""
    if counted.figure is None:
        return False
    return _OF_VICTIMS.match(passage.text, counted.figure.end - passage.start) is not None


def _named_of(
    passage: Passage, drafts: list[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> list[Draft]:
    """ "Of the 20 killed, 12 were women": the part of a whole told in front of it."""
    match = OF_THE.search(passage.text)
    if match is None or _is_counted(passage, passage.start + match.start()):
        return drafts
    at = passage.start + match.start("rest")
    told = next((n for n, d in enumerate(drafts) if d.figures and d.start < at
                 and passage.start + match.start() <= d.figures[0].start), None)  # fmt: skip
    figure = next((f for f in passage.figures if at <= f.start <= at + 30 and f.kind == "count"
                   and f.high != 0 and f.as_written.lower() != "both"), None)  # fmt: skip
    head = passage.tree.top(*figure.core) if figure is not None else None
    if figure is None or head is None or FREED.match(passage.text, figure.end - passage.start):
        return drafts
    harm = BY_WORD.get((match["harm"] or "").lower())
    whole = drafts[told] if told is not None else None
    if match["harm"] is None:
        whole = _nearest_before(drafts, passage.start + match.start())
        told = drafts.index(whole) if whole is not None else None
        harm = whole.harm if whole is not None else None
    before = latest_whole(earlier, harm, figure.low) if whole is None else None
    harm = harm or (before.harm if before is not None else None)
    if harm is None and whole is None:
        return drafts
    links = {"kin": told, "part_of": before.id if before is not None else None}
    own = next((n for n, d in enumerate(drafts) if figure in d.figures), None)
    if own is not None:
        if own != told and drafts[own].kin is None and drafts[own].part_of is None:
            drafts[own] = msgspec.structs.replace(drafts[own], **links)
        return drafts
    part = of_whole(passage, _from_figure(passage, head.index, figure), whole, persons, harm)
    kept = [d for d in drafts if d.figures or d.harm != harm or d.start >= at]
    if told is not None and len(kept) != len(drafts):
        kept = drafts
    return [*kept, msgspec.structs.replace(part, **links)]


def _is_counted(passage: Passage, of: int) -> bool:
    """ "one of them a girl, and 17 were wounded": that part is told already, and what comes behind
    it is another harm."""
    return any(f.kind == "count" and of - 2 <= f.end <= of for f in passage.figures)


def _nearest_before(drafts: Sequence[Draft], at: int) -> Draft | None:
    """The figure of people that "of these" points back at, inside the passage."""
    before = [d for d in drafts if d.figures and d.figures[-1].end <= at and d.kin is None
              and d.quantity.unit == "persons"]  # fmt: skip
    return max(before, key=lambda d: d.figures[-1].end, default=None)


def _own_people(passage: Passage, counted: Counted) -> bool:
    """ "140 patients, nineteen of them babies" breaks down its own sentence's figure, not one told
    before; "we can hear two of them" breaks down nothing."""
    if counted.figure is None:
        return False
    if passage.tokens[counted.head].deprel in {"obj", "iobj"}:
        return True
    start = counted.figure.start
    return any(
        f.kind == "count" and f.end < start and f.low not in {None, 0}
        and OF.match(passage.text, f.end - passage.start) is None  # a part itself: "13 of them"
        for f in passage.figures
    )  # fmt: skip


def _inside(drafts: Sequence[Draft], counted: Counted) -> bool:
    """The passage's own whole already holds it ("17 wounded, 12 of them children")."""
    return any(
        d.kin is not None and counted.figure is not None and counted.figure in d.figures
        for d in drafts
    )


def _without(drafts: Sequence[Draft], counted: Counted) -> list[Draft]:
    return [d for d in drafts if counted.figure is None or counted.figure not in d.figures]


def _told_of(passage: Passage, persons: PersonLexicon) -> list[tuple[Counted, Harm | None]]:
    found: list[tuple[Counted, Harm | None]] = []
    for figure in passage.figures:
        match = OF.match(passage.text, figure.end - passage.start)
        head = passage.tree.top(*figure.core)
        if NO_COUNT.search(passage.text[: figure.start - passage.start]):
            continue
        if figure.kind != "count" or figure.high == 0 or match is None or head is None:
            continue
        if _is_no_part(passage, figure, passage.start + match.end()):
            continue
        word = (match["harm"] or match["harm2"] or "").lower()
        counted = _from_figure(passage, head.index, figure)
        found.append((counted, BY_WORD.get(word)))
        found.extend(
            (other, BY_WORD.get(word)) for other in _continued(passage, passage.start + match.end())
        )
    match = THE_DEAD.search(passage.text)
    if match is not None:
        found.extend(
            (counted, BY_WORD[match["harm"].lower()])
            for counted in _listed(passage, passage.start + match.end(), persons)
        )
    return found


def _is_no_part(passage: Passage, figure: Figure, behind: int) -> bool:
    """Whether the words around say that the harm is over for these, that they tell it or did it."""
    at = behind - passage.start
    who = TOLD_BY.match(passage.text, at)
    at = who.end() if who is not None else at
    lead = passage.text[: figure.start - passage.start]
    if NO_PART.search(lead) or LET_GO.search(lead):
        return True
    return any(p.match(passage.text, at) is not None for p in (FREED, TELLS))


def _said_of(passage: Passage, head: int) -> int:
    """The noun that says who they are: "twelve of the dead were members of its staff"."""
    tree = passage.tree
    for above in (head, *(t.index for t in tree.ancestors(head))):
        token = tree.tokens[above]
        if token.upos == "NOUN" and tree.child(above, "cop") is not None:
            return above
    return head


def _continued(passage: Passage, start: int) -> list[Counted]:
    """ "… and seven were patients": the list goes on with "N were NOUN"."""
    found = []
    for figure in passage.figures:
        if figure.kind != "count" or figure.start < start:
            continue
        after = passage.text[figure.end - passage.start :]
        lead = passage.text[start - passage.start : figure.start - passage.start]
        if not re.match(r"\s*(?:others? )?(?:were|are|was)\b", after) or ";" in lead:
            continue
        head = passage.tree.top(*figure.core)
        if head is not None:
            found.append(_from_figure(passage, head.index, figure))
    return found


def _listed(passage: Passage, start: int, persons: PersonLexicon) -> list[Counted]:
    """Counted people behind "the dead are"."""
    first = next((t.index for t in passage.tokens if t.start >= start), None)
    if first is None:
        return []
    each = [
        count_phrase(passage, head, persons)
        for head in phrase_heads(passage, first, len(passage.tokens) - 1)
        if is_person(passage, head, persons)
    ]
    return [counted for counted in each if counted.figure is not None and counted.figure.high != 0]


def _from_figure(passage: Passage, head: int, figure: Figure) -> Counted:
    noun = _said_of(passage, head)
    token = passage.tokens[noun]
    return Counted(
        quantity=quantity_of(figure),
        head=head, noun=noun, start=figure.start, end=max(figure.end, token.end), figure=figure,
    )  # fmt: skip


def _part(passage: Passage, counted: Counted, whole: Claim, persons: PersonLexicon) -> Draft:
    note = Note(field="part_of", start=counted.start, end=counted.end, rule="part:told_before")
    return msgspec.structs.replace(
        of_whole(passage, counted, None, persons, whole.harm),
        cause=whole.cause,
        part_of=whole.id,
        figures=(counted.figure,) if counted.figure is not None else (),
        notes=(note,),
    )
