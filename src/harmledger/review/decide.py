"""A person's decision as a value: checked against what is known, then built. Pure."""

from __future__ import annotations

from typing import Any, Literal, get_args

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Action, Decision
from harmledger.core.errors import LedgerRefused
from harmledger.core.ids import derived_id
from harmledger.core.incident import Grade

Pairing = Literal["same", "different", "unsure"]


class Signature(Value, frozen=True, kw_only=True):
    """Who decides, why and when. ``at``: ISO with zone; ``prev``: hash of the log's last entry."""

    by: str
    reason: str
    at: str
    prev: str


class Known(Value, frozen=True, kw_only=True):
    """What a decision may be about. ``incidents`` gives the claims of each incident."""

    claims: dict[str, Claim] = msgspec.field(default_factory=dict)
    decisions: dict[str, Decision] = msgspec.field(default_factory=dict)
    incidents: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class Decided(Value, frozen=True, kw_only=True):
    """A decision and, for amend and add, the person's own claim."""

    decision: Decision
    claim: Claim | None = None


def decide_accept(known: Known, claim: str, sign: Signature) -> Decided:
    """The claim is what the text says. Raises LedgerRefused."""
    find_known_claim(known, claim)
    return Decided(decision=build_decision("accept", (claim,), None, sign))


def decide_reject(known: Known, claim: str, sign: Signature) -> Decided:
    """The text does not say this; the claim stays in the record and counts nowhere.
    Raises LedgerRefused."""
    find_known_claim(known, claim)
    return Decided(decision=build_decision("reject", (claim,), None, sign))


def decide_set_aside(known: Known, claims: tuple[str, ...], sign: Signature) -> Decided:
    """The text says this, and it shall not be counted (contract §5, R4). Raises LedgerRefused."""
    if not claims:
        raise LedgerRefused("set-aside names no claim. Give at least one claim id.")
    for claim in claims:
        find_known_claim(known, claim)
    return Decided(decision=build_decision("set_aside", claims, None, sign))


def decide_judgement(
    known: Known, judgement: Pairing, left: str, right: str, sign: Signature
) -> Decided:
    """Two claims are about the same incident, different ones, or nobody can tell (R9).
    Raises LedgerRefused."""
    find_known_claim(known, left)
    find_known_claim(known, right)
    if left == right:
        raise LedgerRefused(f"{left} is given twice. A judgement needs two different claims.")
    return Decided(decision=build_decision(judgement, tuple(sorted((left, right))), None, sign))


def decide_grade(known: Known, incident: str, grade: str, sign: Signature) -> Decided:
    """A person's grade for an incident. Its claims are written down with it, so that the grade
    finds its incident again when linking gives it another id. Raises LedgerRefused."""
    if incident not in known.incidents:
        raise LedgerRefused(
            f"there is no incident {incident}. `harmledger show` lists the incidents."
        )
    grades = get_args(Grade)
    if grade not in grades:
        raise LedgerRefused(f"{grade!r} is no grade. Choose one of {', '.join(grades)}.")
    value = {"grade": grade, "claims": list(known.incidents[incident])}
    return Decided(decision=build_decision("grade", (incident,), value, sign))


def decide_withdraw(known: Known, decision: str, sign: Signature) -> Decided:
    """Undo a decision by a new one. Raises LedgerRefused."""
    found = known.decisions.get(decision)
    if found is None:
        raise LedgerRefused(
            f"there is no decision {decision}. `harmledger review list` shows the decisions."
        )
    if found.action == "withdraw":
        raise LedgerRefused(
            f"{decision} is itself a withdrawal. Take the earlier decision again instead."
        )
    if found.action == "forget":
        raise LedgerRefused(
            f"{decision} destroyed keys, and nothing brings them back. There is nothing to undo."
        )
    if any(d.action == "withdraw" and decision in d.about for d in known.decisions.values()):
        raise LedgerRefused(f"{decision} is already withdrawn. There is nothing left to undo.")
    return Decided(decision=build_decision("withdraw", (decision,), None, sign))


def decide_carry(root: Decision, old: str, new: str, sign: Signature) -> Decided:
    """A decision about ``old`` now also holds for ``new``, which a later extractor read from
    the same words (contract §2, decisions)."""
    value = {"of": root.id, "action": root.action, "from": old, "to": new}
    return Decided(decision=build_decision("carry", (old, new), value, sign))


def find_known_claim(known: Known, claim: str) -> Claim:
    """The claim, or LedgerRefused with the next step."""
    found = known.claims.get(claim)
    if found is None:
        raise LedgerRefused(
            f"there is no claim {claim} in this ledger. "
            "`harmledger show DOCUMENT` lists a document's claims with their ids."
        )
    return found


def build_decision(
    action: Action, about: tuple[str, ...], value: dict[str, Any] | None, sign: Signature
) -> Decision:
    """The decision with its id. Raises LedgerRefused when name or reason is empty."""
    for field, words in (("name (--by)", sign.by), ("reason (--reason)", sign.reason)):
        if not words.strip():
            raise LedgerRefused(
                f"a decision needs a {field}: who decides, and why, stays in the record for good."
            )
    by, reason = sign.by.strip(), sign.reason.strip()
    return Decision(
        id=derived_id("dec", sign.at, by, action, about, value, reason, sign.prev),
        at=sign.at,
        by=by,
        action=action,
        about=about,
        value=value,
        reason=reason,
        prev=sign.prev,
    )
