"""Where and when, draft by draft along the thread of a report.

A claim's own words come first; then what they plainly refer to ("the city", "the blast", the
incident of the sentence before); then, for figures in lists and under headings, what the heading
says. Nothing here looks at the publication date but to count relative days from it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.areas import agree, holds
from harmledger.extract.claims.locate.asides import find_where_taken, is_where_taken
from harmledger.extract.claims.locate.definite_place import find_definite_place
from harmledger.extract.claims.locate.mentions import is_described, is_general, is_unreal, leaves
from harmledger.extract.claims.locate.names import name_head
from harmledger.extract.claims.locate.own_place import find_own_place, is_setting, is_title
from harmledger.extract.claims.locate.own_time import find_own_time
from harmledger.extract.claims.locate.resume import STATES, Resumed, find_ahead, find_resumed
from harmledger.extract.claims.locate.shared_site import shares_site
from harmledger.extract.claims.locate.shifts import count_back, count_from
from harmledger.extract.claims.locate.values import Located, Thread, Told, section_places
from harmledger.extract.passage import Passage
from harmledger.extract.places import smallest_area

_FINE = frozenset({"town", "admin2", "water"})
_OWN = frozenset({"place:sentence", "place:label", "place:definite_place", "place:several"})
_FORWARD = ("another city", "another town", "another village", "another hospital", "another place",
            "another district", "another region")  # fmt: skip
NATIONWIDE = re.compile(
    r"\b(?:across|throughout|around|all over) (?:the|our|his|her|their|its) country\b|"
    r"\b(?:nationwide|countrywide|in (?:his|her|our|their) country)\b",
    re.I,
)
_MAY_BE_AWAY = frozenset({"displaced", "missing", "detained"})
_ELSEWHERE = frozenset({"displaced", "access_denied", "abducted"})
"""Told of people on the move, or of a deed of its own: the place last named may be another."""
_LOOSE = frozenset({"goes_on", "one_more", "definite_description", "pronoun"})
_REACH = 2
"""Paragraphs the place in focus reaches."""


def locate(passage: Passage, drafts: Sequence[Draft], thread: Thread) -> tuple[Located, ...]:
    """Place, time and carried site of every draft of one passage, in their order.

    Drafts of one sentence share what only one of them states; a part without words of its own
    shares place and time with its whole.
    """
    own = [_own(passage, draft, thread) for draft in drafts]
    shared = [
        at if draft.kin is not None else _within_sentence(passage, draft, at, drafts, own)
        for draft, at in zip(drafts, own, strict=True)
    ]
    found = [
        at if draft.kin is not None else _from_around(passage, draft, at, thread)
        for draft, at in zip(drafts, shared, strict=True)
    ]
    found = [
        at
        if draft.kin is not None
        else _within_sentence(passage, draft, at, drafts, found, last=True)
        for draft, at in zip(drafts, found, strict=True)
    ]
    return tuple(
        at if draft.kin is None else _like_whole(draft, at, found[draft.kin])
        for draft, at in zip(drafts, found, strict=True)
    )


def _own(passage: Passage, draft: Draft, thread: Thread) -> Located:
    """What the sentence says, and what its line is labelled with."""
    section = thread.sections.get(passage.block)
    treated = thread.lists_facilities(passage.block)
    place, place_note = (None, None) if treated else find_own_place(passage, draft)
    if not treated and (place is None or place_note is None):
        place, place_note = find_definite_place(passage, draft, thread)
    when, when_note = find_own_time(passage, draft)
    if when is not None and when_note is not None:
        when = count_from(when, when_note.end, thread, passage)
    if when is None:
        when, when_note = count_back(passage, draft, thread)
    notes = [note for note in (place_note, when_note) if note is not None]
    anchored = place is not None and when is not None
    at = Located(place=place, occurred=when, notes=tuple(notes), anchored=anchored)
    if section is None or not section.labelled:
        return at
    return _with_section(passage, draft, at, thread, label=True)


def _from_around(passage: Passage, draft: Draft, at: Located, thread: Thread) -> Located:
    """What the sentence goes on about, stands under, or is told beside."""
    said = passage.text.lower()
    if any(word in said for word in _FORWARD):
        return at
    if passage.cells:
        at = _with_section(passage, draft, at, thread)  # a table says itself where it is
    resumed = find_resumed(passage, draft, at.place, at.occurred, thread)
    if NATIONWIDE.search(passage.text) is not None:
        return _with_section(passage, draft, at, thread)  # of no town told before
    at = _with_resumed(passage, draft, at, resumed, thread) if resumed is not None else at
    at = _with_section(passage, draft, at, thread)
    at = _with_focus(passage, draft, at, thread)
    at = _with_section(passage, draft, at, thread, last=True)
    at = _with_ahead(passage, draft, at, thread)
    if at.place is None and (treated := find_where_taken(passage, draft)) is not None:
        note = _note("place", (treated.start, treated.end), "place:where_treated")
        at = msgspec.structs.replace(at, place=treated.place, notes=(*at.notes, note))
    return at


def _within_sentence(
    passage: Passage,
    draft: Draft,
    at: Located,
    drafts: Sequence[Draft],
    found: Sequence[Located],
    *,
    last: bool = False,
) -> Located:
    """ "… damaged a school, leaving 800 families without water": one deed, one day and place.

    Not out of or into a relative clause, but ``last`` of all where nothing else is known, and not
    between two places.
    """
    if (at.place is not None and at.occurred is not None) or is_unreal(passage, draft):
        return at
    for other, there in zip(drafts, found, strict=True):
        if other is draft or other.kin is not None or not agree(at.place, there.place):
            continue
        if at.occurred and there.occurred and at.occurred.edtf != there.occurred.edtf:
            continue
        nothing = at.place is None and at.occurred is None and last
        if nothing or in_one_clause(passage, draft.predicate, other.predicate):
            at = _from_sentence(at, there)
    return at


def in_one_clause(passage: Passage, one: int, other: int) -> bool:
    path = passage.tree.path(one, other)
    return not any("acl:relcl" in step or "appos" in step for step in path)


def _with_resumed(
    passage: Passage, draft: Draft, at: Located, resumed: Resumed, thread: Thread
) -> Located:
    """Fill what the sentence leaves open from the incident it goes on about."""
    told, by = resumed.told, resumed.by
    place, when, site, notes = at.place, at.occurred, at.site, list(at.notes)
    if place is None and told.place is not None and told.place_span is not None:
        place = told.place
        notes.append(_note("place", told.place_span, f"place:{by}"))
    if when is None and told.when is not None and told.when_span is not None:
        when = _anchored(told.when)
        notes.append(_note("occurred", told.when_span, f"time:{by}"))
    several = resumed.by in _LOOSE and _fell_on_several(told, thread)
    if (
        shares_site(passage, draft, at.occurred, resumed)
        and told.site_span is not None
        and not several
    ):
        site = told.site
        notes.append(_note("site", told.site_span, f"site:{by}"))
    means = at.means
    if told.means is not None and told.means_span is not None and by != "goes_on":
        means = told.means
        notes.append(_note("means", told.means_span, f"means:{by}"))
    return msgspec.structs.replace(
        at, place=place, occurred=when, site=site, means=means, notes=tuple(notes)
    )


def _fell_on_several(told: Told, thread: Thread) -> bool:
    """ "Fired at the church, the clinic and 14 homes": in which of them the people told next were
    is not said."""
    kinds = {t.site.kind for t in thread.told if t.sentence == told.sentence and t.site is not None}
    return not told.harms and len(kinds - {"populated_area"}) > 1


def _with_ahead(passage: Passage, draft: Draft, at: Located, thread: Thread) -> Located:
    """The day of the incident, where the report tells it only in its next paragraphs."""
    told = find_ahead(passage, draft, at.place, thread) if at.occurred is None else None
    if told is None or told.when is None or told.when_span is None:
        return at
    note = _note("occurred", told.when_span, "time:told_ahead")
    return msgspec.structs.replace(at, occurred=_anchored(told.when), notes=(*at.notes, note))


def _anchored(when: When) -> When:
    return msgspec.structs.replace(when, anchor=f"text:{when.as_written}")


def _note(field: str, span: tuple[int, int], rule: str) -> Note:
    return Note(field=field, start=span[0], end=span[1], rule=rule)


def _with_section(
    passage: Passage,
    draft: Draft,
    at: Located,
    thread: Thread,
    *,
    label: bool = False,
    last: bool = False,
) -> Located:
    """Lists, tables and what stands under a heading of place or period (rule 18); ``last``: where
    nothing nearer says the place of a dated harm. ``label``: only the time of the line's own."""
    section = thread.sections.get(passage.block)
    if section is None or is_unreal(passage, draft):
        return at
    place, when, notes = at.place, at.occurred, list(at.notes)
    places = section_places(section, passage, draft)
    listed = section.labelled or passage.kind in {"list_item", "table_row"}
    own_day = at.occurred is not None and (at.occurred.precision or 9) <= 2
    fine = all(s.place.kind in _FINE for s in places)
    wide = not fine and not listed and bool(passage.attributions)
    if place is None and places and not wide and (listed or (fine and last) or not own_day):
        distinct = {s.place.gazetteer_id or s.place.as_written: s.place for s in places}
        several = list(distinct.values())
        place = several[0] if len(several) == 1 else smallest_area(several)
        notes.append(_note("place", (places[0].start, places[-1].end), "place:heading"))
    timed = section.dated or not label
    if (
        when is None
        and timed
        and section.when_span is not None
        and (listed or draft.harm not in STATES)
    ):
        when = section.when
        notes.append(_note("occurred", section.when_span, "time:heading"))
    return msgspec.structs.replace(at, place=place, occurred=when, notes=tuple(notes))


