"""Reports as no one writes them: the examples cut, spliced, doubled and garbled, as files of every
kind; and what must hold of whatever is read from them."""

from __future__ import annotations

import json
import re
import time
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st

from extract.test_spans import check_ids, check_spans
from harmledger.capture.records import RECORD_TYPE
from harmledger.core.document import Item, Text
from harmledger.core.errors import CannotDecode, CannotParse, UnknownMediaType
from harmledger.core.extraction import Extraction
from harmledger.core.ids import sha256_of
from harmledger.extract import ClaimExtractor
from harmledger.read import read_item

EXAMPLES = Path(__file__).parents[2] / "examples"
KINDS = {
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".html": "text/html",
    ".jsonl": RECORD_TYPE,
}
ODD = [
    "\0", "\ufeff", "\u200d", "\u200b", "\u200f", "\u202e", "\u2066", "\u0301", "\u0336",
    "\u00ad", "\u2028", "\u2029", "\x0b", "\x0c", "\x1b[31m", "\x85", "\ufffd", "\U000e0041",
    "\uffff", "\ufe0f", "👨\u200d👩\u200d👧", "🇺🇦", "ﷺ", "ﬁ", "İ", "ß", "ǅ", "Ⅻ", "㊿", "①",
    "½", "٣٤", "१२", "１２", "²", "𝟗", "〇", "萬",
]  # fmt: skip
SNIPPETS = [
    " killed ", " 12 ", " and ", ", ", ".", "\n", "\n\n", "\r", "\r\n", "\t", "  ", "“", "”",
    "'", '"', "—", "--", "…", "(", ")", "[", "|", "| 3 | 4 |\n", "# ", "- ", "> ", "---\n",
    "***", "<", ">", "&", "<p>", "</p>", "<td>", "<script>", "<!--", "-->", "&amp;", "&#x0;",
    "<br/>", "</html>", "%", "$", " no ", " not ", " at least ", " dozens of ", " between ",
    " to ", " up from ", " he said ", " denied ", " on Monday ", " in Kherson ", " children",
    " of them ", " 3,000 ", " 1.5 million ", "-", "0", "9" * 30, " one ",
    " hundreds of thousands of ", " 2024-02-30 ", " 31 February ", "title: x\n",
    "published: never\n", "language: en\n", "a" * 300, "( " * 40, "“" * 20, " and" * 60,
    "\n\nPetrenko\n\n", ". Smith. ",
]  # fmt: skip
HEADS = ["", "", "---\npublished: 2024-05-15\nlanguage: en\n---\n", "---\n"]
LINK = re.compile(r"\w+://\S+|\S+@\S+|www\.\S+")
DIGITS = re.compile(r"(?<![\w.,:/-])\d{1,4}(?![\w.,:/%-])")


def load_pool() -> list[str]:
    """The example reports and pages as text, the shortest first: failures shrink towards them."""
    files = [f for f in EXAMPLES.rglob("*") if f.suffix in {".md", ".txt", ".html", ".jsonl"}]
    texts = {file.read_text(encoding="utf-8", errors="replace") for file in files} - {""}
    return sorted(texts, key=lambda text: (len(text), text))


POOL = load_pool()


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """Some consecutive lines of an example, or a cut through it wherever it falls."""
    text = draw(st.sampled_from(POOL))
    start = draw(st.integers(0, len(text) - 1))
    return text[start : start + draw(st.integers(1, 1500))]


@st.composite
def garbled(draw: st.DrawFn) -> str:
    """A few pieces one after the other, then a few blows."""
    text = "".join(draw(st.lists(pieces(), min_size=1, max_size=4)))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(text)))
        end = at + draw(st.integers(0, 40))
        blow = draw(st.integers(0, 7))
        if blow == 0:
            text = text[:at] + text[end:]
        elif blow == 1:
            text = text[:end] + text[at:]
        elif blow == 2:
            text = text[:at] + text[at:end][::-1] + text[end:]
        elif blow == 3:
            text = text[:at] + text[at:end].upper() + text[end:]
        elif blow == 4:
            text = text[:at] + draw(st.sampled_from(ODD)) + text[at:]
        elif blow == 5:
            text = text.replace("\n", draw(st.sampled_from([" ", "\r", "\r\n", ""])))
        else:
            text = text[:at] + draw(st.sampled_from(SNIPPETS)) + text[at:]
    return text


@st.composite
def files(draw: st.DrawFn) -> Item:
    """A file as captured; its bytes need not be UTF-8, nor what its name says."""
    suffix = draw(st.sampled_from(list(KINDS)))
    text = draw(garbled())
    head = draw(
        st.sampled_from(["", "", "---\npublished: 2024-05-15\nlanguage: en\n---\n", "---\n"])
    )
    if suffix == ".jsonl":
        row = {"id": "x", "text": text, "language": "en", "published": "2024-05-15"}
        content = json.dumps(row, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")
    elif suffix == ".html":
        page = draw(st.sampled_from(["{}", "<html lang=en><body><p>{}</p></body></html>"]))
        content = page.format("{}").replace("{}", text).encode()
    else:
        codec = draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "cp1251", "latin-1"]))
        content = (head + text).encode(codec, "replace")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=3)) + content[at:]
    return Item(
        name="garbled",
        path=f"garbled{suffix}",
        media_type=KINDS[suffix],
        content=content,
        sha256=sha256_of(content),
        record=1 if suffix == ".jsonl" else None,
    )


def read_and_check(extractor: ClaimExtractor, item: Item) -> bool:
    """Read one file; True if anything was there to read, False if it was refused by name."""
    try:
        document, text = read_item(item)
    except (CannotDecode, CannotParse, UnknownMediaType):
        return False
    start = time.process_time()
    found = extractor.extract(document, text)
    seconds = time.process_time() - start
    assert seconds < 3 + len(text.text) / 1000, f"{seconds:.1f} s for {len(text.text)} letters"
    check_spans(text, found)
    check_ids(found)
    check_numbers(text, found)
    return True


def check_numbers(text: Text, found: Extraction) -> None:
    """No number has two states; where one number of a sentence has a state, every other has."""
    states = sorted((number.start, number.end) for number in found.numbers)
    assert all(one[1] <= two[0] for one, two in pairwise(states)), states
    for sentence in text.sentences:
        inside = [s for s in states if sentence.start <= s[0] < sentence.end]
        if not inside:
            continue
        body = LINK.sub(lambda link: " " * len(link.group()), text.text[: sentence.end])
        for token in DIGITS.finditer(body, sentence.start):
            assert any(start < token.end() and token.start() < end for start, end in inside), (
                token.group(),
                text.text[sentence.start : sentence.end],
            )
