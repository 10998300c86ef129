"""What each layer of the language model earns: the reader with and without it, on the same gold.

rules     the rules-only parser: word lists, endings, position
+ parse   the network's tags and trees
+ names   and its persons, organisations and places
+ roles   and its PropBank roles, where a rule asks for them
+ head    and the harms that the learned head marks, where no rule makes a claim
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

import msgspec

from harmledger.capture import find_items
from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.evals.claims import score_reading
from harmledger.evals.gold import Half, Stratum, load_gold
from harmledger.evals.gold_texts import iter_readings, make_finder
from harmledger.evals.measures import Measure, compare_counts, measure_all
from harmledger.evals.names import open_place_ids
from harmledger.evals.strata import STRATA
from harmledger.extract import ClaimExtractor
from harmledger.extract.language import Parser, find_parser
from harmledger.extract.language.tree import Mark, Tree
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.pipeline.rooms import Rooms
from harmledger.read import READER, read_item

Cut = Callable[[Tree], Tree]
"""Takes something out of a tree."""


class Rung(Value, frozen=True, kw_only=True):
    """One layer on one stratum. ``gain``: what it adds to F1 over the rung below, its interval
    over the same draws of reports; null on the first."""

    name: str
    stratum: Stratum
    measures: tuple[Measure, ...]
    gain: Measure | None


class CutParser:
    """The parser with part of what it says taken away."""

    def __init__(self, parser: Parser, cut: Cut) -> None:
        self._parser = parser
        self._cut = cut
        self.version, self.note = parser.version, parser.note

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        """Trees with less in them, in order."""
        return [self._cut(tree) for tree in self._parser.parse(sentences)]

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        """What the parser's head marks in what is left."""
        return self._parser.find_marks(tree, words, here, before)


def without_names(tree: Tree) -> Tree:
    """No names, neither as spans nor on words, no roles and no marks."""
    tokens = tuple(msgspec.structs.replace(token, entity="") for token in tree.tokens)
    return msgspec.structs.replace(tree, tokens=tokens, names=(), roles=(), states=b"")


def without_roles(tree: Tree) -> Tree:
    """No roles and no marks."""
    return msgspec.structs.replace(tree, roles=(), states=b"")


def without_marks(tree: Tree) -> Tree:
    """No marks of the harm head."""
    return msgspec.structs.replace(tree, states=b"")


def whole(tree: Tree) -> Tree:
    """All that the network says."""
    return tree


LADDER: tuple[tuple[str, Cut | None], ...] = (
    ("rules", None),
    ("+ parse", without_names),
    ("+ names", without_roles),
    ("+ roles", without_marks),
    ("+ head", whole),
)


def score_ladder(folder: Path, data: Path | None, half: Half = "development") -> tuple[Rung, ...]:
    """The gold scored on every rung, strata apart; the found stratum needs ``data``.

    Raises:
        CannotParse: gold is malformed, or a text is not the one marked up.
        MissingResource: gazetteer or texts are not there.
    """
    ladder = [(name, _rooms_with(cut)) for name, cut in LADDER]
    rungs = []
    for stratum in STRATA:
        if stratum == "found" and data is None:
            continue
        documents = load_gold(folder, stratum, half)
        finder, ids_of = make_finder(stratum, folder, data), open_place_ids()
        below: list[dict[str, float]] | None = None
        for name, rooms in ladder:
            read = iter_readings(documents, finder, rooms)
            counts = [score_reading(reading, ids_of).counts for reading in read]
            gain = compare_counts("f1", below, counts) if below is not None else None
            rungs.append(Rung(name=name, stratum=stratum, measures=measure_all(counts), gain=gain))
            below = counts
    return tuple(rungs)


def _rooms_with(cut: Cut | None) -> Rooms:
    gazetteer = Gazetteer()
    extractor = (
        ClaimExtractor(gazetteer, rules_only=True)
        if cut is None
        else ClaimExtractor(gazetteer, parser=CutParser(find_parser(), cut))
    )
    return Rooms(find_items=find_items, reader=READER, read_item=read_item, extractor=extractor)
