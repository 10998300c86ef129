"""Which words are said of the people a phrase counts: title, occupation, apposition, age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harmledger.core.base import Value
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.persons import PersonLexicon, PersonWord

_LISTING = frozenset({"including", "among", "amongst", "like", "such"})
_OUTSIDE = (
    "conj", "cc", "parataxis", "punct", "appos", "acl", "nmod", "obl", "nsubj", "cop", "aux",
    "mark", "advcl", "ccomp", "xcomp", "obj", "dep", "orphan", "list", "case",
)  # fmt: skip
_TITLE = frozenset({"PROPN", "NOUN", "ADJ"})
_OPENS_TITLE = frozenset({"a", "an", "the", "former", "ex", "his", "her", "their"})
_MOST_APART = 12
"""How many words behind a name its apposition may end."""
_ALL = re.compile(
    r"\s*[,(–—-]+\s*(?:all|both|each|every one)(?: of (?:them|whom|these))?"
    r"(?: (?:were|was|are))?\s+",
    re.I,
)
_UNARMED = re.compile(r"\b(?:unarmed|none of (?:them|whom) (?:was |were )?armed)\b", re.I)


class Said(Value, frozen=True, kw_only=True):
    """One person word and the token it begins at; ``heads``: it is the counted noun itself."""

    at: int
    word: PersonWord
    heads: bool


def find_said(passage: Passage, noun: int, persons: PersonLexicon) -> tuple[Said, ...]:
    """Person words of a phrase, the head noun's first, then those of its modifiers, its title and
    its apposition. Leaves out owners ("the soldier's wife") and what clauses tell."""
    inside = phrase_tokens(passage, noun)
    found: list[Said] = []
    at = 0
    while at < len(inside):
        hit = persons.words.match(passage.lowered, passage.lemmas, inside[at])
        if (
            hit is None
            or _is_plain_word(passage, inside[at], hit[1])
            or _ends_an_age(passage, inside[at])
            or (inside[at] != noun and _in_employers_name(passage, inside[at], persons))
        ):
            at += 1
            continue
        word = persons.single["priest"] if _is_reverend(passage, inside[at]) else hit[1]
        found.append(Said(at=inside[at], word=word, heads=inside[at] <= noun < hit[0]))
        at += max(1, sum(1 for i in inside[at:] if i < hit[0]))
    found.sort(key=lambda said: (not said.heads, abs(said.at - noun)))
    return tuple(found)


def _is_reverend(passage: Passage, at: int) -> bool:
    """ "Father Paul Okoye": before a name it is a title."""
    behind = passage.tokens[at + 1 : at + 2]
    return passage.tokens[at].text == "Father" and bool(behind) and behind[0].upos == "PROPN"


def _in_employers_name(passage: Passage, at: int, persons: PersonLexicon) -> bool:
    """ "Save the Children staff" are no children."""
    return passage.tokens[at].text[:1].isupper() and any(
        hit is not None and hit[0] > at
        for first in range(max(0, at - 2), at)
        for hit in (persons.employers.match(passage.lowered, passage.lemmas, first),)
    )


def _ends_an_age(passage: Passage, at: int) -> bool:
    """ "a 71-year-old woman": the "old" of an age begins no "old woman"."""
    return passage.lowered[at] == "old" and at > 0 and passage.lowered[at - 1] == "-"


def _is_plain_word(passage: Passage, at: int, word: PersonWord) -> bool:
    """ "major", "general", "captain" as an adjective or a verb is no rank."""
    return word.rank and passage.tokens[at].upos in {"VERB", "ADV", "AUX"}


@lru_cache(LATELY)
def phrase_tokens(passage: Passage, noun: int) -> tuple[int, ...]:
    """Tokens of the counted phrase in text order, with title and apposition of a name."""
    tree = passage.tree
    owners = {
        t.index
        for child in tree.children(noun, "nmod:poss")
        for t in tree.subtree(child.index)
        if child.upos != "PRON"
    }
    own = [t.index for t in tree.subtree(noun, *_OUTSIDE) if t.index not in owners]
    own = own[: next((n for n, i in enumerate(own) if _lists(passage, i, noun)), len(own))]
    words = {noun, *own, *_clause_of_condition(passage, noun)}
    if is_name(passage, noun):
        words |= _title_before(passage, min(own, default=noun)) | _behind(passage, noun)
        words |= {
            t.index
            for child in tree.children(noun, "appos")
            for t in tree.subtree(child.index, *_OUTSIDE)
        }
    above = tree.head(noun)
    if above is not None and tree.tokens[noun].deprel == "appos":
        words |= {t.index for t in tree.subtree(above.index, *_OUTSIDE)}
    elif not is_name(passage, noun):
        words |= _kind_of_apposition(passage, noun)
    return tuple(sorted(words))


def _lists(passage: Passage, at: int, noun: int) -> bool:
    return at > noun and passage.lowered[at] in _LISTING


def _kind_of_apposition(passage: Passage, noun: int) -> set[int]:
    """ "two brothers, both farmers", "a man, a teacher": an apposition that is no name and no
    number says what they are."""
    found: set[int] = set()
    for child in passage.tree.children(noun, "appos"):
        words = passage.tree.subtree(child.index, *_OUTSIDE)
        if _tells_of_some(passage, noun, child):
            continue
        if (
            child.upos == "NOUN"
            and child.index > noun
            and passage.figure_over(passage.tokens[noun].end, child.end) is None
            and not any(t.upos in {"NUM", "PROPN"} for t in words)
        ):
            found |= {t.index for t in words}
    return found


_SOME = frozenset(
    {"among", "amongst", "including", "half", "most", "mostly", "mainly", "many", "some", "part",
     "third", "quarter", "majority", "several", "youngest", "oldest", "percent", "few", "largely",
     "fifth", "chiefly"}
)  # fmt: skip


def _tells_of_some(passage: Passage, noun: int, child: Token) -> bool:
    """ "Six people, a pregnant waitress among them", "260,000 people, half of them children", "120
    people, mostly women": an apposition that says what some of those counted are."""
    run = passage.tree.subtree(child.index, "conj", "acl")
    first, last = min(t.index for t in run), max(t.index for t in run)
    around = passage.lowered[max(noun + 1, first - 2) : last + 3]
    if _SOME & set(around):
        return True
    one = any(c.text.lower() in {"a", "an", "one"} for c in passage.tree.children(child.index))
    several = "and" in passage.lowered[first : last + 4]  # "a woman and two men" are all of them
    return one and not several and passage.tokens[noun].xpos in {"NNS", "NNPS"}


