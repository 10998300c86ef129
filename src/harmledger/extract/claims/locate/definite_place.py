""" "the city", "the two districts", "the state": places named before (reading rule 20)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.areas import find_lists, without_holders
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.values import Thread
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.extract.places import smallest_area
from harmledger.lexicon.incident_words import load_incident_words

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_KINDS = {
    "town": frozenset({"town"}),
    "district": frozenset({"admin2", "admin1"}),
    "province": frozenset({"admin1", "area"}),
    "country": frozenset({"country"}),
}
_FINE = frozenset({"town", "admin2", None})
_LEAD = re.compile(
    r"\b(?:(?:in|inside|of|across|throughout|within|over|from|at|on|around|hit|struck|bombed|shelled)\s+)"
    r"(?:(?:all|both)\s+)?(?P<det>the|these|those|this|that|his|her|their|its|both)\s+"
    r"(?:same\s+)?(?:(?P<number>two|three|four|five|six|seven)\s+)?(?:\w+\s+)?$",
    re.I,
)
_SAME_AREA = re.compile(r"\bin (?:the|this|that) (?:same )?area\b", re.I)


def find_definite_place(
    passage: Passage, draft: Draft, thread: Thread
) -> tuple[Place | None, Note | None]:
    """The place, or places, that a definite noun of place in the sentence resumes."""
    there = _find_there(passage, draft, thread) if "there" in passage.lowered else None
    if there is not None:
        note = Note(field="place", start=there.start, end=there.end, rule="place:definite_place")
        return there.place, note
    words = load_incident_words().places
    if words.keys().isdisjoint(passage.lemmas):
        return None, None
    for token in passage.tokens:
        word = passage.lemmas[token.index]
        kinds = words.get(word)
        if kinds is None or token.upos == "PROPN" or _is_speaker(passage, token.start):
            continue
        lead = _LEAD.search(passage.text[: token.start - passage.start])
        if lead is None:
            lead = _bare(passage, token.index)
        if lead is None or _names_it(passage, token.end):
            continue
        number = _NUMBERS.get((lead["number"] or lead["det"] or "").lower())
        plural = word != passage.lowered[token.index]
        filed = _filed_from(passage, lead["det"], kinds) if number is None else ()
        found = filed or _resume(passage, token.start, thread, kinds, number, plural=plural)
        if found:
            place = found[0].place if len(found) == 1 else smallest_area([s.place for s in found])
            return place, Note(
                field="place", start=found[0].start, end=found[-1].end, rule="place:definite_place"
            )
    return None, None


def _find_there(passage: Passage, draft: Draft, thread: Thread) -> SeenPlace | None:
    """ "Djibo has known worse. In 2020, 27 people were killed there": the town named last before
    it. "There were" names none."""
    for token in passage.tokens:
        told = passage.lowered[token.index] == "there" and token.deprel == "advmod"
        if not told or token.head != draft.predicate:
            continue
        here = [s for s in passage.places if s.end <= token.start and s.place.kind in _FINE]
        near = [s for s in thread.places_before(passage.start, 6) if s.place.kind in _FINE]
        between = thread.text[near[-1].end : passage.start] if near else ""
        if not here and "\n\n" in between:
            return None
        found = [s for s in (here or near) if not _only_says_who(thread.text, s)]
        return found[-1] if found else None
    return None


def _only_says_who(text: str, seen: SeenPlace) -> bool:
    """ "a trader from Herat", "taken to Kabul"."""
    return (
        re.search(r"\b(?:from|to|towards?)\s+$", text[max(0, seen.start - 12) : seen.start])
        is not None
    )


def _bare(passage: Passage, at: int) -> re.Match[str] | None:
    """ "the town's 80,000 residents", "the city was shelled": the noun without a preposition."""
    token = passage.tokens[at]
    if not matches(token.deprel, ("nmod:poss", "obj", "nsubj:pass")):
        return None
    before = passage.text[: token.start - passage.start]
    near = re.search(r"\b(?P<det>this)\s+(?P<number>two\s+)?\w+\s+$", before, re.I)
    return near or re.search(r"\b(?P<det>the|this|that)\s+(?P<number>two\s+)?$", before, re.I)


def _filed_from(passage: Passage, word: str, kinds: frozenset[str]) -> Sequence[SeenPlace]:
    """ "DJIBO, Burkina Faso — … stormed this northern town": the one the report is filed from."""
    if word.lower() != "this" or not passage.places:
        return ()
    wanted = {kind for name in kinds for kind in _KINDS[name]}
    end = dateline_end(passage)
    return [s for s in passage.places if s.end <= end and s.place.kind in wanted][:1]


def _is_speaker(passage: Passage, at: int) -> bool:
    return any(a.source and a.source[0] <= at < a.source[1] for a in passage.attributions)


def _names_it(passage: Passage, end: int) -> bool:
    """ "the city of Homs", "the village where": it names its place itself."""
    after = passage.text[end - passage.start :]
    return (
        re.match(r"\s+(?:(?i:of)\s+[A-Z]|called|named|where|near|outside|hall|council)", after)
        is not None
    )


def _resume(
    passage: Passage,
    at: int,
    thread: Thread,
    kinds: frozenset[str],
    number: int | None,
    *,
    plural: bool,
) -> Sequence[SeenPlace]:
    filed = dateline_end(passage) if passage.places else 0
    here = (s for s in passage.places if filed < s.start and s.end <= at)
    before = [*thread.places_before(passage.start), *here]
    section = thread.sections.get(passage.block)
    if section is not None:
        known = {s.start for s in before}
        before = [*before, *(s for s in section.places if s.start not in known)]
    if plural or number:
        groups = [g for g in find_lists(thread.text, 0, before) if len(g) > 1]
        fitting = [g for g in groups if number is None or len(g) == number]
        return fitting[-1] if fitting else ()
    wanted = {kind for name in kinds for kind in _KINDS[name]}
    named_all, before = before, list(without_holders(thread.text, 0, before))
    named = [s for s in before if s.place.kind in wanted]
    if not named and "province" in kinds:  # "in Toretsk, Donetsk region. … four in the region"
        named = [s for s in named_all if s.place.kind == "admin1"]
    if not named and "town" in kinds:
        named = [s for s in before if s.place.kind == "admin2"]
    found = _told_most(named)
    if not found or not _is_bound_for(thread.text, found[-1], before):
        return found
    return _told_most([s for s in named if not _is_bound_for(thread.text, s, before)]) or found


_TOWARDS = re.compile(r"\b(?:for|to|towards?|into)\s+$", re.I)


def _is_bound_for(text: str, seen: SeenPlace, before: Sequence[SeenPlace]) -> bool:
    """ "8,300 people left Mambasa for Irumu and Bunia": where they went."""
    group = next((g for g in find_lists(text, 0, before) if seen in g), (seen,))
    start = group[0].start
    return _TOWARDS.search(text[max(0, start - 10) : start]) is not None


_OFTEN = 3


def _told_most(named: Sequence[SeenPlace]) -> Sequence[SeenPlace]:
    """The place named last; but before one named once in passing ("near Kukawa last month") the
    one that the report keeps naming."""
    often = Counter(_key(one) for one in named)
    if not named or often[_key(named[-1])] > 1:
        return named[-1:]
    most, count = often.most_common(1)[0]
    return [one for one in named if _key(one) == most][-1:] if count >= _OFTEN else named[-1:]


def _key(seen: SeenPlace) -> str:
    return seen.place.gazetteer_id or seen.place.as_written
