"""Drafts of services cut: people cut off from, or running out of, what they live on."""

from __future__ import annotations

from harmledger.extract.claims.denied import (
    DYING,
    Cut,
    Denied,
    clause_of,
    count_people,
    denied_before,
    draft_cut,
    is_figure,
    people_of,
    whom_named,
)
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.outright import find_outright
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.told_once import told_once
from harmledger.extract.claims.worded import kinds_of, service_cuts
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import ServiceLexicon

_ARRIVES = frozenset({"reach", "enter", "arrive", "come", "pass", "flow"})
_SUPPLIES = frozenset(
    {"supply", "service", "network", "line", "connection", "cut", "outage", "shortage", "delivery",
     "aid", "access", "grid", "system", "failure", "signal", "care", "treatment", "source", "cuts",
     "stock", "reserve", "provision", "pipe", "pipeline", "coverage", "mast", "tower", "store",
     "contact", "link", "distribution", "operation", "unit", "machine", "mains", "main", "stocks",
     "supplies"}
)  # fmt: skip
_DEPRIVE = frozenset({"deprive", "starve", "rob", "strip"})


def draft_services(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """People cut off from, or running out of, what they live on: one draft per clause."""
    drafts: dict[tuple[int, tuple[str, ...]], Draft] = {}
    for cut in (*_find_cuts(passage, know.services), *service_cuts(passage, know)):
        if _only_why_they_died(passage, cut.predicate):
            continue
        heads = _for_whom(passage, cut) or people_of(passage, cut.predicate, know.persons)
        counted = count_people(passage, heads, know.persons)
        if ":worded:" in cut.rule:
            counted = whom_named(passage, cut, counted, know.persons)
        drafts.setdefault((cut.predicate, cut.services), draft_cut(passage, cut, counted, know))
    return told_once(passage, tuple(drafts.values()))


def _only_why_they_died(passage: Passage, predicate: int) -> bool:
    """ "Two died because we had no blood": the deaths are the claim, the lack their cause."""
    for token in (passage.tokens[predicate], *passage.tree.ancestors(predicate)):
        if matches(token.deprel, ("advcl",)) and token.head >= 0:
            marks = {c.lemma.lower() for c in passage.tree.children(token.index, "mark")}
            return "because" in marks and passage.lemmas[token.head] in DYING
    return False


def _find_cuts(passage: Passage, lexicon: ServiceLexicon) -> list[Cut]:
    found = find_outright(passage, lexicon)
    tree = passage.tree
    for at in lexicon.services.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
        if hit is None or not _nominal(passage, hit[0] - 1):
            continue
        noun = hit[0] - 1
        if _is_other_matter(passage, noun) or _is_let(passage, at):
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
                services=kinds_of(passage, top, lexicon) or (hit[1],),
                rule=rule,
                first=min(at, governor, top),
                last=max(noun, governor, *ends),
            )
        )
    return found


def _is_let(passage: Passage, at: int) -> bool:
    """ "Has let no medicine past the bridge": goods on their way, which are denied access."""
    before = passage.lemmas[max(0, at - 3) : at]
    return "no" in before and bool({"let", "allow", "permit"} & set(before))


def _nominal(passage: Passage, at: int) -> bool:
    """A noun; "heating" is one where the parser sees a verb that nobody does."""
    token = passage.tokens[at]
    if token.upos in {"NOUN", "PROPN", "ADJ"}:
        return True
    led = passage.tree.child(at, "case", "det") is not None
    return token.xpos == "VBG" and led and passage.tree.child(at, "obj") is None


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


def _is_other_matter(passage: Passage, noun: int) -> bool:
    """ "water policy" is no water, and "no power to act" no electricity."""
    token = passage.tokens[noun]
    inside = token.deprel == "compound" and token.head > noun
    if inside and passage.lemmas[token.head] not in _SUPPLIES:
        return True
    if token.xpos == "NN" and passage.lemmas[noun] in {"phone", "telephone"}:
        owners = {t.text.lower() for t in passage.tree.children(noun, "nmod:poss")}
        if owners & {"his", "her", "my"}:
            return True  # "his phone was off"
    if passage.lemmas[noun] == "current" and matches(token.deprel, ("amod",)):
        return True  # "no current plans"
    if passage.lemmas[noun] == "milk" and {"mother", "breast"} & set(passage.lemmas[:noun]):
        return True
    after = passage.words(noun + 1, noun + 2).split()
    verb = noun + 2 < len(passage.tokens) and passage.tokens[noun + 2].xpos == "VB"
    held = after[:1] in (["over"], ["of"])
    return passage.lemmas[noun] == "power" and (held or (after[:1] == ["to"] and verb))


