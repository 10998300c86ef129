"""Who says what, passage by passage (reading rules 2, 4, 21, 23, 24)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Voice
from harmledger.extract.passage import Attribution, Passage
from harmledger.extract.voices.answered import find_answered
from harmledger.extract.voices.around import look_around
from harmledger.extract.voices.book import Book
from harmledger.extract.voices.carry import OPENS_LIST, carry_lists, carry_quotes
from harmledger.extract.voices.contents import Content, find_content, find_dated, sentence_end
from harmledger.extract.voices.cues import Cue, find_cues
from harmledger.extract.voices.describe import Described
from harmledger.extract.voices.doubt import Doubt, find_passive_doubt, find_unaware
from harmledger.extract.voices.fitting import fits
from harmledger.extract.voices.nouns import (
    Sourced,
    find_accordingly,
    find_labels,
    find_owner,
    find_reports,
    find_tolls,
    is_document,
)
from harmledger.extract.voices.offices import through_name
from harmledger.extract.voices.phrases import Phrase
from harmledger.extract.voices.quotes import Quote, find_quotes, is_quoted
from harmledger.extract.voices.relays import Quoted, find_origin, find_quoted, find_relayer
from harmledger.extract.voices.roster import Roster
from harmledger.extract.voices.sources import find_accounts, find_bracketed, find_from
from harmledger.extract.voices.speakers import SpokenCue, find_speakers, identify
from harmledger.extract.voices.unknown import describe_unknown
from harmledger.lexicon.reporting import ReportingLexicon, load_reporting


def find_attributions(
    passages: Sequence[Passage], roster: Roster
) -> tuple[tuple[Attribution, ...], ...]:
    """Every attribution of every passage, in the order of ``passages`` (text order).

    A passage without an attribution is the outlet's own. Names, roles and bodies are settled by
    the ``roster`` of the whole document; pronouns take the latest speaker that fits, marked unsure
    where another may be meant. ``said_on`` is filled from ``passage.times``.
    """
    lexicon, book, quotes = load_reporting(), Book(roster), find_quotes(passages)
    found = [_read_passage(passage, lexicon, book, quotes) for passage in passages]
    return carry_lists(passages, carry_quotes(passages, found, quotes))


def _read_passage(
    passage: Passage, lexicon: ReportingLexicon, book: Book, quotes: Sequence[Quote]
) -> tuple[Attribution, ...]:
    found: list[Attribution] = []
    quoted = _read_quoted(passage, book)
    found.extend(quoted)
    sourced = find_accordingly(passage, lexicon)
    for one in sourced:
        _append_sourced(passage, one, "according_to", book, found)
    taken = {i for a in quoted for i in _tokens(passage, a.cue)}
    spoken = find_speakers(
        passage, tuple(c for c in find_cues(passage, lexicon) if c.first not in taken), book
    )
    for cue in spoken:
        attribution = _read_cue(passage, cue, spoken, lexicon, book)
        if attribution is not None:
            found.append(attribution)
    verbs = tuple(one.cue.verb for one in spoken if one.described is not None)
    found.extend(_read_doubts(passage, lexicon, book, found, verbs))
    found.extend(_read_emerged(passage))
    for one in find_labels(passage, lexicon):
        if not _overlaps(found, one.start, one.end):
            _append_sourced(passage, one, "label", book, found)
    _read_sources(passage, lexicon, book, found)
    for one in find_reports(passage, lexicon):
        _append_sourced(passage, one, "reports", book, found)
    for one in find_tolls(passage, lexicon):
        if not _overlaps(found, *_span(passage, one.phrase)):
            _append_sourced(passage, one, "count_noun", book, found)
    marked = [_mark_quotes(a, quotes) for a in _spoken_for(passage, found)]
    return tuple(sorted(marked, key=lambda a: (a.content, a.cue)))


def _read_sources(
    passage: Passage, lexicon: ReportingLexicon, book: Book, found: list[Attribution]
) -> None:
    """Sources that no verb introduces; a speaker the sentence has anyway is not taken over."""
    for one in find_from(passage):
        if not any(a.voice for a in found):
            _append_sourced(passage, one, "from", book, found)
    for one in find_accounts(passage, lexicon):
        _append_sourced(passage, one, "account", book, found)
    for one in find_bracketed(passage):
        body = identify(passage, one.phrase, book)
        speaks = body is not None and body.voice.organisation is not None
        if speaks and not _overlaps(found, one.start, one.end):
            _append_sourced(passage, one, "brackets", book, found)


def _spoken_for(passage: Passage, found: Sequence[Attribution]) -> list[Attribution]:
    """ "The doctor said her hospital had received 14 bodies": what belongs to the speaker says
    nothing of its own."""
    result = []
    for one in found:
        outer = _owner_over(passage, one, found)
        result.append(one if outer is None else msgspec.structs.replace(one, voice=outer.voice))
    return result


def _owner_over(
    passage: Passage, one: Attribution, found: Sequence[Attribution]
) -> Attribution | None:
    if one.source is None or not one.voice or one.voice[0].name != one.voice[0].organisation:
        return None
    first = passage.tree.at(one.source[0])
    role = one.voice[0].role
    theirs = role is None or role.split()[-1] in _AT_THEIR_CALL
    if first is None or first.text.lower() not in _OWN or not theirs:
        return None
    over = (a for a in found if a is not one and a.voice and a.source != one.source)
    return next((a for a in over if a.content[0] <= one.source[0] < a.content[1]), None)


_OWN = frozenset({"his", "her", "its", "their"})
_AT_THEIR_CALL = frozenset(
    {"staff", "team", "teams", "aircraft", "forces", "troops", "units", "men", "crew", "crews"}
)  # fmt: skip
"""Who is somebody's, and speaks through them; "her colleague" speaks for himself."""


