"""Which language a text is in, as far as its script and its commonest words show it."""

from __future__ import annotations

import re
from collections import Counter

from harmledger.lexicon.languages import load_languages

SAMPLE = 6_000
"""Code points looked at."""
MIN_LETTERS = 12
MIN_SHARE = 0.08
"""Of the words of a text, so many are among the commonest of its language."""
LEAD = 1.4
"""The first language must have so many times the hits of the second."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TAG = re.compile(r"[A-Za-z]{2,3}(?=\Z|[-_.@])")

_SCRIPTS = (
    ("latin", 0x41, 0x24F),
    ("latin", 0x1E00, 0x1EFF),
    ("el", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("hy", 0x530, 0x58F),
    ("he", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("devanagari", 0x900, 0x97F),
    ("bn", 0x980, 0x9FF),
    ("ta", 0xB80, 0xBFF),
    ("th", 0xE00, 0xE7F),
    ("my", 0x1000, 0x109F),
    ("ka", 0x10A0, 0x10FF),
    ("ko", 0x1100, 0x11FF),
    ("ethiopic", 0x1200, 0x139F),
    ("km", 0x1780, 0x17FF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x4E00, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)
_OWN_SCRIPT = frozenset({"el", "hy", "he", "bn", "ta", "th", "my", "ka", "ko", "km"})

_LETTERS = (
    ("be", "ў"),
    ("kk", "қғңұһ"),
    ("uk", "іїєґ"),
    ("mk", "ѓќѕ"),
    ("sr", "ђћ"),
    ("ru", "ыэё"),
)
"""Cyrillic letters by which a language is known from all that stand below it."""
_NAMES = {
    "english": "en", "eng": "en", "ua": "uk", "ukr": "uk", "ukrainian": "uk", "rus": "ru",
    "russian": "ru", "ara": "ar", "arabic": "ar", "fra": "fr", "fre": "fr", "french": "fr",
    "spa": "es", "spanish": "es", "deu": "de", "ger": "de", "german": "de", "por": "pt",
    "ita": "it", "pol": "pl", "tur": "tr", "fas": "fa", "per": "fa", "heb": "he", "iw": "he",
    "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "mya": "my", "bur": "my", "nld": "nl",
    "dut": "nl", "ron": "ro", "rum": "ro", "ell": "el", "gre": "el", "in": "id", "ind": "id",
}  # fmt: skip
_TWO_SCRIPTS = frozenset({"sr", "az", "uz", "ku", "so", "id"})
_UNTOLD = frozenset({"und", "mul", "zxx", "mis", "xx"})


def find_language(declared: str | None, text: str) -> str | None:
    """The declared language, unless the script of ``text`` cannot be that language's; else a
    guess; None when unsure. Two-letter codes where one exists (ISO 639)."""
    tag = normalise_tag(declared)
    if tag is not None and not _script_contradicts(tag, text):
        return tag
    return guess_language(text)


def normalise_tag(declared: str | None) -> str | None:
    """``en-GB`` → ``en``, ``UKR`` → ``uk``; None for what is no language tag."""
    lowered = (declared or "").strip().lower()
    if lowered in _NAMES:
        return _NAMES[lowered]
    found = _TAG.match(lowered)
    if found is None or found.group() in _UNTOLD:
        return None
    return _NAMES.get(found.group(), found.group())


def guess_language(text: str) -> str | None:
    """Language of ``text`` by its script and commonest words; None when unsure.

    Capitals make no difference: agency copy of the 1980s is all capitals.
    """
    sample = text[:SAMPLE].lower()
    script = guess_script(sample)
    if script is None or script in _OWN_SCRIPT:
        return script
    if script == "han":
        return "ja" if any("\u3040" <= c <= "\u30ff" for c in sample) else "zh"
    if script == "kana":
        return "ja"
    by_letters = _guess_by_letters(sample) if script == "cyrillic" else None
    return by_letters or _guess_by_words(sample, script)


def _guess_by_letters(sample: str) -> str | None:
    counts = Counter(sample)
    for language, letters in _LETTERS:
        if sum(counts[letter] for letter in letters) >= max(2, len(sample) // 500):
            return language
    return None


def guess_script(sample: str) -> str | None:
    """The script of most letters of ``sample``; None with few letters or no clear majority."""
    counts: Counter[str] = Counter()
    for character, times in Counter(sample).items():
        if character.isalpha():
            counts[_script_of(character)] += times
    if sum(counts.values()) < MIN_LETTERS:
        return None
    if counts["kana"] and counts["han"] + counts["kana"] > sum(counts.values()) / 2:
        return "kana"
    script, most = counts.most_common(1)[0]
    return script if most >= 0.6 * sum(counts.values()) else None


def _script_of(letter: str) -> str:
    code = ord(letter)
    return next((name for name, low, high in _SCRIPTS if low <= code <= high), "other")


def _guess_by_words(sample: str, script: str) -> str | None:
    words = Counter(_WORD.findall(sample.replace("’", "'")))
    total = sum(words.values())
    hits = sorted(
        (
            (sum(words[word] for word in common), language)
            for language, common in load_languages().get(script, {}).items()
        ),
        reverse=True,
    )
    if not hits or not total:
        return None
    (best, language), second = hits[0], hits[1][0] if len(hits) > 1 else 0
    if best < MIN_SHARE * total or best < LEAD * second or best < 2:
        return None
    return language


def _script_contradicts(tag: str, text: str) -> bool:
    """True for a page that says ``lang="en"`` over Cyrillic: English rules never read that."""
    script = guess_script(text[:SAMPLE].lower())
    if script is None:
        return False
    scripts = {name for name, languages in load_languages().items() if tag in languages}
    if tag in _TWO_SCRIPTS or not scripts:
        return False
    return script not in scripts
