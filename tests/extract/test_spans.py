"""Whatever the text: spans cut the words they say, ids are unique, nothing breaks or varies."""

from __future__ import annotations

import random
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harmledger.capture import find_items
from harmledger.core.document import Document, Item, Text
from harmledger.core.errors import CannotDecode, CannotParse
from harmledger.core.extraction import Extraction
from harmledger.core.ids import sha256_of
from harmledger.core.span import Span
from harmledger.extract import ClaimExtractor
from harmledger.read import read_item

EXAMPLES = Path(__file__).parents[2] / "examples"
NUMBERS = [
    "12", "1,200", "twelve", "at least 30", "dozens of", "٣", "12\u00a0000", "3-4", "no", "½", "0",
    "a", "between 10 and 15", "1.5 million", "99999999999999999999", "as many as 60", "several",
]  # fmt: skip
PLACES = [
    "Kherson", "Херсон", "Port-au-Prince", "Gaza City", "غزة", "Kherson🚑", "São Tomé", "the town",
    "Paris", "北京", "Kherson (Ukraine)",
]  # fmt: skip
TIMES = ["on Monday", "yesterday", "on 31 February 2024", "on 3 May 2024", "overnight", "…", ""]
VOICES = [
    ", the mayor said", ", said “Dr.” O’Neil", " — Reuters", ', the ministry said: "none"', "",
    ", he added", ", according to AFP", " (X, 3 May)",
]  # fmt: skip
TEMPLATES = [
    "{n} people were killed in shelling in {p} {t}{v}.",
    "{n} were killed and {n} wounded, among them {n} children, as a rocket hit a school in {p}{v}.",
    "The death toll in {p} rose to {n} from {n} {t}{v}.",
    "“We received {n} bodies,” said a doctor; ‘“{n} of them” were children’ {t}.",
    "The army denied that it had bombed a hospital in {p} {t}.",
    "{n} PEOPLE MISSING IN {p}!!! 🚨🚨 {t}",
    "A mass grave with {n} bodies was found near {p} {t}{v}.",
    "Shelling left {n} people without water in {p} {t}; {n} homes were damaged{v}.",
    "We withdraw the figure of {n} dead in {p}{v}.",
    "The minister apologised {t} for the strike on {p} that killed {n}.",
    "{p}: {n} killed\t{n} injured",
    "- {n} dead, {n} hurt",
    "# {n} killed in {p}",
    "{n} people died when a bus overturned in {p} {t}.",
]
JOINTS = [" ", "\n", "\r\n", "\n\n", "\r\n\r\n", "\r", "\u2028", "\u00a0", "  ", ""]
ENTITIES = ["&nbsp;", "&amp;", "&#8217;", "&#x1F6A8;", "<b>", "</b>", "<br>", "&bogus;", "&#0;"]
HEADS = [
    "",
    "---\npublished: 2024-05-15\nlanguage: en\n---\n",
    "---\ntitle: x\nlanguage: en\n---\n",
]

