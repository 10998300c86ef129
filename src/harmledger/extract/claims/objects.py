"""Drafts of objects struck, and of people struck with no outcome told (reading rules 8, 14a)."""

from __future__ import annotations

import re

from harmledger.core.base import Value
from harmledger.core.claim import Stance
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrase, count_phrases
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.harmed import People, draft_counted
from harmledger.extract.claims.named_otherwise import says_who_all_are
from harmledger.extract.claims.no_one import counts_none
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.sites import (
    condition_of,
    describe_site,
    site_of_head,
    unit_of,
)
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.objects import counted_object
from harmledger.extract.harms.people import are_these
from harmledger.extract.harms.weapons import centre_of
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import SiteLexicon

_OUTCOMELESS = frozenset({"hit", "strike", "shoot"})
_AIMING = frozenset({"target", "aim", "attack", "touch", "ambush"})
"""What somebody does on purpose: of no object it is a denial, and counts none."""
_FORCES = frozenset(
    {"patrol", "tank", "warship", "missile launcher", "armoured vehicle", "armored vehicle"}
)
_FIRE = frozenset(
    {"shelling", "shell", "missile", "rocket", "drone", "artillery", "mortar", "bomb", "airstrike",
     "bombardment", "strike", "bombs", "rockets", "missiles", "uav", "quadcopter"}
)  # fmt: skip
_ARMOUR = frozenset(
    {"tank", "armour", "armor", "armoured", "armored", "warship", "howitzer", "apc"}
)
_OF_FORCES = frozenset(
    {"rebel", "army", "military", "navy", "guerrilla", "militia", "insurgent", "enemy", "marine",
     "troop"}
)  # fmt: skip
_AREA = frozenset(
    {"shell", "bomb", "bombard", "pound", "rocket", "mortar", "shelling", "bombing", "bombardment",
     "airstrike", "strike", "attack", "burn", "raze", "flatten", "destroy", "loot", "torch",
     "devastate", "fire", "rain", "strafe", "open", "burning", "torching", "razing", "looting",
     "destruction", "pounding", "bombarding", "hammer", "plaster"}
)  # fmt: skip


class Objects(Value, frozen=True, kw_only=True):
    """What drafting struck objects needs to know."""

    sites: SiteLexicon
    people: People


def draft_objects(
    passage: Passage, mention: Mention, sites: tuple[SiteMention, ...], know: Objects
) -> tuple[Draft, ...]:
    """One draft for each different object the harm word names (rule 8)."""
    drafts: list[Draft] = []
    heads = with_conjuncts(passage.tree, mention.harmed)
    stops = [token.index for token in passage.tokens if token.text == ";"]
    people = tuple(
        h for h in heads
        if _is_people(passage, h, sites, know)
        and not any(min(h, mention.first) < stop < max(h, mention.first) for stop in stops)
    )  # fmt: skip
    if len(people) > 1:  # "a gardener and two of her labourers were hit"
        struck = _struck_people(passage, mention, people, know)
        drafts, heads = [struck] if struck is not None else [], tuple({*heads} - {*people})
    for head in sorted(heads):
        if _speaks(passage, head):
            continue
        draft = _draft_object(passage, mention, head, sites, know)
        if draft is not None and not _twin(drafts, draft) and not _joins_place(drafts, draft):
            drafts.append(draft)
    return tuple(drafts)


def _twin(drafts: list[Draft], draft: Draft) -> bool:
    return any(d.site == draft.site and d.quantity.low == draft.quantity.low for d in drafts)


def _speaks(passage: Passage, head: int) -> bool:
    """ "The shelling of the Kyivskyi district, the office said": who speaks was not struck."""
    start = passage.tokens[head].start
    if passage.tokens[head].deprel != "appos":
        return False
    return any(a.source is not None and a.source[0] <= start < a.source[1]
               for a in passage.attributions)  # fmt: skip


def _joins_place(drafts: list[Draft], draft: Draft) -> bool:
    """ "Kupiansk, Lyptsi and Vovchansk came under fire": the claim keeps all places (rule 26)."""
    return _is_place(draft) and any(_is_place(d) for d in drafts)


def _is_place(draft: Draft) -> bool:
    """A place struck by its name, with no number."""
    named = any(n.rule == "site:place_struck" for n in draft.notes)
    area = draft.site is not None and draft.site.kind == "populated_area"
    return (named or area) and draft.quantity.low is None and draft.quantity.high is None


