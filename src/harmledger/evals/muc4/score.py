"""Tuples read against tuples asked for, with an interval over messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from harmledger.capture.records import RECORD_TYPE
from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Item
from harmledger.core.errors import CannotParse
from harmledger.core.ids import sha256_of
from harmledger.evals.measures import Measure, Ratio, measure_all
from harmledger.evals.muc4.keys import Message, Tuple
from harmledger.evals.muc4.tuples import project_claims
from harmledger.pipeline.rooms import Rooms
from harmledger.pipeline.work import Done, Order, do_order

RATIOS = (
    Ratio(name="f1", top={"right": 2}, of={"asked": 1, "read": 1}),
    Ratio(name="precision", top={"right": 1}, of={"read": 1}),
    Ratio(name="recall", top={"right": 1}, of={"asked": 1}),
    Ratio(name="recall.death", top={"right.DEATH": 1}, of={"asked.DEATH": 1}),
    Ratio(name="recall.injury", top={"right.INJURY": 1}, of={"asked.INJURY": 1}),
    Ratio(name="false_per_text_without_key", top={"false": 1}, of={"plain": 1}),
)


class MessageScore(Value, frozen=True, kw_only=True):
    """One message: what was asked and not read, and what was read and not asked."""

    name: str
    asked: bool
    right: tuple[Tuple, ...]
    missed: tuple[Tuple, ...]
    false: tuple[Tuple, ...]


def read_messages(messages: Iterable[Message], rooms: Rooms) -> Iterator[tuple[Claim, ...]]:
    """The claims of each message, read as ``harmledger read`` would a record.

    Raises:
        CannotParse: a message cannot be read.
    """
    for message in messages:
        content = msgspec.json.encode({"id": message.name, "text": message.text})
        item = Item(
            name=message.name,
            path=message.name,
            media_type=RECORD_TYPE,
            content=content,
            sha256=sha256_of(content),
        )
        outcome = do_order(rooms, Order(item=item))
        if not isinstance(outcome, Done):
            raise CannotParse(f"{message.name}: {outcome.refusal.reason}")
        yield outcome.extraction.claims


def score_message(
    message: Message,
    claims: Sequence[Claim],
    project: Callable[[Sequence[Claim]], tuple[Tuple, ...]] = project_claims,
) -> MessageScore:
    """Multisets compared: what is required first, then what is optional takes what is left."""
    read, required = Counter(project(claims)), Counter(message.required)
    right = read & required
    return MessageScore(
        name=message.name,
        asked=message.asked,
        right=tuple(sorted(right.elements())),
        missed=tuple(sorted((required - right).elements())),
        false=tuple(sorted((read - right - Counter(message.optional)).elements())),
    )


def measure_scores(scores: Sequence[MessageScore]) -> tuple[Measure, ...]:
    """F, precision and recall over the messages that have a key, each with its interval; the false
    tuples of the others apart."""
    return measure_all([_count(score) for score in scores], RATIOS)


def _count(score: MessageScore) -> dict[str, float]:
    if not score.asked:
        return {"plain": 1, "false": len(score.false)}
    counts: Counter[str] = Counter()
    for effect, _ in score.right:
        counts.update(["right", "asked", "read", f"right.{effect}", f"asked.{effect}"])
    for effect, _ in score.missed:
        counts.update(["asked", f"asked.{effect}"])
    counts["read"] += len(score.false)
    return dict(counts)