noise = st.text(
    st.characters(exclude_categories=("Cs",))
    | st.sampled_from("“”‘’\"'()–—\u200f\u202e\ufeff🚑é\0"),
    max_size=30,
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    def fill(slot: list[str]) -> str:
        return draw(st.sampled_from(slot))

    template = fill(TEMPLATES)
    while "{n}" in template:
        template = template.replace("{n}", fill(NUMBERS), 1)
    return template.format(p=fill(PLACES), t=fill(TIMES), v=fill(VOICES))


@st.composite
def items(draw: st.DrawFn) -> Item:
    """A file as captured: markdown, plain text or a page."""
    pieces = draw(st.lists(sentences() | sentences() | noise, min_size=1, max_size=5))
    suffix = draw(st.sampled_from(["md", "txt", "html"]))
    joints = [*JOINTS, *ENTITIES] if suffix == "html" else JOINTS
    body = "".join(piece + draw(st.sampled_from(joints)) for piece in pieces)
    if suffix == "html":
        body = f'<html lang="en"><body><article><h1>News</h1><p>{body}</p></article></body></html>'
        media = "text/html"
    else:
        body = draw(st.sampled_from(HEADS)) + body
        media = "text/markdown" if suffix == "md" else "text/plain"
    return item_of(body, suffix=suffix, media=media)


def item_of(body: str, *, suffix: str = "txt", media: str = "text/plain") -> Item:
    content = body.encode("utf-8")
    return Item(
        name="made",
        path=f"made.{suffix}",
        media_type=media,
        content=content,
        sha256=sha256_of(content),
    )


def check_spans(text: Text, found: Extraction) -> None:
    """Everything that points into the text points at the words it says."""
    body = text.text

    def whole(span: Span) -> None:
        assert 0 <= span.start < span.end <= len(body)
        assert body[span.start : span.end] == span.quote

    for claim in found.claims:
        whole(claim.span)
        assert claim.text_sha256 == text.sha256
        assert claim.span.sentence in body
        for trace in claim.trace:
            assert 0 <= trace.start <= trace.end <= len(body), (trace.field, claim.span.quote)
    for response in found.responses:
        whole(response.span)
    for line in found.unresolved:
        if line.span is not None:
            whole(line.span)
    for number in found.numbers:
        assert body[number.start : number.end] == number.as_written


def check_ids(found: Extraction) -> None:
    """Ids are unique; what points at a claim points at one of this text."""
    claims = [claim.id for claim in found.claims]
    assert len(claims) == len(set(claims))
    assert len({line.id for line in found.unresolved}) == len(found.unresolved)
    assert len({(n.start, n.end) for n in found.numbers}) == len(found.numbers)
    for claim in found.claims:
        for other in (claim.part_of, claim.about, claim.supersedes):
            assert other is None or (other in claims and other != claim.id)
    assert {n.claim for n in found.numbers if n.state == "used"} <= set(claims)


def as_bytes(found: Extraction) -> bytes:
    return msgspec.json.encode(found, order="sorted")


@settings(
    max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
@given(item=items())
def test_any_document(extractor: ClaimExtractor, item: Item) -> None:
    try:
        document, text = read_item(item)
    except (CannotDecode, CannotParse):
        return  # refused by name; nothing was extracted
    found = extractor.extract(document, text)
    check_spans(text, found)
    check_ids(found)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(item=items(), other=items())
def test_a_document_reads_the_same_whatever_was_read_before(
    extractor: ClaimExtractor, item: Item, other: Item
) -> None:
    try:
        (document, text), between = read_item(item), read_item(other)
    except (CannotDecode, CannotParse):
        return
    first = extractor.extract(document, text)
    extractor.extract(*between)
    assert as_bytes(extractor.extract(document, text)) == as_bytes(first)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(item=items())
def test_layers_and_rules_alone_break_nothing(rules_only: ClaimExtractor, item: Item) -> None:
    try:
        document, text = read_item(item)
    except (CannotDecode, CannotParse):
        return
    found = rules_only.extract(document, text, layers=True)
    check_spans(text, found)
    check_ids(found)
    if found.layers is None:
        assert document.language != "en"
        return
    body = text.text
    for figure in found.layers.quantities:
        assert body[figure.start : figure.end] == figure.as_written
        assert figure.start <= figure.core[0] < figure.core[1] <= figure.end
    for seen in (*found.layers.times, *found.layers.places):
        assert 0 <= seen.start < seen.end <= len(body)


def read_examples(folder: str) -> list[tuple[Document, Text]]:
    read = []
    for item in find_items([EXAMPLES / folder]):
        if not isinstance(item, Item):
            continue
        try:
            read.append(read_item(item))
        except (CannotDecode, CannotParse):
            continue
    return read


@pytest.mark.parametrize("folder", ["reports", "hard"])
def test_every_example(extractor: ClaimExtractor, folder: str) -> None:
    read = read_examples(folder)
    assert len(read) >= 12
    seen: set[str] = set()
    for document, text in read:
        found = extractor.extract(document, text)
        check_spans(text, found)
        check_ids(found)
        assert as_bytes(extractor.extract(document, text)) == as_bytes(found)
        ids = {claim.id for claim in found.claims}
        assert not ids & seen
        seen |= ids


def test_another_extractor_reads_the_same(extractor: ClaimExtractor, gazetteer: object) -> None:
    fresh = ClaimExtractor(gazetteer)  # type: ignore[arg-type]
    for document, text in read_examples("reports"):
        assert as_bytes(fresh.extract(document, text)) == as_bytes(
            extractor.extract(document, text)
        )


def test_the_order_of_documents_changes_nothing(extractor: ClaimExtractor) -> None:
    read = read_examples("reports")
    first = {d.id: as_bytes(extractor.extract(d, t)) for d, t in read}
    random.Random(7).shuffle(read)
    assert {d.id: as_bytes(extractor.extract(d, t)) for d, t in read} == first


# ---- time ----------------------------------------------------------------------------------------


REPORT = [
    "Shelling killed {a} people in Kherson on Monday and wounded {b}, the governor said.",
    "The council discussed the budget for the new library at length.",
    "Residents of the town spoke of a quiet week and of the harvest to come.",
    "A drone hit a market in Odesa, he added, and {a} vehicles were destroyed.",
    "Rain is expected in the south, and the river stands high.",
    "Trains run again between the two cities after repairs to the line.",
    "The paper {a} has been told of {b} other matters.",
]


def report_of(size: int) -> str:
    """About ``size`` code points: two harmful sentences in seven, paragraphs of nine."""
    said: list[str] = []
    for number in range(size // 65):
        sentence = REPORT[number % len(REPORT)].format(a=number % 90 + 2, b=number % 70 + 3)
        said.append(sentence + ("\n\n" if number % 9 == 8 else " "))
    return "".join(said)


def seconds_to_read(extractor: ClaimExtractor, size: int) -> float:
    item = item_of(report_of(size))
    start = time.process_time()
    found = extractor.extract(*read_item(item))
    assert len(found.claims) > size / 500
    return time.process_time() - start


def test_time_grows_with_the_length_only(rules_only: ClaimExtractor) -> None:
    """Ratios, not seconds: four times the text may take 1.6 times four times as long."""
    seconds_to_read(rules_only, 20_000)  # loads what loads once
    short, long = (seconds_to_read(rules_only, size) for size in (250_000, 1_000_000))
    assert long <= short * 4 * 1.6, f"{short:.1f} s for 250 kB, {long:.1f} s for 1 MB"
