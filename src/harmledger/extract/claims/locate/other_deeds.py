"""Times of a sentence that are those of a statement, a report or an agreement, not of the harm
(reading rule 21)."""

from __future__ import annotations

import re

from harmledger.core.when import TimeHit
from harmledger.extract.claims.locate.several_times import is_in_what_is_said, stands_inside
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage

REPORTING = frozenset(
    {"emerge", "report", "say", "announce", "publish", "tell", "add", "confirm", "surface", "state",
     "write", "post", "appear", "rise", "lower", "raise", "put", "stand", "increase", "give",
     "revise", "climb", "reach", "drop", "count", "update", "speak", "grow", "estimate",
     "apologise", "apologize", "acknowledge", "declare", "accuse", "blame", "claim", "deny",
     "visit", "release", "free", "withdraw", "quote", "condemn", "warn", "learn", "recall", "bury",
     "denounce", "deplore", "decry", "convict", "sentence", "indict", "acquit", "urge", "demand",
     "mourn", "commemorate"}
)  # fmt: skip
"""Verbs whose time is that of a statement or of another deed than the harm."""
_OF_A_REPORT = re.compile(
    r"(?:['’]s?\s+(?:[\w-]+\s+)?(?:reports?|update|note|story|count|tally|list|figures?|version|post)"
    r"|(?:['’]s?\s+(?:[\w-]+\s+)?|\s+)(?:bulletin|summary|digest|edition|communiqu[eé]|statement|"
    r"briefing|dispatch|newsletter|press release|press conference|news conference|interview))\b",
    re.I,
)
"""Behind a time: "last week's bulletin", "Friday's count"."""
_REPORT_OF = re.compile(
    r"\b(?:(?:bulletin|summary|digest|edition|communiqu[eé]|briefing|dispatch|newsletter|report|note|"
    r"press release) (?:of|from|dated)|(?:notice|statement|message|letter|communiqu[eé]|tweet|"
    r"broadcast|bulletin|briefing|declaration|press release|video|note|report|press conference)"
    r"(?: (?:issued|published|released|posted|sent|circulated|aired|read out))?"
    r" (?:on|late on|early on)) (?:the )?$",
    re.I,
)
_AGREED = frozenset({"agree", "sign", "broker", "negotiate", "announce", "declare", "promise"})
"""What is done about a truce; it says nothing of when one is broken."""
_CLAIMED = frozenset({"life", "victim", "casualty", "death"})
_TOLLS = frozenset(
    {"toll", "number", "count", "total", "tally", "figure", "news", "report", "word"}
)
_FALLS = frozenset({"drop", "rise", "climb", "grow"})
"""What a toll does; whoever drops a thing reports nothing."""
_COURTS = frozenset({"convict", "sentence", "indict", "acquit"})
_RIGHT_BEHIND = len(" late on ")
_SAYING = frozenset({"say", "tell", "announce", "add", "confirm", "state", "write", "report"})
SPANS = frozenset(
    {"since", "lasting", "into", "date_range", "range", "up_to", "quarter", "same_of_year",
     "half_year"}
)  # fmt: skip
"""Lengths of time never say when a thing was said; "overnight" and one night's two days may."""
COUNTING = frozenset(
    {"report", "count", "rise", "reach", "stand", "estimate", "increase", "grow", "climb", "put",
     "raise", "give", "drop", "revise"}
)  # fmt: skip
"""Done over a stretch of days; what emerged "between Saturday and Monday" is news of those days."""
_UP_TO_NOW = frozenset({"this_year", "this_month"})
_MONTH = 4
"""UCDP date precision of a month."""
_WHOLE = re.compile(
    r"the (?:(?:previous|following|next|preceding) )?(?:week|weekend|fortnight|month|year)\b", re.I
)
""" "The previous weekend it had counted nine"."""
_NIGHT = 2


