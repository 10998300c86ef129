"""One of those counted, singled out by age: "the youngest of them three months old", "the oldest
victim was a woman of 81", "The youngest, Aïssata, was six".

Only of the killed and the injured, and only where the words give who it was or an age. Misses one
told in a sentence that does not follow those who were counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Harm
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.wholes import gravest_first, of_whole
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_EXTREME = frozenset({"youngest", "oldest", "eldest"})
_ONE = (
    r"(?:an?|the|his|her|their|just|only|barely|aged?|about|around|\d+|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
)
_SINGLED = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Tt]heir) (?:youngest|oldest|eldest)\b"
    r"(?P<of> (?P<word>victim|fatality|casualty|one|person|of (?:them|whom|these|those|"
    r"(?:the|those) (?:\w+ )?(?:dead|killed|victims|wounded|injured|casualties|\w+))|among them|"
    r"killed|to die|dead|wounded|injured))?"
    rf"(?:, (?:[A-Z][\w’'-]+ ?)+,|, (?={_ONE})|,)?"
    rf"(?: (?:is|was|were|being))?,? ?(?P<who>{_ONE}[^,.;:()]*)",
)
_SURE = 0.7
"""A figure that only the learned head takes for one of harm holds nobody."""
_PLAIN = 0.9
"""Across a full stop the harm must have been said outright."""
_HARMS: tuple[Harm, ...] = ("killed", "injured")
_OF_HURT = re.compile(r"wounded|injured", re.I)
_OF_DEAD = re.compile(r"dead|killed|victim|fatality|to die", re.I)


def draft_singled_out(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with the youngest and the oldest of those counted, as parts of them."""
    found = list(drafts)
    if not _EXTREME & set(passage.lowered):
        return tuple(found)
    for match in _SINGLED.finditer(passage.text):
        harm = _said_harm(match["of"] or "")
        start, end = passage.start + match.start(), passage.start + match.end("who")
        kin = _whole_here(found, start, harm)
        if kin is not None and found[kin].harm not in _HARMS:
            continue  # "four girls, the youngest of them 13, had been raped"
        before = None if kin is not None else _told_before(passage, earlier, harm)
        if kin is None and before is None:
            continue
        links = {"kin": kin, "part_of": before.id if before is not None else None}
        own = next((n for n, d in enumerate(found) if _is_this_one(d, start, end)), None)
        if own is not None:
            if found[own].kin is None and found[own].part_of is None and own != kin:
                found[own] = msgspec.structs.replace(found[own], **links)
            continue
        told = found[kin].harm if kin is not None else before.harm if before is not None else None
        counted = _one(passage, match, persons)
        if counted is None or told is None:
            continue
        made = of_whole(passage, counted, None, persons, told)
        found.append(msgspec.structs.replace(made, **links))
    return tuple(found)


def _said_harm(words: str) -> Harm | None:
    if _OF_HURT.search(words):
        return "injured"
    return "killed" if _OF_DEAD.search(words) else None


def _whole_here(drafts: Sequence[Draft], start: int, harm: Harm | None) -> int | None:
    """The figure of the passage told last before it."""
    many = [
        n for n, d in enumerate(drafts)
        if _told_till(d) <= start and d.kind == "person" and d.stance == "asserts"
        and (d.quantity.high is None or d.quantity.high > 1) and d.score >= _SURE
    ]  # fmt: skip
    if harm is not None:
        many = [n for n in many if drafts[n].harm == harm]
    return max(many, key=lambda n: _told_till(drafts[n]), default=None)


def _told_till(draft: Draft) -> int:
    return draft.counted.end if draft.counted is not None else draft.end


def _told_before(passage: Passage, earlier: Sequence[Claim], harm: Harm | None) -> Claim | None:
    """The whole figure of the sentence before, the dead before the wounded."""
    just = [c for c in earlier if c.span.sentence == passage.before]
    return next(
        (
            c for c in gravest_first(just)
            if c.harm in _HARMS and harm in {None, c.harm} and c.stance == "asserts"
            and c.quantity.unit == "persons" and c.score >= _PLAIN
            and (c.quantity.high is None or c.quantity.high > 1)
        ),
        None,
    )  # fmt: skip


def _is_this_one(draft: Draft, start: int, end: int) -> bool:
    one = draft.harm in _HARMS and draft.quantity.low == draft.quantity.high == 1
    return one and draft.start < end and start < draft.end


def _one(passage: Passage, match: re.Match[str], persons: PersonLexicon) -> Counted | None:
    start, end = passage.start + match.start(), passage.start + match.end("who")
    tokens = passage.tree.within(start, end)
    head = next((t.index for t in tokens if t.text.lower() in _EXTREME), None)
    if head is None:
        return None
    said = passage.start + match.start("who")
    noun = next(
        (t.index for t in tokens if t.start >= said and is_person(passage, t.index, persons)), head
    )
    one = Quantity(as_written=match.group(), low=1, high=1, bound="exact", unit="persons",
                   basis="implied")  # fmt: skip
    return Counted(quantity=one, head=head, noun=noun, start=start, end=end)
