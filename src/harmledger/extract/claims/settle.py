"""One passage: harm words become drafts, drafts become claims, and what fell by is listed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Harm, Site
from harmledger.core.document import Document, Text
from harmledger.core.unresolved import Unresolved
from harmledger.extract.claims.access import draft_access
from harmledger.extract.claims.adding_up import add_up, draft_all_but
from harmledger.extract.claims.bodily import draft_bodily
from harmledger.extract.claims.bracketed import draft_bracketed
from harmledger.extract.claims.build import Settled, build_claim, find_said
from harmledger.extract.claims.burials import (
    draft_burials,
    speaks_of_graves,
    without_those_killed,
)
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.cut_off import draft_besieged, kept_outside
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import draft_harm
from harmledger.extract.claims.hedging import guess_modality, is_negated
from harmledger.extract.claims.labelled import draft_labelled
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.listed import draft_listed
from harmledger.extract.claims.locate import Located
from harmledger.extract.claims.means import choose_means, find_means
from harmledger.extract.claims.moved import draft_moved
from harmledger.extract.claims.objects import Objects, draft_objects
from harmledger.extract.claims.parts import draft_parts
from harmledger.extract.claims.perpetrators import accused_by, accused_of_some, find_accused
from harmledger.extract.claims.pointed_back import draft_pointed
from harmledger.extract.claims.restated import draft_restated
from harmledger.extract.claims.retractions import takes_back_version
from harmledger.extract.claims.scope import (
    Setting,
    beside_mishap,
    by_accident,
    by_other_cause,
    why_out_of_scope,
)
from harmledger.extract.claims.services import draft_services
from harmledger.extract.claims.setting import (
    find_left_without,
    find_setting,
    find_site_of_patients,
    find_site_of_victims,
)
from harmledger.extract.claims.setting_beside import find_own_room
from harmledger.extract.claims.shares import draft_shares
from harmledger.extract.claims.sites import describe_site
from harmledger.extract.claims.spared import draft_spared
from harmledger.extract.claims.struck import draft_struck
from harmledger.extract.claims.they import draft_they
from harmledger.extract.claims.tolls import draft_toll
from harmledger.extract.claims.twins import one_number_two_harms, without_twins
from harmledger.extract.claims.untrue import deny_untrue
from harmledger.extract.guard import harm_without_claim
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


class Outcome(Value, frozen=True, kw_only=True):
    """What reading gathered so far."""

    claims: tuple[Claim, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    harmful: dict[int, str | None] = msgspec.field(default_factory=dict)
    used: dict[tuple[int, int], str] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> Outcome:
        """All together, in order."""
        return cls(
            claims=tuple(claim for one in outcomes for claim in one.claims),
            unresolved=tuple(line for one in outcomes for line in one.unresolved),
            harmful={n: why for one in outcomes for n, why in one.harmful.items()},
            used={core: claim for one in outcomes for core, claim in one.used.items()},
        )


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
    return draft_shares(
        passage, add_up(draft_all_but(passage, told, lexica.persons)), lexica.persons
    )


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


def settle_passage(
    document: Document,
    text: Text,
    passage: Passage,
    drafted: Drafted,
    located: Sequence[Located],
    lexica: Lexica,
    on_scene: bool,
) -> Outcome:
    """Claims of one passage, and the links between them. ``located``: where and when each draft
    is set."""
    claims: list[Claim] = []
    harmed = frozenset(h for d in drafted.drafts for h in _heads_of(d.counted))
    drafts = deny_untrue(passage, drafted.drafts, lexica.denied)
    settled = [
        _settle(passage, draft, at, lexica, harmed)
        for draft, at in zip(drafts, located, strict=True)
    ]
    for one in settled:
        claims.append(build_claim(document, text, passage, _like_whole(one, settled), on_scene))
    linked = _link_kin(drafted.drafts, claims)
    fell = tuple(
        _fell(document, text, passage, m) for m in drafted.fell if _worth_a_line(passage, m)
    )
    harmful = {passage.index: drafted.out} if drafted.harmful else {}
    return Outcome(
        claims=linked,
        unresolved=fell,
        harmful=harmful,
        used={f.core: c.id for d, c in zip(drafted.drafts, linked, strict=True) for f in d.figures},
    )


def _like_whole(one: Settled, settled: Sequence[Settled]) -> Settled:
    """People broken down from others were where those were, and the same party did it."""
    draft = one.draft
    of = settled[draft.kin] if draft.kin is not None else None
    if of is None or {draft.kind, of.draft.kind} != {"person"}:
        return one
    if of.draft.site is not None:
        draft = msgspec.structs.replace(draft, site=of.draft.site)
    accused = one.accused if one.accused is not None else of.accused
    return msgspec.structs.replace(one, draft=draft, accused=accused)


def _settle(
    passage: Passage, draft: Draft, at: Located, lexica: Lexica, harmed: frozenset[int]
) -> Settled:
    """One draft with everything around it. ``harmed``: heads of all the passage counts as harmed,
    none of whom did it."""
    said = find_said(passage, draft)
    if takes_back_version(passage, draft):
        said, draft = (), msgspec.structs.replace(draft, stance="retracts")
    modality, rule = guess_modality(
        passage, draft.predicate, said[0] if said else None, lexica.hedges
    )
    if draft.from_denial and modality == "predicted":
        modality, rule = "stated", "modality:stated"  # "cannot leave" is so now
    negated = is_negated(passage, draft.predicate, lexica.hedges) and not draft.from_denial
    if negated and draft.quantity.high != 0 and draft.stance == "asserts":
        draft = msgspec.structs.replace(draft, stance="denies")
    answers = said and said[0].voice and said[0].rule != "voice:table"
    if answers and said[0].voice[0].side not in _UNCHARGED:
        draft = _answers_charge(draft)
    if draft.site is None:
        draft = msgspec.structs.replace(draft, site=_site_of(passage, draft, at))
    means = choose_means(passage, find_means(passage, lexica.means), draft.predicate, lexica.means)
    means = means if means is not None else at.means
    accused = None
    if said and said[0].manner == "accuses":
        accused = accused_by(passage, said[0].cue, lexica.actors, lexica.find_demonym)
    if accused is None:
        accused = find_accused(passage, draft.predicate, lexica.actors, lexica.find_demonym, harmed)
    if accused is not None and accused_of_some(passage, draft.end, accused):
        accused = None
    return Settled(
        draft=draft,
        located=at,
        means=means,
        accused=accused,
        modality=modality,
        modality_rule=rule,
        said=said,
    )


def _site_of(passage: Passage, draft: Draft, at: Located) -> Site | None:
    """Where it happened, as the sentence says, or the incident it goes on about."""
    if draft.harm == "service_denied":
        setting = find_left_without(passage, draft) or find_site_of_patients(passage, draft)
        return describe_site(passage, setting) if setting is not None else None
    if draft.kind != "person" or draft.harm == "displaced":
        return None
    setting = (
        find_setting(passage, draft)
        or find_own_room(passage, draft)
        or find_site_of_victims(passage, draft)
    )
    convoy = at.site is not None and at.site.kind in {"aid_convoy", "evacuation_convoy"}
    if setting is not None and not (convoy and setting.kind == "transport"):
        return describe_site(passage, setting)  # but "the second vehicle" is one of the convoy
    return at.site if draft.quantity.high != 0 else None  # "no casualties" were nowhere


_DONE_BY_SOMEBODY: frozenset[Harm] = frozenset(
    {"detained", "abducted", "sexual_violence", "displaced", "trapped", "object_struck"}
)


_UNCHARGED = frozenset(
    {"civil_authority", "health", "humanitarian", "monitor", "media", "resident", "court"}
)
"""Sides that tell it as news that nobody was driven out; a ministry that is accused is missed."""


def _answers_charge(draft: Draft) -> Draft:
    """ "No civilian was detained", "no school was hit", when those who may have done it say so:
    nobody does unless it was claimed before (rule 4). "Nobody was hurt" stays an assertion."""
    if draft.stance != "asserts" or draft.quantity.high != 0 or draft.harm not in _DONE_BY_SOMEBODY:
        return draft
    quantity = draft.quantity
    if draft.harm == "object_struck":
        quantity = msgspec.structs.replace(quantity, low=None, high=None)
    return msgspec.structs.replace(draft, stance="denies", quantity=quantity)


def _heads_of(counted: Counted | None) -> frozenset[int]:
    """Every head token of a counted phrase and its members: the harmed."""
    if counted is None:
        return frozenset()
    inner = (head for member in counted.members for head in _heads_of(member))
    return frozenset((counted.head, counted.noun, *inner))


def _link_kin(drafts: Sequence[Draft], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """``part_of`` and ``supersedes`` point at the claims their drafts pointed at."""
    linked = []
    for draft, claim in zip(drafts, claims, strict=True):
        changes: dict[str, str] = {"part_of": draft.part_of} if draft.part_of else {}
        if draft.kin is not None and claims[draft.kin].id != claim.id:
            changes["part_of"] = claims[draft.kin].id
        old = _claim_of(drafts, claims, draft.corrects)
        if old is not None and old.id != claim.id:
            changes["supersedes"] = old.id
        linked.append(msgspec.structs.replace(claim, **changes))
    return tuple(linked)


def _claim_of(
    drafts: Sequence[Draft], claims: Sequence[Claim], core: tuple[int, int] | None
) -> Claim | None:
    """The claim of the figure that stands at ``core``."""
    for draft, claim in zip(drafts, claims, strict=True):
        if core is not None and any(f.core == core for f in draft.figures):
            return claim
    return None


def _worth_a_line(passage: Passage, mention: Mention) -> bool:
    """A harm word that came to nothing is worth a line when an unread figure stands near it."""
    start = passage.tokens[mention.first].start
    reach = 20 if mention.harmed else 60
    return not mention.weak and any(
        f.kind == "count" and abs(f.start - start) < reach for f in passage.figures
    )


def _fell(document: Document, text: Text, passage: Passage, mention: Mention) -> Unresolved:
    words = (passage.tokens[mention.first].start, passage.tokens[mention.last].end)
    said = passage.text[words[0] - passage.start : words[1] - passage.start]
    note = f"“{said}” names no one a claim could count"
    return harm_without_claim(document, text.text, passage, words, note)
