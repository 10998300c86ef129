"""The pages: rendered one by one, written to a folder that opens from disk without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path

from harmledger.core.view import LedgerView
from harmledger.publish.catalogue import build_catalogue
from harmledger.publish.folder import Manifest, staged_folder
from harmledger.publish.notice import render_readme
from harmledger.publish.pages.document import Blocks, render_document, render_documents
from harmledger.publish.pages.incident import render_incident
from harmledger.publish.pages.lists import (
    render_decisions,
    render_how_to_read,
    render_map,
    render_totals,
    render_unresolved,
)
from harmledger.publish.pages.overview import render_overview


def render_site(
    view: LedgerView, texts: Callable[[str], str], blocks: Blocks | None = None
) -> Iterator[tuple[str, str]]:
    """Every file of the site as (path, content), in a fixed order.

    ``texts`` gives the text for a ``text_sha256``; ``blocks``, where given, the reader's own
    blocks of it, so that page furniture is greyed and paragraphs are the reader's.
    """
    catalogue = build_catalogue(view, texts)
    yield "assets/site.css", load_style()
    yield "index.html", render_overview(catalogue)
    yield "map.html", render_map(catalogue)
    yield "documents.html", render_documents(catalogue)
    yield "totals.html", render_totals(catalogue)
    yield "unresolved.html", render_unresolved(catalogue)
    yield "decisions.html", render_decisions(catalogue)
    yield "how-to-read.html", render_how_to_read(catalogue)
    for incident in view.incidents:
        yield catalogue.files[incident.id], render_incident(catalogue, incident)
    for document in view.documents:
        yield catalogue.files[document.id], render_document(catalogue, document, blocks)
    yield "README.txt", render_readme(view)


def load_style() -> str:
    return resources.files("harmledger.publish").joinpath("assets/site.css").read_text("utf-8")


def write_site(
    view: LedgerView, texts: Callable[[str], str], folder: Path, blocks: Blocks | None = None
) -> Path:
    """Write the site to ``folder`` and return the path of its ``index.html``.

    Raises:
        WrongUsage: a file that harmledger did not write stands in the way.
    """
    manifest = Manifest(
        kind="site", policies=view.policies, as_of=view.as_of, head=view.head, files={}
    )
    with staged_folder(folder, manifest) as staging:
        for path, content in render_site(view, texts, blocks):
            target = staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8", newline="")
    return folder / "index.html"
