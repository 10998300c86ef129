"""Whose turn it is: what each session skipped, and what lies before somebody else just now."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

LEASE = 300.0
"""Seconds a claim lies before one reviewer before it is offered to another."""
SESSIONS = 2_000


class Rounds:
    """In memory alone: after a restart everything not decided is asked again."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._skipped: OrderedDict[str, set[str]] = OrderedDict()
        self._leased: dict[str, tuple[str, float]] = {}
        self._last: OrderedDict[str, list[str]] = OrderedDict()

    def skip(self, session: str, claim: str) -> None:
        with self._guard:
            self._skipped.setdefault(session, set()).add(claim)
            while len(self._skipped) > SESSIONS:
                self._skipped.popitem(last=False)

    def clear_skips(self, session: str) -> None:
        with self._guard:
            self._skipped.pop(session, None)

    def not_for(self, session: str) -> set[str]:
        """What this session skipped and what others look at."""
        now = time.monotonic()
        with self._guard:
            self._leased = {c: (s, at) for c, (s, at) in self._leased.items() if now - at < LEASE}
            busy = {c for c, (s, _) in self._leased.items() if s != session}
            return busy | self._skipped.get(session, set())

    def lease(self, session: str, claim: str) -> None:
        with self._guard:
            self._leased[claim] = (session, time.monotonic())

    def keep_decision(self, session: str, decision: str) -> None:
        """For undo by one key: this session's own decisions, the last at the end."""
        with self._guard:
            self._last.setdefault(session, []).append(decision)
            while len(self._last) > SESSIONS:
                self._last.popitem(last=False)

    def take_decision(self, session: str) -> str | None:
        with self._guard:
            last = self._last.get(session)
            return last.pop() if last else None
