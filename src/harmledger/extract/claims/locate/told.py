"""The incidents a sentence tells: what later sentences may go on about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from harmledger.core.claim import Site
from harmledger.core.document import SeenPlace
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.able import is_force
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.aftermath import is_aftermath
from harmledger.extract.claims.locate.areas import agree
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.mentions import Named, find_named
from harmledger.extract.claims.locate.values import Located, Told
from harmledger.extract.claims.means import choose_means, find_means
from harmledger.extract.claims.setting import find_setting
from harmledger.extract.claims.sites import describe_site
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage
from harmledger.lexicon.incident_words import ANY
from harmledger.lexicon.settings import load_actors, load_means

_NAMED = frozenset({"place:sentence", "place:label", "place:several", "place:definite_place"})
_CHAINED = frozenset({"site:goes_on", "site:one_more", "site:its_people", "site:pronoun"})
"""Rules that stay within a paragraph, so that the site may be handed on in it."""
_TELLING = frozenset(
    {"say", "tell", "report", "interview", "visit", "speak", "meet", "arrive", "record", "document",
     "announce", "publish", "write", "play", "win", "lose", "post", "file", "compile", "translate",
     "edit", "issue", "date", "send"}
)  # fmt: skip
_MADE = frozenset({"post", "file", "compile", "translate", "edit", "write", "publish"})
_MEN = frozenset({"man", "member", "unit", "column", "group"})
_COMES = frozenset(
    {"drone", "missile", "warplane", "plane", "jet", "helicopter", "bomb", "shell", "rocket",
     "mortar", "grenade", "gunman", "bomber", "attacker"}
)  # fmt: skip
_PAST = frozenset({"VBD", "VBN"})
_RANK = {"town": 0, "admin2": 1, "admin1": 2, "area": 3, "country": 4}
_PERSONS = frozenset({"killed", "injured", "killed_or_injured"})
_NIGHT = 2
_UP_TO_NOW = frozenset({"since", "since_event", "lasting", "nth_day", "for_number", "for_days"})
_STATES = frozenset({"displaced", "trapped", "service_denied", "missing"})
_UNREAL = re.compile(
    r"\b(?:would|could|should|if|unless|plans? to|threaten\w*|fear\w*|will)\b", re.I
)


_COMPARED = re.compile(
    r"(?:\b(?:(?:down|up) from|against|compared (?:with|to)|than)\s+(?:the\s+)?|\(\w+:\s*)$", re.I
)


def find_told(passage: Passage, located: Sequence[tuple[Draft, Located]]) -> tuple[Told, ...]:
    """The incidents of one passage, in order, each once."""
    named = find_named(passage)
    families = frozenset(f for one in named for f in one.families)
    particular = frozenset(families - {ANY}) or families
    found: list[Told] = []
    for draft, at in located:
        told = _of_draft(passage, draft, at, particular)
        if told is not None and not any(_same(told, other) for other in found):
            found.append(told)
    return tuple(sorted(found, key=lambda told: told.start))


def draft_incident(passage: Passage) -> Draft | None:
    """A stand-in draft for a sentence that names an incident and counts no harm: "A bomb exploded
    in a market on Monday". None for wishes, plans and conditions."""
    if _UNREAL.search(passage.text) is not None:
        return None
    named = find_named(passage)
    root = passage.tree.root
    telling = root is not None and passage.lemmas[root.index] in _TELLING
    if not named and _says_how_it_was_made(passage):
        return None
    scene = bool(passage.times) and bool(passage.places) and not telling
    deed = _dated_deed(passage) if not named else None
    if not (named or scene or deed is not None) or not passage.tokens:
        return None
    if deed is None:
        deed = _told_by(passage, _main(passage, named)) if named else _dated_verb(passage)
    predicate = deed
    token = passage.tokens[predicate]
    return Draft(
        harm="killed",
        predicate=predicate,
        start=token.start,
        end=token.end,
        quantity=Quantity(unit="attacks"),
        score=0.0,
    )


def _says_how_it_was_made(passage: Passage) -> bool:
    """ "A reporter's thread, posted from the West Bank on Thursday": nothing but participles."""
    verbs = [t for t in passage.tokens if t.upos == "VERB"]
    finite = any(t.xpos in {"VBD", "VBZ", "VBP", "MD"} for t in passage.tokens)
    return not finite and any(passage.lemmas[t.index] in _MADE for t in verbs)


def _dated_verb(passage: Passage) -> int:
    """The verb that a day of the sentence hangs on ("I am appalled by reports that … fell on
    Monday"), else its main word."""
    root = passage.tree.root
    verb = next(_verbs_of_days(passage), None)
    return verb.index if verb is not None else root.index if root is not None else 0


def _dated_deed(passage: Passage) -> int | None:
    """ "Fighters rode in shortly before 5 p.m. on Thursday and fired into the crowd": what armed
    people did on a day, whatever the verb. What somebody said that day is none."""
    for verb in _verbs_of_days(passage):
        armed = any(_is_armed(passage, s) for s in find_subjects(passage.tree, verb.index))
        if armed and verb.xpos in _PAST:
            return verb.index
    return None


def _verbs_of_days(passage: Passage) -> Iterator[Token]:
    """The verbs that days of the sentence hang on, but those of telling."""
    first = dateline_end(passage)
    for hit in passage.times:
        time = passage.tree.top(hit.start, hit.end)
        if hit.end <= first or time is None or (hit.when.precision or 9) > _NIGHT:
            continue
        verb = next((t for t in passage.tree.ancestors(time.index) if t.upos == "VERB"), None)
        if verb is not None and passage.lemmas[verb.index] not in _TELLING:
            yield verb


