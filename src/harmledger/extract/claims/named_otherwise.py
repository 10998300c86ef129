"""The harmed whose number stands elsewhere, or who are named for something else: "41 deaths of
children", "the younger of the two", "212 victims were admitted to the trial"."""

from __future__ import annotations

import re

import msgspec

from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_COUNTED_EVENTS = frozenset({"death", "arrest", "detention", "abduction", "kidnapping"})
"""One for each of those who suffer them; of "three massacres" there are more."""


def count_on_event(
    passage: Passage, mention: Mention, counted: Counted, persons: PersonLexicon
) -> Counted:
    """ "41 deaths of children", "12 arrests of students": the number stands on what befell them."""
    bare = counted.figure is None and not counted.members
    plural = passage.tokens[mention.last].xpos == "NNS"
    if not (bare and plural and mention.pattern == "event" and counted.noun > mention.last):
        return counted
    if passage.lemmas[mention.last] not in _COUNTED_EVENTS:
        return counted
    event = count_phrase(passage, mention.last, persons)
    if event.figure is None:
        return counted
    return msgspec.structs.replace(
        counted, quantity=event.quantity, figure=event.figure, start=event.start
    )


_ONE_OF_TWO = re.compile(r"\b(?:young|old|eld|small)er of (?:the |these |those )?$", re.I)


def one_of_two(passage: Passage, counted: Counted) -> Counted:
    """ "The younger of the two died": one."""
    if not _ONE_OF_TWO.search(passage.text[: counted.start - passage.start]):
        return counted
    one = msgspec.structs.replace(counted.quantity, low=1, high=1, bound="exact", basis="implied")
    return msgspec.structs.replace(counted, quantity=one)


_PARTIES = re.compile(
    r"[^.;]{0,30}\b(?:admitted to|joined|take part in|took part in|participat\w+ in|"
    r"represented (?:in|at)) (?:the |these )?(?:proceedings|trial|case|hearings?)\b",
    re.I,
)


def is_party(passage: Passage, mention: Mention) -> bool:
    """ "212 victims were admitted to the proceedings": who they are in court, and no harm told."""
    end = passage.tokens[mention.last].end - passage.start
    said = mention.pattern == "person" and passage.lemmas[mention.last] == "victim"
    return said and _PARTIES.match(passage.text, end) is not None
