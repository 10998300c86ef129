"""jsonl: everything the record holds, one object a line (contract §2)."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Total
from harmledger.core.response import Response
from harmledger.core.unresolved import Unresolved
from harmledger.core.view import LedgerView
from harmledger.publish.exports.listen import Numbers, Record, TextCopy

FILES: dict[type, str] = {
    Document: "documents.jsonl",
    Claim: "claims.jsonl",
    Response: "responses.jsonl",
    Incident: "incidents.jsonl",
    Total: "totals.jsonl",
    Unresolved: "unresolved.jsonl",
    Numbers: "numbers.jsonl",
    Decision: "decisions.jsonl",
    Change: "changes.jsonl",
}


class JsonLines:
    """Writes one file a kind of record, and ``texts/<text_sha256>.txt`` byte for byte."""

    def __init__(self) -> None:
        self._files: dict[type, BinaryIO] = {}
        self._open = ExitStack()
        self._encoder = msgspec.json.Encoder()

    def setup(self, folder: Path, view: LedgerView) -> None:
        self._view = view
        self._texts = folder / "texts"
        self._texts.mkdir()
        for kind, name in FILES.items():
            self._files[kind] = self._open.enter_context((folder / name).open("wb"))

    def feed(self, record: Record) -> None:
        if isinstance(record, TextCopy):
            path = self._texts / f"{record.sha256}.txt"
            path.write_text(record.text, encoding="utf-8", newline="")
            return
        line: Any = self._with_standing(record) if isinstance(record, Claim) else record
        if isinstance(record, Numbers):
            for number in record.numbers:
                row = {"document": record.document, **msgspec.to_builtins(number)}
                self._write(Numbers, row)
            return
        self._write(type(record), line)

    def finish(self) -> None:
        self._open.close()

    def _write(self, kind: type, line: Any) -> None:
        self._files[kind].write(self._encoder.encode(line) + b"\n")

    def _with_standing(self, claim: Claim) -> dict[str, Any]:
        """The claim, what became of it, and whom it rests on: a reading needs all three."""
        row: dict[str, Any] = msgspec.to_builtins(claim)
        origin = self._view.origins.get(claim.id)
        row["standing"] = self._view.standings.get(claim.id, "proposed")
        row["origin"] = msgspec.to_builtins(origin) if origin else None
        return row
