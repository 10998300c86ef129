"""Places a sentence names beside the harm: where the hurt were taken, where somebody comes from,
how far a blast was heard. None of them is where the harm was done."""

from __future__ import annotations

import re

from harmledger.core.document import SeenPlace
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.mentions import find_named
from harmledger.extract.claims.locate.names import name_head
from harmledger.extract.claims.no_setting import TREATED, is_where_treated
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import load_sites

_HAPPENS = frozenset(
    {"happen", "occur", "take", "begin", "start", "come", "follow", "land", "fall", "hit", "strike",
     "target", "rip", "tear", "destroy", "damage", "kill", "wound", "injure", "burn", "leave",
     "last", "sweep", "devastate", "rock", "shake", "claim", "attack", "capture", "seize"}
)  # fmt: skip
"""Verbs of a relative clause that tells the incident itself: "the blast, which hit Homs"."""
_SHELTERS = frozenset(
    {"lodge", "shelter", "accommodate", "house", "rehouse", "resettle", "live", "reside", "settle"}
)
"""Verbs of where people are who had to leave."""
_MOVES = frozenset({"evacuate", "transfer", "airlift", "rush", "fly", "flee", "escape"})
_TAKEN = re.compile(
    r"\b(?:taken|rushed|brought|transferred|flown|airlifted|ferried|evacuated|carried|transported|"
    r"driven|admitted|treated|referred|sent|reached|reach|hospitali[sz]ed|on the way|en route|"
    r"on (?:his|her|their) way|recovering|recuperating|undergoing surgery|operated on)\b"
    r"(?P<between>[^.;:]{0,70}?)"
    r"\b(?:to|in|at|into)\s+(?:the\s+)?"
    r"(?:(?:nearby|neighbouring|neighboring|regional|provincial)\s+)*"
    r"(?:(?:state |provincial |regional |nearby )?(?:capital|city|town|village)(?: of)?,?\s+)?$",
    re.I,
)
_NOT_ON = re.compile(
    r"\b(?:after|from|when|where|who|which|that|since|because|while|following|in an?|but|"
    r"by(?! (?:air|road|car|boat|helicopter|ambulance|doctors|surgeons|medics|nurses)\b))\b|"
    r", and\b",
    re.I,
)
_CARERS = frozenset(
    {"surgeon", "doctor", "nurse", "medic", "hospital", "clinic", "surgery", "ward"}
)
_CARE = frozenset({"operate", "treat", "receive", "admit", "see", "save", "amputate"})
_DISTANCE = re.compile(
    r"\b(?:kilomet(?:re|er)s?|kms?|miles?|met(?:re|er)s|(?:hours?|minutes?)['’]? "
    r"(?:drive|walk|ride))(?: away)? from (?:the )?$",
    re.I,
)
_SENT = frozenset(
    {"fire", "gunfire", "missile", "rocket", "shell", "drone", "artillery", "mortar", "projectile",
     "bullet", "bomb", "jet", "aircraft", "plane", "warplane", "helicopter", "shot", "salvo",
     "barrage", "round", "launch", "fly", "shoot", "lob"}
)  # fmt: skip
"""What comes from where guns stand, and the verbs of sending it."""
_SETS_OUT = frozenset({"come", "arrive", "return", "travel", "set", "drive", "walk", "leave"})
_GUNS_STAND = frozenset(
    {"base", "airbase", "ship", "vessel", "frigate", "boat", "submarine", "position", "battery",
     "airfield", "airport", "post", "outpost", "barracks", "garrison", "hill", "camp", "territory"}
)  # fmt: skip
_FLED = frozenset({"displaced", "sexual_violence"})
"""Told of people by where they set out: "rapes among those who came from Tin-Akof"."""
_GOES_ON = re.compile(r"[;:.]|, (?:and|but|while|when)\b")
_ONE = frozenset({"he", "she", "i"})
_HOME = frozenset({"come", "hail", "originate"})
_BURIED = frozenset({"bury", "inter", "mourn", "commemorate", "cremate"})
_DONE_THERE = frozenset({"killed", "injured", "killed_or_injured", "object_struck", "missing"})
_HURT = frozenset({"killed", "injured", "killed_or_injured"})


