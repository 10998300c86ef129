"""Figures without a harm word of their own: what harm they tell, from what stands before them.

"Five people were killed in Kherson and three in Nikopol", "the army says 4", "The hospital put the
number at 17", "Thirty-eight are women". Only figures that no draft counts are looked at, and only
those that count people or nothing else; what fits no rule stays with the undercount guard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.antecedents import (
    LOOK_BACK,
    Antecedent,
    ends_here,
    in_passage,
    told_before,
)
from harmledger.extract.claims.breakdowns import NO_COUNT
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.figure_words import (
    ACCORDING,
    ARE,
    AS_TOLD,
    BEFORE,
    COMPARED,
    FATALLY,
    GOVERNOR,
    IN_PLACE,
    IT_IS,
    JOINT,
    NOT_BUT,
    NOT_THAT,
    NOT_THIS,
    NUMBERS_SOMETHING,
    OF_WHOM_LABEL,
    SAYS,
    SHOULD,
    SPOKE_OF,
    SURVIVED,
    THEY_DID,
    WHERE,
    WHY,
)
from harmledger.extract.claims.listed_parts import as_parts, breaks_down
from harmledger.extract.claims.of_others import (
    of_others,
    of_things,
    people_behind,
    tells_of_itself,
)
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.put_at import label_told
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon


def draft_bare_figures(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts of the passage with those of its bare figures."""
    found = [_of_what_is_told(passage, draft, earlier) for draft in drafts]
    added: list[int] = []
    for figure in passage.figures:
        if figure.kind != "count" or any(figure in d.figures for d in found):
            continue
        if figure.high == 0 or (figure.low is None and figure.high is None):
            continue
        if NO_COUNT.search(passage.text[: figure.start - passage.start]):
            continue
        told = label_told(passage, figure, found, earlier) or _read_beside(
            passage, figure, found, earlier, persons
        )
        if told is None:
            continue
        antecedent, rule = told
        draft = _draft(passage, figure, antecedent, rule, found, persons)
        if draft is not None:
            added.append(len(found))
            found.append(draft)
    found = [_beside_told(passage, draft, found) for draft in found]
    return tuple(as_parts(found, added))


_SPOKEN_OF = frozenset({"displaced", "trapped", "missing", "detained", "abducted", "mass_burial"})
_OWN_HARM = re.compile(
    r"[^.;,]{0,40}?\b(?:executed|dead|killed|victims?|casualt\w+|slain|martyr\w*|fell)\b", re.I
)
"""A figure spoken of that says itself what became of them: "forty villagers executed"."""
_VAGUE_TOLLS = re.compile(r"harm:killed:(?:speak of|count (?:of|at|to)|figure \w+)$")


def _of_what_is_told(passage: Passage, draft: Draft, earlier: Sequence[Claim]) -> Draft:
    """ "The diocese speaks of more than 600": of the dead, unless people were displaced, taken or
    cut off right before."""
    if not _VAGUE_TOLLS.match(draft.notes[0].rule) or _DIED.search(passage.before):
        return draft
    if draft.figures and _OWN_HARM.match(passage.text, draft.figures[0].end - passage.start):
        return draft
    told = told_before(earlier, passage)
    if told is None or told.claim is None or told.harm not in _SPOKEN_OF:
        return draft
    quantity = draft.quantity
    if not _counts_heads(passage, draft):
        quantity = msgspec.structs.replace(quantity, unit=told.claim.quantity.unit)
    note = msgspec.structs.replace(draft.notes[0], rule="figure:other_voice")
    return msgspec.structs.replace(
        draft, harm=told.harm, quantity=quantity, cause="direct", notes=(note, *draft.notes[1:])
    )


