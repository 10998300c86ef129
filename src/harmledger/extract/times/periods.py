"""Years, decades, seasons, quarters and feasts."""

from __future__ import annotations

import re
from datetime import date

from harmledger.extract.times.calendar import add_days, easter_sunday, make_date, month_end
from harmledger.extract.times.parts import (
    PART_FIRSTS,
    PARTS,
    half_year,
    not_beyond,
    part_word,
    year_of,
)
from harmledger.extract.times.scene import (
    DIGITS,
    Reading,
    Rule,
    Scene,
    days,
    make_rule,
    unanchored,
)
from harmledger.extract.times.words import YEAR, any_of
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()
_COUNTED = load_number_words().kinds.death_numbers


def _read_year(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "in 2014", "early 2014", "the 1990s", "2014-15"."""
    if _BORN.search(scene.text, max(scene.start, match.start() - 12), match.start()):
        return None
    year, part = int(match.group("year")), part_word(match)
    if match.group("decade"):
        if year % 10:
            return None
        edtf = f"{year // 10}X"
        start, end = date(year, 1, 1), date(year + 9, 12, 31)
        if part in {"early", "mid", "late"}:
            offset = {"early": 0, "mid": 4, "late": 6}[part]
            first, last = date(year + offset, 1, 1), date(year + min(offset + 3, 9), 12, 31)
            return Reading("decade", first, last, f"{first.year}/{last.year}")
        return Reading("decade", start, end, edtf)
    if part.endswith("half"):
        return days("half_year", *half_year(part, year), anchored=False)
    if not part and not _is_year_word(match, scene):
        return None
    # "early 2014": the contract cuts months, not years, so the year is kept whole.
    start = date(year, 1, 1)
    return Reading("year", start, not_beyond(date(year, 12, 31), start, scene), f"{year:04}")


_BORN = re.compile(r"\bborn (?:in )?\Z", re.IGNORECASE)
""" "A woman born in 1958": how old she is, and no day on which anything was done."""
_BETWEEN = re.compile(
    rf"\b(?:between\s+(?:{YEAR})\s+and|from\s+(?:{YEAR})\s+(?:to|until|till|through))\s+\Z",
    re.IGNORECASE,
)
_YEAR_BEFORE = _WORDS.before_year


def _is_year_word(match: re.Match[str], scene: Scene) -> bool:
    before, after = scene.word_before(match.start()), scene.word_after(match.end())
    if before in {"in", "since", "during", "until"}:
        return True
    if _BETWEEN.search(scene.text, max(scene.start, match.start() - 24), match.start()):
        return True  # "between 2008 and 2012 gangs murdered …"
    aside = (
        scene.text[max(match.start() - 1, 0)] == "("
        and scene.text[match.end() : match.end() + 1] == ")"
    )
    if aside:
        return True
    named = scene.text[match.end() + 1 : match.end() + 2].isupper()  # "2012 Zacatecas recorded"
    counted = after in _COUNTED or (after.endswith("s") and len(after) > 4 and not named)
    if before == "the":
        return after not in _COUNTED
    return before in _YEAR_BEFORE and not counted


def _read_year_span(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "2014-2018", "2014-15"; "2022-03" is a month."""
    first, written = int(match.group("year")), match.group("until") or match.group("to")
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if len(written) == 2 and last <= first:
        month = int(written)
        if not 1 <= month <= 12:
            return None
        start = date(first, month, 1)
        return Reading("month", start, month_end(first, month), f"{first:04}-{month:02}")
    if last <= first:
        return None
    return Reading("range", date(first, 1, 1), date(last, 12, 31), f"{first:04}/{last:04}")


def _read_movable(match: re.Match[str], scene: Scene) -> Reading | None:
    """A feast fixed by sighting or locally: its day is not computed."""
    if not match.group()[0].isupper():
        return None
    return unanchored("movable_feast")


def _read_season(match: re.Match[str], scene: Scene) -> Reading | None:
    """Northern seasons in EDTF codes 21 to 24; winter is written under the year it begins."""
    code, first_month = _WORDS.seasons[match.group("season").lower()]
    year, lead = year_of(match, scene), (match.group("lead") or "").lower()
    said = lead in {"last", "this"} or scene.word_before(match.start()) in {
        "in",
        "since",
        "during",
        "over",
    }
    if year is None and (not said or not lead):
        return None
    anchored = year is None
    if year is None:
        if scene.published is None:
            return unanchored("season")
        year = _season_year(first_month, lead, scene.published)
    start = date(year, first_month, 1)
    last_month = first_month + 2
    end = month_end(year + last_month // 13, (last_month - 1) % 12 + 1)
    end = not_beyond(end, start, scene)
    return Reading("season", start, end, f"{year:04}-{code}", anchored)


def _season_year(first_month: int, lead: str, published: date) -> int:
    """The latest such season that has begun; "last" is one that has ended."""
    year = published.year - (first_month > published.month)
    if lead == "last":
        end_month = (first_month + 1) % 12 + 1
        end = month_end(year + (end_month < first_month), end_month)
        return year - (end >= published)
    return year


def _read_feast(match: re.Match[str], scene: Scene) -> Reading | None:
    """Feasts with a fixed day, or counted from Easter Sunday."""
    name = " ".join(match.group("feast").lower().split())
    year = year_of(match, scene)
    if year is None and scene.published is None:
        return unanchored("feast")
    if name == "new year" and scene.text[match.end() : match.end() + 2] in {"'s", "’s"}:
        return None  # "New Year's night" is of two years
    offset = _WORDS.easter_feasts.get(name)
    orthodox = bool(match.group("orthodox"))
    candidates = [year] if year else _years_back(scene)
    for candidate in candidates:
        if offset is None:
            found = make_date(candidate, *_WORDS.feasts[name])
        else:
            found = add_days(easter_sunday(candidate, orthodox=orthodox), offset)
        if found and (year or not scene.published or found <= scene.published):
            return days("feast", found, found, anchored=year is None)
    return None


def _years_back(scene: Scene) -> list[int]:
    return [scene.published.year, scene.published.year - 1] if scene.published else []


_FEASTS = any_of([*_WORDS.feasts, *_WORDS.easter_feasts])
_FEAST_FIRSTS = " ".join(
    {f.split()[0].split("'")[0] for f in [*_WORDS.feasts, *_WORDS.easter_feasts]}
)

PERIODS: tuple[Rule, ...] = (
    make_rule(
        "year",
        PART_FIRSTS + DIGITS,
        rf"(?:the\s+)?{PARTS}(?P<year>(?:1[89]|20)\d{{2}})(?P<decade>['’]?s)?(?![\d-]\d)",
        _read_year,
    ),
    make_rule(
        "year_span",
        f"{DIGITS} the",
        r"(?:the\s+)?(?P<year>(?:1[89]|20)\d{2})(?:[-‐‑–—/](?P<until>(?:1[89]|20)\d{2}|\d{2})"
        rf"|\s+(?:to|until|through)\s+(?P<to>{YEAR}))",
        _read_year_span,
    ),
    make_rule(
        "movable_feast",
        " ".join({feast.split()[0] for feast in _WORDS.movable_feasts}),
        any_of(_WORDS.movable_feasts),
        _read_movable,
    ),
    make_rule(
        "season",
        " the last this next " + " ".join(_WORDS.seasons),
        rf"(?:(?P<lead>last|this|the|next)\s+)?(?P<season>{any_of(_WORDS.seasons)})"
        rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|\s+(?:of\s+)?(?P<rel>this|last)\s+year)?",
        _read_season,
    ),
    make_rule(
        "feast",
        "orthodox " + _FEAST_FIRSTS,
        rf"(?P<orthodox>orthodox\s+)?(?P<feast>{_FEASTS})(?:,?\s+(?:in\s+|of\s+)?(?P<year>{YEAR}))?",
        _read_feast,
    ),
)
