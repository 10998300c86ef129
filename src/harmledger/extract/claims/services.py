"""Drafts of services cut: people cut off from, or running out of, what they live on."""

from __future__ import annotations

import re

from harmledger.extract.claims.denied import (
    DYING,
    Cut,
    Denied,
    clause_of,
    count_people,
    draft_cut,
    is_voiced,
    people_of,
    whom_named,
)
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.told_once import told_once
from harmledger.extract.claims.wordings import Worded, find_worded
from harmledger.extract.harms.arguments import find_objects
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon

_ARRIVES = frozenset({"reach", "enter", "arrive", "come", "pass", "flow"})
_SUPPLIES = frozenset(
    {"supply", "service", "network", "line", "connection", "cut", "outage", "shortage", "delivery",
     "aid", "access", "grid", "system", "failure", "signal", "care", "treatment", "source", "cuts",
     "stock", "reserve", "provision", "pipe", "pipeline", "coverage", "mast", "tower", "store",
     "distribution", "operation", "unit", "machine", "mains", "main", "stocks", "supplies"}
)  # fmt: skip
_NOBODY = re.compile(r"\b(?:nobody|no one|not|n['’]t|never)\b")
_CUSTOMERS = frozenset({"customer", "subscriber", "consumer", "household", "home", "user"})
_DEPRIVE = frozenset({"deprive", "starve", "rob", "strip"})
_DARK = re.compile(r"\bin(?:to)? (?:the |total |complete |near )?(?:darkness|dark)\b(?! days)")


