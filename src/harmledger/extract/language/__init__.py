"""The language layer: sentences in, trees out. It proposes structure; rules elsewhere decide.

``find_parser()`` gives the learned parser where it can run and the rules-only one where it cannot.
Both have ``parse``, ``version`` and ``note`` (empty, or a sentence that says what is lost).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Protocol

from harmledger.core.claim import Harm
from harmledger.core.errors import MissingResource
from harmledger.extract.language.shallow import ShallowParser
from harmledger.extract.language.tokens import find_words
from harmledger.extract.language.tree import NO_HEAD, Mark, Name, Role, Token, Tree

__all__ = [
    "NO_HEAD",
    "Mark",
    "Name",
    "Parser",
    "Role",
    "Token",
    "Tree",
    "find_parser",
    "find_words",
]

MODEL_FOLDER = Path(__file__).parent / "model"


class Parser(Protocol):
    """Anything that turns ``(sentence text, its offset in the document)`` pairs into trees."""

    @property
    def version(self) -> str:
        """Name and number, for the record: ``minilm-ud@1`` or ``rules-only@1``."""

    @property
    def note(self) -> str:
        """Empty, or a sentence for the reader of the results that says what is lost."""

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        """One tree a sentence, in order; never raises on any text."""

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        """What a learned head takes for harmed in a tree of this parser; none without one."""


def find_parser(folder: Path = MODEL_FOLDER) -> Parser:
    """Return the learned parser, or the rules-only one whose ``note`` says why and what is lost."""
    try:
        from harmledger.extract.language.parser import LearnedParser

        return LearnedParser(folder)
    except ImportError as missing:
        return ShallowParser(f"{missing.name or 'A library'} is not installed")
    except MissingResource as missing:
        return ShallowParser(str(missing).split(";")[0])
