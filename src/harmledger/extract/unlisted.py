"""Names of places that the gazetteer lacks or cannot settle: places as written, no more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.language.tree import Tree
from harmledger.lexicon.gazetteer import ResolvedPlace

Span = tuple[int, int]

_LISTED = r"(?:[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?(?:,| and|, and)\s+){0,3}$"
IN = re.compile(
    r"\b(?:in|at|near|around|outside|inside|across|throughout|between|(?:town|village|city|"
    r"district|province|region|state|county|township|suburb|outskirt|commune|municipalit(?:y|ie)|"
    r"territor(?:y|ie)|governorate)s? of)\s+" + _LISTED,
    re.I,
)
"""What stands before a name that says where something is."""
_WAY_TO = re.compile(
    r"\b(?:to|into|on|from|towards?|reach(?:ed)?|left|of|fled|shelled|bombed|hit|struck|attacked|"
    r"raided|entered|stormed|besieged|captured)\s+" + _LISTED,
    re.I,
)
_BODY_OF = re.compile(r"(?<=[a-z] )[A-ZÀ-Þ][\w’'-]+ of (?:the )?$")
""" "the Banner of Rijal": of a body, unless it is a kind of place ("the Township of")."""
_GOES_ON = re.compile(
    r"[\w-]|\s+[A-Z]|['’]s\b|\s+(?:hospital|school|prison|street|road|university|church|market|camp)\b"
)
_ENDS_AS_SITE = re.compile(
    r"\s(?:hospital|clinic|school|prison|university|mosque|church|market|street|road|avenue|square|"
    r"boulevard|bridge|highway)$",
    re.I,
)
"""A name that says what stands there is a site's, not a place's: "El Chipote prison"."""
_PLAIN_DOUBTS = frozenset({None, "personal_name"})
REACH = 40
_WORD = r"[A-ZÀ-Þ][\w-]+(?:['’](?!s\b)\w+)?"
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}"
_KIND = (
    r"[Vv]illages?|[Tt]ownship|[Dd]istrict|[Uu]pazila|[Tt]erritory|[Mm]unicipality|[Cc]ommune|"
    r"[Hh]amlet|[Ss]ettlement|[Cc]ounty|[Pp]arish|[Bb]arangay|[Nn]eighbou?rhood|[Ss]ub-?district|"
    r"[Cc]hiefdom|[Tt]ehsil|[Ww]oreda|[Cc]ercle|[Rr]aion|[Cc]anton"
)
_BY_KIND = re.compile(
    r"(?:\b(?:in|at|near|around|outside|inside|across|through|over|of|to|into|from|towards?)\s+"
    rf"(?:the\s+)?|['’]s\s+)(?P<name>{_NAME}?)\s+(?:{_KIND})\b(?!\s+(?:[A-Z]|of\b))"
)
""" "a sweep through Pale Township": a name with what it is the name of."""
_OF_KIND = re.compile(
    r"\b(?:community|village|hamlet|settlement|neighbou?rhood|parish|barangay|locality|township|"
    rf"commune|town)\s+(?:of|called|named)\s+(?P<name>{_NAME})"
)
_OPENS_LINE = re.compile(r"(?:^|\n)[\s*_>•▪️🔻#–-]*(?:[^\n().:]{1,30}?\d[^\n().:]{0,14},\s*)?$")
_BEFORE_BRACKET = re.compile(rf"(?<![\w’'-] )(?P<name>{_NAME})\s*\($")
_LONGER_BEFORE = re.compile(r"[A-ZÀ-Þ][\w’'-]+ $")
_LEAST = 4
"""Letters of a name that is known again wherever it stands."""
_TIMES = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)\b"
)


class _Taken:
    """Stretches of the text that are spoken for."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = sorted(spans)

    def meets(self, start: int, end: int) -> bool:
        """Whether one of them reaches into ``start:end``."""
        at = bisect_right(self._spans, (end, -1)) - 1
        return any(
            first < end and start < last for first, last in self._spans[max(0, at - 2) : at + 1]
        )


def find_unlisted(
    text: str, trees: Sequence[Tree], answers: Sequence[ResolvedPlace], settled: Sequence[SeenPlace]
) -> list[SeenPlace]:
    """The names in the position of a place that have no entry. What was said to be one once is
    known again wherever the report names it; a place told only by its bare name is not found."""
    taken = _Taken([(a.hit.start, a.hit.end) for a in answers if a.place is not None])
    found: dict[int, SeenPlace] = {}
    for start, end in (*_behind_prepositions(text, trees, answers), *_by_kind(text, settled)):
        if start not in found and _may_be_place(text[start:end]) and not taken.meets(start, end):
            place = Place(as_written=text[start:end])
            found[start] = SeenPlace(start=start, end=end, place=place)
    return [*found.values(), *_named_again(text, trees, taken, list(found.values()))]


def _may_be_place(written: str) -> bool:
    odd = _ENDS_AS_SITE.search(written) or _TIMES.match(written)
    return not written.isupper() and not odd


def _behind_prepositions(
    text: str, trees: Sequence[Tree], answers: Sequence[ResolvedPlace]
) -> Iterator[Span]:
    """ "in Fangak": what the parser takes for a place, or the gazetteer for one of several."""
    named = [(n.start, n.end) for tree in trees for n in tree.names if n.kind == "LOC"]
    unsettled = [
        (a.hit.start, a.hit.end)
        for a in answers
        if a.place is None
        and a.reason in {"place_unknown", "place_ambiguous"}
        and a.hit.doubt in _PLAIN_DOUBTS
    ]
    said = {*named}
    for start, end in (*named, *unsettled):
        lead = text[max(0, start - REACH) : start]
        way = (start, end) in said and _WAY_TO.search(lead) and not _BODY_OF.search(lead)
        there = IN.search(lead) or way
        if there and text[start].isupper() and _GOES_ON.match(text, end) is None:
            yield start, end


def _by_kind(text: str, settled: Sequence[SeenPlace]) -> Iterator[Span]:
    """ "in Rangamati's Baghaichhari upazila", "the community of Ccarhuapampa", "Boga (Irumu)"."""
    for match in (*_BY_KIND.finditer(text), *_OF_KIND.finditer(text)):
        yield match.span("name")
    for seen in settled:
        lead = max(0, seen.start - 2 * REACH)
        named = _BEFORE_BRACKET.search(text[lead : seen.start])
        if named is None or text[seen.end : seen.end + 1] != ")":
            continue
        before = text[max(0, lead - REACH) : lead + named.start("name")]
        if IN.search(before) or _OPENS_LINE.search(before):
            yield lead + named.start("name"), lead + named.end("name")


def _named_again(
    text: str, trees: Sequence[Tree], taken: _Taken, found: Sequence[SeenPlace]
) -> Iterator[SeenPlace]:
    """Every other mention of a name, but inside a longer one or a person's."""
    persons = _Taken(
        [(n.start, n.end) for t in trees for n in t.names if n.kind == "PER" and n.last > n.first]
    )
    known = {seen.start for seen in found}
    for name in dict.fromkeys(seen.place.as_written for seen in found):
        if len(name) < _LEAST:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            start, end = match.span()
            longer = _LONGER_BEFORE.search(text[max(0, start - REACH) : start])
            longer = longer or _GOES_ON.match(text, end)
            if start in known or longer or taken.meets(start, end) or persons.meets(start, end):
                continue
            yield SeenPlace(start=start, end=end, place=Place(as_written=name))
