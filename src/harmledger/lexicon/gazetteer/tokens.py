"""Words of a text with what a name finder needs to know about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from harmledger.core.base import Value

_JOINED = r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}\p{Tibetan}]\p{M}*"
_WORD = regex.compile(
    rf"\p{{Lu}}(?:\.\p{{Lu}})+\b\.?|{_JOINED}|\p{{L}}[\p{{L}}\p{{M}}]*(?:['’ʼʻ‘`]\p{{L}}[\p{{L}}\p{{M}}]*)*|\p{{N}}+"
)
_IS_JOINED = regex.compile(_JOINED)
_POSSESSIVE = ("'s", "’s")
_SENTENCE_END = frozenset('.!?…;:\n"“”«»')


class Word(Value, frozen=True, kw_only=True):
    """One word, ``text[start:end]``. ``gap`` is what stands between the one before and it."""

    start: int
    end: int
    written: str
    gap: str
    possessive: bool = False

    @property
    def is_capital(self) -> bool:
        """Starts with a capital, or belongs to a script that has none."""
        first = self.written[0]
        return first.isalpha() and first.upper() == first

    @property
    def is_all_capitals(self) -> bool:
        letters = [letter for letter in self.written if letter.isalpha()]
        return len(letters) > 1 and self.written.isupper()

    @property
    def is_cased(self) -> bool:
        first = self.written[0]
        return first.lower() != first.upper()

    @property
    def is_joined(self) -> bool:
        """From a script written without spaces: each character is a word here."""
        return not self.written.isascii() and _IS_JOINED.match(self.written) is not None

    @property
    def starts_sentence(self) -> bool:
        return any(mark in _SENTENCE_END for mark in self.gap)


def find_words(text: str, spans: Sequence[tuple[int, int]] | None = None) -> tuple[Word, ...]:
    """The words of the text, or the caller's spans that hold a letter."""
    found = spans if spans is not None else [match.span() for match in _WORD.finditer(text)]
    return tuple(_words(text, found))


def _words(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Word]:
    last = 0
    for number, (start, end) in enumerate(spans):
        written = text[start:end]
        plain = written.isalnum()  # what nearly every word is
        if not plain and (
            not any(letter.isalnum() for letter in written) or written in _POSSESSIVE
        ):
            continue
        possessive = not plain and written.endswith(_POSSESSIVE)
        if possessive:
            end -= 2
            written = written[:-2]
        gap = text[last:start] if number else "\n" + text[:start]
        yield Word(
            start=start,
            end=end,
            written=written,
            gap=gap,
            possessive=possessive or text[end : end + 2] in _POSSESSIVE,
        )
        last = end
