"""Sites of civilian life in a passage: kind, name, condition and how many."""

from __future__ import annotations

from harmledger.core.claim import Condition, Site
from harmledger.core.quantity import Unit
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import SiteLexicon

_PARTIAL = frozenset(
    {"front", "part", "side", "much", "most", "half", "number", "dozen", "score", "hundred",
     "wing", "roof", "rest", "entrance", "section", "wall", "window", "floor", "majority", "third",
     "quarter", "total", "couple", "thousand", "façade", "facade", "gate", "corner", "ruin", "area"}
)  # fmt: skip
"""Nouns one looks through to the building: "much of the front of one building"."""
_STRIKES = frozenset(
    {"damage", "destroy", "hit", "strike", "burn", "flatten", "level", "shell", "bomb", "torch"}
)
_SETTING_CASES = frozenset(
    {"in", "at", "on", "inside", "outside", "near", "of", "from", "into", "within", "around"}
)


def find_sites(passage: Passage, lexicon: SiteLexicon) -> tuple[SiteMention, ...]:
    """Every site word of the passage, longest phrases first, in text order."""
    found: list[SiteMention] = []
    at = 0
    while at < len(passage.tokens):
        hit = lexicon.kinds.match(passage.lowered, passage.lemmas, at)
        last = passage.tokens[hit[0] - 1] if hit is not None else None
        named = last is not None and (
            last.upos in {"NOUN", "PROPN"} or matches(last.deprel, ("nsubj", "obj"))
        )
        if hit is None or not named:
            at += 1
            continue
        end, kind = hit
        found.append(
            SiteMention(
                kind=kind,
                first=at,
                last=end - 1,
                noun=end - 1,
                start=passage.tokens[at].start,
                end=passage.tokens[end - 1].end,
                part_of_building=passage.lemmas[end - 1] in lexicon.parts,
            )
        )
        at = end
    return tuple(found)


def site_of_head(passage: Passage, sites: tuple[SiteMention, ...], head: int) -> SiteMention | None:
    """The site a phrase names: on its head, as a part of a building, or inside "of …"."""
    direct = next((s for s in sites if s.first <= head <= s.last), None)
    tree = passage.tree
    for child in tree.children(head, "nmod"):
        if any(c.lemma.lower() == "of" for c in tree.children(child.index, "case", "nmod:poss")):
            through = passage.lemmas[head] in _PARTIAL or tree.tokens[head].upos not in {"NOUN"}
            inner = site_of_head(passage, sites, child.index) if through else None
            inner = inner or next((s for s in sites if s.first <= child.index <= s.last), None)
            if inner is not None and (direct is None or direct.part_of_building):
                return inner
    if direct is not None:
        return direct
    for child in tree.children(head, "nmod:poss", "compound"):
        inner = next((s for s in sites if s.first <= child.index <= s.last), None)
        if inner is not None:
            return inner
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


def find_setting(
    passage: Passage, sites: tuple[SiteMention, ...], predicate: int
) -> SiteMention | None:
    """The site where people were harmed: in the clause of the harm word, else in its passage.

    Populated areas are places, not settings, when a more particular site is named.
    """
    tree = passage.tree
    particular = [s for s in sites if s.kind not in {"populated_area"}]
    if not particular:
        return None
    inside = [s for s in particular if tree.governs(predicate, s.noun)]
    for mention in inside or particular:
        token = tree.tokens[mention.noun]
        verb = passage.lemmas[token.head] if token.head >= 0 else ""
        apart = token.head < 0 or not tree.governs(token.head, predicate)
        if apart and matches(token.deprel, ("nsubj", "obj")) and verb in _STRIKES:
            continue  # what another clause says was struck
        cases = {c.lemma.lower() for c in tree.children(mention.noun, "case")}
        if matches(token.deprel, ("obl", "nmod")) and cases and not cases & _SETTING_CASES:
            continue
        if matches(token.deprel, ("obl", "nmod", "obj", "nsubj", "compound", "conj", "nmod:poss")):
            return mention
    return None