def _beside_told(passage: Passage, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """ "214 were detained; this morning she had spoken of 180": of those told in the passage."""
    if not _VAGUE_TOLLS.match(draft.notes[0].rule):
        return draft
    before = [d for d in drafts if d.figures and d.end <= draft.start and d.harm in _SPOKEN_OF]
    if not before or _DIED.search(passage.text):
        return draft
    note = msgspec.structs.replace(draft.notes[0], rule="figure:other_voice")
    return msgspec.structs.replace(draft, harm=before[-1].harm, notes=(note, *draft.notes[1:]))


_DIED = re.compile(r"\b(?:die[ds]?|dead|killed|deaths?|died)\b", re.I)


def _counts_heads(passage: Passage, draft: Draft) -> bool:
    behind = [t for t in passage.tokens if draft.figures and t.start >= draft.figures[0].end][:1]
    return any(t.upos == "NOUN" for t in behind)


def _read_alone(
    passage: Passage, figure: Figure, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Antecedent, str] | None:
    """A figure with no noun: another voice's, another period's, or one that is taken back."""
    lead = passage.text[: figure.start - passage.start]
    behind = figure.end - passage.start
    instead = NOT_THIS.search(lead) and re.match(r",? but\b", passage.text[behind:].lstrip())
    if instead or (NOT_THAT.search(lead) and AS_TOLD.match(passage.text, behind) is not None):
        antecedent, rule = in_passage(drafts, figure) or told_before(earlier, passage), "not_that"
    elif (SHOULD.search(lead) or NOT_BUT.search(lead)) and ends_here(passage, behind):
        antecedent, rule = (
            in_passage(drafts, figure) or told_before(earlier, passage),
            "should_be",
        )
    elif COMPARED.search(lead) and (
        WHERE.match(passage.text, behind)
        or BEFORE.match(passage.text, behind)
        or ACCORDING.match(passage.text, behind)
        or ends_here(passage, behind)
    ):
        antecedent, rule = in_passage(drafts, figure), "compared"
    elif IT_IS.search(lead) and _WITH_HURT.match(passage.text, behind):
        antecedent, rule = Antecedent(harm="killed", low=None), "with_hurt"
    elif IT_IS.search(lead) and (ends_here(passage, behind) or _next_says(passage, behind)):
        antecedent, rule = in_passage(drafts, figure) or told_before(earlier, passage), "it_is"
    elif (SAYS.search(lead) or GOVERNOR.search(lead) or SPOKE_OF.search(lead)) and _told_alone(
        passage, behind
    ):
        antecedent, rule = (
            in_passage(drafts, figure) or told_before(earlier, passage),
            "other_voice",
        )
    else:
        return None
    return (antecedent, f"figure:{rule}") if antecedent is not None else None


_WITH_HURT = re.compile(
    r",? (?:with|and|alongside|plus) (?:(?:another|some|about|at least|more than) )?[\w,-]+ "
    r"(?:\w+ )?(?:wounded|injured|hurt|injuries)\b",
    re.I,
)
"""What stands beside the dead: "its count had reached 19, with 44 wounded"."""


def _next_says(passage: Passage, behind: int) -> bool:
    """A comma and who says it, or the end of a quotation."""
    return re.match(r"\s*(?:[,—–”\"]|(?:now|already|so far)\b)", passage.text[behind:]) is not None


_GOES_ON = re.compile(r"\s*(?:[”\"’'—–-]|dead\b|were\b|was\b|had\b|with\b|others?\b|did\b)")


def _told_alone(passage: Passage, behind: int) -> bool:
    """The figure ends its clause, or goes on with where, why or "others": "thousands would run"
    tells something else."""
    following = passage.text[behind:]
    return (
        ends_here(passage, behind)
        or WHERE.match(passage.text, behind) is not None
        or _GOES_ON.match(following) is not None
    )


def _read_beside(
    passage: Passage,
    figure: Figure,
    drafts: Sequence[Draft],
    earlier: Sequence[Claim],
    persons: PersonLexicon,
) -> tuple[Antecedent, str] | None:
    if SURVIVED.match(passage.text, figure.end - passage.start):
        return None
    if not _counts_people(passage, figure, persons) or _is_of_speakers(passage, figure):
        return None
    lead = passage.text[: figure.start - passage.start]
    if NUMBERS_SOMETHING.search(lead) or of_things(passage, figure, persons):
        return None
    alone = not _next_is_noun(passage, figure)
    told = _read_alone(passage, figure, drafts, earlier) if alone else None
    if told is not None:
        return told
    if OF_WHOM_LABEL.search(lead) and not drafts:
        antecedent = told_before(earlier, passage)
        return (antecedent, "figure:of_those_told") if antecedent is not None else None
    antecedent = in_passage(drafts, figure)
    if antecedent is not None:
        if of_others(passage, figure, drafts, antecedent, persons):
            return None
        rule = _joined(passage, figure, drafts, antecedent)
        if rule is not None:
            return (antecedent, rule) if not tells_of_itself(passage, figure) else None
    if re.search(r"\w", lead) or drafts:
        return None
    return _opening(passage, figure, earlier, persons)


def _is_of_speakers(passage: Passage, figure: Figure) -> bool:
    """ "Two people died, one of the doctors said": one who speaks."""
    return any(a.source is not None and a.source[0] == figure.start for a in passage.attributions)


def _joined(
    passage: Passage, figure: Figure, drafts: Sequence[Draft], antecedent: Antecedent
) -> str | None:
    """The rule by which a figure goes on from the one before it; None where it does not."""
    lead = passage.text[: figure.start - passage.start]
    behind = figure.end - passage.start
    noun = _next_is_noun(passage, figure)
    if JOINT.search(lead):
        if WHY.match(passage.text, behind) is not None:
            return "figure:reason"
        if WHERE.match(passage.text, behind) is not None or ends_here(passage, behind):
            return "figure:listed"
        if noun and _goes_on(passage, figure, drafts, antecedent):
            return "figure:listed"
        if ARE.match(passage.text, behind) and _all_bare(drafts, antecedent):
            return "figure:listed"
    named = not noun and IN_PLACE.search(lead) and ends_here(passage, behind)
    return "figure:listed" if named else None


_OTHERS = re.compile(r"\s+(?:\w+ )?others?\b", re.I)


def _opening(
    passage: Passage, figure: Figure, earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Antecedent, str] | None:
    """A figure that opens a sentence: "Thirty-eight are women", "Fifteen, not twenty"."""
    behind = figure.end - passage.start
    said = re.match(r"\s*,? not\b", passage.text[behind:]) is not None
    if said and not _next_is_noun(passage, figure):
        again = [c for c in earlier[-LOOK_BACK:] if c.quantity.low == figure.low]
        antecedent = told_before(again, passage) or told_before(earlier, passage)
        return (antecedent, "figure:not_that_but") if antecedent is not None else None
    if THEY_DID.match(passage.text, behind):
        antecedent = told_before(earlier, passage)
        return (antecedent, "figure:other_voice") if antecedent is not None else None
    others = _OTHERS.match(passage.text, figure.end - passage.start) is not None
    if others:
        return None  # "five others were admitted to hospital": none of those told
    if ARE.match(passage.text, behind) and people_behind(passage, figure, persons) is not None:
        antecedent = told_before(earlier, passage)
        return (antecedent, "figure:of_those_told") if antecedent is not None else None
    return None


def _goes_on(
    passage: Passage, figure: Figure, drafts: Sequence[Draft], antecedent: Antecedent
) -> bool:
    """The list goes on from a bare figure, or breaks down the number before its dash."""
    whole = drafts[antecedent.draft] if antecedent.draft is not None else None
    return _all_bare(drafts, antecedent) or (
        whole is not None and breaks_down(passage, whole, figure)
    )


def _all_bare(drafts: Sequence[Draft], antecedent: Antecedent) -> bool:
    """The list goes on from a bare figure: "Forty-six were men, nineteen women"."""
    draft = drafts[antecedent.draft] if antecedent.draft is not None else None
    return draft is not None and any(n.rule.startswith("figure:") for n in draft.notes)


def _counts_people(passage: Passage, figure: Figure, persons: PersonLexicon) -> bool:
    """No noun behind the figure, or one that names people."""
    again = re.match(r"\s*\(\d+\)", passage.text[figure.end - passage.start :])
    end = figure.end + (again.end() if again is not None else 0)
    after = next((t for t in passage.tokens if t.start >= end), None)
    if after is None or after.upos == "DET":
        return True  # "against 139 the year before"
    for token in passage.tokens[after.index : after.index + 4]:
        if token.upos in {"NOUN", "PROPN"}:
            return is_person(passage, token.index, persons) or token.upos == "PROPN"
        if token.upos not in {"ADJ", "NUM", "DET"} or token.lemma.lower() in {"other", "more"}:
            return True
        if is_person(passage, token.index, persons):
            return True
    return True


def _next_is_noun(passage: Passage, figure: Figure) -> bool:
    after = next((t for t in passage.tokens if t.start >= figure.end), None)
    if after is None:
        return False
    inner = (
        after.text.lower() != "according"
        and after.head > after.index
        and passage.tokens[after.head].upos in {"NOUN", "PROPN"}
    )
    return after.upos in {"NOUN", "PROPN", "ADJ"} or (after.upos == "VERB" and inner)


def _draft(
    passage: Passage,
    figure: Figure,
    antecedent: Antecedent,
    rule: str,
    drafts: Sequence[Draft],
    persons: PersonLexicon,
) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None:
        return None
    noun = people_behind(passage, figure, persons)
    end = passage.tokens[noun].end if noun is not None else figure.end
    quantity = quantity_of(figure, antecedent.unit if noun is None else "persons")
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index if noun is None else noun,
        start=figure.start, end=end, figure=figure,
    )  # fmt: skip
    part = None
    if rule == "figure:of_those_told" and antecedent.claim is not None:
        part = antecedent.claim.id
    base = drafts[antecedent.draft] if antecedent.draft is not None else None
    if part is None and base is not None and rule in {"figure:listed", "figure:reason"}:
        part = base.part_of
    corrected = rule == "figure:not_that"
    fatal = FATALLY.match(passage.text, figure.end - passage.start) is not None
    return Draft(
        harm="killed" if fatal else antecedent.harm,
        predicate=head.index,
        start=figure.start,
        end=end,
        quantity=quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        cause=base.cause if base is not None else "direct",
        stance="retracts" if corrected else "asserts",
        site=None,
        part_of=part,
        kin=antecedent.draft if rule == "figure:reason" else None,
        figures=(figure,),
        notes=(
            Note(field="harm", start=figure.start, end=figure.end, rule=rule),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        score=0.7,
    )
