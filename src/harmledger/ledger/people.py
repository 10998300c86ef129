"""Persons who are sealed: the words of their names are cut out of whatever the ledger keeps, and
each word is kept under the person's own key, in its place.

What is cut is always single words, so that a span cut from a text is cut like the text. A name
is met where all its words stand in one document (or one decision, refusal …); there, each of its
words is cut wherever it stands. Deliberately missed: other spellings, inflected forms, names
split by invisible characters. ``forget`` takes further spellings for these.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from harmledger.core.base import Value

OPEN, CLOSE = "\ufdd0", "\ufdd1"
"""Two code points that Unicode keeps out of texts. A text that holds the first has it escaped."""
GAP = "\u2588"
"""Stands for each letter of a name whose key was destroyed, so that spans stay where they were."""
_ESCAPED = f"{OPEN}={CLOSE}"
_PIECE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
"""Shorter words of a name in a script with capitals are cut only where the whole name stands."""


class SealedPerson(Value, frozen=True, kw_only=True):
    """``number`` is drawn by lot and names their key. ``spellings``: each a name's words."""

    number: int
    spellings: tuple[tuple[str, ...], ...]


class Piece(Value, frozen=True, kw_only=True):
    """A word that was cut out: whose it is, how many letters it has, how it is kept."""

    person: int
    letters: int
    kept: str


def split_name(name: str) -> tuple[str, ...]:
    """The words of a name: runs of letters with the marks that belong to them."""
    words, word = [], ""
    for char in unicodedata.normalize("NFC", name):
        if unicodedata.category(char)[0] in "LM":
            word += char
        elif word:
            words.append(word)
            word = ""
    return tuple([*words, word] if word else words)


def fold_word(word: str) -> str:
    """One word under one spelling: capitals make no other."""
    return unicodedata.normalize("NFC", word).casefold()


class Directory:
    """The sealed persons known now. Told of new ones."""

    def __init__(self) -> None:
        self.last = 0
        self._people: dict[int, SealedPerson] = {}
        self._by_word: dict[str, set[int]] = {}
        self._uncased: set[int] = set()
        self._by_name: dict[tuple[str, ...], int] = {}

    def add(self, person: SealedPerson) -> None:
        self._people[person.number] = person
        for spelling in person.spellings:
            self._by_name[tuple(map(fold_word, spelling))] = person.number
            for word in _own_words(spelling):
                self._by_word.setdefault(fold_word(word), set()).add(person.number)
                if not _is_cased(word):
                    self._uncased.add(person.number)

    def __len__(self) -> int:
        return len(self._people)

    def named(self, name: str) -> SealedPerson | None:
        """The person of exactly this name."""
        number = self._by_name.get(tuple(map(fold_word, split_name(name))))
        return None if number is None else self._people[number]

    def get(self, number: int) -> SealedPerson | None:
        return self._people.get(number)

    def find(self, *texts: str) -> tuple[SealedPerson, ...]:
        """Everybody whose whole name stands in these texts together, in any order of words."""
        if not self._people:
            return ()
        words = {
            fold_word(w)
            for text in texts
            for w in _LETTERS.findall(unicodedata.normalize("NFC", text))
        }
        numbers = set(self._uncased)
        for word in words & self._by_word.keys():
            numbers |= self._by_word[word]
        met = (self._people[n] for n in sorted(numbers))
        return tuple(p for p in met if any(holds_name(s, texts) for s in p.spellings))


def holds_name(spelling: Sequence[str], texts: Iterable[str]) -> bool:
    """Do all words of the name stand somewhere in these texts?"""
    held = list(texts)
    return bool(spelling) and all(
        any(_pattern((word,)).search(text) for text in held) for word in _own_words(spelling)
    )


def cut(
    text: str, persons: Collection[SealedPerson], keep: Callable[[int, str], str]
) -> tuple[str, bool]:
    """``text`` with the persons' words cut out, and whether there were any. ``keep``: a word of
    this person, encrypted, as letters, digits, ``+``, ``/`` and ``=``."""
    text = text.replace(OPEN, _ESCAPED)
    found = False

    def replace(person: int) -> Callable[[re.Match[str]], str]:
        def piece(word: re.Match[str]) -> str:
            kept = Piece(person=person, letters=len(word[0]), kept=keep(person, word[0]))
            return f"{OPEN}{kept.person:x}:{kept.letters}:{kept.kept}{CLOSE}"

        return lambda whole: _each_word(whole[0], piece)

    for person in persons:
        pattern = person_pattern(person.spellings)
        parts = _split(text)
        for place in range(0, len(parts), 2):
            parts[place], many = pattern.subn(replace(person.number), parts[place])
            found = found or many > 0
        text = "".join(parts)
    return text, found


