"""Where and when: a claim's own words first, then what its sentence plainly refers to.

Place is carried along the thread of the report ("the city", or nothing said) and marked as
carried. A date is carried only by a definite description ("the strike", "the Wednesday bombing"),
from the sentence that states it (reading rule 20); otherwise it stays null.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.core.when import TimeHit, When, edtf_interval
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.language.tree import Token, Tree, matches
from harmledger.extract.passage import Passage
from harmledger.extract.places import smallest_area

_REPORTING = frozenset(
    {"emerge", "report", "say", "announce", "publish", "tell", "add", "confirm", "surface", "state",
     "write", "post", "appear", "rise", "lower", "raise", "put", "stand", "increase", "give",
     "revise", "climb", "reach", "drop", "count", "update", "speak", "grow", "estimate",
     "apologise", "apologize", "acknowledge", "declare"}
)  # fmt: skip
_OWN_PLACE = frozenset({"place:sentence", "place:speakers_town"})
_IN = frozenset({"in", "at", "near", "on", "outside", "around", "across", "inside", "within",
                 "throughout", "of", "over", "off", "through", "from"})  # fmt: skip
_FINE = ("town", "admin2", "water")
_DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:strikes?|air ?strikes?|attacks?|bombings?|shelling|bombardment|blasts?|explosions?|raid|"
    r"massacre|incident|assault|siege|hospital|school|clinic|market|convoy|building|camp|centre|center|"
    r"shooting|killings?|facility|compound|church|mosque|ward|tragedy|ambush)\b",
    re.I,
)
_OWN_COUNTRY = re.compile(r"\b(?:in|across|throughout) (?:his|her|their) country\b", re.I)
_MUNICIPAL = re.compile(r"\b(?:mayor|city council|town council|municipal\w*|city official)\b", re.I)
_DASH = re.compile(r"\s[-–—]\s|—")
_DATELINE = re.compile(r"[^a-z.!?]{3,90}?(?:--|—|–)|[A-Z][\w ,]{2,40}\([^)]{2,30}\)\s*(?:--|—|–|-)")
_DAYS = {"a": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SHIFT = re.compile(
    r"(?:just |only )?(?P<n>a|one|the|two|three|four|five|six) (?:previous |following )?days? "
    r"(?P<side>after|before|earlier|later)"
)
_FORWARD = re.compile(r"\banother (?:city|town|village|hospital|place|district|region)\b", re.I)


class Located(Value, frozen=True, kw_only=True):
    """Place and time of a draft, with the words that gave them."""

    place: Place | None
    occurred: When | None
    notes: tuple[Note, ...]
    anchored: bool
    """Both were said in the draft's own sentence."""


class Attack(Value, frozen=True, kw_only=True):
    """A dated attack the report tells: what a definite description may resume."""

    start: int
    end: int
    place: Place | None
    when: When
    site: str | None


class Thread(Value, frozen=True, kw_only=True):
    """What the report speaks of: the place in focus so far, and every attack it dates."""

    focus: Place | None = None
    focus_span: tuple[int, int] | None = None
    attacks: tuple[Attack, ...] = ()

    def near(self, start: int) -> tuple[Attack, ...]:
        """The attacks told shortly before and after a place in the text, in order."""
        at = bisect_left(self.attacks, start, key=lambda attack: attack.start)
        return self.attacks[max(0, at - 40) : at + 20]


def locate(passage: Passage, draft: Draft, thread: Thread) -> Located:
    """Settle place and time of one draft. Nothing here looks at the publication date."""
    place, place_note = _own_place(passage, draft)
    when, when_note = _own_time(passage, draft)
    if when is not None and when_note is not None:
        when = _counted_from(when, when_note.end, thread, passage)
    definite = _DEFINITE.search(passage.text) is not None
    anchored = place is not None and when is not None
    notes = [n for n in (place_note, when_note) if n is not None]
    forward = _FORWARD.search(passage.text) is not None
    if place is None and not forward:
        place, note = _carried_place(passage, draft, thread, definite)
        notes.extend([note] if note else [])
    if when is None and definite and not forward:
        when, note = _carried_time(passage, draft, place, thread)
        notes.extend([note] if note else [])
    return Located(place=place, occurred=when, notes=tuple(notes), anchored=anchored)


# ---- place -----------------------------------------------------------------------------------


