"""From claims to tuples: what a text says in all of who was killed and who was injured.

An answer key holds every group of victims once, however often the message tells of it; claims are
one a telling. This projection belongs to the measure alone, no count of the product uses it:

1. Only killed and injured, asserted, stated, alleged or possible, direct, of one incident, more
   than none. The keys leave out combatants, and totals over months.
2. ``killed_or_injured`` has no counterpart and is left out.
3. A whole that was only summed up from its members stands back for them ("a cook and her
   daughter" is 1 and 1); other parts stand back for their whole.
4. The same number told again is the same group. Bounds may differ ("at least five", "five"): the
   later telling is taken. A definite plural ("the victims") is a group told of before.
5. Single persons are the same where they share a name, or an occupation, or where one is only "he",
   "the victim" or "one person"; two names, or two occupations, are two.
6. A number that the single persons told of make up exactly stands back for them.
7. Somebody shot who is also told of as killed is only killed.
8. Bounds become the key's notation: at least five ``5-``, up to five ``-5``, about five ``5``, a
   word or a bare plural ``PLURAL``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.quantity import Quantity
from harmledger.evals.muc4.keys import PLURAL, Tuple
from harmledger.lexicon.persons import load_persons

_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
_TOLD = frozenset({"stated", "alleged", "possible"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all", "his", "her", "its"})
_AGAIN = frozenset({"he", "she", "him", "her", "who", "whom"})
_ANEW = frozenset({"another", "other", "second", "third", "fourth"})
_GENERIC = frozenset(
    {"person", "people", "man", "woman", "individual", "body", "corpse", "victim", "member",
     "dead", "wounded", "injured", "fatality", "one", "casualty"}
)  # fmt: skip


class Group(Value, frozen=True, kw_only=True):
    """Victims told of once. ``names`` and ``trades`` say who a single person is."""

    effect: str
    number: str
    names: frozenset[str] = frozenset()
    trades: frozenset[str] = frozenset()
    kind: Literal["named", "indefinite", "definite", "anew"] = "indefinite"

    @property
    def single(self) -> bool:
        """One person."""
        return self.number == "1"


def project_claims(claims: Sequence[Claim]) -> tuple[Tuple, ...]:
    """The multiset of tuples that the claims of one text say, sorted."""
    return tuple(sorted((group.effect, group.number) for group in find_groups(claims)))


def find_groups(claims: Sequence[Claim]) -> list[Group]:
    """Each group of victims once, by the rules of this module."""
    kept: list[Group] = []
    for group in (g for claim in claims if _is_asked(claim, claims) for g in _groups(claim)):
        twin = next((n for n, other in enumerate(kept) if _is_same(group, other)), None)
        if twin is None:
            kept.append(group)
        else:
            kept[twin] = _merge(kept[twin], group)
    kept = [group for group in kept if not _died(group, kept)]
    return [group for group in kept if not _is_told_singly(group, kept)]


def _is_asked(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.part_of is not None and any(c.id == claim.part_of for c in claims):
        return False
    return (
        claim.harm in _EFFECTS
        and claim.stance == "asserts"
        and claim.modality in _TOLD
        and claim.cause != "indirect"
        and claim.victims.status != "combatant"
        and claim.quantity.unit == "persons"
        and claim.quantity.scope == "incident"
        and claim.quantity.high != 0
    )


def _groups(claim: Claim) -> Iterator[Group]:
    """The members of a sum, combatants aside; else the claim as it stands."""
    effect, members = _EFFECTS[claim.harm], claim.victims.groups
    if claim.quantity.basis != "arithmetic" or len(members) < 2:
        yield _describe(effect, write_number(claim.quantity), claim.victims.as_written or "")
        return
    for member in members:
        if member.status != "combatant" and (member.low or member.high):
            number = write_number(Quantity(low=member.low, high=member.high))
            yield _describe(effect, number, member.as_written)


def _describe(effect: str, number: str, written: str) -> Group:
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", written)]
    single = load_persons().single
    trades = frozenset(w for w in words if w in single and w not in _GENERIC | _AGAIN)
    named = frozenset(
        w.lower()
        for w in re.findall(r"\b[A-Z][^\W\d_]{2,}", written)
        if w.lower() not in single and w.lower() not in _DEFINITE | _ANEW | _GENERIC
    )
    opens = words[0] if words else ""
    if set(words) & _ANEW:
        kind: Literal["named", "indefinite", "definite", "anew"] = "anew"
    elif opens in _DEFINITE | _AGAIN:
        kind = "definite"
    else:
        kind = "named" if named and opens not in {"a", "an", "one"} else "indefinite"
    names = named if kind == "named" else frozenset()
    return Group(effect=effect, number=number, names=names, trades=trades, kind=kind)


def _is_same(group: Group, other: Group) -> bool:
    if group.effect != other.effect or group.single != other.single:
        return False
    if group.single:
        return _is_same_person(group, other)
    if group.number == PLURAL:
        return group.kind == "definite" or other.number == PLURAL
    return group.number.strip("-") == other.number.strip("-") and group.kind != "anew"


def _is_same_person(group: Group, other: Group) -> bool:
    if group.kind == "anew":
        return False
    if group.names and other.names:
        return bool(group.names & other.names)
    if group.kind == "definite" or not group.trades or not other.trades:
        return True
    return bool(group.trades & other.trades)


def _merge(old: Group, new: Group) -> Group:
    """The later figure, and all that is known of a person."""
    later = old.number if new.number == PLURAL else new.number
    return msgspec.structs.replace(
        old, number=later, names=old.names | new.names, trades=old.trades | new.trades
    )


def _died(group: Group, kept: Sequence[Group]) -> bool:
    if group.effect != "INJURY" or not group.single:
        return False
    dead = [other for other in kept if other.effect == "DEATH" and other.single]
    if not group.names:
        return group.kind == "definite" and bool(dead)
    return any(group.names & other.names for other in dead)


def _is_told_singly(group: Group, kept: Sequence[Group]) -> bool:
    singles = [o for o in kept if o.effect == group.effect and o.single and o.names]
    return group.number.isdigit() and len(singles) > 1 and int(group.number) == len(singles)


def write_number(quantity: Quantity) -> str:
    """A quantity as the key writes numbers."""
    low, high = quantity.low, quantity.high
    vague = quantity.basis.startswith("word") and (low, high) != (low, low)
    if vague or (low is None and high is None) or (low, high) == (2, None):
        return PLURAL
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}-{high}"
    if low is None:
        return f"-{high}"
    return f"{low - 1 if quantity.bound == 'more_than' else low}-"