def join(text: str, find: Callable[[Piece], str | None]) -> tuple[str, bool]:
    """The text again, and whether a word is missing: ``find`` gives None for a word whose key was
    destroyed, and a bar stands for each of its letters."""
    whole = True

    def put(match: re.Match[str]) -> str:
        nonlocal whole
        if match[1] == "=":
            return OPEN
        piece = parse_piece(match[1])
        word = find(piece)
        if word is None:
            whole = False
            return GAP * piece.letters
        return word

    return (_PIECE.sub(put, text) if OPEN in text else text), whole


def blot(
    text: str, pattern: re.Pattern[str], find: Callable[[Piece], str | None]
) -> tuple[str, bool]:
    """A cut text with every word that ``pattern`` finds turned into bars for good, be it plain or
    another person's piece; and whether there was one."""
    parts = _split(text)
    found = False
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place], many = pattern.subn(lambda m: _each_word(m[0], _bars), part)
            found = found or many > 0
        elif part != _ESCAPED:
            piece = parse_piece(part[1:-1])
            word = find(piece)
            if word is None or pattern.search(word):
                parts[place], found = GAP * piece.letters, found or word is not None
    return "".join(parts), found


def parse_piece(written: str) -> Piece:
    """Raises ValueError when it is none."""
    person, letters, kept = written.split(":", 2)
    return Piece(person=int(person, 16), letters=int(letters), kept=kept)


def person_pattern(spellings: Sequence[Sequence[str]]) -> re.Pattern[str]:
    """Finds each word of these names, and short words where the whole name stands."""
    whole = [r"[\W_]{1,3}".join(map(_forms, s)) for s in spellings if len(s) > 1]
    words = sorted({w for s in spellings for w in _own_words(s)}, key=len, reverse=True)
    return re.compile("|".join([*map(_bounded, whole), *_alternatives(words)]), re.IGNORECASE)


def map_strings(value: Any, change: Callable[[str], str], closed: Container[str]) -> Any:
    """``value`` with every string in it changed but keys and the words of ``closed``."""
    if isinstance(value, str):
        return value if value in closed else change(value)
    if isinstance(value, Mapping):
        return {key: map_strings(v, change, closed) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [map_strings(v, change, closed) for v in value]
    return value


def find_strings(value: Any) -> Iterator[str]:
    """Every string in a JSON-ready value but keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from find_strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from find_strings(one)


def _split(text: str) -> list[str]:
    """Plain parts at even places, pieces with their brackets at odd ones."""
    if OPEN not in text:
        return [text]
    parts: list[str] = []
    end = 0
    for match in _PIECE.finditer(text):
        parts += [text[end : match.start()], match[0]]
        end = match.end()
    return [*parts, text[end:]]


def _each_word(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """Only the letters, so that a name cut as a whole is cut as its words are."""
    return _RUN.sub(change, text)


_RUN = re.compile(r"[^\s_!-$&-/:-@\[-`{-~\u00ab\u00bb\u2000-\u206f\u3000-\u303f]+")
"""Letters, digits, combining marks and percent signs (of names in addresses)."""


def _bars(word: re.Match[str]) -> str:
    return GAP * len(word[0])


def _own_words(spelling: Sequence[str]) -> list[str]:
    """Words that are the person's alone: no particles (written small beside words that are not),
    no initials. Where that leaves none, all of them."""
    small = all(w.islower() for w in spelling if _is_cased(w))
    own = [
        w
        for w in spelling
        if not _is_cased(w) or (len(w) >= _SHORTEST and (small or not w.islower()))
    ]
    return own or list(spelling)


def _is_cased(word: str) -> bool:
    return word.lower() != word.upper()


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(_alternatives(words)), re.IGNORECASE)


def _alternatives(words: Iterable[str]) -> list[str]:
    return [_bounded(_forms(w)) if _is_cased(w) else _forms(w) for w in words]


def _bounded(pattern: str) -> str:
    """Not in the middle of a word; an address may have a percent code before it."""
    return rf"(?:(?<![^\W\d_])|(?<=%[0-9A-Fa-f]{{2}}))(?:{pattern})(?![^\W\d_])"


def _forms(word: str) -> str:
    """As written, with composed or separate marks, and as in an address."""
    forms = {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))}
    encoded = {quote(form) for form in forms} - forms
    return "(?:" + "|".join(sorted(map(re.escape, forms | encoded), key=len, reverse=True)) + ")"
