"""Titles of what is shown, made only from what is shown."""

from __future__ import annotations

from harmledger.core.edition import ShownPlace, ShownVoice, ShownWhen
from harmledger.publish.words import day_words

NO_PLACE, NO_DATE = "place not shown", "date not known"


def title_of(place: ShownPlace | None, site: str | None, occurred: ShownWhen | None) -> str:
    """ "Kunduz province, hospital, 3 October 2015"."""
    parts = [place_of(place)]
    if site:
        parts.append(site.replace("_", " "))
    parts.append(days_of(occurred))
    return ", ".join(parts)


def place_of(place: ShownPlace | None) -> str:
    """Name and the province or country that holds it."""
    if place is None or place.name is None:
        return NO_PLACE
    held = place.admin1 if place.admin1 and place.admin1 != place.name else None
    return f"{place.name} ({held})" if held else place.name


def days_of(when: ShownWhen | None) -> str:
    """The day, or first and last day."""
    if when is None or not when.earliest:
        return NO_DATE
    first, last = day_words(when.earliest), day_words(when.latest or when.earliest)
    return first if first == last else f"{first} – {last}"


def speaker_of(voice: ShownVoice) -> str:
    """Name, office, body, else the side; a sealed person is said to be one."""
    who = [part for part in (voice.name, voice.office, voice.body) if part]
    if not who:
        who = [voice.side.replace("_", " ")]
    return ", ".join(who) + (" (person not named)" if voice.sealed else "")
