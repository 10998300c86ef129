"""csv: claims, incidents with their readings, totals, for spreadsheets."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading, Total, TotalPoint
from harmledger.core.place import Place
from harmledger.core.view import LedgerView
from harmledger.core.when import When
from harmledger.publish.exports.listen import Record
from harmledger.publish.words import voices_words

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
Row = dict[str, Any]


def guard(cell: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe; numbers stay."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return "'" + cell
    return cell


class Tables:
    """Writes ``claims.csv``, ``incidents.csv`` (a row per incident and reading), ``totals.csv``."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._writers: dict[str, csv.DictWriter[str]] = {}

    def setup(self, folder: Path, view: LedgerView) -> None:
        self._view = view
        self._documents = {document.id: document for document in view.documents}
        self._incidents: dict[str, list[str]] = {}
        for incident in view.incidents:
            for claim in incident.claims:
                self._incidents.setdefault(claim, []).append(incident.id)
        for name, columns in COLUMNS.items():
            file = self._open.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.DictWriter(file, columns)
            self._writers[name].writeheader()

    def feed(self, record: Record) -> None:
        if isinstance(record, Claim):
            self._write("claims.csv", self._claim_row(record))
        elif isinstance(record, Incident):
            for reading in record.readings or (None,):
                self._write("incidents.csv", incident_row(record, reading))
        elif isinstance(record, Total):
            for point in record.series:
                self._write("totals.csv", total_row(record, point))

    def finish(self) -> None:
        self._open.close()

    def _write(self, name: str, row: Row) -> None:
        self._writers[name].writerow({key: guard(cell) for key, cell in row.items()})

    def _claim_row(self, claim: Claim) -> Row:
        document = self._documents.get(claim.document)
        origin = self._view.origins.get(claim.id)
        return {
            **claim_row(claim),
            "document_title": document.title if document else None,
            "source": document.source if document else None,
            "published_at": document.published_at if document else None,
            "document_sha256": document.sha256 if document else None,
            "standing": self._view.standings.get(claim.id, "proposed"),
            "origin": origin.label if origin else None,
            "incidents": _joined(self._incidents.get(claim.id, [])),
        }


def claim_row(claim: Claim) -> Row:
    """The claim's own cells."""
    quantity, victims, site, means = claim.quantity, claim.victims, claim.site, claim.means
    accused = claim.alleged_perpetrator
    return {
        "id": claim.id,
        "document": claim.document,
        "document_name": claim.document_name,
        "harm": claim.harm,
        "cause": claim.cause,
        "stance": claim.stance,
        "about": claim.about,
        "modality": claim.modality,
        "as_written": quantity.as_written,
        "low": quantity.low,
        "high": quantity.high,
        "bound": quantity.bound,
        "unit": quantity.unit,
        "scope": quantity.scope,
        "extent": quantity.extent,
        "basis": quantity.basis,
        "part_of": claim.part_of,
        "victims": victims.as_written,
        "victim_status": victims.status,
        "victim_age": victims.age,
        "victim_sex": victims.sex,
        "victim_roles": _joined(victims.roles),
        "site_kind": site.kind if site else None,
        "site_name": site.name if site else None,
        "site_condition": site.condition if site else None,
        "services": _joined(claim.services),
        "launch": means.launch if means else None,
        "weapon": means.weapon if means else None,
        "alleged_perpetrator": accused.name if accused else None,
        "alleged_by": accused.alleged_by if accused else None,
        "voice": voices_words(claim.voice),
        "voice_sides": _joined([voice.side for voice in claim.voice]),
        "said_at": claim.said_at.at,
        **place_cells(claim.place),
        **when_cells(claim.occurred),
        "quote": claim.span.quote,
        "sentence": claim.span.sentence,
        "span_start": claim.span.start,
        "span_end": claim.span.end,
        "text_sha256": claim.text_sha256,
        "extractor": claim.extractor,
        "score": claim.score,
        "replaces": claim.replaces,
        "supersedes": claim.supersedes,
    }


def place_cells(place: Place | None) -> Row:
    """Cells for a place; no coordinates unless the place itself has a point."""
    return {
        "place": place.name if place else None,
        "place_as_written": place.as_written if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "disputed": place.disputed if place else None,
    }


