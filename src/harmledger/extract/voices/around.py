"""The words around a reporting verb that are not what is said: hearer, channel and time."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.passage import Passage
from harmledger.extract.voices.cues import Cue
from harmledger.extract.voices.phrases import NOUNS, Phrase, spread_right, text_of
from harmledger.lexicon.reporting import ReportingLexicon

_ON = frozenset({"on", "in", "via", "through", "over", "during", "at", "by", "to", "from"})
_HEARERS = frozenset({"tell", "inform", "assure", "advise", "brief"})


class Surroundings(Value, frozen=True, kw_only=True):
    """The words that belong to the reporting, not to what is said, after the verb."""

    end: int
    """First token after them."""
    said_on: tuple[int, int] | None = None
    channel: str | None = None
    hearer: Phrase | None = None


def look_around(
    passage: Passage, cue: Cue, subject: Phrase | None, lexicon: ReportingLexicon
) -> Surroundings:
    """Read on from the verb over its hearer, its channel and its time."""
    at = cue.last + 1
    if subject is not None and subject.first > cue.last:
        at = max(at, subject.last + 1)
    said_on = _time_before(passage, cue, subject)
    channel, hearer = _channel_before(passage, cue, subject, lexicon), None
    if cue.lemma in _HEARERS:
        hearer = _hearer(passage, cue, at)
        at = hearer.last + 1 if hearer is not None else at
    while at < len(passage.tokens):
        time = _time_at(passage, at)
        along = _channel_at(passage, at, lexicon)
        told = None if hearer is not None else _told_to(passage, at, lexicon)
        if time is not None:
            said_on = said_on or time
            at = _first_after(passage, time[1])
        elif along is not None:
            channel, at = _better(channel, along[1]), along[0]
        elif told is not None:
            hearer, at = told, told.last + 1
        elif (passage.tokens[at].upos == "ADV" and _is_last_before_that(passage, at)) or (
            passage.tokens[at].text == "," and _more_around(passage, at + 1, lexicon)
        ):
            at += 1
        else:
            break
    return Surroundings(end=at, said_on=said_on, channel=channel, hearer=hearer)


def _told_to(passage: Passage, at: int, lexicon: ReportingLexicon) -> Phrase | None:
    """ "confirmed to AFP", "said to reporters": an outlet or its people behind "to"."""
    if passage.lowered[at] != "to" or at + 1 >= len(passage.tokens):
        return None
    phrase = spread_right(passage, at + 1)
    if phrase is None:
        return None
    for i in range(phrase.first, phrase.last + 1):
        for index in (lexicon.bodies, lexicon.people):
            hit = index.match(passage.lowered, passage.lemmas, i)
            if hit is not None and hit[1] == "media":
                return phrase
        known = lexicon.known.match(passage.lowered, passage.lemmas, i)
        if known is not None and known[1][0].side == "media":
            return phrase
    return None


def _more_around(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    return at < len(passage.tokens) and (
        _time_at(passage, at) is not None or _channel_at(passage, at, lexicon) is not None
    )


def _is_last_before_that(passage: Passage, at: int) -> bool:
    after = passage.lowered[at + 1 : at + 2]
    return not after or after[0] in {"that", ".", ",", ":"} or _time_at(passage, at + 1) is not None


def _time_at(passage: Passage, at: int) -> tuple[int, int] | None:
    """The time expression that begins at a token, with or without its preposition."""
    token = passage.tokens[at]
    for hit in passage.times:
        if hit.start == token.start:
            return hit.start, hit.end
    if token.text.lower() in {
        "on",
        "in",
        "late",
        "early",
        "at",
        "earlier",
        "this",
    } and at + 1 < len(passage.tokens):
        after = passage.tokens[at + 1].start
        for hit in passage.times:
            if hit.start == after:
                return hit.start, hit.end
    return None


def _time_before(passage: Passage, cue: Cue, subject: Phrase | None) -> tuple[int, int] | None:
    """ "On Wednesday the council said": only time words, a channel and marks open the sentence."""
    if subject is None or subject.first > cue.last:
        return None
    between = [h for h in passage.times if passage.tokens[subject.last].end <= h.start]
    for hit in between:
        if hit.end <= passage.tokens[cue.first].start:
            return hit.start, hit.end
    first = passage.tokens[subject.first].start
    if _is_between_commas(passage, subject.first, cue.last):
        return None
    for hit in passage.times:
        if hit.end > first:
            break
        rest = (
            passage.text[: hit.start - passage.start],
            passage.text[hit.end - passage.start : first - passage.start],
        )
        if (
            len(rest[0].split()) <= 2
            and len(rest[1].split()) <= 4
            and not _has_verb(passage, hit.start, first)
        ):
            return hit.start, hit.end
    return None


def _is_between_commas(passage: Passage, first: int, last: int) -> bool:
    """ "On Tuesday, the Rangers said, soldiers took four": the day of what is said."""
    if first == 0 or last + 1 >= len(passage.tokens):
        return False
    return passage.tokens[first - 1].text == passage.tokens[last + 1].text == ","


def _has_verb(passage: Passage, start: int, end: int) -> bool:
    return any(t.upos == "VERB" for t in passage.tree.within(start, end))


def _channel_at(passage: Passage, at: int, lexicon: ReportingLexicon) -> tuple[int, str] | None:
    """ "on Facebook", "in a televised address": (token after it, the channel)."""
    if passage.lowered[at] not in _ON:
        return None
    here = at + 1
    while here < len(passage.tokens) and here <= at + 4:
        hit = lexicon.channels.match(passage.lowered, passage.lemmas, here)
        if hit is not None and _is_written_so(passage, here, hit):
            return hit[0], text_of(passage, here, hit[0] - 1)
        if passage.tokens[here].upos not in {"DET", "ADJ", "NOUN", "PRON", "PROPN", "PART", "VERB"}:
            return None
        here += 1
    return None


def _is_written_so(passage: Passage, at: int, hit: tuple[int, str]) -> bool:
    """Platforms are names: "x" is no channel, "X" is."""
    return hit[1] != "x" or passage.tokens[at].text == "X"


def _channel_before(
    passage: Passage, cue: Cue, subject: Phrase | None, lexicon: ReportingLexicon
) -> str | None:
    """ "In a message on Telegram the council said"."""
    channel = None
    if subject is None:
        return None
    for at in range(min(subject.first, cue.first)):
        hit = _channel_at(passage, at, lexicon)
        if hit is not None and not any(
            t.upos == "VERB" for t in passage.tokens[at + 1 : subject.first]
        ):
            channel = _better(channel, hit[1])
    return channel


def _better(old: str | None, new: str) -> str:
    """A named platform says more than "message"."""
    return new if old is None or new[:1].isupper() else old


def _hearer(passage: Passage, cue: Cue, at: int) -> Phrase | None:
    """Who was told: a phrase right after the verb that is not yet what was said."""
    first = at
    head: int | None = None
    while at < len(passage.tokens):
        token = passage.tokens[at]
        if _time_at(passage, at) is not None:
            break
        if token.upos in NOUNS:
            if head is not None and token.upos == "PRON":
                break
            head = at
        elif token.upos not in {"DET", "ADJ"} and token.text.lower() not in {
            "'s",
            "’s",
            "-",
            "of",
            "for",
        }:
            break
        at += 1
        if token.upos == "PRON":
            break
    if head is None:
        return None
    last = head
    governed = {c.index for c in passage.tree.children(cue.verb, "obj", "iobj", "obl")}
    if not governed & set(range(first, last + 1)):
        last = _before_clause(passage, cue, first, last)
    return Phrase(first=first, last=last, head=min(head, last)) if last >= first else None


def _before_clause(passage: Passage, cue: Cue, first: int, last: int) -> int:
    """ "told Reuters 12 people died": the phrase ends where the clause's subject begins."""
    clause = passage.tree.child(cue.verb, "ccomp", "parataxis", "xcomp")
    if clause is None:
        return last
    words = passage.tree.subtree(clause.index)
    return min(last, words[0].index - 1) if words[0].index > first else last


def _first_after(passage: Passage, offset: int) -> int:
    for token in passage.tokens:
        if token.start >= offset:
            return token.index
    return len(passage.tokens)
