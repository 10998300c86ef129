"""Text to claims, step by step. It says what a text claims, not what is true."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.document import Document, SeenTime, SeenVoice, Text
from harmledger.core.extraction import Extraction, Layers
from harmledger.core.unresolved import Unresolved
from harmledger.extract.claims.build import EXTRACTOR, reports_from_scene
from harmledger.extract.claims.denials import find_answers, settle_about
from harmledger.extract.claims.drafting import Drafted, draft_passage
from harmledger.extract.claims.from_before import draft_from_before
from harmledger.extract.claims.harmless import leave_out_harmless
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.locate import (
    Thread,
    Told,
    draft_incident,
    find_home,
    find_sections,
    find_told,
    follow,
    is_title,
    locate,
    without_filed,
)
from harmledger.extract.claims.locate.weighing import Course, Scales, look_over, weigh
from harmledger.extract.claims.marked import LATELY, Before, draft_marked
from harmledger.extract.claims.open_ends import find_open_ends
from harmledger.extract.claims.pronouns import name_accused
from harmledger.extract.claims.retellings import drop_retellings, voice_headlines
from harmledger.extract.claims.retractions import find_retractions
from harmledger.extract.claims.revisions import settle_revisions
from harmledger.extract.claims.scope import weigh_setting
from harmledger.extract.claims.settle import Outcome, settle_passage
from harmledger.extract.claims.table_parts import settle_table_parts
from harmledger.extract.claims.they import settle_they
from harmledger.extract.claims.victims import settle_victims
from harmledger.extract.claims.whole_or_some import settle_extent
from harmledger.extract.guard import account_for_numbers, unresolved_line, without_doubles
from harmledger.extract.language import Parser, find_parser
from harmledger.extract.language.shallow import ShallowParser
from harmledger.extract.passage import Passage
from harmledger.extract.places import DocumentPlaces
from harmledger.extract.responses import find_responses
from harmledger.extract.seeing import Seen, Sight
from harmledger.extract.times import parse_published
from harmledger.lexicon.gazetteer import Gazetteer

_EARLIER = 60
"""How many claims back a breakdown may look for its whole."""
_TOLD = 60
"""How many incidents back the first walk looks for the one a sentence goes on about."""
READ_LANGUAGES = frozenset({"en"})


class ClaimExtractor:
    """Reads documents one after another; holds the parser and the gazetteer, no document state.

    Args:
        gazetteer: the local place file; made with ``harmledger gazetteer``.
        rules_only: read without the learned parser (less accurate; ``note`` says what is lost).
        parser: read with this one instead of the one that ships.
        countries: alpha-3 priors for ambiguous place names.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        *,
        rules_only: bool = False,
        countries: Mapping[str, float] | None = None,
        parser: Parser | None = None,
    ) -> None:
        self._gazetteer = gazetteer
        if rules_only:
            parser = ShallowParser("Reading by rules alone was asked for")
        parser = parser or find_parser()
        self._find_marks = parser.find_marks
        self._lexica = Lexica.load(gazetteer.find_demonym)
        self._scales = Scales.load()
        self._sight = Sight(parser, gazetteer, countries or {}, self._lexica)
        self.version = f"{EXTRACTOR}+{parser.version}"
        self.note: str = parser.note

    def extract(self, document: Document, text: Text, *, layers: bool = False) -> Extraction:
        """Every claim, response and unresolved line of one text.

        ``layers`` also reports all times, places, quantities and voices of every sentence.
        """
        if document.language not in READ_LANGUAGES:
            return self._unread(document, text)
        seen = self._sight.look(document, text, every=layers)
        return self.extract_seen(document, text, seen, self._scales, layers=layers)

    def look(self, document: Document, text: Text) -> Seen:
        """What is seen in a text before anyone asks what it claims: the costly half of reading."""
        return self._sight.look(document, text, every=False)

    def extract_seen(
        self, document: Document, text: Text, seen: Seen, scales: Scales, *, layers: bool = False
    ) -> Extraction:
        """What a text claims, of what was seen in it, with these weights for place and time."""
        passages, places = seen.passages, seen.places
        outcome = self._read(document, text, passages, places, scales)
        claims = self._settle_together(text, outcome.claims, passages)
        answers = find_answers(document, text, passages, claims, self._lexica)
        taken_back = find_retractions(document, text, passages, claims)
        claims = _distinct(settle_about((*claims, *answers, *taken_back)))
        responses = find_responses(passages, document, claims, seen.roster)
        numbers, lines = account_for_numbers(
            document, text.text, passages, outcome.harmful, claims, _users(outcome.used, claims)
        )
        return Extraction(
            document=document.id,
            text_sha256=text.sha256,
            extractor=self.version,
            claims=claims,
            responses=responses,
            unresolved=_distinct_lines(
                (
                    *without_doubles(outcome.unresolved, lines),
                    *lines,
                    *find_open_ends(document, text, passages, claims, places),
                )
            ),
            numbers=numbers,
            layers=_layers(passages) if layers else None,
        )

    # ---- reading -------------------------------------------------------------------------------

    def _read(
        self,
        document: Document,
        text: Text,
        passages: Sequence[Passage],
        places: DocumentPlaces,
        scales: Scales,
    ) -> Outcome:
        """Settle passage after passage along the thread of the report."""
        setting = weigh_setting(passages, self._lexica.scope)
        on_scene = reports_from_scene(text.text)
        drafted = [
            draft_passage(passage, order, setting, self._lexica)
            for order, passage in enumerate(passages)
        ]
        drafted = leave_out_harmless(passages, drafted, self._lexica.scope, self._find_marks)
        thread = Thread(
            sections=find_sections(text, places, parse_published(document.published_at)),
            seen=places.seen,
            published=parse_published(document.published_at),
            text=text.text,
        )
        incidents = self._find_incidents(passages, drafted, thread)
        titles = {s.start for p in passages for s in p.places if is_title(p, s)}
        settings = tuple(s for s in without_filed(text.text, places.seen) if s.start not in titles)
        home = find_home(incidents, settings)
        thread = msgspec.structs.replace(
            thread,
            told=incidents,
            home=home.place if home is not None else None,
            home_span=(home.start, home.end) if home is not None else None,
        )
        report = look_over(text, thread, passages, places.seen)
        course = Course(thread)
        outcomes: list[Outcome] = []
        earlier: list[Claim] = []
        for order, (passage, drafts) in enumerate(zip(passages, drafted, strict=True)):
            told = draft_from_before(
                passage,
                (*drafts.drafts, *settle_they(passage, drafts.they, earlier[-_EARLIER:])),
                earlier[-_EARLIER:],
                self._lexica.persons,
            )
            before = Before(
                out=drafts.out,
                setting=setting,
                order=order,
                harms=tuple(c.harm for c in earlier[-LATELY:]),
            )
            told = draft_marked(passage, told, before, self._lexica, self._find_marks)
            drafts = msgspec.structs.replace(
                drafts, drafts=told, harmful=drafts.harmful or bool(told)
            )
            by_rules = locate(passage, told, course.thread)
            located = weigh(report, passage, told, by_rules, course, scales)
            settled = settle_passage(
                document, text, passage, drafts, located, self._lexica, on_scene
            )
            outcomes.append(settled)
            earlier.extend(settled.claims)
        return Outcome.of(outcomes)

    def _settle_together(
        self, text: Text, claims: Sequence[Claim], passages: Sequence[Passage]
    ) -> tuple[Claim, ...]:
        """What only all claims of a document together can tell."""
        claims = name_accused(claims, passages, self._lexica.actors)
        claims = settle_victims(claims, passages, self._lexica.persons)
        claims = voice_headlines(drop_retellings(claims), passages)
        claims = settle_table_parts(settle_extent(text.text, claims), passages)
        return settle_revisions(text.text, claims)

    def _find_incidents(
        self, passages: Sequence[Passage], drafted: Sequence[Drafted], thread: Thread
    ) -> tuple[Told, ...]:
        """A first walk that only gathers which incidents the report tells, where and when."""
        told: list[Told] = []
        for passage, drafts in zip(passages, drafted, strict=True):
            thread = msgspec.structs.replace(thread, told=tuple(told[-_TOLD:]))
            located = tuple(zip(drafts.drafts, locate(passage, drafts.drafts, thread), strict=True))
            found = find_told(passage, located)
            if not found or (passage.times and all(one.when is None for one in found)):
                stand_in = tuple(d for d in (draft_incident(passage),) if d is not None)
                beside = tuple(zip(stand_in, locate(passage, stand_in, thread), strict=True))
                found = (*found, *find_told(passage, beside))
            told.extend(sorted(found, key=lambda one: one.start))
            thread = follow(thread, passage, located if drafts.drafts else ())
        return tuple(told)

    def _unread(self, document: Document, text: Text) -> Extraction:
        """A document in a language we do not read: kept, no claim, one line (contract §6)."""
        language = document.language or "unknown"
        line = unresolved_line(
            document,
            None,
            "language_unread",
            f"the language of this document ({language}) is not read; no claim was looked for",
        )
        return Extraction(
            document=document.id,
            text_sha256=text.sha256,
            extractor=self.version,
            unresolved=(line,),
        )


