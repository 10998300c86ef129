"""Sites, means, services, hedges, scope words and actors, as the extractor asks for them."""

from __future__ import annotations

from functools import cache
from typing import cast, get_args

from harmledger.core.base import Value
from harmledger.core.claim import Condition, Launch, Modality, SiteKind
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex


class SiteLexicon(Value, frozen=True, kw_only=True):
    """Kinds of sites, words for their condition, words for parts of buildings."""

    kinds: PhraseIndex[SiteKind]
    vehicles: frozenset[str]
    condition: dict[str, Condition]
    parts: frozenset[str]
    by_victims: PhraseIndex[SiteKind]
    """Words for people that say where they were: "inmate", "passenger"."""


class MeansLexicon(Value, frozen=True, kw_only=True):
    """Weapon words with their kind, and the launch each kind implies."""

    weapons: PhraseIndex[str]
    launch: dict[str, Launch]
    air: frozenset[str]
    naval: frozenset[str]


class ServiceLexicon(Value, frozen=True, kw_only=True):
    """Services people are cut off from, and what blocks access."""

    services: PhraseIndex[str]
    outright: PhraseIndex[str]
    """Phrases that say by themselves which service is cut."""
    not_outright: PhraseIndex[str]
    other_causes: PhraseIndex[str]
    """What cuts a service or a way and is nobody's force."""
    missing: frozenset[str]
    described: frozenset[str]
    outage: PhraseIndex[str]
    movement: PhraseIndex[str]
    truces: frozenset[str]
    block: dict[str, tuple[tuple[str, ...], ...]]
    let: dict[str, tuple[tuple[str, ...], ...]]
    ambush: dict[str, tuple[tuple[str, ...], ...]]
    close: dict[str, tuple[tuple[str, ...], ...]]
    routes: PhraseIndex[str]
    breaks: dict[str, tuple[tuple[str, ...], ...]]
    cut: dict[str, tuple[tuple[str, ...], ...]]


class HedgeLexicon(Value, frozen=True, kw_only=True):
    """Words that say how sure a voice is."""

    by_modality: dict[str, frozenset[str]]


class ScopeLexicon(Value, frozen=True, kw_only=True):
    """What puts a harm inside the record, and what keeps it out (contract §6)."""

    violence: PhraseIndex[str]
    arms: PhraseIndex[str]
    """Words of violence that are said of little else."""
    plain: PhraseIndex[str]
    """Words of violence that are said of nothing else."""
    accident: PhraseIndex[str]
    sport: PhraseIndex[str]
    indirect: PhraseIndex[str]
    metaphor: PhraseIndex[str]


class ActorLexicon(Value, frozen=True, kw_only=True):
    """Words for those who use force, nouns of attack that carry a nationality, and what doers do.

    ``doers`` are people who can be the doer of a harm; ``acts`` what attackers do; ``carriers``
    verbs with an attack as their object; ``bearers`` verbs whose subject does no harm; ``helpers``
    who comes to help or to count.
    """

    forces: PhraseIndex[str]
    attacks: PhraseIndex[str]
    groups: PhraseIndex[str]
    doers: PhraseIndex[str]
    acts: PhraseIndex[str]
    carriers: PhraseIndex[str]
    bearers: PhraseIndex[str]
    helpers: PhraseIndex[str]


def _index(name: str, *keys: str) -> PhraseIndex[str]:
    return PhraseIndex((word, word) for word in words(load_yaml(name), name, *keys))


