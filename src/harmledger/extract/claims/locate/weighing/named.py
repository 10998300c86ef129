"""How a place stands in the sentence of a claim."""

from __future__ import annotations

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.claims.locate.asides import (
    in_clause_apart,
    is_deathbed,
    is_origin,
    is_where_taken,
)
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.names import name_head
from harmledger.extract.claims.locate.own_place import clauses_between, is_part_of_a_body
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.offers import Offer
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage

_PREPOSITIONS = frozenset(
    {"in", "at", "near", "from", "to", "of", "into", "outside", "around", "on", "inside", "for",
     "towards", "between", "across", "over", "off", "through"}
)  # fmt: skip
_BESIDE = 40
"""Letters between a place and the hospital it may be told of."""


def mark_named(asked: Asked, seen: SeenPlace, offer: Offer[Place], fit: float) -> None:
    """Mark a place of the sentence. ``fit``: what the rule of the sentence's own place gives it."""
    passage, draft = asked.passage, asked.draft
    offer.mark("here")
    offer.measure("here: fit", 5, fit)
    if fit < 0:
        offer.mark("here: fits not at all")
    if seen.start in asked.report.titles:
        offer.mark("here: of a speaker or office")
    if draft.start <= seen.start and seen.end <= draft.end:
        offer.mark("here: in the claim's words")
    token = name_head(passage.tree, seen)
    if seen.end <= dateline_end(passage):
        offer.mark("here: in the dateline")
    elif token is not None:
        _mark_grammar(asked, seen, offer, token)
        _mark_asides(asked, seen, offer, token)


def _mark_grammar(asked: Asked, seen: SeenPlace, offer: Offer[Place], token: Token) -> None:
    passage, draft = asked.passage, asked.draft
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    offer.mark(*(f"here: behind “{word}”" for word in cases & _PREPOSITIONS))
    if not cases:
        offer.mark(f"here: {_role(token)}")
    if passage.tree.governs(draft.predicate, token.index):
        offer.mark("here: in the harm's clause")
    apart = clauses_between(passage, draft.predicate, seen.start)
    offer.measure("here: clauses between", 3, apart)
    before = seen.end <= passage.tokens[draft.predicate].start
    offer.mark("here: before the harm" if before else "here: after the harm")


def _role(token: Token) -> str:
    if matches(token.deprel, ("compound",)):
        return "before a noun"
    if matches(token.deprel, ("nsubj",)):
        return "as a subject"
    if matches(token.deprel, ("obj",)):
        return "as an object"
    return "as an owner" if matches(token.deprel, ("nmod:poss",)) else "without preposition"


def _mark_asides(asked: Asked, seen: SeenPlace, offer: Offer[Place], token: Token) -> None:
    """What else a place may be named for."""
    passage, draft = asked.passage, asked.draft
    harm = passage.tokens[draft.predicate].start
    marks = {
        "here: where the hurt were taken": is_where_taken(passage, draft, seen, token),
        "here: where somebody is from": is_origin(passage, draft, token),
        "here: where somebody died": is_deathbed(passage, token),
        "here: in a clause apart": in_clause_apart(passage, draft, token),
        "here: part of a body's name": is_part_of_a_body(passage, token),
        "here: read as a body": token.entity == "ORG",
        "here: beside a hospital": _beside_hospital(passage, seen),
        "here: of the speaker": any(
            a.source and a.source[0] <= seen.start < a.source[1] for a in passage.attributions
        ),
        "here: said by another": any(
            a.content[0] <= seen.start < a.content[1] and not a.content[0] <= harm < a.content[1]
            for a in passage.attributions
        ),
        "here: on a site": _on_site(passage, token),
    }
    offer.mark(*(name for name, true in marks.items() if true))


def _beside_hospital(passage: Passage, seen: SeenPlace) -> bool:
    return any(
        site.kind in {"hospital", "other_health"} and abs(site.start - seen.start) < _BESIDE
        for site in passage.sites
    )


def _on_site(passage: Passage, token: Token) -> bool:
    above = passage.tree.head(token.index)
    over = {token.index} | ({above.index} if above is not None else set())
    return any(site.first <= at <= site.last for site in passage.sites for at in over)