def _reason(
    passage: Passage, first: int, noun: int, lexicon: ServiceLexicon
) -> tuple[int, str] | None:
    """Why a service word says something is cut: (token of the clause, rule)."""
    supplied = _supply_of(passage, noun)
    said, missing = _said_missing(passage, first, noun, lexicon)
    if missing is not None:
        clause = _clause_without(passage, said, noun, missing)
        if passage.lemmas[clause] in DYING or _has_no_say(passage, noun, clause):
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
    role = role and passage.lemmas[noun] != "current"  # switched off by anybody
    for company in lexicon.cut.get(verb, ()) if role else ():
        follows = passage.words(governor + 1, min(len(passage.tokens) - 1, governor + 3))
        if all(word in follows.split() for word in company) and not denied_before(
            passage, governor
        ):
            return governor, f"service:{verb}"
    if role and verb in _ARRIVES and denied_before(passage, governor):
        return governor, f"service:not_{verb}"
    if denied_before(passage, min(first, governor)):
        return None  # "did not cause a power cut"
    if any(lexicon.outage.match(passage.lowered, passage.lemmas, i) for i in (first, governor)):
        return (governor if governor != noun else noun), "service:outage"
    return None


def _said_missing(
    passage: Passage, first: int, noun: int, lexicon: ServiceLexicon
) -> tuple[int, str | None]:
    """Where the words for the service begin, and what right before says that it is missing: before
    the whole list, or before this member of it ("no petrol, no salt")."""
    for start in dict.fromkeys((min(first, noun), first)):
        lead = passage.words(max(0, start - 7), start - 1) if start else ""
        missing = _missing(lead, lexicon)
        if missing is not None:
            return start, missing
    return first, None


def _has_no_say(passage: Passage, noun: int, clause: int) -> bool:
    """ "The minister has no power", "has no light to shed": said of one person, no service."""
    if passage.lemmas[noun] not in {"power", "light", "energy"}:
        return False
    persons = load_persons()
    subjects = find_subjects(passage.tree, clause)
    return bool(subjects) and all(
        passage.tokens[s].xpos == "NN" and is_person(passage, s, persons) for s in subjects
    )


def _clause_without(passage: Passage, start: int, noun: int, missing: str) -> int:
    """The clause that says who is without it."""
    counted = _counted_above(passage, noun)
    if counted is None and missing in {"without", "lacking"}:
        counted = _counted_before(passage, start - 1)
    clause = clause_of(passage, noun) if counted is None else counted
    if counted is None and passage.tree.child(noun, "nsubj") is not None:
        clause = noun  # "112 buildings are without heating"
    return clause


def _missing(lead: str, lexicon: ServiceLexicon) -> str | None:
    """Which words right before the service say that it is missing, if any do."""
    words = lead.split()
    if words[-2:] in (["without", "a"], ["without", "an"]):
        return None  # "households without a telephone": what they own, not what was cut
    while words and words[-1] in lexicon.described:
        words.pop()
    for length in (5, 4, 3, 2, 1):
        phrase = " ".join(words[-length:])
        if len(words) >= length and phrase in lexicon.missing:
            denied = words[-length - 1 : -length] in (["no"], ["without"]) and phrase != "no"
            if phrase == "out of" and not _has_run(words[:-length]):
                continue  # "sewed coats out of tents"
            return None if denied else phrase  # "no shortage of water"
    return None


_RUN_OUT = frozenset(
    {"run", "runs", "ran", "running", "be", "is", "are", "was", "were", "been", "go", "goes",
     "went", "now", "almost", "nearly", "already", "completely", "all", "long", "'re", "'s", "get",
     "getting"}
)  # fmt: skip


def _has_run(before: list[str]) -> bool:
    """ "Ran out of blood", "are almost out of flour"; a headline's "Hospitals out of blood"."""
    return len(before) < _HEADLINE or bool(_RUN_OUT & set(before[-2:]))


_HEADLINE = 2


def _counted_above(passage: Passage, noun: int) -> int | None:
    """ "Three blocks without heating": the counted noun it hangs on, a clause of its own."""
    above = passage.tree.head(noun)
    if above is None or above.upos != "NOUN" or not matches(passage.tokens[noun].deprel, ("nmod",)):
        return None
    return above.index if passage.tree.child(above.index, "nummod") is not None else None


def _counted_before(passage: Passage, at: int) -> int | None:
    """ "28,000 subscribers without running water": the counted noun right before "without"."""
    while at > 0 and passage.lowered[at] not in {"without", "lacking"}:
        at -= 1
    before = at - 1
    while before > 0 and passage.lowered[before] in {"still", "now", "again", "left"}:
        before -= 1
    if before > 0 and passage.tokens[before].upos == "NUM" and is_figure(passage, before):
        return before  # "8,000 people without water and 3,000 without power"
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