def _company(name: str, *keys: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for written in words(load_yaml(name), name, *keys):
        lemma, _, company = written.partition(" + ")
        found.setdefault(lemma, []).append(tuple(company.split()))
    return {lemma: tuple(sorted(c, key=len, reverse=True)) for lemma, c in found.items()}


@cache
def load_sites() -> SiteLexicon:
    """Kinds of sites (contract §2)."""
    data = load_yaml("sites.yaml")
    keys = ("kinds", "vehicles", "condition", "parts_of_buildings", "by_victims")
    check_keys(data, "sites.yaml", keys)
    check_keys(data["kinds"], "sites.yaml", get_args(SiteKind), "kinds")
    check_keys(data["condition"], "sites.yaml", get_args(Condition), "condition")
    kinds = [
        (word, cast(SiteKind, kind))
        for kind in data["kinds"]
        for word in words(data, "sites.yaml", "kinds", kind)
    ]
    conditions: tuple[Condition, ...] = ("hit", "occupied", "damaged", "destroyed")
    condition: dict[str, Condition] = {
        word.partition(" + ")[0]: name
        for name in conditions
        for word in words(data, "sites.yaml", "condition", name)
    }
    by_victims = [
        (word, cast(SiteKind, kind))
        for kind in data["by_victims"]
        for word in words(data, "sites.yaml", "by_victims", kind)
    ]
    return SiteLexicon(
        kinds=PhraseIndex(kinds),
        vehicles=frozenset(words(data, "sites.yaml", "vehicles")),
        condition=condition,
        parts=frozenset(words(data, "sites.yaml", "parts_of_buildings")),
        by_victims=PhraseIndex(by_victims),
    )


@cache
def load_means() -> MeansLexicon:
    """Weapon and launch words."""
    data = load_yaml("means.yaml")
    check_keys(data, "means.yaml", ("weapons", "launch", "naval_words", "air_words"))
    weapons = [
        (word, kind)
        for kind in data["weapons"]
        for word in words(data, "means.yaml", "weapons", kind)
    ]
    launch = {kind: cast(Launch, name) for name, kinds in data["launch"].items() for kind in kinds}
    return MeansLexicon(
        weapons=PhraseIndex(weapons),
        launch=launch,
        air=frozenset(words(data, "means.yaml", "air_words")),
        naval=frozenset(words(data, "means.yaml", "naval_words")),
    )


_SERVICE_KEYS = (
    "services", "outright", "not_outright", "missing", "described", "service_cut", "outage",
    "access", "other_causes",
)  # fmt: skip


@cache
def load_services() -> ServiceLexicon:
    """Services and access (contract §2)."""
    name = "services.yaml"
    data = load_yaml(name)
    check_keys(data, name, _SERVICE_KEYS)
    services = [
        (word, kind) for kind in data["services"] for word in words(data, name, "services", kind)
    ]
    return ServiceLexicon(
        services=PhraseIndex(services),
        outright=PhraseIndex(
            (phrase, kind)
            for kind in data["outright"]
            for phrase in words(data, name, "outright", kind)
        ),
        not_outright=_index(name, "not_outright"),
        other_causes=_index(name, "other_causes"),
        missing=frozenset(words(data, name, "missing")),
        described=frozenset(words(data, name, "described")),
        outage=_index(name, "outage"),
        movement=_index(name, "access", "movement"),
        truces=frozenset(words(data, name, "access", "truces")),
        block=_company(name, "access", "block"),
        let=_company(name, "access", "let"),
        ambush=_company(name, "access", "ambush"),
        close=_company(name, "access", "close"),
        routes=_index(name, "access", "routes"),
        breaks=_company(name, "access", "break"),
        cut=_company(name, "service_cut"),
    )


@cache
def load_hedges() -> HedgeLexicon:
    """Hedges by modality; ``negation``, ``predicted_aux`` and ``possible_aux`` besides."""
    data = load_yaml("modality.yaml")
    auxiliaries = ("predicted_aux", "possible_aux", "negation")
    check_keys(data, "modality.yaml", (*get_args(Modality), *auxiliaries))
    return HedgeLexicon(
        by_modality={name: frozenset(words(data, "modality.yaml", name)) for name in data}
    )


@cache
def load_scope() -> ScopeLexicon:
    """Violence, accident, sport, indirect and metaphor words."""
    known = ("violence", "loose", "plain", "accident", "sport", "indirect", "metaphor")
    check_keys(load_yaml("scope.yaml"), "scope.yaml", known)
    scope = load_yaml("scope.yaml")
    loose = frozenset(words(scope, "scope.yaml", "loose"))
    arms = [word for word in words(scope, "scope.yaml", "violence") if word not in loose]
    return ScopeLexicon(
        violence=_index("scope.yaml", "violence"),
        arms=PhraseIndex((word, word) for word in arms),
        plain=_index("scope.yaml", "plain"),
        accident=_index("scope.yaml", "accident"),
        sport=_index("scope.yaml", "sport"),
        indirect=_index("scope.yaml", "indirect"),
        metaphor=_index("scope.yaml", "metaphor"),
    )


@cache
def load_actors() -> ActorLexicon:
    """Forces, attack nouns, named groups, and what doers do."""
    name = "actors.yaml"
    lists = ("forces", "attack_nouns", "named_groups", "doers", "acts", "carriers", "bearers",
             "helpers")  # fmt: skip
    check_keys(load_yaml(name), name, lists)
    return ActorLexicon(
        forces=_index(name, "forces"),
        attacks=_index(name, "attack_nouns"),
        groups=_index(name, "named_groups"),
        doers=_index(name, "doers"),
        acts=_index(name, "acts"),
        carriers=_index(name, "carriers"),
        bearers=_index(name, "bearers"),
        helpers=_index(name, "helpers"),
    )
