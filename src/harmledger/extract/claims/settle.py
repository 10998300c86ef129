"""One passage: drafts become claims, and what fell by is listed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Harm, Site
from harmledger.core.document import Document, Text
from harmledger.core.unresolved import Unresolved
from harmledger.extract.claims.build import Settled, build_claim, find_said
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.drafting import Drafted
from harmledger.extract.claims.hedging import guess_modality, is_negated
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.locate import Located
from harmledger.extract.claims.means import choose_means, find_means
from harmledger.extract.claims.perpetrators import accused_by, accused_of_some, find_accused
from harmledger.extract.claims.retractions import takes_back_version
from harmledger.extract.claims.setting import (
    find_left_without,
    find_setting,
    find_site_of_patients,
    find_site_of_victims,
)
from harmledger.extract.claims.setting_beside import find_own_room
from harmledger.extract.claims.sites import describe_site
from harmledger.extract.claims.untrue import deny_untrue
from harmledger.extract.guard import harm_without_claim
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage


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
