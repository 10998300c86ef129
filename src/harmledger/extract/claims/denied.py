"""Drafts of services cut, access denied and people cut off (contract §2, reading rule 10)."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Site, SiteKind, Victims
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrases
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_objects, find_subjects, with_conjuncts
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon
from harmledger.lexicon.settings import ServiceLexicon

_WITHOUT = frozenset({"without", "lacking"})
_HOMES = frozenset({"home", "household", "house", "customer", "consumer", "family", "apartment"})
_UNCOUNTED = Quantity(basis="implied")


class Denied(Value, frozen=True, kw_only=True):
    """What drafting denials of service and access needs to know."""

    services: ServiceLexicon
    persons: PersonLexicon


class _Cut(Value, frozen=True, kw_only=True):
    """Words that say a service is missing: its clause, the service tokens, the rule."""

    predicate: int
    services: tuple[str, ...]
    first: int
    last: int
    rule: str
    site: Site | None = None


def draft_services(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """People cut off from, or running out of, what they live on: one draft per clause."""
    drafts: dict[int, Draft] = {}
    for cut in _find_cuts(passage, know.services):
        drafts.setdefault(cut.predicate, _draft(passage, cut, know))
    return tuple(drafts.values())


def _find_cuts(passage: Passage, lexicon: ServiceLexicon) -> list[_Cut]:
    found = []
    tree = passage.tree
    for at in range(len(passage.tokens)):
        hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
        if hit is None or passage.tokens[hit[0] - 1].upos not in {"NOUN", "PROPN"}:
            continue
        noun = hit[0] - 1
        top = next((t.index for t in tree.conjuncts(noun)), noun)
        for governor, rule in _reasons(passage, top, lexicon):
            kinds = _service_kinds(passage, top, lexicon)
            found.append(
                _Cut(
                    predicate=governor,
                    services=kinds,
                    rule=rule,
                    first=min(at, governor, top),
                    last=max(noun, governor, *_ends(passage, top)),
                )
            )
            break
    return found


def _ends(passage: Passage, top: int) -> tuple[int, ...]:
    return tuple(t.index for t in passage.tree.conjuncts(top))


def _service_kinds(passage: Passage, top: int, lexicon: ServiceLexicon) -> tuple[str, ...]:
    kinds: dict[str, None] = {}
    for token in passage.tree.conjuncts(top):
        for at in (token.index, max(0, token.index - 1)):
            hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
            if hit is not None and hit[0] > token.index:
                kinds[hit[1]] = None
                break
    return tuple(kinds)


def _reasons(passage: Passage, noun: int, lexicon: ServiceLexicon) -> list[tuple[int, str]]:
    """Why a service word says something is cut: (token of the clause, rule)."""
    tree = passage.tree
    token = passage.tokens[noun]
    reasons: list[tuple[int, str]] = []
    cases = {c.lemma.lower() for c in tree.children(noun, "case", "mark", "det")}
    governor = token.head if token.head >= 0 else noun
    if cases & _WITHOUT:
        reasons.append((_clause_of(passage, noun), "service:without"))
    lead = passage.words(max(0, noun - 5), noun)
    for phrase in (
        "out of",
        "short of",
        "cut off from",
        "deprived of",
        "low on",
        "lack of",
        "no access to",
    ):
        if f"{phrase} " in f"{lead} " and governor != noun:
            reasons.append((_clause_of(passage, noun), f"service:{phrase}"))
    verb = passage.lemmas[governor]
    if verb in {"lack", "lose"} and token.deprel == "obj":
        reasons.append((governor, f"service:{verb}"))
    for company in lexicon.cut.get(verb, ()):
        follows = passage.words(governor + 1, min(len(passage.tokens) - 1, governor + 3))
        role = token.deprel in {"obj", "nsubj", "nsubj:pass"}
        if role and all(word in follows.split() for word in company):
            reasons.append((governor, f"service:{verb}"))
    if any(lexicon.outage.match(passage.lowered, passage.lemmas, i) for i in (noun, governor)):
        outage = passage.lemmas[noun] in {"outage", "blackout"} or passage.lemmas[governor] in {
            "outage", "shortage", "cut",
        }  # fmt: skip
        if outage and governor != noun:
            reasons.append((governor, "service:outage"))
    return reasons


def _clause_of(passage: Passage, noun: int) -> int:
    """The verb or people the missing service is told of."""
    for above in passage.tree.ancestors(noun):
        if above.upos in {"VERB", "AUX", "ADJ"} or above.deprel == "root":
            return above.index
    return noun


def _draft(passage: Passage, cut: _Cut, know: Denied) -> Draft:
    people = _people_of(passage, cut.predicate, know.persons)
    counted = count_phrases(passage, people, know.persons) if people else None
    return _uncounted_or_counted(passage, cut, counted, know, "service_denied")


def _people_of(passage: Passage, predicate: int, persons: PersonLexicon) -> tuple[int, ...]:
    """Who is cut off: subject or object of the clause, or a counted noun it hangs on."""
    tree = passage.tree
    right_before = [
        t.index
        for t in tree.tokens[:predicate]
        if _is_figure(passage, t.index) and _touches(passage, t.index, predicate)
    ]
    if right_before:
        return (right_before[-1],)
    around = [predicate, *(t.index for t in tree.ancestors(predicate))][:3]
    for at in around:
        for found in (find_subjects(tree, at), find_objects(tree, at)):
            people = tuple(
                h
                for h in with_conjuncts(tree, found)
                if is_person(passage, h, persons) or _is_figure(passage, h)
            )
            if people:
                return people
        if is_person(passage, at, persons) or _is_figure(passage, at):
            return (at,)
    return _homes_of(passage, predicate)


def _homes_of(passage: Passage, predicate: int) -> tuple[int, ...]:
    """ "cut power to 60,000 homes": counted homes, households or customers of the clause."""
    for token in passage.tree.subtree(predicate):
        homes = passage.lemmas[token.index] in _HOMES
        if homes and passage.figure_over(token.start - 25, token.end) is not None:
            return (token.index,)
    return ()


def _touches(passage: Passage, at: int, predicate: int) -> bool:
    """Only a noun the figure counts, or nothing, stands between figure and clause."""
    between = passage.tokens[at + 1 : predicate]
    return len(between) <= 2 and all(t.upos in {"NOUN", "ADJ", "AUX"} for t in between)


def _is_figure(passage: Passage, at: int) -> bool:
    start = passage.tokens[at].start
    return any(f.kind == "count" and f.start <= start < f.end for f in passage.figures)


def _uncounted_or_counted(
    passage: Passage, cut: _Cut, counted: Counted | None, know: Denied, harm: str
) -> Draft:
    start, end = passage.tokens[cut.first].start, passage.tokens[cut.last].end
    if counted is not None:
        start, end = min(start, counted.start), max(end, counted.end)
    service = harm == "service_denied"
    notes = [Note(field="harm", start=start, end=end, rule=cut.rule)]
    if counted is not None and counted.figure is not None:
        notes.append(
            Note(field="quantity", start=counted.start, end=counted.end, rule=counted.figure.rule)
        )
    return Draft(
        harm="service_denied" if service else "access_denied",
        predicate=cut.predicate,
        start=start,
        end=end,
        quantity=_unit(passage, counted) if counted is not None else _UNCOUNTED,
        counted=counted,
        victims=describe_victims(passage, counted, know.persons)
        if counted is not None
        else Victims(),
        services=cut.services,
        site=cut.site,
        figures=figures_of(counted),
        notes=tuple(notes),
        weak=True,
        kind="service" if service else "access",
        score=0.75,
    )


def _unit(passage: Passage, counted: Counted) -> Quantity:
    homes = passage.lemmas[counted.noun] in _HOMES
    return msgspec.structs.replace(counted.quantity, unit="households" if homes else "persons")


def draft_access(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """Evacuation, aid or movement blocked or attacked, a ceasefire broken: one draft per clause."""
    drafts: list[Draft] = []
    for verb in range(len(passage.tokens)):
        rule = _blocks(passage, verb, know.services)
        if rule is None:
            continue
        movement = _movement_of(passage, verb, know.services, rule)
        if movement is None:
            continue
        people = _people_under(passage, movement, know.persons)
        counted = count_phrases(passage, people, know.persons) if people else None
        if counted is not None and counted.figure is None:
            counted = None
        cut = _Cut(
            predicate=verb, services=(), site=_convoy(passage),
            first=min(verb, movement), last=max(verb, movement),
            rule=f"access:{rule}:{passage.lemmas[verb]}",
        )  # fmt: skip
        drafts.append(_uncounted_or_counted(passage, cut, counted, know, "access_denied"))
    return tuple(drafts)


def _convoy(passage: Passage) -> Site | None:
    """The convoy or corridor that is blocked: of people leaving, or of aid."""
    for at, lemma in enumerate(passage.lemmas):
        if lemma in {"convoy", "corridor"}:
            leaving = {"flee", "evacuate", "evacuation", "evacuee", "leave"} & set(passage.lemmas)
            kind: SiteKind = "evacuation_convoy" if leaving else "aid_convoy"
            return Site(kind=kind, as_written=passage.tokens[at].text)
    return None


def _blocks(passage: Passage, at: int, lexicon: ServiceLexicon) -> str | None:
    token = passage.tokens[at]
    if token.upos not in {"VERB", "NOUN"}:
        return None
    lemma = passage.lemmas[at]
    if token.upos == "VERB" and lemma in lexicon.breaks:
        return "break"
    follows = passage.words(at + 1, min(len(passage.tokens) - 1, at + 3)).split()
    for company in lexicon.block.get(lemma, ()):
        if token.upos == "VERB" and all(word in follows for word in company):
            return "block"
    return None


def _movement_of(passage: Passage, verb: int, lexicon: ServiceLexicon, rule: str) -> int | None:
    """The movement, aid or truce that a verb blocks or breaks, in its object or passive subject."""
    tree = passage.tree
    heads = find_objects(tree, verb) + tuple(c.index for c in tree.children(verb, "xcomp", "ccomp"))
    intransitive = {"fail", "collapse", "stall"}
    if passage.lemmas[verb] in intransitive:
        heads += find_subjects(tree, verb)
    for head in heads:
        for token in tree.subtree(head, "acl:relcl", "parataxis", "advcl"):
            hit = lexicon.movement.match(passage.lowered, passage.lemmas, token.index)
            if hit is None or token.upos == "ADV":
                continue
            truce = passage.lemmas[hit[0] - 1] in lexicon.truces or hit[1] in lexicon.truces
            if (rule == "break") == truce or truce:
                return hit[0] - 1
    return None


def _people_under(passage: Passage, head: int, persons: PersonLexicon) -> tuple[int, ...]:
    """Counted people inside the phrase that is blocked ("a window for 200,000 civilians")."""
    tree = passage.tree
    near = [head, *(t.index for t in tree.ancestors(head))][:2]
    for top in near:
        for token in tree.subtree(top, "acl:relcl", "parataxis"):
            if token.index != top and is_person(passage, token.index, persons):
                start = tree.subtree(token.index, "conj", "acl")[0].start
                if passage.figure_over(start, token.end) is not None:
                    return (token.index,)
    return ()
