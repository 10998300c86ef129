"""Where a passage words a harm in one of the ways of ``lexicon/wordings.yaml``.

A wording is read word for word, with its gaps; what a tree makes of the sentence is asked only for
the clause it stands in and for whom it counts. A wording that is denied ("the taps have not run
dry") says nothing here, unless it is itself the answer to a charge ("all roads are open").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from harmledger.core.base import Value
from harmledger.extract.claims.denied import Denied, clause_of
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.wordings import Element, WordedHarm, Wording, load_wordings

_NOT = frozenset(
    {"not", "n't", "n’t", "no", "never", "neither", "nor", "none", "nobody", "nothing", "cannot",
     "without", "nowhere", "unable", "hardly", "barely", "scarcely", "only"}
)  # fmt: skip
_DENIES = _NOT - {"without", "nowhere", "unable", "hardly", "barely", "scarcely", "only"}
_HELPING = frozenset({"AUX", "ADV", "PART"})
_DESCRIBING = frozenset({"DET", "ADJ", "NUM", "ADV", "PRON"})
_STOPS = frozenset({";", ":", ".", "!", "?", "•"})
_MILITARY = frozenset({"military", "army", "soldier", "troop", "armoured", "armored", "tank"})
_BEFORE = 3
Literals = tuple[frozenset[str], ...]


class Worded(Value, frozen=True, kw_only=True):
    """A wording found: its tokens ``first..last``, the clause, the service and people it names."""

    wording: Wording
    first: int
    last: int
    predicate: int
    service: str
    people: int | None = None
    service_at: int | None = None
    """The last word of the service that a slot names."""


class _At(Value, frozen=True, kw_only=True):
    """How far a wording is read: the next token, and what its slots hold."""

    token: int
    service: str = ""
    service_at: int | None = None
    people: int | None = None
    said: frozenset[int] = frozenset()
    """Tokens that the wording's own words and slots stand for."""


def find_worded(passage: Passage, know: Denied, harm: WordedHarm) -> Iterator[Worded]:
    """The wordings of one harm that the passage holds, one for a clause."""
    taken: set[int] = set()
    for wording in _possible(passage):
        if wording.harm != harm:
            continue
        for first in range(len(passage.tokens)):
            read = _read(passage, know, wording.elements, _At(token=first))
            if read is None or _is_denied(passage, wording, first, read):
                continue
            last = read.token - 1
            if not taken & set(range(first, last + 1)):
                taken |= set(range(first, last + 1))
                yield Worded(
                    wording=wording, first=first, last=last,
                    predicate=_clause(passage, first, last),
                    service=wording.service or read.service,
                    people=_whole(passage, know, read.people),
                    service_at=read.service_at,
                )  # fmt: skip


_AMONG = frozenset({"among", "amongst", "including", "of"})


def _whole(passage: Passage, know: Denied, people: int | None) -> int | None:
    """ "120 civilians, among them 40 children, have been in the bunker": all of them, of whom those
    right before the verb are told as a part."""
    if people is None:
        return None
    comma = max((n for n in range(people) if passage.lowered[n] == ","), default=0)
    between = passage.lowered[comma + 1 : people]
    apart = passage.lowered[people + 1 : people + 2] == (",",)
    if not comma or not apart or not between or between[0] not in _AMONG:
        return people
    if between[0] != "including" and between[1:2] not in (("them",), ("whom",)):
        return people
    return comma - 1 if is_person(passage, comma - 1, know.persons) else people


@cache
def _by_word() -> dict[str, tuple[tuple[int, Wording, Literals], ...]]:
    """Every wording, numbered as in the file, by the words of its element that fewest others ask
    for: "be" and "no" stand in most sentences."""
    asked = Counter(word for w in load_wordings() for words in w.literals for word in words)
    found: dict[str, list[tuple[int, Wording, Literals]]] = {}
    for number, wording in enumerate(load_wordings()):
        literals = wording.literals
        rarest = min(literals, key=lambda words: sum(asked[word] for word in words))
        left = tuple(words for words in literals if words is not rarest)
        for word in rarest:
            found.setdefault(word, []).append((number, wording, left))
    return {word: tuple(entries) for word, entries in found.items()}


