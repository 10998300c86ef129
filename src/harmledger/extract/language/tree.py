"""Trees: one sentence's words, how they hang together, its names and who did what to whom.

Whoever made the tree (the learned parser or the rules-only one), the values are the same.
Labels are Universal Dependencies relations, Penn Treebank and universal part-of-speech tags,
and PropBank roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Harm

NO_HEAD = -1


class Token(Value, frozen=True, kw_only=True):
    """One word. ``start:end`` are code points of the *document*; ``index`` counts from 0.

    ``head`` is the index of the governing word, or -1 at the root. ``deprel`` is the full relation
    (``nsubj:pass``). ``entity`` is ``PER``, ``ORG``, ``LOC`` or empty.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    entity: str = ""


class Name(Value, frozen=True, kw_only=True):
    """A named person, organisation or place: tokens ``first..last`` (both inside), and its span."""

    first: int
    last: int
    kind: str
    start: int
    end: int


class Role(Value, frozen=True, kw_only=True):
    """``argument`` (the head word of the phrase) plays ``name`` (``ARG0``, ``ARGM-LOC``…)
    for the word ``predicate``."""

    predicate: int
    argument: int
    name: str


class Mark(Value, frozen=True, kw_only=True):
    """The harm head takes the phrase of ``word`` for one harmed by ``harm``; ``sure`` is 0 to 1."""

    word: int
    harm: Harm
    sure: float


class Tree(Value, frozen=True, kw_only=True):
    """One parsed sentence. ``start:end`` are code points of the document.

    ``made_by`` names the parser and its version; ``note`` is empty, or says in a sentence what is
    lost. Methods that take ``deprels`` match a bare relation with all its subtypes: ``"nsubj"``
    matches ``nsubj`` and ``nsubj:pass``; ``"nsubj:pass"`` matches only itself.
    ``states`` is what the harm head reads should it be asked: only the parser knows how.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    names: tuple[Name, ...] = ()
    roles: tuple[Role, ...] = ()
    made_by: str = ""
    note: str = ""
    below: tuple[tuple[int, ...], ...] = ()
    states: bytes = b""

    @property
    def root(self) -> Token | None:
        """The word that hangs on nothing; None only in a tree without words."""
        return next((token for token in self.tokens if token.head == NO_HEAD), None)

    def head(self, index: int) -> Token | None:
        """The word that governs ``index``; None at the root."""
        above = self.tokens[index].head
        return None if above == NO_HEAD else self.tokens[above]

    def children(self, index: int, *deprels: str) -> tuple[Token, ...]:
        """Words that hang directly on ``index``, in text order, of these relations (or all)."""
        tokens, below = self.tokens, self.below[index]
        if not below:
            return ()
        if not deprels:
            return tuple([tokens[i] for i in below])
        return tuple(
            [
                token
                for i in below
                if (own := (token := tokens[i]).deprel) in deprels
                or (":" in own and own.partition(":")[0] in deprels)  # as ``matches``, quicker
            ]
        )

    def child(self, index: int, *deprels: str) -> Token | None:
        """The first of ``children``, or None."""
        for i in self.below[index]:
            if not deprels or matches(self.tokens[i].deprel, deprels):
                return self.tokens[i]
        return None

    def ancestors(self, index: int) -> Iterator[Token]:
        """The words above ``index``, nearest first, up to the root."""
        above = self.tokens[index].head
        while above != NO_HEAD:
            yield self.tokens[above]
            above = self.tokens[above].head

    def governs(self, above: int, below: int) -> bool:
        """Whether ``below`` lies in the subtree of ``above`` (a word governs itself)."""
        return above == below or any(token.index == above for token in self.ancestors(below))

    def subtree(self, index: int, *without: str) -> tuple[Token, ...]:
        """``index`` and everything under it, in text order.

        Branches that hang on ``index`` itself by a relation in ``without`` are left out, so
        ``subtree(i, "conj", "cc", "appos", "acl")`` is a noun phrase without its company.
        """
        tokens, below = self.tokens, self.below
        if not below[index]:
            return (tokens[index],)
        waiting = [i for i in below[index] if not matches(tokens[i].deprel, without)]
        found = [index]
        while waiting:
            i = waiting.pop()
            found.append(i)
            waiting.extend(below[i])
        return tuple([tokens[i] for i in sorted(found)])

    def span(self, index: int, *without: str) -> tuple[int, int]:
        """Document code points from the first to the last word of ``subtree``."""
        words = self.subtree(index, *without)
        return words[0].start, words[-1].end

    def conjuncts(self, index: int) -> tuple[Token, ...]:
        """``index`` and every word coordinated with it, in text order; the first may be above."""
        top = index
        while matches(self.tokens[top].deprel, ("conj",)) and self.tokens[top].head != NO_HEAD:
            top = self.tokens[top].head
        found, waiting = [], [top]
        while waiting:
            i = waiting.pop()
            found.append(i)
            waiting.extend(token.index for token in self.children(i, "conj"))
        return tuple(self.tokens[i] for i in sorted(found))

    def path(self, source: int, target: int) -> tuple[str, ...]:
        """Relations from ``source`` up (``<nsubj``) and then down (``>obl``) to ``target``."""
        up = [source, *(token.index for token in self.ancestors(source))]
        down = [target, *(token.index for token in self.ancestors(target))]
        meeting = next((i for i in up if i in set(down)), None)
        if meeting is None:
            return ()
        rise = [f"<{self.tokens[i].deprel}" for i in up[: up.index(meeting)]]
        fall = [f">{self.tokens[i].deprel}" for i in down[: down.index(meeting)]]
        return (*rise, *reversed(fall))

    def arguments(self, predicate: int, *names: str) -> tuple[tuple[str, Token], ...]:
        """``(role, head word)`` pairs of one predicate, in text order, of these roles (or all)."""
        return tuple(
            (role.name, self.tokens[role.argument])
            for role in self.roles
            if role.predicate == predicate and (not names or role.name in names)
        )

    def at(self, offset: int) -> Token | None:
        """The word that covers document code point ``offset``; None between words."""
        for token in self.tokens:
            if token.start <= offset < token.end:
                return token
        return None

    def within(self, start: int, end: int) -> tuple[Token, ...]:
        """Words that lie wholly or partly in document code points ``start:end``."""
        return tuple([token for token in self.tokens if token.start < end and start < token.end])

    def top(self, start: int, end: int) -> Token | None:
        """The word of ``within(start, end)`` whose own head lies outside: the phrase's head."""
        inside = self.within(start, end)  # words in a row
        for token in inside:
            if not inside[0].index <= token.head <= inside[-1].index:
                return token
        return None


def matches(deprel: str, wanted: Sequence[str]) -> bool:
    """Whether a relation is one of ``wanted``; a bare name covers its subtypes."""
    return deprel in wanted or (":" in deprel and deprel.partition(":")[0] in wanted)


def index_children(heads: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Turn heads (-1 at the root) into the children of every word, for ``Tree.below``."""
    below: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head != NO_HEAD:
            below[head].append(index)
    return tuple(tuple(children) for children in below)
