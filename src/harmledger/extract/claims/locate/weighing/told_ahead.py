"""Days that a sentence of their own gives to what was told before: "Shells killed four, police
said. The attack took place on Sunday evening" (reading rule 20)."""

from __future__ import annotations

import re

from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.own_time import may_date
from harmledger.extract.claims.locate.resume import STATES
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.passage import Passage

_SAYS_WHEN = re.compile(
    r"\W*(?:the|this) (?:[\w'’-]+ ){0,2}?"
    r"(?:incident|attack|strike|raid|assault|shelling|airstrike|blast|explosion|massacre|bombing"
    r"|shooting|ambush|killings?|murders?|abductions?|kidnapping|clash(?:es)?)"
    r"(?:,[^,.;]{1,60},)? (?:(?:reportedly|allegedly|is (?:said|believed|reported) to have) )?"
    r"(?:happened|occurred|took place|taken place|came|was (?:carried out|staged|launched))\b",
    re.I,
)
_NEXT = 3
_NIGHT = 2


def told_ahead(asked: Asked) -> tuple[When, tuple[int, int]] | None:
    """The day that one of the next sentences gives the incident by a definite word, where neither
    the harm's own sentence nor anything before it tells a day."""
    passage, draft, report = asked.passage, asked.draft, asked.report
    if draft.harm in STATES or _is_dated(passage, draft) or report.dated.before(passage):
        return None
    at = report.index_of[passage.index]
    for later in report.passages[at + 1 : at + 1 + _NEXT]:
        if later.block > passage.block + 1:
            return None
        if not later.times or _SAYS_WHEN.match(later.text) is None:
            continue
        said = {a.said_on for a in later.attributions}
        for hit in later.times:
            one = hit.when.edtf is not None and (hit.when.precision or 9) <= _NIGHT
            if one and (hit.start, hit.end) not in said:
                return hit.when, (hit.start, hit.end)
        return None
    return None


def _is_dated(passage: Passage, draft: Draft) -> bool:
    return any(hit.when.edtf and may_date(passage, draft, hit) for hit in passage.times)
