"""The phrase an object of a site stands in, and whether a draft names it already."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.objects import Objects, is_equipment
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.harms import HarmWord, load_harms
from harmledger.lexicon.settings import load_sites

INNER = frozenset({"DET", "NUM", "ADJ", "PROPN", "NOUN", "PART", "SYM"})


WAY_TO = frozenset({"at", "least", "no", "fewer", "less", "more", "than", "about", "some", "over",
                     "around", "nearly", "almost", "up", "to", "of", "-", "’s", "'s"})  # fmt: skip


def is_named(site: SiteMention, drafts: Sequence[Draft]) -> bool:
    """Whether a draft of an object is about this very word, or this one stands inside another."""
    return any(
        _about(note, site) for draft in drafts if draft.kind == "object" for note in draft.notes
    )


def _about(note: Note, site: SiteMention) -> bool:
    labelled = note.field == "harm" and note.rule in {"figure:label", "figure:objects_put_at"}
    told = note.field == "site" or labelled
    return told and note.start < site.end and site.start < note.end


def no_object(passage: Passage, site: SiteMention, know: Objects) -> bool:
    if site.part_of_building and passage.lowered[site.last + 1 : site.last + 2] == ("of",):
        return True  # "the facade of a block": the block
    return site.kind == "populated_area" or is_equipment(passage, site, know)


def left_edge(passage: Passage, site: SiteMention) -> int:
    """First token of the noun phrase a site word ends, by the words alone: an article or a number
    opens it, with the hedge before."""
    first, opened = site.first, False
    while first > 0:
        token, word = passage.tokens[first - 1], passage.lowered[first - 1]
        hedge = word in WAY_TO or token.upos == "NUM"
        if not (hedge or (token.upos in INNER and not opened)) or acts(passage, first - 1):
            break
        opened = opened or token.upos in {"DET", "NUM"}
        first -= 1
    if first > 1 and passage.lowered[first - 1] == "of" and is_part(passage, first - 2):
        part = msgspec.structs.replace(site, first=first - 2)
        return left_edge(passage, part)  # "the corner of a block"
    return first


def is_part(passage: Passage, at: int) -> bool:
    return passage.lemmas[at] in load_sites().parts | {"side", "end", "rest", "part", "row"}


FALL_DOWN = frozenset(
    {"bridge", "mast", "pylon", "tower", "overpass", "flyover", "viaduct", "antenna"}
)


THROW = frozenset({"throw", "toss", "hurl", "lob", "shoot", "fire", "fall", "launch", "ram"})
"""What is thrown says whether anything was struck: other rules look at it."""


NAMES_ONLY = frozenset(
    {"raid", "attack", "strike", "hit", "storm", "target", "fire", "cut", "touch"}
)
"""Verbs of headlines that are nouns as often: only their ending in -s or -ed says which."""


def acts(passage: Passage, at: int) -> bool:
    """ "MOB TORCHES MOSQUE": a verb of a headline that the parser takes for a name or a noun."""
    noun = passage.tokens[at].upos == "NOUN"
    named = passage.tokens[at].upos == "PROPN" and passage.text.isupper()
    return (noun or named) and bool(strikes(passage, at))


@cache
def _lemmatiser() -> Lemmatiser:
    return Lemmatiser()


LOST = HarmWord(harm="object_struck", lemma="lose", company=(), pattern="object", weak=True)


def strikes(passage: Passage, at: int, *, participle: bool = False) -> tuple[HarmWord, ...]:
    """The entries by which a word, whatever the parser takes it for, acts on an object."""
    written = passage.lowered[at]
    tags = ("VBN",) if participle else ("VBZ", "VBD", "VB", "VBG")
    lemmas = {_lemmatiser().lemma(written, tag) for tag in tags}
    if (
        participle
        and written in lemmas
        and not written.endswith(("hit", "set", "cut", "put", "burst"))
    ):
        return ()  # no participle
    verbs = load_harms().verbs
    found = tuple(
        w
        for lemma in sorted(lemmas)
        for w in verbs.get(lemma, ())
        if w.harm == "object_struck" and w.pattern == "object" and not w.who and not w.denial
    )
    lost = participle and "lose" in lemmas and passage.figures and passage.lemmas[at - 1] != "have"
    return (*found, LOST) if lost else found
