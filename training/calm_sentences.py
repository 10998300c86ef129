"""Sentences that tell no harm, to teach the harm head what to leave alone.

Those of the treebanks have a number and no word of the harm lexicon, and stand in no document that
is marked up: of the marked-up ones, of either half, only the name of their source is read, to leave
it out. Those of ``harmless.txt`` are written for this: matches, floods, films and elections told in
the words of war, every sentence of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from harm_sentences import HARMS, Sentence, StateReader, told_of
from numpy.typing import NDArray

from harmledger.core.claim import Claim
from harmledger.core.document import Document, Item, Text
from harmledger.core.ids import sha256_of
from harmledger.evals.harmless import load_harmless
from harmledger.evals.treebanks import load_documents
from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.locate.weighing import Scales
from harmledger.extract.harms.find import find_mentions
from harmledger.extract.passage import Passage
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.read import read_item

FILES = ("ud/en_ewt-ud-train.conllu.gz", "ud/en_gum_open-ud-train.conllu.gz")
HARMLESS = Path(__file__).with_name("harmless.txt")
LONGEST, SEED = 60, 7


def load_calm(gold: Path, data: Path, most: int) -> list[Sentence]:
    """Up to ``most`` sentences, the documents in an order of chance that is always the same."""
    extractor, states = ClaimExtractor(Gazetteer()), StateReader()
    found: list[Sentence] = []
    for name, text in _documents(gold, data):
        for passage in _passages(extractor, text):
            if len(found) >= most:
                return found
            read = states.read([t.text for t in passage.tokens])
            if read is not None:
                found.append(_calm(name, passage, read))
    return found


def load_harmless_sentences() -> list[Sentence]:
    """Every sentence of the texts, with what the rules make of them told."""
    extractor, states, scales = ClaimExtractor(Gazetteer()), StateReader(), Scales.load()
    found: list[Sentence] = []
    for name, body in load_harmless(HARMLESS):
        document, text = _read(body)
        seen = extractor.look(document, text)
        claims = extractor.extract_seen(document, text, seen, scales).claims
        for passage in extractor._sight.look(document, text, every=True).passages:
            read = states.read([t.text for t in passage.tokens]) if passage.tokens else None
            if read is not None:
                found.append(_calm(name, passage, read, claims))
    return found


def _documents(gold: Path, data: Path) -> Iterator[tuple[str, str]]:
    marked = {
        source["newdoc"]
        for path in sorted((gold / "found").glob("*.gold.json"))
        if (source := json.loads(path.read_bytes()).get("source"))
    }
    texts = {n: t for file in FILES for n, t in load_documents(data / file).items()}
    names = sorted(texts.keys() - marked)
    random.Random(SEED).shuffle(names)
    yield from ((name, texts[name]) for name in names)


def _passages(extractor: ClaimExtractor, text: str) -> Iterator[Passage]:
    document, read = _read(text)
    lexica = extractor._lexica
    for passage in extractor._sight.look(document, read, every=True).passages:
        counts = "CD" in {t.xpos for t in passage.tokens} and len(passage.tokens) <= LONGEST
        if counts and not find_mentions(passage, lexica.harms, lexica.scope):
            yield passage


def _read(text: str) -> tuple[Document, Text]:
    content = text.encode("utf-8")
    return read_item(
        Item(name="calm", path="calm.txt", media_type="text/plain", content=content,
             sha256=sha256_of(content))
    )  # fmt: skip


def _calm(
    name: str, passage: Passage, states: NDArray[np.float32], claims: Sequence[Claim] = ()
) -> Sentence:
    return Sentence(
        doc=f"calm-{name}",
        states=states,
        told=told_of(passage, claims),
        heads=tuple(t.head + 1 for t in passage.tokens),
        relations=tuple(t.deprel for t in passage.tokens),
        asked=(),
        open=np.zeros((len(passage.tokens), len(HARMS)), dtype=bool),
    )
