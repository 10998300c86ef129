"""The learned parser: one small network reads words, and its choices become trees.

The network (``model/``, see its card) was taught on Universal Dependencies English. It runs on one
thread of one core, offline. Everything is chosen inside the network; Python only repairs the few
sentences whose chosen heads do not form a tree, and names what came out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from harmledger.core.claim import Harm
from harmledger.core.errors import MissingResource
from harmledger.extract.language.encode import Batch, WordPieces
from harmledger.extract.language.harm_head import (
    HarmHead,
    find_inventory,
    may_be_asked,
    pack_states,
    with_outputs,
)
from harmledger.extract.language.headline_verbs import mend_deeds
from harmledger.extract.language.lemma import Lemmatiser
from harmledger.extract.language.nearer import as_known
from harmledger.extract.language.repair import (
    best_tree,
    free_participles,
    is_tree,
    join_twin_nouns,
    join_twin_objects,
    name_objects,
    open_shelters,
    part_verbs,
    seat_subjects,
)
from harmledger.extract.language.tokens import find_words
from harmledger.extract.language.tree import (
    NO_HEAD,
    Mark,
    Name,
    Role,
    Token,
    Tree,
    index_children,
)

_OUTPUTS = ("xpos", "upos", "entities", "heads", "relations", "roles", "arcs")
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
    """What the network says of one sentence: a label a word; heads count from 0, -1 at the root.
    ``states``: what the harm head reads, should it be asked."""

    xpos: list[str]
    upos: list[str]
    tags: list[str]
    heads: list[int]
    relations: list[str]
    roles: list[tuple[int, int, str]]
    note: str = ""
    states: bytes = b""


class LearnedParser:
    """Parses sentences into trees. Loading takes about a third of a second and 150 MB."""

    note = ""

    def __init__(self, folder: Path) -> None:
        """Begin to load ``model.onnx``, ``tokenizer.json`` and ``labels.json`` from ``folder``.

        The network loads in a thread of its own, outside Python, while the caller goes on; the
        first sentence waits for it.

        Raises:
            MissingResource: one of the three is not there.
        """
        for name in ("model.onnx", "tokenizer.json", "labels.json"):
            if not (folder / name).is_file():
                raise MissingResource(
                    f"the language model is incomplete: {folder / name} is not there; reinstall "
                    "the package, or go on without it (sentences are then read by rules only)"
                )
        self._folder = folder
        # A model without a harm head parses all the same; it marks no harms.
        self._known = find_inventory(folder)
        self._wanted = self._known.states if self._known is not None else ()
        loader = ThreadPoolExecutor(1, "language model")
        self._loading = loader.submit(_load_network, folder, self._wanted)
        loader.shutdown(wait=False)
        self._labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=Labels)
        self._lemmas = Lemmatiser()

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        return self._loaded()[0]

    @cached_property
    def _cutter(self) -> WordPieces:
        return self._loaded()[1]

    @cached_property
    def _head(self) -> HarmHead | None:
        """Loaded when the rules first leave something to ask it about."""
        if self._known is None:
            return None
        return HarmHead(self._folder, self._known, one_thread())

    def _loaded(self) -> tuple[onnxruntime.InferenceSession, WordPieces]:
        error = self._loading.exception()
        if error is not None:
            raise MissingResource(
                f"the language model in {self._folder} cannot be loaded ({error}); reinstall the "
                "package"
            ) from error
        return self._loading.result()

    @property
    def version(self) -> str:
        """Name and number of the model and its head, for the record: ``minilm-ud@1+harms@1``."""
        made = self._labels.version
        return made if self._known is None else f"{made}+{self._known.version}"

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        """The harms that the head marks in a tree of this parser; none where it was taught none
        (capitals, no number) or is not there."""
        if not tree.states or self._head is None:
            return ()
        return self._head.find_marks(tree, words, here, before)

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        """Turn ``(text, offset of the text in its document)`` pairs into trees, in order.

        Any Unicode text gives a tree with one root and no cycle, or one without words.
        """
        spans = [find_words(text) for text, _ in sentences]
        words = [
            [text[start:end] for start, end in found]
            for (text, _), found in zip(sentences, spans, strict=True)
        ]
        readings = self.read([as_known(found) for found in words])
        return [
            self._grow(text, offset, found, reading)
            for (text, offset), found, reading in zip(sentences, spans, readings, strict=True)
        ]

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Reading]:
        """Run the network over sentences of ready-made words; one reading a sentence, in order.

        One sentence at a time, on purpose: in a batch the network's int8 scales would depend on the
        neighbours, and a sentence must be read the same in any company.
        """
        return [_join([self._run(part) for part in self._cut(words)]) for words in sentences]

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

    def _run(self, words: Sequence[str]) -> Reading:
        laid = self._cutter.batch([words])
        out = self._infer(laid, np.full((1, len(words)), -1, dtype=np.int64))
        heads = out["heads"].astype(np.int64)
        if not is_tree(heads[0].tolist()):
            heads[0] = best_tree(out["arcs"][0].astype(np.float64))
            # Relations depend on the heads, so they are asked for again under the repaired ones.
            out["relations"] = self._infer(laid, heads)["relations"]
        labels, role_table = self._labels, out["roles"][0]
        xpos = [labels.xpos[i] for i in out["xpos"][0].tolist()]
        upos = [labels.upos[i] for i in out["upos"][0].tolist()]
        hung = [head - 1 for head in heads[0].tolist()]
        relations = [labels.relations[i] for i in out["relations"][0].tolist()]
        join_twin_objects(hung, relations, upos)
        join_twin_nouns(hung, relations, upos)
        part_verbs(hung, relations, upos, xpos)
        seat_subjects(hung, relations, upos, xpos)
        free_participles(hung, relations, upos, xpos)
        open_shelters(words, hung, relations, upos, xpos)
        name_objects(hung, relations, upos)
        mend_deeds(words, hung, relations, upos, xpos)
        states = b""
        if self._wanted and may_be_asked(words):
            states = pack_states([out[name][0] for name in self._wanted], laid)
        return Reading(
            xpos=xpos,
            upos=upos,
            tags=[labels.entities[i] for i in out["entities"][0].tolist()],
            heads=hung,
            relations=relations,
            roles=[
                (predicate, argument, labels.roles[role_table[predicate, argument]])
                for predicate, argument in np.argwhere(role_table).tolist()
            ],
            states=states,
        )

    def _infer(self, laid: Batch, heads: NDArray[np.int64]) -> dict[str, Any]:
        asked = (*_OUTPUTS, *self._wanted)
        values = self._session.run(
            asked,
            {
                "pieces": laid.pieces,
                "shapes": laid.shapes,
                "first": laid.first,
                "last": laid.last,
                "given_heads": heads,
            },
        )
        return dict(zip(asked, values, strict=True))

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
            states=read.states,
            below=index_children(read.heads),
        )


def one_thread() -> onnxruntime.SessionOptions:
    """How every session here is run: quietly, on the one thread of the caller."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def _load_network(
    folder: Path, wanted: tuple[str, ...]
) -> tuple[onnxruntime.InferenceSession, WordPieces]:
    session = onnxruntime.InferenceSession(
        with_outputs((folder / "model.onnx").read_bytes(), wanted),
        one_thread(),
        providers=["CPUExecutionProvider"],
    )
    return session, WordPieces(folder / "tokenizer.json")


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
