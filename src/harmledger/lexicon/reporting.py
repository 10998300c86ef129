"""Reporting words, and the people and bodies that speak (``reporting.yaml``)."""

from __future__ import annotations

from functools import cache
from typing import Any

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex, split_phrase

_FILE = "reporting.yaml"


class ReportingVerb(Value, frozen=True, kw_only=True):
    """What one reporting verb does to what is said."""

    lemma: str
    manner: str
    figure: bool = False
    number_only: bool = False
    clause_only: bool = False


class KnownBody(Value, frozen=True, kw_only=True):
    """A body known by name: the name printed, its side, and the belligerent it belongs to."""

    name: str
    side: str
    party: str | None = None
    exact: bool = False
    """Found only in exactly these letters ("WHO" is no pronoun)."""
    written: str


class ReportingLexicon(Value, frozen=True, kw_only=True):
    """Everything ``reporting.yaml`` says, ready to be matched. Sides are those of contract §2."""

    verbs: PhraseIndex[tuple[ReportingVerb, ...]]
    unconfirmed: frozenset[str]
    unconfirmed_nouns: frozenset[str]
    unaware: PhraseIndex[str]
    silent: frozenset[str]
    declines: frozenset[str]
    denied_things: frozenset[str]
    relays: frozenset[str]
    accordingly: PhraseIndex[str]
    documents: PhraseIndex[str]
    tolls: frozenset[str]
    withdrawn: frozenset[str]
    channels: PhraseIndex[str]
    titles: frozenset[str]
    title_roles: dict[str, str]
    not_roles: frozenset[str]
    people: PhraseIndex[str]
    bodies: PhraseIndex[str]
    known: PhraseIndex[tuple[KnownBody, ...]]
    speaks_for: dict[str, str]
    state_voices: frozenset[str]
    armed_groups: frozenset[str]
    local: frozenset[str]
    resumptive: dict[str, tuple[str, ...]]
    persons_again: frozenset[str]
    not_speakers: frozenset[str]
    not_sources: frozenset[str]
    papers: frozenset[str]
    not_names: frozenset[str]
    not_labels: frozenset[str]
    accounts: frozenset[str]
    grounds: frozenset[str]
    outcomes: frozenset[str]
    toll_only: frozenset[str]


@cache
def load_reporting() -> ReportingLexicon:
    """The reporting lexicon.

    Raises:
        LexiconError: an entry is no word; names the list.
    """
    data = load_yaml(_FILE)

    def listed(*keys: str) -> frozenset[str]:
        return frozenset(words(data, _FILE, *keys))

    def phrases(*keys: str) -> PhraseIndex[str]:
        return PhraseIndex((word, word) for word in words(data, _FILE, *keys))

    return ReportingLexicon(
        verbs=_verbs(data),
        unconfirmed=listed("unconfirmed"),
        unconfirmed_nouns=listed("unconfirmed_nouns"),
        unaware=phrases("unaware"),
        silent=listed("silent"),
        declines=listed("declines"),
        denied_things=listed("denied_things"),
        relays=listed("relays"),
        accordingly=phrases("accordingly"),
        documents=phrases("documents"),
        tolls=listed("tolls"),
        withdrawn=listed("withdrawn"),
        channels=phrases("channels"),
        titles=listed("titles"),
        title_roles=dict(data["title_roles"]),
        not_roles=listed("not_roles"),
        people=_by_side(data, "people"),
        bodies=_by_side(data, "bodies"),
        known=_known(data),
        speaks_for=dict(data["speaks_for"]),
        state_voices=listed("state_voices"),
        armed_groups=listed("armed_groups"),
        local=listed("local"),
        resumptive={word: tuple(sides) for word, sides in data["resumptive"].items()},
        persons_again=listed("persons_again"),
        not_speakers=listed("not_speakers"),
        not_sources=listed("not_sources"),
        papers=listed("papers"),
        not_names=listed("not_names"),
        not_labels=listed("not_labels"),
        accounts=listed("accounts"),
        grounds=listed("grounds"),
        outcomes=listed("outcomes"),
        toll_only=listed("toll_only"),
    )


def _verbs(data: dict[str, Any]) -> PhraseIndex[tuple[ReportingVerb, ...]]:
    number_only = set(words(data, _FILE, "number_only"))
    clause_only = set(words(data, _FILE, "clause_only"))
    found: dict[str, dict[str, ReportingVerb]] = {}
    for manner in data["verbs"]:
        figures = set(words(data, _FILE, "verbs", manner, "figure"))
        free = set(words(data, _FILE, "verbs", manner, "free"))
        for lemma in sorted(figures | free):
            found.setdefault(lemma, {})[manner] = ReportingVerb(
                lemma=lemma,
                manner=manner,
                figure=lemma in figures,
                number_only=lemma in number_only,
                clause_only=lemma in clause_only,
            )
    return PhraseIndex((lemma, tuple(by.values())) for lemma, by in sorted(found.items()))


def _by_side(data: dict[str, Any], name: str) -> PhraseIndex[str]:
    return PhraseIndex(
        (word, side) for side in data[name] for word in words(data, _FILE, name, side)
    )


def _known(data: dict[str, Any]) -> PhraseIndex[tuple[KnownBody, ...]]:
    entries: dict[str, list[KnownBody]] = {}
    for row in data["known"]:
        missing = {"name", "also", "side"} - set(row)
        if missing:
            raise LexiconError(f"lexicon/{_FILE}: known body {row!r} lacks {sorted(missing)}")
        for written in row["also"]:
            body = KnownBody(
                name=row["name"],
                side=row["side"],
                party=row.get("party"),
                exact=written in row.get("exact", ()),
                written=written,
            )
            entries.setdefault(" ".join(split_phrase(written)), []).append(body)
    return PhraseIndex((phrase, tuple(bodies)) for phrase, bodies in entries.items())
