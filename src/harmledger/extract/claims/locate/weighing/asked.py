"""The claim that is weighed, with all that is known when its turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.values import Located, Thread
from harmledger.extract.claims.locate.weighing.offers import Offer
from harmledger.extract.claims.locate.weighing.report import Report
from harmledger.extract.passage import Passage


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where and when an earlier claim was set."""

    sentence: int
    block: int
    draft: Draft
    place: Offer[Place]
    when: Offer[When]


@dataclass(slots=True)
class Course:
    """The claims of a report weighed so far, in order, and the thread as it now stands."""

    thread: Thread
    chosen: list[Chosen] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """``by_rules`` is what the rules alone make of the claim; ``beside`` the claims of its
    sentence that were weighed before it, by number."""

    report: Report
    passage: Passage
    draft: Draft
    drafts: Sequence[Draft]
    thread: Thread
    by_rules: Located
    own_time: When | None
    circumstances: tuple[str, ...]
    course: Course
    beside: dict[int, Chosen]

    @property
    def before(self) -> Chosen | None:
        """The last claim of an earlier sentence."""
        return self.course.chosen[-1] if self.course.chosen else None
