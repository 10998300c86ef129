"""How values are said in words: one place, so that every page and file says it the same way."""

from __future__ import annotations

import re

from harmledger.core.claim import Claim, Means, Site, Voice
from harmledger.core.incident import Reading
from harmledger.core.place import Place
from harmledger.core.when import When

HARM_WORDS = {
    "killed": "killed",
    "injured": "injured",
    "killed_or_injured": "killed or injured",
    "missing": "missing",
    "detained": "detained",
    "abducted": "abducted",
    "displaced": "displaced",
    "trapped": "trapped",
    "sexual_violence": "sexual violence",
    "object_struck": "struck",
    "service_denied": "cut off from services",
    "access_denied": "access denied",
    "mass_burial": "mass burial",
}
HARM_FAMILIES = {
    "killed": "death",
    "mass_burial": "death",
    "injured": "injury",
    "killed_or_injured": "injury",
    "missing": "liberty",
    "detained": "liberty",
    "abducted": "liberty",
    "trapped": "liberty",
    "sexual_violence": "liberty",
    "displaced": "access",
    "service_denied": "access",
    "access_denied": "access",
    "object_struck": "object",
}
"""Five families share a mark (colour and underline); the harm itself is always written out."""

STANCE_WORDS = {
    "asserts": "says",
    "denies": "denies",
    "disputes": "disputes",
    "retracts": "takes back",
    "cannot_confirm": "cannot confirm",
}
STATUS_READINGS = {
    "assume_civilian": "people not said to be combatants, counted as civilians",
    "strict": "only people a voice calls civilian",
    "combatant": "people said to be combatants",
    "all": "everyone",
}
PRECISION_WORDS = {
    1: "exact place",
    2: "within 25 km",
    3: "district",
    4: "province",
    5: "an area, drawn wide",
    6: "country only",
    7: "at sea or in the air",
}
DATE_PRECISION_WORDS = {
    1: "to the day",
    2: "to within 2–6 days",
    3: "to the week",
    4: "to the month",
    5: "to the year or wider",
}
REASON_WORDS = {
    "out_of_scope": "out of scope",
    "number_without_harm": "a number, no harm found for it",
    "harm_without_claim": "a harm word, no claim made",
    "place_unknown": "place not in the gazetteer",
    "place_ambiguous": "place name with several places",
    "date_unanchored": "date that cannot be anchored",
    "date_conflict": "dates that disagree",
    "readings_disagree": "two ways of reading disagree",
    "language_unread": "language not read",
    "speaker_unsure": "speaker not certain",
    "end_of_harm": "the end of a harm",
    "presence": "people present, not harmed",
    "furniture_number": "number in page furniture",
    "no_publication_date": "no publication date",
}
GRADE_WORDS = {
    "confirmed": "a belligerent accepted it",
    "fair": "two or more independent origins in different documents",
    "weak": "one origin, or one document",
    "contested": "two or more parties named as responsible for the same harm",
    "discounted": "set aside by a logged decision",
}
CONFLICT_WORDS = {
    "range": "The figures differ",
    "parts_exceed_whole": "The parts come to more than the whole",
    "below_floor": "A whole figure lies below what others saw",
    "responsibility": "Different parties are held responsible",
    "denied": "Denied",
    "total": "A total is smaller than the incidents inside it",
}
UNIT_WORDS = {
    "persons": ("person", "people"),
    "households": ("household", "households"),
    "facilities": ("facility", "facilities"),
    "vehicles": ("vehicle", "vehicles"),
    "attacks": ("attack", "attacks"),
    "graves": ("grave", "graves"),
}
OWN_VOICE = "the outlet’s own voice"
NOT_STATED = "no number stated"
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$")


def say(table: dict[str, str], key: str) -> str:
    """The words for ``key``; a key nobody wrote words for is said as it is."""
    return table.get(key, key.replace("_", " "))


def harm_words(harm: str) -> str:
    return say(HARM_WORDS, harm)


def number_words(value: int) -> str:
    """A whole number with thousands marked: 1207 -> "1,207"."""
    return f"{value:,}".replace("-", "−")


