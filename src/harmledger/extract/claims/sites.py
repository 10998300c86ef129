"""Sites of civilian life in a passage: kind, name, condition and how many."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.core.claim import Condition, Site
from harmledger.core.quantity import Unit
from harmledger.extract.claims.doers import is_force
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.settings import SiteLexicon, load_actors, load_means, load_sites

_PARTIAL = frozenset(
    {"front", "part", "side", "much", "most", "half", "number", "dozen", "score", "hundred",
     "wing", "roof", "rest", "entrance", "section", "wall", "window", "floor", "majority", "third",
     "quarter", "total", "couple", "dome", "steeple", "door", "balcony", "storey", "minaret",
     "ceiling", "facade", "thousand", "façade", "gate", "corner", "ruin", "area"}
)  # fmt: skip
"""Nouns one looks through to the building: "much of the front of one building"."""
_STRIKES = frozenset(
    {"damage", "destroy", "hit", "strike", "burn", "flatten", "level", "shell", "bomb", "torch",
     "attack", "storm", "raid", "target", "bombard", "ambush", "rocket", "fire", "machine-gun"}
)  # fmt: skip
_SETTING_CASES = frozenset(
    {"in", "at", "on", "inside", "outside", "near", "from", "into", "within", "around"}
)
_AT = frozenset(
    {"in", "at", "on", "inside", "outside", "into", "within", "aboard", "onto", "through", "beside",
     "behind", "near", "off", "against"}
)  # fmt: skip
_STRIKE_NOUNS = frozenset(
    {"strike", "attack", "bombing", "shelling", "raid", "airstrike", "bombardment", "assault",
     "shooting", "massacre", "explosion", "blast", "siege", "storming", "fire", "missile", "shell",
     "rocket", "bomb", "drone", "ambush", "hit"}
)  # fmt: skip
_WAYS = frozenset({"road", "highway", "street", "motorway", "route", "square"})
"""Ways people were harmed on: a place, no object of civilian life struck."""
TREATED = frozenset(
    {"treat", "take", "admit", "rush", "bring", "transfer", "hospitalise", "hospitalize", "visit",
     "evacuate", "carry", "transport", "receive", "discharge", "work", "drive", "fly", "airlift",
     "ferry", "send", "refer"}
)  # fmt: skip


_COME = frozenset({"arrive", "come", "ride", "drive", "enter", "flee", "escape", "travel", "roar"})
_FROM_IT = frozenset({"throw", "fire", "shoot", "toss", "hurl", "lob", "drop", "launch", "open"})


def find_sites(passage: Passage, lexicon: SiteLexicon) -> tuple[SiteMention, ...]:
    """Every site word of the passage, longest phrases first, in text order."""
    found: list[SiteMention] = [*_saints(passage), *_aid_convoys(passage, lexicon)]
    behind = 0
    for at in lexicon.kinds.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.kinds.match(passage.lowered, passage.lemmas, at) if at >= behind else None
        last = passage.tokens[hit[0] - 1] if hit is not None else None
        named = last is not None and (
            last.upos in {"NOUN", "PROPN"}
            or matches(last.deprel, ("nsubj", "obj"))
            or (hit is not None and hit[0] - at > 2 and passage.tokens[at].upos == "NOUN")
            or (hit is not None and _taken_for_verb(passage, at, hit[0]))
            or (last is not None and last.text.lower() == "well" and _counted_well(passage, at))
        )
        if hit is None or not named:
            continue
        end, kind = hit
        found.append(
            SiteMention(
                kind=kind,
                first=at,
                last=end - 1,
                noun=at if passage.tokens[end - 1].upos not in {"NOUN", "PROPN"} else end - 1,
                start=passage.tokens[at].start,
                end=passage.tokens[end - 1].end,
                part_of_building=passage.lemmas[end - 1] in lexicon.parts,
            )
        )
        behind = end
    return tuple(sorted(found, key=lambda s: s.first))


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
    tree = passage.tree
    for child in tree.children(head, "nmod"):
        if any(c.lemma.lower() == "of" for c in tree.children(child.index, "case", "nmod:poss")):
            through = passage.lemmas[head] in _PARTIAL or tree.tokens[head].upos not in {"NOUN"}
            inner = site_of_head(passage, sites, child.index) if through else None
            inner = inner or next((s for s in sites if s.first <= child.index <= s.last), None)
            if inner is not None and (direct is None or direct.part_of_building):
                return inner
    if direct is not None:
        return owner_of(passage, sites, direct) or direct
    if passage.lemmas[head] in _PARTIAL:
        inside = _where(passage, sites, head)
        if inside is not None:
            return inside
    for child in tree.children(head, "nmod:poss", "compound"):
        inner = next((s for s in sites if s.first <= child.index <= s.last), None)
        if inner is not None:
            return inner
    return None


_OWNERS = frozenset({"hospital", "other_health", "school", "worship", "detention_centre"})
_OWNED = frozenset({"power", "water", "food", "other_civilian", "cultural"})


def owner_of(
    passage: Passage, sites: tuple[SiteMention, ...], site: SiteMention
) -> SiteMention | None:
    """ "The hospital's generator", "a school's bike shed": a part of a named facility is that
    facility (reading rule 8); its vehicles are not."""
    if site.kind not in _OWNED or passage.lemmas[site.noun] in load_sites().vehicles:
        return None
    owners = {c.index for c in passage.tree.children(site.noun, "nmod:poss")}
    return next((s for s in sites if s.kind in _OWNERS and s.noun in owners), None)


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


def find_setting(
    passage: Passage, sites: tuple[SiteMention, ...], predicate: int
) -> SiteMention | None:
    """The site where people were harmed: in the clause of the harm word, else where its sentence
    says the attack fell.

    Neither the speaker's own house ("the hospital said") nor where the hurt were taken afterwards
    is a setting; populated areas and roads are places.
    """
    usable = [
        site
        for site in sites
        if site.kind != "populated_area"
        and passage.lemmas[site.noun] not in _WAYS
        and not _is_speakers(passage, site)
        and not is_where_treated(passage, site)
        and not _is_ridden(passage, site)
    ]
    ranked = [(_setting_rank(passage, site, predicate), site) for site in usable]
    best = max(ranked, key=lambda pair: (pair[0], -pair[1].start), default=(0, None))
    return best[1] if best[0] > 0 else None


def _is_speakers(passage: Passage, site: SiteMention) -> bool:
    """ "the hospital said", "an official of the prison", "the mayor's office"."""
    if any(a.source and a.source[0] <= site.start < a.source[1] for a in passage.attributions):
        return True
    office = passage.lemmas[site.noun] in {"office", "ministry", "court", "agency"}
    return office and passage.tree.child(site.noun, "nmod:poss", "compound") is not None


def _is_ridden(passage: Passage, site: SiteMention) -> bool:
    """ "Gunmen on motorcycles", "thrown from a passing car", "men arrived in trucks": what those
    came in who did it."""
    if passage.lemmas[site.noun] not in load_sites().vehicles:
        return False
    above = passage.tree.head(site.noun)
    if above is None:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    if "from" in cases and above.upos == "VERB":
        return passage.lemmas[above.index] in _FROM_IT
    comes = passage.lemmas[above.index] in _COME
    does = is_force(passage, above.index, load_actors()) or passage.lemmas[above.index] == "man"
    return bool(cases & {"on", "in", "aboard"}) and (comes or (above.upos == "NOUN" and does))


def is_where_treated(passage: Passage, site: SiteMention) -> bool:
    """ "taken to hospital", "died in hospital", "treated at a clinic", "visited a hospital"."""
    if site.kind not in {"hospital", "other_health"}:
        return False
    tree = passage.tree
    verbs = [passage.lemmas[t.index] for t in tree.ancestors(site.noun)][:3]
    if set(verbs) & TREATED:
        return True
    struck = {*passage.lemmas} & (_STRIKES | _STRIKE_NOUNS)
    if verbs[:1] and verbs[0] in {"die", "succumb"} and not struck:
        return True
    before = passage.lowered[max(0, site.first - 2) : site.first]
    bare = not before or before[-1] in {"in", "at", "to", "reach", "near"}
    return bare and passage.lowered[site.noun] == "hospital"


def _another_clause(passage: Passage, predicate: int, site: SiteMention) -> bool:
    """ "four were killed and two houses were damaged"; not "hit the station and killed two"."""
    tree = passage.tree
    steps = tree.path(predicate, site.noun)
    if not any(step[1:] in {"conj", "parataxis"} for step in steps):
        return False
    above = tree.head(site.noun)
    shared = tree.child(predicate, "nsubj") is None
    return not (shared and above is not None and tree.governs(above.index, predicate))


def _is_hit_by_weapon(passage: Passage, verb: Token | None) -> bool:
    """ "a missile sheared off the corner of a block": whatever the verb, a weapon does it."""
    if verb is None or verb.upos != "VERB":
        return False
    return any(
        load_means().weapons.match(passage.lowered, passage.lemmas, subject.index) is not None
        for subject in passage.tree.children(verb.index, "nsubj")
    )


def _setting_rank(passage: Passage, site: SiteMention, predicate: int) -> int:
    """How surely the harm happened there: 0 not at all."""
    tree = passage.tree
    token = tree.tokens[site.noun]
    above = tree.head(site.noun)
    while above is not None and passage.lemmas[above.index] in _PARTIAL and above.upos == "NOUN":
        token, above = above, tree.head(above.index)  # "the corner of a block"
    head = passage.lemmas[above.index] if above is not None else ""
    cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
    inside = tree.governs(predicate, site.noun)
    struck = head in _STRIKES or head in _STRIKE_NOUNS or _is_hit_by_weapon(passage, above)
    if matches(token.deprel, ("obj", "nsubj:pass")) and struck:
        return 0 if _another_clause(passage, predicate, site) else 2
    if cases & _AT and matches(token.deprel, ("obl", "nmod")):
        return 4 if inside else 3 if struck else 1
    if cases & {"of", "against", "on"} and struck:
        return 3
    if matches(token.deprel, ("compound",)) and head in _STRIKE_NOUNS:
        return 2
    if matches(token.deprel, ("conj",)) and above is not None and not cases:
        return 1 if inside else 0
    return 1 if inside and cases & _SETTING_CASES else 0
