"""Incident or total: whether a figure is of one incident or of a stretch of time (rules 19, 22)."""

from __future__ import annotations

import re

from harmledger.core.quantity import Scope
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_RUNNING = re.compile(
    r"\b(?:since|so far|to date|until now|up to now|thus far|already|in total|altogether|overall|"
    r"weeks? into|months? into|years? into|days? into|"
    r"(?:during|in|throughout|over) (?:the |a |an )?(?:[\w-]+ ){0,2}?"
    r"(?:siege|war|conflict|offensive|invasion|campaign|occupation|blockade)\b|"
    r"-(?:day|week|month|year)(?:-old)? (?:[\w-]+ ){0,2}?(?:siege|war|conflict|offensive|campaign)|"
    r"(?:days|weeks|months|years) of (?:[\w-]+ ){0,2}?"
    r"(?:siege|war|conflict|fighting|shelling|bombardment|violence))\b",
    re.I,
)
_PERIOD = re.compile(
    r"\b(?:in (?:19|20)\d\d|last (?:year|month|week)|nationwide|across the country|"
    r"countrywide|this (?:year|month|week)|"
    r"(?:past|last) (?:\w+ )?(?:days|weeks|months|years|hours)|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?! \d)|"
    r"during (?:19|20)\d\d|from \w+ to \w+|every (?:day|week|month|year)|"
    r"an? (?:day|week|month|year)\b(?= on average))\b",
    re.I,
)  # fmt: skip
_COUNTRY_WIDE = re.compile(r"\b(?:in|across|throughout) (?:his|her|the|our|their) country\b", re.I)


def guess_scope(passage: Passage, draft: Draft, occurred: When | None) -> tuple[Scope, str]:
    """The scope of one figure and the rule that says so.

    A period that runs to now makes a running total; a closed one a period total. An incident's own
    day in the same clause keeps the figure with the incident.
    """
    own_day = occurred is not None and occurred.precision == 1
    if draft.quantity.low is None and draft.quantity.high is None:
        return "incident", "scope:no_figure"
    if draft.quantity.unit == "attacks" and (draft.quantity.low or 0) > 1 and not own_day:
        return "running_total", "scope:several_attacks"
    if draft.quantity.basis == "implied":
        return "incident", "scope:described"
    if occurred is not None and (occurred.edtf or "").startswith("../"):
        return "running_total", "scope:open_start"
    if _RUNNING.search(passage.text) and not own_day:
        return "running_total", "scope:to_date"
    if _PERIOD.search(passage.text) and not own_day:
        return "period_total", "scope:period"
    if _COUNTRY_WIDE.search(passage.text) and not own_day:
        return "running_total", "scope:country"
    return "incident", "scope:incident"