@lru_cache(maxsize=LATELY)
def _possible(passage: Passage) -> tuple[Wording, ...]:
    """The wordings whose words all stand somewhere in the passage, in the order of the file."""
    known, present = _by_word(), passage.vocabulary
    met = {
        number: wording
        for word in known.keys() & present
        for number, wording, literals in known[word]
        if not any(words.isdisjoint(present) for words in literals)
    }
    return tuple(met[number] for number in sorted(met))


def _clause(passage: Passage, first: int, last: int) -> int:
    top = passage.tree.top(passage.tokens[first].start, passage.tokens[last].end)
    if top is None:
        return first
    verbal = top.upos in {"VERB", "ADJ", "AUX"}
    return top.index if verbal else clause_of(passage, top.index)


def _is_denied(passage: Passage, wording: Wording, first: int, read: _At) -> bool:
    """Words of denial before or inside it, which the wording does not list itself."""
    if wording.denied:
        return False
    lead = first
    while lead > max(0, first - _BEFORE) and passage.tokens[lead - 1].upos != "PUNCT":
        lead -= 1
    own = any(passage.lowered[at] in _NOT for at in read.said)
    return any(
        passage.lowered[at] in _DENIES and at not in read.said
        for at in range(lead, first if own else read.token)
    )


def _read(passage: Passage, know: Denied, left: tuple[Element, ...], at: _At) -> _At | None:
    """The wording's elements ``left`` read from ``at``; None where they do not stand there."""
    if not left:
        return at
    element, rest = left[0], left[1:]
    for step in _steps(passage, know, element, at):
        read = _read(passage, know, rest, step)
        if read is not None:
            return read
    return None


def _steps(passage: Passage, know: Denied, element: Element, at: _At) -> Iterator[_At]:
    """Every way an element can be read at a token, the shortest first."""
    here = at.token
    if element.gap:
        yield at
        for end in range(here + 1, here + element.gap + 1):
            if end > len(passage.tokens) or not _may_skip(passage, element.mark, end - 1):
                return
            yield msgspec.structs.replace(at, token=end)
        return
    if element.barred:
        if here >= len(passage.tokens) or not element.words & _forms(passage, here):
            yield at
        return
    if here >= len(passage.tokens):
        return
    if element.words:
        if element.words & _forms(passage, here):
            yield _on(at, here + 1)
        return
    yield from _in_slot(passage, know, element, at)


def _forms(passage: Passage, at: int) -> set[str]:
    return {passage.lowered[at], passage.lemmas[at]}


def _on(at: _At, end: int, service: str = "", people: int | None = None) -> _At:
    return _At(
        token=end,
        service=service or at.service,
        service_at=end - 1 if service else at.service_at,
        people=at.people if people is None else people,
        said=at.said.union(range(at.token, end)),
    )


def _may_skip(passage: Passage, mark: str, at: int) -> bool:
    token = passage.tokens[at]
    if mark == "=":
        return token.upos in _HELPING or token.text == ","
    if mark == "_":
        inside = token.deprel in {"compound", "amod", "nmod:poss", "flat"} or (
            token.text == "-" or token.xpos == "POS"
        )
        return token.upos in _DESCRIBING or inside
    return token.text not in _STOPS


def _in_slot(passage: Passage, know: Denied, element: Element, at: _At) -> Iterator[_At]:
    here, slot, lexicon = at.token, element.slot, know.services
    if slot == "service":
        hit = lexicon.services.match(passage.lowered, passage.lemmas, here)
        nominal = hit is not None and passage.tokens[hit[0] - 1].upos in {"NOUN", "PROPN", "ADJ"}
        own = hit is not None and _is_no_cut(passage, here)
        if hit is not None and nominal and not own and element.kind in {"", hit[1]}:
            yield _on(at, hit[0], service=hit[1])
    elif slot in {"people", "those"}:
        if (_those if slot == "those" else _people)(passage, know, here):
            yield _on(at, here + 1, people=here)
    elif slot in _ENDS:
        end = _ENDS[slot](passage, here)
        if end is not None:
            yield _on(at, end)
    elif slot == "truce":
        for end in (here + 2, here + 1):
            if passage.words(here, end - 1) in lexicon.truces or (
                end == here + 1 and passage.lemmas[here] in lexicon.truces
            ):
                yield _on(at, end)
                return
    else:
        index = lexicon.movement if slot == "mover" else lexicon.routes
        moved = index.match(passage.lowered, passage.lemmas, here)
        if moved is not None and not _MILITARY & set(passage.lemmas[max(0, here - 2) : moved[0]]):
            yield _on(at, moved[0])


