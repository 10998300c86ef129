"""One passage tells a service or a way denied once: other words for it are no second claim."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_ABSTRACT = frozenset(
    {"passage", "entry", "access", "permission", "way", "exit", "clearance", "movement", "it",
     "they", "them", "he", "she", "us", "which", "that", "who", "one"}
)  # fmt: skip
_WITHIN = 3


def told_once(passage: Passage, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Without those that another draft of the passage tells with more: the same services and a
    number ("the pumps stand still; 32,000 people buy water from carts"), or the same way and
    traffic in a clause above ("the team waited for days and was refused passage")."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (not d.figures, d.start)):
        if not any(_tells(passage, other, draft) for other in kept):
            kept.append(draft)
    return tuple(sorted(kept, key=lambda d: d.start))


def _tells(passage: Passage, other: Draft, draft: Draft) -> bool:
    if other.harm != draft.harm or other.stance != draft.stance or draft.figures:
        return False
    if draft.harm == "service_denied":
        return set(draft.services) <= set(other.services)
    if other.start < draft.end and draft.start < other.end:
        return True
    return _hangs_on(passage, draft.predicate, other.predicate) and _names_nothing(passage, draft)


def _hangs_on(passage: Passage, one: int, other: int) -> bool:
    near = [t.index for t in passage.tree.ancestors(one)][:_WITHIN]
    far = [t.index for t in passage.tree.ancestors(other)][:_WITHIN]
    return other in near or one in far


def _names_nothing(passage: Passage, draft: Draft) -> bool:
    """Whether its clause names no traffic and no way of its own."""
    children = passage.tree.children(draft.predicate, "nsubj", "obj", "nsubj:pass")
    return all(passage.lemmas[c.index] in _ABSTRACT for c in children)