def is_aside(passage: Passage, draft: Draft, seen: SeenPlace, token: Token) -> bool:
    """Whether a place of the sentence is named for something else than this harm. ``token`` is the
    word its name hangs by."""
    return (
        is_where_taken(passage, draft, seen, token)
        or is_refuge(passage, draft, token)
        or _is_of_burial(passage, draft, token)
        or is_origin(passage, draft, token)
        or is_deathbed(passage, token)
        or in_clause_apart(passage, draft, token)
    )


def find_where_taken(passage: Passage, draft: Draft) -> SeenPlace | None:
    """Where the hurt were treated: the place of a figure that a hospital gives of its own, and
    that is of no incident told."""
    for seen in passage.places:
        token = name_head(passage.tree, seen)
        if token is not None and is_where_taken(passage, draft, seen, token):
            return seen
    return None


def is_where_taken(passage: Passage, draft: Draft, seen: SeenPlace, token: Token) -> bool:
    """ "admitted to three hospitals in Cali", "carried to Kyeshero hospital", "flown to Kyiv"."""
    if draft.harm not in _HURT:
        return False
    tree = passage.tree
    over = [token.index, *(t.index for t in tree.ancestors(token.index))]
    above = over[: over.index(draft.predicate)] if draft.predicate in over else over
    health = [s for s in passage.sites if s.noun in above]
    if any(is_where_treated(passage, site) for site in health):
        return True
    named = passage.text[seen.start - passage.start : seen.end - passage.start].lower()
    verb = tree.head(token.index)
    if _is_on_the_way(passage, draft, seen) or _is_of_carers(passage, token):
        return True
    moved = verb is not None and passage.lemmas[verb.index] in TREATED
    cases = {c.lemma.lower() for c in tree.children(token.index, "case")}
    return moved and ("to" in cases or "hospital" in named or "clinic" in named)


def _is_on_the_way(passage: Passage, draft: Draft, seen: SeenPlace) -> bool:
    """ "taken to hospital in Kabul", "died on the way to Cali": nothing but where one was taken
    stands between."""
    match = _TAKEN.search(passage.text[: seen.start - passage.start])
    if match is None or _NOT_ON.search(match["between"]) is not None:
        return False
    first, last = (passage.start + at for at in match.span("between"))
    return not first <= passage.tokens[draft.predicate].start < last


def _is_of_carers(passage: Passage, token: Token) -> bool:
    """ "Surgeons in Kabul operated on 12 wounded"."""
    above = passage.tree.head(token.index)
    if above is None or passage.lemmas[above.index] not in _CARERS:
        return False
    verb = passage.tree.head(above.index)
    subject = matches(above.deprel, ("nsubj",))
    return subject and verb is not None and passage.lemmas[verb.index] in _CARE


def _is_of_burial(passage: Passage, draft: Draft, token: Token) -> bool:
    """ "two of the dead were buried in Herat", "four of the dead came from Herat"."""
    verb = passage.tree.head(token.index)
    if verb is None or draft.harm not in _HURT or verb.index == draft.predicate:
        return False
    lemma = passage.lemmas[verb.index]
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    return lemma in _BURIED or (lemma in _HOME and "from" in cases)


def is_refuge(passage: Passage, draft: Draft, token: Token) -> bool:
    """ "houses were burned, and 200 families were lodged in Kutum": where those who fled are."""
    if draft.harm not in _DONE_THERE:
        return False
    tree = passage.tree
    verb = next((t for t in tree.ancestors(token.index) if t.upos == "VERB"), None)
    if verb is None or verb.index == draft.predicate:
        return False
    to = any(c.lemma.lower() == "to" for c in tree.children(token.index, "case"))
    lemma = passage.lemmas[verb.index]
    return lemma in _SHELTERS or (to and lemma in _MOVES)


def is_origin(passage: Passage, draft: Draft, token: Token) -> bool:
    """ "a trader from Zhob", "fire from Polohy", "the Zhob coach"."""
    above = passage.tree.head(token.index)
    if above is None or draft.harm == "displaced":
        return False
    sets_out = draft.harm not in _FLED and is_left_by(passage, token)
    if is_where_guns_stood(passage, token) or sets_out:
        return True
    if above.upos not in {"NOUN", "PROPN"}:
        return False
    cases = {c.lemma.lower() for c in passage.tree.children(token.index, "case")}
    if matches(token.deprel, ("nmod",)):
        return "from" in cases and not is_measured(passage, token.start)
    vehicle = passage.lemmas[above.index] in load_sites().vehicles
    return vehicle and matches(token.deprel, ("compound",))


