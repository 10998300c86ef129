"""The other members of a list of objects struck: "the home of the imam, two shops and a school"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.claims.beside import INNER, left_edge
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.objects import Objects, draft_site, is_equipment
from harmledger.extract.harms.mention import Mention
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention

_JOINS = frozenset({",", "and", "or", "as", "well", "plus", "along", "with", "then"})
_JOINED = frozenset({"and", "or", ",", "plus", "with"})


def list_mates(passage: Passage, drafts: Sequence[Draft], know: Objects) -> list[Draft]:
    """ "The home of the imam, two shops and a school": what is joined to an object struck was
    struck too, unless it has a clause or a place of its own."""
    found: list[Draft] = []
    for site in passage.sites:
        if names(site, (*drafts, *found)) or no_object(passage, site, know):
            continue
        mate = next(
            (d for d in (*found, *drafts) if d.kind == "object" and _joined(passage, site, d)), None
        )
        if mate is None:
            continue
        mention = Mention(
            harm="object_struck", first=mate.predicate, last=mate.predicate,
            predicate=mate.predicate, harmed=(site.noun,), pattern="verb",
            rule="harm:object_struck:list_mate", weak=mate.weak,
        )  # fmt: skip
        found.append(draft_site(passage, mention, head_of(passage, site), site, know))
    return found


def _joined(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    spot = next((n for n in draft.notes if n.field == "site"), None)
    if any(a.source and a.source[0] <= site.start < a.source[1] for a in passage.attributions):
        return False  # "the shelling of the district, the office said"
    if spot is None or draft.stance != "asserts" or draft.quantity.high == 0:
        return False
    other = [t.index for t in passage.tokens if spot.start <= t.start < spot.end]
    if not other:
        return False
    behind = site.first > other[-1]
    gap = range(other[-1] + 1, site.first) if behind else range(site.last + 1, other[0])
    if behind and _added(passage, site, draft, other[-1]):
        return True
    if not _is_list(passage, gap) or _placed(passage, site):
        return False
    if behind and _describes(passage, draft.predicate, other[0]):
        return False
    if behind:
        return not _own_clause(passage, site, draft.predicate)
    return draft.predicate > other[-1] and not _acted_on(passage, site)


_ADDED = re.compile(
    r"\b(?:(?:along|together) with|as (?:was|were|did)|as well as|so (?:was|were|did))\s+"
    r"(?:(?:at least|about|some|around|the|an?|its|their|his|her|our)\s+)*(?:[\w’'-]+\s+){0,4}$",
    re.I,
)


def _added(passage: Passage, site: SiteMention, draft: Draft, last: int) -> bool:
    """ "The market was burned, along with a clinic", "the barns were razed, as was the dispensary":
    another object told behind the verb of the first."""
    begins = min(len(passage.tokens) - 1, max(last, draft.predicate)) + 1
    if not last < draft.predicate or site.first < begins:
        return False
    between = passage.text[
        passage.tokens[begins - 1].end - passage.start : site.start - passage.start
    ]
    if ";" in between or any(
        t.upos == "VERB" for t in passage.tokens[begins : site.first] if t.xpos in _FINITE
    ):
        return False
    return _ADDED.search(between) is not None


_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def _describes(passage: Passage, predicate: int, site: int) -> bool:
    """ "The bombed school and the hospital": said of the first alone."""
    token = passage.tokens[predicate]
    return (
        token.xpos in {"VBN", "JJ"}
        and token.index < site
        and (
            matches(token.deprel, ("amod",)) or passage.tokens[max(0, predicate - 1)].upos == "DET"
        )
    )


def _is_list(passage: Passage, gap: Sequence[int]) -> bool:
    """Whether the words between two objects only join them, describe them or say where."""
    gap = _without_keepers(passage, gap)
    words = [passage.lowered[n] for n in gap]
    if not words or not set(words) & _JOINED or ";" in words or ":" in words:
        return False
    return all(
        passage.tokens[n].upos in INNER | {"CCONJ", "ADP"}
        or passage.lowered[n] in _JOINS
        or _tells_when(passage, n)
        for n in gap
    ) and any(w in _JOINED for w in words)


def _without_keepers(passage: Passage, gap: Sequence[int]) -> Sequence[int]:
    """ "A clinic run by nuns and 60 homes": who keeps the first of them joins nothing."""
    first = next((n for n in gap if _is_kept_by(passage, n)), None)
    if first is None:
        return gap
    keepers = passage.tree.subtree(first, "conj", "cc", "punct")
    inside = {t.index for t in keepers if not passage.tree.child(t.index, "cc")}
    return [n for n in gap if n not in inside]


def _is_kept_by(passage: Passage, at: int) -> bool:
    token = passage.tokens[at]
    kept = token.xpos == "VBN" and token.deprel == "acl"
    return kept and passage.lowered[at + 1 : at + 2] == ("by",)


def _tells_when(passage: Passage, at: int) -> bool:
    """ "A market and, an hour later, a shrine"."""
    start = passage.tokens[at].start
    return passage.lowered[at] == "later" or any(t.start <= start < t.end for t in passage.times)


def _placed(passage: Passage, site: SiteMention) -> bool:
    """ "Hit a mosque and, near the school, a shop": only where it was."""
    before = left_edge(passage, site) - 1
    return (
        before >= 0 and passage.tokens[before].upos == "ADP" and passage.lowered[before] != "with"
    )


def _own_clause(passage: Passage, site: SiteMention, predicate: int) -> bool:
    """ "Shells hit the market and the hospital was full"."""
    after = site.last + 1
    token = passage.tokens[site.noun]
    subject = matches(token.deprel, ("nsubj",)) and token.head != predicate
    verbal = after < len(passage.tokens) and passage.tokens[after].upos in {"AUX", "VERB", "PART"}
    verbal = verbal and not _is_kept_by(passage, after)
    return subject or verbal


def _acted_on(passage: Passage, site: SiteMention) -> bool:
    return matches(passage.tokens[site.noun].deprel, ("obj",))


def head_of(passage: Passage, site: SiteMention) -> int:
    """ "A block of flats" is one: the word that heads the name of a site."""
    of = any(passage.lowered[n] == "of" for n in range(site.first, site.last))
    return site.first if of and passage.tokens[site.first].upos == "NOUN" else site.noun


def names(site: SiteMention, drafts: Sequence[Draft]) -> bool:
    """Whether a draft of an object is about this very word, or this one stands inside another."""
    return any(
        _about(note, site) for draft in drafts if draft.kind == "object" for note in draft.notes
    )


def _about(note: Note, site: SiteMention) -> bool:
    labelled = note.field == "harm" and note.rule in {"figure:label", "figure:objects_put_at"}
    told = note.field == "site" or labelled
    return told and note.start < site.end and site.start < note.end


def no_object(passage: Passage, site: SiteMention, know: Objects) -> bool:
    token = passage.tokens[site.noun]
    above = passage.tree.head(site.noun)
    if token.deprel == "compound" and above is not None:
        other = any(s is not site and s.first <= above.index <= s.last for s in passage.sites)
        if other or above.deprel == "nmod:poss":
            return True  # "the dam company's offices", "the Lodge Hotel": the offices, the hotel
        if matches(above.deprel, ("nsubj",)) and above.upos == "NOUN":
            return True  # "a shell hit a home, the ambulance service said"
    if site.part_of_building and passage.lowered[site.last + 1 : site.last + 2] == ("of",):
        return True  # "the facade of a block": the block
    return site.kind == "populated_area" or is_equipment(passage, site, know)
