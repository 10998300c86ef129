"""Who is the subject of a verb that is no reporting verb, by the same rules as for speakers."""

from __future__ import annotations

import msgspec

from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.extract.voices.book import Book
from harmledger.extract.voices.describe import Described
from harmledger.extract.voices.phrases import find_beside, find_subject
from harmledger.extract.voices.roster import Roster
from harmledger.extract.voices.speakers import identify


class Subjects:
    """Walk a document in text order: ask ``find_voice`` of a passage, then ``hear`` it."""

    def __init__(self, roster: Roster) -> None:
        """Nobody of the roster has been heard yet."""
        self._book = Book(roster)

    def find_voice(self, passage: Passage, verb: int) -> Voice | None:
        """The voice the subject of ``verb`` names; None when it is nobody who can speak."""
        for phrase in (find_subject(passage, verb), find_beside(passage, verb)):
            described = None if phrase is None else identify(passage, phrase, self._book)
            if described is not None:
                return msgspec.structs.replace(described.voice, verb=passage.lemmas[verb])
        return None

    def hear(self, passage: Passage) -> None:
        """Remember the speakers of a passage, so that a later pronoun can find them."""
        for attribution in passage.attributions:
            for voice in attribution.voice[:1]:
                person = voice.name is not None and voice.name != voice.organisation
                self._book.hear(passage.index, Described(voice=voice, person=person))
