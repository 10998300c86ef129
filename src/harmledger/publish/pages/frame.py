"""The frame every page shares: templates, words as filters, banners, the way to the top."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath
from typing import Any

import jinja2
from babel import localedata
from markupsafe import Markup

from harmledger import __version__
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION
from harmledger.publish import notice, words
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.highlight import quote_parts

NAVIGATION = (
    ("index.html", "Overview"),
    ("map.html", "Map"),
    ("documents.html", "Documents"),
    ("totals.html", "Totals"),
    ("unresolved.html", "Not understood"),
    ("decisions.html", "Decisions"),
    ("how-to-read.html", "How to read this"),
)


@cache
def load_environment() -> jinja2.Environment:
    """Templates of this package. Everything put into a page is escaped; missing names raise."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("harmledger.publish", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        harm=words.harm_words,
        family=lambda harm: words.HARM_FAMILIES.get(harm, "object"),
        number=words.number_words,
        day=words.day_words,
        when=words.when_words,
        place=words.place_words,
        precision=words.precision_words,
        site=words.site_words,
        means=words.means_words,
        voices=words.voices_words,
        voice_name=words.voice_name,
        voice_detail=words.voice_detail,
        reason=lambda key: words.say(words.REASON_WORDS, key),
        stance=lambda key: words.say(words.STANCE_WORDS, key),
        grade=lambda key: words.say(words.GRADE_WORDS, key),
        conflict=lambda key: words.say(words.CONFLICT_WORDS, key),
        status_reading=lambda key: words.say(words.STATUS_READINGS, key),
        spaced=lambda key: key.replace("_", " "),
        quote_parts=quote_parts,
        figure=words.claim_figure,
        language=find_language,
        web=find_web_address,
    )
    environment.globals.update(
        range_words=words.range_words,
        unit_words=words.unit_words,
        reading_words=words.reading_words,
        count_words=words.count_words,
        date_precision=words.DATE_PRECISION_WORDS,
        notice=notice,
        attribution=ATTRIBUTION,
        version=__version__,
        navigation=NAVIGATION,
    )
    return environment


def find_language(document: Document | None) -> str | None:
    """A language tag a browser knows, for reading aloud and hyphens; None when unsure."""
    code = (document.language or "").strip() if document else ""
    return code if len(code) in (2, 3) and code.isascii() and localedata.exists(code) else None


def find_web_address(address: str | None) -> str | None:
    """The address when it is one a link may lead to; never a script or a file."""
    if address and address.lower().startswith(("http://", "https://")):
        return address
    return None


def render_page(template: str, path: str, catalogue: Catalogue, **values: Any) -> str:
    """One page. ``path`` is its place in the site; links are made relative to it."""
    root = "../" * (len(PurePosixPath(path).parts) - 1)
    return (
        load_environment()
        .get_template(template)
        .render(
            path=path,
            root=root,
            catalogue=catalogue,
            view=catalogue.view,
            lines=notice.standing_lines(catalogue.view),
            claim_href=lambda claim: Markup.escape(root + catalogue.claim_page(claim)),
            incidents_of=lambda claim: catalogue.incidents_of.get(claim.id, ()),
            has_examples=any(document.example for document in catalogue.view.documents),
            **values,
        )
    )


def find_claim(catalogue: Catalogue, claim_id: str | None) -> Claim | None:
    """The claim of this id, or None: a view may name a claim that was withdrawn."""
    return catalogue.claims.get(claim_id or "")
