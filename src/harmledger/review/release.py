"""What people decided about showing: withhold, embargo, release, retract, forget (contract §7).

Two persons: a passage or a sealed person is shown only after two different people released it.
One person is enough to hold back. The later decision of a kind stands over the earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.decision import Decision
from harmledger.core.errors import LedgerRefused
from harmledger.review.decide import Decided, Known, Signature, build_decision, find_known_claim
from harmledger.review.standing import find_carries, find_standing_decisions, resolve_claim

Part = Literal["incident", "passage", "speaker", "source"]
PARTS: tuple[Part, ...] = ("incident", "passage", "speaker", "source")
SHOWING = ("withhold", "embargo", "release", "retract")
"""The actions of decisions about what may be published."""
PERSONS_NEEDED = 2
"""For a passage and for a speaker; a source and an incident need one."""


class Held(Value, frozen=True, kw_only=True):
    """An incident held back. ``until``: ISO date for an embargo, None for withheld."""

    incident: str
    claims: tuple[str, ...]
    until: str | None = None


class Releases(Value, frozen=True, kw_only=True):
    """What stands. Claims and documents by id; incidents with the claims they had then."""

    held: tuple[Held, ...] = ()
    retracted: tuple[Held, ...] = ()
    released: tuple[Held, ...] = ()
    passages: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    waiting: dict[str, str] = {}  # noqa: RUF012 - a frozen value; claim id -> part that lacks its second person


def decide_withhold(known: Known, incident: str, sign: Signature) -> Decided:
    """No publication shows the incident, nor counts it. Raises LedgerRefused."""
    value = {"claims": list(_find_incident(known, incident))}
    return Decided(decision=build_decision("withhold", (incident,), value, sign))


def decide_embargo(known: Known, incident: str, until: str, sign: Signature) -> Decided:
    """No publication made before ``until`` (ISO date) shows the incident. Raises LedgerRefused."""
    claims = _find_incident(known, incident)
    try:
        day = date.fromisoformat(until).isoformat()
    except ValueError as error:
        raise LedgerRefused(f"{until!r} is no date. Write it as 2026-03-10.") from error
    value = {"until": day, "claims": list(claims)}
    return Decided(decision=build_decision("embargo", (incident,), value, sign))


def decide_release(known: Known, part: str, about: str, sign: Signature) -> Decided:
    """Let ``part`` be shown: an incident, the passage or the speaker of a claim, a source.

    ``about``: an incident, a claim or, for a source, a document. Raises LedgerRefused.
    """
    if part not in PARTS:
        raise LedgerRefused(f"{part!r} cannot be released. Choose one of {', '.join(PARTS)}.")
    value: dict[str, object] = {"part": part}
    if part == "incident":
        value["claims"] = list(_find_incident(known, about))
    elif part != "source":
        find_known_claim(known, about)
    return Decided(decision=build_decision("release", (about,), value, sign))


def decide_retract(known: Known, incident: str, sign: Signature) -> Decided:
    """Take back what was published about the incident: the next edition says so and shows no
    number of it. Raises LedgerRefused."""
    value = {"claims": list(_find_incident(known, incident))}
    return Decided(decision=build_decision("retract", (incident,), value, sign))


def decide_forget(
    about: tuple[str, ...], value: dict[str, object], second: str, sign: Signature
) -> Decided:
    """A person is forgotten: ``about`` by the id they were sealed under, never by name; what that
    touched in ``value``. Nothing undoes it, so ``second``, somebody else, agrees.
    Raises LedgerRefused."""
    if not second.strip() or _person(second) == _person(sign.by):
        raise LedgerRefused(
            "forgetting destroys evidence for good, so two different people agree to it: name "
            "the other one (--with)."
        )
    value = {**value, "with": second.strip()}
    return Decided(decision=build_decision("forget", about, value, sign))


def _find_incident(known: Known, incident: str) -> tuple[str, ...]:
    if incident not in known.incidents:
        raise LedgerRefused(
            f"there is no incident {incident}. `harmledger show` lists the incidents."
        )
    return known.incidents[incident]


def find_releases(decisions: Sequence[Decision]) -> Releases:
    """What the decisions let be shown and hold back: a pure fold, in the order of the log."""
    standing = find_standing_decisions(decisions)
    fold = _Fold(carries=find_carries(standing))
    for decision in standing:
        fold.take(decision)
    return fold.settle()


def find_showing(releases: Releases, about: str) -> tuple[str, ...]:
    """What stands about showing an incident, claim or document; empty: nobody decided."""
    found = [
        "withheld" if held.until is None else f"embargo until {held.until}"
        for held in releases.held
        if held.incident == about
    ]
    found += ["retracted" for held in releases.retracted if held.incident == about]
    found += ["released" for held in releases.released if held.incident == about]
    found += ["passage released"] if about in releases.passages else []
    found += ["speaker released"] if about in releases.speakers else []
    found += ["source released"] if about in releases.sources else []
    if about in releases.waiting:
        found.append(f"{releases.waiting[about]} released by one of two")
    return tuple(found)


@dataclass
class _Fold:
    carries: Mapping[tuple[str, str], str]
    held: dict[str, Held] = field(default_factory=dict)
    retracted: dict[str, Held] = field(default_factory=dict)
    released: dict[str, Held] = field(default_factory=dict)
    persons: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    sources: set[str] = field(default_factory=set)

    def take(self, decision: Decision) -> None:
        about = decision.about[0] if decision.about else ""
        value = decision.value or {}
        held = Held(incident=about, claims=tuple(value.get("claims", ())), until=value.get("until"))
        match decision.action:
            case "withhold" | "embargo":
                self._lift(about)
                self.held[about] = held
            case "retract":
                self._lift(about)
                self.retracted[about] = held
            case "release":
                self._release(decision, about, str(value.get("part", "")), held)
            case _:
                return

    def _release(self, decision: Decision, about: str, part: str, held: Held) -> None:
        if part == "incident":
            self._lift(about)
            self.released[about] = held
        elif part == "source":
            self.sources.add(about)
        elif part in ("passage", "speaker"):
            claim = resolve_claim(decision.id, about, dict(self.carries))
            self.persons.setdefault((part, claim), set()).add(_person(decision.by))

    def _lift(self, incident: str) -> None:
        for held in (self.held, self.retracted, self.released):
            held.pop(incident, None)

    def settle(self) -> Releases:
        done = {key for key, people in self.persons.items() if len(people) >= PERSONS_NEEDED}
        return Releases(
            held=tuple(self.held.values()),
            retracted=tuple(self.retracted.values()),
            released=tuple(self.released.values()),
            passages=frozenset(claim for part, claim in done if part == "passage"),
            speakers=frozenset(claim for part, claim in done if part == "speaker"),
            sources=frozenset(self.sources),
            waiting={
                claim: part for part, claim in sorted(self.persons) if (part, claim) not in done
            },
        )


def _person(by: str) -> str:
    """One person under one spelling of the name: capitals and spaces make nobody a second one."""
    return " ".join(by.casefold().split())
