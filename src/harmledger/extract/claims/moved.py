"""People who had to move, in whole wordings (``lexicon/wordings.yaml``) that name no harm word.

"Nine hundred people sleep in the stands", "22,000 have headed south". Only of people with a number,
since people come and go without harm too; few of them are travellers. Misses what is told of them
by a pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import People, draft_counted
from harmledger.extract.claims.wordings import Worded, find_worded
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage

_SHARE = re.compile(
    r"\b(?:half|third|quarter|fifth|most|majority|percent|per cent|%)(?: of)?\b[^,.;]{0,25}$", re.I
)
"""Of these only a share moved, which the figure does not say."""
_FEWEST = 10
"""Fewer people than this, and no families, may be travellers."""


def draft_moved(
    passage: Passage,
    drafts: Sequence[Draft],
    know: Denied,
    people: People,
    within: Callable[[Mention], bool],
) -> list[Draft]:
    """The drafts of people moved whose figure no draft counts. ``within``: whether a harm told so
    belongs in the record."""
    found: list[Draft] = []
    for said in find_worded(passage, know, "displaced"):
        if said.people is None:
            continue
        counted = count_phrase(passage, said.people, people.persons)
        figure = counted.figure
        if figure is None or any(figure in d.figures for d in (*drafts, *found)):
            continue
        if _SHARE.search(passage.text[: figure.start - passage.start]):
            continue
        mention = _mention(said)
        if not _many(passage, counted) or not within(mention):
            continue
        draft = draft_counted(passage, mention, counted, people)
        if draft.victims.status != "combatant":
            found.append(draft)
    return found


def _mention(said: Worded) -> Mention:
    return Mention(
        harm="displaced",
        first=said.first,
        last=said.last,
        predicate=said.predicate,
        harmed=(said.people,) if said.people is not None else (),
        pattern="worded",
        rule=f"displaced:worded:{said.wording.written}",
        weak=True,
    )


def _many(passage: Passage, counted: Counted) -> bool:
    known = [n for n in (counted.quantity.low, counted.quantity.high) if n is not None]
    return (
        passage.lemmas[counted.noun] in {"family", "household"} or max(known, default=0) >= _FEWEST
    )
