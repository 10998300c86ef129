"""Words that hand a statement on: "citing X", "quoted X as saying", "told the agency"."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.book import Book
from harmledger.extract.voices.phrases import (
    NOUNS,
    Phrase,
    find_agent,
    find_subject,
    phrase_at,
    spread_right,
)
from harmledger.extract.voices.speakers import identify
from harmledger.lexicon.reporting import ReportingLexicon

_SAYING = frozenset({"saying", "telling", "stating", "claiming", "reporting"})
_NOT_RELAYERS = frozenset(
    {"reporter", "journalist", "correspondent", "newsman", "press", "photographer"}
)


class Quoted(Value, frozen=True, kw_only=True):
    """ "The agency quoted the mayor as saying …": who said it, who handed it on."""

    originator: Phrase
    relayer: Phrase | None
    first: int
    last: int


def find_quoted(passage: Passage) -> Quoted | None:
    """The pattern "quoted … as saying", active or passive; None when it is not there."""
    for at, lemma in enumerate(passage.lemmas):
        if lemma not in {"quote", "cite"}:
            continue
        last = next(
            (
                i
                for i in range(at + 2, min(at + 16, len(passage.tokens)))
                if passage.lowered[i] in _SAYING and passage.lowered[i - 1] == "as"
            ),
            None,
        )
        if last is None:
            continue
        subject = find_subject(passage, at)
        if last == at + 2 or passage.tree.child(at, "aux:pass") is not None:
            agent = find_agent(passage, at)
            return (
                None
                if subject is None
                else Quoted(originator=subject, relayer=agent, first=at, last=last)
            )
        said = _whole(passage, at + 1, last - 1) or spread_right(passage, at + 1)
        if said is None:
            return None
        return Quoted(originator=said, relayer=subject, first=at, last=last)
    return None


def _whole(passage: Passage, first: int, end: int) -> Phrase | None:
    """Everything between "quoted" and "as", title, name and brackets together."""
    last = end - 1
    while (
        last > first and passage.tokens[last].upos == "PUNCT" and passage.tokens[last].text != ")"
    ):
        last -= 1
    heads = [t.index for t in passage.tokens[first : last + 1] if t.upos in NOUNS]
    if not heads:
        return None
    inside = set(range(first, last + 1))
    top = [i for i in heads if passage.tokens[i].head not in inside]
    return Phrase(first=first, last=last, head=(top or heads)[0])


def find_origin(
    passage: Passage, lexicon: ReportingLexicon, book: Book, after: int
) -> Voice | None:
    """Whom a speaker cites: "…, citing the council", "repeating the figures of the council",
    "Citing witnesses, the paper said …"."""
    for at in (*_opening(passage), *range(after, len(passage.tokens))):
        if passage.lemmas[at] not in lexicon.relays or passage.tokens[at].xpos != "VBG":
            continue
        for child in passage.tree.children(at, "obj", "obl", "ccomp"):
            described = identify(passage, phrase_at(passage, child.index), book)
            if described is not None:
                return msgspec.structs.replace(described.voice, verb=passage.lemmas[at])
        run = spread_right(passage, at + 1)
        described = None if run is None else identify(passage, run, book)
        if described is not None:
            return msgspec.structs.replace(described.voice, verb=passage.lemmas[at])
    return None


def _opening(passage: Passage) -> tuple[int, ...]:
    """The first word of the sentence behind its marks."""
    first = next((t.index for t in passage.tokens if t.upos != "PUNCT"), None)
    return () if first is None else (first,)


def find_relayer(passage: Passage, hearer: Phrase | None, book: Book) -> Voice | None:
    """The outlet that was told, when one outlet was; reporters in general relay nothing."""
    if hearer is None or passage.lemmas[hearer.head] in _NOT_RELAYERS:
        return None
    described = identify(passage, hearer, book)
    if described is None or described.voice.side != "media":
        return None
    return described.voice
