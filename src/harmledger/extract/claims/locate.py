"""Where and when: a claim's own words first, then what its sentence plainly refers to.

Place is carried along the thread of the report ("the city", or nothing said) and marked as
carried. A date is carried only by a definite description ("the strike", "the Wednesday bombing"),
from the sentence that states it (reading rule 20); otherwise it stays null.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Attribution, Passage
from harmledger.extract.places import smallest_area

_IN = frozenset({"in", "at", "near", "on", "outside", "around", "across", "inside", "within",
                 "throughout", "of", "over", "off", "through", "from"})  # fmt: skip
_FINE = ("town", "admin2", "water")
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:strikes?|air ?strikes?|attacks?|bombings?|shelling|bombardment|blasts?|explosions?|raid|"
    r"massacre|incident|assault|siege|hospital|school|clinic|market|convoy|building|camp|centre|center|"
    r"shooting|killings?|facility|compound|church|mosque|ward|tragedy|ambush)\b",
    re.I,
)
_FORWARD = re.compile(r"\banother (?:city|town|village|hospital|place|district|region)\b", re.I)


class Located(Value, frozen=True, kw_only=True):
    """Place and time of a draft, with the words that gave them."""

    place: Place | None
    occurred: When | None
    notes: tuple[Note, ...]
    anchored: bool
    """Both were said in the draft's own sentence."""


class Thread(Value, frozen=True, kw_only=True):
    """What the report speaks of so far: its focus, and dated attacks with their words."""

    focus: Place | None = None
    focus_span: tuple[int, int] | None = None
    attack_place: Place | None = None
    attack_when: When | None = None
    attack_span: tuple[int, int] | None = None
    attack_site: str | None = None


def locate(passage: Passage, draft: Draft, said: Attribution | None, thread: Thread) -> Located:
    """Settle place and time of one draft. Nothing here looks at the publication date."""
    place, place_note = _own_place(passage, draft)
    when, when_note = _own_time(passage, draft, said)
    definite = _DEFINITE.search(passage.text) is not None
    anchored = place is not None and when is not None
    notes = [n for n in (place_note, when_note) if n is not None]
    forward = _FORWARD.search(passage.text) is not None
    if place is None and not forward:
        place, note = _carried_place(passage, thread, definite)
        notes.extend([note] if note else [])
    if when is None and definite and not forward:
        when, note = _carried_time(passage, draft, place, thread)
        notes.extend([note] if note else [])
    return Located(place=place, occurred=when, notes=tuple(notes), anchored=anchored)


# ---- place -----------------------------------------------------------------------------------


def _own_place(passage: Passage, draft: Draft) -> tuple[Place | None, Note | None]:
    usable = [seen for seen in passage.places if not _is_title(passage, seen)]
    if not usable:
        return None, None
    ranked = sorted(usable, key=lambda seen: (-_fit(passage, draft, seen), seen.start))
    best = ranked[0]
    if _fit(passage, draft, best) < 0:
        return None, None
    several = _listed_with(passage, best, usable)
    note = Note(field="place", start=best.start, end=best.end, rule="place:sentence")
    if len(several) > 1:
        note = Note(
            field="place", start=several[0].start, end=several[-1].end, rule="place:several"
        )
        return smallest_area([seen.place for seen in several]), note
    return best.place, note


def _is_title(passage: Passage, seen: SeenPlace) -> bool:
    """"mayor of Kherson", "Kyiv said": a place that only says whose word it is."""
    inside = any(
        a.source is not None and a.source[0] <= seen.start and seen.end <= a.source[1]
        for a in passage.attributions
    )
    token = passage.tree.at(seen.start)
    return inside or (token is not None and token.entity == "PER" and token.deprel == "flat")


def _fit(passage: Passage, draft: Draft, seen: SeenPlace) -> float:
    """How likely a place in the sentence is the place of this harm."""
    tree = passage.tree
    token = tree.top(seen.start, seen.end)
    if token is None:
        return 0.0
    score = {"town": 2.0, "admin2": 1.6, "admin1": 1.2, "area": 1.0, "water": 0.8}.get(
        seen.place.kind or "", 0.4
    )
    cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
    if cases & _IN:
        score += 1.0
    if tree.governs(draft.predicate, token.index):
        score += 1.5
    if draft.start <= seen.start and seen.end <= draft.end:
        score += 0.8
    if token.entity == "ORG" or matches(token.deprel, ("nsubj",)):
        score -= 1.2
    if "from" in cases or "to" in cases:
        score -= 0.8
    if any(other.lemma in {"say", "tell", "report"} for other in tree.ancestors(token.index)) and (
        tree.tokens[token.head].lemma in {"say", "tell", "report"} if token.head >= 0 else False
    ):
        score -= 2.0
    if tree.children(token.index, "case") == () and matches(token.deprel, ("compound",)):
        score -= 0.3
    return score