def is_where_guns_stood(passage: Passage, token: Token) -> bool:
    """ "fire from a base in Shwebo", "a missile launched from a ship off Sevastopol"."""
    tree = passage.tree
    for at in (token, *tree.ancestors(token.index)):
        above = tree.head(at.index)
        if above is None or not matches(at.deprel, ("nmod", "obl")):
            return False
        if any(c.lemma.lower() == "from" for c in tree.children(at.index, "case")):
            return passage.lemmas[above.index] in _SENT
        if passage.lemmas[above.index] not in _GUNS_STAND:
            return False
    return False


def is_left_by(passage: Passage, token: Token) -> bool:
    """ "two brothers who had come from Misrata": where somebody had set out."""
    tree = passage.tree
    verb = tree.head(token.index)
    if verb is None or verb.deprel not in {"acl", "acl:relcl"}:
        return False
    out = any(c.lemma.lower() == "from" for c in tree.children(token.index, "case"))
    return out and passage.lemmas[verb.index] in _SETS_OUT


def is_named_for_else(passage: Passage, draft: Draft, seen: SeenPlace) -> bool:
    """A place that the sentence names for where guns stood, where somebody had set out or was at
    the time, or what happened at another time."""
    if is_of_another_time(passage, draft, seen):
        return True
    token = name_head(passage.tree, seen)
    if token is None or draft.harm in _FLED:
        return False
    return (
        is_where_guns_stood(passage, token)
        or is_left_by(passage, token)
        or is_somebodys(passage, token)
    )


def is_of_another_time(passage: Passage, draft: Draft, seen: SeenPlace) -> bool:
    """ "A bomb killed five in Kabul, days after an attack in Kunduz": Kunduz is of what came
    before, and Kabul is not of what is told behind "hours after" with a place of its own."""
    harm = passage.tokens[draft.predicate].start
    for hit in passage.times:
        words = hit.when.as_written.lower()
        if hit.when.rule != "relative_to_event" or not words.endswith((" after", " before")):
            continue
        later = [other for other in passage.places if other.start > hit.end]
        if not later or _GOES_ON.search(_between(passage, hit.end, later[0].start)) is not None:
            continue
        if harm < hit.start < seen.start and not _GOES_ON.search(
            _between(passage, hit.end, seen.start)
        ):
            return True
        if hit.end < harm and seen.end <= hit.start:
            return _GOES_ON.search(_between(passage, hit.end, harm)) is None
    return False


def _between(passage: Passage, start: int, end: int) -> str:
    return passage.text[start - passage.start : max(0, end - passage.start)]


def is_somebodys(passage: Passage, token: Token) -> bool:
    """ "She was in Paris": where one of whom the report tells was at the time."""
    subject = passage.tree.child(token.index, "nsubj")
    cop = passage.tree.child(token.index, "cop")
    return cop is not None and subject is not None and passage.lowered[subject.index] in _ONE


def is_measured(passage: Passage, start: int) -> bool:
    """ "a valley some twelve kilometres from Wabag": it says where the harm was done (rule 26)."""
    return _DISTANCE.search(passage.text[: start - passage.start]) is not None


def is_deathbed(passage: Passage, token: Token) -> bool:
    """ "was shot and died two days later in Cotabato": where one died is not where one was shot."""
    verb = passage.tree.head(token.index)
    return verb is not None and died_later(passage, verb.index)


def died_later(passage: Passage, verb: int) -> bool:
    """Whether a verb tells that one hurt before, in the same sentence, died some time after."""
    token = passage.tokens[verb]
    if passage.lemmas[verb] not in {"die", "succumb"} or token.deprel != "conj":
        return False
    return "later" in passage.lowered[verb : verb + 6]


def in_clause_apart(passage: Passage, draft: Draft, token: Token) -> bool:
    """ "the blast, which was heard in Cali": a relative clause that tells something else."""
    tree = passage.tree
    over = {draft.predicate, *(t.index for t in tree.ancestors(draft.predicate))}
    telling = {named.last for named in find_named(passage)}
    for at in (token, *tree.ancestors(token.index)):
        if at.index in over:
            return False
        if at.deprel == "acl:relcl":
            return at.index not in telling and passage.lemmas[at.index] not in _HAPPENS
    return False
