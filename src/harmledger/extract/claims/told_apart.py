"""Lists of some of those told before: "Among the dead were four children and a journalist", and
names behind "the dead were named as"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.breakdown_words import AMONG_THEM, BY_WORD, NAMED_AS
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.wholes import latest_whole, of_whole
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_KIN_TO = frozenset({"PRP$"})


def tell_apart(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> list[Draft]:
    """Each group of a list that is part of a figure told before, by itself: "the dead include
    seven children and a journalist" are two parts of it. A family ("a couple and their son") stays
    one, and so does a list of single persons, and one that "among them" opens and that leaves some
    of them out."""
    found = list(drafts)
    for draft in drafts:
        number = next((n for n, d in enumerate(found) if d is draft), None)
        if number is None or draft.counted is None or draft.part_of is None:
            continue
        members = draft.counted.members
        if draft.kin is not None or draft.quantity.basis != "arithmetic" or len(members) < 2:
            continue
        if any(_is_kin(passage, one) for one in members) or not any(m.figure for m in members):
            continue
        if "among" in passage.lowered[members[-1].noun :]:
            continue  # "two girls and a man were among the dead": one subject (rule 15a)
        whole = next((c for c in earlier if c.id == draft.part_of), None)
        all_told = whole is not None and whole.quantity.low == draft.quantity.low
        if all_told or AMONG_THEM.search(passage.text) is None:
            _split(passage, found, number, persons)
    return found


def _is_kin(passage: Passage, member: Counted) -> bool:
    return any(t.xpos in _KIN_TO for t in passage.tree.children(member.noun, "nmod:poss"))


def _split(passage: Passage, found: list[Draft], number: int, persons: PersonLexicon) -> None:
    whole = found[number]
    members = whole.counted.members if whole.counted is not None else ()
    told = {d.counted.noun: n for n, d in enumerate(found) if d.kin == number and d.counted}
    for n in told.values():
        found[n] = msgspec.structs.replace(found[n], kin=None, part_of=whole.part_of)
    made = [
        msgspec.structs.replace(
            of_whole(passage, member, None, persons, whole.harm), part_of=whole.part_of
        )
        for member in members
        if member.noun not in told and member.quantity.low is not None
    ]
    if made:
        found[number] = made[0]
        found.extend(made[1:])
    elif told:
        found[:] = _without(found, number)


def _without(drafts: Sequence[Draft], number: int) -> list[Draft]:
    """Without one, and what points at others by their number still points at them."""
    return [
        d if d.kin is None else msgspec.structs.replace(d, kin=d.kin - (d.kin > number))
        for n, d in enumerate(drafts)
        if n != number
    ]


_JOINT = re.compile(r"\s*(?:[,;&]|\band\b|\balong with\b|\bas well as\b)\s*")
_NAME = re.compile(
    r"(?:(?:(?!(?:of|from|in|at|near|all|both|aged|a|an|the|who|which|whose|with|after|when|while|"
    r"according|by|on|for|of)\b)[a-z][\w-]*\s+){0,3}[^\W\d_a-z][\w’'.-]*|"
    r"(?:his|her|their|my|its)\s+[a-z])"
)
_STOP = re.compile(r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.(?:\s|$)|[:—–]|\bwho\b")


def draft_named(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> list[Draft]:
    """ "The dead were named as Amina Yusuf, 32, and her son Bilal": as many as there are names."""
    found = list(drafts)
    match = NAMED_AS.search(passage.text)
    if match is None:
        return found
    stop = _STOP.search(passage.text, match.end())
    said = passage.text[match.end() : stop.start() if stop is not None else None].rstrip(' .”"\n')
    start, end = match.end() + len(said) - len(said.lstrip()), match.end() + len(said)
    names = [one for one in _JOINT.split(passage.text[start:end]) if _NAME.match(one)]
    harm = BY_WORD.get(match["harm"].lower())
    word = passage.start + match.start("harm")
    head = passage.tree.top(passage.start + start, passage.start + end)
    if len(names) < 2 or harm is None or head is None:
        return found
    if any(d.figures and d.harm == harm for d in found):
        return found  # "the three dead were named as": told by their figure
    many = len(names)
    quantity = Quantity(
        as_written=passage.text[start:end], low=many, high=many, bound="exact", unit="persons",
        basis="arithmetic", parts=(1,) * many,
    )  # fmt: skip
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index,
        start=passage.start + start, end=passage.start + end,
    )  # fmt: skip
    whole = latest_whole(earlier, harm, many + 1)
    kept = [d for d in found if d.harm != harm or not d.start <= word < d.end]
    if len(kept) != len(found) and any(d.kin is not None for d in found):
        return found
    made = of_whole(passage, counted, None, persons, harm)
    part_of = whole.id if whole is not None else None
    return [*kept, msgspec.structs.replace(made, part_of=part_of, start=word)]