def _span(passage: Passage, phrase: Phrase) -> tuple[int, int]:
    return passage.tokens[phrase.first].start, passage.tokens[phrase.last].end


def _tokens(passage: Passage, span: tuple[int, int]) -> list[int]:
    return [t.index for t in passage.tree.within(*span)]


def _overlaps(found: Sequence[Attribution], start: int, end: int) -> bool:
    stretches = [s for a in found for s in (a.content, a.source, a.cue) if s is not None]
    return any(s[0] < end and start < s[1] for s in stretches)


def _mark_quotes(attribution: Attribution, quotes: Sequence[Quote]) -> Attribution:
    if not attribution.voice or not is_quoted(quotes, *attribution.content):
        return attribution
    first = msgspec.structs.replace(attribution.voice[0], direct_quote=True)
    return msgspec.structs.replace(attribution, voice=(first, *attribution.voice[1:]))


# ---- verbs -----------------------------------------------------------------------------------


def _read_cue(
    passage: Passage,
    one: SpokenCue,
    all_of_them: Sequence[SpokenCue],
    lexicon: ReportingLexicon,
    book: Book,
) -> Attribution | None:
    cue, phrase, described = one.cue, one.phrase, one.described
    others = tuple(
        o.cue.verb
        for o in all_of_them
        if o is not one and (o.described or o.cue.manner == "cannot_confirm")
    )
    if phrase is None or described is None:
        if cue.manner != "cannot_confirm":
            return None
        return _doubt(passage, find_passive_doubt(passage, cue, others), ())
    answered = find_answered(passage, cue, phrase)
    around = look_around(passage, cue, phrase, lexicon)
    apart = tuple(o.cue.verb for o in all_of_them if o is not one and o.shared)
    content = answered or find_content(
        passage, cue, None if one.shared else phrase, around, others, apart
    )
    if content is None and cue.manner == "cannot_confirm" and cue.last + 1 < len(passage.tokens):
        start = passage.tokens[cue.last + 1].start  # "was in no position to confirm the toll"
        end = sentence_end(passage, cue.last + 1, others)
        content = Content(start=start, end=end, place="leading")
    opens = passage.text.rstrip().endswith(":") and _nothing_follows(passage, cue)
    if content is None and opens:
        end = passage.tokens[-1].end
        content = Content(start=passage.tokens[-1].start, end=end, place="list")
    elif content is None or not (answered or fits(passage, cue, content, lexicon)):
        return None
    if content.place == "trailing" and _goes_on_behind_colon(passage, cue):
        content = msgspec.structs.replace(content, end=passage.end)
    voice = msgspec.structs.replace(described.voice, verb=cue.lemma, channel=around.channel)
    chain: tuple[Voice, ...] = (voice,)
    origin = find_origin(passage, lexicon, book, min(phrase.last, cue.last) + 1)
    relayer = find_relayer(passage, around.hearer, book)
    if origin is not None and origin.name != voice.name:
        chain = (origin, *chain)
    if relayer is not None:
        chain = (*chain, relayer)
    return Attribution(
        source=_span(passage, phrase),
        cue=(passage.tokens[cue.first].start, passage.tokens[cue.last].end),
        content=(content.start, content.end),
        voice=chain,
        manner=cue.manner,
        rule=OPENS_LIST if opens else f"voice:verb:{content.place}",
        said_on=around.said_on or find_dated(passage, cue, content),
    )


