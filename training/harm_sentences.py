"""Marked-up reports as training sentences for the harm head.

For every sentence that the reader gives to the network: the inner states of its words, the tree,
and for every claim a person entered the words that may head its phrase: those inside the claim's
span whose phrase, by the package's own number grammar, says the claim's figure. Which of them is
the head nobody marked, so the loss asks only for one of them (``harm_network.loss_of``).

Only the development half is opened, and found texts only where their licence lets weights be made
from them (the treebanks' are, MUC-4's are not).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from harmledger.core.claim import Claim, Harm
from harmledger.core.document import Document, Text
from harmledger.evals.claims import figures_agree
from harmledger.evals.gold import GoldClaim, GoldDocument, load_gold
from harmledger.evals.gold_texts import make_finder
from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.counting import count_phrase
from harmledger.extract.claims.locate.weighing import Scales
from harmledger.extract.claims.marked import LATELY
from harmledger.extract.language import MODEL_FOLDER
from harmledger.extract.language.encode import WordPieces
from harmledger.extract.language.harm_head import (
    pack_states,
    told_vector,
    unpack_states,
    with_outputs,
)
from harmledger.extract.language.parser import MOST_PIECES
from harmledger.extract.passage import Passage
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.persons import PersonLexicon, load_persons
from harmledger.read import read_item

HARMS: tuple[Harm, ...] = get_args(Harm)
LAYER = "/encoder/encoder/layer.{}/output/LayerNorm/LayerNormalization_output_0"
STATES = (LAYER.format(1), LAYER.format(5))
"""What the second and the last layer put out, by their names in model.onnx. The input and the
fourth layer beside them made the head little better and slower."""
TAKEN = ("abducted", "detained")
CASUALTIES = ("killed", "injured", "killed_or_injured")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``heads`` are 0 for the root, else 1-based. ``told``: what the rules have told here and
    before. ``asked``: for each claim its harm and the words that may head it; ``open``
    [words, harms]: nothing is known, neither yes nor no."""

    doc: str
    states: NDArray[np.float32]
    told: NDArray[np.float32]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    asked: tuple[tuple[int, tuple[int, ...]], ...]
    open: NDArray[np.bool_]


class StateReader:
    """Runs the shipped network once more for what it knows of each word."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._cutter = WordPieces(MODEL_FOLDER / "tokenizer.json")
        model = (MODEL_FOLDER / "model.onnx").read_bytes()
        self._session = onnxruntime.InferenceSession(
            with_outputs(model, STATES), options, providers=["CPUExecutionProvider"]
        )

    def read(self, words: Sequence[str]) -> NDArray[np.float32] | None:
        """[words, states]; None for a sentence too long to be read in one piece."""
        laid = self._cutter.batch([words])
        if laid.pieces.shape[1] > MOST_PIECES:
            return None
        fed = {"pieces": laid.pieces, "shapes": laid.shapes, "first": laid.first}
        fed |= {"last": laid.last, "given_heads": np.full(laid.first.shape, -1, dtype=np.int64)}
        packed = pack_states([one[0] for one in self._session.run(STATES, fed)], laid)
        return unpack_states(packed, len(words))


def load_sentences(gold: Path, data: Path | None) -> list[Sentence]:
    """The training sentences of the folder of gold; found reports where ``data`` is given."""
    extractor = ClaimExtractor(Gazetteer())
    states, persons, scales = StateReader(), load_persons(), Scales.load()
    found: list[Sentence] = []
    for marked, document, text in _documents(gold, data):
        seen = extractor.look(document, text)
        claims = extractor.extract_seen(document, text, seen, scales).claims
        for passage in seen.passages:
            if passage.tokens and _learned(passage):
                read = states.read([t.text for t in passage.tokens])
                if read is not None:
                    told = told_of(passage, claims)
                    found.append(_sentence(marked, passage, read, told, persons))
    return found


def told_of(passage: Passage, claims: Sequence[Claim]) -> NDArray[np.float32]:
    """What the rules have told when they come to the end of a passage, as the head is given it."""
    here = [c for c in claims if passage.start <= c.span.start < passage.end]
    before = [c for c in claims if c.span.start < passage.start]
    return told_vector({c.harm for c in here}, {c.harm for c in before[-LATELY:]}, HARMS)


def _learned(passage: Passage) -> bool:
    return not passage.tree.made_by.startswith("rules")


def _documents(gold: Path, data: Path | None) -> Iterator[tuple[GoldDocument, Document, Text]]:
    for stratum in ("written", "found") if data is not None else ("written",):
        finder = make_finder(stratum, gold, data)
        for marked in load_gold(gold, stratum, "development"):
            if stratum == "written" or marked.source is not None:
                yield (marked, *read_item(finder(marked)))


def _sentence(
    marked: GoldDocument,
    passage: Passage,
    states: NDArray[np.float32],
    told: NDArray[np.float32],
    persons: PersonLexicon,
) -> Sentence:
    tokens = passage.tokens
    counted = [count_phrase(passage, t.index, persons).quantity for t in tokens]
    unknown = np.zeros((len(tokens), len(HARMS)), dtype=bool)
    asked = []
    for claim in marked.claims:
        inside = [t.index for t in tokens if t.start < claim.end and claim.start < t.end]
        bounds = (claim.low, claim.high)
        fitting = [i for i in inside if figures_agree(bounds, (counted[i].low, counted[i].high))]
        harm = HARMS.index(claim.harm)
        for other in _passing(claim):
            unknown[fitting if other == claim.harm else inside, HARMS.index(other)] = True
        if claim.optional or not fitting:
            unknown[inside, harm] = True
        elif inside:
            asked.append((harm, tuple(fitting)))
    return Sentence(
        doc=marked.doc,
        states=states,
        told=told,
        heads=tuple(t.head + 1 for t in tokens),
        relations=tuple(t.deprel for t in tokens),
        asked=tuple(asked),
        open=unknown,
    )


def _passing(claim: GoldClaim) -> tuple[str, ...]:
    """The harms that would pass for the one entered."""
    if claim.harm in TAKEN:
        return TAKEN
    return CASUALTIES if claim.high == 0 and claim.harm in CASUALTIES else (claim.harm,)
