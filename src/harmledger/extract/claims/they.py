"""Harm to people whom only a pronoun names: "Two teachers were seized. They have not been seen
since", "not one of them came back".

They are those counted in the sentence right before. The same harm told again of them is no claim
(reading rule 14), and where nobody was counted right before nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.claim import PERSON_HARMS, Claim
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import count_phrase
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import People, draft_counted
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage

_THEY = frozenset({"they", "them", "all"})


def draft_they(passage: Passage, mention: Mention, people: People) -> tuple[Draft, ...]:
    """The draft of a harm whose harmed are a plural pronoun, with no number yet."""
    heads = [h for h in mention.harmed if passage.lowered[h] in _THEY]
    if len(heads) != 1 or len(mention.harmed) != 1 or mention.harm not in PERSON_HARMS:
        return ()
    if mention.harm == "displaced" or passage.tokens[heads[0]].upos not in {"PRON", "DET"}:
        return ()
    counted = count_phrase(passage, heads[0], people.persons)
    if counted.figure is not None and not (mention.denied and counted.figure.high == 0):
        return ()
    counted = msgspec.structs.replace(counted, figure=None)
    return (draft_counted(passage, mention, counted, people),)


def settle_they(
    passage: Passage, they: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts with the number of those told of right before; without one, none."""
    found: list[Draft] = []
    for draft in they:
        told = _told_right_before(passage, draft, earlier)
        if told is None:
            continue
        quantity = Quantity(
            as_written=told.quantity.as_written, low=told.quantity.low, high=told.quantity.high,
            bound=told.quantity.bound, basis=told.quantity.basis,
        )  # fmt: skip
        found.append(msgspec.structs.replace(draft, quantity=quantity, score=0.6))
    return tuple(found[:1])


def _told_right_before(passage: Passage, draft: Draft, earlier: Sequence[Claim]) -> Claim | None:
    """The people counted in the sentence before, if one figure alone can be meant."""
    if any(f.kind == "count" and f.high != 0 and f.end <= draft.start for f in passage.figures):
        return None  # "eleven did not survive: they succumbed": those of its own sentence
    told = [
        c for c in earlier
        if c.span.sentence.strip() == passage.before.strip() and c.quantity.unit == "persons"
        and c.part_of is None and c.stance == "asserts" and c.harm in PERSON_HARMS
        and c.quantity.low is not None and c.quantity.low > 1
    ]  # fmt: skip
    if len(told) != 1 or told[0].harm == draft.harm:
        return None
    return told[0]
