"""Bytes to text: the encoding is detected, never assumed, and a wrong guess is refused.

In this order: byte order marks, UTF-16 without one, UTF-8, what an HTML page declares, then the
charset-normalizer library over a short list of encodings reports really come in. What comes out
must look like writing; noise that some one-byte encoding could spell is refused. The text is
the decoded bytes as they are: no normalisation, line ends kept, only the byte order mark goes.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from charset_normalizer import from_bytes

from harmledger.core.errors import CannotDecode

SAMPLE_BYTES = 128 * 1024
SAMPLE_TEXT = 50_000
MAX_ODD = 0.02
"""Share of characters no writing has (control, unassigned, private) in a decoded text."""
MAX_ODD_WORDS = 0.1
"""Share of words that mix scripts or have signs like ¼ between their letters."""
MIN_COMMON_HAN = 0.8
"""Share of Han characters in everyday use; reports have nine in ten, noise a third."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_KNOWN_FILES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"{\\rtf", "a rich text (RTF) file"),
)
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
_XML = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")
_DECLARABLE = re.compile(
    r"(?:x-)?(?:windows-?|cp)?(?:125[0-8]|874|866|932|949)\Z|iso-?8859-?\d{1,2}\Z|latin-?\d\Z"
    r"|koi8-?[ru]\Z|(?:x-)?mac(?:intosh|-?cyrillic|-?roman)\Z|gb(?:k|2312|18030)\Z|big5\Z"
    r"|euc-?(?:jp|kr)\Z|shift[_-]?jis\Z|iso-2022-jp\Z|tis-620\Z|us-ascii\Z|ascii\Z",
    re.I,
)
_RENAMED = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-9": "cp1254",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
}
"""As browsers read these names (WHATWG Encoding Standard)."""
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "mac_roman")
"""One-byte encodings of Latin script, the most likely first: ties go to the earlier."""
_DETECTABLE = [
    "cp1251", "koi8_u", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "cp1256", "cp1253",
    "cp1255", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "cp1252",
]  # fmt: skip
_WORD = re.compile(r"\S+")
_SIGN_IN_WORD = re.compile(r"[^\W\d_][¡-©«-´¶-¹»-¿×÷][^\W\d_]|[a-zà-ÿа-яіїєґ][A-ZÀ-ÞА-ЯІЇЄҐ]")


def decode_bytes(content: bytes, where: str, *, html: bool = False) -> str:
    """``content`` as text, without its byte order mark.

    ``where`` names the item in messages; ``html`` lets a ``<meta charset>`` speak.

    Raises:
        CannotDecode: a binary file, or bytes no encoding we know makes writing of.
    """
    for start, kind in _KNOWN_FILES:
        if content.startswith(start):
            raise CannotDecode(f"{where}: this is {kind}, not text; save the report as text")
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _decode_as(content[len(bom) :], encoding, where)
    if b"\0" in content:
        return _decode_wide(content, where)
    try:
        return _checked(content.decode("utf-8"), where)
    except UnicodeDecodeError as error:
        return _decode_one_byte(content, where, error, html)


def _decode_as(content: bytes, encoding: str, where: str) -> str:
    try:
        return _checked(content.decode(encoding), where)
    except UnicodeDecodeError as error:
        raise CannotDecode(
            f"{where}: marked as {encoding} but byte {error.start} is not; save it as UTF-8"
        ) from error


def _decode_wide(content: bytes, where: str) -> str:
    """UTF-16 or UTF-32 without a byte order mark; NUL bytes are in no other text."""
    for encoding in (
        () if _is_narrow(content) else ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
    ):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and _looks_wide(text) and not find_oddity(text):
            return text
    raise CannotDecode(f"{where}: holds NUL bytes, so it is a binary file; save the report as text")


def _is_narrow(content: bytes) -> bool:
    """Plain ASCII with NULs strewn in, or too short to tell."""
    rest = content.replace(b"\0", b"")
    strewn = len(content) - len(rest) < 0.4 * len(content)
    plain = sum(32 <= byte < 127 or byte in b"\r\n\t" for byte in rest[:SAMPLE_BYTES])
    return len(content) < 16 or (strewn and plain > 0.9 * min(len(rest), SAMPLE_BYTES))


def _looks_wide(text: str) -> bool:
    """Letters of few scripts, with spaces: the wrong byte order gives neither."""
    sample = text[:SAMPLE_TEXT]
    blocks = Counter(ord(character) >> 8 for character in sample if character.isalpha())
    few = sum(count for _, count in blocks.most_common(3)) >= 0.9 * sum(blocks.values())
    return bool(blocks) and few and any(character in " \n" for character in sample)


