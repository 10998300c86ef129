"""What lies between two views of one ledger: new, joined, split and gone incidents, and what new
documents and decisions changed in the others. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.view import LedgerView
from harmledger.count.changes import Cause, compare_incident

_TAKEN_OUT = ("rejected", "withdrawn", "set_aside")


def find_changes(before: LedgerView, after: LedgerView) -> tuple[Change, ...]:
    """Every change from ``before`` to ``after``, by incident.

    Both views hold readings under the same policies. An incident is followed by its claims: it
    goes on in the one that now holds most of them. ``at`` is when the newest of the documents
    was captured or the last of the decisions taken.
    """
    return tuple(iter_changes(before, after))


def iter_changes(before: LedgerView, after: LedgerView) -> Iterator[Change]:
    """See :func:`find_changes`; one at a time."""
    between = Between(before, after)
    for incident in sorted(after.incidents, key=lambda i: i.id):
        yield from between.compare(incident)
    yield from between.iter_gone()


class Between:
    """Two views, and which incident of one goes on as which of the other."""

    def __init__(self, before: LedgerView, after: LedgerView) -> None:
        self.before, self.after = before, after
        self.claims = {c.id: c for c in (*before.claims, *after.claims)}
        self.known = {i.id: i for i in before.incidents}
        self._old_home = {c: i.id for i in before.incidents for c in i.claims}
        self._new_home = {c: i.id for i in after.incidents for c in i.claims}
        self._goes_on = {i.id: _most(i.claims, self._new_home) for i in before.incidents}
        taken = {d.id for d in before.decisions}
        self.decisions = [d for d in after.decisions if d.id not in taken]
        self._about = {d.id: d.about for d in after.decisions}
        self._captured = {
            d.id: max((c.captured_at for c in d.captures), default="") for d in after.documents
        }
        answers = {r.id for r in before.responses}
        self._new_answers = {r.id: r.document for r in after.responses if r.id not in answers}

    def compare(self, incident: Incident) -> list[Change]:
        """The changes of one incident of the later view."""
        root = self._find_root(incident)
        goes_on = root is not None and self._goes_on[root.id] == incident.id
        roots = self._roots(incident)
        joined = tuple(r for r in roots if self._goes_on[r] == incident.id)
        cause = self._find_cause(incident, root, new=root is None)
        if root is not None and not goes_on:
            earlier = [_mark("split", incident, cause, (root.id,))]
            return earlier + compare_incident(None, incident, cause)
        marks = [_mark("joined", incident, cause, joined)] if len(joined) > 1 else []
        return [
            *marks,
            *compare_incident(root, incident, cause),
            *self._iter_taken_out(incident, root, cause),
        ]

    def iter_gone(self) -> Iterator[Change]:
        """Incidents of which no claim counts any more."""
        for incident in sorted(self.before.incidents, key=lambda i: i.id):
            if self._goes_on[incident.id] is None:
                cause = self._find_cause(incident, None, new=False)
                yield _mark("gone", incident, cause, ())

    def _roots(self, incident: Incident) -> tuple[str, ...]:
        return tuple(sorted({self._old_home[c] for c in incident.claims if c in self._old_home}))

    def _find_root(self, incident: Incident) -> Incident | None:
        """The earlier incident that goes on as this one, else the one it came out of."""
        own = [r for r in self._roots(incident) if self._goes_on[r] == incident.id]
        pool = {c: h for c in incident.claims if (h := self._old_home.get(c)) in own}
        most = _most(incident.claims, pool or self._old_home)
        return None if most is None else self.known[most]

    def _find_cause(self, incident: Incident, root: Incident | None, *, new: bool) -> Cause:
        fresh = {c: self.claims[c] for c in incident.claims if c not in self._old_home}
        answers = {self._new_answers[r.id] for r in incident.responses if r.id in self._new_answers}
        held = {incident.id, *incident.claims, *incident.redirects}
        held |= {root.id, *root.claims} if root else set()
        decisions = [d for d in self.decisions if held & self._meant(d)]
        documents = {c.document for c in fresh.values()} | answers
        moments = [self._captured.get(d, "") for d in documents] + [d.at for d in decisions]
        return Cause(
            at=max(filter(None, moments), default=None),
            claims=fresh,
            origins=self.after.origins,
            documents=tuple(sorted(answers)),
            decisions=tuple(d.id for d in decisions),
            new=new,
        )

    def _meant(self, decision: Decision) -> set[str]:
        """What a decision is about; of a withdrawal, what the withdrawn one is about."""
        about = set(decision.about)
        return about | {a for d in decision.about for a in self._about.get(d, ())}

    def _iter_taken_out(
        self, incident: Incident, root: Incident | None, cause: Cause
    ) -> Iterator[Change]:
        """Claims that counted and that a person took out since."""
        for claim in root.claims if root else ():
            now, was = self.after.standings.get(claim), self.before.standings.get(claim)
            if now != was and now in _TAKEN_OUT:
                yield _mark("withdrawn", incident, cause, (), self.claims[claim], now)


def _most(claims: Iterable[str], home: Mapping[str, str]) -> str | None:
    """The incident that holds most of the claims; the lowest id of several."""
    held = Counter(home[c] for c in claims if c in home)
    return min(held, key=lambda i: (-held[i], i), default=None)


def _mark(
    kind: str,
    incident: Incident,
    cause: Cause,
    others: Sequence[str],
    claim: Claim | None = None,
    note: str = "",
) -> Change:
    documents = {c.document for c in cause.claims.values()} | set(cause.documents)
    return Change(
        kind=kind,  # type: ignore[arg-type]
        incident=incident.id,
        code=incident.code,
        title=incident.title,
        at=cause.at,
        harm=claim.harm if claim else None,
        unit=claim.quantity.unit if claim else None,
        claims=(claim.id,) if claim else tuple(sorted(cause.claims)),
        documents=tuple(sorted(documents)),
        decisions=cause.decisions,
        incidents=tuple(others),
        note=note,
    )
