"""Speech that runs on: a quotation over several sentences keeps its speaker (reading rule 23)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.extract.passage import Attribution, Passage
from harmledger.extract.voices.quotes import Quote, is_quoted

OPENS_LIST = "voice:opens_list"
_SHORT = 3
"""A quotation of fewer words than this inside one sentence is a turn of phrase."""


def carry_quotes(
    passages: Sequence[Passage],
    found: Sequence[tuple[Attribution, ...]],
    quotes: Sequence[Quote],
) -> tuple[tuple[Attribution, ...], ...]:
    """Give every quoted sentence without a reporting word of its own the quotation's speaker."""
    result = [list(one) for one in found]
    for quote in quotes:
        anchor, unsure = _anchor(passages, result, quote)
        if anchor is None:
            continue
        for number in quote.passages:
            passage = passages[number]
            start, end = max(passage.start, quote.start), min(passage.end, quote.end)
            if end <= start or any(_covers(a, start, end) for a in result[number]):
                continue
            if len(passage.text[start - passage.start : end - passage.start].split()) < _SHORT:
                continue
            result[number].append(_carried(anchor, start, end, unsure))
    return tuple(tuple(sorted(one, key=lambda a: (a.content, a.cue))) for one in result)


def _covers(attribution: Attribution, start: int, end: int) -> bool:
    shared = min(attribution.content[1], end) - max(attribution.content[0], start)
    return bool(attribution.voice) and shared * 2 > end - start


def _carried(anchor: Attribution, start: int, end: int, unsure: bool) -> Attribution:
    voice = msgspec.structs.replace(
        anchor.voice[0], direct_quote=True, unsure=unsure or anchor.voice[0].unsure
    )
    return msgspec.structs.replace(
        anchor,
        content=(start, end),
        voice=(voice, *anchor.voice[1:]),
        manner="says",
        rule="voice:continued_quote",
    )


def _anchor(
    passages: Sequence[Passage], found: Sequence[Sequence[Attribution]], quote: Quote
) -> tuple[Attribution | None, bool]:
    """The attribution whose words the quotation holds, and whether that is unsure."""
    for number in quote.passages:
        for attribution in found[number]:
            if attribution.voice and _covers_any(attribution, quote):
                return attribution, False
    first, last = quote.passages[0], quote.passages[-1]
    if len(quote.passages) == 1 and not _is_whole(passages[first], quote):
        return None, False
    for number in (first - 1, last + 1):
        if 0 <= number < len(passages) and passages[number].block == passages[first].block:
            for attribution in found[number]:
                if attribution.voice and attribution.voice[0].direct_quote:
                    return attribution, number > last
    return _speaker_before(passages, found, first), True


def _covers_any(attribution: Attribution, quote: Quote) -> bool:
    outside = attribution.cue[1] <= quote.start or attribution.cue[0] >= quote.end
    return outside and attribution.content[0] < quote.end and quote.start < attribution.content[1]


def _is_whole(passage: Passage, quote: Quote) -> bool:
    return is_quoted((quote,), passage.start, passage.end) and quote.start <= passage.start + 1


def _speaker_before(
    passages: Sequence[Passage], found: Sequence[Sequence[Attribution]], first: int
) -> Attribution | None:
    """A paragraph of speech alone goes on with the speaker of the paragraph before it."""
    for number in (first - 1, first - 2):
        if number < 0 or passages[first].block - passages[number].block > 1:
            break
        spoken = [a for a in found[number] if a.voice and a.voice[0].direct_quote]
        told = [a for a in found[number] if a.voice and a.manner in {"says", "confirms", "fears"}]
        if spoken or told:
            return (spoken or told)[-1]
    return None


def carry_lists(
    passages: Sequence[Passage], found: Sequence[tuple[Attribution, ...]]
) -> tuple[tuple[Attribution, ...], ...]:
    """ "The Command informs that:" opens a paper of its own: what follows is all its word, but for
    the sentences in which somebody else speaks.

    Holds to the end of the text where the paragraph ends with the colon; a colon inside a
    paragraph opens only its own sentence.
    """
    opener: Attribution | None = None
    result: list[tuple[Attribution, ...]] = []
    for passage, own in zip(passages, found, strict=True):
        opens = next((a for a in own if a.rule == OPENS_LIST and a.voice), None)
        if opener is not None and not any(a.voice for a in own) and passage.kind != "heading":
            own = (_listed(passage, opener), *own)
        opener = opens or opener
        result.append(own)
    return tuple(result)


def _listed(passage: Passage, opener: Attribution) -> Attribution:
    return msgspec.structs.replace(
        opener, content=(passage.start, passage.end), manner="says", rule="voice:paper"
    )