def when_cells(when: When | None) -> Row:
    return {
        "occurred_as_written": when.as_written if when else None,
        "edtf": when.edtf if when else None,
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "date_precision": when.precision if when else None,
    }


def incident_row(incident: Incident, reading: Reading | None) -> Row:
    """One incident under one reading; an incident nobody counts has one row without figures."""
    return {
        "id": incident.id,
        "code": incident.code,
        "title": incident.title,
        **place_cells(incident.place),
        **when_cells(incident.occurred),
        "site_kind": incident.site.kind if incident.site else None,
        "site_name": incident.site.name if incident.site else None,
        "grade": incident.grade,
        "status": incident.status,
        "denied_by": _joined(incident.denied_by),
        "conceded_by": _joined(incident.conceded_by),
        "inquiry_by": _joined(incident.inquiry_by),
        "documents": incident.reports,
        "policy": reading.policy if reading else None,
        "harm": reading.harm if reading else None,
        "unit": reading.unit if reading else None,
        "victims": reading.victims if reading else None,
        "low": reading.low if reading else None,
        "best": reading.best if reading else None,
        "high": reading.high if reading else None,
        "origins": reading.origins if reading else None,
        "on_words": reading.on_words if reading else None,
        "claims_low": _joined(reading.claims_low) if reading else None,
        "claims_high": _joined(reading.claims_high) if reading else None,
        "claims_between": _joined(reading.between) if reading else None,
        "floors": _joined(reading.floors) if reading else None,
        "possibly_more": _joined(reading.possibly_more) if reading else None,
        "set_aside": len(reading.set_aside) if reading else None,
    }


def total_row(total: Total, point: TotalPoint) -> Row:
    """One statement of a total, with the remainder that no incident explains."""
    return {
        "id": total.id,
        "speaker": total.speaker,
        "harm": total.harm,
        "unit": total.unit,
        "victims": total.victims,
        "scope": total.scope,
        **place_cells(total.place),
        **when_cells(total.period),
        "claim": point.claim,
        "said_at": point.said_at,
        "low": point.low,
        "high": point.high,
        "incidents": _joined(total.incidents),
        "incident_low": total.incident_low,
        "incident_high": total.incident_high,
        "remainder_low": total.remainder_low,
        "remainder_high": total.remainder_high,
    }


def _joined(values: tuple[str, ...] | list[str]) -> str:
    return " | ".join(values)


_PLACE = (
    *("place", "place_as_written", "country", "admin1", "lat", "lon", "place_precision"),
    "disputed",
)
_WHEN = ("occurred_as_written", "edtf", "earliest", "latest", "date_precision")
COLUMNS: dict[str, tuple[str, ...]] = {
    "claims.csv": (
        *("id", "document", "document_name", "document_title", "source", "published_at"),
        *("harm", "cause", "stance", "about", "modality", "as_written", "low", "high", "bound"),
        *("unit", "scope", "extent", "basis", "part_of", "victims", "victim_status"),
        *("victim_age", "victim_sex", "victim_roles", "site_kind", "site_name", "site_condition"),
        *("services", "launch", "weapon", "alleged_perpetrator", "alleged_by", "voice"),
        *("voice_sides", "said_at", *_PLACE, *_WHEN, "quote", "sentence", "span_start"),
        *("span_end", "text_sha256", "document_sha256", "extractor", "score", "replaces"),
        *("supersedes", "standing", "origin", "incidents"),
    ),
    "incidents.csv": (
        *("id", "code", "title", *_PLACE, *_WHEN, "site_kind", "site_name", "grade", "status"),
        *("denied_by", "conceded_by", "inquiry_by", "documents", "policy", "harm", "unit"),
        *("victims", "low", "best", "high", "origins", "on_words", "claims_low", "claims_high"),
        *("claims_between", "floors", "possibly_more", "set_aside"),
    ),
    "totals.csv": (
        *("id", "speaker", "harm", "unit", "victims", "scope", *_PLACE, *_WHEN, "claim"),
        *("said_at", "low", "high", "incidents", "incident_low", "incident_high"),
        *("remainder_low", "remainder_high"),
    ),
}
