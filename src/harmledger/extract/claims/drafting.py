"""One passage: what its harm words and the words around them say becomes drafts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from harmledger.core.base import Value
from harmledger.extract.claims.access import draft_access
from harmledger.extract.claims.adding_up import add_up
from harmledger.extract.claims.asking import without_asked
from harmledger.extract.claims.bodily import draft_bodily
from harmledger.extract.claims.bracketed import draft_bracketed
from harmledger.extract.claims.burials import (
    draft_burials,
    speaks_of_graves,
    without_those_killed,
)
from harmledger.extract.claims.cut_off import draft_besieged, kept_outside
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import draft_harm
from harmledger.extract.claims.labelled import draft_labelled
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.listed import draft_listed
from harmledger.extract.claims.moved import draft_moved
from harmledger.extract.claims.objects import Objects, draft_objects
from harmledger.extract.claims.parts import draft_parts
from harmledger.extract.claims.pointed_back import draft_pointed
from harmledger.extract.claims.restated import draft_restated
from harmledger.extract.claims.scope import (
    Setting,
    beside_mishap,
    by_accident,
    by_other_cause,
    why_out_of_scope,
)
from harmledger.extract.claims.services import draft_services
from harmledger.extract.claims.shares import draft_shares
from harmledger.extract.claims.spared import draft_spared
from harmledger.extract.claims.struck import draft_struck
from harmledger.extract.claims.they import draft_they
from harmledger.extract.claims.tolls import draft_toll
from harmledger.extract.claims.twins import one_number_two_harms, without_twins
from harmledger.extract.harms.find import find_mentions
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage, SiteMention
from harmledger.extract.tables.drafts import draft_row


class Drafted(Value, frozen=True, kw_only=True):
    """The drafts of a passage; ``out`` says why its harms are out of scope, ``fell`` what came
    to nothing; ``harmful`` whether it has a harm word at all."""

    drafts: tuple[Draft, ...] = ()
    out: str | None = None
    fell: tuple[Mention, ...] = ()
    they: tuple[Draft, ...] = ()
    """Harms of people only a pronoun names: how many they are stands in the sentence before."""
    harmful: bool = False


def draft_passage(passage: Passage, order: int, setting: Setting, lexica: Lexica) -> Drafted:
    """All drafts of one passage. ``order`` is its place among the passages read."""
    if passage.silent:
        return Drafted()
    if passage.cells:
        return _draft_cells(passage, setting)
    people = lexica.people
    objects = Objects(sites=lexica.sites, people=people)
    mentions = find_mentions(passage, lexica.harms, lexica.scope)
    mentioned = _draft_mentions(passage, mentions, (order, setting), lexica)
    drafts, cut, outside = _with_cut(passage, mentioned.drafts, (order, setting), lexica)
    out = outside or mentioned.out
    within = partial(_within, order, setting)
    drafts += draft_moved(passage, drafts, lexica.denied, people, within)
    drafts += draft_bodily(passage, drafts, lexica.denied, people, within)
    drafts += draft_spared(passage, drafts, people, within)
    drafts = one_number_two_harms(passage, without_twins(drafts))
    told = _with_parts(passage, drafts, lexica)
    if out is None or drafts:
        told = draft_listed(passage, draft_labelled(passage, told), objects, within)
        told = draft_struck(passage, told, objects, within)
        told = draft_pointed(passage, mentions, told, objects, within)
    told, asks = without_asked(passage, told)
    out = asks or out
    if passage.heads_figures:
        told = tuple(d for d in told if d.figures and d.quantity.basis == "stated")
    return Drafted(
        drafts=told,
        out=out if not told else None,
        fell=mentioned.fell,
        they=mentioned.they,
        harmful=bool(mentions or drafts or cut),
    )


def _draft_mentions(
    passage: Passage, mentions: Sequence[Mention], told: tuple[int, Setting], lexica: Lexica
) -> Drafted:
    """What the harm words of a passage say by themselves, and the graves it speaks of."""
    objects = Objects(sites=lexica.sites, people=lexica.people)
    drafts: list[Draft] = list(draft_burials(passage, lexica.persons))
    buried = bool(drafts) or speaks_of_graves(passage)
    fell: list[Mention] = []
    they: list[Draft] = []
    out: str | None = None
    for mention in mentions:
        why = why_out_of_scope(mention, *told) or by_accident(
            passage, mention.predicate, lexica.scope
        )
        if why is not None:
            out = why
            continue
        if mention.harm == "mass_burial" or (buried and mention.pattern == "person"):
            continue
        found = _draft_mention(passage, mention, passage.sites, objects)
        drafts.extend(found)
        if not found and mention.harm != "object_struck":
            fell.append(mention)
            they.extend(draft_they(passage, mention, lexica.people))
    drafts = without_those_killed(passage, drafts)
    laid = {f for d in drafts if d.kind == "burial" for f in d.figures}
    kept = tuple(d for d in drafts if d.kind == "burial" or not laid & set(d.figures))
    return Drafted(drafts=kept, out=out, fell=tuple(fell), they=tuple(they))


def _with_parts(passage: Passage, drafts: Sequence[Draft], lexica: Lexica) -> tuple[Draft, ...]:
    """The drafts with the parts and shares that the passage tells of them."""
    parts = draft_parts(passage, drafts, lexica.persons, passage.sites)
    told = draft_bracketed(passage, parts, lexica.persons)
    return draft_shares(passage, add_up(told), lexica.persons)


def _with_cut(
    passage: Passage, drafts: Sequence[Draft], told: tuple[int, Setting], lexica: Lexica
) -> tuple[list[Draft], list[Draft], str | None]:
    """The drafts with those of services cut, ways shut and people shut in; these alone; and why
    they are out of scope."""
    denied = lexica.denied
    other = by_other_cause(passage, lexica.services, lexica.scope)
    cut = [*draft_services(passage, denied), *draft_access(passage, denied)]
    kept = kept_outside(passage, drafts)
    cut += draft_besieged(passage, denied, kept)
    if other:
        kept = [d for d in kept if d.harm not in {"trapped", "access_denied"}]
        return kept, cut, "weather, works, a fault or a strike of staff does it" if cut else None
    if beside_mishap(*told):
        cut = [c for c in cut if c.harm != "service_denied"]
    if told[1].mishaps is not None:
        return list(kept), cut, told[1].mishaps if cut else None
    if told[1].totals[0] > 0:
        return [d for d in kept if not _moved_by_none(d, cut)] + cut, cut, None
    out = "nothing near it speaks of weapons, armed people, force or siege" if cut else None
    return list(kept), cut, out


def _within(order: int, setting: Setting, mention: Mention) -> bool:
    """A word that says by itself that somebody armed did it, or one the report gives that sense."""
    return not mention.weak or why_out_of_scope(mention, order, setting) is None


def _moved_by_none(draft: Draft, cut: Sequence[Draft]) -> bool:
    """ "The evacuation of 300 people was blocked" displaced nobody."""
    return draft.harm == "displaced" and any(
        set(draft.figures) & set(c.figures) and c.harm == "access_denied" for c in cut
    )


def _draft_cells(passage: Passage, setting: Setting) -> Drafted:
    """A row of a table whose headings name a harm: its figures, and nothing else of it."""
    drafts = draft_row(passage)
    out = None
    if setting.totals[0] <= setting.totals[1]:
        drafts, out = (), "the report speaks of no weapons, armed people, force or siege"
    return Drafted(drafts=drafts, out=out, harmful=True)


def _draft_mention(
    passage: Passage, mention: Mention, sites: tuple[SiteMention, ...], objects: Objects
) -> tuple[Draft, ...]:
    if mention.pattern == "toll":
        return draft_toll(passage, mention, objects.people)
    if mention.harm == "object_struck":
        return draft_objects(passage, mention, sites, objects)
    draft = draft_harm(passage, mention, sites, objects.people)
    if draft is None:
        return ()
    restated = draft_restated(passage, draft)
    return (draft, restated) if restated is not None else (draft,)
