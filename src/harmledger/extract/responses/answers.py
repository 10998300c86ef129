"""What kind of answer a stretch of speech is (reading rules 3 and 4)."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.core.response import ResponseKind
from harmledger.extract.passage import Attribution, Passage
from harmledger.extract.voices.chain import find_chain
from harmledger.lexicon.responses import ResponseLexicon
from harmledger.lexicon.settings import load_actors

_FORCES_WITHIN = 7
_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_PARTY_KINDS = frozenset({"denial", "justification", "acknowledgement", "concession"})


class Answer(Value, frozen=True, kw_only=True):
    """One kind of answer in document code points; ``said_on`` dates it, ``accused`` is the words
    that name the accused (document code points)."""

    kind: ResponseKind
    start: int
    end: int
    voice: tuple[Voice, ...]
    said_on: tuple[int, int] | None = None
    accused: tuple[int, int] | None = None


def find_answers(passage: Passage, lexicon: ResponseLexicon) -> tuple[Answer, ...]:
    """Answers in what the voices of a passage say, by what their words do and by phrase."""
    found: list[Answer] = []
    for attribution in passage.attributions:
        if not attribution.voice:
            continue
        kind = _kind_of_manner(passage, attribution, lexicon)
        if kind is not None:
            found.append(_answer(passage, attribution, kind))
        for said in _kinds_of_phrases(passage, attribution, lexicon):
            if said != kind and not _said_within(passage, attribution, said, lexicon):
                found.append(_answer(passage, attribution, said))
    return _once(found)


def _answer(passage: Passage, attribution: Attribution, kind: ResponseKind) -> Answer:
    """The span runs from the reporting words to the end of what is said, or over it alone."""
    start, end = attribution.content
    own = kind in {"denial", "accusation", "acknowledgement", "concession"}
    if own and attribution.manner in {"denies", "accuses", "admits"}:
        start, end = min(start, attribution.cue[0]), max(end, attribution.cue[1])
    start, end = max(start, passage.start), min(end, passage.end)
    chain = find_chain(passage.attributions, *attribution.content) or attribution.voice
    return Answer(
        kind=kind, start=start, end=end, said_on=attribution.said_on,
        voice=attribution.voice if attribution.voice[0] not in chain else chain,
        accused=attribution.content if kind == "accusation" else None,
    )  # fmt: skip


def _kind_of_manner(
    passage: Passage, attribution: Attribution, lexicon: ResponseLexicon
) -> ResponseKind | None:
    if attribution.manner == "denies" and _answers_charge(passage, attribution, lexicon):
        return "denial"
    if attribution.manner == "accuses":
        return "accusation"
    if attribution.manner == "admits" and _is_party(attribution, lexicon):
        inside = {t.lemma.lower() for t in passage.tree.within(*attribution.content)}
        return "concession" if inside & lexicon.conceded_harms else "acknowledgement"
    return None


def _answers_charge(passage: Passage, attribution: Attribution, lexicon: ResponseLexicon) -> bool:
    """Whether what is denied is a charge or an act of violence, or called false outright."""
    inside = passage.tree.within(*attribution.content)
    lemmas = {t.lemma.lower() for t in inside}
    if lemmas & (lexicon.charges | lexicon.attacks | lexicon.denied_acts):
        return True
    hits = [lexicon.phrases.match(passage.lowered, passage.lemmas, t.index) for t in inside]
    return any(hit is not None and hit[1] == "denial" for hit in hits)


def _is_party(attribution: Attribution, lexicon: ResponseLexicon) -> bool:
    return attribution.voice[0].side not in lexicon.outsiders


def _kinds_of_phrases(
    passage: Passage, attribution: Attribution, lexicon: ResponseLexicon
) -> tuple[ResponseKind, ...]:
    inside = [t.index for t in passage.tree.within(*attribution.content)]
    found: dict[ResponseKind, None] = {}
    if attribution.manner == "cannot_confirm":
        return ()
    for at in inside:
        for kind in _kinds_at(passage, at, lexicon):
            if kind in _PARTY_KINDS and not _is_party(attribution, lexicon):
                continue
            if kind == "acknowledgement" and not _accepts(attribution):
                continue
            found[kind] = None
    return tuple(found)


def _accepts(attribution: Attribution) -> bool:
    """ "A mistake" is an acknowledgement only from those who did it: a belligerent or a soldier."""
    voice = attribution.voice[0]
    return voice.side.startswith("belligerent") or voice.side == "unknown"


def _kinds_at(passage: Passage, at: int, lexicon: ResponseLexicon) -> tuple[ResponseKind, ...]:
    found: list[ResponseKind] = []
    hit = lexicon.phrases.match(passage.lowered, passage.lemmas, at)
    if hit is not None and not _is_hindered(passage, at, hit[1], lexicon):
        found.append(hit[1])
    forced = lexicon.with_forces.match(passage.lowered, passage.lemmas, at)
    if forced is not None and _names_force(passage, forced[0]):
        found.append("justification")
    if passage.lemmas[at] in lexicon.denied_acts and _is_denied(passage, at):
        found.append("denial")
    return tuple(found)


def _is_hindered(passage: Passage, at: int, kind: ResponseKind, lexicon: ResponseLexicon) -> bool:
    """An inquiry only asked for, a phrase negated ("was no mistake")."""
    before = range(max(0, at - 6), at)
    if kind == "inquiry":
        return any(lexicon.asked_for.match(passage.lowered, passage.lemmas, i) for i in before)
    if kind in {"denial", "inquiry"}:
        return False
    return bool(({"no"} | _NEGATIONS) & set(passage.lowered[max(0, at - 3) : at]))


def _names_force(passage: Passage, after: int) -> bool:
    actors = load_actors()
    return any(
        actors.groups.match(passage.lowered, passage.lemmas, i)
        or actors.forces.match(passage.lowered, passage.lemmas, i)
        for i in range(after, min(after + _FORCES_WITHIN, len(passage.tokens)))
    )


def _is_denied(passage: Passage, at: int) -> bool:
    if passage.tokens[at].upos not in {"VERB", "AUX"}:
        return False
    return bool(_NEGATIONS & set(passage.lowered[max(0, at - 3) : at]))


def _said_within(
    passage: Passage, outer: Attribution, kind: ResponseKind, lexicon: ResponseLexicon
) -> bool:
    """Whether a narrower attribution inside this one holds the same answer, in its own voice."""
    for inner in passage.attributions:
        nested = (
            inner is not outer
            and inner.voice
            and outer.content[0] <= inner.content[0]
            and inner.content[1] <= outer.content[1]
            and inner.content != outer.content
        )
        if nested and kind in _kinds_of_phrases(passage, inner, lexicon):
            return True
    return False


def _once(found: list[Answer]) -> tuple[Answer, ...]:
    """One answer a kind and speaker: a stretch inside another of the same kind is that answer."""
    kept: list[Answer] = []
    for answer in sorted(found, key=lambda a: a.start - a.end):
        if not any(_holds(other, answer) for other in kept):
            kept.append(answer)
    return tuple(kept)


def _holds(other: Answer, answer: Answer) -> bool:
    same = other.kind == answer.kind and _speaker(other) == _speaker(answer)
    return same and other.start <= answer.start and answer.end <= other.end


def _speaker(answer: Answer) -> tuple[str | None, str | None, str | None]:
    first = answer.voice[0]
    return first.name, first.organisation, first.role
