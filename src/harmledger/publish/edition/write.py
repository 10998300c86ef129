"""An edition as files: pages to read and tables to work with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.edition import Edition, ShownIncident
from harmledger.core.ids import sha256_of
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION
from harmledger.publish.edition.pages import render_edition_pages, shape_of
from harmledger.publish.edition.titles import days_of, place_of
from harmledger.publish.exports.areas import render_geometry
from harmledger.publish.folder import Manifest, staged_folder
from harmledger.publish.notice import MAP_DISCLAIMER, POLICY_DISCLAIMER, RECORDED
from harmledger.publish.site import load_style

HEAD = "head.json"
PUBLISHED = (
    "Published edition. It holds no text of any report: quotes, titles, file names and the names "
    "of private persons stay with the ledger. References and hashes are keyed; the keeper of the "
    "ledger can follow each of them back to preserved bytes."
)
COLUMNS = (
    "incident",
    "title",
    "country",
    "admin1",
    "place",
    "precision",
    "from",
    "to",
    "site",
    "weapon",
    "grade",
    "status",
    "policy",
    "harm",
    "victims",
    "unit",
    "low",
    "best",
    "high",
    "origins",
)


def render_edition(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Every file as (path, bytes), in a fixed order. Equal editions give equal bytes."""
    yield "edition.json", _pretty(_head(edition))
    yield "incidents.jsonl", _lines(edition.incidents)
    yield "sources.jsonl", _lines(edition.sources)
    yield "totals.jsonl", _lines(edition.totals)
    yield "sums.jsonl", _lines(edition.sums)
    yield "incidents.csv", _render_table(edition)
    yield "incidents.geojson", _pretty(_render_map(edition))
    yield "assets/site.css", load_style().encode("utf-8")
    for path, page in render_edition_pages(edition, PUBLISHED):
        yield path, page.encode("utf-8")


def write_edition(
    edition: Edition, folder: Path, attest: Callable[[dict[str, str]], bytes] | None = None
) -> Path:
    """Write the edition to ``folder`` and return its ``index.html``.

    ``attest`` is told the sha256 of every file by path, once all are written and before any is in
    its place; what it gives is the head of the log that vouches for them, kept as ``head.json``.

    Raises:
        WrongUsage: a file that harmledger did not write stands in the way.
    """
    manifest = Manifest(
        kind="edition",
        policies=edition.policies,
        as_of=edition.as_of,
        head=edition.head,
        files={},
    )
    hashes: dict[str, str] = {}
    with staged_folder(folder, manifest) as staging:
        for path, content in render_edition(edition):
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            hashes[path] = sha256_of(content)
        if attest is not None:
            (staging / HEAD).write_bytes(attest(hashes))
    return folder / "index.html"


def _head(edition: Edition) -> dict[str, Any]:
    """The edition without its lists: who made it, from what, under which rules."""
    lists = ("incidents", "sources", "totals", "sums")
    said = {k: v for k, v in msgspec.to_builtins(edition).items() if k not in lists}
    return {
        **said,
        "notice": [PUBLISHED, RECORDED, POLICY_DISCLAIMER, MAP_DISCLAIMER, ATTRIBUTION],
        "counts": {name: len(getattr(edition, name)) for name in lists},
    }


def _lines(values: tuple[Any, ...]) -> bytes:
    return b"".join(msgspec.json.encode(value) + b"\n" for value in values)


def _pretty(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1)


def _render_table(edition: Edition) -> bytes:
    """One line a reading. No cell can hold free words, so none can hold a formula."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for incident in edition.incidents:
        for reading in incident.readings:
            place, when = incident.place, incident.occurred
            table.writerow(
                (
                    incident.ref,
                    incident.title,
                    place.country if place else None,
                    place.admin1 if place else None,
                    place.name if place else None,
                    place.precision if place else None,
                    when.earliest if when else None,
                    when.latest if when else None,
                    incident.site,
                    incident.weapon,
                    incident.grade,
                    incident.status,
                    reading.policy,
                    reading.harm,
                    reading.victims,
                    reading.unit,
                    reading.low,
                    reading.best,
                    reading.high,
                    reading.origins,
                )
            )
    return out.getvalue().encode("utf-8")


def _render_map(edition: Edition) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "notice": [PUBLISHED, RECORDED, MAP_DISCLAIMER, ATTRIBUTION],
        "profile": edition.profile,
        "features": [_feature(incident) for incident in edition.incidents],
    }


def _feature(incident: ShownIncident) -> dict[str, Any]:
    shape = shape_of(incident.place)
    return {
        "type": "Feature",
        "id": incident.ref,
        "geometry": render_geometry(shape) if shape else None,
        "properties": {
            "title": incident.title,
            "place": place_of(incident.place),
            "precision": incident.place.precision if incident.place else None,
            "coarsened": bool(incident.place and incident.place.coarsened),
            "occurred": days_of(incident.occurred),
            "grade": incident.grade,
            "readings": [
                {"policy": r.policy, "harm": r.harm, "low": r.low, "best": r.best, "high": r.high}
                for r in incident.readings
            ],
        },
    }