def _listed_with(
    passage: Passage, best: SeenPlace, usable: Sequence[SeenPlace]
) -> list[SeenPlace]:
    """Places coordinated with the best one ("in Bucha, Irpin and Hostomel")."""
    tree = passage.tree
    head = tree.top(best.start, best.end)
    if head is None or best.place.kind not in {"town", "admin1", "admin2"}:
        return [best]
    joined = {t.index for t in tree.conjuncts(head.index)}
    if len(joined) < 2:
        return [best]
    found = []
    for seen in usable:
        token = tree.top(seen.start, seen.end)
        if token is not None and token.index in joined and seen.place.kind == best.place.kind:
            found.append(seen)
    return sorted(found, key=lambda seen: seen.start) or [best]


def _carried_place(
    passage: Passage, thread: Thread, definite: bool
) -> tuple[Place | None, Note | None]:
    if definite and thread.attack_place is not None and thread.attack_span is not None:
        start, end = thread.attack_span
        return thread.attack_place, Note(
            field="place", start=start, end=end, rule="place:definite_description"
        )
    if thread.focus is not None and thread.focus_span is not None:
        start, end = thread.focus_span
        return thread.focus, Note(field="place", start=start, end=end, rule="place:carried")
    return None, None


# ---- time ------------------------------------------------------------------------------------


def _own_time(
    passage: Passage, draft: Draft, said: Attribution | None
) -> tuple[When | None, Note | None]:
    """The time expression of the harm's clause; never the one that dates the statement."""
    dates_statement = {a.said_on for a in passage.attributions if a.said_on is not None}
    usable = [t for t in passage.times if (t.start, t.end) not in dates_statement]
    if not usable:
        return None, None
    tree = passage.tree

    def fit(number: int) -> tuple[float, int]:
        hit = usable[number]
        token = tree.top(hit.start, hit.end)
        governed = token is not None and tree.governs(draft.predicate, token.index)
        inside = draft.start <= hit.start and hit.end <= draft.end
        known = hit.when.edtf is not None
        return (2.0 * governed + 1.0 * inside + 0.5 * known, -abs(hit.start - draft.start))

    best = usable[max(range(len(usable)), key=fit)]
    return best.when, Note(
        field="occurred", start=best.start, end=best.end, rule=best.when.rule or "time"
    )


def _carried_time(
    passage: Passage, draft: Draft, place: Place | None, thread: Thread
) -> tuple[When | None, Note | None]:
    """The date of the attack the definite description resumes, if places and sites agree."""
    if thread.attack_when is None or thread.attack_span is None:
        return None, None
    same_place = (
        place is None
        or thread.attack_place is None
        or place.gazetteer_id == thread.attack_place.gazetteer_id
    )
    site = draft.site.kind if draft.site is not None else None
    same_site = site is None or thread.attack_site is None or site == thread.attack_site
    if not (same_place and same_site):
        return None, None
    start, end = thread.attack_span
    return thread.attack_when, Note(
        field="occurred", start=start, end=end, rule="time:definite_description"
    )


# ---- the thread ------------------------------------------------------------------------------


def follow(thread: Thread, passage: Passage, drafts: Sequence[tuple[Draft, Located]]) -> Thread:
    """The thread after a passage: its focus moves with the places the report sets things in."""
    focus, span = thread.focus, thread.focus_span
    located = [seen for seen in passage.places if not _is_title(passage, seen)]
    fine = [seen for seen in located if seen.place.kind in _FINE]
    choice = fine[-1] if fine else None
    for _, at in drafts:
        own = [n for n in at.notes if n.field == "place" and n.rule in {"place:sentence"}]
        if own and at.place is not None and at.place.kind in {*_FINE, "admin1", "area"}:
            focus, span, choice = at.place, (own[0].start, own[0].end), None
    if choice is not None:
        focus, span = choice.place, (choice.start, choice.end)
    changes: dict[str, object] = {"focus": focus, "focus_span": span}
    for draft, at in drafts:
        dated = at.occurred is not None and at.occurred.edtf is not None
        own_time = any(n.field == "occurred" and n.rule != "time:definite_description" for n in at.notes)
        if dated and own_time and (draft.kind == "object" or draft.harm in {"killed", "injured"}):
            changes |= {
                "attack_place": at.place or thread.attack_place,
                "attack_when": at.occurred,
                "attack_span": (draft.start, draft.end),
                "attack_site": draft.site.kind if draft.site is not None else thread.attack_site,
            }
            break
        if draft.kind == "object" and thread.attack_place is None and at.place is not None:
            changes |= {"attack_place": at.place, "attack_span": (draft.start, draft.end)}
    return msgspec.structs.replace(thread, **changes)
