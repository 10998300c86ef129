"""The time a sentence itself gives to a harm, with the words that give it (rules 21, 22)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import msgspec

from harmledger.core.when import TimeHit, When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.aftermath import (
    AFTERWARDS,
    dates_response,
    dates_what_was_done,
)
from harmledger.extract.claims.locate.asides import died_later
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.several_times import (
    before_the_other,
    behind_a_break,
    explains_the_other,
    find_turn,
    goes_on_from_a_day,
    hangs_on_its_noun,
    is_in_what_is_said,
    is_left_behind,
    is_right_behind,
    is_to_come,
    is_told_first,
    stands_inside,
)
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import LATELY, Passage
from harmledger.extract.times import find_times

_REPORTING = frozenset(
    {"emerge", "report", "say", "announce", "publish", "tell", "add", "confirm", "surface", "state",
     "write", "post", "appear", "rise", "lower", "raise", "put", "stand", "increase", "give",
     "revise", "climb", "reach", "drop", "count", "update", "speak", "grow", "estimate",
     "apologise", "apologize", "acknowledge", "declare", "accuse", "blame", "claim", "deny",
     "visit", "release", "free", "withdraw", "quote", "condemn", "warn", "learn", "recall", "bury"}
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
_RANKED = re.compile(
    r"\b(?:(?:first|second|third|\w+th|\d{1,2}(?:st|nd|rd|th)) time(?: running)?"
    r"|(?:worst|(?:blood|dead|heav)iest|biggest|largest|highest|lowest|longest|most \w+)"
    r"\b[^.;:()]{0,70})"
    r"(?: (?:in|of|over|during))?\s*$",
    re.I,
)
_FALLS = frozenset({"drop", "rise", "climb", "grow"})
"""What a toll does; whoever drops a thing reports nothing."""
_NEXT_TO = 3
_WHEN = re.compile(r",? when\b")
_STRETCH = re.compile(r"since|this_|past_|recent_")
"""Rules of the stretches of time over which a thing is the worst or the third."""
_DASH = re.compile(r"\s[-–—]\s|—|--")
_COMPARED = re.compile(
    r"\b(?:as|than|from \d[\d,]*|(?:up|down) from [\w,.-]+(?: \w+)?"
    r"|(?:compared (?:with|to)|against)(?: \d[\d,]*(?: \w+)?)?)"
    r"\s+(?:(?:in|on|for|the|whole|same|of)\s+)*$",
    re.I,
)
_INCIDENTS = frozenset(
    {"attack", "bombing", "strike", "raid", "shooting", "ambush", "assault", "explosion", "blast",
     "shelling", "airstrike", "massacre", "operation", "clash", "bomb", "incident", "sweep",
     "offensive", "rampage", "crackdown", "battle", "barrage", "salvo", "bombardment", "incursion",
     "riot", "fighting", "firefight", "drive", "purge", "pogrom", "killing"}
)  # fmt: skip
"""Nouns whose own clause dates the harm too: "wounded in an attack staged on Monday"."""
_SAYING = frozenset({"say", "tell", "announce", "add", "confirm", "state", "write", "report"})
_SPANS = frozenset({"since", "lasting", "into", "date_range", "range", "up_to", "quarter"})
"""Lengths of time never say when a thing was said; "overnight" and one night's two days may."""
_COUNTING = frozenset(
    {"report", "count", "rise", "reach", "stand", "estimate", "increase", "grow", "climb", "put",
     "raise", "give", "drop", "revise"}
)  # fmt: skip
"""Done over a stretch of days; what emerged "between Saturday and Monday" is news of those days."""
_NIGHT = 2
_LASTING = frozenset({"detained", "trapped", "missing", "displaced", "service_denied"})