def _clause_of_condition(passage: Passage, noun: int) -> set[int]:
    """ "women waiting to give birth": the few words of a participle right behind the noun."""
    for child in passage.tree.children(noun, "acl"):
        if child.index == noun + 1 and child.xpos == "VBG":
            return set(range(noun + 1, min(noun + 5, len(passage.tokens))))
    return set()


def is_name(passage: Passage, noun: int) -> bool:
    """Whether a word is (part of) a personal name."""
    if any(n.kind == "PER" and n.first <= noun <= n.last for n in passage.tree.names):
        return True
    return passage.tokens[noun].upos == "PROPN" and passage.tokens[noun].entity in {"", "PER"}


def _title_before(passage: Passage, first: int) -> set[int]:
    """ "JUSTICE MINISTER RODRIGO LARA": the run of nouns right before a name is its title."""
    found: set[int] = set()
    at = first - 1
    while at >= 0 and (passage.tokens[at].upos in _TITLE or passage.lowered[at] == "-"):
        found.add(at)
        at -= 1
    return found


def name_end(passage: Passage, noun: int) -> int:
    """The last token of the name that begins at or before ``noun``."""
    last = noun
    for name in passage.tree.names:
        if name.kind == "PER" and name.first <= noun <= name.last:
            last = name.last
    while last + 1 < len(passage.tokens) and passage.tokens[last + 1].upos == "PROPN":
        last += 1
    return last