def _own_place(passage: Passage, draft: Draft) -> tuple[Place | None, Note | None]:
    own_country = _speakers_country(passage)
    if own_country is not None:
        return own_country.place, Note(
            field="place", start=own_country.start, end=own_country.end, rule="place:own_country"
        )
    usable = [seen for seen in passage.places if not _is_title(passage, seen)]
    usable = [seen for seen in usable if _fit(passage, draft, seen) >= 0]
    if not usable:
        return _speakers_town(passage)
    ranked = sorted(usable, key=lambda seen: (-_fit(passage, draft, seen), seen.start))
    best = ranked[0]
    several = _listed_with(passage, best, usable)
    note = Note(field="place", start=best.start, end=best.end, rule="place:sentence")
    if len(several) > 1:
        note = Note(
            field="place", start=several[0].start, end=several[-1].end, rule="place:several"
        )
        return smallest_area([seen.place for seen in several]), note
    return best.place, note


def _speakers_country(passage: Passage) -> SeenPlace | None:
    """ "in his country": the country in the speaker's own description."""
    if _OWN_COUNTRY.search(passage.text) is None:
        return None
    countries = [seen for seen in passage.places if seen.place.kind == "country"]
    titled = [seen for seen in countries if _is_title(passage, seen)]
    found = titled or countries
    return found[0] if found else None


def _speakers_town(passage: Passage) -> tuple[Place | None, Note | None]:
    """A mayor or council of X, with no other place said, speaks of X."""
    if _MUNICIPAL.search(passage.text) is None:
        return None, None
    for seen in passage.places:
        if seen.place.kind in {"town", "admin2"} and _is_title(passage, seen):
            return seen.place, Note(
                field="place", start=seen.start, end=seen.end, rule="place:speakers_town"
            )
    return None, None


def _name_head(tree: Tree, seen: SeenPlace) -> Token | None:
    """The word a place name hangs by: one with a preposition if any, else the last that leads out.

    Parsers often hang both words of "Gaza City" on the noun before.
    """
    inside = tree.within(seen.start, seen.end)
    indexes = {token.index for token in inside}
    leading = [token for token in inside if token.head not in indexes]
    with_case = [token for token in leading if tree.child(token.index, "case") is not None]
    chosen = with_case or leading
    return chosen[-1] if chosen else None


def _is_title(passage: Passage, seen: SeenPlace) -> bool:
    """ "mayor of Kherson", "Kyiv said": a place that only says whose word it is."""
    inside = any(
        a.source is not None and a.source[0] <= seen.start and seen.end <= a.source[1]
        for a in passage.attributions
    )
    token = passage.tree.at(seen.start)
    return inside or (token is not None and token.entity == "PER" and token.deprel == "flat")


def _fit(passage: Passage, draft: Draft, seen: SeenPlace) -> float:
    """How likely a place in the sentence is the place of this harm."""
    tree = passage.tree
    token = _name_head(tree, seen)
    if token is None:
        return 0.0
    broad = seen.place.kind in {"water", "country", "continent", "macro_region"}
    if broad and matches(token.deprel, ("compound",)):
        return -1.0
    if seen.place.kind == "country" and token.deprel in {"nsubj", "obj"}:
        return -1.0  # a country that acts or is accused is no setting
    score = {"town": 2.0, "admin2": 1.6, "admin1": 1.2, "area": 1.0, "water": 0.8}.get(
        seen.place.kind or "", 0.4
    )
    cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
    if cases & _IN:
        score += 1.0
    if tree.governs(draft.predicate, token.index):
        score += 1.5
    if draft.start <= seen.start and seen.end <= draft.end:
        score += 0.8
    if token.entity == "ORG" or matches(token.deprel, ("nsubj",)):
        score -= 1.2
    if "from" in cases or "to" in cases:
        score -= 0.8
    if any(other.lemma in {"say", "tell", "report"} for other in tree.ancestors(token.index)) and (
        tree.tokens[token.head].lemma in {"say", "tell", "report"} if token.head >= 0 else False
    ):
        score -= 2.0
    if tree.children(token.index, "case") == () and matches(token.deprel, ("compound",)):
        score -= 0.3
    return score


def _listed_with(passage: Passage, best: SeenPlace, usable: Sequence[SeenPlace]) -> list[SeenPlace]:
    """Places coordinated with the best one ("in Bucha, Irpin and Hostomel")."""
    tree = passage.tree
    head = _name_head(tree, best)
    if head is None or best.place.kind not in {"town", "admin1", "admin2"}:
        return [best]
    joined = {t.index for t in tree.conjuncts(head.index)}
    if len(joined) < 2:
        return [best]
    found = []
    for seen in usable:
        token = _name_head(tree, seen)
        if token is not None and token.index in joined and seen.place.kind == best.place.kind:
            found.append(seen)
    return sorted(found, key=lambda seen: seen.start) or [best]


