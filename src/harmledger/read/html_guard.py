"""Refuse markup that would hang a parser, before any parser sees it.

Parsers take time that grows with the square of the nesting, of the attributes on one element,
or of formatting elements left open. A look at the tags alone, in linear time, tells such pages
from anything a browser was ever meant to show.
"""

from __future__ import annotations

import re
from collections import Counter

from harmledger.core.errors import CannotParse

MAX_CHARACTERS = 20_000_000
MAX_NESTED = 3_000
MAX_ATTRIBUTES = 2_000
MAX_REOPENED = 5_000_000
"""Formatting elements left open, times tags: a parser opens them again in every paragraph."""

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,40})((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_FORMATTING = frozenset(
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong",
        "tt", "u",
    }
)  # fmt: skip
_OPEN_ENDED = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
        "track", "wbr", "param", "keygen", "basefont", "bgsound", "p", "li", "dt", "dd", "tr",
        "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "option", "optgroup",
        "html", "head", "body", "rb", "rp", "rt", "rtc", "path", "g", "svg", "circle", "rect",
        "line", "polygon", "use",
    }
)  # fmt: skip
"""Elements that are never closed, or that the next one closes."""


def check_markup(source: str, where: str) -> None:
    """Raises:
    CannotParse: the page is too large or nested too deep to be a page; says which.
    """
    if len(source) > MAX_CHARACTERS:
        raise CannotParse(f"{where}: the page is larger than {MAX_CHARACTERS // 1_000_000} MB")
    depth = deepest = tags = open_format = most_format = 0
    counts: Counter[str] = Counter()
    for found in _TAG.finditer(source):
        closing, name, rest = found.groups()
        name = name.lower()
        tags += 1
        if len(rest) > MAX_ATTRIBUTES * 2 and _attributes(rest) > MAX_ATTRIBUTES:
            raise CannotParse(f"{where}: an element with over {MAX_ATTRIBUTES} attributes; no page")
        step = -1 if closing else 1
        if name in _FORMATTING:
            open_format = max(0, open_format + step)
            most_format = max(most_format, open_format)
        elif name not in _OPEN_ENDED and not rest.endswith("/"):
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
        counts[name] += 1
    if deepest > MAX_NESTED:
        raise CannotParse(f"{where}: elements nested {deepest} deep; no page is, save it again")
    if most_format * tags > MAX_REOPENED:
        raise CannotParse(
            f"{where}: {most_format} formatting elements are left open; save it again"
        )


def _attributes(rest: str) -> int:
    return len(_QUOTED.sub("", rest).split())
