"""Survivors of sexual violence counted where a heading or the sentences before name the violence:
"Sexual violence. 23 survivors came to our counselling point. A team treated a further eight."

Only figures with care or a telling beside them, so that survivors of a strike are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_NAMED = re.compile(
    r"\b(?:rap(?:e[ds]?|ing)|gang-rap\w+|sexual(?:ly)? (?:violence|assault\w*|abuse[ds]?|slavery)|"
    r"gender-based violence)\b",
    re.I,
)
_SURVIVORS = re.compile(
    r"\s*(?:more |other |further |new |female |male |girl |child |rape )*"
    r"(?:survivors|victims|cases|women|girls|women and girls|women or girls|patients)\b",
    re.I,
)
_CARE = re.compile(
    r"\b(?:treat(?:ed|ing|s)?|support(?:ed|ing|s)?|counsel\w*|receiv(?:ed|ing)|assist(?:ed|ing)|"
    r"help(?:ed|ing)|examin(?:ed|ing)|came to|come to|came forward|come forward|have come|"
    r"reported to|sought (?:help|care)|registered|documented|recorded|spoken to|spoke to)\b",
    re.I,
)
_OTHER = re.compile(
    r"\b(?:wound\w*|injur\w*|gunshot|shrapnel|blast|strike|shell\w*|burns?|quake|flood|cholera|"
    r"killed|dead|displaced|evacuat\w*)\b",
    re.I,
)
_BARE = re.compile(r"\s*(?:[.;,)]|$|from\b|in\b|at\b|since\b|last\b|on\b)", re.I)
_MORE = re.compile(r"\b(?:a further|another|an additional)\b", re.I)
_NEAR = 4
"""How many claims back a figure of the same harm may stand."""


def draft_survivors(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with those of survivors that none of them counts."""
    told = any(c.harm == "sexual_violence" for c in earlier[-_NEAR:])
    around = f"{passage.heading or ''} {passage.before} {passage.text}"
    if not (told or _NAMED.search(around)) or _OTHER.search(passage.text):
        return tuple(drafts)
    if any(d.harm == "sexual_violence" for d in drafts) or not _CARE.search(passage.text):
        return tuple(drafts)
    found = list(drafts)
    for figure in passage.figures:
        used = any(figure in d.figures for d in found)
        if figure.kind == "count" and figure.high != 0 and not used:
            made = _draft(passage, figure, persons)
            found.extend([made] if made is not None else [])
    return tuple(found)


def _draft(passage: Passage, figure: Figure, persons: PersonLexicon) -> Draft | None:
    behind = passage.text[figure.end - passage.start :]
    named = _SURVIVORS.match(behind)
    more = _MORE.search(passage.text[: figure.end - passage.start]) and _BARE.match(behind)
    head = passage.tree.top(*figure.core)
    if head is None or not (named or more):
        return None
    end = figure.end + (named.end() if named is not None else 0)
    noun = passage.tree.at(end - 1)
    quantity = quantity_of(figure)
    counted = Counted(
        quantity=quantity, head=head.index, noun=noun.index if noun is not None else head.index,
        start=figure.start, end=end, figure=figure,
    )  # fmt: skip
    return Draft(
        harm="sexual_violence",
        predicate=head.index,
        start=figure.start,
        end=end,
        quantity=quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        figures=(figure,),
        notes=(
            Note(field="harm", start=figure.start, end=end, rule="harm:sexual_violence:survivors"),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        score=0.7,
    )
