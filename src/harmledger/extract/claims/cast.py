"""The persons a document names, with what it says of each where their name stands."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Victims
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.passage import Passage
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.persons import PersonLexicon

_ONE = Quantity(low=1, high=1, bound="exact", basis="implied")


class Card(Value, frozen=True, kw_only=True):
    """The words of a name as the document writes it in one place, and what is said there."""

    words: frozenset[str]
    said: Victims


class Cast(Value, frozen=True, kw_only=True):
    """Every named person of a document of whom something is said, in text order."""

    cards: tuple[Card, ...] = ()

    def find(self, name: Sequence[str]) -> Victims | None:
        """What the document says of a person: of the same name, or of one that holds it.

        Values of several places are put together, the first to say one stays. None when nothing
        is said, or when the name could be of persons whose status differs.
        """
        wanted = fold_words(name)
        fitting = [c.said for c in self.cards if wanted and _same(wanted, c.words)]
        if not fitting or len({v.status for v in fitting} - {"undetermined"}) > 1:
            return None
        return Victims(
            status=next((v.status for v in fitting if v.status != "undetermined"), "undetermined"),
            age=next((v.age for v in fitting if v.age), None),
            sex=next((v.sex for v in fitting if v.sex), None),
            roles=next((v.roles for v in fitting if v.roles), ()),
        )


def _same(wanted: frozenset[str], words: frozenset[str]) -> bool:
    """One name holds the other, so that a surname finds its person and "Ana Roa" no "Juan Roa"."""
    return wanted <= words or words <= wanted


def fold_words(name: Sequence[str]) -> frozenset[str]:
    """The words of a name without case, accents and initials."""
    return frozenset(w for w in name_key(" ".join(name)).split() if len(w) > 1)


def open_cast(passages: Sequence[Passage], persons: PersonLexicon) -> Cast:
    """Look at every personal name of a document once."""
    cards = []
    for passage in passages:
        for name in passage.tree.names:
            if name.kind != "PER":
                continue
            head = passage.tree.top(name.start, name.end)
            if head is None:
                continue
            counted = Counted(
                quantity=_ONE, head=head.index, noun=head.index, start=name.start, end=name.end
            )
            said = describe_victims(passage, counted, persons)
            if said.status != "undetermined" or said.roles or said.age or said.sex:
                words = [t.text for t in passage.tokens[name.first : name.last + 1]]
                cards.append(Card(words=fold_words(words), said=said))
    return Cast(cards=tuple(cards))
