"""Sites a sentence names in which nobody is told to have been harmed: where the hurt were taken,
where somebody else stood, what those came in who did it, the speaker's own house."""

from __future__ import annotations

from harmledger.core.claim import Harm
from harmledger.extract.claims.able import is_force
from harmledger.extract.claims.draft import Draft
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage, SiteMention
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.settings import load_actors, load_sites

STRIKES = frozenset(
    {"damage", "destroy", "hit", "strike", "burn", "flatten", "level", "shell", "bomb", "torch",
     "attack", "storm", "raid", "target", "bombard", "ambush", "rocket", "fire", "machine-gun",
     "spray", "riddle", "rake", "strafe", "overrun", "firebomb", "stone", "pelt", "ram",
     "machinegun"}
)  # fmt: skip
STRIKE_NOUNS = frozenset(
    {"strike", "attack", "bombing", "shelling", "raid", "airstrike", "bombardment", "assault",
     "shooting", "massacre", "explosion", "blast", "siege", "storming", "fire", "missile", "shell",
     "rocket", "bomb", "drone", "ambush", "hit", "burning", "sacking", "torching"}
)  # fmt: skip
_WAYS = frozenset({"road", "highway", "street", "motorway", "route", "square"})
"""Ways people were harmed on: a place, no object of civilian life struck."""
_STOPS = frozenset({"bridge", "stop", "canal"})
"""Where somebody stood or was stopped; a site only where the attack fell on it."""
TREATED = frozenset(
    {"treat", "take", "admit", "rush", "bring", "transfer", "hospitalise", "hospitalize", "visit",
     "evacuate", "carry", "transport", "receive", "discharge", "work", "drive", "fly", "airlift",
     "ferry", "send", "refer", "see", "remain", "recover", "recuperate", "condition", "wounded",
     "injured"}
)  # fmt: skip
_NURSED = frozenset({"treat", "recover", "recuperate", "rest"})
_LEFT = frozenset(
    {
        "drive",
        "flee",
        "uproot",
        "displace",
        "force",
        "expel",
        "evacuate",
        "chase",
        "leave",
        "escape",
    }
)
"""Away from a site that people were driven from nobody told beside them was harmed in it."""
_TAKEN = frozenset({"abducted", "detained"})
_POSTS = frozenset({"checkpoint", "patrol", "roadblock"})
GOES_OFF = frozenset({"explode", "detonate", "go", "land", "fall", "crash", "drop", "blow"})
"""What fell or went off beside a site is told as an attack on it."""
_NEXT_TO = frozenset({"near", "beside", "behind"})
_ONTO = frozenset({"in", "on", "onto", "into", "by", "aboard"})
_DIES = frozenset({"die", "succumb"})
_COME = frozenset({"arrive", "come", "ride", "drive", "enter", "flee", "escape", "travel", "roar"})
_FROM_IT = frozenset({"throw", "fire", "shoot", "toss", "hurl", "lob", "drop", "launch", "open"})
_ON_THE_WAY = frozenset(
    {"return", "come", "go", "walk", "head", "travel", "hurry", "run", "set", "commute", "way",
     "bind", "bound", "journey", "trip"}
)  # fmt: skip
_TO_AND_FROM = frozenset({"from", "to", "for", "towards", "toward"})
_TAKES = frozenset({"pick", "seize", "abduct", "kidnap", "snatch", "arrest", "detain"})
_BROUGHT_ON = frozenset({"on", "in", "by", "aboard"})


