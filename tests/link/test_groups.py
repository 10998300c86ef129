"""Which documents carry one report."""

from __future__ import annotations

import random

from count.made import make_document
from harmledger.link import propose_origin_groups
from harmledger.link.credit import find_credit

WORDS = [
    "river",
    "bridge",
    "council",
    "market",
    "winter",
    "letter",
    "garden",
    "engine",
    "planet",
    "silver",
    "window",
    "copper",
    "forest",
    "number",
    "signal",
    "basket",
    "button",
    "candle",
    "doctor",
    "eleven",
    "farmer",
    "ginger",
    "hammer",
    "island",
    "jacket",
    "kitten",
]


def article(seed: int, length: int = 200) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) for _ in range(length))


def test_edited_copies_share_a_group_and_others_do_not() -> None:
    names = ("original", "headline changed", "cut down", "other")
    documents = [make_document(n, f"2022-03-1{i}") for i, n in enumerate(names)]
    text = article(1)
    bodies = (
        text,
        "A new headline over it. " + text + " With an added last line.",
        " ".join(text.split()[:70]),
        article(2),
    )
    texts = {d.text_sha256: body for d, body in zip(documents, bodies, strict=True)}
    groups = propose_origin_groups(documents, texts)
    first, second, third, other = (groups[d.id] for d in documents)
    assert first == second == third
    assert other != first
    assert propose_origin_groups(documents[::-1], texts) == groups


def test_a_group_keeps_its_id_when_a_later_copy_comes() -> None:
    documents = [make_document(n, f"2022-03-1{i}") for i, n in enumerate("abc")]
    texts = {d.text_sha256: article(1) for d in documents}
    before = propose_origin_groups(documents[:2], texts)
    after = propose_origin_groups(documents, texts)
    assert after[documents[0].id] == before[documents[0].id]


def test_agencies_are_found_at_the_edges_only() -> None:
    assert find_credit("KYIV (Reuters) - Three people died.") == "reuters"
    assert find_credit("KYIV, March 9 (AFP) – Three people died.") == "afp"
    assert find_credit("Three people died." + " x" * 400 + "\nReport by Agence France-Presse\n")
    assert find_credit("Three people died, an official told Reuters on Monday.") is None
    assert find_credit("") is None


def test_a_shared_credit_line_needs_less_overlap() -> None:
    a, b = make_document("a"), make_document("b")
    common, own, other = article(1, 80), article(2, 100), article(3, 120)
    credited = {a.text_sha256: f"(AFP) {common} {own}", b.text_sha256: f"(AFP) {common} {other}"}
    plain = {key: text.removeprefix("(AFP) ") for key, text in credited.items()}
    assert len(set(propose_origin_groups([a, b], credited).values())) == 1
    assert len(set(propose_origin_groups([a, b], plain).values())) == 2


def test_short_or_missing_texts_stand_alone() -> None:
    a, b = make_document("a"), make_document("b")
    groups = propose_origin_groups([a, b], {a.text_sha256: "Two dead.", b.text_sha256: "Two dead."})
    assert len(set(groups.values())) == 2
    assert len(set(propose_origin_groups([a, b], {}).values())) == 2
