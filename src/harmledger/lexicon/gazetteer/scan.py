"""Finds names in running text: the longest sequence of words that is a name in the gazetteer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import regex

from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.gazetteer.tables import WordLists
from harmledger.lexicon.gazetteer.tokens import Word, find_words
from harmledger.lexicon.gazetteer.values import POINTLESS_KINDS, Doubt, GazetteerPlace, PlaceHit

Span = tuple[int, int]
Finder = Callable[[str], tuple[GazetteerPlace, ...]]

LONGEST_NAME = 6
LONGEST_JOINED_NAME = 10
WELL_KNOWN = 100_000
_GAP_IN_NAME = regex.compile(r"(?:['’]s)?[ \u00a0\t]?[-\u2010\u2011&]?[ \u00a0\t]?\n?\Z")
_GAP_AFTER_ABBREVIATED = regex.compile(r"\. \Z")
_ENGLISH = frozenset({"as", "an", "at"})
"""Articles of other tongues that are English words too: before a name only with a hyphen."""
_ABBREVIATED = frozenset({"St", "Ste", "Mt", "Ft"})
_IN = regex.compile(
    r"(?:,? (?:in|of|inside|within) (?:the )?(?:[\w-]+ern |\w+ )?|,? (?:the )?|\s?\((?:in )?)\Z"
)
_OWNER = regex.compile(r"['’]s (?:[\w-]+ern |\w+ )?\Z")


@dataclass(frozen=True)
class _Context:
    """One text being read."""

    text: str
    words: tuple[Word, ...]
    small_words: frozenset[str]
    shouted: frozenset[int]
    """Positions of words in lines where nearly every word has a capital."""


class NameScanner:
    """Holds the word lists; :meth:`scan` keeps nothing between texts."""

    def __init__(
        self,
        named: Finder,
        abbreviated: Finder,
        demonyms: Mapping[str, str],
        words: WordLists,
    ) -> None:
        self._named = named
        self._abbreviated = abbreviated
        self._demonyms = demonyms
        self._never_alone = words.never_alone
        self._opens_small = words.articles - _ENGLISH
        self._explained = words.never_alone | words.followers | frozenset(demonyms)
        self._words = words

    def scan(
        self, text: str, *, tokens: Sequence[Span] | None = None, exclude: Sequence[Span] = ()
    ) -> tuple[PlaceHit, ...]:
        """The hits in order, none overlapping."""
        words = find_words(text, tokens)
        context = _Context(text, words, _small_words(words), _shouted(words))
        shut = _touched(words, exclude)
        hits: list[PlaceHit] = []
        at = 0
        while at < len(words):
            hit, after = self._longest(context, at, shut)
            if hit is not None:
                hits.append(hit)
            at = after
        return _with_containers(text, tuple(hits))

    def _longest(
        self, context: _Context, at: int, shut: frozenset[int]
    ) -> tuple[PlaceHit | None, int]:
        """The hit starting at this word, and the position to go on from."""
        words = context.words
        if at in shut or not self._may_start(words, at):
            return None, at + 1
        for length in range(_reach(words, at), 0, -1):
            last = at + length - 1
            if any(position in shut for position in range(at, last + 1)):
                continue
            if not words[last].is_capital:
                continue
            hit = self._hit(context, at, last)
            if hit is not None:
                return hit, last + 1
        return None, at + 1

    def _may_start(self, words: tuple[Word, ...], at: int) -> bool:
        word = words[at]
        if word.is_capital:
            return True
        following = words[at + 1] if at + 1 < len(words) else None
        if following is None or following.gap not in ("-", " ") or not following.is_capital:
            return False
        key = name_key(word.written)
        return key in self._opens_small or (following.gap == "-" and key in _ENGLISH)

    def _hit(self, context: _Context, first: int, last: int) -> PlaceHit | None:
        words = context.words
        start, end = words[first].start, words[last].end
        written = context.text[start:end]
        places = self._abbreviated(written) or self._candidates(context, first, last)
        demonym = self._demonym(written, places)
        if demonym is not None:
            return PlaceHit(
                start=start, end=end, as_written=written, key=name_key(written), demonym=demonym
            )
        if not places or (first == last and self._is_never(words[first])):
            return None
        level, extended = None, end
        if not any(place.kind in POINTLESS_KINDS for place in places):
            level, extended = self._level(context, first, last)
        return PlaceHit(
            start=start,
            end=extended,
            as_written=context.text[start:extended],
            key=name_key(written),
            level=level,
            direction=self._direction(words, first),
            doubt=self._doubt(context, first, last),
            candidates=places,
        )

    def _demonym(self, written: str, places: tuple[GazetteerPlace, ...]) -> str | None:
        """The country of "Ukrainian"; "Philippines" is no plural of "Philippine"."""
        if not written[0].isupper() or any(
            place.kind == "country" and not place.alias for place in places
        ):
            return None
        return self._demonyms.get(name_key(written))

    def _candidates(self, context: _Context, first: int, last: int) -> tuple[GazetteerPlace, ...]:
        """The entries of this name; for a lone short word in capitals only well-known ones."""
        written = context.text[context.words[first].start : context.words[last].end]
        places = self._named(written)
        if first != last or not (written.isupper() and written.isascii() and len(written) <= 5):
            return places
        if len(written) < 4 or name_key(written) in self._words.acronyms:
            return ()
        start, end = context.words[first].start, context.words[last].end
        if first in context.shouted or _opens_dateline(context.text, start, end):
            return places
        return tuple(place for place in places if _is_well_known(place))

    def _is_never(self, word: Word) -> bool:
        """True for a lone word that is no place: "The", "Northern", "Thursday", "President"."""
        if self._abbreviated(word.written):
            return False
        key = name_key(word.written)
        return key in self._never_alone or len(key) < (3 if word.is_cased else 1)

    def _level(self, context: _Context, first: int, last: int) -> tuple[str | None, int]:
        """What the words around call it, and where the hit ends: a kind word after the name
        belongs to it ("Kyiv region"), one before does not ("the province of Idlib")."""
        words = context.words
        following = words[last + 1] if last + 1 < len(words) else None
        council = _local_government(words, last)
        if council is not None:
            return "district", words[council].end
        if following is not None and following.gap == " " and not words[last].possessive:
            level = self._words.admin_words.get(name_key(following.written))
            if level == "town":
                return level, words[last].end
            if level is not None:
                return level, following.end
        if first >= 2 and words[first - 1].written.casefold() == "of":
            level = self._words.admin_words.get(name_key(words[first - 2].written))
            if level is not None and words[first].gap == " ":
                return level, words[last].end
        return None, words[last].end

    def _direction(self, words: tuple[Word, ...], first: int) -> str | None:
        if first == 0 or words[first].gap not in (" ", "-"):
            return None
        key = name_key(words[first - 1].written)
        return key if key in self._words.directions else None

    def _doubt(self, context: _Context, first: int, last: int) -> Doubt | None:
        words = context.words
        key = name_key(context.text[words[first].start : words[last].end])
        is_word = self._is_word(context, first, last)
        is_personal = key in self._words.personal_names
        if first not in context.shouted and words[first].is_cased:
            before = self._before(context, first)
            if before is None and self._runs_on(context, last):
                before = "beside_name"
            if before == "surname" and is_personal:
                return "person"
            if before is not None and (is_word or is_personal):
                return "in_longer_name"
            if before is not None:
                return before
        opens = words[first].is_cased and words[first].starts_sentence
        if is_word:
            plain = opens or first in context.shouted or key in context.small_words
            return "common_word" if plain else "word_as_name"
        if is_personal:
            return "personal_name"
        alone = first == last and first not in context.shouted
        return "first_word" if opens and alone else None

    def _is_word(self, context: _Context, first: int, last: int) -> bool:
        """True if every word of the name is an ordinary one ("Opportunity", "The Northern")."""
        keys = [name_key(word.written) for word in context.words[first : last + 1]]
        if first == last and keys[0] in context.small_words:
            return True
        return all(key in self._words.common_words or key in self._never_alone for key in keys)

    def _before(self, context: _Context, first: int) -> Doubt | None:
        """What a capitalised word right before makes of the name: "Joe Dunn", "Lake Victoria"."""
        if first == 0:
            return None
        before = context.words[first - 1]
        gap = context.words[first].gap
        if gap != " " or before.possessive or not before.is_capital or not before.is_cased:
            return None
        key = name_key(before.written)
        if key in self._words.makes_other_name:
            return "in_longer_name"
        if key in self._words.titles:
            return "surname"
        if before.is_all_capitals or self._is_explained(before, context):
            return None
        return "beside_name" if before.starts_sentence else "surname"

    def _runs_on(self, context: _Context, last: int) -> bool:
        """True if a capitalised word nothing explains follows: "Paris Hilton"."""
        words = context.words
        after = words[last + 1] if last + 1 < len(words) else None
        if after is None or words[last].possessive or after.gap != " ":
            return False
        if _local_government(words, last) is not None:
            return False
        if not after.is_capital or after.is_all_capitals:
            return False
        return not self._is_explained(after, context)

    def _is_explained(self, word: Word, context: _Context) -> bool:
        """True for a capitalised word that may stand beside a place without naming with it."""
        key = name_key(word.written)
        return (
            key in self._explained
            or key in context.small_words
            or (word.starts_sentence and key.endswith(("ing", "ed", "ly")))
            or self._is_region_or_country(word.written)
        )

    def _is_region_or_country(self, written: str) -> bool:
        if self._abbreviated(written):
            return True
        if name_key(written) in self._words.personal_names:
            return False
        return any(
            place.kind == "country" or (place.kind == "admin1" and place.population >= WELL_KNOWN)
            for place in self._named(written)
            if not place.alias
        )


_LOCAL_GOVERNMENT = ("local", "government")


def _local_government(words: tuple[Word, ...], last: int) -> int | None:
    """Where "Guma Local Government Area" ends, a kind word of three words."""
    behind = words[last + 1 : last + 3]
    if words[last].possessive or tuple(w.written.lower() for w in behind) != _LOCAL_GOVERNMENT:
        return None
    if any(word.gap != " " for word in behind):
        return None
    area = words[last + 3] if last + 3 < len(words) else None
    named = area is not None and area.gap == " " and area.written.lower() in {"area", "council"}
    return last + 3 if named else last + 2


def _is_well_known(place: GazetteerPlace) -> bool:
    """Enough to be meant by a lone word in capitals, as in a dateline: "GOMA"."""
    return (
        place.kind in POINTLESS_KINDS | {"admin1", "area"}
        or place.capital
        or (place.population >= WELL_KNOWN and not place.alias)
    )


def _reach(words: tuple[Word, ...], at: int) -> int:
    """How many words from here may be one name: up to the first gap that is none in a name."""
    joined = words[at].is_joined
    longest = LONGEST_JOINED_NAME if joined else LONGEST_NAME
    length = 1
    while length < longest and at + length < len(words):
        word, before = words[at + length], words[at + length - 1]
        abbreviated = before.written in _ABBREVIATED and _GAP_AFTER_ABBREVIATED.match(word.gap)
        if joined != word.is_joined or (joined and word.gap):
            break
        if not (abbreviated or _GAP_IN_NAME.match(word.gap)):
            break
        length += 1
    return length


def _touched(words: tuple[Word, ...], spans: Sequence[Span]) -> frozenset[int]:
    """Positions of words that overlap any of the spans."""
    starts = [word.start for word in words]
    touched: set[int] = set()
    for start, end in spans:
        at = max(0, bisect_left(starts, start) - 1)
        while at < len(words) and words[at].start < end:
            if words[at].end > start:
                touched.add(at)
            at += 1
    return frozenset(touched)


def _small_words(words: tuple[Word, ...]) -> frozenset[str]:
    """What the text also writes without a capital: "police" shows that "Police" is a word."""
    return frozenset(
        name_key(word.written) for word in words if word.is_cased and word.written.islower()
    )


def _shouted(words: tuple[Word, ...]) -> frozenset[int]:
    """Positions in lines, headlines mostly, where nearly every longer word has a capital."""
    shouted: set[int] = set()
    line: list[int] = []
    for position, word in enumerate(words):
        if "\n" in word.gap and line:
            shouted.update(line if _is_shouted(words, line) else ())
            line = []
        line.append(position)
    shouted.update(line if _is_shouted(words, line) else ())
    return frozenset(shouted)


def _is_shouted(words: tuple[Word, ...], line: Sequence[int]) -> bool:
    longer = [words[position] for position in line if len(words[position].written) > 3]
    capitals = sum(word.is_capital for word in longer)
    return len(longer) >= 3 and capitals >= 0.75 * len(longer)


def _with_containers(text: str, hits: tuple[PlaceHit, ...]) -> tuple[PlaceHit, ...]:
    """Hits with ``within`` set: "Pandi, Bulacan", "Kunduz in northern Afghanistan"."""
    linked: list[PlaceHit] = []
    for number, hit in enumerate(hits):
        following = hits[number + 1] if number + 1 < len(hits) else None
        before = hits[number - 1] if number else None
        within = None
        if (
            following is not None
            and _may_hold(following)
            and _IN.match(text, hit.end, following.start)
        ):
            within = following.start
        elif before is not None and _may_hold(before) and _OWNER.match(text, before.end, hit.start):
            within = before.start
        linked.append(hit if within is None else _within(hit, within))
    return tuple(linked)


def _may_hold(hit: PlaceHit) -> bool:
    return any(place.kind == "country" or place.is_region for place in hit.candidates)


def _within(hit: PlaceHit, start: int) -> PlaceHit:
    return msgspec.structs.replace(hit, within=start)


_OPENS_DATELINE = regex.compile(r"(?:^|\n)[\s*_(]*$")
_ENDS_DATELINE = regex.compile(r", [A-Z][a-z]+(?: [A-Z][a-z]+)*\.?\s*(?:--|—|–|-|\(|,)")


def _opens_dateline(text: str, start: int, end: int) -> bool:
    """ "DJIBO, Burkina Faso — …": a short town in capitals where a report says it was filed."""
    lead = text[max(0, start - 4) : start]
    return _OPENS_DATELINE.search(lead) is not None and _ENDS_DATELINE.match(text, end) is not None
