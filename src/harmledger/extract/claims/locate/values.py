"""Where and when a draft is set, and the incidents a report tells."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Means, Site
from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.core.when import TimeHit, When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.passage import Passage

_BACK, _ON = 40, 20


class Located(Value, frozen=True, kw_only=True):
    """Place, time and site of a draft, with the words that gave them."""

    place: Place | None
    occurred: When | None
    notes: tuple[Note, ...] = ()
    anchored: bool = False
    """Both were said in the draft's own sentence."""
    site: Site | None = None
    """The site of the incident it goes on about; its own sentence names none."""
    means: Means | None = None
    """The means of that incident."""


class Told(Value, frozen=True, kw_only=True):
    """An incident as one sentence tells it: ``start:end`` are its words, ``sentence`` the number
    of the sentence. Place, time and site may be its own or those of the incident it goes on about;
    the spans are always of the words that say them."""

    start: int
    end: int
    sentence: int
    block: int
    place: Place | None = None
    place_span: tuple[int, int] | None = None
    when: When | None = None
    when_span: tuple[int, int] | None = None
    site: Site | None = None
    site_span: tuple[int, int] | None = None
    means: Means | None = None
    means_span: tuple[int, int] | None = None
    families: frozenset[str] = frozenset()
    named: bool = False
    """Its own sentence names the place."""
    harms: bool = False
    """A claim is made of it: people harmed or an object struck."""


class Section(Value, frozen=True, kw_only=True):
    """What a heading says of all that stands under it (reading rule 18)."""

    places: tuple[SeenPlace, ...] = ()
    when: When | None = None
    when_span: tuple[int, int] | None = None
    rows: tuple[SeenPlace, ...] = ()
    """Places that the rows of its table are about."""
    columns: tuple[SeenPlace | None, ...] = ()
    """The places that the columns of its table are about, from the first column on."""
    led: bool = False
    """The words right above the list give its time."""
    posted: bool = False
    """A post of a channel or thread, of the day that its head or its stamp says."""
    column_times: tuple[TimeHit | None, ...] = ()
    """The times that head the columns of its table ("Displaced, 28 August – 3 September")."""
    row_year: TimeHit | None = None
    """The year that its row is of."""
    facilities: bool = False
    """The rows of its table are hospitals."""
    labelled: bool = False
    """The line itself opens with it ("20 June, Mucojo."): as good as words of the sentence."""
    dated: bool = False
    """The label says the time as well, which is else that of a head above it."""
    of_day: bool = False
    """The head that dates it is nothing but a day ("Tuesday, 14 May")."""


def section_places(section: Section, passage: Passage, draft: Draft) -> tuple[SeenPlace, ...]:
    """The places a section gives to a harm: in a table those of its column or row first."""
    if passage.kind != "table_row" or section.facilities:
        return section.places
    cell = next((c for c in passage.cells if c.start <= draft.start < c.end), None)
    if cell is not None and cell.place < len(section.columns):
        headed = section.columns[cell.place]
        if headed is not None:
            return (headed,)
    if section.labelled and section.places:
        return section.places  # the row says its own
    return section.rows or section.places


class Thread(Value, frozen=True, kw_only=True):
    """What the report speaks of: the place in focus so far, every incident it tells, what its
    headings say by number of block, and every place it names."""

    focus: Place | None = None
    focus_span: tuple[int, int] | None = None
    focus_block: int = -1
    home: Place | None = None
    """The one place the whole report is about, where it is about one."""
    home_span: tuple[int, int] | None = None
    told: tuple[Told, ...] = ()
    sections: dict[int, Section] = msgspec.field(default_factory=dict)
    seen: tuple[SeenPlace, ...] = ()
    published: date | None = None
    text: str = ""

    def lists_facilities(self, block: int) -> bool:
        """Whether the block is a row of a table of hospitals: the places it names are theirs."""
        section = self.sections.get(block)
        return section is not None and section.facilities

    def near(self, start: int) -> tuple[Told, ...]:
        """The incidents told shortly before and after a place in the text, in order."""
        at = bisect_left(self.told, start, key=lambda told: told.start)
        return self.told[max(0, at - _BACK) : at + _ON]

    def places_before(self, end: int, most: int = 60) -> tuple[SeenPlace, ...]:
        """The places named last before ``end``, in text order."""
        at = bisect_left(self.seen, end, key=lambda seen: seen.start)
        return self.seen[max(0, at - most) : at]
