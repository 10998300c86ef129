"""Roles of a body's own people: "two of our drivers", "the colleague who ran to her".

"Our" is of the body that speaks, or of the one the report is by; a colleague is of the calling of
whoever was told of right before. Misses "its staff" and "her crew", whose owner stands elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_OUR = re.compile(
    r"\bour (?:own )?(?:[\w-]+ ){0,2}?(?:drivers?|staff|colleagues?|workers?|volunteers?|"
    r"employees?|officers?|logisticians?|team|crew|guards?|coordinators?|personnel|staffers?|translators?)\b",
    re.I,
)
_COLLEAGUE = re.compile(r"\b(?:colleagues?|fellow [a-z]+s?|co-?workers?|workmates?)\b", re.I)
_BY_SIDE = {"humanitarian": "aid_worker", "health": "health_worker", "media": "journalist"}
_OPENING = 12
"""How many sentences of a report are looked through for whom it is by."""
_LEAD = 14
"""How far before the words of a claim "our" may stand."""
_MENTIONS = 2


def find_house(passages: Sequence[Passage], persons: PersonLexicon) -> str | None:
    """The role of those who work for the body that most of a report's opening is about."""
    told = Counter(
        hit[1]
        for passage in passages[:_OPENING]
        for at in range(len(passage.tokens))
        for hit in (persons.employers.match(passage.lowered, passage.lemmas, at),)
        if hit is not None
    )
    first = told.most_common(1)
    return first[0][0] if first and first[0][1] >= _MENTIONS else None


def role_of_own(claim: Claim, passage: Passage, house: str | None) -> str | None:
    """The role of "our drivers" and the like, by who speaks of them."""
    first = max(0, claim.span.start - passage.start - _LEAD)
    words = passage.text[first : claim.span.end - passage.start]
    if _OUR.search(words) is None:
        return None
    voice = next(iter(claim.voice), None)
    return house if voice is None else _BY_SIDE.get(voice.side)


def is_colleague(claim: Claim) -> bool:
    """Whether those counted are told as somebody's colleagues."""
    return _COLLEAGUE.search(claim.victims.as_written or "") is not None