def _draft_object(
    passage: Passage,
    mention: Mention,
    head: int,
    sites: tuple[SiteMention, ...],
    know: Objects,
) -> Draft | None:
    head = centre_of(passage, head)
    site = site_of_head(passage, sites, head) or counted_object(passage, head)
    if site is not None and _names_person(passage, site, head, know):
        site = None
    site = site or _called_before(passage, head, know)
    if site is None and _in_place(passage, head):
        return _struck_place(passage, mention, head)
    if site is None:
        if is_person(passage, head, know.people.persons) or _nobody(passage, head):
            return _struck_people(passage, mention, (head,), know)
        return _struck_place(passage, mention, head)
    if is_equipment(passage, site, know):
        return None
    if site.kind == "populated_area" and not _strikes_area(passage, mention):
        return None
    return draft_site(passage, mention, head, site, know)


def _called_before(passage: Passage, head: int, know: Objects) -> SiteMention | None:
    """ "Al-Shifa hospital is full. Al-Shifa was hit again": a building by its name alone, where the
    sentence before calls it by name and kind."""
    token = passage.tokens[head]
    if token.upos != "PROPN" or not passage.before:
        return None
    name = [t for t in passage.tree.children(head, "flat", "compound", "punct") if t.upos != "DET"]
    first, last = min([token, *name], key=_at), max([token, *name], key=_at)
    text = passage.text[first.start - passage.start : last.end - passage.start]
    called = re.search(rf"\b{re.escape(text)} (?P<kind>[A-Za-z]+)\b", passage.before)
    word = called["kind"].lower() if called else ""
    hit = know.sites.kinds.match((word,), (word,), 0) if word else None
    if hit is None or text in {p.place.name for p in passage.places}:
        return None
    return SiteMention(
        kind=hit[1], first=first.index, last=last.index, noun=head, start=first.start, end=last.end
    )  # fmt: skip


def _at(token: Token) -> int:
    return token.index


def _nobody(passage: Passage, head: int) -> bool:
    """ "Nobody was hit", "none of the children was hit"; "none was hit" may be of houses."""
    if passage.lowered[head] == "nobody":
        return True
    if passage.lowered[head] == "one" and passage.lowered[max(0, head - 1)] == "no":
        return True
    inner = (c.index for c in passage.tree.children(head, "nmod"))
    return passage.lowered[head] == "none" and any(are_these(passage, i, "people") for i in inner)


def _names_person(passage: Passage, site: SiteMention, head: int, know: Objects) -> bool:
    """ "A market gardener", "the hospital's director": the site only says which person."""
    token = passage.tokens[site.noun]
    inner = token.head == head and token.deprel in {"compound", "nmod:poss"}
    return inner and is_person(passage, head, know.people.persons)


def is_equipment(passage: Passage, site: SiteMention, know: Objects) -> bool:
    """Equipment losses of forces are no claim (contract §6): tanks, and vehicles told with them."""
    lemma = passage.lemmas[site.noun]
    if lemma in _FORCES:
        return True
    vehicle = lemma in know.sites.vehicles
    if vehicle and passage.lemmas[max(0, site.first - 1)] in _OF_FORCES and site.first:
        return True  # "sinks two rebel boats"
    return vehicle and (site.kind == "military" or bool(_ARMOUR & set(passage.lemmas)))


_BY_FIRE = frozenset({"hit", "strike", "fall", "land", "rain", "attack", "launch"})
"""Done to a place where the passage names a weapon that reaches it."""


def _strikes_area(passage: Passage, mention: Mention) -> bool:
    if mention.rule.endswith(":shelling"):
        return True
    if passage.lemmas[mention.first] in _BY_FIRE:
        words = {*passage.lemmas, *passage.lowered}
        often = passage.lemmas[mention.first] == "attack" and "times" in words
        return bool(_FIRE & words) or often  # "attacked Sumy region 17 times"
    ends = range(mention.first, mention.last + 1)
    return bool({w for at in ends for w in (passage.lemmas[at], passage.lowered[at])} & _AREA)


