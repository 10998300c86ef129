"""Names right behind an office and its body, with no comma: "the mayor of Kharkiv Ihor Bondar",
"the head of the military administration Oleh Petrenko", as desks that translate write them."""

from __future__ import annotations

from harmledger.extract.passage import Passage
from harmledger.extract.voices.phrases import Phrase
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.reporting import ReportingLexicon, load_reporting

_LINKS = frozenset({"of", "for", "in"})
_AREAS = frozenset(
    {"region", "oblast", "krai", "kray", "raion", "district", "province", "city", "community",
     "hromada", "republic", "territory", "county", "municipality", "village", "town"}
)  # fmt: skip
_LONGEST = 3
"""Words of a name, father's name included."""


def name_behind_office(
    passage: Passage, phrase: Phrase, lexicon: ReportingLexicon
) -> tuple[int, int] | None:
    """The tokens of the name at the end of a phrase led by an office "of" a place or a body.

    Misses names of one word, and names right behind "of" ("the wife of Ivan Bondar"), which are no
    holder of the office.
    """
    first = phrase.last + 1
    longest = max(phrase.first, first - _LONGEST)
    while first > longest and _may_name(passage, first - 1, lexicon):
        first -= 1
    if phrase.last - first < 1 or not _is_office(passage, phrase, first, lexicon):
        return None
    if phrase.last - first == 2 and _is_town_and_name(passage, first, phrase.last):
        return first + 1, phrase.last
    return (first, phrase.last) if _is_held(passage, first - 1, lexicon) else None


def _is_town_and_name(passage: Passage, first: int, last: int) -> bool:
    """ "The mayor of Kharkiv Ihor Bondar", where the tree takes the town for part of the name."""
    return passage.lowered[first - 1] == "of" and all(
        t.entity == "PER" for t in passage.tokens[first : last + 1]
    )


def _may_name(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    token = passage.tokens[at]
    if token.upos != "PROPN" or not token.text[:1].isupper() or token.text.isupper():
        return False
    known = lexicon.known.match(passage.lowered, passage.lemmas, at)
    body = lexicon.bodies.match(passage.lowered, passage.lemmas, at)
    titled = token.text.lower() in lexicon.titles | lexicon.not_names | _AREAS
    nation = load_nations().find_code(token.text) is not None
    return not (known or body or titled or nation or _in_place(passage, at))


def _in_place(passage: Passage, at: int) -> bool:
    start = passage.tokens[at].start
    return any(p.start <= start < p.end and p.place.name for p in passage.places)


def _is_office(passage: Passage, phrase: Phrase, end: int, lexicon: ReportingLexicon) -> bool:
    """A word for who holds an office, with "of" or the like behind it."""
    for at in range(phrase.first, end):
        hit = lexicon.people.match(passage.lowered, passage.lemmas, at)
        if hit is not None:
            return hit[0] < end and passage.lowered[hit[0]] in _LINKS
    return False


def _is_held(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    """Whether the word ends a place, or a body that an office can be of."""
    word = passage.tokens[at].text
    acronym = word.isupper() and len(word) > 1 and passage.tokens[at].upos == "PROPN"
    if acronym or passage.lowered[at] in _AREAS or _in_place(passage, at):
        return True
    return any(
        hit is not None and hit[0] == at + 1
        for start in range(max(0, at - 3), at + 1)
        for hit in (
            lexicon.bodies.match(passage.lowered, passage.lemmas, start),
            lexicon.known.match(passage.lowered, passage.lemmas, start),
        )
    )


_CLOSES = frozenset({",", ".", ")", ";", ":", "”", '"', "–", "—"})


def through_name(passage: Passage, phrase: Phrase, lexicon: ReportingLexicon) -> Phrase:
    """ "The town's health secretary, Nubia Pito.", "according to the director, Dr Ali Musa, …": the
    name between commas behind an office is that of who holds it. "The director, Ali Musa, 34,
    was shot" is not meant: an age tells of somebody else."""
    comma = phrase.last + 1
    tokens = passage.tokens
    named = any(
        n.kind == "PER" and n.first <= phrase.last and n.last >= phrase.first
        for n in passage.tree.names
    )
    if comma >= len(tokens) or tokens[comma].text != "," or named:
        return phrase
    first = comma + 1
    while first < len(tokens) and (
        passage.lowered[first].rstrip(".") in lexicon.titles or tokens[first].text == "."
    ):
        first += 1
    last = first
    while last < len(tokens) and tokens[last].upos == "PROPN" and not _in_place(passage, last):
        last += 1
    behind = [t.text for t in tokens[last : last + 3]]
    aged = len(behind) > 2 and tokens[last + 1].upos == "NUM" and behind[2] == ","
    if not 0 < last - first <= _LONGEST or (behind[:1] and behind[0] not in _CLOSES) or aged:
        return phrase
    read = any(t.entity == "PER" for t in tokens[first:last])
    if not read and (last - first < 2 or not _is_person(passage, phrase)):
        return phrase
    return Phrase(first=phrase.first, last=last - 1, head=phrase.head)


def _is_person(passage: Passage, phrase: Phrase) -> bool:
    people = load_reporting().people.match(passage.lowered, passage.lemmas, phrase.head)
    return people is not None and passage.tokens[phrase.head].xpos == "NN"
