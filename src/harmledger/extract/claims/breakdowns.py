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
from harmledger.core.quantity import Figure, Quantity
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_OF = re.compile(
    r"\s*of (?P<who>them|these|those|the (?P<harm>dead|killed|slain|victims|wounded|injured|"
    r"missing|casualties|fatalities|bodies|corpses|skeletons|remains|hostages|abducted|detainees|"
    r"arrested|displaced)|"
    r"those (?P<harm2>killed|wounded|injured|dead|missing))\b",
    re.I,
)
_THE_DEAD = re.compile(
    r"\b(?:the|those) (?P<harm>dead|killed|victims|wounded|injured|fatalities|missing)\b"
    r"(?: \w+){0,2}? (?:are|were|include[ds]?|comprise[ds]?|consist(?:ed)? of)\b",
    re.I,
)
_BY_WORD: dict[str, Harm] = {
    "dead": "killed", "killed": "killed", "slain": "killed", "victims": "killed",
    "fatalities": "killed", "wounded": "injured", "injured": "injured",
    "hostages": "abducted",
    "abducted": "abducted",
    "detainees": "detained",
    "arrested": "detained",
    "displaced": "displaced",
    "missing": "missing", "casualties": "killed_or_injured",
}  # fmt: skip

NO_COUNT = re.compile(r"\b(?:no|any|every|each|either|neither|the other)\s+$", re.I)
"""Before a number that counts nobody: "no two of the bodies", "every three days"."""


def draft_breakdowns(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """Drafts of the passage with parts of figures told before it.

    ``earlier`` are the claims of the document so far. A figure that a draft already counts under
    its own harm word stays there and is only marked as a part.
    """
    found = list(drafts)
    for figure, harm in _told_of(passage, persons):
        if harm is None and _own_people(passage, figure):
            continue
        whole = _latest_whole(earlier, harm, figure.quantity.low)
        if whole is None or _inside(found, figure):
            continue
        own = next((n for n, d in enumerate(found) if figure.figure in d.figures), None)
        if harm is None and own is not None:  # "two of them were found dead": its own harm (15)
            found[own] = msgspec.structs.replace(found[own], part_of=whole.id)
            continue
        found = _without(found, figure)
        found.append(_part(passage, figure, whole, persons))
    return tuple(found)


def _own_people(passage: Passage, counted: Counted) -> bool:
    """ "140 patients, nineteen of them babies" breaks down its own sentence's figure, not one told
    before; "we can hear two of them" breaks down nothing."""
    if counted.figure is None:
        return False
    if passage.tokens[counted.head].deprel in {"obj", "iobj"}:
        return True
    start = counted.figure.start
    return any(f.kind == "count" and f.end < start and f.low not in {None, 0}
               for f in passage.figures)  # fmt: skip


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
        match = _OF.match(passage.text, figure.end - passage.start)
        head = passage.tree.top(*figure.core)
        if NO_COUNT.search(passage.text[: figure.start - passage.start]):
            continue
        if figure.kind != "count" or figure.high == 0 or match is None or head is None:
            continue
        word = (match["harm"] or match["harm2"] or "").lower()
        counted = _from_figure(passage, head.index, figure)
        found.append((counted, _BY_WORD.get(word)))
        found.extend(
            (other, _BY_WORD.get(word))
            for other in _continued(passage, passage.start + match.end())
        )
    match = _THE_DEAD.search(passage.text)
    if match is not None:
        found.extend(
            (counted, _BY_WORD[match["harm"].lower()])
            for counted in _listed(passage, passage.start + match.end(), persons)
        )
    return found


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
        quantity=Quantity(
            as_written=figure.as_written, low=figure.low, high=figure.high, bound=figure.bound,
            basis=figure.basis,
        ),
        head=head, noun=noun, start=figure.start, end=max(figure.end, token.end), figure=figure,
    )  # fmt: skip


def _latest_whole(earlier: Sequence[Claim], harm: Harm | None, low: int | None) -> Claim | None:
    """The last whole figure told before, of this harm (any harm to people if none is named), that
    could hold the part."""
    for claim in reversed(earlier):
        fits = claim.quantity.low is None or low is None or low <= claim.quantity.low
        counted = claim.quantity.basis in {"stated", "arithmetic"} or claim.quantity.low is None
        if (
            claim.part_of is None
            and claim.stance == "asserts"
            and fits
            and counted
            and (claim.harm == harm or (harm is None and claim.quantity.unit == "persons"))
        ):
            return claim
    return None


def _part(passage: Passage, counted: Counted, whole: Claim, persons: PersonLexicon) -> Draft:
    figures = (counted.figure,) if counted.figure is not None else ()
    return Draft(
        harm=whole.harm,
        predicate=counted.head,
        start=counted.start,
        end=counted.end,
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        cause=whole.cause,
        part_of=whole.id,
        figures=figures,
        notes=(
            Note(field="part_of", start=counted.start, end=counted.end, rule="part:told_before"),
        ),
        score=0.75,
    )