def may_be_setting(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    return not (
        site.kind == "populated_area"
        or passage.lemmas[site.noun] in _WAYS | _POSTS
        or is_speakers(passage, site)
        or (draft.harm not in _TAKEN and is_where_treated(passage, site))
        or _is_ridden(passage, site)
        or _is_left_behind(passage, site, draft.harm)
        or _is_own_vehicle(passage, site)
        or _is_bomb_of(passage, site)
        or _is_of_soldiers(passage, site, draft)
        or _lies_on_the_way(passage, site)
        or _is_where_from(passage, site, draft)
        or _is_doers_post(passage, site, draft)
        or _is_beside(passage, site, draft.harm)
        or _carries_off(passage, site, draft.harm)
        or _is_where_they_stood(passage, site)
        or _is_of_another(passage, site, draft)
    )


def _is_vehicle(passage: Passage, site: SiteMention) -> bool:
    """A vehicle by its last word, or by the whole of it ("pick-up")."""
    words = passage.text[site.start - passage.start : site.end - passage.start].lower()
    return passage.lemmas[site.noun] in load_sites().vehicles or words in load_sites().vehicles


def _is_doers_post(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    """ "A shell fired from the school", "snipers on the roof of the hospital shot two in the road":
    where those stood who did it."""
    tree, above = passage.tree, passage.tree.head(site.noun)
    cases = {c.lemma.lower() for c in tree.children(site.noun, "case")}
    if above is not None and "from" in cases and passage.lemmas[above.index] in _FROM_IT:
        return True
    doer = tree.child(draft.predicate, "nsubj")
    if doer is None or doer.deprel != "nsubj" or tree.child(draft.predicate, "obj") is None:
        return False
    return tree.governs(doer.index, site.noun) and is_force(passage, doer.index, load_actors())


def _is_bomb_of(passage: Passage, site: SiteMention) -> bool:
    """ "A motorcycle bomb", "a truck bombing": what the bomb came in; a bus bombing hit the bus."""
    above = passage.tree.head(site.noun)
    if above is None or not matches(passage.tokens[site.noun].deprel, ("compound",)):
        return False
    bomb = passage.lemmas[above.index] in {"bomb", "bomber", "bombing"}
    return bomb and passage.lemmas[site.noun] in _BOMBS_COME_IN


def _is_of_soldiers(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    """ "Four rangers died when their pickup drove over a bomb": what fighters ride in is no vehicle
    of civilian life."""
    if draft.counted is None or not _is_vehicle(passage, site):
        return False
    return is_force(passage, draft.counted.noun, load_actors())


_BOMBS_COME_IN = frozenset(
    {"car", "motorcycle", "motorbike", "truck", "lorry", "van", "vehicle", "cart", "rickshaw",
     "pickup", "bicycle", "boat", "tanker", "scooter", "suv", "jeep"}
)  # fmt: skip


def _lies_on_the_way(passage: Passage, site: SiteMention) -> bool:
    """ "Traders returning from the market", "on their way to the mosque", "going to school"."""
    above = passage.tree.head(site.noun)
    if above is None or passage.lemmas[above.index] not in _ON_THE_WAY:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    return bool(cases) and cases <= _TO_AND_FROM


def _is_where_from(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    """ "Three nurses from the clinic were killed": whose people they were, no word of where. Who is
    taken from somewhere was there, and so was "the woman from the minibus"."""
    if draft.harm not in {"killed", "injured", "killed_or_injured"} or _is_vehicle(passage, site):
        return False
    token, above = passage.tokens[site.noun], passage.tree.head(site.noun)
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    if "from" not in cases or above is None:
        return False
    if passage.lemmas[above.index] in _TAKES:
        return True  # "the bodies of two brothers, picked up from their home in May"
    if not matches(token.deprel, ("nmod",)):
        return False
    return load_persons().words.match(passage.lowered, passage.lemmas, above.index) is not None


def _is_where_they_stood(passage: Passage, site: SiteMention) -> bool:
    """ "Arrested at the bridge", "stabbed at a bus stop", "queued at a water tanker": a place in
    the open, unless the attack fell on it."""
    above = passage.tree.head(site.noun)
    head = passage.lemmas[above.index] if above is not None else ""
    if head in STRIKES | STRIKE_NOUNS | GOES_OFF:
        return False
    if passage.lemmas[site.noun] in _STOPS:
        return True
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    return cases == {"at"} and _is_vehicle(passage, site)


def _is_of_another(passage: Passage, site: SiteMention, draft: Draft) -> bool:
    """ "A clerk at the town hall speaks of scores of dead": where somebody is, or belongs, who was
    not the one harmed."""
    above = passage.tree.head(site.noun)
    if above is None or above.upos not in {"NOUN", "PROPN"} or draft.counted is None:
        return False
    harmed = {draft.predicate, draft.counted.head, draft.counted.noun}
    harmed |= {at for one in draft.counted.members for at in (one.head, one.noun)}
    if above.index in harmed or not matches(passage.tokens[site.noun].deprel, ("nmod",)):
        return False
    person = load_persons().words.match(passage.lowered, passage.lemmas, above.index) is not None
    return person and above.deprel in {"nsubj", "conj"}


def _is_left_behind(passage: Passage, site: SiteMention, harm: Harm) -> bool:
    """ "Killed two herders and drove 3,500 people from their homes"."""
    above = passage.tree.head(site.noun)
    if above is None or harm in _TAKEN or passage.lemmas[above.index] not in _LEFT:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    return bool(cases & {"from", "out"})


def _is_own_vehicle(passage: Passage, site: SiteMention) -> bool:
    """ "Gunned down in their car", "taken from his boat": somebody's own, and no facility; unless
    the vehicle is what was hit."""
    if not _is_vehicle(passage, site):
        return False
    owners = passage.tree.children(site.noun, "nmod:poss")
    cases = passage.tree.children(site.noun, "case")
    return bool(cases) and any(t.upos == "PRON" for t in owners)


def _is_beside(passage: Passage, site: SiteMention, harm: Harm) -> bool:
    """ "Stabbed near the hall", "a mine behind her school": beside it, not in it."""
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    above = passage.tree.head(site.noun)
    fell = STRIKES | STRIKE_NOUNS | GOES_OFF
    struck = above is not None and passage.lemmas[above.index] in fell
    return bool(cases & _NEXT_TO) and harm != "mass_burial" and not struck


def _carries_off(passage: Passage, site: SiteMention, harm: Harm) -> bool:
    """ "Driven away in two trucks", "last seen at a tea shop": how they went, or were seen."""
    above = passage.tree.head(site.noun)
    if harm == "missing" and above is not None and passage.lemmas[above.index] == "see":
        return True
    struck = above is not None and passage.lemmas[above.index] in STRIKES | STRIKE_NOUNS
    if harm not in {"abducted", "detained", "missing"} or struck:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    return _is_vehicle(passage, site) and bool(cases & _ONTO)


def is_speakers(passage: Passage, site: SiteMention) -> bool:
    """ "the hospital said", "an official of the prison", "the mayor's office"."""
    for said in passage.attributions:
        if said.source is None:
            continue
        if said.source[0] <= site.start < said.source[1]:
            return True
        who = passage.tree.top(*said.source)  # "relatives waiting outside the town hall said"
        if who is not None and passage.tree.governs(who.index, site.noun):
            return who.upos in {"NOUN", "PROPN"} and site.start > who.start
    office = passage.lemmas[site.noun] in {"office", "ministry", "court", "agency"}
    above = passage.tree.head(site.noun)
    struck = above is not None and passage.lemmas[above.index] in STRIKES | STRIKE_NOUNS | GOES_OFF
    owned = passage.tree.child(site.noun, "nmod:poss", "compound") is not None
    return office and owned and not struck


def _is_ridden(passage: Passage, site: SiteMention) -> bool:
    """ "Gunmen on motorcycles", "thrown from a passing car", "men arrived in trucks": what those
    came in who did it. "Four people riding in a cart" were in it."""
    if not _is_vehicle(passage, site):
        return False
    above = passage.tree.head(site.noun)
    if above is None:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(site.noun, "case")}
    if "from" in cases and above.upos == "VERB":
        return passage.lemmas[above.index] in _FROM_IT
    comes = passage.lemmas[above.index] in _COME and not _is_of_victims(passage, above)
    if above.upos == "VERB" and passage.lemmas[above.index] in TREATED and cases & _BROUGHT_ON:
        return True  # "they brought them in on donkey carts"
    does = is_force(passage, above.index, load_actors()) or passage.lemmas[above.index] == "man"
    return bool(cases & {"on", "in", "aboard"}) and (comes or (above.upos == "NOUN" and does))


def _is_of_victims(passage: Passage, verb: Token) -> bool:
    """ "Four people riding in a cart were killed", "seven were killed as they rode in a bus"."""
    if matches(verb.deprel, ("acl",)):
        return True
    main = passage.tree.head(verb.index)
    suffers = main is not None and passage.tree.child(main.index, "nsubj:pass") is not None
    return suffers and matches(verb.deprel, ("advcl",))


def is_where_treated(passage: Passage, site: SiteMention) -> bool:
    """ "taken to hospital", "died in hospital", "treated at a clinic", "visited a hospital",
    "recovering at home"."""
    tree = passage.tree
    if site.kind == "home":
        above = tree.head(site.noun)
        return above is not None and passage.lemmas[above.index] in _NURSED
    if site.kind not in {"hospital", "other_health"}:
        return False
    verbs = [passage.lemmas[t.index] for t in tree.ancestors(site.noun)][:3]
    if set(verbs) & TREATED or verbs[:1] == ["lie"]:  # numbers, too, "lie apart" after a blast
        return True
    dies = next((t for t in tree.ancestors(site.noun) if passage.lemmas[t.index] in _DIES), None)
    if dies is not None and passage.lemmas[dies.index] in verbs[:2]:
        behind = {passage.lemmas[t.index] for t in tree.subtree(dies.index) if t.index > dies.index}
        if not behind & (STRIKES | STRIKE_NOUNS):
            return True
    before = passage.lowered[max(0, site.first - 2) : site.first]
    bare = not before or before[-1] in {"in", "at", "to", "reach", "near"}
    return bare and passage.lowered[site.noun] == "hospital"
