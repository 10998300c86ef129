"""Exports: one traversal, many listeners. A format is one small class and one line in FORMATS."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harmledger.core.errors import WrongUsage
from harmledger.core.view import LedgerView
from harmledger.publish.exports.areas import IncidentMap
from harmledger.publish.exports.lines import JsonLines
from harmledger.publish.exports.listen import Listener, traverse
from harmledger.publish.exports.tables import Tables
from harmledger.publish.folder import Manifest, manifest_name, staged_folder
from harmledger.publish.notice import render_readme

FORMATS: dict[str, Callable[[], Listener]] = {
    "jsonl": JsonLines,
    "csv": Tables,
    "geojson": IncidentMap,
}


def write_export(
    view: LedgerView, texts: Callable[[str], str], folder: Path, format: str
) -> tuple[Path, ...]:
    """Write ``view`` to ``folder`` as ``format`` and return the files, in order of their names.

    ``texts`` gives the text for a ``text_sha256``. The same view gives the same bytes.

    Raises:
        WrongUsage: no such format, or a file that harmledger did not write stands in the way.
    """
    if format not in FORMATS:
        raise WrongUsage(f"There is no export format {format!r}; choose {', '.join(FORMATS)}.")
    listener = FORMATS[format]()
    manifest = Manifest(
        kind=format, policies=view.policies, as_of=view.as_of, head=view.head, files={}
    )
    with staged_folder(folder, manifest) as staging:
        (staging / "README.txt").write_text(render_readme(view), encoding="utf-8", newline="")
        listener.setup(staging, view)
        try:
            for record in traverse(view, texts):
                listener.feed(record)
        finally:
            listener.finish()
        names = sorted(p.relative_to(staging).as_posix() for p in staging.rglob("*") if p.is_file())
    return tuple(folder / name for name in [*names, manifest_name(format)])
