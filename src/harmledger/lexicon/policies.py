"""Counting policies as data: what each covers, how it reads words, whose rules it follows."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.core.incident import Covers, StatusReading
from harmledger.lexicon.files import load_yaml, words

_FILE = "policies.yaml"
_RULES = ("literal", "ucdp", "acled", "gtd", "airwars", "ibc")
_READINGS = ("assume_civilian", "strict", "combatant", "all")


class WordReading(Value, frozen=True, kw_only=True):
    """What a policy reads for a number word whose literal lower bound is ``literal``."""

    word: str
    literal: int
    low: int | None
    high: int | None


class Policy(Value, frozen=True, kw_only=True):
    """Our reading of the published rules of one edition; it implies no endorsement.

    ``rule`` names the arithmetic; ``readings`` which victims it prints; ``refuse_vague`` whether
    number words give no value at all.
    """

    name: str
    title: str
    edition: str
    source: str
    rule: str
    covers: Covers
    readings: tuple[StatusReading, ...]
    refuse_vague: bool = False
    words: tuple[WordReading, ...] = ()
    says: str = ""


class CountingWords(Value, frozen=True, kw_only=True):
    """Words beside a figure, and words that hedge an answer."""

    beside: tuple[str, ...]
    hedged_answers: tuple[str, ...]


def _refuse(name: str, what: str) -> LexiconError:
    return LexiconError(f"lexicon/{_FILE}: policy {name}: {what}")


def _policy(name: str, entry: dict[str, Any]) -> Policy:
    try:
        covers = Covers(
            harms=tuple(entry["covers"]["harms"]), statuses=tuple(entry["covers"]["statuses"])
        )
        rule, readings = entry["rule"], tuple(entry["readings"])
        read = tuple(
            WordReading(word=word, literal=literal, low=low, high=high)
            for word, (literal, low, high) in entry["words"].items()
        )
        title, edition, source = entry["title"], entry["edition"], entry["source"]
    except KeyError as error:
        raise _refuse(name, f"needs the key {error}") from error
    except ValueError as error:
        raise _refuse(name, "each entry of words is [literal, low, high]") from error
    if rule not in _RULES:
        raise _refuse(name, f"rule is {rule!r}; it must be one of {', '.join(_RULES)}")
    if unknown := [r for r in readings if r not in _READINGS]:
        raise _refuse(name, f"readings has {unknown[0]!r}; it takes {', '.join(_READINGS)}")
    return Policy(
        name=name,
        title=title,
        edition=edition,
        source=source,
        rule=rule,
        covers=covers,
        readings=cast("tuple[StatusReading, ...]", readings),
        refuse_vague=entry.get("vague", "keep") == "refuse",
        words=read,
        says=entry.get("says", "").strip(),
    )


@cache
def load_policies() -> tuple[Policy, ...]:
    """Every policy shipped, ``literal`` first.

    Raises:
        LexiconError: an entry lacks a key or names a rule that does not exist.
    """
    return tuple(_policy(name, entry) for name, entry in load_yaml(_FILE)["policies"].items())


def find_policy(name: str) -> Policy | None:
    """The policy called ``name``, or None."""
    return next((policy for policy in load_policies() if policy.name == name), None)


@cache
def load_counting_words() -> CountingWords:
    """Words that put a figure beside the toll, and words that hedge an answer."""
    data = load_yaml(_FILE)
    return CountingWords(
        beside=words(data, _FILE, "beside"), hedged_answers=words(data, _FILE, "hedged_answers")
    )
