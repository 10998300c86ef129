"""Noun phrases by where they stand, for the places where the tree is least sure."""

from __future__ import annotations

from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.persons import PersonLexicon

_INNER = ("compound", "amod", "nummod", "flat", "nmod:poss", "det", "fixed", "goeswith")
_NOT_PEOPLE_DEPRELS = ("obj", "nsubj")


def phrase_heads(passage: Passage, first: int, last: int) -> tuple[int, ...]:
    """Heads of the noun phrases among tokens ``first..last`` that no preposition puts below
    another phrase of the same run."""
    heads = []
    for token in passage.tokens[first : last + 1]:
        if token.upos not in {"NOUN", "PROPN", "NUM", "PRON"} and not _nominal(
            passage, token.index
        ):
            continue
        above = token.head
        inner = matches(token.deprel, _INNER) and first <= above <= last
        below = matches(token.deprel, ("nmod",)) and first <= above <= last
        if not inner and not below:
            heads.append(token.index)
    return tuple(heads)


def _nominal(passage: Passage, at: int) -> bool:
    """An adjective or participle that a number counts: "three wounded"; one with an article of its
    own: "a minor"."""
    if passage.tree.child(at, "nummod") is not None:
        return True
    article = passage.tree.child(at, "det") if passage.tokens[at].upos == "ADJ" else None
    return article is not None and article.text.lower() in {"a", "an"}


def is_person(passage: Passage, head: int, persons: PersonLexicon) -> bool:
    """Whether a word names people: by the lexicon, as a personal name, or as a pronoun."""
    token = passage.tokens[head]
    word = persons.single.get(passage.lowered[head]) or persons.single.get(passage.lemmas[head])
    if word is not None or token.entity == "PER":
        return True
    if "-" in token.text and passage.lemmas[head].rpartition("-")[2] in persons.single:
        return True  # "a vice-principal"
    if token.text == "US":
        return False
    if (
        passage.lowered[head] in {"old", "olds"}
        and "year" in passage.lemmas[max(0, head - 3) : head]
    ):
        return True  # "the 19-year-old"
    if token.upos == "PROPN" and passage.lowered[max(0, head - 4) : head][-3:] == (
        "year",
        "-",
        "old",
    ):
        return True  # "15-year-old Amal", whatever the gazetteer knows by that name
    if passage.lowered[head] in {"everyone", "everybody"} or _leads(passage, head):
        return True
    if passage.lowered[head] in {
        "he",
        "she",
        "his",
        "him",
        "her",
        "they",
        "them",
        "who",
        "others",
        "us",
    }:
        return True
    hit = persons.words.match(passage.lowered, passage.lemmas, max(0, head - 1))
    return (hit is not None and hit[0] > head) or _is_national(passage, head)


_ENDS = frozenset(
    {"column", "convoy", "queue", "river", "valley", "line", "road", "lake", "bay", "bed", "table",
     "stair", "stairs", "procession", "march", "animal", "horse", "cow", "statue", "missile"}
)  # fmt: skip
"""What has a head and no leader."""


def _leads(passage: Passage, head: int) -> bool:
    """ "The head of the cooperative": whoever leads it."""
    if passage.lowered[head] != "head" or passage.lowered[head + 1 : head + 2] != ("of",):
        return False
    if passage.tree.child(head, "nummod") is not None:
        return False  # "600 head of cattle"
    led = [
        c.index for c in passage.tree.children(head, "nmod")
        if any(case.lemma.lower() == "of" for case in passage.tree.children(c.index, "case"))
    ]  # fmt: skip
    return bool(led) and not any(passage.lemmas[i] in _ENDS for i in led)


def _is_national(passage: Passage, head: int) -> bool:
    """ "300 Iraqis", "one Iraqi": a nationality that is counted, or stands in the plural. A bare
    "the French" is left out: it is the state as often as its people."""
    token = passage.tokens[head]
    if not token.text[:1].isupper() or token.upos not in {"NOUN", "PROPN", "ADJ"}:
        return False
    known = load_nations().by_demonym
    plural = token.text[-1:] in "sS" and name_key(token.text[:-1]) in known
    counted = passage.tree.child(head, "nummod") is not None
    return plural or (counted and name_key(token.text) in known)


def extend_left(
    passage: Passage, heads: tuple[int, ...], persons: PersonLexicon
) -> tuple[int, ...]:
    """Join "two adults and" to "a child were killed" where the tree tore them apart.

    Both parsers measured read such subjects as the last member alone: a silent undercount. Joins
    when a counted person phrase, a conjunction and the phrase stand in one run, and the earlier
    noun is no object of another verb. Misses longer lists with clauses between.
    """
    if not heads:
        return heads
    first = heads[0]
    words = passage.tree.subtree(first, "conj", "acl", "appos", "parataxis", "obl", "nsubj")
    left = min((w.index for w in words if w.index <= first), default=first)
    while left > 0 and passage.tokens[left - 1].deprel in {"cc", "case", "punct"}:
        joint = passage.tokens[left - 1]
        if joint.lemma.lower() not in {"and", "or"} or left < 2:
            break
        before = left - 2
        token = passage.tokens[before]
        if token.upos not in {"NOUN", "NUM"} or not is_person(passage, before, persons):
            break
        governed = matches(token.deprel, _NOT_PEOPLE_DEPRELS) and token.head < before
        if governed or before in heads or not _counted(passage, before):
            break
        heads = (before, *heads)
        inner = passage.tree.subtree(before, "conj", "acl", "appos", "case", "cc", "nsubj", "obl")
        left = min(w.index for w in inner if w.index <= before)
    return heads


def _counted(passage: Passage, at: int) -> bool:
    """A number or an article right before the noun."""
    start = passage.tokens[max(0, at - 3)].start
    if passage.figure_over(start, passage.tokens[at].end) is not None:
        return True
    return passage.tree.child(at, "det") is not None
