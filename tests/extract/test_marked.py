"""The learned head: what it marks, and what the rules let become of a mark."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec
import pytest
from told import Read, figure, read_report

from harmledger.core.claim import Harm
from harmledger.extract import ClaimExtractor
from harmledger.extract.language import MODEL_FOLDER, Parser, find_parser
from harmledger.extract.language.harm_head import LEAST_SURE
from harmledger.extract.language.parser import LearnedParser
from harmledger.extract.language.tree import Mark, Tree
from harmledger.lexicon.gazetteer import Gazetteer

LEAD = "Militiamen shelled and stormed Rutshuru on Monday, killing a farmer. "
REGISTER = LEAD + "The parish register lists 28 villagers."


class Marking:
    """A parser whose head says what the test wants it to say of a word, and counts the asking."""

    note = ""

    def __init__(self, parser: Parser, word: str, harm: Harm, sure: float) -> None:
        self._parser = parser
        self._said = (word, harm, sure)
        self.version = parser.version
        self.asked: list[tuple[str, set[Harm], set[Harm]]] = []

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        trees = self._parser.parse(sentences)
        return [msgspec.structs.replace(tree, states=b"known") for tree in trees]

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        word, harm, sure = self._said
        self.asked.append((" ".join(t.text for t in tree.tokens), set(here), set(before)))
        return tuple(
            Mark(word=at, harm=harm, sure=sure) for at in words if tree.tokens[at].text == word
        )


@pytest.fixture(scope="module")
def parser() -> Parser:
    return find_parser()


def read_marked(
    gazetteer: Gazetteer, parser: Parser, body: str, word: str, harm: Harm, sure: float
) -> Read:
    return read_report(ClaimExtractor(gazetteer, parser=Marking(parser, word, harm, sure)), body)


def by_head(read: Read) -> list[tuple[str, int | None, int | None]]:
    return [
        (claim.harm, *figure(claim))
        for claim in read.claims
        if any(t.field == "harm" and t.rule.startswith("head:") for t in claim.trace)
    ]


def test_a_sure_mark_is_a_claim_with_the_figure_of_its_phrase(
    gazetteer: Gazetteer, parser: Parser
) -> None:
    read = read_marked(gazetteer, parser, REGISTER, "villagers", "killed", 0.91)
    assert by_head(read) == [("killed", 28, 28)], read.summary()
    claim = next(c for c in read.claims if figure(c) == (28, 28))
    assert claim.score == 0.91
    assert claim.quantity.extent == "some"
    assert "head:killed:0.91" in {t.rule for t in claim.trace}
    assert claim.span.quote == "28 villagers"


def test_a_mark_on_the_number_is_one_on_what_it_counts(
    gazetteer: Gazetteer, parser: Parser
) -> None:
    read = read_marked(gazetteer, parser, REGISTER, "28", "killed", 0.91)
    assert [c.span.quote for c in read.claims if figure(c) == (28, 28)] == ["28 villagers"]


def test_a_weak_mark_is_nothing(gazetteer: Gazetteer, parser: Parser) -> None:
    read = read_marked(gazetteer, parser, REGISTER, "villagers", "killed", 0.28)
    assert by_head(read) == []


def test_who_was_taken_away_must_be_surer_than_who_was_killed(
    gazetteer: Gazetteer, parser: Parser
) -> None:
    killed = read_marked(gazetteer, parser, REGISTER, "villagers", "killed", 0.35)
    assert by_head(killed) == [("killed", 28, 28)], killed.summary()
    taken = read_marked(gazetteer, parser, REGISTER, "villagers", "abducted", 0.35)
    assert by_head(taken) == []


@pytest.mark.parametrize(
    ("body", "word", "harm"),
    [
        (LEAD + "They wounded nine people.", "people", "killed"),
        (LEAD + "Nine people were killed by the shells.", "people", "killed"),
        (LEAD + "Nine people were found alive.", "people", "killed"),
        (LEAD + "How many people died is not known.", "people", "killed"),
        ("Floods killed nine people in the hills on Monday.", "people", "killed"),
        ("The league fined nine people on Monday.", "people", "detained"),
    ],
)
def test_the_head_is_not_asked_where_a_rule_has_spoken(
    gazetteer: Gazetteer, parser: Parser, body: str, word: str, harm: Harm
) -> None:
    assert by_head(read_marked(gazetteer, parser, body, word, harm, 0.99)) == []


@pytest.mark.parametrize(
    ("said", "word", "harm"),
    [
        ("The parish register lists 28 letters.", "letters", "killed"),
        ("The parish register lists 28 letters.", "28", "killed"),
        ("Forty guests have not been harmed in any way.", "guests", "injured"),
        ("Nine guests would go back to the valley.", "guests", "displaced"),
        ("The army freed nine guests.", "guests", "detained"),
        ("Nine drivers carried the mail.", "drivers", "killed"),
        ("Some twelve umbrellas were there.", "umbrellas", "object_struck"),
        ("Two schools stood there.", "schools", "object_struck"),
        ("The parish register lists a driver.", "driver", "killed"),
        ("Two men on a motorcycle shot dead a guard.", "men", "killed"),
        ("The shells orphaned six children.", "children", "killed"),
        ("A spokesman cut the five to three.", "five", "killed"),
        ("Rescuers pulled 12 people alive from it.", "people", "killed"),
        ("Guards downed 12 of 14 kites.", "12", "killed"),
    ],
)
def test_what_cannot_be_harmed_or_was_not_is_no_claim(
    gazetteer: Gazetteer, parser: Parser, said: str, word: str, harm: Harm
) -> None:
    assert by_head(read_marked(gazetteer, parser, LEAD + said, word, harm, 0.99)) == []


@pytest.mark.parametrize(
    ("said", "word", "harm"),
    [
        ("Nine drivers sang there.", "drivers", "killed"),
        ("Nine drivers sang elsewhere.", "drivers", "displaced"),
    ],
)
def test_what_can_be_harmed_is_a_claim(
    gazetteer: Gazetteer, parser: Parser, said: str, word: str, harm: Harm
) -> None:
    read = read_marked(gazetteer, parser, LEAD + said, word, harm, 0.99)
    assert [claim[0] for claim in by_head(read)] == [harm], read.summary()


@pytest.mark.parametrize(
    ("said", "word", "harm"),
    [
        ("Nine drivers sang there.", "drivers", "killed"),
        ("The parish register lists 28 drivers.", "drivers", "killed"),
    ],
)
def test_a_claim_of_the_head_needs_violence_near_it(
    gazetteer: Gazetteer, parser: Parser, said: str, word: str, harm: Harm
) -> None:
    calm = "The choir came to Rutshuru on Monday. " + said
    assert by_head(read_marked(gazetteer, parser, calm, word, harm, 0.99)) == []
    told = read_marked(gazetteer, parser, LEAD + said, word, harm, 0.99)
    assert [claim[0] for claim in by_head(told)] == [harm], told.summary()


def test_the_head_is_asked_after_the_rules_and_told_what_they_told(
    gazetteer: Gazetteer, parser: Parser
) -> None:
    marking = Marking(parser, "villagers", "killed", 0.91)
    body = LEAD + "They wounded nine people. The parish register lists 28 villagers."
    read_report(ClaimExtractor(gazetteer, parser=marking), body)
    told = {text.split(" ")[0]: (here, before) for text, here, before in marking.asked}
    assert told["The"] == (set(), {"object_struck", "killed", "injured"})
    assert not any("wounded" in text for text, _, _ in marking.asked)


def without_head(folder: Path) -> LearnedParser:
    """The network alone, as where the two files of the head are taken away."""
    for file in MODEL_FOLDER.iterdir():
        if not file.name.startswith("harms."):
            (folder / file.name).symlink_to(file)
    return LearnedParser(folder)


TEXTS = ("Gunmen shot dead 12 herders near Jos.", "", "He won.", "It rained, " * 300, "NINE DIED.")


def test_without_its_files_sentences_are_parsed_the_same_and_nothing_is_marked(
    parser: Parser, tmp_path: Path, gazetteer: Gazetteer
) -> None:
    bare = without_head(tmp_path)
    pairs = [(text, 7) for text in TEXTS]
    marked, plain = parser.parse(pairs), bare.parse(pairs)
    assert [msgspec.structs.replace(t, states=b"", made_by="") for t in marked] == [
        msgspec.structs.replace(t, made_by="") for t in plain
    ]
    assert all(not tree.states and bare.find_marks(tree, [0], (), ()) == () for tree in plain)
    assert "harms" not in bare.version
    assert parser.version.startswith(f"{bare.version}+harms@")
    read = read_report(ClaimExtractor(gazetteer, parser=bare), REGISTER)
    assert by_head(read) == []
    assert [c.harm for c in read.claims] == ["object_struck", "killed"], read.summary()


def test_marks_point_at_words_and_are_the_same_in_any_company(parser: Parser) -> None:
    together = parser.parse([(text, 7) for text in TEXTS])
    alone = [tree for text in TEXTS for tree in find_parser().parse([(text, 7)])]
    for one, other in zip(together, alone, strict=True):
        words = range(len(one.tokens))
        marks = parser.find_marks(one, words, {"killed"}, ())
        assert marks == parser.find_marks(other, words, {"killed"}, ())
        assert all(m.word < len(one.tokens) and 1 >= m.sure >= LEAST_SURE for m in marks)
    assert not together[-1].states  # capitals taught it nothing


def test_the_head_knows_a_plain_killing(parser: Parser) -> None:
    (tree,) = parser.parse([("Gunmen shot dead 12 herders near the town.", 0)])
    surest = max(parser.find_marks(tree, range(len(tree.tokens)), (), ()), key=lambda m: m.sure)
    assert (surest.harm, tree.tokens[surest.word].text) in {("killed", "herders"), ("killed", "12")}