def _is_no_cut(passage: Passage, at: int) -> bool:
    """ "His phone was off": no network is down. A bomb rigged to a phone, or hidden in a sack of
    millet, goes off."""
    if _WENT_OFF.match(passage.text, passage.tokens[at].end - passage.start):
        return bool(_EXPLOSIVES & set(passage.lemmas))
    owned = passage.lowered[max(0, at - 1)] in {"his", "her", "my"}
    return owned and passage.lowered[at] in {"phone", "telephone"}


_WENT_OFF = re.compile(r",?\s+(?:went|goes|go|going) off\b", re.I)
_EXPLOSIVES = frozenset({"device", "explosive", "bomb", "grenade", "mine", "shell", "charge"})


def _people(passage: Passage, know: Denied, here: int) -> bool:
    return passage.tokens[here].upos != "PRON" and is_person(passage, here, know.persons)


DWELLERS = frozenset(
    {"people", "person", "resident", "inhabitant", "villager", "citizen", "civilian", "family",
     "household", "soul", "individual", "townspeople", "townsfolk", "islander", "woman", "child",
     "man", "girl", "boy", "farmer", "herder", "survivor"}
)  # fmt: skip
"""Whom the slot for those who live in a place stands for."""


def _those(passage: Passage, know: Denied, here: int) -> bool:
    """Those who live in a place, or a number that stands for them ("22,000 have headed south"):
    observers, pupils and patients come, stay and leave without anybody driving them."""
    if passage.lemmas[here] in DWELLERS:
        return passage.tokens[here].upos != "PRON"
    after = passage.tokens[here + 1 : here + 2]
    bare = not after or after[0].upos not in {"NOUN", "PROPN", "ADJ", "NUM", "PUNCT"}
    return bare and _number_end(passage, here) == here + 1


def _number_end(passage: Passage, here: int) -> int | None:
    start = passage.tokens[here].start
    for figure in passage.figures:
        if figure.start <= start < figure.end:
            inside = [t.index for t in passage.tokens[here:] if t.start < figure.core[1]]
            return inside[-1] + 1 if inside else None
    return here + 1 if passage.tokens[here].upos == "NUM" else None


def _place_end(passage: Passage, here: int) -> int | None:
    start = passage.tokens[here].start
    if passage.tokens[here].deprel in {"nmod", "obl"}:
        return None  # "a port on the Sea of Azov, is surrounded": the port is
    for place in passage.places:
        if place.start == start:
            return max(t.index for t in passage.tokens[here:] if t.start < place.end) + 1
    for site in passage.sites:
        if site.kind == "populated_area" and site.first == here:
            return site.last + 1
    return here + 1 if passage.tokens[here].entity == "LOC" else None


def _is_inside(passage: Passage, noun: int) -> bool:
    """ "The road to the hospital", "the gate of the clinic"; not "two of the hospitals"."""
    token = passage.tokens[noun]
    if token.deprel not in {"nmod", "obl"} or token.head < 0:
        return False
    return passage.tokens[token.head].upos != "NUM"


def _health_end(passage: Passage, here: int) -> int | None:
    for site in passage.sites:
        inside = _is_inside(passage, site.noun)
        if site.kind in {"hospital", "other_health"} and site.first <= here <= site.last:
            if inside:
                return None
            return site.last + 1 if passage.lemmas[site.last] != "ambulance" else None
    return None


def _whither_end(passage: Passage, here: int) -> int | None:
    """A place that people go to: always below another word."""
    start = passage.tokens[here].start
    for place in passage.places:
        if place.start == start:
            return max(t.index for t in passage.tokens[here:] if t.start < place.end) + 1
    return here + 1 if passage.tokens[here].entity == "LOC" else None


_ENDS = {
    "number": _number_end, "place": _place_end, "health": _health_end, "whither": _whither_end,
}  # fmt: skip
