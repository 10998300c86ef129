"""Breakdowns of a figure: "including six children", "19 of them staff", "(12 staff, 10 patients)".

A part crosses harms to people but never units; it counts in its own harm and never adds to its
whole (contract R6, reading rules 15 and 15a).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import VictimGroup
from harmledger.extract.claims.breakdown_words import (
    ALL_OF_THEM,
    FREED,
    LET_GO,
    THE_DEAD,
    of_other_harm,
)
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.figure_words import FATALLY
from harmledger.extract.claims.member_parts import (
    clause_end,
    listed_behind,
    make_part,
    member_parts,
    of_the_same,
)
from harmledger.extract.claims.people import find_person_words
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.claims.site_parts import site_parts
from harmledger.extract.claims.wholes import exceeds, speaks_under_name
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.persons import PersonLexicon

_CUE = re.compile(
    r"\bincl\.|\b(?:including|notably|among(?:st)?\s+(?:them|whom|the\s+(?:dead|killed|wounded|injured|victims|missing))|"
    r"of\s+(?:them|whom|these|those)|comprising)\b|"
    r"\b(?:among(?:st)?\s+the\s+latter|included)\b(?=\s*(?:[.,;:)—–]|$))",
    re.I,
)
_OPENING = frozenset({":", "(", ",", "—", "–", "-", "["})


def draft_parts(
    passage: Passage,
    drafts: Sequence[Draft],
    persons: PersonLexicon,
    sites: tuple[SiteMention, ...],
) -> tuple[Draft, ...]:
    """The drafts with the parts of their figures behind them and groups filled in."""
    found = list(drafts)
    for number, whole in enumerate(drafts):
        if whole.counted is None or whole.kin is not None:
            continue
        if whole.counted.members and whole.quantity.basis == "arithmetic":
            found.extend(member_parts(passage, number, whole, persons))
        told = _told_parts(passage, number, whole, drafts, persons)
        for part in told or listed_behind(passage, number, whole, drafts, persons):
            twin = _same_figure(found, part)
            if twin is not None and of_the_same(found[twin], part):
                found[twin] = part
            elif twin is None:
                found.append(part)
            elif twin != number and found[twin].kin is None:
                found[twin] = msgspec.structs.replace(found[twin], kin=number)
        for other in _among(passage, number, whole, drafts):
            found[other] = msgspec.structs.replace(found[other], kin=number)
        found.extend(_told_before_among(passage, number, whole, found, persons))
        if whole.kind == "object":
            found.extend(site_parts(passage, number, whole, sites))
        groups = _groups(passage, whole, persons)
        if groups and not whole.victims.groups:
            victims = msgspec.structs.replace(whole.victims, groups=groups)
            found[number] = msgspec.structs.replace(found[number], victims=victims)
    return tuple(_fatal(passage, _with_kin(passage, found, n)) for n in range(len(found)))


def _fatal(passage: Passage, draft: Draft) -> Draft:
    """ "Ten people were shot, four of them fatally": the four died."""
    figure = draft.figures[0] if draft.figures else None
    if figure is None or draft.harm not in {"injured", "killed_or_injured"}:
        return draft
    if FATALLY.match(passage.text, figure.end - passage.start) is None:
        return draft
    return msgspec.structs.replace(draft, harm="killed")


_OF_THEM = re.compile(r"\s+of (?:(?:them|whom)\b|(?:these|those)\b(?! \w+ed))", re.I)


def _with_kin(passage: Passage, drafts: Sequence[Draft], number: int) -> Draft:
    """ "15 were injured; six of them are in intensive care": a part of the nearest figure before
    it that can hold it, whatever harm the part tells (rule 15)."""
    draft = drafts[number]
    figure = draft.figures[0] if draft.figures else None
    if figure is None or draft.kin is not None or draft.kind != "person":
        return draft
    if not _OF_THEM.match(passage.text, figure.end - passage.start):
        return draft
    before = [
        n for n, other in enumerate(drafts)
        if n != number and other.kind == "person" and other.figures and other.kin is None
        and other.figures[0].start < figure.start
        and (other.quantity.low or 0) >= (draft.quantity.low or 0)
    ]  # fmt: skip
    nearest = max(before, key=lambda n: drafts[n].figures[0].start, default=None)
    return draft if nearest is None else msgspec.structs.replace(draft, kin=nearest)


def _among(passage: Passage, number: int, whole: Draft, drafts: Sequence[Draft]) -> list[int]:
    """ "amongst the three dead was a girl": others of the same harm that the whole holds."""
    if whole.counted is None or whole.quantity.low is None or not whole.figures:
        return []
    lead = passage.text[: max(0, whole.start - passage.start)].lower().rstrip()
    if not lead.endswith(("among", "amongst", "one of", "among the", "amongst the")):
        return []
    return [
        n
        for n, other in enumerate(drafts)
        if n != number and other.harm == whole.harm and other.kin is None
        and other.quantity.low is not None and other.quantity.low < whole.quantity.low
    ]  # fmt: skip


def _told_before_among(
    passage: Passage, number: int, whole: Draft, found: Sequence[Draft], persons: PersonLexicon
) -> list[Draft]:
    """ "Three children among 19 killed": the people told right before "among"."""
    if whole.counted is None or whole.kind != "person" or not whole.figures:
        return []
    before = [t for t in passage.tokens if t.end <= whole.counted.start]
    if len(before) < 2 or before[-1].text.lower() not in {"among", "amongst"}:
        return []
    head = before[-2].index
    if not is_person(passage, head, persons):
        return []
    counted = count_phrase(passage, head, persons)
    if counted.figure is None and _heads_line(passage, head):
        return [make_part(passage, number, whole, counted, persons, "part:among")]
    if counted.figure is None or any(counted.figure in d.figures for d in found):
        return []
    return [make_part(passage, number, whole, counted, persons, "part:among")]


def _heads_line(passage: Passage, head: int) -> bool:
    """ "Pregnant woman among 4 dead": one person who opens a headline with no article."""
    lead = passage.tokens[:head]
    one = passage.tokens[head].xpos in {"NN", "NNP"} and len(lead) <= 2
    return one and all(t.upos in {"ADJ", "NOUN", "PROPN"} for t in lead)


def _same_figure(found: Sequence[Draft], part: Draft) -> int | None:
    for number, other in enumerate(found):
        if other.counted is None or part.counted is None:
            continue
        if other.counted.noun == part.counted.noun or (
            part.figures and part.figures[0] in other.figures and other.harm == part.harm
        ):
            return number
    return None


def _told_parts(
    passage: Passage, number: int, whole: Draft, drafts: Sequence[Draft], persons: PersonLexicon
) -> list[Draft]:
    """Counted groups of people told behind the whole, after a cue or as a bare list."""
    if whole.counted is None:
        return []
    if whole.kind != "person":
        return []
    run, rule = _breakdown_run(passage, whole, drafts)
    if run is None:
        return []
    found: list[Draft] = []
    for head in phrase_heads(passage, *run):
        if not _may_be_part(passage, head, whole, drafts, persons):
            continue
        counted = count_phrase(passage, head, persons)
        if counted.start < passage.tokens[run[0]].start - 25 or not _has_number(
            passage, counted, persons
        ):
            continue
        if counted.figure is not None and (
            counted.figure in whole.figures
            or FREED.match(passage.text, counted.figure.end - passage.start)
            or LET_GO.search(passage.text[: counted.figure.start - passage.start])
        ):
            continue
        if passage.tokens[counted.noun].upos in {"NUM", "PRON"} and rule == "part:cue":
            counted = _said_behind(passage, counted, run[1], persons)
        together = passage.tree.child(counted.noun, "nmod:poss") is not None
        if whole.figures and exceeds(counted, whole):
            continue  # "44 people, including 20 children, in Soro, and 179 people": no part
        if rule != "part:cue" and (counted.figure is None or together):
            continue  # "a farmer and his two sons" are told together
        found.append(make_part(passage, number, whole, counted, persons, rule))
    return found if _fits(whole, found, rule) else []


def _said_behind(passage: Passage, counted: Counted, last: int, persons: PersonLexicon) -> Counted:
    """ "three of them children": the people stand behind "of them"."""
    first = max(counted.noun, counted.head) + 1
    for token in passage.tokens[first : min(last, first + 5) + 1]:
        if token.upos in {"NOUN", "ADJ"} and is_person(passage, token.index, persons):
            return msgspec.structs.replace(
                counted, noun=token.index, end=max(counted.end, token.end)
            )
    return counted


def _has_number(passage: Passage, counted: Counted, persons: PersonLexicon) -> bool:
    if counted.figure is not None:
        return True
    article = passage.tree.child(counted.noun, "det")
    if counted.quantity.high != 1:
        return False
    if article is not None and article.lemma.lower() == "the":
        owned = passage.tree.child(counted.noun, "nmod:poss", "nmod") is not None
        # "among them the pastor", "the tavern's owner"; "the group", "the person" is nobody new
        return owned or any(w.roles for w in find_person_words(passage, counted.noun, persons))
    return article is None or article.lemma.lower() in {"a", "an"}


def _may_be_part(
    passage: Passage, head: int, whole: Draft, drafts: Sequence[Draft], persons: PersonLexicon
) -> bool:
    if whole.counted is None:
        return False
    if head in {whole.counted.noun, whole.counted.head}:
        return False
    token = passage.tokens[head]
    if any(case.lemma.lower() in {"from", "as"} for case in passage.tree.children(head, "case")):
        return False  # "53, up from 44", "a man known as Adam"
    if ALL_OF_THEM.search(passage.text[: token.start - passage.start]):
        return False
    if any(a.source is not None and a.source[0] <= token.start < a.source[1]
           for a in passage.attributions) or speaks_under_name(passage, head):  # fmt: skip
        return False
    other = any(
        d is not whole and d.counted is not None and d.predicate != whole.predicate
        and head in {d.counted.noun, d.counted.head} and d.harm != whole.harm
        for d in drafts
    )  # fmt: skip
    counts = passage.figure_over(token.start, token.end) is not None
    figure = token.upos == "NUM" and counts
    return not other and (figure or (token.upos != "NUM" and is_person(passage, head, persons)))


def _fits(whole: Draft, parts: Sequence[Draft], rule: str) -> bool:
    """A bare list is a breakdown only if it can lie inside its whole; a cue says so outright."""
    if rule == "part:cue" or whole.quantity.low is None:
        return bool(parts)
    if len(parts) == 1 and parts[0].quantity.low == whole.quantity.low:
        return False  # "two, both teachers": who they are
    return 0 < sum(p.quantity.low or 0 for p in parts) <= whole.quantity.low


def _breakdown_run(
    passage: Passage, whole: Draft, drafts: Sequence[Draft]
) -> tuple[tuple[int, int] | None, str]:
    """The run of tokens that breaks the whole down, and how it was recognised."""
    if whole.counted is None:
        return None, ""
    behind = [t.index for t in passage.tokens if t.start >= whole.counted.end]
    stop = _next_harm(passage, whole, drafts)
    for match in _CUE.finditer(passage.text):
        at = passage.start + match.start()
        if at < whole.counted.start or at >= stop:
            continue
        if _another_between(whole, at, drafts) or of_other_harm(match.group(), whole.harm):
            continue
        before = _run_before(passage, whole, at, match)
        if before is not None:
            return before, "part:cue"
        return _run_after(passage, at, match.group().lower(), stop), "part:cue"
    again = passage.lowered[behind[0] + 1 : behind[0] + 2] == ("or",) if behind else False
    # "3,400 people, or 812 households": the same, counted otherwise
    if behind and passage.lowered[behind[0]] in _OPENING and whole.figures and not again:
        last = clause_end(passage, behind[0] + 1, stop, passage.lowered[behind[0]])
        if passage.lowered[behind[0]] == ",":
            last = _closed_by_comma(passage, behind[0] + 1, last)
        if last > behind[0] and not _has_finite_verb(passage, behind[0] + 1, last):
            return (behind[0] + 1, last), "part:list"
    return None, ""


def _closed_by_comma(passage: Passage, first: int, last: int) -> int:
    """ "Six people, four soldiers and two civilians, were killed": an aside ends before the comma
    that the verb of the sentence follows; ``last`` where none does."""
    for at in range(first + 1, last):
        if passage.lowered[at] == "," and passage.tokens[at + 1].upos in {"AUX", "VERB"}:
            return at - 1
    return last


def _another_between(whole: Draft, at: int, drafts: Sequence[Draft]) -> bool:
    """Does another figure of people stand between the whole and the cue, which is then its own?"""
    return any(
        other is not whole
        and whole.start < other.start < at
        and other.figures
        and other.counted is not None
        and other.kind == "person"
        for other in drafts
    )


def _next_harm(passage: Passage, whole: Draft, drafts: Sequence[Draft]) -> int:
    """Where the next harm with a figure of its own begins: a breakdown does not reach past it."""
    if whole.counted is None:
        return passage.end
    later = [
        d.start
        for d in drafts
        if d is not whole and d.start >= whole.end and d.harm != whole.harm and d.figures
    ]
    return min(later, default=passage.end)


_NOTHING_MORE = re.compile(r"\s*(?:$|[.,;:)\]])")


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


def _run_after(passage: Passage, at: int, cue: str, stop: int) -> tuple[int, int]:
    first = next(t.index for t in passage.tokens if t.end > at)
    back = 0
    if cue.startswith("of"):
        figure = next((f for f in passage.figures if f.end <= at and at - f.end <= 2), None)
        head = passage.tree.top(*figure.core) if figure is not None else None
        back = first - head.index if head is not None and head.index < first else 1
    others = THE_DEAD.search(passage.text, at - passage.start)  # "…, who said the dead included"
    stop = stop if others is None else min(stop, passage.start + others.start())
    return max(0, first - back), clause_end(passage, first + 1, stop)


def _has_finite_verb(passage: Passage, first: int, last: int) -> bool:
    return any(
        t.xpos in {"VBD", "VBZ", "VBP", "MD"} and t.upos in {"VERB", "AUX"}
        for t in passage.tokens[first : last + 1]
    )


def _groups(passage: Passage, whole: Draft, persons: PersonLexicon) -> tuple[VictimGroup, ...]:
    """Kinds of people told without a number: "including women, doctors and children"."""
    if whole.kind != "person" or whole.counted is None or whole.victims.groups:
        return ()
    match = _CUE.search(passage.text)
    if match is None or passage.start + match.start() < whole.counted.start:
        return ()
    first, last = _run_after(passage, passage.start + match.start(), "including", passage.end)
    groups = []
    for head in phrase_heads(passage, first, last):
        start = passage.tokens[head].start
        speaks = any(
            a.source is not None and a.source[0] <= start < a.source[1]
            for a in passage.attributions
        )
        if speaks or not is_person(passage, head, persons):
            continue
        counted = count_phrase(passage, head, persons)
        said = find_person_words(passage, head, persons)
        if not said:
            continue
        groups.append(
            VictimGroup(
                as_written=passage.text[
                    counted.start - passage.start : counted.end - passage.start
                ],
                low=counted.quantity.low if counted.figure else None,
                high=counted.quantity.high if counted.figure else None,
                age=next((w.age for w in said if w.age), None),
                sex=next((w.sex for w in said if w.sex), None),
                status=next((w.status for w in said if w.status != "undetermined"), "undetermined"),
                roles=tuple(dict.fromkeys(r for w in said for r in w.roles)),
            )
        )
    return tuple(groups)