def _goes_on_behind_colon(passage: Passage, cue: Cue) -> bool:
    """ "Eleven died there, the panel found: eight were shot": what follows unfolds it."""
    behind = passage.tokens[cue.last + 1 : cue.last + 2]
    return bool(behind) and behind[0].text == ":" and not _nothing_follows(passage, cue)


def _nothing_follows(passage: Passage, cue: Cue) -> bool:
    """ "… informs public opinion that:": no clause between the verb and the colon."""
    return not any(t.upos in {"VERB", "AUX", "NUM"} for t in passage.tokens[cue.last + 1 :])


# ---- doubt, relays, nouns --------------------------------------------------------------------


def _doubt(passage: Passage, doubt: Doubt, voice: tuple[Voice, ...]) -> Attribution:
    return Attribution(
        source=None if doubt.subject is None else _span(passage, doubt.subject),
        cue=(passage.tokens[doubt.first].start, passage.tokens[doubt.last].end),
        content=(doubt.start, doubt.end),
        voice=voice,
        manner="cannot_confirm",
        rule="voice:doubt",
    )


def _read_doubts(
    passage: Passage,
    lexicon: ReportingLexicon,
    book: Book,
    found: Sequence[Attribution],
    verbs: tuple[int, ...],
) -> list[Attribution]:
    result = []
    for doubt in find_unaware(passage, lexicon, verbs):
        cue = passage.tokens[doubt.first].start, passage.tokens[doubt.last].end
        if any(
            a.manner == "cannot_confirm" and a.content[0] < cue[1] <= a.content[1] for a in found
        ):
            continue
        outer = [a for a in found if a.voice and a.content[0] <= cue[0] < a.content[1]]
        if doubt.subject is not None and outer and _is_pronoun(passage, doubt.subject):
            result.append(_doubt(passage, doubt, outer[-1].voice))
            continue
        described = None if doubt.subject is None else identify(passage, doubt.subject, book)
        if described is not None:
            book.hear(passage.index, described)
        result.append(_doubt(passage, doubt, () if described is None else (described.voice,)))
    return result


def _is_pronoun(passage: Passage, phrase: Phrase) -> bool:
    """ "he said it had no reports": the doubt is the outer speaker's own."""
    return passage.tokens[phrase.head].upos == "PRON"


