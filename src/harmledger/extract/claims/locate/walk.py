"""Where and when, draft by draft along the thread of a report.

A claim's own words come first; then what they plainly refer to ("the city", "the blast", the
incident of the sentence before); then, for figures in lists and under headings, what the heading
says. Nothing here looks at the publication date but to count relative days from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.definite_place import find_definite_place
from harmledger.extract.claims.locate.mentions import is_described, is_unreal, leaves
from harmledger.extract.claims.locate.own_place import find_own_place, is_setting, is_title
from harmledger.extract.claims.locate.own_time import find_own_time
from harmledger.extract.claims.locate.resume import STATES, Resumed, find_resumed
from harmledger.extract.claims.locate.shifts import count_from
from harmledger.extract.claims.locate.values import Located, Thread
from harmledger.extract.passage import Passage
from harmledger.extract.places import smallest_area

_FINE = frozenset({"town", "admin2", "water"})
_OWN = frozenset({"place:sentence", "place:label", "place:definite_place", "place:several"})
_FORWARD = ("another city", "another town", "another village", "another hospital", "another place",
            "another district", "another region")  # fmt: skip
_REACH = 2
"""Paragraphs the place in focus reaches."""


def locate(passage: Passage, drafts: Sequence[Draft], thread: Thread) -> tuple[Located, ...]:
    """Place, time and carried site of every draft of one passage, in their order.

    A part without words of its own shares place and time with its whole.
    """
    found: list[Located | None] = [
        _locate_one(passage, draft, thread) if draft.kin is None else None for draft in drafts
    ]
    for number, draft in enumerate(drafts):
        if draft.kin is not None:
            found[number] = _like_whole(passage, draft, found[draft.kin], thread)
    settled = [at for at in found if at is not None]
    return _shared(passage, drafts, settled)


def _locate_one(passage: Passage, draft: Draft, thread: Thread) -> Located:
    place, place_note = find_own_place(passage, draft)
    if place is None or place_note is None:
        place, place_note = find_definite_place(passage, draft, thread)
    when, when_note = find_own_time(passage, draft)
    if when is not None and when_note is not None:
        when = count_from(when, when_note.end, thread, passage)
    notes = [note for note in (place_note, when_note) if note is not None]
    anchored = place is not None and when is not None
    if any(word in passage.text.lower() for word in _FORWARD):
        return Located(place=place, occurred=when, notes=tuple(notes), anchored=anchored)
    resumed = find_resumed(passage, draft, place, when, thread)
    at = Located(place=place, occurred=when, notes=tuple(notes), anchored=anchored)
    at = _with_resumed(at, resumed, draft) if resumed is not None else at
    at = _with_section(passage, draft, at, thread)
    return _with_focus(passage, draft, at, thread)


def _with_resumed(at: Located, resumed: Resumed, draft: Draft) -> Located:
    """Fill what the sentence leaves open from the incident it goes on about."""
    told, by = resumed.told, resumed.by
    place, when, site, notes = at.place, at.occurred, at.site, list(at.notes)
    if place is None and told.place is not None and told.place_span is not None:
        place = told.place
        notes.append(_note("place", told.place_span, f"place:{by}"))
    if when is None and told.when is not None and told.when_span is not None:
        when = _anchored(told.when)
        notes.append(_note("occurred", told.when_span, f"time:{by}"))
    if draft.site is None and told.site is not None and told.site_span is not None:
        site = told.site
        notes.append(_note("site", told.site_span, f"site:{by}"))
    return msgspec.structs.replace(at, place=place, occurred=when, site=site, notes=tuple(notes))


def _anchored(when: When) -> When:
    return msgspec.structs.replace(when, anchor=f"text:{when.as_written}")


def _note(field: str, span: tuple[int, int], rule: str) -> Note:
    return Note(field=field, start=span[0], end=span[1], rule=rule)


def _with_section(passage: Passage, draft: Draft, at: Located, thread: Thread) -> Located:
    """Lists, tables and what stands under a heading of place or period (rule 18)."""
    section = thread.sections.get(passage.block)
    if section is None or is_unreal(passage, draft):
        return at
    place, when, notes = at.place, at.occurred, list(at.notes)
    places = section.rows if passage.kind == "table_row" and len(section.rows) > 1 else ()
    places = places or section.places
    if place is None and places:
        distinct = {s.place.gazetteer_id or s.place.as_written: s.place for s in places}
        several = list(distinct.values())
        place = several[0] if len(several) == 1 else smallest_area(several)
        notes.append(_note("place", (places[0].start, places[-1].end), "place:heading"))
    listed = passage.kind in {"list_item", "table_row"}
    if when is None and section.when_span is not None and (listed or draft.harm not in STATES):
        when = section.when
        notes.append(_note("occurred", section.when_span, "time:heading"))
    return msgspec.structs.replace(at, place=place, occurred=when, notes=tuple(notes))


def _with_focus(passage: Passage, draft: Draft, at: Located, thread: Thread) -> Located:
    """The place the report stands at, for a harm told with a day of its own or none."""
    if at.place is not None or thread.focus is None or thread.focus_span is None:
        return at
    reach = 0 if draft.harm in STATES or is_described(passage, draft) else _REACH
    apart = passage.block - thread.focus_block
    if apart > reach or leaves(passage) or is_unreal(passage, draft):
        return at
    period = at.occurred is not None and (at.occurred.precision or 1) > 2
    if period and apart > 0:
        return at
    note = _note("place", thread.focus_span, "place:carried")
    return msgspec.structs.replace(at, place=thread.focus, notes=(*at.notes, note))


def _like_whole(passage: Passage, draft: Draft, whole: Located | None, thread: Thread) -> Located:
    if whole is None:
        return _locate_one(passage, draft, thread)
    place, place_note = find_own_place(passage, draft)
    when, when_note = find_own_time(passage, draft)
    if place_note is None or place_note.rule != "place:sentence":
        place, place_note = None, None
    inside = when_note is not None and draft.start <= when_note.start <= draft.end
    notes = [n for n in whole.notes if n.field not in {"place", "occurred"}]
    notes.extend(n for n in whole.notes if n.field == "place" and place is None)
    notes.extend(n for n in whole.notes if n.field == "occurred" and not inside)
    notes.extend(n for n in (place_note,) if n is not None)
    notes.extend(n for n in (when_note,) if n is not None and inside)
    return msgspec.structs.replace(
        whole,
        place=place or whole.place,
        occurred=when if inside else whole.occurred,
        notes=tuple(notes),
    )


def _shared(
    passage: Passage, drafts: Sequence[Draft], found: Sequence[Located]
) -> tuple[Located, ...]:
    """ "… damaged a school, leaving 800 families without water": one deed, one day and place."""
    settled = list(found)
    for number, (draft, at) in enumerate(zip(drafts, found, strict=True)):
        if at.place is not None and at.occurred is not None:
            continue
        for other, there in zip(drafts, found, strict=True):
            if other is draft or not passage.tree.governs(other.predicate, draft.predicate):
                continue
            settled[number] = _from_sentence(at, there)
            break
    return tuple(settled)


def _from_sentence(at: Located, there: Located) -> Located:
    notes = list(at.notes)
    if at.place is None:
        notes.extend(n for n in there.notes if n.field == "place")
    if at.occurred is None:
        notes.extend(n for n in there.notes if n.field == "occurred")
    return msgspec.structs.replace(
        at,
        place=at.place or there.place,
        occurred=at.occurred or there.occurred,
        notes=tuple(notes),
    )


def follow(thread: Thread, passage: Passage, located: Sequence[tuple[Draft, Located]]) -> Thread:
    """The thread after a passage: its focus moves with the places the report sets things in.

    A capital that acts ("Moscow said") is no setting; a place behind "in", "at" or "near" is, and
    so is the own place of a claim.
    """
    own: list[tuple[Place, tuple[int, int]]] = [
        (at.place, (note.start, note.end))
        for _, at in located
        for note in at.notes
        if note.field == "place" and note.rule in _OWN and at.place is not None
        and (at.place.members or at.place.kind in {*_FINE, "admin1", "area"})
    ]  # fmt: skip
    if own:
        place, span = own[-1]
        return _focused(thread, passage, place, span)
    settings = [
        seen for seen in passage.places
        if seen.place.kind in _FINE and not is_title(passage, seen) and is_setting(passage, seen)
    ]  # fmt: skip
    if not settings:
        return thread
    last = settings[-1]
    return _focused(thread, passage, last.place, (last.start, last.end))


def _focused(thread: Thread, passage: Passage, place: Place, span: tuple[int, int]) -> Thread:
    return msgspec.structs.replace(thread, focus=place, focus_span=span, focus_block=passage.block)
