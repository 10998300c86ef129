"""The harm head: a small learned layer over what the network knows of a sentence.

It marks words that head a phrase of people or objects harmed, each with a harm and how sure it is.
It reads the network's inner states, so that no second encoder runs, and the tree; it is asked after
the rules, of sentences where they leave something, and rules decide what becomes of a mark
(``claims.marked``). How it was made: the model card.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from harmledger.core.claim import Harm
from harmledger.extract.language.encode import Batch
from harmledger.extract.language.tree import Mark, Tree

NETWORK, INVENTORY = "harms.onnx", "harms.json"
LEAST_SURE = 0.2
"""Below this nothing is marked."""


class Inventory(msgspec.Struct, frozen=True):
    """What the head was trained with: the states it reads, by their names in the network, and the
    harms and relations in its numbering. A relation it has not met is one more."""

    version: str
    states: tuple[str, ...]
    harms: tuple[Harm, ...]
    relations: tuple[str, ...]


class HarmHead:
    """Marks one sentence after another; holds no state of a sentence."""

    def __init__(self, folder: Path, known: Inventory, options: onnxruntime.SessionOptions) -> None:
        """Load the head from ``folder``, trained with what is ``known``."""
        self._harms = known.harms
        self._relations = {name: number for number, name in enumerate(known.relations)}
        self._session = onnxruntime.InferenceSession(
            (folder / NETWORK).read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        """Word, harm and how sure, of each harm of these words that is not out of the question.
        ``here``, ``before``: harms that rules tell in the sentence and just before it."""
        unknown = len(self._relations)
        fed = {
            "words": unpack_states(tree.states, len(tree.tokens))[None],
            "heads": np.array([[t.head + 1 for t in tree.tokens]], dtype=np.int64),
            "relations": np.array(
                [[self._relations.get(t.deprel, unknown) for t in tree.tokens]], dtype=np.int64
            ),
            "told": told_vector(here, before, self._harms)[None],
            "asked": np.array([words], dtype=np.int64),
        }
        sure = self._session.run(("sure",), fed)[0][0]
        return tuple(
            Mark(word=words[at], harm=self._harms[harm], sure=round(float(sure[at, harm]), 2))
            for at, harm in np.argwhere(sure >= LEAST_SURE).tolist()
        )


def find_inventory(folder: Path) -> Inventory | None:
    """What the head of ``folder`` was trained with; None where there is no head."""
    if not ((folder / INVENTORY).is_file() and (folder / NETWORK).is_file()):
        return None
    return msgspec.json.decode((folder / INVENTORY).read_bytes(), type=Inventory)


def told_vector(
    here: Collection[Harm], before: Collection[Harm], harms: Sequence[Harm]
) -> NDArray[np.float32]:
    """What rules have told in the sentence and just before it, one for each harm of each."""
    return np.array([h in told for told in (here, before) for h in harms], dtype=np.float32)


def pack_states(states: Sequence[NDArray[np.float32]], laid: Batch) -> bytes:
    """States [word-pieces, width] each, to one row a word: its first and its last piece added up.

    Of each number the upper half is kept (bfloat16), since most are never asked for.
    """
    first, last = laid.first[0], laid.last[0]
    words = np.concatenate([one[first] + one[last] for one in states], axis=1)
    packed: bytes = words.view(np.uint16)[:, 1::2].tobytes()
    return packed


def unpack_states(packed: bytes, words: int) -> NDArray[np.float32]:
    """[words, states]: the mean of the first and last piece of each word."""
    upper = np.frombuffer(packed, dtype=np.uint16).astype(np.uint32)
    upper <<= 16
    return upper.view(np.float32).reshape(words, -1) * np.float32(0.5)


def may_be_asked(words: Sequence[str]) -> bool:
    """Not of a sentence in capitals: the head was taught none."""
    return not "".join(words).isupper()


def with_outputs(model: bytes, names: Sequence[str]) -> bytes:
    """An ONNX model that also puts out the values called ``names``.

    A message of the file's format (protocol buffers) that follows another of the same field is
    joined to it, so that what is asked for is simply written behind the model.
    """
    a_float = _field(0x0A, b"\x08\x01")  # TypeProto.tensor_type.elem_type = FLOAT
    values = (_field(0x0A, name.encode()) + _field(0x12, a_float) for name in names)
    return model + _field(0x3A, b"".join(_field(0x62, value) for value in values))


def _field(tag: int, content: bytes) -> bytes:
    """Tag, length and content; the length seven bits a byte, low bits first."""
    length, left = b"", len(content)
    while left > 0x7F:
        length, left = length + bytes([left & 0x7F | 0x80]), left >> 7
    return bytes([tag]) + length + bytes([left]) + content
