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
from harmledger.extract.claims.locate.other_deeds import (
    COUNTING,
    REPORTING,
    SPANS,
    dates_another_deed,
    is_span,
)
from harmledger.extract.claims.locate.several_times import (
    before_the_other,
    behind_a_break,
    explains_the_other,
    find_turn,
    follows_its_noun,
    goes_on_from_a_day,
    hangs_on_its_noun,
    is_left_behind,
    is_right_behind,
    is_to_come,
    is_told_first,
)
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import LATELY, Passage
from harmledger.extract.times import find_times

_RANKED = re.compile(
    r"\b(?:(?:first|second|third|\w+th|\d{1,2}(?:st|nd|rd|th)) time(?: running)?"
    r"|(?:worst|(?:blood|dead|heav)iest|biggest|largest|highest|lowest|longest|most (?!of\b)\w+)"
    r"\b[^.;:()]{0,70})"
    r"(?: (?:in|of|over|during))?\s*$",
    re.I,
)
_NTH = (
    r"(?:the|its|their) (?:second|third|fourth|fifth|sixth|seventh|\w+th)"
    r"(?! (?:day|night|week|month|year)\b)(?: [\w'’-]+){1,7}?(?: (?:in|of|over|during))?\s*$"
)
_NTH_APPOSED = re.compile(rf", {_NTH}", re.I)
""" "The attack on Tuesday, the third on the town since June, killed two"."""
_NTH_OF_SOME = re.compile(rf"\b(?:was|is|being) {_NTH}", re.I)
""" "Two died in what was the third attack since June"; what follows may tell of the others."""
_NEXT_TO = 3
_WHEN = re.compile(r",? when\b")
_STRETCH = re.compile(r"since|this_|past_|recent_")
"""Rules of the stretches of time over which a thing is the worst or the third."""
_OF_A_PERIOD = 2
"""UCDP date precision from which a time is a stretch of days."""
_DASH = re.compile(r"\s[-–—]\s|—|--")
_COMPARED = re.compile(
    r"\b(?:as|than|from \d[\d,]*|(?:up|down) from [\w,.-]+(?: \w+)?"
    r"|(?:compared (?:with|to)|against)(?: \d[\d,]*(?: \w+)?)?)"
    r"\s+(?:(?:in|on|at|over|during|for|the|whole|same|of)\s+)*$",
    re.I,
)
_INCIDENTS = frozenset(
    {"attack", "bombing", "strike", "raid", "shooting", "ambush", "assault", "explosion", "blast",
     "shelling", "airstrike", "massacre", "operation", "clash", "bomb", "incident", "sweep",
     "offensive", "rampage", "crackdown", "battle", "barrage", "salvo", "bombardment", "incursion",
     "riot", "fighting", "firefight", "drive", "purge", "pogrom", "killing"}
)  # fmt: skip
"""Nouns whose own clause dates the harm too: "wounded in an attack staged on Monday"."""
_WOUNDS = frozenset({"wound", "injury", "burn"})
_DIES = frozenset({"die", "succumb"})
_TOTAL = re.compile(
    r"\b(?:bringing|taking|pushing|raising)\b[^.;]{0,40}\b(?:number|toll|total|to)\b"
)
_BY_THE_CLOCK = re.compile(r"\b(?:hours?|minutes?|moments?) (?:after|later|before|earlier)$", re.I)
_KEPT_FROM = frozenset({"service_denied", "access_denied", "trapped"})
"""Harms that go on from the day they begin."""
_LASTING = frozenset({"detained", "trapped", "missing", "displaced", "service_denied"})


@lru_cache(LATELY)
def find_own_time(passage: Passage, draft: Draft) -> tuple[When | None, Note | None]:
    """The time expression of the harm's clause; never the one that dates the statement."""
    label = _labelled(passage)
    usable = find_usable(passage, draft)
    if label is not None:
        return label.when, _note(label)
    turn = find_own_turn(passage, draft)
    if turn is not None:
        return turn.when, _note(turn)
    if not usable:
        return None, None
    best = max(usable, key=lambda hit: fit_of_time(passage, draft, hit))
    return day_of_state(passage, draft, best), _note(best)