def dates_another_deed(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "reports that emerged on Monday": the day of the report, not of the harm (rule 21)."""
    tree = passage.tree
    if is_of_a_report(passage, hit) or _behind_an_agreement(passage, predicate, hit):
        return True
    time = tree.top(hit.start, hit.end)
    above = tree.head(time.index) if time is not None else None
    if above is not None and above.deprel == "nsubj" and above.head > above.index:
        doing = passage.tokens[
            above.head
        ]  # "The mission on Tuesday condemned", hung on the mission
        above = (
            doing
            if passage.text[hit.end - passage.start : doing.start - passage.start] == " "
            else above
        )
    if above is None or above.index == predicate or passage.lemmas[above.index] not in REPORTING:
        return False
    if _tells_no_news(passage, above, hit):
        return False
    if is_in_what_is_said(passage, above.index, hit):
        return False
    if stands_inside(passage, predicate, above.index, hit):
        return False
    if above.xpos in {"VBZ", "VBP"}:
        return False  # "On 12 August 1983, he says, …" is no day of his saying it
    if is_span(hit) and passage.lemmas[above.index] in COUNTING:
        return False  # "29 reported killed between 28 August and 3 September"
    return not (above.upos == "NOUN" and tree.governs(above.index, predicate))


def _tells_no_news(passage: Passage, verb: Token, hit: TimeHit) -> bool:
    """Whether a verb that may tell news does something else here, or goes on over the time."""
    tree, lemma = passage.tree, passage.lemmas[verb.index]
    if _is_said_of_somebody(passage, verb) or _of_a_document(passage, verb, hit):
        return True
    if lemma == "drop" and verb.xpos == "VBN" and not tree.child(verb.index, "aux"):
        return True  # "explosives dropped by a drone on Monday"
    if lemma in COUNTING and _is_counted_over(hit, lemma):
        return True  # "In 2022 we counted nine attacks", "put those killed this year at 21"
    if lemma in _COURTS and hit.start > verb.end + _RIGHT_BEHIND:
        return True  # "was convicted of killing six villagers in the night of 3 May"
    if lemma in _FALLS and tree.child(verb.index, "obj") is not None:
        return True  # "a drone dropped a grenade on Monday"
    if lemma == "reach" and not _reaches_a_figure(passage, verb.index):
        return True  # "On Monday the violence reached Wase, where …"
    since = (hit.when.rule or "").startswith("since")
    if since and lemma in _SAYING | COUNTING:
        return True  # nobody says a thing since Friday: it has lasted, or is counted, since
    return _does_harm(passage, verb.index, hit)


def _is_said_of_somebody(passage: Passage, verb: Token) -> bool:
    """ "On 16 July the group is said to have ambushed a convoy": nobody dates the saying."""
    children = passage.tree.children(verb.index)
    passive = any(c.deprel == "aux:pass" and c.xpos in {"VBZ", "VBP"} for c in children)
    return passive and any(c.deprel == "xcomp" for c in children)


def _of_a_document(passage: Passage, verb: Token, hit: TimeHit) -> bool:
    """ "Last week's bulletin gave four wounded on 3 May": the bulletin has its own day."""
    if passage.lemmas[verb.index] not in COUNTING or hit.start < verb.end:
        return False
    return any(t.end <= verb.start and is_of_a_report(passage, t) for t in passage.times)


def _is_counted_over(hit: TimeHit, lemma: str) -> bool:
    """Months and years are counted over, and no toll is put at "this year"."""
    if hit.when.rule in _UP_TO_NOW:
        return lemma != "report"
    return lemma == "count" and (hit.when.precision or 1) >= _MONTH


def _does_harm(passage: Passage, verb: int, hit: TimeHit) -> bool:
    """ "Mines claimed 31 victims": no word is said. "We counted nineteen wounded on Friday": those
    who saw them come in; a ministry counts what has come to it since."""
    what, who = (passage.tree.child(verb, name) for name in ("obj", "nsubj"))
    if passage.lemmas[verb] == "claim":
        return what is not None and passage.lemmas[what.index] in _CLAIMED
    of_a_day = (hit.when.precision or 9) <= _NIGHT and passage.lemmas[verb] == "count"
    return of_a_day and who is not None and who.text.lower() == "we"


def _behind_an_agreement(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "The pause, agreed the evening before, …", "a truce signed on Sunday": its day."""
    before = next(
        (t for t in reversed(passage.tokens) if t.end <= hit.start and t.upos != "ADP"), None
    )
    if before is None or before.index == predicate or passage.lemmas[before.index] not in _AGREED:
        return False
    aside = before.index > 0 and passage.tokens[before.index - 1].text in {",", "("}
    return before.xpos == "VBN" or aside


def _reaches_a_figure(passage: Passage, verb: int) -> bool:
    """ "The toll reached 40 on Monday"; whoever reaches a town reports nothing."""
    what = passage.tree.child(verb, "obj")
    who = passage.tree.child(verb, "nsubj")
    if what is None or (who is not None and passage.lemmas[who.index] in _TOLLS):
        return True
    return what.upos == "NUM" or passage.tree.child(what.index, "nummod") is not None


def is_of_a_report(passage: Passage, hit: TimeHit) -> bool:
    """ "last week's bulletin gave …", "the edition of 2 December gave …"."""
    before = passage.text[: hit.start - passage.start]
    return _OF_A_REPORT.match(passage.text, hit.end - passage.start) is not None or (
        _REPORT_OF.search(before) is not None and not _is_owner(hit)
    )


def _is_owner(hit: TimeHit) -> bool:
    """ "A report on Sunday's shelling": of the shelling."""
    return hit.when.as_written.endswith(("'s", "’s", "s'", "s’"))


def is_span(hit: TimeHit) -> bool:
    """A stretch of days over which one counts, and never the day of a statement."""
    if hit.when.rule == "relative_to_event":
        return _WHOLE.match(hit.when.as_written) is not None
    return hit.when.rule in SPANS and (hit.when.precision or 1) >= _NIGHT
