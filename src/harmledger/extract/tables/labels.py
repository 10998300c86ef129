"""What the label of a column, a row or a list of figures says is counted."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Harm, SiteKind
from harmledger.core.quantity import Unit
from harmledger.extract.language.lemma import Lemmatiser, singular
from harmledger.lexicon.harms import HarmLexicon, HarmWord, load_harms
from harmledger.lexicon.persons import PersonWord, load_persons
from harmledger.lexicon.settings import load_sites

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HOUSEHOLDS = frozenset({"household", "family"})
_COME = frozenset({"arrive", "arrived", "arrival", "arrivals", "sheltering", "sheltered", "hosted"})
"""A column of people who have come counts displaced people: "Newly arrived households"."""
_TOTAL = frozenset({"total", "all", "overall", "sum", "altogether", "combined"})
_NO_HARM = frozenset(
    {"attack", "strike", "raid", "assault", "hit", "blast", "explosion", "bombing", "shelling",
     "bombardment", "accident", "disease", "cholera", "malaria", "crash"}
)  # fmt: skip
"""A column of attacks counts attacks, not objects; one of an illness is out of scope."""


class Label(Value, frozen=True, kw_only=True):
    """What a label says: a harm, people of some kind, a site, a sum over the others."""

    harm: Harm | None = None
    unit: Unit = "persons"
    people: tuple[PersonWord, ...] = ()
    site: SiteKind | None = None
    site_word: str | None = None
    total: bool = False
    out: bool = False


def read_label(written: str) -> Label:
    """What ``written`` ("Homes burnt", "Women", "Total") says of the figures under it."""
    words = tuple(w.lower() for w in _WORD.findall(written))
    lemmas = tuple(_lemmatiser().lemma(w, "NNS") for w in words)
    harms = {found.harm for at in range(len(words)) if (found := _harm_at(words, lemmas, at))}
    people = _people(words, lemmas)
    if not harms and _COME & {*lemmas, *words} and (people or _HOUSEHOLDS & {*lemmas}):
        harms = {"displaced"}
    site = _site(words, lemmas)
    label = Label(
        people=people,
        total=bool(_TOTAL & {*words}),
        out=bool((_NO_HARM - ({"hit"} if site is not None else set())) & {*lemmas})
        and not harms - {"object_struck"},
        unit="households" if _HOUSEHOLDS & {*lemmas} else "persons",
    )
    if "object_struck" in harms and site is None:
        harms -= {"object_struck"}
    if {"killed", "injured"} <= harms:
        harms = {"killed_or_injured"}
    if len(harms) != 1:
        return label
    (harm,) = harms
    if harm != "object_struck" or site is None:
        return msgspec.structs.replace(label, harm=harm)
    kind, word = site
    vehicles = singular(word) in load_sites().vehicles
    return msgspec.structs.replace(
        label, harm=harm, unit="vehicles" if vehicles else "facilities", site=kind, site_word=word
    )


def _harm_at(words: tuple[str, ...], lemmas: tuple[str, ...], at: int) -> HarmWord | None:
    """The harm word at one place of a label; words that need company or people stay out."""
    lexicon = load_harms()
    hit = lexicon.nouns.match(words, lemmas, at) or lexicon.tolls.match(words, lemmas, at)
    if hit is not None:
        return hit[1] if hit[1].lemma not in _NO_HARM else None
    plain = [w for w in lexicon.states.get(words[at], ()) if not w.company]
    return plain[0] if plain else _participle(lexicon, words[at])


def _participle(lexicon: HarmLexicon, word: str) -> HarmWord | None:
    lemma = _lemmatiser().lemma(word, "VBN")
    if lemma == word and not word.endswith(("hit", "hurt", "cut")):
        return None
    found = lexicon.verbs.get(lemma, ())
    return next((w for w in found if not w.company and not w.who and not w.denial), None)


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
