"""Counting policies as data: what each covers, how it reads words, whose rules it follows."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError, WrongUsage
from harmledger.core.incident import Covers, StatusReading
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.numbers import NumberProfile, load_number_profile

_FILE = "policies.yaml"
_RULES = ("literal", "ucdp", "acled", "gtd", "airwars", "ibc")
_READINGS = ("assume_civilian", "strict", "combatant", "all")
_KEYS = (
    *("title", "edition", "source", "rule", "covers", "readings", "numbers", "vague"),
    *("chooses", "says", "rules"),
)


class PolicyRule(Value, frozen=True, kw_only=True):
    """One rule as we read it, and the source and edition it was read from."""

    says: str
    source: str


class Policy(Value, frozen=True, kw_only=True):
    """Our reading of the published rules of one edition; it implies no endorsement.

    ``rule`` names the arithmetic; ``readings`` which victims it prints; ``profile`` whose reading
    of number words it takes; ``refuse_vague`` whether a word that profile gives no number for has
    no value at all, or keeps what it says literally.
    """

    name: str
    title: str
    edition: str
    source: str
    rule: str
    covers: Covers
    readings: tuple[StatusReading, ...]
    profile: NumberProfile
    refuse_vague: bool = False
    says: str = ""
    chooses: str = ""
    """In a few words, how it makes its figure."""
    rules: tuple[PolicyRule, ...] = ()


class CountingWords(Value, frozen=True, kw_only=True):
    """Words beside a figure, and words that hedge an answer."""

    beside: tuple[str, ...]
    hedged_answers: tuple[str, ...]


def _refuse(name: str, what: str) -> LexiconError:
    return LexiconError(f"lexicon/{_FILE}: policy {name}: {what}")


def _policy(name: str, entry: dict[str, Any]) -> Policy:
    check_keys(entry, _FILE, _KEYS, where=f"policy {name}")
    try:
        covers = Covers(
            harms=tuple(entry["covers"]["harms"]), statuses=tuple(entry["covers"]["statuses"])
        )
        rule, readings = entry["rule"], tuple(entry["readings"])
        rules = tuple(PolicyRule(says=r["says"], source=r["source"]) for r in entry["rules"])
        profile = load_number_profile(entry["numbers"])
        title, edition, source = entry["title"], entry["edition"], entry["source"]
        says, chooses = entry["says"].strip(), entry["chooses"].strip()
        vague = entry["vague"]
    except KeyError as error:
        raise _refuse(name, f"needs the key {error}") from error
    except WrongUsage as error:
        raise _refuse(name, f"numbers: {error}") from error
    if rule not in _RULES:
        raise _refuse(name, f"rule is {rule!r}; it must be one of {', '.join(_RULES)}")
    if unknown := [r for r in readings if r not in _READINGS]:
        raise _refuse(name, f"readings has {unknown[0]!r}; it takes {', '.join(_READINGS)}")
    if vague not in ("keep", "refuse"):
        raise _refuse(name, f"vague is {vague!r}; it must be keep or refuse")
    return Policy(
        name=name,
        title=title,
        edition=edition,
        source=source,
        rule=rule,
        covers=covers,
        readings=cast("tuple[StatusReading, ...]", readings),
        profile=profile,
        refuse_vague=vague == "refuse",
        says=says,
        chooses=chooses,
        rules=rules,
    )


@cache
def load_policies() -> tuple[Policy, ...]:
    """Every policy shipped, ``literal`` first.

    Raises:
        LexiconError: an entry lacks a key, has one nobody reads, or names a rule or a number
            profile that does not exist.
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
