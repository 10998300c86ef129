"""Claims that answer a harm told elsewhere: denials, doubts and accusations without a harm word.

"Officials rejected the reports as fake" denies the harm in dispute: the latest strike told before
it, or the gravest harm (reading rules 2 and 4). Misses a denial of something the report never says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import (
    AllegedPerpetrator,
    Claim,
    Harm,
    Modality,
    Stance,
    Victims,
    claim_id,
)
from harmledger.core.document import Document, Text
from harmledger.core.quantity import Quantity
from harmledger.core.span import Trace, cut_span
from harmledger.extract.claims.build import EXTRACTOR, said_moment
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.named_harm import name_harm
from harmledger.extract.claims.perpetrators import FindDemonym, accused_by, find_accused
from harmledger.extract.claims.untrue import Untrue, find_untrue
from harmledger.extract.passage import Attribution, Passage
from harmledger.lexicon.settings import ActorLexicon

_GRAVEST = ("killed", "sexual_violence", "injured", "killed_or_injured", "mass_burial", "missing",
            "abducted", "detained", "trapped", "displaced", "object_struck", "access_denied",
            "service_denied")  # fmt: skip
_CHARACTER = re.compile(
    r"\bgenocide|war crimes?|crimes? against humanity|terroris[mt]|atrocit", re.I
)
"""A characterisation of the whole, answered as a response of the incident (reading rule 3)."""
_REFERS = re.compile(
    r"\b(?:this|these|those|it|them|claims?|reports?|accounts?|accusations?|allegations?|charges?|figures?|"
    r"responsib\w*|involvement|involved|fake|false|staged|hoax|lies?|lying|propaganda|dead|killed|wounded|"
    r"injured|deaths?|toll|casualt\w+|victims?|number|incident)\b|\bthat\b(?=\W*$)",
    re.I,
)
_SAME_HARM: dict[str, tuple[Harm, ...]] = {
    "access_denied": ("access_denied", "service_denied"),
    "service_denied": ("service_denied", "access_denied"),
    "abducted": ("abducted", "detained", "missing"),
    "detained": ("detained", "abducted"),
    "sexual_violence": ("sexual_violence",),
    "object_struck": ("object_struck",),
    "displaced": ("displaced",),
    "trapped": ("trapped",),
    "mass_burial": ("mass_burial",),
    "killed": ("killed", "killed_or_injured"),
    "injured": ("injured", "killed_or_injured"),
    "killed_or_injured": ("killed", "killed_or_injured", "injured"),
}
_BODILY: frozenset[Harm] = frozenset({"killed", "sexual_violence", "injured", "killed_or_injured"})
_CLOSE = 600
"""How many code points back what is answered stands, as a rule: about four sentences."""
_SHORTLY = 12
"""How many claims back the harm in dispute may stand."""
_BY_NAME: frozenset[Harm] = frozenset(
    {"killed_or_injured", "injured", "trapped", "displaced", "access_denied", "service_denied"}
)
"""Harms that a denial names outright, whatever was told before."""
_NEAR = 150
"""How many claims before and after an answer are looked at."""
_ANSWERS: dict[str, tuple[Stance, Modality]] = {
    "denies": ("denies", "stated"),
    "disputes": ("disputes", "stated"),
    "cannot_confirm": ("cannot_confirm", "stated"),
    "accuses": ("asserts", "alleged"),
}


def find_answers(
    document: Document,
    text: Text,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    lexica: Lexica,
) -> tuple[Claim, ...]:
    """A claim for each denial, doubt or accusation that names no harm of its own."""
    found: list[Claim] = []
    actors, find_demonym, know = lexica.actors, lexica.find_demonym, lexica.denied
    for passage in passages:
        for attribution in passage.attributions:
            if attribution.manner not in _ANSWERS or _says_a_harm(attribution, claims):
                continue
            said = text.text[attribution.content[0] : attribution.content[1]]
            if attribution.manner == "accuses" and _CHARACTER.search(said):
                continue
            named = name_harm(said)
            refers = named or _REFERS.search(said) or _names_attack(passage, attribution, actors)
            if not refers and not _denies_outright(passage, attribution):
                continue  # "rejected a political solution" denies no harm
            about = _in_dispute(passage, claims, named)
            if about is None:
                continue
            answer = _answer(document, text, passage, attribution, about, actors, find_demonym)
            found.append(_of_harm(answer, named) if named in _BY_NAME else answer)
        found.extend(_called_untrue(document, text, passage, claims, found, know))
    return tuple(found)


def _of_harm(answer: Claim, harm: Harm | None) -> Claim:
    """The answer under the harm its own words name, where the report tells that only otherwise."""
    if harm is None or harm == answer.harm:
        return answer
    renamed = msgspec.structs.replace(answer, harm=harm, site=None)
    return msgspec.structs.replace(
        renamed,
        id=claim_id(
            answer.document, answer.text_sha256, answer.span, harm, answer.stance, answer.voice,
            answer.quantity,
        ),
    )  # fmt: skip


def _denies_outright(passage: Passage, attribution: Attribution) -> bool:
    """ "denied that its men had been anywhere near the village": the word answers a charge."""
    start, end = (offset - passage.start for offset in attribution.cue)
    return re.search(r"\bden(?:y|ies|ied|ying)\b", passage.text[start:end], re.I) is not None


def _in_dispute(passage: Passage, claims: Sequence[Claim], named: Harm | None) -> Claim | None:
    """The claim that is answered: the latest of the harm the denial names, else the one in
    dispute."""
    at = bisect_left(claims, passage.end, key=lambda c: c.span.start)
    same = [
        c for c in claims[max(0, at - _NEAR) : at]
        if c.harm in _SAME_HARM.get(named or "killed", ()) and named is not None
        and c.stance == "asserts" and c.part_of is None
    ]  # fmt: skip
    exact = [c for c in same if c.harm == named]
    return (exact or same)[-1] if same else harm_in_dispute(passage, claims)


def _of_passage(passage: Passage, claims: Sequence[Claim]) -> Sequence[Claim]:
    first = bisect_left(claims, passage.start, key=lambda c: c.span.start)
    return claims[first : bisect_left(claims, passage.end, key=lambda c: c.span.start)]


def _is_answered(passage: Passage, read: Sequence[Claim]) -> bool:
    return any(passage.start <= c.span.start < passage.end and c.stance != "asserts" for c in read)


_CLAUSE_END = re.compile(r"[,;:”\"]|\band\b|\bbut\b")


def _called_untrue(
    document: Document,
    text: Text,
    passage: Passage,
    claims: Sequence[Claim],
    found: Sequence[Claim],
    know: Denied,
) -> list[Claim]:
    """ "called the charge absurd", "had nothing to do with it": a denial by what is said of it.

    Only one for a passage, and none where the passage's denial was read already.
    """
    voiced = [a for a in passage.attributions if a.voice]
    options = [u for u in find_untrue(passage, know) if voiced or u.own_voice]
    if not options or _is_answered(passage, (*found[-_NEAR:], *_of_passage(passage, claims))):
        return []
    named = [name_harm(_said(text.text, passage, u)) for u in options]
    best = next((n for n, harm in enumerate(named) if harm is not None), 0)
    told = options[best]
    start, end = told.start, told.end
    about = _in_dispute(passage, claims, named[best])
    if about is None:
        return []
    speaker = min(
        voiced, key=lambda a: (not a.content[0] <= start < a.content[1], -a.cue[0]), default=None
    ) or Attribution(source=None, cue=(start, end), content=(start, end), voice=())
    denial = msgspec.structs.replace(
        speaker, manner=told.answer, cue=(start, end), content=(start, end)
    )
    answer = _built(document, text, passage, denial, about, None)
    return [_of_harm(answer, named[best]) if named[best] in _BY_NAME else answer]


def _said(text: str, passage: Passage, told: Untrue) -> str:
    """The words of an answer, to the end of their clause."""
    return text[told.start : told.end] + _CLAUSE_END.split(text[told.end : passage.end])[0]


def _names_attack(passage: Passage, attribution: Attribution, actors: ActorLexicon) -> bool:
    start = min(attribution.cue[0], attribution.content[0])
    return any(
        actors.attacks.match(passage.lowered, passage.lemmas, token.index) is not None
        for token in passage.tree.within(start, attribution.content[1])
    )


def settle_about(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """A denial that names its harm is about the claim of that harm told before it."""
    ordered = sorted(claims, key=lambda c: c.span.start)
    return tuple(
        msgspec.structs.replace(c, about=_denied(c, ordered))
        if c.stance in {"denies", "disputes", "cannot_confirm"} and c.about is None
        else c
        for c in claims
    )


def _denied(denial: Claim, claims: Sequence[Claim]) -> str | None:
    site = denial.site.kind if denial.site is not None else None
    at = bisect_left(claims, denial.span.start, key=lambda c: c.span.start)
    before = [
        c for c in claims[max(0, at - _NEAR) : at]
        if c.stance == "asserts" and c.span.start < denial.span.start and c.part_of is None
        and c.quantity.scope == "incident"
    ]  # fmt: skip
    same = [c for c in before if c.harm == denial.harm]
    fitting = [c for c in same if site is None or c.site is None or c.site.kind == site]
    pool = fitting or same or [c for c in before if c.harm == "object_struck"]
    return pool[-1].id if pool else None


def _says_a_harm(attribution: Attribution, claims: Sequence[Claim]) -> bool:
    start, end = attribution.content
    first = bisect_left(claims, min(start, attribution.cue[0]) - 2000, key=lambda c: c.span.start)
    last = bisect_left(claims, max(end, attribution.cue[1]), key=lambda c: c.span.start)
    return any(
        start <= c.span.start < end or c.span.start <= attribution.cue[0] < c.span.end
        for c in claims[first:last]
    )


def harm_in_dispute(passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """What was told right before: harm to people, else a strike; else the gravest harm told
    shortly before (reading rule 2), the latest of it; else the first one after."""
    at = bisect_left(claims, passage.start, key=lambda c: c.span.start)
    near = claims[max(0, at - _NEAR) : at + _NEAR]
    asserted = [c for c in near if c.stance == "asserts" and c.quantity.scope == "incident"
                and c.part_of is None and c.victims.status != "combatant"]  # fmt: skip
    told = _told_last(passage, near)
    if told is not None:
        return told
    before = [c for c in asserted if c.span.start < passage.start]
    close = [c for c in before if passage.start - c.span.start <= _CLOSE]
    struck = [c for c in close if c.harm == "object_struck"]
    if struck and not any(c.harm in _BODILY for c in close):
        return struck[-1]
    pool = close or before[-_SHORTLY:] or asserted
    return min(pool, key=lambda c: (_GRAVEST.index(c.harm), -c.span.start), default=None)


_THIS = re.compile(
    r"\b(?:this|that|these|those|such)(?: last)? "
    r"(?:claim|allegation|charge|report|accusation|account|figure|number|toll|information|statement|assertion|death|detail)s?\b|\b(?:this|these|it|them)\b(?=\W*(?:$|,|and))",
    re.I,
)


def _told_last(passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """ "We have not been able to verify this allegation": the gravest harm of the sentence right
    before, whoever it was done to."""
    if _THIS.search(passage.text) is None or not passage.before:
        return None
    start = passage.start - len(passage.before) - _GAP
    last = [c for c in claims if start <= c.span.start < passage.start and c.stance == "asserts"]
    return min(last, key=lambda c: (_GRAVEST.index(c.harm), -c.span.start), default=None)


_GAP = 4
"""White space and bullets between two sentences."""


def _answer(
    document: Document,
    text: Text,
    passage: Passage,
    attribution: Attribution,
    about: Claim,
    actors: ActorLexicon,
    find_demonym: FindDemonym,
) -> Claim:
    accused = None
    if _ANSWERS[attribution.manner][0] == "asserts":
        accused = _accused(passage, attribution, actors, find_demonym)
    return _built(document, text, passage, attribution, about, accused)


def _built(
    document: Document,
    text: Text,
    passage: Passage,
    attribution: Attribution,
    about: Claim,
    accused: AllegedPerpetrator | None,
) -> Claim:
    stance, modality = _ANSWERS[attribution.manner]
    start = min(attribution.cue[0], attribution.content[0])
    end = max(attribution.cue[1], attribution.content[1])
    span = cut_span(text.text, start, end, (passage.start, passage.end))
    quantity = Quantity(unit=about.quantity.unit, basis="implied")
    return Claim(
        id=claim_id(
            document.id, text.sha256, span, about.harm, stance, attribution.voice, quantity
        ),
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=span,
        harm=about.harm,
        stance=stance,
        about=about.id,
        modality=modality,
        quantity=quantity,
        victims=Victims(),
        site=about.site,
        alleged_perpetrator=accused,
        voice=attribution.voice,
        said_at=said_moment(document, passage, (attribution,)),
        place=about.place,
        occurred=about.occurred,
        trace=(
            Trace(field="stance", start=attribution.cue[0], end=attribution.cue[1],
                  rule=f"stance:{attribution.manner}"),
            Trace(field="about", start=about.span.start, end=about.span.end,
                  rule="about:harm_in_dispute"),
        ),
        extractor=EXTRACTOR,
        score=0.7,
    )  # fmt: skip


def _accused(
    passage: Passage, attribution: Attribution, actors: ActorLexicon, find_demonym: FindDemonym
) -> AllegedPerpetrator | None:
    token = next((t for t in passage.tokens if t.start >= attribution.content[0]), None)
    cue = next((t for t in passage.tokens if t.start >= attribution.cue[0]), token)
    if token is None or cue is None or not attribution.voice:
        return None
    found = accused_by(passage, attribution.cue, actors, find_demonym) or find_accused(
        passage, token.index, actors, find_demonym
    )
    if found is None or found.start < attribution.cue[0]:
        return None
    first = attribution.voice[0]
    return AllegedPerpetrator(
        name=found.name,
        as_written=passage.text[found.start - passage.start : found.end - passage.start],
        alleged_by=first.name or first.organisation or first.as_written or "unnamed voice",
    )
