"""Services cut and access denied in whole wordings (``lexicon/wordings.yaml``), and for whom."""

from __future__ import annotations

from harmledger.extract.claims.denied import Cut, Denied, is_voiced
from harmledger.extract.claims.kept_out import convoy_of
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.wordings import Worded, find_worded
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon


def service_cuts(passage: Passage, know: Denied) -> list[Cut]:
    """Wordings that a service is cut; those that deny it where somebody says so."""
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
        if said.service and _is_told(passage, said)
    ]


def access_cuts(passage: Passage, know: Denied) -> list[Cut]:
    """Wordings that a way is shut, traffic sent back, a truce broken; and their denials."""
    return [
        Cut(
            predicate=said.predicate,
            services=(),
            site=convoy_of(passage),
            first=said.first,
            last=said.last,
            rule=f"access:worded:{said.wording.written}",
            denied=said.wording.denied,
            people=said.people,
        )
        for said in find_worded(passage, know, "access_denied")
        if _is_told(passage, said)
    ]


def _is_told(passage: Passage, said: Worded) -> bool:
    return not said.wording.denied or is_voiced(passage, said.first)


def people_in(passage: Passage, cut: Cut, know: Denied) -> tuple[int, ...]:
    """Who is kept from moving: those a slot names, or counted people among the words ("made a bus
    with nineteen pupils go back")."""
    if cut.people is not None:
        return (cut.people,)
    return tuple(
        at
        for at in range(cut.first, cut.last + 1)
        if not cut.denied
        and is_person(passage, at, know.persons)
        and passage.tree.child(at, "nummod") is not None
    )[:1]


def _named_with(passage: Passage, said: Worded, lexicon: ServiceLexicon) -> tuple[str, ...]:
    """The service a wording names, with those coordinated to it: "power and water were off"."""
    if said.service_at is None:
        return (said.service,)
    kinds = kinds_of(passage, said.service_at, lexicon)
    return kinds if said.service in kinds else (said.service,)


def kinds_of(passage: Passage, top: int, lexicon: ServiceLexicon) -> tuple[str, ...]:
    """The services of a noun and of those coordinated with it."""
    kinds: dict[str, None] = {}
    for token in passage.tree.conjuncts(top):
        for at in (token.index, max(0, token.index - 1)):
            hit = lexicon.services.match(passage.lowered, passage.lemmas, at)
            if hit is not None and hit[0] > token.index:
                kinds[hit[1]] = None
                break
    return tuple(kinds)