@lru_cache(LATELY)
def find_own_time(passage: Passage, draft: Draft) -> tuple[When | None, Note | None]:
    """The time expression of the harm's clause; never the one that dates the statement."""
    label = _labelled(passage)
    usable = [t for t in passage.times if may_date(passage, draft, t)]
    if label is not None:
        return label.when, _note(label)
    turn = find_own_turn(passage, draft)
    if turn is not None:
        return turn.when, _note(turn)
    if not usable:
        return None, None
    best = max(usable, key=lambda hit: fit_of_time(passage, draft, hit))
    return day_of_state(passage, draft, best), _note(best)


def find_own_turn(passage: Passage, draft: Draft) -> TimeHit | None:
    """The time right behind the figure ("three of them on Monday"); else the day of a count's turn,
    where each of the days by itself might be the harm's."""
    for hit in passage.times:
        if hit.when.edtf and is_right_behind(passage, draft, hit) and may_date(passage, draft, hit):
            return hit
    days, at = find_turn(passage, draft)
    return days[at] if days and all(may_date(passage, draft, day) for day in days) else None


def _note(hit: TimeHit) -> Note:
    return Note(field="occurred", start=hit.start, end=hit.end, rule=hit.when.rule or "time")


def _labelled(passage: Passage) -> TimeHit | None:
    """ "| 24 (13–19 June) | 8 |": the day or week that heads a row."""
    if passage.kind != "table_row":
        return None
    cell = passage.text.find("|", 1)
    return next((t for t in passage.times if t.end - passage.start <= cell and t.when.edtf), None)