def _read_emerged(passage: Passage) -> list[Attribution]:
    """ "Today it emerged that …": nobody speaks, but the day is the report's."""
    for at, lemma in enumerate(passage.lemmas):
        if (
            lemma != "emerge"
            or passage.lowered[max(0, at - 1) : at] != ("it",)
            or at + 1 >= len(passage.tokens)
        ):
            continue
        cue = passage.tokens[at].start, passage.tokens[at].end
        time = next((h for h in passage.times if h.end <= cue[0]), None)
        first = at + 2 if passage.lowered[at + 1] == "that" else at + 1
        if first < len(passage.tokens):
            content = passage.tokens[first].start, passage.end
            said_on = None if time is None else (time.start, time.end)
            return [
                Attribution(
                    source=None,
                    cue=cue,
                    content=content,
                    voice=(),
                    said_on=said_on,
                    rule="voice:emerged",
                )
            ]
    return []


def _read_quoted(passage: Passage, book: Book) -> list[Attribution]:
    quoted = find_quoted(passage)
    if quoted is None:
        return []
    described = identify(passage, quoted.originator, book)
    if described is None:
        return []
    relayer = None if quoted.relayer is None else identify(passage, quoted.relayer, book)
    for one in (relayer, described):
        if one is not None:
            book.hear(passage.index, one)
    said = msgspec.structs.replace(described.voice, verb="quote")
    content = _content_of_quoted(passage, quoted)
    if content is None:
        return []
    return [
        Attribution(
            source=_span(passage, quoted.originator),
            cue=(passage.tokens[quoted.first].start, passage.tokens[quoted.last].end),
            content=content,
            voice=(said,) if relayer is None else (said, relayer.voice),
            rule="voice:quoted_as_saying",
        )
    ]


def _content_of_quoted(passage: Passage, quoted: Quoted) -> tuple[int, int] | None:
    """What was said: behind "as saying", or before the one who quotes where nothing follows."""
    after = [t for t in passage.tokens[quoted.last + 1 :] if t.upos != "PUNCT"]
    if after:
        return passage.tokens[quoted.last + 1].start, passage.end
    left = min(p.first for p in (quoted.originator, quoted.relayer) if p is not None)
    left = min(left, quoted.first)
    before = [t for t in passage.tokens[:left] if t.upos not in {"PUNCT", "CCONJ"}]
    return (passage.tokens[0].start, before[-1].end) if before else None


_NAMES_SOMEBODY = frozenset({"according_to", "count_noun", "from"})


def _is_named(passage: Passage, phrase: Phrase) -> bool:
    """ "According to the Mine Registry": a name, whatever it is the name of; no town alone."""
    words = passage.tokens[phrase.first : phrase.last + 1]
    return any(t.upos == "PROPN" and t.entity != "LOC" for t in words)


def _describe_anyhow(passage: Passage, phrase: Phrase, *, papers: bool) -> Described | None:
    """Whoever made a paper, where that is told ("a list kept by the parish"); else the paper."""
    paper = papers and is_document(passage, phrase.head, load_reporting())
    owner = find_owner(passage, phrase.head, loose=True) if paper else None
    apart = owner is not None and owner.last != phrase.head - 1  # not "preliminary information"
    described = describe_unknown(passage, owner) if owner is not None and apart else None
    return described or describe_unknown(passage, phrase, papers=papers)


def _append_sourced(
    passage: Passage, one: Sourced, rule: str, book: Book, found: list[Attribution]
) -> None:
    phrase = through_name(passage, one.phrase, load_reporting())
    described: Described | None = identify(passage, phrase, book)
    named = rule in _NAMES_SOMEBODY and _is_named(passage, one.phrase)
    if described is None and (named or rule == "according_to"):
        described = _describe_anyhow(passage, one.phrase, papers=rule == "according_to")
    if described is None:
        return
    book.hear(passage.index, described)
    found.append(
        Attribution(
            source=_span(passage, phrase),
            cue=(passage.tokens[one.first].start, passage.tokens[one.last].end),
            content=(one.start, one.end),
            voice=(msgspec.structs.replace(described.voice, verb=one.lemma),),
            rule=f"voice:{rule}",
        )
    )