def _decode_one_byte(content: bytes, where: str, error: UnicodeDecodeError, html: bool) -> str:
    for encoding in _declared(content) if html else ():
        text = _try(content, encoding)
        if text is not None and not find_oddity(text):
            return text
    _refuse_broken_utf8(content, where, error)
    for encoding in _guess_encodings(content):
        text = _try(content, encoding)
        if text is not None and not find_oddity(text):
            return text
    raise CannotDecode(
        f"{where}: no encoding we know makes text of it (not UTF-8 at byte {error.start});"
        " save it as UTF-8"
    )


def _declared(content: bytes) -> Iterator[str]:
    head = content[:4096]
    for pattern in (_META, _XML):
        found = pattern.search(head)
        if found:
            name = found.group(1).decode("ascii").lower()
            if _DECLARABLE.match(name):
                yield _RENAMED.get(name, name)


def _refuse_broken_utf8(content: bytes, where: str, error: UnicodeDecodeError) -> None:
    """Mostly UTF-8 with a bad byte is a damaged file; another encoding would garble all of it."""
    mended = content.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    sound = sum(1 for character in mended if character > "\x7f") - broken
    if sound >= 4 * broken:
        raise CannotDecode(
            f"{where}: UTF-8 but for byte {error.start}; the file is damaged, fetch it again"
        )


def _guess_encodings(content: bytes) -> Iterator[str]:
    """Likely encodings, the likeliest first."""
    cut = content.rfind(b"\n", 0, SAMPLE_BYTES) if len(content) > SAMPLE_BYTES else len(content)
    sample = content[: cut if cut > 0 else SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=_DETECTABLE).best()
    if best is not None and best.encoding != "cp1252":
        yield best.encoding
    scored = []
    for order, encoding in enumerate(_LATIN):
        text = _try(sample, encoding)
        if text is not None:
            scored.append((_odd_words(text), order, encoding))
    yield from (encoding for _, _, encoding in sorted(scored))


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(text: str, where: str) -> str:
    odd = find_oddity(text, words=False)
    if odd:
        raise CannotDecode(f"{where}: {odd}, so it is a binary file; save the report as text")
    return text


def find_oddity(text: str, *, words: bool = True) -> str | None:
    """Why ``text`` is no writing, or None. ``words``: also look at how words are spelt."""
    sample = text[:SAMPLE_TEXT]
    if not sample:
        return None
    if "\0" in text:
        return "it holds NUL characters"
    counts = Counter(sample)
    odd = sum(times for character, times in counts.items() if _is_odd(character))
    if odd > MAX_ODD * len(sample):
        return "it is full of control or unassigned characters"
    if words and _odd_words(text) > MAX_ODD_WORDS:
        return "its words are no words"
    if words and (_is_strewn_latin(counts) or not _is_common_han(counts)):
        return "its letters are strewn as in no language"
    return None


def _is_odd(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind in {"Cn", "Co", "Cs"} or (kind == "Cc" and character not in "\t\n\r\f\v\x85")


def _odd_words(text: str) -> float:
    """Share of words with a letter above ASCII that no language would spell so."""
    total = odd = 0
    for found in _WORD.finditer(text[:SAMPLE_TEXT]):
        word = found.group()
        if not word.isascii():
            total += 1
            odd += bool(_SIGN_IN_WORD.search(word)) or _mixes_scripts(word)
    return odd / total if total else 0.0


def _is_strewn_latin(counts: Counter[str]) -> bool:
    """Accented Latin letters and signs outnumber the plain ones; Vietnamese has a third."""
    plain = sum(times for sign, times in counts.items() if sign.isascii() and sign.isalpha())
    other = sum(times for sign, times in counts.items() if "\x7f" < sign < "\u0250")
    return other > plain and other > 0.3 * sum(counts.values())


def _is_common_han(counts: Counter[str]) -> bool:
    """Of the characters of GB 2312 or the first level of Big5; rare ones are told apart."""
    han = {sign: times for sign, times in counts.items() if "\u4e00" <= sign <= "\u9fff"}
    common = sum(times for sign, times in han.items() if _is_everyday(sign))
    return common >= MIN_COMMON_HAN * sum(han.values())


def _is_everyday(sign: str) -> bool:
    in_big5 = sign.encode("big5", errors="ignore")
    return bool(sign.encode("gb2312", errors="ignore")) or b"" < in_big5 < b"\xc7"


def _mixes_scripts(word: str) -> bool:
    """Latin letters beside Cyrillic, Greek, Hebrew or Arabic ones."""
    letters = [ord(character) for character in word if character.isalpha()]
    latin = any(code < 0x250 for code in letters)
    other = any(0x370 <= code < 0x780 for code in letters)
    return latin and other
