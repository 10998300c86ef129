"""Drafts of services cut: people cut off from, or running out of, what they live on."""

from __future__ import annotations

import re

from harmledger.extract.claims.denied import (
    Cut,
    Denied,
    clause_of,
    count_people,
    draft_cut,
    people_of,
)
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon

_ARRIVES = frozenset({"reach", "enter", "arrive", "come", "pass", "flow"})
_SUPPLIES = frozenset(
    {"supply", "service", "network", "line", "connection", "cut", "outage", "shortage", "delivery",
     "aid", "access", "grid", "system", "failure", "signal", "care", "treatment", "source", "cuts"}
)  # fmt: skip
_DARK = re.compile(r"\bin(?:to)? (?:the |total |complete |near )?(?:darkness|dark)\b(?! days)")


def draft_services(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """People cut off from, or running out of, what they live on: one draft per clause."""
    drafts: dict[int, Draft] = {}
    for cut in _find_cuts(passage, know.services):
        heads = people_of(passage, cut.predicate, know.persons)
        counted = count_people(passage, heads, know.persons)
        drafts.setdefault(cut.predicate, draft_cut(passage, cut, counted, know))
    return tuple(drafts.values())


def _find_cuts(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    found = _darkness(passage)
    tree = passage.tree
    for at in lexicon.services.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
        if hit is None or passage.tokens[hit[0] - 1].upos not in {"NOUN", "PROPN", "ADJ"}:
            continue
        noun = hit[0] - 1
        if _is_other_matter(passage, noun):
            continue
        top = next((t.index for t in tree.conjuncts(noun)), noun)
        reason = _reason(passage, at, top, lexicon)
        if reason is None:
            continue
        governor, rule = reason
        ends = tuple(t.index for t in tree.conjuncts(top) if t.index - top < 12)
        found.append(
            Cut(
                predicate=governor,
                services=_kinds(passage, top, lexicon) or (hit[1],),
                rule=rule,
                first=min(at, governor, top),
                last=max(noun, governor, *ends),
            )
        )
    return found


def _is_other_matter(passage: Passage, noun: int) -> bool:
    """ "water policy" is no water, and "no power to act" no electricity."""
    token = passage.tokens[noun]
    inside = token.deprel == "compound" and token.head > noun
    if inside and passage.lemmas[token.head] not in _SUPPLIES:
        return True
    after = passage.words(noun + 1, noun + 2).split()
    verb = noun + 2 < len(passage.tokens) and passage.tokens[noun + 2].xpos == "VB"
    return passage.lemmas[noun] == "power" and after[:1] == ["to"] and verb


def _kinds(passage: Passage, top: int, lexicon: ServiceLexicon) -> tuple[str, ...]:
    kinds: dict[str, None] = {}
    for token in passage.tree.conjuncts(top):
        for at in (token.index, max(0, token.index - 1)):
            hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
            if hit is not None and hit[0] > token.index:
                kinds[hit[1]] = None
                break
    return tuple(kinds)


def _reason(
    passage: Passage, first: int, noun: int, lexicon: ServiceLexicon
) -> tuple[int, str] | None:
    """Why a service word says something is cut: (token of the clause, rule)."""
    token = passage.tokens[noun]
    start = min(first, noun)
    lead = passage.words(max(0, start - 7), start - 1) if start else ""
    missing = _missing(lead, lexicon)
    governor = token.head if token.head >= 0 else noun
    if missing is not None:
        return clause_of(passage, noun), f"service:{missing}"
    verb = passage.lemmas[governor]
    if verb in {"lack", "lose"} and token.deprel == "obj":
        return governor, f"service:{verb}"
    role = token.deprel in {"obj", "nsubj", "nsubj:pass"} or _subject_of(passage, noun, governor)
    for company in lexicon.cut.get(verb, ()) if role else ():
        follows = passage.words(governor + 1, min(len(passage.tokens) - 1, governor + 3))
        if all(word in follows.split() for word in company) and not _denied(passage, governor):
            return governor, f"service:{verb}"
    if role and verb in _ARRIVES and _denied(passage, governor):
        return governor, f"service:not_{verb}"
    if _denied(passage, min(first, governor)):
        return None  # "did not cause a power cut"
    if any(lexicon.outage.match(passage.lowered, passage.lemmas, i) for i in (first, governor)):
        return (governor if governor != noun else noun), "service:outage"
    return None


def _missing(lead: str, lexicon: ServiceLexicon) -> str | None:
    """Which words right before the service say that it is missing, if any do."""
    words = lead.split()
    while words and words[-1] in lexicon.described:
        words.pop()
    for length in (4, 3, 2, 1):
        phrase = " ".join(words[-length:])
        if len(words) >= length and phrase in lexicon.missing:
            return phrase
    return None


def _subject_of(passage: Passage, noun: int, governor: int) -> bool:
    """ "Water and electricity supplies have been cut": the service names what is cut."""
    return passage.tokens[noun].deprel in {"compound", "nmod", "conj"} and (
        passage.lemmas[governor] in _SUPPLIES
    )


def _denied(passage: Passage, verb: int) -> bool:
    near = passage.words(max(0, verb - 6), verb)
    return re.search(r"\b(?:not|n't|no|neither|nor|never|none)\b", near) is not None


def _darkness(passage: Passage) -> list[Cut]:
    """ "left half the city in the dark", "plunged Lima into darkness"."""
    match = _DARK.search(passage.text.lower())
    if match is None:
        return []
    token = passage.tree.at(passage.start + match.end() - 1)
    if token is None:
        return []
    clause = clause_of(passage, token.index)
    left = {"leave", "plunge", "throw", "be", "remain", "sit", "stay", "submerge"}
    if passage.lemmas[clause] not in left and passage.tree.child(token.index, "cop") is None:
        return []
    return [
        Cut(
            predicate=clause, services=("power",), rule="service:darkness",
            first=min(clause, token.index), last=max(clause, token.index),
        )
    ]  # fmt: skip
