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
from harmledger.core.quantity import Quantity, Unit
from harmledger.core.span import Trace, cut_span
from harmledger.extract.claims.build import EXTRACTOR, said_moment
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.in_dispute import (
    NEAR,
    gravest,
    in_dispute,
    of_passage,
    told_before,
)
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.named_harm import name_harm
from harmledger.extract.claims.perpetrators import FindDemonym, accused_by, find_accused
from harmledger.extract.claims.untrue import Untrue, find_untrue
from harmledger.extract.passage import Attribution, Passage
from harmledger.lexicon.settings import ActorLexicon

_CHARACTER = re.compile(
    r"\bgenocide|war crimes?|crimes? against humanity|terroris[mt]|atrocit", re.I
)
"""A characterisation of the whole, answered as a response of the incident (reading rule 3)."""
_REFERS = re.compile(
    r"\b(?:this|these|those|it|them|claims?|reports?|accounts?|accusations?|allegations?|charges?|figures?|"
    r"responsib\w*|involvement|involved|fake|false|staged|hoax|lies?|lying|propaganda|dead|killed|wounded|"
    r"injured|deaths?|toll|casualt\w+|victims?|number|incident|count|tally|estimates?|confirmation|verification)\b|\b(?:that|which)\b(?=\W*$)",
    re.I,
)
_POINTS = re.compile(
    r"\W*(?:(?:(?:any|all|both|the|these|those|such|its|his|her|their|an?|[\w-]+[’']s?)\W+)*"
    r"(?:[\w-]+ ){0,2}(?:claim|charge|allegation|accusation|account|report|version|figure|number|"
    r"toll|count|estimate|total|tally|rumou?r|assertion|story|stories|suggestion|statement|talk|"
    r"link|involvement|responsibility|role|part)(?:s|es)?\b|(?:this|that|it|them|which)\b)",
    re.I,
)
"""Words that point back at what is answered, or stand in front of it."""
_GRAVE: frozenset[Harm] = frozenset(
    {
        "killed",
        "sexual_violence",
        "abducted",
        "mass_burial",
        "killed_or_injured",
        "injured",
        "trapped",
        "detained",
    }
)
_UNITS: dict[Harm, Unit] = {"mass_burial": "graves"}
_BY_NAME: frozenset[Harm] = frozenset(
    {
        "killed_or_injured",
        "injured",
        "trapped",
        "displaced",
        "access_denied",
        "service_denied",
        "sexual_violence",
        "abducted",
        "detained",
        "mass_burial",
    }
)
"""Harms that a denial names outright, whatever was told before."""
_NAMES = 6
"""Words of a party that is blamed."""
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
            if attribution.manner not in _ANSWERS:
                continue
            said = text.text[attribution.content[0] : attribution.content[1]]
            inside = _says_a_harm(attribution, claims)
            told = _told_within(attribution, said, inside)
            if inside and not told:
                continue
            if attribution.manner == "accuses" and _CHARACTER.search(said):
                continue
            named = name_harm(said)
            if said.strip().lower() == "nothing":
                continue
            if attribution.manner == "cannot_confirm":
                said = said.removeprefix("it ")  # "it has not been determined whether …"
            refers = named or _REFERS.search(said) or _names_attack(passage, attribution, actors)
            refers = refers or _blames_alone(passage, attribution, actors)
            if not refers and not _denies_outright(passage, attribution):
                continue  # "rejected a political solution" denies no harm
            about = (
                gravest(told)
                or told_before(
                    passage, min(attribution.cue[0], attribution.content[0]), claims, named
                )
                or in_dispute(passage, claims, named)
            )
            if about is None:
                found.extend(_alone(document, text, passage, attribution, named))
                continue
            answer = _answer(document, text, passage, attribution, about, actors, find_demonym)
            found.append(_of_harm(answer, named))
        found.extend(_called_untrue(document, text, passage, claims, found, know))
    return tuple(found)


def _alone(
    document: Document, text: Text, passage: Passage, attribution: Attribution, named: Harm | None
) -> list[Claim]:
    """The denial of a grave harm that the report tells nowhere else, by the harm its words name."""
    if named is None or named not in _GRAVE or attribution.manner == "accuses":
        return []
    return [_built(document, text, passage, attribution, None, None, named)]


def _told_within(attribution: Attribution, said: str, inside: Sequence[Claim]) -> Sequence[Claim]:
    """ "Rejects reports, spread by the League, that six were killed", "disputed that, saying nine
    had died": others assert what is told within; the words in front of it are the answer."""
    answers = attribution.manner in {"denies", "disputes"} and _POINTS.match(said) is not None
    if not answers or any(c.stance != "asserts" for c in inside):
        return ()
    return inside


