"""Words of a sentence that name an incident, and those that go on about one told before."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from harmledger.core.base import Value
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.values import Told
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.incident_words import ANY, load_incident_words

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "same", "both"})
_STOPS = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        "(",
        ")",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "a",
        "an",
    }
)
_NEW = frozenset(
    {
        "another",
        "a",
        "an",
        "new",
        "second",
        "third",
        "fourth",
        "other",
        "separate",
        "earlier",
        "previous",
    }
)
_MODALS = frozenset(
    {"will", "would", "could", "may", "might", "should", "can", "shall", "'ll", "’ll"}
)
_TREATING = frozenset({"treat", "receive", "admit", "operate"})
_MORE = re.compile(
    r"\b(?:another|others?|more|also|too|as well|in addition|the rest|the remaining|remaining|"
    r"of (?:them|these|those|whom)|"
    r"(?:a|the) (?:second|third|fourth|fifth|sixth|seventh)(?! \w+day)|"
    r"up from|rose to|risen to)\b",
    re.I,
)
_THERE = re.compile(
    r"\b(?:there(?! (?:is|are|was|were|has|have|had|will|would|could|may)\b)|at the scene|"
    r"on the spot|"
    r"at the site|in the same|the same)\b",
    re.I,
)


class Named(Value, frozen=True, kw_only=True):
    """A word for an incident: tokens ``first..last``; ``definite``: one the reader knows."""

    first: int
    last: int
    families: frozenset[str]
    definite: bool
    verb: bool


@lru_cache(LATELY)
def find_named(passage: Passage) -> tuple[Named, ...]:
    """Every word for an incident, in text order."""
    words = load_incident_words().named
    return tuple(
        Named(
            first=first,
            last=end - 1,
            families=families,
            definite=is_definite(passage, first),
            verb=passage.tokens[end - 1].upos == "VERB",
        )
        for first, end, families in words.find_all(passage.lowered, passage.lemmas)
        if not _in_time(passage, passage.tokens[first].start)
    )


def _in_time(passage: Passage, start: int) -> bool:
    """ "in March" tells of no march."""
    return any(t.start <= start < t.end for t in passage.times)


_TOLL = re.compile(
    r"\bthe (?:number|count|toll) of (?:the )?"
    r"(?:dead|deaths|killed|wounded|injured|victims|casualties)\b",
    re.I,
)


def is_definite(passage: Passage, first: int) -> bool:
    """Whether "the", "this" … opens the noun phrase whose first known word is ``first``."""
    for back in range(1, 5):
        at = first - back
        if at < 0:
            return False
        word = passage.lowered[at]
        if word in _DEFINITE:
            joins = word == "that" and (
                passage.tokens[at].upos == "SCONJ" or passage.tokens[at + 1].upos == "NUM"
            )
            return not joins
        if word in _STOPS or word in _NEW or passage.tokens[at].upos in {"VERB", "ADP"}:
            return False
    return False


@lru_cache(LATELY)
def resumed_families(passage: Passage) -> frozenset[str]:
    """Families of the definite words for an incident: "the blast", "the attack"; else empty."""
    return frozenset(
        family
        for named in find_named(passage)
        if named.definite and not named.verb
        for family in named.families
    )


def speaks_of_victims(passage: Passage, draft: Draft) -> bool:
    """ "the dead", "those killed", "the gunman": people or things of an incident told before."""
    victims = load_incident_words().victims
    for token in passage.tokens:
        word = passage.lemmas[token.index]
        known = word in victims or passage.lowered[token.index] in victims
        if known and (
            is_definite(passage, token.index) or passage.lowered[token.index] == "bodies"
        ):
            return True
    counted = draft.counted
    return counted is not None and is_definite(passage, counted.noun)


@lru_cache(LATELY)
def speaks_of_toll(passage: Passage) -> bool:
    """ "the number of dead": a toll the reader is taken to know of."""
    return _TOLL.search(passage.text) is not None


@lru_cache(LATELY)
def goes_on(passage: Passage) -> bool:
    """ "another 37", "others", "there", "at the scene": the sentence adds to what was told."""
    return _MORE.search(passage.text) is not None or _THERE.search(passage.text) is not None


def has_pronoun_subject(passage: Passage, predicate: int) -> bool:
    """ "It killed four", "They shot him": the doer or the struck was told before."""
    words = {passage.lowered[t.index] for t in passage.tree.children(predicate, "nsubj", "obj")}
    return bool(words & {"it", "they", "them", "this", "that", "these", "he", "she", "him", "her"})


@lru_cache(LATELY)
def leaves(passage: Passage) -> bool:
    """A sentence that opens with "separately", "elsewhere", "last year": another matter."""
    return _shifts().match(passage.text) is not None


@cache
def _shifts() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_incident_words().shifts)
    return re.compile(rf"[\W\d]*(?:{words})\b", re.I)


def is_unreal(passage: Passage, draft: Draft) -> bool:
    """ "children could starve", "will die", "if the crossing closes": nothing has happened."""
    tree = passage.tree
    auxiliaries = {passage.lowered[t.index] for t in tree.children(draft.predicate, "aux")}
    if not auxiliaries & _MODALS:
        return False
    return "have" not in auxiliaries


def is_general(passage: Passage, draft: Draft) -> bool:
    """ "We do not kill farmers": a practice, no incident."""
    token = passage.tokens[draft.predicate]
    auxiliaries = {passage.lowered[t.index] for t in passage.tree.children(draft.predicate, "aux")}
    return token.xpos in {"VB", "VBP", "VBZ"} and bool(auxiliaries & {"do", "does"})


def is_any(families: frozenset[str]) -> bool:
    """Whether a word fits an incident of whatever kind."""
    return ANY in families


def may_mean(families: frozenset[str], told: Told) -> bool:
    """Whether a word of these families may mean an incident told."""
    return (
        is_any(families)
        or not told.families
        or is_any(told.families)
        or bool(families & told.families)
    )


def is_described(passage: Passage, draft: Draft) -> bool:
    """One or a few people told by a person: "a delivery rider was also killed", neighbours said."""
    spoken = any(a.source is not None for a in passage.attributions)
    counted = draft.counted
    if spoken and any(word in _TREATING for word in passage.lemmas):
        return not speaks_of_victims(passage, draft)
    single = draft.quantity.basis == "implied" and draft.quantity.low == 1
    if counted is None or not (spoken and single):
        return False
    named = passage.tokens[counted.noun].upos == "PROPN"
    return not named and not is_definite(passage, counted.noun) and not _is_own(passage, counted)


def _is_own(passage: Passage, counted: Counted) -> bool:
    """ "my son", "our neighbour", "her daughter": of somebody the report tells of."""
    owners = {passage.lowered[t.index] for t in passage.tree.children(counted.noun, "nmod:poss")}
    return bool(owners & {"my", "our", "his", "her"})
