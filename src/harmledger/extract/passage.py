"""A passage: one sentence with all that was seen in it, before anyone asks what it claims."""

from __future__ import annotations

from msgspec.structs import force_setattr

from harmledger.core.base import Value
from harmledger.core.claim import SiteKind, Voice
from harmledger.core.document import SeenPlace
from harmledger.core.quantity import Figure
from harmledger.core.when import TimeHit
from harmledger.extract.language.tree import Token, Tree
from harmledger.extract.tables.cells import Cell


class Attribution(Value, frozen=True, kw_only=True):
    """One voice over part of a passage.

    ``content`` is the stretch of the passage that is said, in document code points.
    ``voice`` is the chain, originator first. ``manner`` is what the reporting words do.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[int, int]
    voice: tuple[Voice, ...]
    manner: str = "says"
    """says, confirms, denies, disputes, accuses, retracts, cannot_confirm, fears, claims or
    admits."""
    rule: str = ""
    said_on: tuple[int, int] | None = None
    """The time expression that dates the statement, not what is said (reading rule 21)."""


class SiteMention(Value, frozen=True, kw_only=True):
    """A site word in a passage: tokens ``first..last``, the noun that heads it, its kind."""

    kind: SiteKind
    first: int
    last: int
    noun: int
    start: int
    end: int
    part_of_building: bool = False


LATELY = 32
"""For how many passages or phrases an answer is remembered: a sentence is asked the same things for
each of its claims."""


class Passage(Value, frozen=True, kw_only=True, eq=False):
    """One sentence in its document. ``lowered`` and ``lemmas`` run beside ``tree.tokens``.

    ``tokens`` and ``vocabulary`` follow from the other fields, whatever is given for them: they are
    asked for hundreds of times a sentence. A passage equals only itself, so that what is found in
    it can be remembered while it is read (``LATELY``).
    """

    index: int
    start: int
    end: int
    text: str
    block: int
    kind: str
    heading: str | None
    lead: str | None = None
    """Of a line of a list: the words right above the list ("What was hit:")."""
    tree: Tree
    lowered: tuple[str, ...]
    lemmas: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeHit, ...] = ()
    places: tuple[SeenPlace, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    sites: tuple[SiteMention, ...] = ()
    cells: tuple[Cell, ...] = ()
    """The cells of a table row whose table speaks of harm."""
    before: str = ""
    """The sentence read right before, of the same text."""
    beside: str = ""
    """The sentence right before, whether or not it is read."""
    silent: bool = False
    """Read for who speaks and where: no word of it tells a harm or counts anything by itself."""
    heads_figures: bool = False
    """A heading right above a table or a list of figures: it names what they count."""
    tokens: tuple[Token, ...] = ()
    """The words of the passage."""
    vocabulary: frozenset[str] = frozenset()
    """Every lower-cased word and every lemma of the passage."""

    def __post_init__(self) -> None:
        force_setattr(self, "tokens", self.tree.tokens)
        force_setattr(self, "vocabulary", frozenset((*self.lowered, *self.lemmas)))

    def words(self, first: int, last: int) -> str:
        """Lower-cased words ``first..last`` (both inside) joined by spaces."""
        return " ".join(self.lowered[first : last + 1])

    def figure_over(self, start: int, end: int) -> Figure | None:
        """The first count whose bare number lies inside ``start:end``."""
        for figure in self.figures:
            if figure.kind == "count" and start <= figure.core[0] and figure.core[1] <= end:
                return figure
        return None