def draft_services(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """People cut off from, or running out of, what they live on: one draft per clause."""
    drafts: dict[tuple[int, tuple[str, ...]], Draft] = {}
    for cut in (*_find_cuts(passage, know.services), *_worded(passage, know)):
        heads = _for_whom(passage, cut) or people_of(passage, cut.predicate, know.persons)
        counted = count_people(passage, heads, know.persons)
        if ":worded:" in cut.rule:
            counted = whom_named(passage, cut, counted, know.persons)
        drafts.setdefault((cut.predicate, cut.services), draft_cut(passage, cut, counted, know))
    return told_once(passage, tuple(drafts.values()))


def _worded(passage: Passage, know: Denied) -> list[Cut]:
    return [
        Cut(
            predicate=said.predicate,
            services=_named_with(passage, said, know.services),
            first=said.first,
            last=said.last,
            rule=f"service:worded:{said.wording.written}",
            denied=said.wording.denied,
            people=said.people,
        )
        for said in find_worded(passage, know, "service_denied")
        if said.service and (not said.wording.denied or is_voiced(passage, said.first))
    ]


def _find_cuts(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    found = [
        *_darkness(passage),
        *_outright(passage, lexicon),
        *_customers(passage),
        *_telegraphic(passage, lexicon),
    ]
    tree = passage.tree
    for at in lexicon.services.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
        if hit is None or not _nominal(passage, hit[0] - 1):
            continue
        noun = hit[0] - 1
        if _is_other_matter(passage, noun):
            continue
        top = next((t.index for t in tree.conjuncts(noun) if t.upos in {"NOUN", "PROPN"}), noun)
        reason = _reason(passage, at, top, lexicon)
        if reason is None:
            continue
        governor, rule = reason
        ends = tuple(
            t.index
            for t in tree.conjuncts(top)
            if t.index - top < 12
            and lexicon.services.match(passage.lowered, passage.lemmas, t.index) is not None
        )
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


def _nominal(passage: Passage, at: int) -> bool:
    """A noun; "heating" is one where the parser sees a verb that nobody does."""
    token = passage.tokens[at]
    if token.upos in {"NOUN", "PROPN", "ADJ"}:
        return True
    led = passage.tree.child(at, "case", "det") is not None
    return token.xpos == "VBG" and led and passage.tree.child(at, "obj") is None


def _named_with(passage: Passage, said: Worded, lexicon: ServiceLexicon) -> tuple[str, ...]:
    """The service a wording names, with those coordinated to it: "power and water were off"."""
    if said.service_at is None:
        return (said.service,)
    kinds = _kinds(passage, said.service_at, lexicon)
    return kinds if said.service in kinds else (said.service,)


def _for_whom(passage: Passage, cut: Cut) -> tuple[int, ...]:
    """ "Power out for 40,000", "heat out in 1,160 buildings": the number behind."""
    if cut.people is not None:
        return (cut.people,)
    if cut.rule != "service:telegraphic":
        return ()
    start = passage.tokens[cut.last].end
    figure = next((f for f in passage.figures if f.kind == "count" and f.start >= start), None)
    near = figure is not None and figure.start - start < _NEAR_OUT
    head = passage.tree.top(*figure.core) if near and figure is not None else None
    if head is None:
        return ()
    return (head.head if head.deprel == "nummod" and head.head > head.index else head.index,)


_NEAR_OUT = 12
_OUT = frozenset({"out", "off", "down", "cut"})
_BEHIND_OUT = frozenset({"for", "in", "across", "since", "after", "at", "on", "over", "until"})


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


def _is_other_matter(passage: Passage, noun: int) -> bool:
    """ "water policy" is no water, and "no power to act" no electricity."""
    token = passage.tokens[noun]
    inside = token.deprel == "compound" and token.head > noun
    if inside and passage.lemmas[token.head] not in _SUPPLIES:
        return True
    after = passage.words(noun + 1, noun + 2).split()
    verb = noun + 2 < len(passage.tokens) and passage.tokens[noun + 2].xpos == "VB"
    held = after[:1] in (["over"], ["of"])
    return passage.lemmas[noun] == "power" and (held or (after[:1] == ["to"] and verb))


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
    supplied = _supply_of(passage, noun)
    lead = passage.words(max(0, start - 7), start - 1) if start else ""
    missing = _missing(lead, lexicon)
    if missing is None and first > start:  # "no petrol, no salt": each with its own word
        start = first
        missing = _missing(passage.words(max(0, start - 7), start - 1), lexicon)
    if missing is not None:
        clause = _counted_above(passage, noun) or clause_of(passage, noun)
        if start <= clause < noun:  # "running water" taken for a clause
            clause = _counted_before(passage, start - len(missing.split())) or clause
        if passage.tree.child(noun, "nsubj") is not None:
            clause = noun  # "112 buildings are without heating"
        if passage.lemmas[clause] in DYING:
            return None  # "died for lack of oxygen" is the death's cause
        return clause, f"service:{missing}"
    deprived = _deprived_of(passage, noun)
    if deprived is not None:
        return deprived, "service:deprive"
    token = passage.tokens[supplied]
    governor = token.head if token.head >= 0 else supplied
    verb = passage.lemmas[governor]
    if verb in {"lack", "lose"} and token.deprel == "obj":
        return governor, f"service:{verb}"
    if passage.tree.child(supplied, "cop") is not None and verb != "be":
        return None
    role = matches(token.deprel, ("obj", "nsubj"))
    role = role or (token.deprel == "parataxis" and passage.tokens[governor].index > supplied)
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
            denied = words[-length - 1 : -length] in (["no"], ["without"]) and phrase != "no"
            return None if denied else phrase  # "no shortage of water"
    return None


def _counted_above(passage: Passage, noun: int) -> int | None:
    """ "Three blocks without heating": the counted noun it hangs on, a clause of its own."""
    above = passage.tree.head(noun)
    if above is None or above.upos != "NOUN" or not matches(passage.tokens[noun].deprel, ("nmod",)):
        return None
    return above.index if passage.tree.child(above.index, "nummod") is not None else None


def _counted_before(passage: Passage, at: int) -> int | None:
    """ "28,000 subscribers without running water": the counted noun right before "without"."""
    before = at - 1
    while before > 0 and passage.lowered[before] in {"still", "now", "again", "left"}:
        before -= 1
    counted = before > 0 and passage.tree.child(before, "nummod") is not None
    return before if counted and passage.tokens[before].upos == "NOUN" else None


def _supply_of(passage: Passage, noun: int) -> int:
    """ "Water and electricity supplies", "stocks of food": the supply, which stands for it."""
    at = noun
    for _ in range(3):
        token = passage.tokens[at]
        inside = matches(token.deprel, ("compound", "nmod", "conj", "amod"))
        if not inside or token.head < 0 or passage.lemmas[token.head] not in _SUPPLIES:
            break
        at = token.head
    return at


def _deprived_of(passage: Passage, noun: int) -> int | None:
    """ "The siege deprives 12,000 people of food": the verb of depriving."""
    cases = {c.lemma.lower() for c in passage.tree.children(noun, "case")}
    if not cases & {"of", "from"}:
        return None
    for above in list(passage.tree.ancestors(noun))[:3]:
        if passage.lemmas[above.index] in _DEPRIVE and "of" in cases:
            return above.index
        if passage.lemmas[above.index] in {"cut", "disconnect"} and "from" in cases:
            return above.index
    return None


def _customers(passage: Passage) -> list[Cut]:
    """ "95,000 customers were cut off", "1,200 households were disconnected": of power, where
    nothing else is said."""
    found = []
    for at, lemma in enumerate(passage.lemmas):
        off = lemma == "cut" and passage.lowered[at + 1 : at + 2] == ("off",)
        if passage.tokens[at].upos != "VERB" or not (off or lemma == "disconnect"):
            continue
        heads = find_objects(passage.tree, at)
        if any(passage.lemmas[h] in _CUSTOMERS for h in heads):
            found.append(
                Cut(predicate=at, services=("power",), first=min(*heads, at), last=at + off,
                    rule="service:customers")
            )  # fmt: skip
    return found


def _outright(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    """ "The taps have run dry", "people are going hungry", "a blackout": phrases that name no
    service and leave no doubt which is cut."""
    found: list[Cut] = []
    at = 0
    while at < len(passage.tokens):
        other = lexicon.not_outright.match(passage.lowered, passage.lemmas, at)
        hit = lexicon.outright.match(passage.lowered, passage.lemmas, at)
        if other is not None or hit is None:
            at = other[0] if other is not None else at + 1
            continue
        last = hit[0] - 1
        own = passage.lowered[at] in {"no", "nothing", "not"}
        lead = passage.words(max(0, at - 6), at - 1) if at else ""
        denied = not own and _NOBODY.search(lead) is not None
        if own or denied or not _denied(passage, at):
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
    left = {"leave", "plunge", "throw", "be", "remain", "sit", "stay", "submerge", "live"}
    if passage.lemmas[clause] not in left and passage.tree.child(token.index, "cop") is None:
        return []
    return [
        Cut(
            predicate=clause, services=("power",), rule="service:darkness",
            first=min(clause, token.index), last=max(clause, token.index),
        )
    ]  # fmt: skip
