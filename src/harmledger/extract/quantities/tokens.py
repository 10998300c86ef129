"""Cutting a sentence into words, numbers and marks, in one linear pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import regex

from harmledger.lexicon.numbers import load_number_words

# Each alternative starts with a fixed character class and never backtracks over what it has read,
# so that a hostile run of "1 ," stays linear.
_TOKEN = regex.compile(
    r"""
    (?P<link>(?:https?://|www\.)\S++)
    |(?P<date>\d{4}-\d{1,2}-\d{1,2}(?![\d-])
        |\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/])
        |\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d.])
        |\d{1,2}-[A-Z][a-z]{2}-(?:\d{4}|\d{2})(?!\w))
    |(?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?![\d:])|\d{1,2}h\d{2}(?!\w))
    |(?P<name>\d{2,5}(?:-\d{2,5}){2}(?![\d-])|0\d{2,4}(?:[ ]\d{3,4}){2}(?!\d)
        |[^\W\d_]{1,12}-?\d[\w]*+(?:-\w*\d\w*+)*+
        |\d++[A-Z][A-Za-z]?-?\d\w*+|\d{1,2}x\d{1,2}s?(?!\w)|\d{1,2}/\d{1,2}(?![\d/]))
    |(?P<number>
        (?:\d{1,3}(?:[,\u00a0\u202f\u2009'’٬]\d{3})++(?!\d)
          |\d{1,2}(?:,\d{2}(?=,))++,\d{3}(?!\d)
          |\d{1,3}(?:[ ]\d{3})++(?!\d)
          |\d{1,3},\d{1,2}(?=\s(?:million|billion)\b)
          |\d++)
        (?:[.٫]\d++(?!\.\d))?)(?P<glued>[½¼¾]|[^\W\d_]*+)
    |(?P<word>[^\W\d_]++(?:['’][^\W\d_]++)*+)
    |(?P<mark>[^\w\s])
    """,
    regex.VERBOSE,
)
_PLAIN = re.compile(r"\s*+([A-Za-z]++)(?=[\s,;)]|\Z)")
"""A word of plain letters that nothing clings to: what most words are, and ``_TOKEN`` is slow."""
_PLAIN_PREFIX = load_number_words().kinds.not_a_name_prefix
_DECIMAL_COMMA = regex.compile(r"\d{1,3},\d{1,2}")
_SEPARATORS = str.maketrans("", "", ", \u00a0\u202f\u2009'’٬")
_PARTS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
"""Written onto a whole number: "2½ million"."""
_HYPHENS = frozenset("-‐‑–—−")
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})


_PLURALS = load_number_words().plurals
_MOST_DIGITS = 24
"""A longer run of digits is an identifier, no quantity."""


class Token(NamedTuple):
    """A piece of text: ``kind`` is word, number, ordinal, date, clock, name or mark."""

    kind: str
    low: str
    start: int
    end: int
    raw: str
    value: Decimal | None = None
    glued: str = ""
    """Letters written onto the number: "12km" has "km"."""
    digits_end: int = 0
    """Where the digits end."""


def looks_plural(token: Token) -> bool:
    """A word that ends as English plurals do ("drivers"; not "luxurious", "Paris", "class")."""
    low = token.low
    if low in _PLURALS:
        return True
    if token.kind != "word" or len(low) < 4 or not low.endswith("s"):
        return False
    return not low.endswith(("ss", "us", "is", "'s", "’s"))


def is_hyphen(token: Token) -> bool:
    """A hyphen or dash of any length."""
    return token.low in _HYPHENS


def cut_tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, offsets counted in ``text``."""
    tokens: list[Token] = []
    add = tokens.append
    at = start
    while True:
        plain = _PLAIN.match(text, at, end)
        if plain is not None:
            first, at = plain.span(1)
            add(Token("word", plain.group(1).lower(), first, at, plain.group(1)))
            continue
        match = _TOKEN.search(text, at, end)
        if match is None:
            return tokens
        kind = match.lastgroup
        raw = match.group()
        first, at = match.span()
        if kind == "word" or kind == "mark":
            add(Token(kind, raw.lower(), first, at, raw))
        elif kind == "glued":
            token, at = _number_token(match, tokens)
            add(token)
        elif kind == "name" and (again := _not_a_name(raw)):
            at = first + len(again)
            add(Token("word", again.lower(), first, at, again))
        elif kind != "link":
            add(Token(kind or "mark", raw.lower(), first, at, raw))


def _not_a_name(raw: str) -> str:
    """The plain word that a number was written onto ("mid-2014"), or nothing."""
    head = raw.partition("-")[0]
    return head if head.lower() in _PLAIN_PREFIX else ""


def _number_token(match: regex.Match[str], before: Sequence[Token]) -> tuple[Token, int]:
    """A number token and where to read on."""
    first, stop = match.span("number")
    digits = match.group("number")
    glued = match.group("glued")
    if " " in digits and before and (before[-1].kind == "word" and before[-1].raw[0].isupper()):
        # "On March 9 150 people": the blank after a capitalised word parts two numbers.
        digits = digits.partition(" ")[0]
        stop, glued = first + len(digits), ""
    if len(digits) > _MOST_DIGITS:
        return Token("name", digits, first, stop, digits), stop
    kind = "ordinal" if glued.lower() in _ORDINAL_ENDS else "number"
    if _DECIMAL_COMMA.fullmatch(digits):
        value = Decimal(digits.replace(",", "."))
    else:
        value = Decimal(digits.translate(_SEPARATORS).replace("٫", "."))
    end = stop + len(glued)
    raw = digits + glued
    if glued in _PARTS:
        return Token(kind, raw, first, end, raw, value + _PARTS[glued], "", end), end
    return Token(kind, raw.lower(), first, end, raw, value, glued.lower(), stop), end


_FURTHEST = 32
"""No rule looks further than this beyond the last token."""


class Row:
    """The tokens of one sentence, read with bounds that need no checking."""

    __slots__ = ("_lows", "items", "text")

    def __init__(self, text: str, items: Sequence[Token]) -> None:
        """``items`` are offsets into ``text``."""
        self.text = text
        self.items = items
        self._lows = (*[token.low for token in items], *[""] * _FURTHEST)

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.items)

    def at(self, index: int) -> Token:
        """Token ``index``, or an empty mark beyond either end."""
        return self.items[index] if 0 <= index < len(self.items) else _NOTHING

    def low(self, index: int) -> str:
        """Lower-cased token ``index``, "" beyond either end."""
        return self._lows[index] if index >= 0 else ""

    def reads(self, index: int, parts: tuple[str, ...]) -> bool:
        """Whether the lower-cased tokens from ``index`` on, which is there, are these."""
        return self._lows[index : index + len(parts)] == parts

    def touches(self, index: int) -> bool:
        """Token ``index`` follows the one before it without a blank."""
        return 0 < index < len(self.items) and self.items[index - 1].end == self.items[index].start

    def joined(self, index: int) -> bool:
        """A hyphen at ``index`` binds its two neighbours into one word."""
        return (
            0 < index < len(self.items) - 1
            and is_hyphen(self.items[index])
            and self.touches(index)
            and self.touches(index + 1)
        )

    def word_after(self, index: int) -> int:
        """Index of the token at ``index``, one further when that is a joining hyphen."""
        return index + 1 if self.joined(index) else index

    def word_before(self, index: int) -> int:
        """Index of the token before ``index``, one further back over a joining hyphen."""
        return index - 2 if self.joined(index - 1) else index - 1


_NOTHING = Token("mark", "", -1, -1, "")
