"""Raw text to words with offsets, cut the way the English Web Treebank cuts them.

The parser was taught on that treebank, so its words must be our words: ``six-year-old`` is five
words, ``pro-government`` is one, ``didn't`` is two, ``1,200`` is one, ``5pm`` is two; but
``passer-by`` stays one, for cut in three its tree falls apart. Offsets count code points; nothing
is changed, joined or dropped except white space and invisible characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

# Abbreviations that keep their full stop wherever they stand.
_ABBREVIATIONS = (
    "mr mrs ms dr st jr sr prof gen col maj capt cpl cmdr lt sgt pvt adm gov sen rep reps sens hon "
    "pres "
    "rev fr msgr ft mt inc corp ltd co bros dept univ assn est vs etc approx ave blvd rd hwy jan "
    "feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri eg ie cf pp "
    "op brig supt insp det atty spec cent messrs mme mlle esq ph vol figs ed eds ass't "
    "pssg pmsg psms pcms pems pcpl plt pltcol pcol pmaj pcpt pbgen ssg"
)
# Prefixes after which a hyphen does not cut: anti-tank, non-combatant, mid-March, re-elected.
_PREFIXES = (
    "anti pro non co re pre post mid ex neo multi semi counter over sub ultra cross socio inter "
    "intra un micro mini psycho vice e de bi tri mega meta para quasi proto trans hyper pseudo "
    "under mis"
)
_SUFFIXES = "wise esque ish"

_SCAN = regex.compile(
    rf"""
    (?P<web>(?:https?://|ftp://|mailto:|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]}}]
      |[\w.+-]+@[\w-]+(?:\.[\w-]+)*
      |(?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|int|info)(?:/[^\s<>"“”]*[\w/])?(?![\w]))
  | (?P<smile>[:;=]-?[)(DP](?!\w)|\(:|\^_\^)
  | (?P<date>\d{{1,4}}[/-]\d{{1,2}}[/-]\d{{2,4}}(?![\w]))
  | (?P<phone>\+?\d{{1,3}}(?:-\d{{2,4}}){{2,4}}(?!\w)|\d{{3}}-\d{{4}}(?![\w-]))
  | (?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)
      |\d+(?:[.:/]\d+)*(?:st|nd|rd|th|s)(?![\w])
      |\d+(?:[.,:/]\d+)*)
  | (?P<dotted>(?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w]))?|Ph\.D\.)
  | (?P<short>(?:{"|".join(_ABBREVIATIONS.split())})\.(?!\w)
      |[nN]os?\.(?=\s*\d)|\bal\.(?!\w)|\bc\.(?=\s*\d)|[A-Z]\.(?=\s+[A-Z]))
  | (?P<prefixed>(?:{"|".join(_PREFIXES.split())})-[^\W\d_][\w]*|(?:mid)-\d{{4}}s?)
  | (?P<suffixed>[^\W\d_]+-(?:{"|".join(_SUFFIXES.split())})(?!\w))
  | (?P<going>passers?-by(?!\w))
  | (?P<decade>['’]\d\ds?(?!\w))
  | (?P<joined>[A-Z]&[A-Z](?!\w))
  | (?P<word>[^\W\d_][\w\p{{M}}\p{{Cf}}]*(?:['’](?=\w)[\w\p{{M}}\p{{Cf}}]+)*)
  | (?P<run>\.{{2,}}|…\.?|[!?]{{2,}}|-{{2,}}|\*+|={{2,}}|_{{2,}}|\#{{2,}}|~{{2,}}
      |<{{2,}}|>{{2,}}|''|``|‘‘|’’)
  | (?P<money>(?:US|AU|CA|NZ|HK|A|C)\$)
  | (?P<mark>[^\s\w\p{{Cc}}\p{{Cf}}]|_)
  | (?P<rest>\w)
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_CLITIC = regex.compile(r"(?i)(n['’]t|['’](?:s|m|re|ve|ll|d))$")
_BARE_NOT = regex.compile(
    r"(?i)^(do|does|did|wo|ca|could|would|should|is|was|are|were|have|has|had)(nt)$"
)
_FUSED = regex.compile(r"(?i)^(?:(can)(not)|(gon|wan)(na)|(got)(ta)|(d['’])(ye))$")
_CLITIC_ALONE = regex.compile(r"(?i)['’](?:s|m|re|ve|ll|d|em|tis|twas)(?!\w)")


_PLAIN = re.compile(r"\s*+([A-Za-z]++)(?=[\s,;)]|\Z)")
"""A word of plain letters that nothing clings to: what most words are, and ``_SCAN`` is slow."""
_IN_TWO = frozenset(
    ["dont", "doesnt", "didnt", "wont", "cant", "couldnt", "wouldnt", "shouldnt", "isnt", "wasnt",
     "arent", "werent", "havent", "hasnt", "hadnt", "cannot", "gonna", "wanna", "gotta"]
)  # fmt: skip
"""Plain words that are cut after all, see ``_FUSED`` and ``_BARE_NOT``."""


def find_words(text: str) -> list[tuple[int, int]]:
    """Return ``(start, end)`` of every word and mark of ``text``, in order.

    The spans do not overlap, none is empty, and what lies between them is white
    space, control and format characters only.
    """
    words: list[tuple[int, int]] = []
    position = 0
    while True:
        plain = _PLAIN.match(text, position)
        if plain is not None and plain.group(1).lower() not in _IN_TWO:
            words.append(plain.span(1))
            position = plain.end()
            continue
        found = _scan_from(text, position)
        if found is None:
            break
        start, end, kind = found
        if kind == "word":
            words.extend(_cut_clitics(text, start, end))
        else:
            words.append((start, end))
        position = end
    return words


def _scan_from(text: str, position: int) -> tuple[int, int, str] | None:
    found = _SCAN.search(text, position)
    if found is None:
        return None
    start, end, kind = found.start(), found.end(), found.lastgroup or ""
    if text[start] in "'’" and kind == "mark" and start > 0 and not text[start - 1].isspace():
        clitic = _CLITIC_ALONE.match(text, start)
        if clitic is not None:
            return start, clitic.end(), "mark"
    return start, end, kind


def _cut_clitics(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut ``didn't``, ``child's``, ``cannot`` and the like."""
    word = text[start:end]
    cut = _FUSED.match(word) or _BARE_NOT.match(word)
    if cut is not None:
        first = next(group for group in cut.groups() if group)
        yield start, start + len(first)
        yield start + len(first), end
        return
    clitic = _CLITIC.search(word)
    if clitic is not None and clitic.start() > 0:
        yield from _cut_clitics(text, start, start + clitic.start())
        yield start + clitic.start(), end
        return
    yield start, end