def _carried_place(
    passage: Passage, draft: Draft, thread: Thread, definite: bool
) -> tuple[Place | None, Note | None]:
    attack = _resumed(passage, draft, None, thread) if definite else None
    if attack is not None and attack.place is not None:
        return attack.place, Note(
            field="place", start=attack.start, end=attack.end, rule="place:definite_description"
        )
    if thread.focus is not None and thread.focus_span is not None:
        start, end = thread.focus_span
        return thread.focus, Note(field="place", start=start, end=end, rule="place:carried")
    return None, None


def _resumed(passage: Passage, draft: Draft, place: Place | None, thread: Thread) -> Attack | None:
    """The dated attack a definite description resumes: the last one told before it that does not
    contradict place or site, else the first one told after."""
    site = draft.site.kind if draft.site is not None else None
    fitting = [
        attack
        for attack in thread.near(passage.start)
        if not (attack.start >= passage.start and attack.end <= passage.end)
        and (place is None or attack.place is None or _same(place, attack.place))
        and (site is None or attack.site is None or site == attack.site)
    ]
    before = [attack for attack in fitting if attack.start < passage.start]
    return before[-1] if before else (fitting[0] if fitting else None)


def _same(a: Place, b: Place) -> bool:
    return a.gazetteer_id == b.gazetteer_id


# ---- time ------------------------------------------------------------------------------------


def _own_time(passage: Passage, draft: Draft) -> tuple[When | None, Note | None]:
    """The time expression of the harm's clause; never the one that dates the statement."""
    dates_statement = {a.said_on for a in passage.attributions if a.said_on is not None}
    predicate = passage.tokens[draft.predicate].start
    usable = [
        t
        for t in passage.times
        if (t.start, t.end) not in dates_statement
        and not (t.when.rule == "relative_to_event" and t.end < predicate)
        and _in_clause(passage, draft.predicate, t.start, t.end)
        and not _before_the_other(passage, predicate, t)
        and not _in_dateline(passage, t.end)
        and not _dates_report(passage, draft.predicate, t.start, t.end)
    ]
    if not usable:
        return None, None
    tree = passage.tree

    def fit(number: int) -> tuple[float, int]:
        hit = usable[number]
        token = tree.top(hit.start, hit.end)
        governed = token is not None and tree.governs(draft.predicate, token.index)
        inside = draft.start <= hit.start and hit.end <= draft.end
        known = hit.when.edtf is not None
        return (2.0 * governed + 1.0 * inside + 0.5 * known, -abs(hit.start - draft.start))

    best = usable[max(range(len(usable)), key=fit)]
    return best.when, Note(
        field="occurred", start=best.start, end=best.end, rule=best.when.rule or "time"
    )


def _before_the_other(passage: Passage, predicate: int, hit: TimeHit) -> bool:
    """ "on Saturday, a day after gunmen shot …": Saturday is not the shooting's day."""
    return any(
        other.when.rule == "relative_to_event" and hit.start < other.start and other.end < predicate
        and other.when.as_written.lower().endswith(("after", "before"))
        for other in passage.times
    )  # fmt: skip


def _in_dateline(passage: Passage, end: int) -> bool:
    """ "SAN SALVADOR, 3 JAN 90 --": the day of the report (rule 21)."""
    match = _DATELINE.match(passage.text)
    return match is not None and end <= passage.start + match.end()


def _dates_report(passage: Passage, predicate: int, start: int, end: int) -> bool:
    """ "reports that emerged on Monday": the day of the report, not of the harm (rule 21)."""
    tree = passage.tree
    time = tree.top(start, end)
    above = tree.head(time.index) if time is not None else None
    return (
        above is not None and above.index != predicate and passage.lemmas[above.index] in _REPORTING
    )


def _in_clause(passage: Passage, predicate: int, start: int, end: int) -> bool:
    """Whether a time reaches a harm word: not out of an apposition or a relative clause."""
    tree = passage.tree
    time = tree.top(start, end)
    if time is None or tree.governs(predicate, time.index):
        return True
    at = passage.tokens[predicate].start
    between = passage.text[min(at, end) - passage.start : max(at, start) - passage.start]
    if len(_DASH.findall(between)) % 2:
        return False  # the harm stands in an aside between dashes, the time outside it
    over = {t.index for t in tree.ancestors(time.index)}
    holder = tree.head(time.index)
    if holder is not None and holder.upos == "NOUN" and tree.governs(holder.index, predicate):
        return True  # "the Wednesday bombing … which wounded 18"
    at = predicate
    while at not in over:
        token = tree.tokens[at]
        if token.head < 0:
            return True
        aside = matches(token.deprel, ("appos", "parataxis")) or token.deprel == "acl:relcl"
        if aside and token.head not in over:
            return False
        at = token.head
    return True


