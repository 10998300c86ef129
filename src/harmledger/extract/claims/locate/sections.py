"""What headings say of all that stands under them: place and period of lists and tables (rule 18).

A headline is a sentence of the report and no section: what it tells, it tells itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from harmledger.core.document import Block, SeenPlace, Text
from harmledger.core.place import Place
from harmledger.core.when import TimeHit
from harmledger.extract.claims.locate.areas import find_lists
from harmledger.extract.claims.locate.datelines import dateline_length
from harmledger.extract.claims.locate.head_lines import TITLE, level_of
from harmledger.extract.claims.locate.posts import Posts, find_posts
from harmledger.extract.claims.locate.table_heads import (
    column_places,
    column_times,
    names_facilities,
    names_places,
    row_places,
    row_year,
)
from harmledger.extract.claims.locate.values import Section
from harmledger.extract.places import DocumentPlaces
from harmledger.extract.times import find_times

_BULLET = re.compile(r"\s*(?:[-*•–]\s+|\d+[.)]\s+)?")
_OPENS = re.compile(r"[|\s]*(?:[-*•–]\s+|\d+[.)]\s+)?")
_LABEL = re.compile(
    r"(?P<mark>\*\*|__|\*)(?P<bold>[^*_\n]{2,60}?)(?:[.:]?(?P=mark)[.:]?)"
    r"|(?P<plain>[^\n:.]{2,60})(?::|(?<=[\w])\.)(?=\s)"
)
_CLOCK = re.compile(r"\s*(?:\*\*|__)\d{1,2}[:.h]\d{2}(?:\*\*|__)\s*(?:[-–—:]\s*)?")
"""The time of a post: "**18:40** – Valuyki. After a hit …"."""
_BY_PLACE = re.compile(
    r"\bby (?:county|district|province|region|cercle|governorate|town|village|municipality|state|"
    r"department|parish|township|locality|location|place|commune|oblast)\b",
    re.I,
)
_IN = re.compile(r"\b(?:in|across|throughout|for|around)\s+(?:the\s+(?:\w+\s+){1,2}of\s+)?$", re.I)
_ENDS = re.compile(r"(?:,? (?:alone|only|itself))?\s*:")
_RULE = re.compile(r"\s*(?:--|—|–|-)\s")
_FILLER = re.compile(
    r"\b(?:and|on|in|near|district|province|county|village|town|city|the)\b|[^\w]+", re.I
)
_RUN_IN = 8
"""A place in bold that opens a paragraph holds for those behind it, to the next such or a head."""
_CORRECTED = re.compile(r"(?:correct(?:ion|ed)|corrigendum|erratum|clarification|update)", re.I)
_KNOWN_LABELS = 3
_SUM = re.compile(r"(?:(?:grand |sub-?)?totals?|all|both|sums?|overall|together)\b", re.I)
"""Rows of a table that are of no place of their own."""
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}")


def find_sections(text: Text, places: DocumentPlaces, published: date | None) -> dict[int, Section]:
    """The section each block stands in, by number of block; blocks under no heading are absent.

    A heading holds to the next of its level or above; a line's own label holds for that line.
    """
    found: dict[int, Section] = {}
    open_heads: list[tuple[int, Section]] = []
    lead = Section()
    posts = find_posts(text, published)
    by_place = _is_labelled_by_place(text, places)
    for number, block in enumerate(text.blocks):
        level = level_of(text, block, number)
        if level is not None:
            open_heads = [(at, head) for at, head in open_heads if at < level]
            open_heads.append((level, _read_heading(text, block, places, published)))
            continue
        if block.kind != "list_item":
            lead = _read_lead_in(text, block, places, published)
        label = _read_label(text, block, places, published)
        bold = _bold_label(text, block)
        if bold is not None and bold["mark"] != "*":
            open_heads = [(at, head) for at, head in open_heads if at < _RUN_IN]
            if block.kind == "paragraph" and label is not None and label.places:
                open_heads.append((_RUN_IN, Section(places=label.places)))
        section = _joined([*(head for _, head in open_heads), lead])
        if lead.when is not None:
            section = msgspec.structs.replace(section, led=True)
        if block.kind == "table_row":
            section = msgspec.structs.replace(
                section,
                rows=row_places(text, number, places),
                columns=column_places(text, number, places),
                column_times=column_times(text, number, published),
                row_year=row_year(text, number),
                facilities=names_facilities(text, number),
            )
        if label is None:
            label = _read_row_name(text, number)
        if label is None and by_place:
            label = _read_strange_label(text, block)
        if label is not None:
            section = _labelled(section, label)
        section = _as_post(text, block, section, posts)
        if section != Section():
            found[number] = section
    return found


def _as_post(text: Text, block: Block, section: Section, posts: Posts | None) -> Section:
    """A post has the day of its posts, unless it is labelled with one."""
    stamp = posts.stamp.match(text.text, block.start) if posts is not None else None
    if posts is None or stamp is None:
        return section
    if section.when is not None:
        return msgspec.structs.replace(section, posted=True)
    hit = posts.day
    span = (hit.start, hit.end) if hit.end else stamp.span()
    return msgspec.structs.replace(section, when=hit.when, when_span=span, posted=True)


def _read_heading(
    text: Text, block: Block, places: DocumentPlaces, published: date | None
) -> Section:
    """Places and period of a heading. A single day in a title is the day of the report."""
    seen = places.within(block.start, block.end)
    groups = find_lists(text.text, 0, seen)
    times = [t for t in find_times(text.text, block.start, block.end, published) if t.when.edtf]
    named = TITLE.search(text.text, block.start, block.end)
    title = named is not None and not named.group().lower().startswith("by ")
    best = next((t for t in times if not title or t.when.earliest != t.when.latest), None)
    bare = not seen and best is not None and best.when.precision == 1
    return Section(
        places=_narrowest(groups),
        when=best.when if best else None,
        when_span=_span(best),
        of_day=bare and not _left_over(text.text, block.start, block.end, times),
    )


def _read_lead_in(
    text: Text, block: Block, places: DocumentPlaces, published: date | None
) -> Section:
    """ "Overnight the town was shelled. As reported by the hospitals:" dates the list below it;
    "last week we counted in the commune of Bunia alone:" says where as well."""
    body = text.text[block.start : block.end].rstrip()
    if block.kind != "paragraph" or not body.endswith(":"):
        return Section()
    times = [t for t in find_times(text.text, block.start, block.end, published) if t.when.edtf]
    best = next((t for t in times if t.when.rule not in {"by", "as_of"}), None)
    counted = [s for s in places.within(block.start, block.end) if _is_counted_in(text, block, s)]
    return Section(
        places=tuple(counted[-1:]), when=best.when if best else None, when_span=_span(best)
    )


def _is_counted_in(text: Text, block: Block, seen: SeenPlace) -> bool:
    """ "in the commune of Bunia alone:", right before the list."""
    ends = _ENDS.match(text.text, seen.end, block.end) is not None
    return ends and _IN.search(text.text[block.start : seen.start]) is not None


def _span(hit: TimeHit | None) -> tuple[int, int] | None:
    return (hit.start, hit.end) if hit is not None else None


def _narrowest(groups: tuple[tuple[SeenPlace, ...], ...]) -> tuple[SeenPlace, ...]:
    """The longest list; of single names the finest place ("Kalehe, South Kivu")."""
    if not groups:
        return ()
    best = max(groups, key=len)
    if len(best) > 1:
        return best
    rank = {"town": 0, "admin2": 1, "admin1": 2, "area": 3}
    return min(groups, key=lambda group: rank.get(group[0].place.kind or "", 4))


def _read_label(
    text: Text, block: Block, places: DocumentPlaces, published: date | None
) -> Section | None:
    """Day and place that open a line: "- Hawija, 28 November: …", "**20 June, Mucojo.** …"."""
    lead = _CLOCK.match(text.text, block.start, block.end)
    lead = lead or _BULLET.match(text.text, block.start, block.end)
    start = lead.end() if lead else block.start
    match = _LABEL.match(text.text, start, block.end)
    if match is None:
        return None
    name = "bold" if match["bold"] is not None else "plain"
    first, last = match.span(name)
    times = [t for t in find_times(text.text, first, last, published) if t.when.edtf]
    seen = places.within(first, last)
    rest = _left_over(text.text, first, last, [*times, *seen])
    if _CORRECTED.match(rest) is not None:
        return None
    unlisted = _NAME.fullmatch(rest) if TITLE.search(rest) is None else None
    named = unlisted if rest and times and not seen else None
    # What is left over may stand in two pieces, around a day or a dash: that names no place.
    at = text.text.find(named.group(), first, last) if named is not None else -1
    if named is not None and at >= 0:
        place = Place(as_written=named.group())
        seen, rest = (SeenPlace(start=at, end=at + len(named.group()), place=place),), ""
    if rest or not (times or seen):
        return None
    if seen and times and _is_dateline(text, block, match, times[0], published):
        return None
    if not times and _is_filed_from(text, block):
        return None
    return Section(
        places=max(find_lists(text.text, 0, seen), key=len, default=()),
        when=times[0].when if times else None,
        when_span=(times[0].start, times[0].end) if times else None,
        labelled=True,
        dated=bool(times),
    )


def _labels(text: Text) -> Iterator[re.Match[str]]:
    """The words in bold that open lines."""
    for block in text.blocks:
        match = _bold_label(text, block)
        if match is not None:
            yield match


def _bold_label(text: Text, block: Block) -> re.Match[str] | None:
    lead = _BULLET.match(text.text, block.start, block.end)
    match = _LABEL.match(text.text, lead.end() if lead else block.start, block.end)
    return match if match is not None and match["bold"] is not None else None


def _is_labelled_by_place(text: Text, places: DocumentPlaces) -> bool:
    """Whether most lines that open with words in bold open with a place."""
    spans = [match.span("bold") for match in _labels(text)]
    known = sum(bool(places.within(*span)) for span in spans)
    return known >= _KNOWN_LABELS and 3 * known >= 2 * len(spans)


def _read_strange_label(text: Text, block: Block) -> Section | None:
    """ "**Ardoukane.** …" among lines that open with places: a place in no gazetteer."""
    match = _bold_label(text, block)
    if match is None or _NAME.fullmatch(match["bold"]) is None or TITLE.search(match["bold"]):
        return None
    start, end = match.span("bold")
    seen = SeenPlace(start=start, end=end, place=Place(as_written=match["bold"]))
    return Section(places=(seen,), labelled=True)


def _is_dateline(
    text: Text, block: Block, label: re.Match[str], hit: TimeHit, published: date | None
) -> bool:
    """ "Masaya, 11 July 2019. We condemn …", "*Yangon, 2 May 2024* – …": where and when a statement
    was made."""
    filed = published is not None and hit.when.earliest == published.isoformat()
    if not filed or block.kind != "paragraph":
        return False
    if label["plain"] is not None:
        return text.text[label.end("plain")] == "."
    return _RULE.match(text.text, label.end(), block.end) is not None


def _is_filed_from(text: Text, block: Block) -> bool:
    """ "PESHAWAR: Two men …" opens a story; where several paragraphs open so, each is told of its
    place ("RAFAH: …", "KHAN YOUNIS: …")."""
    if block.kind != "paragraph" or not dateline_length(text.text[block.start : block.end]):
        return False
    return not any(
        dateline_length(text.text[other.start : other.end])
        for other in text.blocks
        if other.start != block.start
    )


def _read_row_name(text: Text, number: int) -> Section | None:
    """A name that opens a line under "by county", or a row of a table whose first column is headed
    "District", unknown to the gazetteer: a place as written."""
    block = text.blocks[number]
    heading = text.blocks[block.heading] if block.heading is not None else None
    if block.kind not in {"list_item", "table_row"}:
        return None
    listed = heading is not None and _BY_PLACE.search(text.text, heading.start, heading.end)
    if not listed and not (block.kind == "table_row" and names_places(text, number)):
        return None
    lead = _OPENS.match(text.text, block.start, block.end)
    named = _NAME.match(text.text, lead.end() if lead else block.start, block.end)
    if named is None or text.text[named.end() : named.end() + 1] not in {":", " "}:
        return None
    if _SUM.match(named.group()) is not None:
        return None
    place = Place(as_written=named.group())
    seen = SeenPlace(start=named.start(), end=named.end(), place=place)
    return Section(places=(seen,), labelled=True)


def _left_over(text: str, first: int, last: int, known: Sequence[TimeHit | SeenPlace]) -> str:
    """The words of a label that are neither time nor place."""
    rest, at = [], first
    for one in sorted(known, key=lambda one: one.start):
        rest.append(text[at : one.start])
        at = max(at, one.end)
    rest.append(text[at:last])
    return " ".join(_FILLER.sub(" ", " ".join(rest)).split())


def _labelled(section: Section, label: Section) -> Section:
    """The line's own label first, then what the heading says."""
    return Section(
        places=label.places or section.places,
        when=label.when or section.when,
        when_span=label.when_span or section.when_span,
        rows=section.rows,
        columns=section.columns,
        column_times=section.column_times,
        row_year=section.row_year,
        facilities=section.facilities,
        labelled=True,
        dated=label.dated,
    )


def _joined(heads: list[Section]) -> Section:
    """The innermost heading that says a thing says it."""
    placed = next((h for h in reversed(heads) if h.places), Section())
    dated = next((h for h in reversed(heads) if h.when is not None), Section())
    return Section(
        places=placed.places, when=dated.when, when_span=dated.when_span, of_day=dated.of_day
    )
