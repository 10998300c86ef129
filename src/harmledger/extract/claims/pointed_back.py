"""Objects struck that only a word pointing back names: "The school was empty when it was hit", "The
mill fed three villages. Militiamen burned it", "The town has two mosques. Both were damaged", "a
fifth was set on fire".

The object is the one building or vehicle told of right before, in the sentence or in the one before
it; where several could be meant and none opens that sentence, nothing is filled in. Of those who
fight, who may have been attacked as well, only what is done to things is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from harmledger.core.claim import SiteKind
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.list_mates import names
from harmledger.extract.claims.objects import Objects, draft_site, is_equipment
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.objects import plural_before
from harmledger.extract.language.lemma import singular
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import load_actors, load_sites

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_OPENING = 3
"""How many words may stand before what a sentence is about."""
_TO_THINGS = frozenset(
    {"burn", "damage", "destroy", "gut", "loot", "raze", "torch", "demolish", "collapse",
     "ransack", "flatten", "level", "wreck", "ruin", "set", "reduce", "bulldoze", "plunder",
     "pillage", "shell", "bomb", "vandalise", "vandalize", "dynamite", "go", "burst", "catch"}
)  # fmt: skip
"""Verbs that are not said of a patrol or a unit."""
_NOT = frozenset({"not", "n't", "n’t", "never"})
_NO_OBJECT = frozenset({"populated_area", "military"})


def draft_pointed(
    passage: Passage,
    mentions: Sequence[Mention],
    drafts: Sequence[Draft],
    know: Objects,
    within: Callable[[Mention], bool],
) -> tuple[Draft, ...]:
    """The drafts with those of objects that a pronoun stands for. ``within``: whether a mention
    belongs in the record."""
    found = list(drafts)
    for mention in mentions:
        if mention.harm != "object_struck" or mention.pattern == "toll" or mention.denied:
            continue
        for head in mention.harmed:
            site = _pointed_at(passage, mention, head)
            if site is None or names(site, found) or is_equipment(passage, site, know):
                continue
            if _told(found, mention) or not within(mention):
                continue
            found.append(_counted_so(passage, mention, head, site, know))
    return tuple(found)


def _told(drafts: Sequence[Draft], mention: Mention) -> bool:
    """Whether an object of the same clause is told already: "it hit a school"."""
    return any(d.kind == "object" and d.predicate == mention.predicate for d in drafts)


def _counted_so(
    passage: Passage, mention: Mention, head: int, site: SiteMention, know: Objects
) -> Draft:
    draft = draft_site(passage, mention, head, site, know)
    many = 2 if passage.lowered[head] == "both" else 1
    unit = draft.quantity.unit
    if site.noun == head and _is_vehicle(passage, head, site.kind):
        unit = "vehicles"
    quantity = Quantity(
        as_written=passage.tokens[head].text, low=many, high=many, unit=unit,
        basis="stated" if many > 1 else "implied",
    )  # fmt: skip
    if _NOT & {*passage.lowered[head : mention.first]}:  # "it was never shelled"
        quantity = Quantity(unit=unit, basis="implied")
    ends = (passage.tokens[mention.first], passage.tokens[mention.last], passage.tokens[head])
    return msgspec.structs.replace(
        draft, quantity=quantity, start=min(t.start for t in ends), end=max(t.end for t in ends),
        counted=None, figures=(), score=0.6,
    )  # fmt: skip


def _pointed_at(passage: Passage, mention: Mention, head: int) -> SiteMention | None:
    """The site that "it", "both" or "a sixth" stands for."""
    word = passage.lowered[head]
    more = _is_one_more(passage, head)
    if word not in {"it", "both"} and not more:
        return None
    if passage.tree.child(head, "nmod", "conj") is not None:
        return None
    if more:
        these = plural_before(passage, head)
        if these is not None:
            return _standing_for(passage, head, these.kind)
        return _in_sentence_before(passage, head, more)
    many = word == "both"
    before = [s for s in passage.sites if s.last < head]
    here = [s for s in before if s.kind not in _NO_OBJECT and _is_many(passage, s) == many]
    if here:
        return here[-1] if len(here) == 1 or here[0].first <= _OPENING else None
    if before or not _is_of_things(passage, mention):
        return None
    return _in_sentence_before(passage, head, many)


def _is_one_more(passage: Passage, head: int) -> bool:
    """ "Five houses were burned and a sixth was looted", "another was damaged"."""
    start = passage.tokens[head].start
    if passage.lowered[head] == "another":
        return True
    led = passage.lowered[max(0, head - 1)]
    if passage.lowered[head] == "other":
        return led == "the"
    ordinal = any(f.kind == "ordinal" and f.start <= start < f.end for f in passage.figures)
    return ordinal and led == "a"


def _is_of_things(passage: Passage, mention: Mention) -> bool:
    """ "The patrol left the mill. It came under fire": what is done to fighters as well is read
    only where none are told of."""
    if passage.lemmas[mention.first] in _TO_THINGS:
        return True
    words, lemmas = _words(passage.beside)
    return not load_actors().forces.find_all(words, lemmas)


def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words = tuple(w.lower() for w in _WORD.findall(text))
    return words, tuple(singular(w) for w in words)


def _is_many(passage: Passage, site: SiteMention) -> bool:
    return passage.tokens[site.noun].xpos in {"NNS", "NNPS"}


def _in_sentence_before(passage: Passage, head: int, many: bool) -> SiteMention | None:
    words, lemmas = _words(passage.beside)
    hits = [
        hit for hit in load_sites().kinds.find_all(words, lemmas)
        if hit[2] not in _NO_OBJECT and (words[hit[1] - 1] != lemmas[hit[1] - 1]) == many
    ]  # fmt: skip
    if not hits or (len(hits) > 1 and hits[0][0] > _OPENING):
        return None
    if passage.lowered[head] == "both" and "two" not in words:
        return None
    return _standing_for(passage, head, hits[0][2])


def _standing_for(passage: Passage, head: int, kind: SiteKind) -> SiteMention:
    token = passage.tokens[head]
    return SiteMention(
        kind=kind, first=head, last=head, noun=head, start=token.start, end=token.end
    )


def _is_vehicle(passage: Passage, head: int, kind: SiteKind) -> bool:
    """Whether what the word stands for, here or in the sentence before, is a vehicle."""
    here = plural_before(passage, head)
    if here is not None:
        return passage.lemmas[here.noun] in load_sites().vehicles
    words, lemmas = _words(passage.beside)
    return any(
        lemmas[last - 1] in load_sites().vehicles and told == kind
        for _, last, told in load_sites().kinds.find_all(words, lemmas)
    )
