"""The encoding is detected, never assumed; noise is refused with its reason."""

from random import Random

import pytest

from harmledger.core.errors import CannotDecode
from harmledger.read.decode import decode_bytes

RUSSIAN = "Три человека погибли при авиаударе по роддому, сообщил городской совет. Ещё 17 ранены.\n"
UKRAINIAN = (
    "Три людини загинули внаслідок авіаудару, повідомила міська рада. Ще 17 поранені, є загиблі.\n"
)
FRENCH = (
    "Trois personnes ont été tuées à l’hôpital, a déclaré le maire – les blessés étaient âgés.\n"
)
SPANISH = "Según el alcalde, tres niños murieron en el ataque de la mañana.\n"
POLISH = "Zginęło trzech ludzi, źródła podały że są też ranni, wśród nich kobieta.\n"
ARABIC = "قتل ثلاثة أشخاص في غارة جوية على مستشفى الولادة\n"
ENGLISH = "He said “three people were killed” – Médecins Sans Frontières.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "utf-16-le"),
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "koi8_u"),
        (FRENCH, "cp1252"),
        (FRENCH, "utf-16-be"),
        (SPANISH, "latin-1"),
        (POLISH, "cp1250"),
        (ARABIC, "cp1256"),
        (ARABIC, "utf-16-be"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "utf-16-le"),
        (ENGLISH, "utf-32-le"),
        (ENGLISH, "utf-8"),
        (ENGLISH, "utf-8-sig"),
        (ENGLISH, "utf-16"),
        (ENGLISH, "utf-32"),
    ],
)
def test_an_encoding_is_found(text: str, encoding: str) -> None:
    assert decode_bytes(text.encode(encoding), "x") == text


def test_line_ends_and_composed_letters_stay_as_they_are() -> None:
    text = "e\u0301\r\na\rb\n\n\u00e9 \ufeff"
    assert decode_bytes(text.encode(), "x") == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 rest", "a PDF"),
        (b"\x89PNG\r\n", "a PNG"),
        (b"4\0", "NUL"),
        (b"Three\0people\0were killed", "NUL"),
        (bytes(range(1, 32)) * 4, "binary"),
        (b"\xff\xfeT\0h\0\xd8", "utf-16-le"),
        ("Три людини загинули. ".encode() * 9 + b"\xff Three.", "UTF-8 but for byte"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(CannotDecode, match=reason) as caught:
        decode_bytes(content, "reports/a.txt")
    assert str(caught.value).startswith("reports/a.txt: ")


def test_two_encodings_in_one_file_are_refused() -> None:
    content = UKRAINIAN.encode() * 3 + RUSSIAN.encode("cp1251") * 3
    with pytest.raises(CannotDecode):
        decode_bytes(content, "x")


def _reads(content: bytes) -> bool:
    try:
        return bool(decode_bytes(content, "x"))
    except CannotDecode:
        return False


@pytest.mark.parametrize(("size", "times"), [(40, 500), (400, 40), (4000, 4)])
def test_noise_is_refused(size: int, times: int) -> None:
    """The same noise each time: of all noise of forty bytes, two in 3,000 look like Chinese."""
    draw = Random(40)
    noise = [draw.randbytes(size) for _ in range(times)]
    assert not any(_reads(one + b"\xff\x00\x01") for one in noise)
    assert not any(_reads(bytes(byte | 0x80 for byte in one)) for one in noise)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("昨天晚上，医院遭到袭击，造成三名平民死亡，其中包括一名六岁的女孩。", "gb18030"),
        ("昨晚，一家醫院遭到襲擊，造成三名平民死亡，其中包括一名六歲的女孩。", "big5"),
        ("昨夜、病院が攻撃を受け、六歳の少女を含む民間人三人が死亡した。", "shift_jis"),
    ],
)
def test_reports_in_han_characters_are_no_noise(text: str, encoding: str) -> None:
    assert decode_bytes(text.encode(encoding) * 3, "x") == text * 3


def test_a_declared_charset_speaks_only_when_the_bytes_are_not_utf8() -> None:
    page = '<meta charset="{}"><p>Trois blessés à l’hôpital</p>'
    for declared, used in (
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("koi8-r", "utf-8"),
    ):
        source = page.format(declared)
        assert decode_bytes(source.encode(used), "x", html=True) == source


def test_a_declared_codec_that_is_no_charset_is_not_used() -> None:
    for declared in ("rot13", "utf-7", "unicode_escape", "idna", "nonsense"):
        source = f'<meta charset="{declared}"><p>Trois blessés à Kaboul hier</p>'
        assert decode_bytes(source.encode("cp1252"), "x", html=True) == source
