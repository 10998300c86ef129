"""The age told of the people counted, in years, decades and bounds (reading rule 25)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.core.claim import Age
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.person_words import is_name, phrase_tokens
from harmledger.extract.passage import Passage
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.persons import load_persons

_ADULT_AT, _OLDER_AT = 18, 60
_UNDER = 19
"""Nobody told as under this many years is an adult."""
_WORDS = {**load_number_words().units, **load_number_words().tens}
_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties",
            "nineties")  # fmt: skip
_NUMBER = rf"(?:\d{{1,3}}(?!\d|[,.]\d)|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_ENDS = (
    r"(?=\s*(?:[,;.:)–—]|$|who\b|whom\b|whose\b|and\b|or\b|was\b|were\b|is\b|are\b|when\b|in\b))"
)
_STOPS = r"(?=\s*(?:[,;.:)–—]|$|and\b|or\b))"
_MORE = rf"(?:(?:\s*,|\s+and|\s+or|\s+to|\s*[-–])\s*{_NUMBER})*"
_YEARS = re.compile(
    rf"(?P<years>{_NUMBER})[\s\-–]+(?:years?|yr)[\s\-–]+(?:old|of age)|"
    rf"\b(?:aged?|ages) (?:just |only |about |around |between )?(?P<aged>{_NUMBER})\b"
    rf"(?!\s+or\b)(?P<aged_more>{_MORE})|"
    rf"\bof (?:just |only |about |around )?(?P<of>{_NUMBER})(?P<of_more>{_MORE}){_ENDS}|"
    rf"(?P<months>{_NUMBER})[\s\-–]+(?:months?|weeks?|days?)[\s\-–]+old|"
    rf"\bwho (?:is|was|are|were) (?:just |only )?(?P<who>{_NUMBER})(?=\s*(?:[,.;:)–—]|$|and\b))|"
    rf"\b(?:under|below|younger than|not (?:yet )?reached) (?:the )?(?:age of )?"
    rf"(?P<under>{_NUMBER})\b(?! fire)|"
    r"\b(?P<minor>under age|underage)\b|"
    rf"\b(?:over|above|older than) (?:the )?(?:age of )?(?P<over>{_NUMBER})\b{_STOPS}|"
    rf"\baged (?P<from>{_NUMBER}) (?:or|and) (?:over|older|above|more)\b|"
    rf"\bin (?:their|his|her) (?:early |mid |late |mid-)?(?P<decade>{'|'.join(_DECADES)}|\d0s)\b|"
    r"\bin (?:their|his|her) (?:early |mid |late |mid-)?(?P<teens>teens)\b",
    re.I,
)
_RIGHT_BEHIND = re.compile(
    rf"\s*,?\s*(?:(?:of (?:them|whom|these|those)|were|was|are|is|all|both|had|have)\s+)*"
    rf"(?P<bound>(?:not (?:yet )?reached|under|below|younger than|over|above|older than)\s+"
    rf"(?:the )?(?:age of )?{_NUMBER}\b(?! fire| people| houses| metres| km)|under age\b|"
    rf"aged {_NUMBER} (?:or|and) (?:over|older)\b|aged (?:just |only |between )?{_NUMBER}{_MORE})",
    re.I,
)
"""Bounds told right behind a number: "31 of them under 18", "nine hadn't reached the age of 16"."""
_OF_SOME = re.compile(
    r";|(?:[,(–—]|--)\s*(?!(?:all|both|each)\b)(?:[\w-]+ ){0,4}?(?:of|among) (?:them|whom|these)\b|"
    r"[,(–—]\s*including\b",
    re.I,
)
"""What goes on with some of those counted: its ages are theirs."""
_INCLUDING = re.compile(r"[,(–—]\s*(?:including|among them)\b", re.I)
"""What goes on with a few of those counted: an age told there is theirs alone."""
_CHILDREN_OF = re.compile(r"\b(?:father|mother|parent|dad|mum|mom|grand\w+)s?\s+$", re.I)
_BEHIND_NAME = re.compile(
    r"[\w.”\"']*(?: [A-Z][\w.'-]+){0,3}\s*(?:,\s*|\()(?P<age>\d{1,2})(?=\s*(?:[,;.)–—]|and\b|$))"
)
_BODIES = frozenset(
    {"crew", "group", "family", "team", "staff", "patrol", "crowd", "household", "member",
     "personnel", "survivor", "victim", "casualty"}
)  # fmt: skip
"""Of these "of N" counts those in it."""


def stated_age(passage: Passage, counted: Counted) -> Age | None:
    """The age told of the people counted ("a six-year-old girl", "Ana Roa, 34,", "men of 71 and
    64", "in their seventies", "31 of them under 18"); None where ages of several classes are told.
    """
    words = passage.tree.subtree(counted.noun, "conj", "cc", "parataxis")
    first = min(
        words[0].start, *(passage.tokens[i].start for i in phrase_tokens(passage, counted.noun))
    )
    window = passage.text[first - passage.start : words[-1].end - passage.start]
    cut = _OF_SOME.search(window, passage.tokens[counted.noun].end - first)
    if cut is not None and first + cut.start() >= counted.end:
        window = window[: cut.start()]
    cut = _INCLUDING.search(window, passage.tokens[counted.noun].end - first)
    if cut is not None and counted.quantity.low != 1:
        window = window[: cut.start()]
    lemma = passage.lemmas[counted.noun]
    person = lemma in load_persons().single and lemma not in _BODIES
    for match in _YEARS.finditer(window):
        counts = match["of"] is not None and not (person and _is_of_years(match, window))
        hedge = match["over"] is not None and first + match.start() < counted.end
        ages = () if counts or hedge else tuple(_ages_of(match))
        if ages:  # "a toll of 60", "over 60 people" say none
            return class_of(ages)
    if is_name(passage, counted.noun) or counted.quantity.low == 1:
        rest = passage.text[passage.tokens[counted.noun].start - passage.start :]
        behind = _BEHIND_NAME.match(rest)
        if behind is not None:
            return class_of((int(behind["age"]),))
    behind = _RIGHT_BEHIND.match(passage.text, max(counted.end, words[0].end) - passage.start)
    bound = None if behind is None else _YEARS.search(behind["bound"])
    return None if bound is None else class_of(tuple(_ages_of(bound)))


def _is_of_years(match: re.Match[str], window: str) -> bool:
    """ "A father of five", "a mother of three" tell how many children."""
    return _CHILDREN_OF.search(window[: match.start()]) is None or (_number(match["of"]) or 0) > 14


def class_of(ages: tuple[int, ...]) -> Age | None:
    """The one class all the ages fall into."""
    found: set[Age] = {
        "child" if age < _ADULT_AT else "older" if age >= _OLDER_AT else "adult" for age in ages
    }
    return found.pop() if len(found) == 1 else None


def _ages_of(match: re.Match[str]) -> Iterator[int]:
    if match["months"] is not None or match["minor"] is not None or match["teens"] is not None:
        yield 0
        return
    under = _number(match["under"])
    if under is not None:
        if 0 < under < _UNDER:
            yield under - 1
        return
    for bound in (match["over"], match["from"]):
        years = _number(bound)
        if years is not None and years >= _ADULT_AT:
            yield years
    decade = match["decade"]
    if decade is not None:
        yield int(decade[:-1]) if decade[0].isdigit() else 20 + 10 * _DECADES.index(decade.lower())
    for group in ("years", "aged", "of", "who"):
        years = _number(match[group])
        if years is not None:
            yield years
    for group in ("aged_more", "of_more"):
        for written in re.findall(_NUMBER, match[group] or "", re.I):
            yield _number(written) or 0


def _number(written: str | None) -> int | None:
    word = (written or "").lower()
    return int(word) if word.isdigit() else _WORDS.get(word)
