"""Words that a harm word needs beside it, with words of description between them."""

from __future__ import annotations

from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import load_classes

_REACH = 10
"""How many words behind a verb its company may begin ("shot … dead")."""
_GAP = 3
"""How many words of description may stand between two words of company ("lost both his legs")."""
_BETWEEN = frozenset({"DET", "ADJ", "NUM", "ADV"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PREPOSITIONS = frozenset(
    {"on", "at", "into", "onto", "to", "through", "against", "upon", "in", "by", "with", "of"}
)
_TIED = PREPOSITIONS | {"among", "beside", "near", "inside", "under", "behind", "outside"}
PLACE = "<place>"


def lacks(passage: Passage, company: tuple[str, ...]) -> bool:
    """Whether a word of the company stands nowhere in the sentence: quicker than to look for it."""
    words = passage.vocabulary
    return not words.issuperset(company) and any(
        part not in words and part != PLACE and _no_such(part, words) for part in company
    )


def _no_such(part: str, words: frozenset[str]) -> bool:
    """Whether no word of a sort ("<home>") is among them; true of a plain word that is not."""
    return part[:1] != "<" or load_classes()[part].isdisjoint(words)


def company_end(passage: Passage, company: tuple[str, ...], at: int) -> int | None:
    """Last token of the company of the word at ``at``; ``at`` itself when it needs none; None
    when it is missing. Another finite verb ends the search."""
    if not company:
        return at
    if lacks(passage, company):
        return None
    if company[0] == PLACE:  # "left Marawi", not "left in San Salvador"
        near = [s for s in (at + 1, at + 2) if s < len(passage.tokens)]
        direct = [s for s in near if s == at + 1 or passage.tokens[at + 1].upos == "DET"]
        return next((e for s in direct if (e := match_run(passage, company, s)) is not None), None)
    for start in range(at + 1, min(len(passage.tokens), at + 1 + _REACH)):
        end = match_run(passage, company, start)
        if end is not None:
            return None if len(company) == 1 and _of_another(passage, end, at) else end
        token = passage.tokens[start]
        ends = token.xpos in _FINITE and token.upos in {"VERB", "AUX"} and start > at + 1
        if token.text in {";", ":"} or (ends and not _in_relative(passage, start, at)):
            return None
        if company[0] in _TIED and token.upos == "VERB" and token.xpos == "VBG":
            return None  # "exploded, killing nine, among them two nurses": not among anything
    return None


def _of_another(passage: Passage, company: int, at: int) -> bool:
    """ "Nine lives were lost, and 40 houses were burnt": the subject of a verb of its own."""
    token = passage.tokens[company]
    verb = passage.tree.head(company)
    joined = verb is not None and verb.deprel == "conj" and verb.head == at
    return joined and verb is not None and token.deprel == "nsubj:pass" and verb.index > company


def _in_relative(passage: Passage, verb: int, at: int) -> bool:
    """A clause on the harm word's own object: "shot three men who protested dead"."""
    return any(
        t.deprel.startswith("acl") and passage.tree.governs(at, t.index)
        for t in (passage.tokens[verb], *passage.tree.ancestors(verb))
    )


def match_run(passage: Passage, parts: tuple[str, ...], start: int) -> int | None:
    """Last token of ``parts`` read from ``start``; only description may stand between them."""
    at = start
    for number, part in enumerate(parts):
        skipped = 0
        while number and not _is(passage, at, part):
            if at >= len(passage.tokens) or skipped == _GAP or not _describes(passage, at):
                return None
            at, skipped = at + 1, skipped + 1
        if not _is(passage, at, part):
            return None
        at += 1
    return at - 1


def _is(passage: Passage, at: int, part: str) -> bool:
    if at >= len(passage.tokens):
        return False
    if part == PLACE:
        start = passage.tokens[at].start
        return any(p.start <= start < p.end for p in passage.places)
    if part[:1] == "<":
        return not load_classes()[part].isdisjoint((passage.lowered[at], passage.lemmas[at]))
    return part in {passage.lowered[at], passage.lemmas[at]}


def _describes(passage: Passage, at: int) -> bool:
    token = passage.tokens[at]
    owner = token.xpos in {"PRP$", "POS", "VBN", "HYPH"} or token.deprel in {
        "nmod:poss",
        "compound",
    }
    return token.upos in _BETWEEN or owner or token.lemma.lower() in {"or", "and", "/"}


def governed(passage: Passage, company: tuple[str, ...], last: int) -> int | None:
    """The noun behind a company that ends in a preposition ("fire … on the town"), else None."""
    if not company or company[-1] not in PREPOSITIONS:
        return None
    token = passage.tokens[last]
    if token.deprel == "case" and token.head > last:
        return token.head
    for after in passage.tokens[last + 1 : last + 7]:
        if after.upos in {"NOUN", "PROPN"}:
            inner = after.head > after.index and after.deprel in {"compound", "flat", "amod"}
            return after.head if inner else after.index
        if after.upos in {"VERB", "AUX", "PUNCT", "PRON"}:
            return None
    return None
