"""Speakers whom no word of the lexicon names: described by their own words."""

from __future__ import annotations

from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.describe import Described
from harmledger.extract.voices.nouns import is_document
from harmledger.extract.voices.phrases import Phrase, text_of
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.reporting import ReportingLexicon, load_reporting

SERVICES = frozenset({"service", "registry", "collective", "platform", "desk", "cluster", "cell",
                      "panel", "chamber", "defence", "defense", "prosecution", "elder",
                      "justice"})  # fmt: skip
_OFFICIAL = frozenset({"official", "government"})
_AGAIN = frozenset({"same", "earlier", "previous", "first", "initial", "original", "that"})


def describe_unknown(passage: Passage, phrase: Phrase, *, papers: bool = False) -> Described | None:
    """Somebody whom no word of the lexicon names, by the words themselves; with ``papers`` also a
    list or a report that nobody is said to have made."""
    lexicon = load_reporting()
    head = passage.lemmas[phrase.head]
    own = passage.lowered[phrase.first] in {"this", "our"}
    if own or head in lexicon.not_speakers or head in lexicon.not_sources:
        return None
    if is_document(passage, phrase.head, lexicon) and not (
        papers and _is_paper(passage, phrase.head, lexicon)
    ):
        return None
    words = text_of(passage, phrase.first, phrase.last)
    bare = words.partition(" ")[2] if words.lower().startswith(("the ", "a ", "an ")) else words
    proper = passage.tokens[phrase.head].upos == "PROPN"
    plural = passage.tokens[phrase.head].xpos in {"NNS", "NNPS"}
    voice = Voice(
        name=bare if proper else None,
        role=None if proper else bare.lower(),
        organisation=bare if proper and not _may_be_name(passage, phrase) else None,
        as_written=bare,
        unsure=True,
    )
    return Described(
        voice=voice, person=not plural and _is_somebody(passage, phrase), plural=plural
    )


def _is_somebody(passage: Passage, phrase: Phrase) -> bool:
    """ "A tailor", "the accused": he or she; "the border service", "the utility": it."""
    head = passage.lemmas[phrase.head]
    if passage.tokens[phrase.head].upos == "PROPN":
        return _may_be_name(passage, phrase)
    if head in SERVICES:
        return False
    return head in load_persons().single or head.endswith(("er", "or", "ist", "man", "ee", "ed"))


def _is_paper(passage: Passage, head: int, lexicon: ReportingLexicon) -> bool:
    """ "A list seen by this paper"; not "unconfirmed reports", which are nobody's, nor "the same
    report", which is this one's or somebody's named before."""
    before = set(passage.lowered[max(0, head - 3) : head])
    if passage.lowered[max(0, head - 1)] in _OFFICIAL and passage.lemmas[head] in lexicon.tolls:
        return True  # "according to official figures"
    known = passage.lemmas[head] in lexicon.papers and passage.tokens[head].xpos != "NNS"
    return known and not before & _AGAIN


def _may_be_name(passage: Passage, phrase: Phrase) -> bool:
    """Two or three capitals in a sentence read by rules, which know no names of persons."""
    words = passage.tokens[phrase.first : phrase.last + 1]
    return (
        bool(passage.tree.note) and all(t.upos == "PROPN" for t in words) and len(words) in (2, 3)
    )