def _claim_over(core: tuple[int, int], claims: Sequence[Claim]) -> str | None:
    last = bisect_right(claims, core[0], key=lambda c: c.span.start)
    near = claims[max(0, last - 12) : last]
    return next((c.id for c in reversed(near) if core[1] <= c.span.end), None)


def _distinct(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """One claim an id, in text order; nothing points at a claim that was left out."""
    by_id: dict[str, Claim] = {}
    for claim in claims:
        by_id.setdefault(claim.id, claim)
    kept = (
        msgspec.structs.replace(
            claim,
            part_of=claim.part_of if claim.part_of in by_id else None,
            supersedes=claim.supersedes if claim.supersedes in by_id else None,
            about=claim.about if claim.about in by_id else None,
        )
        for claim in by_id.values()
    )
    return tuple(sorted(kept, key=lambda c: (c.span.start, c.span.end, c.id)))


def _users(
    used: Mapping[tuple[int, int], str], claims: Sequence[Claim]
) -> dict[tuple[int, int], str]:
    """Which claim uses each figure, among the claims that stayed."""
    ids = {claim.id for claim in claims}
    found: dict[tuple[int, int], str] = {}
    for core, claim_id in used.items():
        user = claim_id if claim_id in ids else _claim_over(core, claims)
        if user is not None:
            found[core] = user
    return found


def _distinct_lines(lines: Sequence[Unresolved]) -> tuple[Unresolved, ...]:
    by_id = {line.id: line for line in lines}
    return tuple(
        sorted(by_id.values(), key=lambda u: (u.span.start if u.span is not None else -1, u.id))
    )


def _layers(passages: Sequence[Passage]) -> Layers:
    return Layers(
        times=tuple(
            SeenTime(start=t.start, end=t.end, when=t.when) for p in passages for t in p.times
        ),
        places=tuple(seen for p in passages for seen in p.places),
        quantities=tuple(figure for p in passages for figure in p.figures),
        voices=tuple(
            SeenVoice(
                source=a.source, cue=a.cue, content=a.content,
                name=next((v.name or v.organisation for v in a.voice), None),
            )
            for p in passages
            for a in p.attributions
        ),
    )  # fmt: skip
