"""How a time stands in the sentence of a claim."""

from __future__ import annotations

from harmledger.core.when import TimeHit, When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.own_place import clauses_between
from harmledger.extract.claims.locate.own_time import (
    fit_of_time,
    in_clause,
    is_bound,
    opens,
)
from harmledger.extract.claims.locate.several_times import before_the_other, behind_a_break
from harmledger.extract.claims.locate.weighing.offers import Offer
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage


def mark_timed(
    passage: Passage, draft: Draft, hit: TimeHit, offer: Offer[When], *, usable: bool
) -> tuple[float, int]:
    """Mark a time of the sentence; how closely it belongs to the harm."""
    harm = passage.tokens[draft.predicate].start
    said = any((hit.start, hit.end) == a.said_on for a in passage.attributions)
    marks = {
        "here: may be the harm's": usable,
        "here: may not be the harm's": not usable,
        "here: dates what is said": said,
        "here: behind a break": behind_a_break(passage, draft.predicate, hit),
        "here: out of the clause": not in_clause(passage, draft.predicate, hit.start, hit.end),
        "here: only a bound": is_bound(passage, draft, hit),
        "here: before the other": before_the_other(passage, draft.predicate, hit),
        "here: opens the sentence": opens(passage, hit.start),
        "here: in the claim's words": draft.start <= hit.start and hit.end <= draft.end,
        "here: before the harm": hit.end <= harm,
        "here: after the harm": hit.end > harm,
        "here: of the speaker": any(
            a.source and a.source[0] <= hit.start < a.source[1] for a in passage.attributions
        ),
    }
    offer.mark("here", f"here: read as {(hit.when.rule or 'time').split('_')[0]}")
    offer.mark(*(name for name, true in marks.items() if true))
    token = passage.tree.top(hit.start, hit.end)
    if token is not None:
        grammar = {
            "here: in the harm's clause": passage.tree.governs(draft.predicate, token.index),
            "here: on the harm word": token.head == draft.predicate,
            "here: on a noun": matches(token.deprel, ("nmod",)),
        }
        offer.mark(*(name for name, true in grammar.items() if true))
    offer.measure("here: clauses between", 3, clauses_between(passage, draft.predicate, hit.start))
    fit = fit_of_time(passage, draft, hit)
    offer.measure("here: fit", 4.5, fit[0])
    return fit
