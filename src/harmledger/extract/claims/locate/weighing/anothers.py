"""Places that the sentence gives to another of its claims: "a man was killed in Nikopol and three
people were injured in Marhanets" sets nobody who was injured in Nikopol.

Only where the claim has a place of its own as plainly: "two were killed and five wounded in
Kherson" leaves the two where the five were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.areas import FINE, holds
from harmledger.extract.claims.locate.own_place import IN, fit_of_place, is_title, names_an_office
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.offers import Offer, Offers, place_key
from harmledger.extract.passage import Passage

_WIDE = frozenset({"country", "continent", "macro_region", None})
_BEHIND = re.compile(
    r"[^,;:()]{0,60}?\b(?:in|at|near|outside|around)\s+(?:the\s+)?"
    r"(?:(?:village|town|city|settlement|community|suburb|district|hamlet)\s+of\s+)?"
    r"(?:[A-Z][\w'’-]+\s+district\s+of\s+)?",
)
_FITS = 1.5


_IN_ITS_WORDS = frozenset({"here: in the claim's words", "several: in the claim's words"})


def bar_elsewhere_than_struck(asked: Asked, offers: Offers[Place]) -> None:
    """ "The Krasnopillia community was shelled": a place that was itself struck is where it was."""
    if not any(note.rule == "site:place_struck" for note in asked.draft.notes):
        return
    if not any(offer.marks.keys() & _IN_ITS_WORDS for offer in offers):
        return
    for offer in offers:
        if not offer.marks.keys() & _IN_ITS_WORDS:
            offers.drop(offer.key)


_OPENS = re.compile(r"(?:In|At|Near|Outside) (?:the )?(?:\w+ of )?")
_ONLY = "here: the only one"


def bar_carried_where_framed(asked: Asked, offers: Offers[Place]) -> None:
    """ "In Selydove, five people were injured and 13 houses damaged", "Antonivka was shelled: a
    house burned": the one place that frames the sentence is no less the second claim's."""
    framing = next((o for o in offers if _ONLY in o.marks), None)
    if framing is None or framing.value is None or framing.value.kind not in FINE:
        return
    if framing.marks.keys() & {"here: where the hurt were taken", "here: of a speaker or office"}:
        return
    start = (framing.span or (0, 0))[0] - asked.passage.start
    opening = _OPENS.match(asked.passage.text)
    opens = opening is not None and opening.end() == start
    struck = any(n.rule == "site:place_struck" for d in asked.drafts for n in d.notes)
    if opens or (struck and ":" in asked.passage.text):
        for offer in offers:
            if "here" not in offer.marks:
                offers.drop(offer.key)


_IN_REGION = re.compile(r"\bin (?:the|this) (?:whole )?(?:region|oblast|province)\b")


def is_resumed_region(asked: Asked, offer: Offer[Place]) -> bool:
    """Whether the sentence counts in "the region" named before, and the offer is that region."""
    resumed = "a word for a place named before" in offer.marks
    region = offer.value is not None and offer.value.kind == "admin1"
    return resumed and region and _IN_REGION.search(asked.passage.text) is not None


def bar_towns_of_region(asked: Asked, offers: Offers[Place]) -> None:
    """ "In total, shelling killed four people in the region": not in the town told before."""
    resumed = next((o.value for o in offers if is_resumed_region(asked, o)), None)
    if resumed is None:
        return
    for offer in offers:
        carried = offer.value is not None and "here" not in offer.marks
        if carried and offer.value != resumed and offer.value and holds(resumed, offer.value):
            offers.drop(offer.key)


def bar_office_held(asked: Asked, offers: Offers[Place]) -> None:
    """ "The mayor of Odesa said a strike had killed five": an office that somebody holds is no
    place of a harm, where nothing else is said to be there."""
    for seen in asked.passage.places:
        offer = offers.find(place_key(seen.place))
        if offer is None or "only of speakers and offices" not in offer.marks:
            continue
        if names_an_office(asked.passage, seen) and len(offers) > 1:
            offers.drop(offer.key)


def bar_anothers_place(asked: Asked, offers: Offers[Place]) -> None:
    """Drop what stands right behind another claim's words, or in another part of the sentence."""
    passage, draft = asked.passage, asked.draft
    if len(passage.places) < 2:
        return
    own = {place_key(seen.place) for seen in _right_behind(asked, draft)}
    others = [d for d in asked.drafts if d.end <= draft.start or d.start >= draft.end]
    theirs = {place_key(seen.place) for d in others for seen in _right_behind(asked, d)}
    if not own:
        own, theirs = _of_whole(asked)
    if not own or not theirs - own:
        own, theirs = _by_part(asked)
    for key in theirs - own if own else ():
        offer = offers.find(key)
        if offer is not None and offer.marks.keys() & {"here"}:
            offers.drop(key)


def _right_behind(asked: Asked, draft: Draft) -> Iterator[SeenPlace]:
    """The places told behind a claim's words, before any comma and any other claim."""
    passage = asked.passage
    limit = min((d.start for d in asked.drafts if d.start >= draft.end), default=passage.end)
    for seen in passage.places:
        between = passage.text[draft.end - passage.start : max(0, seen.start - passage.start)]
        named = seen.place.kind not in _WIDE  # "died in the US air strike on … in Kunduz"
        if named and draft.end <= seen.start <= limit and _BEHIND.fullmatch(between) is not None:
            yield seen


def _of_whole(asked: Asked) -> tuple[set[object], set[object]]:
    """ "Three were killed in Donetsk region: two in Toretsk and one in Chasiv Yar": the whole is
    set where none of its parts is, before them."""
    number = next((n for n, d in enumerate(asked.drafts) if d is asked.draft), None)
    parts = [d for d in asked.drafts if d.kin is not None and d.kin == number]
    theirs = [seen for d in parts for seen in _right_behind(asked, d)]
    if len({place_key(seen.place) for seen in theirs}) < 2:
        return set(), set()
    first = min(seen.start for seen in theirs)
    keys = {place_key(seen.place) for seen in theirs}
    own = {
        place_key(seen.place)
        for seen in asked.passage.places
        if seen.start < first and _is_set_in(asked.passage, asked.draft, seen)
    }
    return own - keys, keys


def _by_part(asked: Asked) -> tuple[set[object], set[object]]:
    """The places of the claim's part between semicolons, and those of the other parts."""
    passage, draft = asked.passage, asked.draft
    text = passage.text
    at = draft.start - passage.start
    start, end = text.rfind(";", 0, at) + 1, text.find(";", at)
    end = len(text) if end < 0 else end
    own: set[object] = set()
    theirs: set[object] = set()
    for seen in passage.places:
        inside = start <= seen.start - passage.start < end
        if not inside:
            theirs.add(place_key(seen.place))
        elif _is_set_in(passage, draft, seen):
            own.add(place_key(seen.place))
    return own, theirs


def _is_set_in(passage: Passage, draft: Draft, seen: SeenPlace) -> bool:
    lead = passage.text[: seen.start - passage.start].lower().split()[-2:]
    behind = bool(lead) and (
        lead[-1] in IN - {"from", "of"} or (lead[-1] == "the" and lead[0] in IN)
    )
    return behind and not is_title(passage, seen) and fit_of_place(passage, draft, seen) >= _FITS
