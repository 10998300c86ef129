"""Breakdowns of a figure: "including six children", "19 of them staff", "(12 staff, 10 patients)".

A part crosses harms to people but never units; it counts in its own harm and never adds to its
whole (contract R6, reading rules 15 and 15a).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import VictimGroup
from harmledger.extract.claims.breakdown_runs import CUE, breakdown_run, run_after
from harmledger.extract.claims.breakdown_words import ALL_OF_THEM, FREED, LET_GO
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.figure_words import FATALLY
from harmledger.extract.claims.member_parts import (
    listed_behind,
    make_part,
    member_parts,
    of_the_same,
)
from harmledger.extract.claims.named_otherwise import with_number
from harmledger.extract.claims.people import find_person_words
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.claims.site_parts import site_parts
from harmledger.extract.claims.wholes import exceeds, speaks_under_name
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.persons import PersonLexicon


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
    if counted.quantity.high == 0:
        return []  # "no survivors among the five"
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
    run, rule = breakdown_run(passage, whole, drafts)
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
        if rule == "part:list" and _told_otherwise(whole, counted, drafts):
            continue  # "395 casualties (103 deaths, 292 injuries)"
        if passage.tokens[counted.noun].upos in {"NUM", "PRON"} and rule == "part:cue":
            counted = _said_behind(passage, counted, run[1], persons)
        together = passage.tree.child(counted.noun, "nmod:poss") is not None
        counted = _all_but(passage, counted, whole)
        if whole.figures and exceeds(counted, whole):
            continue  # "44 people, including 20 children, in Soro, and 179 people": no part
        if rule != "part:cue" and (counted.figure is None or together):
            continue  # "a farmer and his two sons" are told together
        found.append(make_part(passage, number, whole, counted, persons, rule))
    return found if _fits(whole, found, rule) else []


_ALL_BUT = re.compile(r"\b(?:all|everyone) (?:but|except|save)(?: for)?\s+$", re.I)


def _all_but(passage: Passage, counted: Counted, whole: Draft) -> Counted:
    """ "Seven were killed, all but one of them under 18": the rest of the whole, with no number
    where how many the whole are is not told."""
    if _ALL_BUT.search(passage.text[: counted.start - passage.start]) is None:
        return counted
    low, high, left = whole.quantity.low, whole.quantity.high, counted.quantity.low
    if low is None or low != high or left is None or left >= low:
        unknown = msgspec.structs.replace(counted.quantity, low=None, high=None, bound="none")
        return msgspec.structs.replace(counted, quantity=unknown)
    return with_number(counted, counted.quantity.as_written or "", low - left)


def _told_otherwise(whole: Draft, counted: Counted, drafts: Sequence[Draft]) -> bool:
    """Whether the figure is counted already, for another harm than the whole's."""
    return counted.figure is not None and any(
        counted.figure in d.figures and d.harm != whole.harm for d in drafts
    )


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
    if whole.harm == "killed" and passage.lemmas[head] == "survivor":
        return False  # "eight bodies, one survivor"
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


def _groups(passage: Passage, whole: Draft, persons: PersonLexicon) -> tuple[VictimGroup, ...]:
    """Kinds of people told without a number: "including women, doctors and children"."""
    if whole.kind != "person" or whole.counted is None or whole.victims.groups:
        return ()
    match = CUE.search(passage.text)
    if match is None or passage.start + match.start() < whole.counted.start:
        return ()
    first, last = run_after(passage, passage.start + match.start(), "including", passage.end)
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