def find_usable(passage: Passage, draft: Draft) -> list[TimeHit]:
    """The times that may be the harm's. Of "on Saturday, hours after he had refused" Saturday:
    hours after a thing are of the day the sentence gives."""
    usable = [t for t in passage.times if may_date(passage, draft, t)]
    days = [t for t in usable if t.when.edtf is not None and (t.when.precision or 9) <= 1]
    if not days:
        return usable
    return [t for t in usable if _BY_THE_CLOCK.search(t.when.as_written) is None or t in days]


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
    predicate = passage.tokens[draft.predicate].start
    dates_statement = {
        a.said_on
        for a in passage.attributions
        if a.said_on is not None
        and not _is_said_now(passage, a.cue)
        and not hit.end <= predicate < a.cue[0]  # "On Friday they dug up three and counted nine"
        and not (hit.when.rule == "relative_to_event" and is_span(hit) and _counts(passage, a.cue))
    }
    return (
        ((hit.start, hit.end) not in dates_statement or hit.when.rule in SPANS)
        and hit.when.rule != "no_day"
        and not is_compared(passage, draft, hit)
        and not behind_a_break(passage, draft.predicate, hit)
        and not (
            is_told_first(passage, hit)
            and hit.end < predicate
            and not follows_its_noun(passage, hit, draft.predicate)
        )
        and not explains_the_other(passage, predicate, hit)
        and not is_left_behind(passage, draft.predicate, hit)
        and not is_to_come(passage, draft.predicate, hit)
        and not before_the_other(passage, draft.predicate, hit)
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


def _counts(passage: Passage, cue: tuple[int, int]) -> bool:
    """ "The previous weekend it had counted nine": of that weekend."""
    return any(passage.lemmas[t.index] in COUNTING for t in passage.tree.within(*cue))


def is_compared(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "twice as many as a week earlier", "up from 39 the day before": the time of another."""
    if _is_of_the_rise(passage, draft, hit):
        return True
    if _is_of_bracket(passage, hit):
        return not hit.end <= draft.start <= hit.end + _NEXT_TO
    of_it = _is_of_comparison(passage, draft, hit)
    if of_it is not None:
        return not of_it
    others = (t for t in passage.times if t is not hit)
    if any(_is_of_comparison(passage, draft, other) for other in others):
        return (
            True  # "40 since March, against 16 in the whole of February": these 16 are February's
        )
    return is_ranked(passage, draft, hit)


def _is_of_comparison(passage: Passage, draft: Draft, hit: TimeHit) -> bool | None:
    """Whether a time that follows "against 16 in" is that of the draft's own figure; None where
    it follows no such words."""
    match = _COMPARED.search(passage.text[: hit.start - passage.start])
    if match is None:
        return None
    return match.start() <= draft.start - passage.start < match.end()


def _is_of_the_rise(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "Two were killed on Wednesday, bringing to 14 the dead since Sunday": the 14 are of all the
    days since."""
    match = _TOTAL.search(passage.text)
    if match is None:
        return False
    at = passage.start + match.start()
    if not hit.end <= at < draft.start:
        return False
    return any(t.start > at and (t.when.precision or 1) >= _OF_A_PERIOD for t in passage.times)


def _is_of_bracket(passage: Passage, hit: TimeHit) -> bool:
    """ "142 killed (March: 118)": the month is that of the figure behind it alone."""
    start, end = hit.start - passage.start, hit.end - passage.start
    return passage.text[max(0, start - 1) : start] == "(" and passage.text[end : end + 1] == ":"


def is_ranked(passage: Passage, draft: Draft, hit: TimeHit) -> bool:
    """ "struck for the fourth time since June", "the worst raid this year": how rare it is, and not
    when it was. "The third raid this month" is not meant: what follows may tell of the others."""
    if _STRETCH.match(hit.when.rule or "") is None:
        return False
    if _WHEN.match(passage.text, hit.end - passage.start) is not None:
        return False  # "the worst day since May, when 44 were shot": these were shot in May
    before = passage.text[: hit.start - passage.start]
    if draft.start < hit.start and _NTH_OF_SOME.search(before) is not None:
        return True
    return _RANKED.search(before) is not None or _NTH_APPOSED.search(before) is not None


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
    if hit.when.rule == "as_of" and any(t.when.rule == "since" for t in passage.times):
        score -= 2.0  # "as of 14 May 40 had been killed since October": since October
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
    at = passage.tokens[draft.predicate].start
    if when.rule != "since" or when.earliest is None:
        return when
    if hit.start < at < hit.end and draft.harm not in _KEPT_FROM:
        return _time_behind_since(when)  # "since the plant was hit on Sunday"
    aside = _WHEN.match(passage.text, hit.end - passage.start)
    return when if aside is None or at < hit.end else _time_behind_since(when)


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


def in_clause(passage: Passage, predicate: int, start: int, end: int) -> bool:
    """Whether a time reaches a harm word: not out of an apposition or a relative clause."""
    tree = passage.tree
    time = tree.top(start, end)
    if time is None or start <= tree.tokens[predicate].start < end:
        return True  # "since he disappeared on 3 May" holds the harm itself
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
    """ "It happened on 11 October in Mambasa, where fighters killed 22", "an ambush in May in which
    eight were shot": the same night."""
    words = sorted(t.index for t in passage.tree.subtree(verb) if t.upos != "PUNCT")[:2]
    said = [passage.lowered[at] for at in words]
    if said == ["in", "which"]:
        return passage.lemmas[passage.tree.tokens[verb].head] in _INCIDENTS
    return said[:1] == ["where"]


def opens(passage: Passage, start: int) -> bool:
    """ "In the night to Sunday men entered …": it sets the whole sentence, unless that tells what
    was done about a harm later."""
    root = passage.tree.root
    first = next((t for t in passage.tokens if t.start >= start), None)
    if root is None or first is None or first.index > 3:
        return False
    said = passage.tree.child(root.index, "ccomp")
    main = said if said is not None and said.index < root.index else root  # "…, elders said"
    return passage.lemmas[main.index] not in REPORTING | AFTERWARDS


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
            if passage.lemmas[token.head] in _WOUNDS and passage.lemmas[predicate] in _DIES:
                return False  # "died of wounds received the day before", and no word of when
            named = passage.lemmas[token.head] in _INCIDENTS
            return not named or passage.lemmas[token.index] in REPORTING
        if since and token.deprel == "advcl" and token.upos == "VERB":
            return True  # "lifted 34 bodies, bringing to 71 those found since October"
    return False


def statement_day(passage: Passage) -> When | None:
    """The day the sentence gives to what is said in it, if it gives one."""
    spans: Sequence[tuple[int, int]] = [
        a.said_on for a in passage.attributions if a.said_on is not None
    ]
    return next((t.when for t in passage.times if (t.start, t.end) in spans), None)