def draft_site(
    passage: Passage, mention: Mention, head: int, site: SiteMention, know: Objects
) -> Draft:
    """The draft of a site struck, counted in facilities, vehicles or attacks."""
    inside = site.first <= head <= site.last and passage.lemmas[head] != "family"
    at = head if inside else site.noun  # "the family home" is one
    if passage.tokens[head].upos == "NUM" or _collective(passage, head):
        at = head
    unit = unit_of(know.sites, passage, site)
    counted = count_phrase(passage, at, know.people.persons, unit)
    attacks = count_phrase(passage, mention.last, know.people.persons, "attacks")
    if mention.pattern == "event" and attacks.figure is not None and counted.figure is None:
        counted = attacks  # "18 attacks on health care" counts attacks (R14)
    quantity = counted.quantity
    if counted.figure is None and _in_convoy(passage, site.noun):
        quantity = Quantity(low=1, high=1, bound="exact", unit="facilities", basis="implied")
    if site.kind == "populated_area" and counted.figure is None:
        quantity = Quantity(as_written=None, unit="facilities", basis="implied")
    first, last = passage.tokens[mention.first], passage.tokens[mention.last]
    stance: Stance = "asserts"
    none_fell = mention.pattern == "event" and counts_none(passage, mention.last, first.start)
    if none_fell or (quantity.high == 0 and passage.lemmas[mention.first] in _AIMING):
        stance, quantity = "denies", Quantity(as_written=None, unit=unit, basis="implied")
    return Draft(
        harm="object_struck",
        stance=stance,
        predicate=mention.predicate,
        start=min(counted.start, site.start, first.start),
        end=max(counted.end, site.end, last.end),
        quantity=quantity,
        counted=counted,
        site=describe_site(passage, site, condition_of(know.sites, passage, mention.first)),
        figures=figures_of(counted),
        notes=(
            Note(field="harm", start=first.start, end=last.end, rule=mention.rule),
            Note(field="site", start=site.start, end=site.end, rule=f"site:{site.kind}"),
            Note(
                field="quantity", start=counted.start, end=counted.end,
                rule=f"quantity:{quantity.basis}",
            ),
        ),
        weak=mention.weak,
        kind="object",
    )  # fmt: skip


def _in_convoy(passage: Passage, noun: int) -> bool:
    """ "A convoy of traders' lorries" is one facility (reading rule 17)."""
    before = passage.lemmas[max(0, noun - 4) : noun]
    return "of" in before and before[: before.index("of")][-1:] in {("convoy",), ("column",)}


def _collective(passage: Passage, head: int) -> bool:
    return passage.lemmas[head] in {"dozen", "score", "hundred", "number", "total", "thousand"}


def _is_people(passage: Passage, head: int, sites: tuple[SiteMention, ...], know: Objects) -> bool:
    site = site_of_head(passage, sites, head)
    named = site is None or _names_person(passage, site, head, know)
    return named and not _in_place(passage, head) and are_these(passage, head, "people")


def _struck_people(
    passage: Passage, mention: Mention, heads: tuple[int, ...], know: Objects
) -> Draft | None:
    """ "hit by shrapnel": a person struck with no outcome told is injured (rule 14a)."""
    if passage.lemmas[mention.first] not in _OUTCOMELESS or mention.pattern == "verb+":
        return None
    if says_who_all_are(passage, mention, heads):
        return None
    counted = count_phrases(passage, heads, know.people.persons)
    if counted is None or (counted.quantity.low is None and counted.quantity.high is None):
        return None
    renamed = Mention(
        harm="injured", first=mention.first, last=mention.last, predicate=mention.predicate,
        harmed=heads, pattern=mention.pattern, rule=f"{mention.rule}:of_person",
        weak=mention.weak,
    )  # fmt: skip
    return draft_counted(passage, renamed, counted, know.people)


def _in_place(passage: Passage, head: int) -> bool:
    """A place of the gazetteer, even where the parser takes its name for a person's."""
    start = passage.tokens[head].start
    return any(p.start <= start < p.end and p.place.name for p in passage.places)


def _struck_place(passage: Passage, mention: Mention, head: int) -> Draft | None:
    """A named place shelled or bombed, with no object: a populated area, no number (rule 8)."""
    token = passage.tokens[head]
    named = next((p for p in passage.places if p.start <= token.start < p.end), None)
    if named is None and passage.lemmas[head] in {"community", "hromada", "municipality"}:
        behind = (p for p in passage.places if 0 <= token.start - p.end <= 1)
        named = next(behind, None)  # "the Velyka Pysarivka community was shelled"
    if named is None or named.place.kind in {None, "country", "continent", "macro_region"}:
        return None
    if not _strikes_area(passage, mention):
        return None
    from_start = min(named.start, passage.tokens[mention.first].start)
    to_end = max(named.end, passage.tokens[mention.last].end)
    counted = Counted(
        quantity=Quantity(unit="facilities", basis="implied"),
        head=head, noun=head, start=named.start, end=named.end,
    )  # fmt: skip
    site = SiteMention(
        kind="populated_area", first=head, last=head, noun=head, start=named.start, end=named.end
    )
    return Draft(
        harm="object_struck",
        predicate=mention.predicate,
        start=from_start,
        end=to_end,
        quantity=counted.quantity,
        counted=counted,
        site=describe_site(passage, site, "hit"),
        notes=(Note(field="site", start=named.start, end=named.end, rule="site:place_struck"),),
        weak=mention.weak,
        kind="object",
        score=0.7,
    )
