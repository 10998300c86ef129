"""The learned parser: one small network reads words, and its choices become trees.

The network (``model/``, see its card) was taught on Universal Dependencies English. It runs on one
thread of one core, offline. Everything is chosen inside the network; Python only repairs the few
sentences whose chosen heads do not form a tree, and names what came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from harmledger.core.errors import MissingResource
from harmledger.extract.language.encode import Batch, WordPieces
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.repair import are_trees, best_tree
from harmledger.extract.language.tokens import find_words
from harmledger.extract.language.tree import NO_HEAD, Name, Role, Token, Tree, index_children

PIECES_A_BATCH = 512
MOST_PIECES = 250
LONG_NOTE = (
    "The sentence is very long: it was parsed in parts, and how the parts hang together is a guess."
)


class Labels(msgspec.Struct, frozen=True):
    """The label inventories of one trained network, in its numbering, and its version."""

    version: str
    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of one sentence: a label a word; heads count from 0, -1 at the root."""

    xpos: list[str]
    upos: list[str]
    tags: list[str]
    heads: list[int]
    relations: list[str]
    roles: list[tuple[int, int, str]]
    note: str = ""


class LearnedParser:
    """Parses sentences into trees. Loading takes about a third of a second and 150 MB."""

    note = ""

    def __init__(self, folder: Path) -> None:
        """Load ``model.onnx``, ``tokenizer.json`` and ``labels.json`` from ``folder``.

        Raises:
            MissingResource: one of the three is not there.
        """
        for name in ("model.onnx", "tokenizer.json", "labels.json"):
            if not (folder / name).is_file():
                raise MissingResource(
                    f"the language model is incomplete: {folder / name} is not there; reinstall "
                    "the package, or go on without it (sentences are then read by rules only)"
                )
        self._labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
        self._cutter = WordPieces(folder / "tokenizer.json")
        self._lemmas = Lemmatiser()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @property
    def version(self) -> str:
        """Name and number of the model, for the record: ``minilm-ud@1``."""
        return self._labels.version

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        """Turn ``(text, offset of the text in its document)`` pairs into trees, in order.

        Any Unicode text gives a tree with one root and no cycle, or one without words.
        """
        spans = [find_words(text) for text, _ in sentences]
        words = [
            [text[start:end] for start, end in found]
            for (text, _), found in zip(sentences, spans, strict=True)
        ]
        readings = self.read(words)
        return [
            self._grow(text, offset, found, reading)
            for (text, offset), found, reading in zip(sentences, spans, readings, strict=True)
        ]

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Run the network over sentences of ready-made words; one reading a sentence, in order."""
        parts: list[tuple[int, Sequence[str]]] = []
        for number, words in enumerate(sentences):
            parts.extend((number, part) for part in self._cut(words))
        read: list[Reading | None] = [None] * len(parts)
        for chosen in self._batches([part for _, part in parts]):
            readings = self._run([parts[i][1] for i in chosen])
            for position, reading in zip(chosen, readings, strict=True):
                read[position] = reading
        grouped: list[list[Reading]] = [[] for _ in sentences]
        for (number, _), reading_or_none in zip(parts, read, strict=True):
            if reading_or_none is not None:
                grouped[number].append(reading_or_none)
        return [_join(group) for group in grouped]

    def _cut(self, words: Sequence[str]) -> Iterator[Sequence[str]]:
        """Cut a sentence too long for the network, after punctuation where there is any."""
        start, size, comma = 0, 0, 0
        for i, word in enumerate(words):
            length = len(self._cutter.pieces(word))
            if size + length > MOST_PIECES:
                end = comma if comma > start else i
                yield words[start:end]
                size = sum(len(self._cutter.pieces(w)) for w in words[end:i])
                start = end
            size += length
            if word in (",", ";", ":", ".", "—", "–", "|", "•"):
                comma = i + 1
        if start < len(words):
            yield words[start:]

    def _batches(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[int]]:
        """Yield positions of sentences of like length, so that little is padding."""
        sizes = [sum(len(self._cutter.pieces(w)) for w in words) + 2 for words in sentences]
        batch: list[int] = []
        for position in sorted(range(len(sizes)), key=sizes.__getitem__):
            if batch and sizes[position] * (len(batch) + 1) > PIECES_A_BATCH:
                yield batch
                batch = []
            batch.append(position)
        if batch:
            yield batch

    def _run(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        laid = self._cutter.batch(sentences)
        lengths = [len(words) for words in sentences]
        free = np.full(laid.first.shape, -1, dtype=np.int64)
        out = self._infer(laid, free)
        heads = out["heads"].astype(np.int64)
        broken = [int(n) for n in np.flatnonzero(~are_trees(heads, lengths))]
        relations = out["relations"]
        if broken:
            for n in broken:
                count = lengths[n]
                heads[n, :count] = best_tree(out["arcs"][n, :count, : count + 1].astype(np.float64))
            again = self._infer(laid.rows(broken), heads[broken])
            relations[broken] = again["relations"]
        out["heads"], out["relations"] = heads, relations
        return self._name(out, lengths)

    def _infer(self, laid: Batch, heads: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
        names = [output.name for output in self._session.get_outputs()]
        values = self._session.run(
            names,
            {
                "pieces": laid.pieces,
                "shapes": laid.shapes,
                "first": laid.first,
                "last": laid.last,
                "given_heads": heads,
            },
        )
        return dict(zip(names, values, strict=True))

    def _name(self, out: dict[str, NDArray[np.generic]], lengths: Sequence[int]) -> list[Reading]:
        labels = self._labels
        table = {k: out[k].tolist() for k in ("xpos", "upos", "entities", "heads", "relations")}
        roles: list[list[tuple[int, int, str]]] = [[] for _ in lengths]
        for n, predicate, argument in zip(*np.nonzero(out["roles"]), strict=True):
            name = labels.roles[int(out["roles"][n, predicate, argument])]
            roles[n].append((int(predicate), int(argument), name))
        return [
            Reading(
                xpos=[labels.xpos[i] for i in table["xpos"][n][:count]],
                upos=[labels.upos[i] for i in table["upos"][n][:count]],
                tags=[labels.entities[i] for i in table["entities"][n][:count]],
                heads=[head - 1 for head in table["heads"][n][:count]],
                relations=[labels.relations[i] for i in table["relations"][n][:count]],
                roles=roles[n],
            )
            for n, count in enumerate(lengths)
        ]

    def _grow(
        self, text: str, offset: int, spans: Sequence[tuple[int, int]], read: Reading
    ) -> Tree:
        tokens = []
        for i, (start, end) in enumerate(spans):
            word, tag = text[start:end], read.tags[i]
            tokens.append(
                Token(
                    index=i,
                    start=offset + start,
                    end=offset + end,
                    text=word,
                    lemma=self._lemmas.lemma(word, read.xpos[i]),
                    upos=read.upos[i],
                    xpos=read.xpos[i],
                    head=read.heads[i],
                    deprel=read.relations[i],
                    entity=tag[2:],
                )
            )
        return Tree(
            start=offset,
            end=offset + len(text),
            tokens=tuple(tokens),
            names=names_of(tokens, read.tags),
            roles=tuple(Role(predicate=p, argument=a, name=name) for p, a, name in read.roles),
            made_by=self.version,
            note=read.note,
            below=index_children(read.heads),
        )


def names_of(tokens: Sequence[Token], tags: Sequence[str]) -> tuple[Name, ...]:
    """Gather IOB2 tags into names; an ``I-`` that continues nothing opens a name."""
    found: list[Name] = []
    start = -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            first, last = tokens[start], tokens[i - 1]
            found.append(
                Name(first=start, last=i - 1, kind=tags[start][2:], start=first.start, end=last.end)
            )
            start = -1
        if start < 0 and tag != "O":
            start = i
    return tuple(found)


def _join(parts: Sequence[Reading]) -> Reading:
    """Put the parts of a cut sentence together: later roots hang on the first as parataxis."""
    if len(parts) == 1:
        return parts[0]
    whole = Reading([], [], [], [], [], [], note=LONG_NOTE if parts else "")
    root = parts[0].heads.index(NO_HEAD) if parts else NO_HEAD
    for part in parts:
        shift = len(whole.heads)
        for head, relation in zip(part.heads, part.relations, strict=True):
            hangs = head != NO_HEAD or shift == 0
            whole.heads.append((head + shift if head != NO_HEAD else head) if hangs else root)
            whole.relations.append(relation if hangs else "parataxis")
        whole.xpos.extend(part.xpos)
        whole.upos.extend(part.upos)
        whole.tags.extend(part.tags)
        whole.roles.extend((p + shift, a + shift, name) for p, a, name in part.roles)
    return whole
