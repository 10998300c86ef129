"""Search over incidents, places, claims and texts, in any script."""

from __future__ import annotations

from fastapi import Request, Response

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.index import Index
from harmledger.index.search import SEARCHED, Hit, find_places, search
from harmledger.publish.words import (
    claim_figure,
    harm_words,
    place_words,
    unit_words,
    voices_words,
    when_words,
)
from harmledger.web.frame import render
from harmledger.web.guard import desk_of, visitor_of
from harmledger.web.sealing import seal_shown
from harmledger.web.ways import get

AROUND = 90
"""Letters shown on both sides of what was found."""
MOST = 10
MOST_PLACES = 12


class Found(Value, frozen=True, kw_only=True):
    """A hit with its words around what was looked for."""

    href: str
    title: str
    at: str | None
    before: str
    match: str
    after: str


def show_search(request: Request) -> Response:
    """Each kind on its own; at most :data:`MOST` of one, and how many there are."""
    index = desk_of(request).index_for(visitor_of(request))
    said = request.query_params.get("q", "").strip().replace("\0", "")[:200]
    found: list[tuple[str, str, list[Found], int]] = []
    if said:
        for kind, title in (
            ("incident", "Incidents"),
            ("claim", "Claims"),
            ("document", "Documents"),
        ):
            hits, total = search(index, said, kind, MOST)
            found.append((kind, title, [place_hit(request, index, h, said) for h in hits], total))
    places = find_places(index, said, MOST_PLACES) if said else []
    return render(
        request, "desk-search.html.j2", said=said, found=found, places=places, most=SEARCHED
    )


def place_hit(request: Request, index: Index, hit: Hit, said: str) -> Found:
    """Where a hit leads, what it is, and the words around what was looked for."""
    title, _, rest = hit.words.partition("\n")
    href, words = f"/documents/{hit.ref}", rest or title
    if hit.kind == "claim" and (found := index.find_claim(hit.ref)):
        claim = seal_shown(found, desk_of(request), visitor_of(request)).claim
        href, title = f"/documents/{claim.document}#{hit.ref}", claim_title(claim)
        words = claim.span.sentence
    elif hit.kind == "incident" and (incident := index.find_incident(hit.ref)):
        href, title = f"/incidents/{hit.ref}", incident.title
        words = f"{when_words(incident.occurred)}, {place_words(incident.place)}"
    before, match, after = cut_around(words, said)
    return Found(href=href, title=title, at=hit.at, before=before, match=match, after=after)


def claim_title(claim: Claim) -> str:
    """What a claim says and who says so, in a line."""
    quantity = claim.quantity
    unit = unit_words(quantity.unit, quantity.low, quantity.high)
    stated = quantity.low is not None or quantity.high is not None
    figure = f"{claim_figure(claim)} {unit}" if stated else claim_figure(claim)
    return f"{harm_words(claim.harm)} {figure}, {voices_words(claim.voice)}"


def cut_around(words: str, said: str) -> tuple[str, str, str]:
    """The first place where any word looked for stands, with what is around it, at whole words."""
    wanted = [w.strip('"') for w in (said, *said.split()) if w.strip('"')]
    for word in wanted:
        at = words.casefold().find(word.casefold())
        if at >= 0 and len(words.casefold()) == len(words):
            end = at + len(word)
            return _from_word(words[:at]), words[at:end], _to_word(words[end:])
    return _to_word(words, 2 * AROUND), "", ""


def _from_word(words: str) -> str:
    cut = words[-AROUND:]
    return words if cut == words else f"… {cut.partition(' ')[2]}"


def _to_word(words: str, most: int = AROUND) -> str:
    cut = words[:most]
    return words if cut == words else f"{cut.rpartition(' ')[0]} …"


WAYS = (get("/search", "read", show_search),)