def _is_armed(passage: Passage, head: int) -> bool:
    """ "fighters", "the Harrow Front", "men of the so-called Twa Wout coalition"."""
    actors = load_actors()
    members = passage.tree.children(head, "nmod") if passage.lemmas[head] in _MEN else ()
    return any(is_force(passage, at, actors) for at in (head, *(t.index for t in members)))


def _main(passage: Passage, named: Sequence[Named]) -> Named:
    """The verb that tells it, the main one first; else the first noun."""

    def rank(one: Named) -> tuple[bool, int, int]:
        depth = sum(1 for _ in passage.tree.ancestors(one.last))
        return (not one.verb, depth, one.first)

    return min(named, key=rank)


def _told_by(passage: Passage, main: Named) -> int:
    """ "On 9 May a drone appeared over the camp": the verb that says when the weapon came, else
    the word itself."""
    token = passage.tokens[main.last]
    if passage.lemmas[main.last] not in _COMES or token.deprel != "nsubj":
        return main.last
    dated = {verb.index for verb in _verbs_of_days(passage)}
    return token.head if token.head is not None and token.head in dated else main.last


def _of_draft(passage: Passage, draft: Draft, at: Located, families: frozenset[str]) -> Told | None:
    if draft.harm in _STATES:
        return None
    if any(n.rule == "place:dateline" for n in at.notes) and at.occurred is None:
        at = msgspec.structs.replace(at, place=None)
    if at.occurred is not None and at.occurred.rule in {"by", "by_day"}:
        return None  # how things stood on a day
    if draft.score == 0 and at.occurred is not None and at.occurred.rule in _UP_TO_NOW:
        at = msgspec.structs.replace(at, occurred=None)  # how long a state has lasted
    if _says_own_day(at) and is_aftermath(passage, draft):
        at = msgspec.structs.replace(at, occurred=None)
    if _COMPARED.search(passage.text[: draft.start - passage.start]) is not None:
        return None  # "down from 51 deaths in February", "(March: 118)": told for comparison alone
    site, span = _site(passage, draft, at)
    weapons = load_means()
    means = choose_means(passage, find_means(passage, weapons), draft.predicate, weapons)
    means = means or at.means
    when = at.occurred if at.occurred is not None and at.occurred.edtf is not None else None
    if when is None and at.place is None and site is None:
        return None
    return Told(
        start=draft.start,
        end=draft.end,
        sentence=passage.index,
        block=passage.block,
        place=at.place,
        place_span=_span(at.notes, "place") if at.place is not None else None,
        when=when,
        when_span=_span(at.notes, "occurred") if when is not None else None,
        site=site,
        site_span=span,
        means=means,
        means_span=(draft.start, draft.end) if means is not None else None,
        families=families,
        named=any(n.field == "place" and n.rule in _NAMED for n in at.notes),
        harms=draft.harm in _PERSONS and draft.score > 0,
    )


def _says_own_day(at: Located) -> bool:
    """Whether the sentence itself says when."""
    note = next((n for n in at.notes if n.field == "occurred"), None)
    return note is not None and not note.rule.startswith("time:")


def _site(
    passage: Passage, draft: Draft, at: Located
) -> tuple[Site | None, tuple[int, int] | None]:
    if draft.site is not None:
        return draft.site, (draft.start, draft.end)
    mention = find_setting(passage, draft)
    if mention is not None:
        return describe_site(passage, mention), (mention.start, mention.end)
    chained = any(n.field == "site" and n.rule in _CHAINED for n in at.notes)
    return (at.site, _span(at.notes, "site")) if chained else (None, None)


def _span(notes: Sequence[Note], field: str) -> tuple[int, int] | None:
    return next(((n.start, n.end) for n in notes if n.field == field), None)


def _same(one: Told, other: Told) -> bool:
    return (one.place, one.when, one.site, one.harms) == (
        other.place,
        other.when,
        other.site,
        other.harms,
    )


def find_home(told: Sequence[Told], seen: Sequence[SeenPlace]) -> SeenPlace | None:
    """The one place a report is about, where it first stands: the only one it names, or the one
    where its incidents are set, all others near it. None where it tells of several places.
    """
    fine = [s for s in seen if s.place.kind in _RANK and s.place.kind != "country"]
    named = [
        SeenPlace(start=t.place_span[0], end=t.place_span[1], place=t.place)
        for t in told
        if t.named and t.place is not None and t.place_span is not None and not t.place.members
    ]
    if not fine:
        return None
    alone = all(agree(s.place, other.place) for s in fine for other in fine[:1])
    placed = fine if alone else named
    if not placed or (not alone and len(named) < 2 and not _mostly(named, fine)):
        return None
    often = Counter(s.place.gazetteer_id or s.place.as_written for s in placed)

    def rank(one: SeenPlace) -> tuple[int, int, int]:
        times = often[one.place.gazetteer_id or one.place.as_written]
        return -times, _RANK.get(one.place.kind or "", 5), one.start

    home = min(placed, key=rank)
    apart = [s for s in placed if not agree(s.place, home.place)]
    return home if len(apart) <= len(placed) // 6 else None


def _mostly(named: Sequence[SeenPlace], fine: Sequence[SeenPlace]) -> bool:
    """Whether half of the places a report names are where its one placed incident is set."""
    near = [s for s in fine if named and agree(s.place, named[0].place)]
    return 2 * len(near) >= len(fine)
