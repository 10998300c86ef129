"""Services cut in words that need no rule of grammar: blackouts, dry taps, darkness, customers cut
off, and the headlines and posts that drop the verb.
"""

from __future__ import annotations

import re

from harmledger.extract.claims.denied import Cut, clause_of, denied_before
from harmledger.extract.harms.arguments import find_objects, find_phrases
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon

_NOBODY = re.compile(r"\b(?:nobody|no one|not|n['’]t|never)\b")
_CAUSE = re.compile(r"\b(?:because|due|owing|since|after|when|as|by|,)\b|,")
"""What stands before it is another clause: "could not be treated because of the power cut"."""
_MONEY = frozenset({"fund", "funding", "money", "budget", "account", "credit"})
"""What runs dry without being water."""
_CUSTOMERS = frozenset({"customer", "subscriber", "consumer", "household", "home", "user"})
_DARK = re.compile(r"\bin(?:to)? (?:the |total |complete |near )?(?:darkness|dark)\b(?! days)")
_OUT = frozenset({"out", "off", "down", "cut"})
_BEHIND_OUT = frozenset({"for", "in", "across", "since", "after", "at", "on", "over", "until"})


def find_outright(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    """Every cut that its own words say outright."""
    return [
        *_darkness(passage),
        *_outright(passage, lexicon),
        *_customers(passage),
        *_telegraphic(passage, lexicon),
    ]


def _telegraphic(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    """ "Power out for 40,000", "heat off in two districts": a headline or a post with no verb."""
    found = []
    for at in lexicon.services.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
        if hit is None or hit[0] >= len(passage.tokens) or passage.lowered[hit[0]] not in _OUT:
            continue
        after = passage.lowered[hit[0] + 1 : hit[0] + 2]
        opens = at == 0 or passage.tokens[at - 1].upos == "PUNCT"
        if opens and (not after or after[0] in _BEHIND_OUT):
            found.append(
                Cut(predicate=hit[0], services=(hit[1],), first=at, last=hit[0],
                    rule="service:telegraphic")
            )  # fmt: skip
    return found


def _customers(passage: Passage) -> list[Cut]:
    """ "95,000 customers were cut off", "1,200 households were disconnected": of power, where
    nothing else is said."""
    found = []
    for at, lemma in enumerate(passage.lemmas):
        off = lemma == "cut" and passage.lowered[at + 1 : at + 2] == ("off",)
        if passage.tokens[at].upos != "VERB" or not (off or lemma == "disconnect"):
            continue
        heads = find_objects(passage.tree, at)
        heads = (*heads, *(i for h in heads for i in find_phrases(passage.tree, h, "of")))
        if any(passage.lemmas[h] in _CUSTOMERS for h in heads):
            line = _line_of(passage)
            found.append(
                Cut(predicate=at, services=(line,), first=min(*heads, at), last=at + off,
                    rule="service:customers")
            )  # fmt: skip
    return found


_LINES = {
    "communications": frozenset(
        {"mast", "communication", "phone", "telephone", "network", "internet", "mobile", "operator",
         "antenna", "telecom"}
    ),
    "heat": frozenset({"gas", "boiler", "heating", "pipeline"}),
    "water": frozenset({"water", "main", "pump", "pumping", "waterworks", "aqueduct"}),
}  # fmt: skip


def _line_of(passage: Passage) -> str:
    """What customers are cut off from, as the sentence speaks of masts, gas or mains; or power."""
    present = set(passage.lemmas)
    return next((kind for kind, words in _LINES.items() if words & present), "power")


def _outright(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    """ "The taps have run dry", "people are going hungry", "a blackout": phrases that name no
    service and leave no doubt which is cut."""
    found: list[Cut] = []
    starts = lexicon.outright.find_starts(passage.lowered, passage.lemmas)
    at = 0
    while starts and at <= starts[-1]:
        other = lexicon.not_outright.match(passage.lowered, passage.lemmas, at)
        hit = lexicon.outright.match(passage.lowered, passage.lemmas, at)
        if other is not None or hit is None:
            at = other[0] if other is not None else at + 1
            continue
        last = hit[0] - 1
        own = passage.lowered[at] in {"no", "nothing", "not"}
        lead = passage.words(max(0, at - 6), at - 1) if at else ""
        denied = not own and _NOBODY.search(_CAUSE.split(lead)[-1]) is not None
        if _MONEY & set(passage.lemmas) and "dry" in passage.lowered[at : hit[0]]:
            at = hit[0]
            continue
        roofless = hit[1] == "shelter" and at > 0 and _is_building(passage, at - 1)
        if (own or denied or not denied_before(passage, at)) and not roofless:
            head = passage.tree.top(passage.tokens[at].start, passage.tokens[last].end)
            top = head.index if head is not None else at
            verbal = passage.tokens[top].upos in {"VERB", "ADJ", "AUX"}
            found.append(
                Cut(
                    predicate=top if verbal else clause_of(passage, top), services=(hit[1],),
                    first=at, last=last, rule=f"service:outright:{hit[1]}", denied=denied,
                )
            )  # fmt: skip
        at = hit[0]
    return found


def _is_building(passage: Passage, at: int) -> bool:
    """ "Left a clinic without a roof": the clinic is damaged."""
    return any(s.first <= at <= s.last for s in passage.sites)


def _no_verb_before(passage: Passage, at: int) -> bool:
    """ "Seven dead, the bridge down, half the town in the dark": nothing is done there."""
    for token in reversed([t for t in passage.tokens if t.start < at]):
        if token.upos == "PUNCT":
            break
        if token.upos in {"VERB", "AUX"} and token.text.lower() != "half":
            return False
    return True


def _darkness(passage: Passage) -> list[Cut]:
    """ "left half the city in the dark", "plunged Lima into darkness"."""
    match = _DARK.search(passage.text.lower())
    if match is None:
        return []
    token = passage.tree.at(passage.start + match.end() - 1)
    if token is None:
        return []
    clause = clause_of(passage, token.index)
    left = {"leave", "plunge", "throw", "be", "remain", "sit", "stay", "submerge", "live", "go",
            "keep", "spend", "wait", "cook", "eat", "lie", "stand"}  # fmt: skip
    unsaid = _no_verb_before(passage, passage.start + match.start())
    if not (
        unsaid
        or passage.lemmas[clause] in left
        or passage.tree.child(token.index, "cop") is not None
    ):
        return []
    return [
        Cut(
            predicate=clause, services=("power",), rule="service:darkness",
            first=min(clause, token.index), last=max(clause, token.index),
        )
    ]  # fmt: skip
