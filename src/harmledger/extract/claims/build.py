"""From drafts to claims: voice, stance, scope, place and time settled, every field traced."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import (
    AllegedPerpetrator,
    Claim,
    Means,
    Modality,
    Stance,
    Voice,
    claim_id,
)
from harmledger.core.document import Document, Text
from harmledger.core.quantity import Quantity
from harmledger.core.span import Trace, cut_span
from harmledger.core.when import Moment
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate import Located
from harmledger.extract.claims.perpetrators import Accused
from harmledger.extract.claims.span_of_time import guess_scope
from harmledger.extract.passage import Attribution, Passage

EXTRACTOR = "harmledger-en@32"
_STANCES: dict[str, Stance] = {
    "denies": "denies",
    "disputes": "disputes",
    "retracts": "retracts",
    "cannot_confirm": "cannot_confirm",
}
_ON_SCENE = re.compile(
    r"\b(?:(?:our|this newspaper's|a|an) (?:own )?(?:\w+ )?"
    r"(?:reporter|correspondent|journalist|photographer)s?"
    r"(?: \w+){0,3} (?:saw|counted|witnessed|visited|at the scene|on the scene)|"
    r"i (?:saw|counted|watched))\b",
    re.I,
)


class Settled(Value, frozen=True, kw_only=True):
    """All that one draft needs to become a claim."""

    draft: Draft
    located: Located
    means: Means | None
    accused: Accused | None
    modality: Modality
    modality_rule: str
    said: tuple[Attribution, ...]
    """Attributions over the harm word, innermost first."""


def find_said(passage: Passage, draft: Draft) -> tuple[Attribution, ...]:
    """The attributions whose content holds the harm word, innermost first."""
    at = passage.tokens[draft.predicate].start
    if draft.figures and any(a.cue[0] <= at < a.cue[1] for a in passage.attributions):
        at = draft.figures[0].core[0]  # "spoke of 500": the harm word is the reporting word
    over = [a for a in passage.attributions if a.content[0] <= at < a.content[1]]

    def depth(attribution: Attribution) -> tuple[int, int, int]:
        start, end = attribution.content
        holds = sum(
            start <= other.cue[0] < end
            for other in over
            if other is not attribution and not _adjoined(passage, other)
        )
        return holds, end - start, attribution.cue[0]

    return tuple(sorted(over, key=depth))


def _adjoined(passage: Passage, attribution: Attribution) -> bool:
    """ "…, according to Interfax" frames the whole sentence, wherever it stands."""
    start, end = (offset - passage.start for offset in attribution.cue)
    return passage.text[start:end].lower().startswith("according")


def voice_chain(said: Sequence[Attribution]) -> tuple[Voice, ...]:
    """Originator first, then each relayer (contract §2); one entry for one voice."""
    chain: list[Voice] = []
    for attribution in said:
        for voice in attribution.voice:
            known = {(v.name, v.organisation, v.as_written) for v in chain}
            if (voice.name, voice.organisation, voice.as_written) not in known:
                chain.append(voice)
    return tuple(chain)


def said_moment(document: Document, passage: Passage, said: Sequence[Attribution]) -> Moment:
    """When it was said: the day the text dates the statement to, else publication (R5)."""
    for attribution in said:
        if attribution.said_on is None:
            continue
        for hit in passage.times:
            if (hit.start, hit.end) == attribution.said_on and hit.when.latest is not None:
                return _dated(document, hit.when.latest)
    return Moment(at=document.published_at, origin="published" if document.published_at else None)


def _dated(document: Document, day: str) -> Moment:
    """A statement of the publication day carries the publication time: nothing finer is known."""
    published = document.published_at
    if published is not None and published[:10] == day:
        return Moment(at=published, origin="stated")
    return Moment(at=day, origin="stated")


def reports_from_scene(text: str) -> bool:
    """Whether the outlet says its own people were there (R2)."""
    return _ON_SCENE.search(text) is not None


def build_claim(
    document: Document, text: Text, passage: Passage, settled: Settled, on_scene: bool
) -> Claim:
    """The claim of one settled draft. Links to other claims are filled in afterwards."""
    draft, located = settled.draft, settled.located
    voice = voice_chain(settled.said)
    stance = _stance(settled)
    quantity, scope_rule = _quantity(passage, settled, stance)
    if _wider_than_focus(quantity, located):
        notes = tuple(n for n in located.notes if n.field != "place")
        located = msgspec.structs.replace(located, place=None, notes=notes)
        settled = msgspec.structs.replace(settled, located=located)
    span = cut_span(text.text, draft.start, draft.end, (passage.start, passage.end))
    denied = stance != "asserts"
    perpetrator = None
    if settled.accused is not None and not denied and quantity.high != 0:
        perpetrator = AllegedPerpetrator(
            name=settled.accused.name,
            as_written=text.text[settled.accused.start : settled.accused.end],
            alleged_by=_speaker(voice, document),
        )
    return Claim(
        id=claim_id(document.id, text.sha256, span, draft.harm, stance, voice, quantity),
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=span,
        harm=draft.harm,
        cause=draft.cause,
        stance=stance,
        modality=settled.modality,
        quantity=quantity,
        victims=draft.victims,
        site=draft.site,
        services=draft.services,
        means=settled.means,
        alleged_perpetrator=perpetrator,
        voice=voice,
        said_at=said_moment(document, passage, settled.said),
        place=located.place,
        occurred=located.occurred,
        trace=_traces(settled, scope_rule, voice),
        extractor=EXTRACTOR,
        score=_score(settled),
        on_scene=on_scene and not voice,
    )


def _wider_than_focus(quantity: Quantity, located: Located) -> bool:
    """A count of many attacks or facilities over time is not of the town last spoken of."""
    carried = any(n.field == "place" and n.rule == "place:carried" for n in located.notes)
    return carried and quantity.scope != "incident" and quantity.unit in {"attacks", "facilities"}


def _stance(settled: Settled) -> Stance:
    if settled.draft.stance != "asserts":
        return settled.draft.stance
    for attribution in settled.said:
        found = _STANCES.get(attribution.manner)
        if found is not None:
            return found
        if attribution.rule == "voice:reports":
            return "asserts"  # what somebody rejects, another still says
    return "asserts"


def _quantity(passage: Passage, settled: Settled, stance: Stance) -> tuple[Quantity, str]:
    draft = settled.draft
    scope, rule = guess_scope(passage, draft, settled.located.occurred, settled.located.notes)
    if settled.modality in {"predicted", "conditional", "feared"}:
        scope, rule = "incident", "scope:not_yet"
    quantity = msgspec.structs.replace(draft.quantity, scope=scope)
    if stance == "denies" and not draft.figures:
        quantity = Quantity(unit=quantity.unit, scope="incident", basis="implied")
    return quantity, rule


def _speaker(voice: tuple[Voice, ...], document: Document) -> str:
    if not voice:
        return document.source or document.name
    first = voice[0]
    return first.name or first.organisation or first.role or first.as_written or "unnamed voice"


def _score(settled: Settled) -> float:
    score = settled.draft.score
    if any(v.unsure for a in settled.said for v in a.voice):
        score -= 0.15
    if any(n.rule == "place:carried" for n in settled.located.notes):
        score -= 0.1
    return round(max(0.1, score), 2)


def _traces(settled: Settled, scope_rule: str, voice: tuple[Voice, ...]) -> tuple[Trace, ...]:
    draft = settled.draft
    notes = [*draft.notes, *settled.located.notes]
    if settled.accused is not None:
        accused = settled.accused
        notes.append(
            Note(
                field="alleged_perpetrator", start=accused.start, end=accused.end, rule=accused.rule
            )
        )
    where = (draft.start, draft.end)
    notes.append(Note(field="modality", start=where[0], end=where[1], rule=settled.modality_rule))
    notes.append(Note(field="scope", start=where[0], end=where[1], rule=scope_rule))
    for attribution in settled.said if voice else ():
        start, end = attribution.source or attribution.cue
        notes.append(Note(field="voice", start=start, end=end, rule=attribution.rule or "voice"))
    return tuple(
        Trace(field=n.field, start=n.start, end=n.end, rule=n.rule)
        for n in notes
        if n.end > n.start
    )
