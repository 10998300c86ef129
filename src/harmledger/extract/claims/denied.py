"""What drafts of services cut and of access denied share: who is counted, and the draft."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Harm, Site, Victims
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrases
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_objects, find_subjects
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.harms.heads import before_says
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon
from harmledger.lexicon.settings import ServiceLexicon

_HOMES = frozenset({"home", "household", "house", "customer", "consumer", "family", "apartment",
                    "flat", "dwelling"})  # fmt: skip
_DWELLERS = frozenset(
    {"people", "person", "resident", "building", "village", "settlement", "hospital", "civilian",
     "subscriber", "user", "inhabitant", "block", "district", "town", "patient", "child", "clinic",
     "school", "neighbourhood", "quarter"}
)  # fmt: skip
_SETTLED = frozenset({"village", "settlement", "town", "district", "neighbourhood", "quarter"})
DYING = frozenset({"die", "perish", "kill", "succumb", "dead", "death"})
_UNCOUNTED = Quantity(basis="implied")


class Denied(Value, frozen=True, kw_only=True):
    """What drafting denials of service and access needs to know."""

    services: ServiceLexicon
    persons: PersonLexicon


class Cut(Value, frozen=True, kw_only=True):
    """Words that say a service or access is missing: its clause, the services, the rule."""

    predicate: int
    services: tuple[str, ...]
    first: int
    last: int
    rule: str
    site: Site | None = None
    denied: bool = False
    """The words deny that anything is missing ("nobody goes hungry")."""
    people: int | None = None
    """Who is cut off or kept from moving, where the words say it."""
    harm: Harm = "access_denied"
    """Of words that name no service."""


def draft_cut(passage: Passage, cut: Cut, counted: Counted | None, know: Denied) -> Draft:
    """The draft of one cut; a service when it names one, access otherwise."""
    start, end = passage.tokens[cut.first].start, passage.tokens[cut.last].end
    if counted is not None:
        start, end = min(start, counted.start), max(end, counted.end)
    service = bool(cut.services)
    notes = [Note(field="harm", start=start, end=end, rule=cut.rule)]
    if counted is not None and counted.figure is not None:
        notes.append(
            Note(field="quantity", start=counted.start, end=counted.end, rule=counted.figure.rule)
        )
    return Draft(
        harm="service_denied" if service else cut.harm,
        predicate=cut.predicate,
        start=start,
        end=end,
        quantity=_unit(passage, counted)
        if counted is not None and not _of_settlements(passage, counted)
        else _UNCOUNTED,
        counted=counted,
        victims=describe_victims(passage, counted, know.persons)
        if counted is not None
        else Victims(),
        services=cut.services,
        stance="denies" if cut.denied else "asserts",
        site=cut.site,
        figures=figures_of(counted),
        notes=tuple(notes),
        from_denial=True,
        weak=True,
        kind="service" if service else "access",
        score=0.75,
    )


def _unit(passage: Passage, counted: Counted) -> Quantity:
    noun = passage.tokens[counted.noun]
    homes = noun.head if noun.upos == "NUM" and noun.deprel == "nummod" else counted.noun
    if passage.lemmas[homes] in _HOMES:
        return msgspec.structs.replace(counted.quantity, unit="households")
    token = passage.tokens[counted.noun]
    site = any(s.first <= counted.noun <= s.last for s in passage.sites)
    unit = "facilities" if site and not token.entity else counted.quantity.unit
    return msgspec.structs.replace(counted.quantity, unit=unit)


def _of_settlements(passage: Passage, counted: Counted) -> bool:
    """ "14 villages are without power": how many live there is not said."""
    return passage.lemmas[counted.noun] in _SETTLED


def people_of(passage: Passage, predicate: int, persons: PersonLexicon) -> tuple[int, ...]:
    """Who is cut off: subject or object of the clause, or a counted noun it hangs on."""
    tree = passage.tree
    if tree.tokens[predicate].upos == "NOUN" and tree.child(predicate, "nummod") is not None:
        return (predicate,)  # "three hospitals without power"
    if tree.tokens[predicate].upos == "NUM" and is_figure(passage, predicate):
        return (predicate,)
    right_before = [
        t.index
        for t in tree.tokens[:predicate]
        if is_figure(passage, t.index) and _touches(passage, t.index, predicate)
    ]
    if right_before:
        return (right_before[-1],)
    around = [at for at in _clauses(passage, predicate) if not _of_others(passage, at, predicate)]
    if any(tree.tokens[s].upos == "PRON" for s in find_subjects(tree, predicate)[:1]):
        around = [predicate]  # "thirty are wounded, and we have no blood": ours, not theirs
    for at in around:
        for heads in (find_objects(tree, at), find_subjects(tree, at)):
            found = tuple(before_says(passage, h) or h for h in heads)
            people = tuple(
                h for h in with_conjuncts(tree, found) if _can_be_cut_off(passage, h, persons)
            )
            if people and not (at != predicate and _is_one(passage, people)):
                return people
        if _can_be_cut_off(passage, at, persons):
            return (at,)
    return _homes_of(passage, predicate)


def _clauses(passage: Passage, predicate: int) -> list[int]:
    """The clause and those above it; none beside one with a subject of its own ("no one was hurt,
    but the hospital is without power")."""
    found, token = [predicate], passage.tokens[predicate]
    for above in passage.tree.ancestors(predicate):
        joined = matches(token.deprel, ("conj", "parataxis"))
        own = joined and passage.tree.child(token.index, "nsubj") is not None
        apart = any(c.lemma.lower() in _APART for c in passage.tree.children(token.index, "mark"))
        if len(found) == _NEAREST or own or apart:
            break
        found.append(above.index)
        token = above
    return found


_NEAREST = 3
_APART = frozenset({"after", "since", "when", "because", "before", "while", "until", "as"})
"""They open a clause of its own: "two died after the generators stopped"."""


def _of_others(passage: Passage, at: int, predicate: int) -> bool:
    """ "“There is no morphine,” he says", "two died after the generators stopped": who says it, or
    who died of it, is not who is without."""
    if at == predicate:
        return False
    if passage.lemmas[at] in DYING:
        return True
    start, said = passage.tokens[at].start, passage.tokens[predicate].start
    return any(
        a.cue[0] <= start < a.cue[1] and a.content[0] <= said < a.content[1]
        for a in passage.attributions
    )


_LINES = frozenset({"power", "water", "transport", "military", "media"})
"""Sites that bring a service or bear arms: fourteen pylons are not who is without power."""


def _is_one(passage: Passage, people: tuple[int, ...]) -> bool:
    """One person with no number, in a clause above: who tells it, as a rule."""
    return len(people) == 1 and passage.tokens[people[0]].xpos in {"NN", "NNP", "PRP"}


def _can_be_cut_off(passage: Passage, head: int, persons: PersonLexicon) -> bool:
    """People, a figure, or counted facilities and settlements that stand for their people."""
    word = persons.single.get(passage.lemmas[head])
    if word is not None and word.status == "combatant":
        return False  # "since the gunmen felled the pylon, no electricity"
    if is_person(passage, head, persons) or is_figure(passage, head):
        return True
    site = any(s.first <= head <= s.last and s.kind not in _LINES for s in passage.sites)
    number = passage.tree.child(head, "nummod")
    many = number is not None or passage.tokens[head].xpos == "NNS"
    return (passage.lemmas[head] in _HOMES and many) or (site and number is not None)


def _homes_of(passage: Passage, predicate: int) -> tuple[int, ...]:
    """ "cut power to 60,000 homes", "failed in 60 buildings": those counted in the clause."""
    for token in passage.tree.subtree(predicate, "conj", "parataxis"):
        homes = passage.lemmas[token.index] in {*_HOMES, *_DWELLERS}
        homes = homes and not _in_clause_apart(passage, token.index, predicate)
        homes = homes and token.deprel != "nmod:poss"
        if homes and passage.figure_over(token.start - 25, token.end) is not None:
            return (token.index,)
    return ()


def _in_clause_apart(passage: Passage, at: int, predicate: int) -> bool:
    """ "Internet was cut, as in 2019, when a hundred people were shot": told of another time."""
    return any(
        above.index != predicate
        and passage.tree.governs(predicate, above.index)
        and matches(above.deprel, ("advcl", "acl:relcl"))
        and any(
            c.text.lower() in {"when", "as", "where"}
            for c in passage.tree.children(above.index, "mark", "advmod")
        )
        for above in passage.tree.ancestors(at)
    )


def _touches(passage: Passage, at: int, predicate: int) -> bool:
    """Only a noun the figure counts, or nothing, stands between figure and clause."""
    between = passage.tokens[at + 1 : predicate]
    return len(between) <= 2 and all(t.upos in {"NOUN", "ADJ", "AUX"} for t in between)


def is_voiced(passage: Passage, at: int) -> bool:
    """Whether somebody with a name or an office says the words at a token."""
    start = passage.tokens[at].start
    return any(a.voice and a.content[0] <= start < a.content[1] for a in passage.attributions)


def is_figure(passage: Passage, at: int) -> bool:
    """Whether a token lies in a count of something other than nothing."""
    start = passage.tokens[at].start
    return any(f.kind == "count" and f.high != 0 and f.start <= start < f.end
               for f in passage.figures)  # fmt: skip


def whom_named(
    passage: Passage, cut: Cut, counted: Counted | None, persons: PersonLexicon
) -> Counted | None:
    """Of a whole wording: people in the plural, homes with a number; not its own words ("no
    doctor", "two hospitals have shut", "one bucket"), nor one person who stands near it."""
    if counted is None or counted.quantity.high == 0:
        return None
    lemma = passage.lemmas[counted.noun]
    if counted.figure is None and counted.quantity.high is not None:
        return None
    near = range(counted.noun, min(counted.noun + 3, len(passage.tokens)))
    known = lemma in {*_HOMES, *_DWELLERS} or is_person(passage, counted.noun, persons)
    known = known or (
        is_figure(passage, counted.noun)
        and any(
            is_person(passage, n, persons) or passage.lemmas[n] in {*_HOMES, *_SETTLED}
            for n in near
        )
    )
    own = cut.first <= counted.noun <= cut.last and lemma in _CARERS
    health = any(
        s.kind in {"hospital", "other_health"} and s.first <= counted.noun <= s.last
        for s in passage.sites
    )
    return counted if known and not own and not health else None


_CARERS = frozenset({"doctor", "midwife", "surgeon", "nurse", "paramedic", "medic", "hospital"})


def count_people(
    passage: Passage, heads: tuple[int, ...], persons: PersonLexicon
) -> Counted | None:
    """The counted people under ``heads``; None when there are none."""
    return count_phrases(passage, heads, persons) if heads else None


def people_under(passage: Passage, head: int, persons: PersonLexicon) -> tuple[int, ...]:
    """Counted people inside the phrase that is blocked ("a window for 200,000 civilians")."""
    tree = passage.tree
    near = [head, *(t.index for t in tree.ancestors(head))][:2]
    for top in near:
        own = ("conj", "advcl") if tree.tokens[top].upos == "VERB" else ()
        for token in tree.subtree(top, "acl:relcl", "parataxis", *own):
            if token.index != top and is_person(passage, token.index, persons):
                start = tree.subtree(token.index, "conj", "acl")[0].start
                if passage.figure_over(start, token.end) is not None:
                    return (token.index,)
    return ()


def clause_of(passage: Passage, noun: int) -> int:
    """The verb or people a noun is told of."""
    for above in passage.tree.ancestors(noun):
        verbal = above.upos in {"VERB", "AUX", "ADJ"} and not matches(above.deprel, ("amod",))
        if verbal or above.deprel == "root":
            return above.index
    return noun


def denied_before(passage: Passage, verb: int) -> bool:
    """Whether a word of denial stands right before a verb."""
    near = passage.words(max(0, verb - 6), verb)
    return re.search(r"\b(?:not|n't|no|neither|nor|never|none)\b", near) is not None