def _with_focus(passage: Passage, draft: Draft, at: Located, thread: Thread) -> Located:
    """The place the report stands at, for a harm told with a day of its own or none."""
    if at.place is not None or leaves(passage) or is_unreal(passage, draft):
        return at
    if is_general(passage, draft):
        return at
    home, span = thread.home, thread.home_span
    known = home is not None and not _stands_inside(thread)
    if known and span is not None and _at_home(passage, draft, at):
        note = _note("place", span, "place:home")
        return msgspec.structs.replace(at, place=home, notes=(*at.notes, note))
    if thread.focus is None or thread.focus_span is None or draft.harm in _ELSEWHERE:
        return at
    reach = 0 if draft.harm in STATES or is_described(passage, draft) else _REACH
    apart = passage.block - thread.focus_block
    period = at.occurred is not None and (at.occurred.precision or 1) > 2
    if apart > reach or (period and apart > 0):
        return at
    note = _note("place", thread.focus_span, "place:carried")
    return msgspec.structs.replace(at, place=thread.focus, notes=(*at.notes, note))


def _stands_inside(thread: Thread) -> bool:
    """Whether the report stands at a place that lies in the area it is about."""
    if thread.home is None or thread.focus is None:
        return False
    return thread.home.kind in {"admin1", "area", "country"} and holds(thread.home, thread.focus)