def _behind(passage: Passage, noun: int) -> set[int]:
    """ "Maria Lopez, 34, a nurse at the clinic," : what stands between commas behind a name and is
    neither a clause nor another name."""
    at = name_end(passage, noun) + 1
    end = min(len(passage.tokens), at + _MOST_APART)
    while at < end and (passage.tokens[at].text in {",", "("} or passage.tokens[at].upos == "NUM"):
        at += 1
    first = at
    while at < end and passage.tokens[at].text not in {",", ";", ".", ")", "--", "–", "—"}:
        at += 1
    run = passage.tokens[first:at]
    if first == name_end(passage, noun) + 1 or not run or not _describes(passage, run):
        return set()
    return {t.index for t in run}


def _describes(passage: Passage, run: tuple[Token, ...]) -> bool:
    if any(t.upos in {"VERB", "AUX", "CCONJ", "PRON"} for t in run):
        return False
    opens = run[0].text.lower() in _OPENS_TITLE or run[0].upos in {"NOUN", "ADJ"}
    return opens and not any(t.entity == "PER" for t in run)


def said_of_all(passage: Passage, end: int, persons: PersonLexicon) -> tuple[PersonWord, ...]:
    """Person words of "…, all of them civilians", told right behind a phrase that ends at ``end``;
    "none of them armed" makes civilians."""
    rest = passage.text[end - passage.start :]
    match = _ALL.match(rest)
    start = end + match.end() if match is not None else passage.end
    found = []
    for token in passage.tokens:
        if token.start < start:
            continue
        if token.upos in {"PUNCT", "CCONJ", "VERB"}:
            break
        hit = persons.words.match(passage.lowered, passage.lemmas, token.index)
        if hit is not None:
            found.append(hit[1])
    if _UNARMED.search(rest.partition(";")[0]):
        found.append(persons.single["civilian"])
    return tuple(found)


def is_one_person(passage: Passage, token: Token, person: PersonWord | None) -> bool:
    """Whether a word for people that a parser takes for a plural or an adjective is one person."""
    return person is not None and (_is_noun_of_one(token) or _is_one_youth(passage, token))


def _is_noun_of_one(token: Token) -> bool:
    """ "Civilian killed by a landmine": a noun in the singular that is an adjective elsewhere."""
    word = token.text.lower()
    return token.upos == "NOUN" and token.xpos == "JJ" and word.endswith(("ian", "ant", "ive"))


def _is_one_youth(passage: Passage, token: Token) -> bool:
    """ "Palestinian youth shot": one person, unless the verb tells of several."""
    if token.text.lower() != "youth" or passage.tree.child(token.index, "amod", "det") is None:
        return False
    several = {"are", "were", "have"}
    verb = passage.tokens[max(0, token.head)]
    said = {verb.text.lower(), *(c.text.lower() for c in passage.tree.children(verb.index))}
    return not (several & said)


def without_employer(
    passage: Passage, heads: tuple[int, ...], persons: PersonLexicon
) -> tuple[int, ...]:
    """ "A Department of Safety and Security staff member": a parser joins body and worker."""
    tokens = passage.tokens
    workers = {h for h in heads if tokens[h].lemma.lower() in persons.single}
    last = max(workers, default=-1)
    return tuple(
        h for h in heads
        if (tokens[h].entity != "ORG" or h in workers or h > last)
        and not (tokens[h].upos == "NOUN" and h + 1 in workers)
    )  # fmt: skip


def is_name_of(passage: Passage, head: int, heads: Sequence[int]) -> bool:
    """ "Dad-of-two Craig Nolan was stabbed": the name right behind the word for the same man."""
    before = max((h for h in heads if h < head), default=None)
    if before is None or passage.tokens[head].upos != "PROPN":
        return False
    between = passage.tokens[before + 1 : head]
    glued = bool(between) and between[0].text == "-" and passage.tokens[before].xpos == "NN"
    return glued and all(t.upos in {"ADP", "NUM"} or t.text == "-" for t in between)
