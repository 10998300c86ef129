"""The language layer: words, dictionary forms, trees, the learned parser and its fallback."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.core.errors import MissingResource
from harmledger.extract.language import (
    MODEL_FOLDER,
    NO_HEAD,
    Parser,
    Tree,
    find_parser,
    find_words,
)
from harmledger.extract.language.encode import TITLE, UPPER, WordPieces, shape_of
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.parser import LONG_NOTE, LearnedParser
from harmledger.extract.language.repair import best_tree, is_tree
from harmledger.extract.language.shallow import ShallowParser

STRIKE = "Two adults and a child were killed when a missile hit a hospital in Kharkiv, police said."


@pytest.fixture(scope="module")
def learned() -> Parser:
    parser = find_parser()
    assert parser.version.startswith("minilm-ud@")
    assert parser.note == ""
    return parser


@pytest.fixture(scope="module")
def shallow() -> Parser:
    return ShallowParser()


def assert_is_tree(tree: Tree, text: str, offset: int) -> None:
    assert (tree.start, tree.end) == (offset, offset + len(text))
    roots = [token for token in tree.tokens if token.head == NO_HEAD]
    assert len(roots) == (1 if tree.tokens else 0)
    for token in tree.tokens:
        assert text[token.start - offset : token.end - offset] == token.text
        assert token.deprel
        assert len(list(tree.ancestors(token.index))) < len(tree.tokens)
    if tree.tokens:
        assert {t.index for t in tree.subtree(roots[0].index)} == set(range(len(tree.tokens)))
    for name in tree.names:
        assert tree.tokens[name.first].start == name.start < name.end


# words


@settings(deadline=None)
@given(st.text())
def test_words_cover_everything_but_white_space_and_invisible_characters(text: str) -> None:
    spans = find_words(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    covered = {i for start, end in spans for i in range(start, end)}
    rest = [c for i, c in enumerate(text) if i not in covered]
    assert all(c.isspace() or not c.isprintable() for c in rest)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a six-year-old girl", "a six - year - old girl"),
        ("pro-government anti-tank re-elected", "pro-government anti-tank re-elected"),
        ("They didn't; it's Ann's.", "They did n't ; it 's Ann 's ."),
        ("They didn’t", "They did n’t"),
        ("1,200 dead, 3.5 million", "1,200 dead , 3.5 million"),
        ("10-15 people", "10 - 15 people"),
        ("At 5pm in the U.S. Gen. Ali said", "At 5 pm in the U.S. Gen. Ali said"),
        ("(AP) -- “Go!”", "( AP ) -- “ Go ! ”"),
        ("$40m and 10%", "$ 40 m and 10 %"),
        ("see https://example.org/a?b=1.", "see https://example.org/a?b=1 ."),
        ("IT WASN'T", "IT WAS N'T"),
        ("cannot", "can not"),
    ],
)
def test_words_are_cut_as_the_treebank_cuts_them(text: str, words: str) -> None:
    assert [text[start:end] for start, end in find_words(text)] == words.split()


# dictionary forms


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("killed", "VBN", "kill"),
        ("wounded", "VBD", "wound"),
        ("injured", "VBN", "injure"),
        ("died", "VBD", "die"),
        ("dying", "VBG", "die"),
        ("struck", "VBD", "strike"),
        ("shelled", "VBN", "shell"),
        ("fired", "VBD", "fire"),
        ("suffered", "VBD", "suffer"),
        ("evacuated", "VBN", "evacuate"),
        ("trapped", "VBN", "trap"),
        ("referring", "VBG", "refer"),
        ("left", "VBD", "leave"),
        ("left", "JJ", "left"),
        ("found", "VBN", "find"),
        ("were", "VBD", "be"),
        ("'s", "VBZ", "be"),
        ("n't", "RB", "not"),
        ("women", "NNS", "woman"),
        ("bodies", "NNS", "body"),
        ("houses", "NNS", "house"),
        ("churches", "NNS", "church"),
        ("people", "NNS", "people"),
        ("Houthis", "NNPS", "Houthis"),
        ("1,200", "CD", "1,200"),
        ("heavier", "JJR", "heavy"),
        ("larger", "JJR", "large"),
    ],
)
def test_dictionary_forms(word: str, tag: str, lemma: str) -> None:
    assert Lemmatiser().lemma(word, tag) == lemma


# what the network reads


@pytest.mark.parametrize(
    ("word", "shape"), [("Kyiv", TITLE), ("A", TITLE), ("UN", UPPER), ("МАРІУПОЛЬ", UPPER)]
)
def test_shapes(word: str, shape: int) -> None:
    assert shape_of(word) == shape


def test_every_word_has_a_place_in_the_batch(learned: LearnedParser) -> None:
    cutter: WordPieces = learned._cutter
    batch = cutter.batch([["Kharkiv", "\ud800", "\x01", "x" * 5000], ["."]])
    assert (batch.first[0] > 0).all()
    assert batch.first[1].tolist() == [1, 0, 0, 0]
    assert batch.pieces.shape == batch.shapes.shape


# repair


@settings(deadline=None)
@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, 2**32 - 1))))
def test_the_best_tree_is_a_tree_and_beats_any_other_found(size_and_seed: tuple[int, int]) -> None:
    size, seed = size_and_seed
    scores = np.random.default_rng(seed).normal(size=(size, size + 1)) * 3
    heads = best_tree(scores)
    assert is_tree(heads.tolist())


def test_the_best_tree_is_the_best_of_all_small_trees() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        scores = rng.normal(size=(4, 5))
        every = np.stack(np.meshgrid(*[range(5)] * 4, indexing="ij"), -1).reshape(-1, 4)
        trees = [heads for heads in every if is_tree(heads.tolist())]
        assert len(trees) == 64  # 4 roots, 16 trees of four words below each
        normal = scores.copy()
        normal[np.arange(4), np.arange(1, 5)] = -np.inf
        best = max(trees, key=lambda heads: normal[np.arange(4), heads].sum())
        chosen = best_tree(scores)
        found = normal[np.arange(4), chosen].sum()
        assert found == pytest.approx(normal[np.arange(4), best].sum())


def test_circles_and_two_roots_are_no_trees() -> None:
    assert not is_tree([2, 1, 0])
    assert not is_tree([1, 0])
    assert not is_tree([0, 0, 1])
    assert is_tree([0, 1, 2])
    assert is_tree([])


# trees


def test_the_learned_tree_says_who_was_killed_where(learned: Parser) -> None:
    tree = learned.parse([(STRIKE, 100)])[0]
    assert_is_tree(tree, STRIKE, 100)
    killed = next(t for t in tree.tokens if t.text == "killed")
    subject = tree.child(killed.index, "nsubj")
    assert subject is not None
    assert [t.text for t in tree.conjuncts(subject.index)] == ["adults", "child"]
    assert tree.child(killed.index, "aux:pass") is not None
    assert [(n.kind, STRIKE[n.start - 100 : n.end - 100]) for n in tree.names] == [
        ("LOC", "Kharkiv")
    ]
    start, end = tree.span(subject.index)
    assert STRIKE[start - 100 : end - 100] == "Two adults and a child"
    assert tree.root is not None
    assert tree.root.lemma == "say"
    assert ("ARG1", "adults") in [(role, t.text) for role, t in tree.arguments(killed.index)]


def test_the_rules_only_tree_has_subject_passive_and_conjunct(shallow: Parser) -> None:
    tree = shallow.parse([(STRIKE, 0)])[0]
    assert_is_tree(tree, STRIKE, 0)
    killed = next(t for t in tree.tokens if t.text == "killed")
    subject = tree.child(killed.index, "nsubj:pass")
    assert subject is not None
    assert [t.text for t in tree.conjuncts(subject.index)] == ["adults", "child"]
    assert "rules only" in tree.note
    hit = next(t for t in tree.tokens if t.text == "hit")
    assert [t.text for t in tree.children(hit.index, "obj")] == ["hospital"]


def test_paths_heads_and_ancestors(learned: Parser) -> None:
    tree = learned.parse([("Shells killed four people.", 0)])[0]
    four, people = tree.tokens[2], tree.tokens[3]
    assert tree.head(four.index) == people
    assert tree.path(four.index, 0) == ("<nummod", "<obj", ">nsubj")
    assert tree.governs(1, four.index)
    assert not tree.governs(four.index, 1)
    assert tree.at(14) == four
    assert tree.at(6) is None
    assert tree.top(14, 25) == people


@pytest.mark.parametrize("which", ["learned", "shallow"])
@settings(deadline=None, max_examples=60)
@given(texts=st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gives_trees(
    which: str, texts: list[str], request_parsers: dict[str, Parser]
) -> None:
    pairs = [(text, 10 * i) for i, text in enumerate(texts)]
    trees = request_parsers[which].parse(pairs)
    for (text, offset), tree in zip(pairs, trees, strict=True):
        assert_is_tree(tree, text, offset)


@pytest.fixture(scope="module")
def request_parsers(learned: Parser, shallow: Parser) -> dict[str, Parser]:
    return {"learned": learned, "shallow": shallow}


def test_sentences_come_back_in_order_and_unchanged_by_company(learned: Parser) -> None:
    texts = ["Five died.", STRIKE, "", "The shelling of Aleppo wounded 12 civilians on Monday."]
    together = learned.parse([(text, 0) for text in texts])
    assert [[t.text for t in tree.tokens] for tree in together] == [
        [text[a:b] for a, b in find_words(text)] for text in texts
    ]
    assert together == [learned.parse([(text, 0)])[0] for text in texts]


def test_a_very_long_sentence_is_read_in_parts_and_says_so(learned: Parser) -> None:
    text = ", ".join(["the army shelled the town"] * 120)
    tree = learned.parse([(text, 0)])[0]
    assert_is_tree(tree, text, 0)
    assert tree.note == LONG_NOTE


# without the model


def test_without_model_files_the_rules_only_parser_says_what_is_lost(tmp_path: Path) -> None:
    parser = find_parser(tmp_path)
    assert parser.version == "rules-only@1"
    assert "model.onnx" in parser.note
    assert "rules only" in parser.note


def test_the_learned_parser_names_the_missing_file(tmp_path: Path) -> None:
    with pytest.raises(MissingResource, match=r"model\.onnx"):
        LearnedParser(tmp_path)


def test_a_damaged_network_is_named_when_the_first_sentence_asks_for_it(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "labels.json"):
        (tmp_path / name).write_bytes((MODEL_FOLDER / name).read_bytes())
    (tmp_path / "model.onnx").write_bytes(b"no network")
    parser = LearnedParser(tmp_path)
    with pytest.raises(MissingResource, match="cannot be loaded"):
        parser.parse([(STRIKE, 0)])