@lru_cache(LATELY)
def may_date(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    dates_statement = {
        a.said_on
        for a in passage.attributions
        if a.said_on is not None and not _is_said_now(passage, a.cue)
    }
    predicate = passage.tokens[draft.predicate].start
    return (
        ((hit.start, hit.end) not in dates_statement or hit.when.rule in _SPANS)
        and hit.when.rule != "no_day"
        and not is_compared(passage, draft, hit)
        and not behind_a_break(passage, draft.predicate, hit)
        and not (is_told_first(passage, hit) and hit.end < predicate)
        and not explains_the_other(passage, predicate, hit)
        and not is_left_behind(passage, draft.predicate, hit)
        and not is_to_come(passage, draft.predicate, hit)
        and not before_the_other(passage, predicate, hit)
        and hit.end > dateline_end(passage)
        and not is_bound(passage, draft, hit)
        and not (died_later(passage, draft.predicate) and hit.start > predicate)
        and not dates_another_deed(passage, draft.predicate, hit)
        and not dates_response(passage, draft, hit)
        and (
            in_clause(passage, draft.predicate, hit.start, hit.end)
            or dates_what_was_done(passage, draft, hit)
        )
    )


def _is_said_now(passage: Passage, cue: tuple[int, int]) -> bool:
    """ "he says": of no day but the report's."""
    return any(t.xpos in {"VBZ", "VBP"} for t in passage.tree.within(*cue))


def is_compared(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "twice as many as a week earlier", "up from 39 the day before": the time of another."""
    if _is_of_bracket(passage, hit):
        return not hit.end <= draft.start <= hit.end + _NEXT_TO
    match = _COMPARED.search(passage.text[: hit.start - passage.start])
    if match is not None:
        return not (match.start() <= draft.start - passage.start < match.end())
    return is_ranked(passage, hit)


def _is_of_bracket(passage: Passage, hit: TimeHit) -> bool:
    """ "142 killed (March: 118)": the month is that of the figure behind it alone."""
    start, end = hit.start - passage.start, hit.end - passage.start
    return passage.text[max(0, start - 1) : start] == "(" and passage.text[end : end + 1] == ":"


def is_ranked(passage: Passage, hit: TimeHit) -> bool:
    """ "struck for the fourth time since June", "the worst raid this year": how rare it is, and not
    when it was. "The third raid this month" is not meant: what follows may tell of the others."""
    if _STRETCH.match(hit.when.rule or "") is None:
        return False
    if _WHEN.match(passage.text, hit.end - passage.start) is not None:
        return False  # "the worst day since May, when 44 were shot": these were shot in May
    return _RANKED.search(passage.text[: hit.start - passage.start]) is not None


def is_bound(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "had not come back by Wednesday": only a bound, unless something still lasts then."""
    if hit.when.rule not in {"by", "until", "till"}:
        return False
    return draft.harm not in _LASTING


def fit_of_time(passage: Passage, draft: Draft, hit: TimeHit) -> tuple[float, int]:
    """How closely a time belongs to the harm: its own adverbial first."""
    tree = passage.tree
    token = tree.top(hit.start, hit.end)
    score = 0.5 * (hit.when.edtf is not None or goes_on_from_a_day(passage, hit))
    if token is not None:
        chain = (tree.tokens[draft.predicate], *tree.ancestors(draft.predicate))
        verb = next((t.index for t in chain if t.upos == "VERB"), None)
        score += 0.5 * (verb is not None and token.head == verb != draft.predicate)
        score += 2.0 * tree.governs(draft.predicate, token.index)
        score += 1.0 * (token.head == draft.predicate)
        above = tree.head(token.index)
        named = above is not None and above.upos in {"NOUN", "PROPN"}
        if named and matches(token.deprel, ("nmod",)) and token.head != draft.predicate:
            score -= 1.0  # "violated the ceasefire of 1 February at dawn today"
    if draft.start <= hit.start and hit.end <= draft.end:
        score += 1.0
    score += 2.0 * hangs_on_its_noun(passage, draft, hit)
    return score, -abs(hit.start - draft.start)


def day_of_state(passage: Passage, draft: Draft, hit: TimeHit) -> When:
    """ "no water since Sunday, when shells hit the pumps": the shells fell on that Sunday; "by
    Sunday 12 were still held": they were on that Sunday."""
    when = hit.when
    if when.rule == "by" and when.latest is not None:
        return msgspec.structs.replace(
            when, edtf=when.latest, earliest=when.latest, precision=1, rule="by_day"
        )
    aside = _WHEN.match(passage.text, hit.end - passage.start)
    at = passage.tokens[draft.predicate].start
    if when.rule != "since" or aside is None or at < hit.end or when.earliest is None:
        return when
    return _time_behind_since(when)


def _time_behind_since(when: When) -> When:
    """Of "since February" February, whole; of "since Sunday" that day."""
    day = msgspec.structs.replace(
        when, edtf=when.earliest, latest=when.earliest, precision=1, rule="since_day"
    )
    if when.latest is None:
        return day
    words = "in " + re.sub(r"^\s*since\s+", "", when.as_written, flags=re.I)
    hits = find_times(words, 0, len(words), date.fromisoformat(when.latest))
    whole = hits[0].when if len(hits) == 1 else None
    if whole is None or whole.earliest != when.earliest or whole.latest == when.latest:
        return day
    return msgspec.structs.replace(
        day, edtf=whole.edtf, latest=whole.latest, precision=whole.precision
    )


def dates_another_deed(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "reports that emerged on Monday": the day of the report, not of the harm (rule 21)."""
    tree = passage.tree
    if is_of_a_report(passage, hit):
        return True
    time = tree.top(hit.start, hit.end)
    above = tree.head(time.index) if time is not None else None
    if above is None or above.index == predicate or passage.lemmas[above.index] not in _REPORTING:
        return False
    if passage.lemmas[above.index] in _FALLS and tree.child(above.index, "obj") is not None:
        return False  # "a drone dropped a grenade on Monday"
    if is_in_what_is_said(passage, above.index, hit):
        return False
    if stands_inside(passage, predicate, above.index, hit):
        return False
    if (hit.when.rule or "").startswith("since") and passage.lemmas[above.index] in _SAYING:
        return False  # nobody says a thing since Friday: it has lasted since
    if above.xpos in {"VBZ", "VBP"}:
        return False  # "On 12 August 1983, he says, …" is no day of his saying it
    if is_span(hit) and passage.lemmas[above.index] in _COUNTING:
        return False  # "29 reported killed between 28 August and 3 September"
    return not (above.upos == "NOUN" and tree.governs(above.index, predicate))


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
    return hit.when.rule in _SPANS and (hit.when.precision or 1) >= _NIGHT


def in_clause(passage: Passage, predicate: int, start: int, end: int) -> bool:
    """Whether a time reaches a harm word: not out of an apposition or a relative clause."""
    tree = passage.tree
    time = tree.top(start, end)
    if time is None:
        return True
    if tree.governs(predicate, time.index):
        return not _of_another_verb(passage, predicate, time.index)
    at = passage.tokens[predicate].start
    between = passage.text[min(at, end) - passage.start : max(at, start) - passage.start]
    if len(_DASH.findall(between)) % 2:
        return False  # the harm stands in an aside between dashes, the time outside it
    over = {t.index for t in tree.ancestors(time.index)}
    if _in_relative_clause_apart(passage, predicate, time.index):
        return False
    holder = tree.head(time.index)
    if holder is not None and holder.upos == "NOUN" and tree.governs(holder.index, predicate):
        return True  # "the Wednesday bombing … which wounded 18"
    if opens(passage, start):
        return True
    at = predicate
    while at not in over:
        token = tree.tokens[at]
        if token.head < 0:
            return True
        relative = token.deprel == "acl:relcl" and not _goes_on_there(passage, token.index)
        aside = matches(token.deprel, ("appos", "parataxis")) or relative
        if aside and token.head not in over:
            return False
        at = token.head
    return True


def _goes_on_there(passage: Passage, verb: int) -> bool:
    """ "It happened on 11 October in Mambasa, where fighters killed 22": the same night."""
    first = min((t.index for t in passage.tree.subtree(verb) if t.upos != "PUNCT"), default=verb)
    return passage.lowered[first] == "where"


def opens(passage: Passage, start: int) -> bool:
    """ "In the night to Sunday men entered …": it sets the whole sentence, unless that tells what
    was done about a harm later."""
    root = passage.tree.root
    first = next((t for t in passage.tokens if t.start >= start), None)
    if root is None or first is None or first.index > 3:
        return False
    return passage.lemmas[root.index] not in _REPORTING | AFTERWARDS


def _in_relative_clause_apart(passage: Passage, predicate: int, time: int) -> bool:
    """ "six deaths … the closure, which left hospitals dark from 4 September"."""
    tree = passage.tree
    above = {predicate, *(t.index for t in tree.ancestors(predicate))}
    for token in (tree.tokens[time], *tree.ancestors(time)):
        if token.index in above:
            return False
        if token.deprel == "acl:relcl" and token.head not in {predicate}:
            return True
    return False


def _of_another_verb(passage: Passage, predicate: int, time: int) -> bool:
    """ "died in a flat that had gone unheated since the strikes": the time of the flat."""
    since = any(t.lemma.lower() == "since" for t in passage.tree.children(time, "case", "mark"))
    for token in passage.tree.ancestors(time):
        if token.index == predicate:
            return False
        if token.deprel in {"acl:relcl", "acl"} and token.upos in {"VERB", "AUX", "ADJ"}:
            named = passage.lemmas[token.head] in _INCIDENTS
            return not named or passage.lemmas[token.index] in _REPORTING
        if since and token.deprel == "advcl" and token.upos == "VERB":
            return True  # "lifted 34 bodies, bringing to 71 those found since October"
    return False


def statement_day(passage: Passage) -> When | None:
    """The day the sentence gives to what is said in it, if it gives one."""
    spans: Sequence[tuple[int, int]] = [
        a.said_on for a in passage.attributions if a.said_on is not None
    ]
    return next((t.when for t in passage.times if (t.start, t.end) in spans), None)