def range_words(low: int | None, high: int | None) -> str:
    """low and high as a reader says them, one number where they agree. Null is "not stated" and
    is never filled in."""
    if low is None and high is None:
        return NOT_STATED
    if high is None:
        return f"{number_words(low or 0)} or more"
    if low is None:
        return f"{number_words(high)} or fewer"
    if low == high:
        return number_words(low)
    return f"{number_words(low)}–{number_words(high)}"


def unit_words(unit: str, low: int | None, high: int | None) -> str:
    """The unit, in the singular when exactly one is meant."""
    one, many = UNIT_WORDS.get(unit, (unit, unit))
    return one if (low, high) == (1, 1) else many


def reading_words(reading: Reading) -> str:
    """One reading in one line: "killed 19–42 people"."""
    unit = unit_words(reading.unit, reading.low, reading.high)
    return f"{harm_words(reading.harm)} {range_words(reading.low, reading.high)} {unit}"


def voice_name(voice: Voice) -> str:
    """The shortest true name of one speaker."""
    return voice.name or voice.organisation or voice.as_written or voice.role or "unnamed speaker"


def voice_detail(voice: Voice) -> str:
    """What else is known of the speaker: role, body, side."""
    said = voice_name(voice)
    parts = [part for part in (voice.role, voice.organisation) if part and part != said]
    if voice.side != "unknown":
        parts.append(voice.side.replace("belligerent:", "belligerent: ").replace("_", " "))
    if voice.channel:
        parts.append(f"by way of {voice.channel}")
    if voice.unsure:
        parts.append("speaker resolved from a pronoun, not certain")
    return "; ".join(parts)


def voices_words(voices: tuple[Voice, ...]) -> str:
    """A quote chain: the originator first, then who passed it on (R15)."""
    if not voices:
        return OWN_VOICE
    first, *relayers = [voice_name(voice) for voice in voices]
    return ", told by ".join([first, *relayers])


def when_words(when: When | None) -> str:
    """When something is said to have happened, as days; as written when it has no anchor."""
    if when is None:
        return "date not said"
    if when.earliest is None and when.latest is None:
        return f"“{when.as_written}” (no date can be anchored)"
    if when.earliest == when.latest:
        return when.earliest or ""
    return f"{when.earliest or 'open'} to {when.latest or 'open'}"


def place_words(place: Place | None) -> str:
    """The place with its country code; several places as a list."""
    if place is None:
        return "place not said"
    if place.members:
        return ", ".join(place_words(member) for member in place.members)
    name = place.name or f"“{place.as_written}”"
    country = f" ({place.country})" if place.country and place.kind != "country" else ""
    return name + country


def precision_words(place: Place | None) -> str:
    """How precise the place is, in UCDP's steps; "" where nothing is known."""
    if place is None or place.precision is None:
        return ""
    words = PRECISION_WORDS.get(place.precision, "")
    return f"{words}; disputed territory" if place.disputed else words


def site_words(site: Site | None) -> str:
    if site is None:
        return ""
    kind = site.kind.replace("_", " ")
    condition = "" if site.condition == "unknown" else f", {site.condition}"
    return f"{site.name} ({kind}){condition}" if site.name else kind + condition


def means_words(means: Means | None) -> str:
    if means is None:
        return ""
    weapon = "" if means.weapon == "other" else means.weapon.replace("_", " ")
    launch = "" if means.launch == "unknown" else f"{means.launch}-launched"
    return ", ".join(part for part in (weapon, launch) if part) or (means.as_written or "")


def claim_figure(claim: Claim) -> str:
    """The figure of a claim: "3", "17–18", "2 or more", "no number stated"."""
    return range_words(claim.quantity.low, claim.quantity.high)


def count_words(count: int, one: str, many: str) -> str:
    """ "1 claim", "3 claims"."""
    return f"{number_words(count)} {one if count == 1 else many}"


def day_words(moment: str | None) -> str:
    """An ISO date or date-time for reading: the day, and the clock with its zone if given."""
    if not moment:
        return "undated"
    found = _MOMENT.match(moment)
    if found is None:
        return moment
    day, clock, zone = found.groups()
    return f"{day} {clock} {'UTC' if zone in ('Z', '+00:00') else zone or ''}".strip()
