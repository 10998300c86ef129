"""The three jobs that are interrupted: run, review, import. Each can be started again at any time,
says aloud what is in the record for good, and knows how to look for it afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.claim import Claim
from harmledger.evals.recovery.stub import make_rooms
from harmledger.ledger import Effect, Importer, Ledger, Records, import_pack, open_ledger, utc_clock
from harmledger.lexicon.policies import load_policies
from harmledger.pipeline import run_paths, view_ledger
from harmledger.review import Known, Signature, decide_accept, decide_amend, decide_reject
from harmledger.review.decide import Decided

Place = Path | str
Say = Callable[[str], None]
STEPS = 24
"""Decisions of the review job."""

_TIMES = ("captured_at", "noticed_at")


def run(place: Place, reports: Path, say: Say) -> None:
    """Read a folder; says each path dealt with."""
    with open_ledger(place, write=True, wait=5) as ledger:
        run_paths(
            [reports],
            ledger,
            clock=utc_clock,
            maker=make_rooms,
            progress=lambda progress: say(progress.path),
        )


def review(place: Place, _nothing: Path, say: Say) -> None:
    """Take decisions one by one, opening the ledger for each as the commands do; says each step."""
    with open_ledger(place) as ledger, ledger.records() as records:
        done = {d.reason for d in records.decisions()}
        claims = sorted(
            (k.claim for k in records.iter_claims() if not k.claim.extractor.startswith("person:")),
            key=lambda claim: claim.id,
        )
    for step in range(STEPS):
        if f"step {step}" in done:
            continue
        claim = claims[step * 7 % len(claims)]

        def build(
            records: Records, prev: str, step: int = step, claim: Claim = claim
        ) -> tuple[Decided, Effect]:
            return _decide(records, claim, step, prev), Effect()

        with open_ledger(place, write=True, wait=5) as ledger:
            ledger.decide(build)
        say(f"step {step}")


def _decide(records: Records, claim: Claim, step: int, prev: str) -> Decided:
    at = utc_clock().isoformat()
    sign = Signature(by=f"Coder {step % 2}", reason=f"step {step}", at=at, prev=prev)
    known = Known(claims={claim.id: claim})
    if step % 3 == 0:
        return decide_accept(known, claim.id, sign)
    if step % 3 == 1:
        return decide_reject(known, claim.id, sign)
    text = records.find_text(claim.document, claim.text_sha256)
    if text is None:
        raise ValueError(f"{claim.id} has no text")
    return decide_amend(known, claim.id, {"victims.named": step}, text, sign)


def bring_in(place: Place, pack: Path, say: Say) -> None:
    """Import a pack; says the number of the last entry that is in."""
    importer = Importer(by="Coder 0", reason="a test of recovery")
    with open_ledger(place, write=True, wait=5) as ledger:
        import_pack(ledger, pack, importer, progress=lambda seq: say(f"entry {seq}"))


JOBS: dict[str, Callable[[Place, Path, Say], None]] = {
    "run": run,
    "review": review,
    "import": bring_in,
}


def find_lost(ledger: Ledger, said: list[str]) -> list[str]:
    """What was said to be in the record for good and is not there."""
    with ledger.records() as records:
        there = set(_iter_there(records))
    return [line for line in said if line not in there]


def find_doubled(ledger: Ledger) -> list[str]:
    """What is in the record twice."""
    with ledger.records() as records:
        counted = Counter(line for line in _iter_there(records) if not line.startswith("entry"))
    return [line for line, times in counted.items() if times > 1]


def _iter_there(records: Records) -> Iterator[str]:
    for entry in records.iter_entries():
        body = msgspec.json.decode(entry.body)
        act = msgspec.json.decode(entry.act or "null") or {}
        if entry.kind == "capture":
            yield body["capture"]["path"]
        elif entry.kind == "refusal":
            yield body["path"]
        elif entry.kind == "decision":
            yield body["decision"]["reason"]
        elif entry.kind == "extraction":
            yield f"{body['text_sha256']} by {body['extractor']}"
        for seq in range(1, (act.get("origin") or {}).get("seq", 0) + 1):
            yield f"entry {seq}"


def comparable(ledger: Ledger) -> bytes:
    """Everything an export shows, without what differs between equal runs: times, the hashes of
    the log, and the ids and order of decisions that hang on both."""
    view = view_ledger(ledger, policies=load_policies()[:1])
    bare: dict[str, Any] = msgspec.to_builtins(view)
    bare["head"] = None
    for document in bare["documents"]:
        for capture in document["captures"]:
            capture.update(dict.fromkeys(_TIMES, ""))
    for decision in bare["decisions"]:
        decision.update(id="", at="", prev="")
    bare["decisions"] = sorted(bare["decisions"], key=lambda decision: str(decision["reason"]))
    return msgspec.json.encode(bare, order="sorted")