def _at_home(passage: Passage, draft: Draft, at: Located) -> bool:
    """Whether a harm may be taken to be of the one place its report is about: no figure of
    months, no line of a list, none of people who went or are held somewhere."""
    if draft.harm in _MAY_BE_AWAY or is_described(passage, draft):
        return False
    period = at.occurred is not None and (at.occurred.precision or 1) > 2
    return not period and passage.kind not in {"list_item", "table_row"}


def _like_whole(draft: Draft, own: Located, whole: Located) -> Located:
    """A part is of its whole's place and day, unless words inside it say another."""
    inside = {n.field: n for n in own.notes if draft.start <= n.start and n.end <= draft.end}
    place = own.place if "place" in inside else whole.place
    when = own.occurred if "occurred" in inside else whole.occurred
    notes = [inside.get(n.field, n) for n in whole.notes]
    known = {n.field for n in notes}
    notes.extend(n for field, n in inside.items() if field not in known)
    return msgspec.structs.replace(whole, place=place, occurred=when, notes=tuple(notes))


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
        and not _is_aside(passage, seen, located)
    ]  # fmt: skip
    if settings and not located and leaves(passage):
        return thread  # "Unrelated: a gas leak in …"
    if not settings:
        here = [t.place for t in thread.near(passage.start) if t.sentence == passage.index]
        if thread.focus is not None and thread.focus.kind == "town" and thread.focus in here:
            return msgspec.structs.replace(thread, focus_block=passage.block)
        return thread
    last = settings[-1]
    return _focused(thread, passage, last.place, (last.start, last.end))


def _is_aside(passage: Passage, seen: SeenPlace, located: Sequence[tuple[Draft, Located]]) -> bool:
    """The town of the hospital the hurt were taken to, or where a witness sits, is no place where
    the report stands."""
    token = name_head(passage.tree, seen)
    if token is None:
        return False
    sources = [a.source for a in passage.attributions if a.source is not None]
    over = passage.tree.ancestors(token.index)
    if any(first <= t.start < last for t in over for first, last in sources):
        return True
    return any(is_where_taken(passage, draft, seen, token) for draft, _ in located)


def _focused(thread: Thread, passage: Passage, place: Place, span: tuple[int, int]) -> Thread:
    return msgspec.structs.replace(thread, focus=place, focus_span=span, focus_block=passage.block)
