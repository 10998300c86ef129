"""What the label of a column, a row or a list of figures says is counted."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Harm, SiteKind
from harmledger.core.quantity import Unit
from harmledger.extract.language.lemma import Lemmatiser, singular
from harmledger.lexicon.harms import HarmLexicon, load_harms
from harmledger.lexicon.persons import PersonWord, load_persons
from harmledger.lexicon.settings import load_sites

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HOUSEHOLDS = frozenset({"household", "family"})
_COME = frozenset({"arrive", "arrived", "arrival", "arrivals", "sheltering", "sheltered", "hosted"})
"""A column of people who have come counts displaced people: "Newly arrived households"."""
_TOTAL = frozenset({"total", "totals", "all", "overall", "sum", "altogether", "combined", "both"})
_NO_HARM = frozenset(
    {"attack", "strike", "raid", "assault", "hit", "blast", "explosion", "bombing", "shelling",
     "bombardment", "accident", "disease", "cholera", "malaria", "crash"}
)  # fmt: skip
"""A column of attacks counts attacks, not objects; one of an illness is out of scope."""


_SOURCE = re.compile(
    r"[,(]?\s*\b(?:according to|(?:counted|recorded|reported|compiled|verified) by|sources?:)",
    re.I,
)
"""Behind it stands who gives the figures, none of those counted: "…, according to the police"."""


class Label(Value, frozen=True, kw_only=True):
    """What a label says: a harm, people of some kind, a site, a sum over the others."""

    harm: Harm | None = None
    unit: Unit = "persons"
    people: tuple[PersonWord, ...] = ()
    site: SiteKind | None = None
    site_word: str | None = None
    total: bool = False
    out: bool = False
    struck: bool = False
    """A word says that objects were struck, whatever they are ("Destroyed", "Damaged")."""


def read_label(written: str) -> Label:
    """What ``written`` ("Homes burnt", "Women", "Total") says of the figures under it."""
    written = _SOURCE.split(written, maxsplit=1)[0] or written
    words = tuple(w.lower() for w in _WORD.findall(written))
    lemmas = tuple(_lemmatiser().lemma(w, "NNS") for w in words)
    site = _site(words, lemmas)
    people = _people(words, lemmas)
    said = [
        found
        for at in range(len(words))
        if (found := _harms_at(words, lemmas, at, people=bool(people)))
    ]
    harms = {_choose(found, objects=site is not None) for found in said}
    if not harms and _COME & {*lemmas, *words} and (people or _HOUSEHOLDS & {*lemmas}):
        harms = {"displaced"}
    label = Label(
        people=people,
        total=bool(_TOTAL & {*words}),
        out=bool((_NO_HARM - ({"hit"} if site is not None else set())) & {*lemmas})
        and not harms - {"object_struck"}
        and not (site is not None and "object_struck" in harms),  # "Homes damaged in attacks"
        unit="households" if _HOUSEHOLDS & {*lemmas} else "persons",
        struck=any("object_struck" in found for found in said),
    )
    if site is not None and site[0] != "populated_area":
        label = msgspec.structs.replace(label, site=site[0], site_word=site[1])
    if "object_struck" in harms and site is None:
        harms -= {"object_struck"}
    if {"killed", "injured"} <= harms:
        harms = {"killed_or_injured"}
    if len(harms) != 1:
        return label
    (harm,) = harms
    if harm != "object_struck" or site is None:
        return msgspec.structs.replace(label, harm=harm, site=None, site_word=None)
    return of_objects(msgspec.structs.replace(label, site=site[0], site_word=site[1]))


def of_objects(label: Label) -> Label:
    """A label with a site, as one that counts objects struck."""
    vehicles = singular(label.site_word or "") in load_sites().vehicles
    return msgspec.structs.replace(
        label, harm="object_struck", unit="vehicles" if vehicles else "facilities", people=()
    )


def _choose(found: tuple[Harm, ...], *, objects: bool) -> Harm:
    """ "Houses burned" and "People burned" say different harms."""
    return "object_struck" if objects and "object_struck" in found else found[0]


def _harms_at(
    words: tuple[str, ...], lemmas: tuple[str, ...], at: int, *, people: bool
) -> tuple[Harm, ...]:
    """What the word at one place of a label may say; words that need company or people stay out."""
    lexicon = load_harms()
    hit = lexicon.nouns.match(words, lemmas, at) or lexicon.tolls.match(words, lemmas, at)
    if hit is not None and hit[1].lemma not in _NO_HARM and words[at] != "massacres":
        return (hit[1].harm,)
    if hit is not None and words[at] != "hit":
        return ()
    plain = [w.harm for w in lexicon.states.get(words[at], ()) if not w.company]
    return tuple(plain) if plain else _participle(lexicon, words[at], people=people)


def _participle(lexicon: HarmLexicon, word: str, *, people: bool) -> tuple[Harm, ...]:
    lemma = _lemmatiser().lemma(word, "VBN")
    if lemma == word and not word.endswith(("hit", "hurt", "cut")):
        return ()
    found = lexicon.verbs.get(lemma, ())
    fits = ("", "people") if people else ("",)  # "public servants seized"
    return tuple(w.harm for w in found if not w.company and w.who in fits and not w.denial)


@cache
def _lemmatiser() -> Lemmatiser:
    return Lemmatiser()


def _people(words: tuple[str, ...], lemmas: tuple[str, ...]) -> tuple[PersonWord, ...]:
    found = []
    for at in range(len(words)):
        hit = load_persons().words.match(words, lemmas, at)
        if hit is not None:
            found.append(hit[1])
    return tuple(found)


def _site(words: tuple[str, ...], lemmas: tuple[str, ...]) -> tuple[SiteKind, str] | None:
    for at in range(len(words)):
        hit = load_sites().kinds.match(words, lemmas, at)
        if hit is not None:
            return hit[1], " ".join(words[at : hit[0]])
    return None
