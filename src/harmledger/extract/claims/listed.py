"""Objects listed behind a label or under a lead: "Damaged: 12 houses, a clinic", or the lines of a
list below "What was hit:" (reading rule 18).

The label says the harm of everything in the list, so no parser is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.objects import Objects, draft_site
from harmledger.extract.claims.sites import PARTIAL
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import load_harms

_INLINE = re.compile(r"^\W*(?:\d{1,2}[./)]\W*)?(?P<label>[^\W\d_][^:.;]{2,60}):\s")
_PLACE = re.compile(r"^\W*(?:[A-ZÀ-Þ][\w’'-]*[ ,]*){1,4}\s*(?::|[-–—])\s")
_WORD = re.compile(r"[^\W\d_]+")
_STRUCK = frozenset(
    {"hit", "struck", "damaged", "destroyed", "burnt", "burned", "looted", "shelled", "torched",
     "razed", "bombed", "flattened", "damage", "destruction", "losses"}
)  # fmt: skip
_NOT_OBJECTS = frozenset({"killed", "dead", "injured", "wounded", "people", "hurt", "died"})


def draft_listed(
    passage: Passage,
    drafts: tuple[Draft, ...],
    know: Objects,
    within: Callable[[Mention], bool],
) -> tuple[Draft, ...]:
    """The drafts with those of the objects of a list that none of them names. ``within``: whether
    a mention belongs in the record."""
    start, bare = _list_start(passage), False
    if start is None:
        start, bare = _only_things(passage), True
    if start is None:
        return drafts
    found = list(drafts)
    for site in passage.sites:
        if site.start < start or site.kind == "populated_area" or _is_setting(passage, site.first):
            continue
        if any(d.kind == "object" and d.start < site.end and site.start < d.end for d in found):
            continue
        mention = Mention(
            harm="object_struck", first=site.first, last=site.last, predicate=site.noun,
            harmed=(site.noun,), pattern="label", rule="harm:object_struck:list", weak=bare,
        )  # fmt: skip
        if bare and not within(mention):
            continue
        made = draft_site(passage, mention, site.noun, site, know)
        if made.quantity.high != 0:  # "razed: not one house was left"
            found.append(made)
    return tuple(found)


def _list_start(passage: Passage) -> int | None:
    """Where the list begins, if a label or the lead above says that it was struck."""
    inline = _INLINE.match(passage.text)
    if inline is not None and _says_struck(inline["label"]):
        return passage.start + inline.end()
    if passage.kind != "list_item" or passage.lead is None or not _says_struck(passage.lead):
        return None
    if any(t.upos == "VERB" and t.xpos in {"VBD", "VBZ", "VBP"} for t in passage.tokens):
        return None
    place = _PLACE.match(passage.text)
    return passage.start + (place.end() if place is not None else 0)


def _only_things(passage: Passage) -> int | None:
    """ "Objects: 29 water points, a dozen churches": a label that names no harm, with objects
    behind it, a number among them and no verb. In a report of violence it lists what was struck."""
    label = _INLINE.match(passage.text)
    if label is None or _THINGS.fullmatch(label["label"].strip().lower()) is None:
        return None
    start = passage.start + label.end()
    inside = [t for t in passage.tokens if t.start >= start]
    verbal = any(t.upos == "VERB" and t.xpos != "VBG" for t in inside)
    counted = any(f.kind == "count" and f.start >= start for f in passage.figures)
    return start if counted and not verbal else None


_THINGS = re.compile(
    r"(?:civilian )?(?:objects|property|properties|infrastructure|buildings|facilities|"
    r"(?:material|property) (?:losses|loss)|objects of civilian life)"
)
"""Labels of a list of what was struck that do not say so."""


def _says_struck(label: str) -> bool:
    said = {w.lower() for w in _WORD.findall(label)}
    states = load_harms().states
    people = any(w.harm == "killed" for word in said for w in states.get(word, ()))
    return bool(said & _STRUCK) and not said & _NOT_OBJECTS and not people


def _is_setting(passage: Passage, first: int) -> bool:
    """ "Two stalls at the market": only the first is what was struck."""
    before = passage.lowered[max(0, first - 2) : first]
    of = first - 1 - (passage.tokens[max(0, first - 1)].upos == "DET")
    if of > 0 and passage.lowered[of] == "of" and passage.lemmas[of - 1] in PARTIAL:
        return False  # "part of the town hall"
    return bool({"in", "at", "near", "of", "outside", "opposite"} & {*before})