def _of_harm(answer: Claim, harm: Harm | None) -> Claim:
    """The answer under the harm its own words name, where the report tells that only otherwise."""
    if harm is None or harm == answer.harm or harm not in _BY_NAME:
        return answer
    if {harm, answer.harm} == {"abducted", "detained"}:
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


def _is_answered(passage: Passage, read: Sequence[Claim]) -> bool:
    answers = {"denies", "disputes", "retracts"}
    return any(passage.start <= c.span.start < passage.end and c.stance in answers for c in read)


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
    if not options or _is_answered(passage, (*found[-NEAR:], *of_passage(passage, claims))):
        return []
    named = [name_harm(_said(text.text, passage, u)) for u in options]
    best = next((n for n, harm in enumerate(named) if harm is not None), 0)
    told = options[best]
    start, end = told.start, told.end
    about = told_before(passage, start, claims, named[best]) or in_dispute(
        passage, claims, named[best]
    )
    speaker = min(
        voiced, key=lambda a: (not a.content[0] <= start < a.content[1], -a.cue[0]), default=None
    ) or Attribution(source=None, cue=(start, end), content=(start, end), voice=())
    denial = msgspec.structs.replace(
        speaker, manner=told.answer, cue=(start, end), content=(start, end)
    )
    if about is None:
        return _alone(document, text, passage, denial, named[best])
    answer = _built(document, text, passage, denial, about, None)
    return [_of_harm(answer, named[best])]


def _said(text: str, passage: Passage, told: Untrue) -> str:
    """The words of an answer, to the end of their clause."""
    return text[told.start : told.end] + _CLAUSE_END.split(text[told.end : passage.end])[0]


def _names_attack(passage: Passage, attribution: Attribution, actors: ActorLexicon) -> bool:
    start = min(attribution.cue[0], attribution.content[0])
    return any(
        actors.attacks.match(passage.lowered, passage.lemmas, token.index) is not None
        for token in passage.tree.within(start, attribution.content[1])
    )


def _blames_alone(passage: Passage, attribution: Attribution, actors: ActorLexicon) -> bool:
    """ "The army blamed the rebels.": an armed party, and nothing said of what it did."""
    if attribution.manner != "accuses":
        return False
    words = [t for t in passage.tree.within(*attribution.content) if t.upos != "PUNCT"]
    if not words or len(words) > _NAMES or any(t.upos in {"VERB", "AUX"} for t in words):
        return False
    return any(
        known.match(passage.lowered, passage.lemmas, t.index) is not None
        for t in words
        for known in (actors.forces, actors.groups)
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
        c for c in claims[max(0, at - NEAR) : at]
        if c.stance == "asserts" and c.span.start < denial.span.start and c.part_of is None
        and c.quantity.scope == "incident"
    ]  # fmt: skip
    same = [c for c in before if c.harm == denial.harm]
    fitting = [c for c in same if site is None or c.site is None or c.site.kind == site]
    pool = fitting or same or [c for c in before if c.harm == "object_struck"]
    return pool[-1].id if pool else None


def _says_a_harm(attribution: Attribution, claims: Sequence[Claim]) -> list[Claim]:
    """The claims told within what is said, or by the reporting word itself."""
    start, end = attribution.content
    first = bisect_left(claims, min(start, attribution.cue[0]) - 2000, key=lambda c: c.span.start)
    last = bisect_left(claims, max(end, attribution.cue[1]), key=lambda c: c.span.start)
    return [
        c
        for c in claims[first:last]
        if start <= c.span.start < end or c.span.start <= attribution.cue[0] < c.span.end
    ]


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
    about: Claim | None,
    accused: AllegedPerpetrator | None,
    named: Harm = "killed",
) -> Claim:
    harm = about.harm if about is not None else named
    stance, modality = _ANSWERS[attribution.manner]
    start = min(attribution.cue[0], attribution.content[0])
    end = max(attribution.cue[1], attribution.content[1])
    span = cut_span(text.text, start, end, (passage.start, passage.end))
    unit = about.quantity.unit if about is not None else _UNITS.get(harm, "persons")
    quantity = Quantity(unit=unit, basis="implied")
    dispute = () if about is None else (
        Trace(field="about", start=about.span.start, end=about.span.end,
              rule="about:harm_in_dispute"),
    )  # fmt: skip
    return Claim(
        id=claim_id(document.id, text.sha256, span, harm, stance, attribution.voice, quantity),
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=span,
        harm=harm,
        stance=stance,
        about=None if about is None else about.id,
        modality=modality,
        quantity=quantity,
        victims=Victims(),
        site=None if about is None else about.site,
        alleged_perpetrator=accused,
        voice=attribution.voice,
        said_at=said_moment(document, passage, (attribution,)),
        place=None if about is None else about.place,
        occurred=None if about is None else about.occurred,
        trace=(
            Trace(field="stance", start=attribution.cue[0], end=attribution.cue[1],
                  rule=f"stance:{attribution.manner}"),
            *dispute,
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