def _carried_time(
    passage: Passage, draft: Draft, place: Place | None, thread: Thread
) -> tuple[When | None, Note | None]:
    """The date of the attack the definite description resumes, if places and sites agree."""
    attack = _resumed(passage, draft, place, thread)
    if attack is None:
        return None, None
    when = msgspec.structs.replace(attack.when, anchor=f"text:{attack.when.as_written}")
    return when, Note(
        field="occurred", start=attack.start, end=attack.end, rule="time:definite_description"
    )


def _counted_from(when: When, at: int, thread: Thread, passage: Passage) -> When:
    """ "a day after the strike": anchored to the strike's date where the report states it (§4).

    ``at`` is where the expression ends. "the day before" with nothing behind it counts from the
    day of the statement, if the sentence gives one.
    """
    match = _SHIFT.fullmatch(when.as_written.lower())
    if when.rule != "relative_to_event" or match is None:
        return when
    anchor = _statement_day(passage) if match["n"] == "the" else None
    anchor = anchor or _event_day(passage, at, thread)
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return when
    days = _DAYS.get(match["n"], 1)
    shift = timedelta(days=-days if match["side"] in {"before", "earlier"} else days)
    earliest = (date.fromisoformat(anchor.earliest) + shift).isoformat()
    latest = (date.fromisoformat(anchor.latest) + shift).isoformat()
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(earliest, latest),
        earliest=earliest,
        latest=latest,
        precision=anchor.precision,
        anchor=f"text:{anchor.as_written}",
    )


def _statement_day(passage: Passage) -> When | None:
    spans = {a.said_on for a in passage.attributions if a.said_on is not None}
    return next((t.when for t in passage.times if (t.start, t.end) in spans), None)


def _event_day(passage: Passage, at: int, thread: Thread) -> When | None:
    """The date of the event told behind the expression, by the site it names if it names one."""
    sites = {s.kind for s in passage.sites if s.start >= at} - {"populated_area"}
    near = thread.near(passage.start)
    outside = [a for a in near if a.end <= passage.start or a.start >= passage.end]
    fitting = [a for a in outside if a.site in sites] if sites else outside
    before = [a for a in fitting if a.start < passage.start]
    chosen = before[-1] if before else (fitting[0] if fitting else None)
    return chosen.when if chosen is not None else None


# ---- the thread ------------------------------------------------------------------------------


def follow(thread: Thread, passage: Passage, drafts: Sequence[tuple[Draft, Located]]) -> Thread:
    """The thread after a passage: its focus moves with the places the report sets things in.

    A capital that acts ("Moscow said") is no setting; a place behind "in", "at" or "near" is, and
    so is the own place of a claim.
    """
    own = [
        (at.place, (note.start, note.end))
        for _, at in drafts
        for note in at.notes
        if note.field == "place" and note.rule in _OWN_PLACE and at.place is not None
        and at.place.kind in {*_FINE, "admin1", "area"}
    ]  # fmt: skip
    if own:
        place, span = own[-1]
        return msgspec.structs.replace(thread, focus=place, focus_span=span)
    settings = [
        seen for seen in passage.places
        if seen.place.kind in _FINE and not _is_title(passage, seen) and _is_setting(passage, seen)
    ]  # fmt: skip
    if not settings:
        return thread
    last = settings[-1]
    return msgspec.structs.replace(thread, focus=last.place, focus_span=(last.start, last.end))


def _is_setting(passage: Passage, seen: SeenPlace) -> bool:
    token = _name_head(passage.tree, seen)
    if token is None:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    if cases & _IN:
        return True
    dateline = token.index == 0 or passage.kind == "heading"
    undergoes = token.deprel in {"nsubj:pass", "obj", "appos", "obl"}
    return (
        dateline
        or undergoes
        or (
            token.deprel == "nsubj"
            and token.upos == "PROPN"
            and not (
                passage.tree.head(token.index) is not None
                and passage.lemmas[token.head]
                in {"say", "deny", "reject", "look", "want", "claim", "tell"}
            )
        )
    )


def find_attacks(drafts: Sequence[tuple[Draft, Located]]) -> tuple[Attack, ...]:
    """The dated attacks among the drafts of one passage, dated by their own sentence."""
    return tuple(
        Attack(
            start=draft.start, end=draft.end, place=at.place, when=at.occurred,
            site=draft.site.kind if draft.site is not None else None,
        )
        for draft, at in drafts
        if at.occurred is not None and at.occurred.edtf is not None
        and (at.occurred.precision or 9) <= 2
        and (draft.kind == "object" or draft.harm in {"killed", "injured", "killed_or_injured"})
        and not any(n.rule == "time:definite_description" for n in at.notes)
        and at.occurred.rule != "relative_to_event"
    )  # fmt: skip
