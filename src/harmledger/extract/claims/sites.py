"""Sites of civilian life in a passage: kind, name, condition and how many."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.core.claim import Condition, Site, SiteKind
from harmledger.core.quantity import Unit
from harmledger.extract.claims.site_kinds import OWNED, OWNERS, settle_kinds
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import SiteLexicon, load_sites

PARTIAL = frozenset(
    {"front", "part", "side", "much", "most", "half", "number", "dozen", "score", "hundred",
     "wing", "roof", "rest", "entrance", "section", "wall", "window", "floor", "majority", "third",
     "quarter", "total", "couple", "dome", "steeple", "door", "balcony", "storey", "minaret",
     "ceiling", "facade", "thousand", "façade", "gate", "corner", "ruin", "area", "courtyard",
     "yard", "grounds", "rubble", "debris", "step", "remains", "altar", "nave", "doorway", "lobby",
     "foyer", "stair", "stairs", "staircase", "stairwell", "hallway", "corridor", "middle",
     "edge", "aisle", "pew", "basement", "attic", "wreckage", "terrace", "veranda", "porch"}
)  # fmt: skip
"""Nouns one looks through to the building: "much of the front of one building"."""


def find_sites(passage: Passage, lexicon: SiteLexicon) -> tuple[SiteMention, ...]:
    """Every site word of the passage, longest phrases first, in text order."""
    found: list[SiteMention] = [
        *_saints(passage),
        *_aid_convoys(passage, lexicon),
        *_camps(passage, lexicon),
    ]
    behind = 0
    for at in lexicon.kinds.find_starts(passage.lowered, passage.lemmas):
        hit = _site_at(passage, lexicon, at) if at >= behind else None
        last = passage.tokens[hit[0] - 1] if hit is not None else None
        named = last is not None and (
            last.upos in {"NOUN", "PROPN"}
            or matches(last.deprel, ("nsubj", "obj"))
            or (hit is not None and hit[0] - at > 2 and passage.tokens[at].upos == "NOUN")
            or (hit is not None and _taken_for_verb(passage, at, hit[0]))
            or (last is not None and last.text.lower() == "well" and _counted_well(passage, at))
            or (hit is not None and _is_shop_of(passage, hit[0]))
        )
        if hit is None or not named or _is_no_building(passage, at, hit[0]):
            continue
        end, kind = hit
        found.append(
            SiteMention(
                kind=kind,
                first=at,
                last=end - 1,
                noun=_noun_of(passage, at, end),
                start=passage.tokens[at].start,
                end=passage.tokens[end - 1].end,
                part_of_building=passage.lemmas[end - 1] in lexicon.parts,
            )
        )
        behind = end
    return tuple(settle_kinds(passage, sorted(found, key=lambda s: s.first)))


def _noun_of(passage: Passage, first: int, end: int) -> int:
    if passage.lowered[end - 1] in _OWNERS_SIGN and end - first > 1:
        return end - 2
    return end - 1 if passage.tokens[end - 1].upos in {"NOUN", "PROPN"} else first


_OWNERS_SIGN = frozenset({"'s", "’s", "'", "’"})


def _is_shop_of(passage: Passage, end: int) -> bool:
    """ "A shell hit the chemist's": the shop goes without saying where no noun follows."""
    after = passage.tokens[end] if end < len(passage.tokens) else None
    named = after is None or after.upos not in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}
    return passage.lowered[end - 1] in _OWNERS_SIGN and named


def _site_at(passage: Passage, lexicon: SiteLexicon, at: int) -> tuple[int, SiteKind] | None:
    """The longest phrase of a site at a token; of "a lorry parked by the road" no lorry park."""
    hit = lexicon.kinds.match(passage.lowered, passage.lemmas, at)
    if hit is not None and hit[0] - at > 1 and passage.tokens[hit[0] - 1].xpos in {"VBN", "VBD"}:
        end = hit[0] - 1
        return lexicon.kinds.match(passage.lowered[:end], passage.lemmas[:end], at) or hit
    return hit


_SIDES = frozenset(
    {"left", "right", "east", "west", "north", "south", "eastern", "western", "northern",
     "southern", "far", "opposite", "other", "near", "river", "held", "both"}
)  # fmt: skip


def _is_no_building(passage: Passage, first: int, end: int) -> bool:
    """ "The left bank", "the bank of the river", "in the main", "a car-ramming attack"."""
    if "ramming" in passage.lowered[end : end + 2]:
        return True
    if end - first > 1:
        return False
    before, behind = passage.lowered[max(0, first - 2) : first], passage.lowered[end : end + 3]
    if passage.lemmas[first] == "main":
        return before == ("in", "the")
    if passage.lemmas[first] != "bank":
        return False
    return bool(set(before[-1:]) & _SIDES) or ("of" in behind[:1] and "river" in behind)


_SAINT = frozenset({"st", "st.", "saint", "sts", "ss"})


def _saints(passage: Passage) -> Iterator[SiteMention]:
    """ "St Anselm's": a church by its saint, with nothing behind that says what else it is."""
    tokens = passage.tokens
    for at in range(len(tokens) - 2):
        if passage.lowered[at] not in _SAINT or not tokens[at].text[:1].isupper():
            continue
        name = at + (2 if passage.lowered[at + 1] == "." else 1)
        owner = name + 1
        if owner >= len(tokens) or passage.lowered[owner] not in {"'s", "’s"}:
            continue
        after = tokens[owner + 1] if owner + 1 < len(tokens) else None
        if tokens[name].upos == "PROPN" and (
            after is None or after.upos not in {"NOUN", "PROPN", "ADJ"}
        ):
            yield SiteMention(
                kind="worship", first=at, last=owner, noun=name, start=tokens[at].start,
                end=tokens[owner].end,
            )  # fmt: skip


def _counted_well(passage: Passage, at: int) -> bool:
    """ "One well in the village", which a parser takes for an adverb."""
    before = passage.tokens[at - 1].upos if at else ""
    return before in {"NUM", "DET"} and passage.lowered[at + 1 : at + 2] != ("-",)


_AID = frozenset(
    {"aid", "relief", "humanitarian", "food", "medicine", "medical", "flour", "wfp", "unicef", "un",
     "ngo", "charity", "supplies", "agency"}
)  # fmt: skip
_ARMS = frozenset(
    {"army", "military", "soldier", "troop", "police", "militia", "rebel", "fighter", "armoured",
     "armored", "ammunition", "patrol", "security"}
)  # fmt: skip


def _aid_convoys(passage: Passage, lexicon: SiteLexicon) -> Iterator[SiteMention]:
    """ "A clearly marked convoy came under fire" in a sentence about aid: an aid convoy, unless it
    is called otherwise or the sentence speaks of forces."""
    words = {*passage.lowered, *passage.lemmas}
    if not words & _AID or words & _ARMS:
        return
    named = lexicon.kinds.find_all(passage.lowered, passage.lemmas)
    for token in passage.tokens:
        inside = any(first <= token.index < end for first, end, _ in named)
        if passage.lemmas[token.index] == "convoy" and token.upos == "NOUN" and not inside:
            yield SiteMention(
                kind="aid_convoy", first=token.index, last=token.index, noun=token.index,
                start=token.start, end=token.end,
            )  # fmt: skip


_UPROOTED = frozenset(
    {"displaced", "displace", "refugee", "idp", "idps", "evacuee", "tent", "unhcr", "uprooted"}
)


def _camps(passage: Passage, lexicon: SiteLexicon) -> Iterator[SiteMention]:
    """ "The camp at Lodha, where 26 displaced people were killed": a camp of the displaced in a
    sentence that speaks of them, unless it is called otherwise or the sentence speaks of forces'
    camps."""
    words = {*passage.lowered, *passage.lemmas}
    uprooted = (
        words & _UPROOTED or {w.strip(".,;:") for w in passage.before.lower().split()} & _UPROOTED
    )
    if not uprooted or words & _CAMP_OF_ARMS:
        return
    named = lexicon.kinds.find_all(passage.lowered, passage.lemmas)
    for token in passage.tokens:
        inside = any(first <= token.index < end for first, end, _ in named)
        if passage.lemmas[token.index] == "camp" and token.upos in {"NOUN", "PROPN"} and not inside:
            yield SiteMention(
                kind="displacement_camp", first=token.index, last=token.index, noun=token.index,
                start=token.start, end=token.end,
            )  # fmt: skip


_CAMP_OF_ARMS = frozenset({"training", "base", "barracks", "prison", "labour", "labor", "holiday"})


def _taken_for_verb(passage: Passage, first: int, end: int) -> bool:
    """ "The Old Mill bridge down", "waterworks out of action": a name, an article or nothing before
    it, and nothing behind that a verb could act on."""
    before = passage.tokens[first - 1] if first else None
    after = passage.tokens[end] if end < len(passage.tokens) else None
    if passage.tokens[end - 1].upos not in {"VERB", "ADJ", "X"} or passage.tree.child(
        end - 1, "obj"
    ):
        return False
    led = before is None or before.upos in {"PROPN", "DET", "NUM"}
    return led and (after is None or after.upos in {"PUNCT", "ADP", "ADV", "CCONJ", "AUX"})


def site_of_head(passage: Passage, sites: tuple[SiteMention, ...], head: int) -> SiteMention | None:
    """The site a phrase names: on its head, as a part of a building, or inside "of …"."""
    direct = next((s for s in sites if s.first <= head <= s.last), None)
    counted = _so_many_of(passage, sites, head) if direct is None else None
    if counted is not None:
        return counted
    tree = passage.tree
    for child in tree.children(head, "nmod"):
        if any(c.lemma.lower() == "of" for c in tree.children(child.index, "case", "nmod:poss")):
            through = passage.lemmas[head] in PARTIAL or tree.tokens[head].upos not in {"NOUN"}
            inner = site_of_head(passage, sites, child.index) if through else None
            inner = inner or next((s for s in sites if s.first <= child.index <= s.last), None)
            if inner is not None and (direct is None or direct.part_of_building):
                return inner
    if direct is not None:
        return owner_of(passage, sites, direct) or direct
    if passage.lemmas[head] in PARTIAL:
        inside = _where(passage, sites, head)
        if inside is not None:
            return inside
    for child in tree.children(head, "nmod:poss", "compound"):
        inner = next((s for s in sites if s.first <= child.index <= s.last), None)
        if inner is not None:
            return inner
    return None


_NEAR_NUMBER = 5


def _so_many_of(passage: Passage, sites: tuple[SiteMention, ...], head: int) -> SiteMention | None:
    """ "84 of 91 dwellings", "twenty of the thirty huts": those the number is of, wherever a parser
    hangs them."""
    out = int(passage.lowered[head + 1 : head + 2] == ("out",))
    of = head + 1 + out
    if passage.tokens[head].upos != "NUM" or passage.lowered[of : of + 1] != ("of",):
        return None
    reach = range(of + 1, of + 1 + _NEAR_NUMBER)
    site = next((s for s in sites if s.first in reach), None)
    if site is None or any(
        passage.tokens[n].upos not in {"DET", "NUM", "ADJ", "PRON", "PROPN"}
        and passage.tokens[n].deprel not in {"compound", "amod", "nmod:poss", "case"}
        for n in range(of + 1, site.first)
    ):
        return None
    return site


def owner_of(
    passage: Passage, sites: tuple[SiteMention, ...], site: SiteMention
) -> SiteMention | None:
    """ "The hospital's generator", "a school's bike shed": a part of a named facility is that
    facility (reading rule 8); its vehicles are not."""
    if site.kind not in OWNED or passage.lemmas[site.noun] in load_sites().vehicles:
        return None
    owners = {c.index for c in passage.tree.children(site.noun, "nmod:poss")}
    return next((s for s in sites if s.kind in OWNERS and s.noun in owners), None)


def _where(passage: Passage, sites: tuple[SiteMention, ...], head: int) -> SiteMention | None:
    """ "Windows were shattered in 20 houses": the buildings the parts are in."""
    tree = passage.tree
    verb = tree.tokens[head].head
    for top in (head, verb) if verb >= 0 else (head,):
        for child in tree.children(top, "nmod", "obl"):
            cases = {c.lemma.lower() for c in tree.children(child.index, "case")}
            if cases & {"in", "at", "of", "on"}:
                found = next((s for s in sites if s.first <= child.index <= s.last), None)
                if found is not None and found.kind != "populated_area":
                    return found
    return None


def describe_site(passage: Passage, mention: SiteMention, condition: Condition = "unknown") -> Site:
    """The site as the contract has it: kind, its proper name if it has one, as written."""
    first = _name_start(passage, mention)
    start = passage.tokens[first].start
    name = None
    if first < mention.first or passage.tokens[mention.first].upos == "PROPN":
        name = passage.text[start - passage.start : mention.end - passage.start]
    return Site(
        kind=mention.kind,
        name=name,
        as_written=passage.text[mention.start - passage.start : mention.end - passage.start],
        condition=condition,
    )


def _name_start(passage: Passage, mention: SiteMention) -> int:
    """First token of the proper name that ends in the site word ("Al Noor hospital")."""
    first = mention.first
    while first > 0:
        token = passage.tokens[first - 1]
        is_name = token.upos == "PROPN" and token.text[:1].isupper() and token.entity != "PER"
        hyphen = token.text in {"-", "‑"} and first < mention.first
        if not (is_name or hyphen):
            break
        first -= 1
    return first


def condition_of(lexicon: SiteLexicon, passage: Passage, predicate: int) -> Condition:
    """What the harm word says became of the site."""
    for word in (passage.lemmas[predicate], passage.lowered[predicate]):
        found = lexicon.condition.get(word)
        if found is not None:
            return found
    return "hit"


def unit_of(lexicon: SiteLexicon, passage: Passage, mention: SiteMention) -> Unit:
    """Vehicles are counted in vehicles; a convoy is one facility (reading rule 17)."""
    return "vehicles" if passage.lemmas[mention.noun] in lexicon.vehicles else "facilities"
