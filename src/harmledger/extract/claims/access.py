"""Drafts of access denied: evacuation, aid or movement blocked or attacked, a ceasefire broken.

Counts the people who are kept from moving, or nothing; routes and ceasefires are not counted
(reading rule 10).
"""

from __future__ import annotations

from harmledger.extract.claims.convoys import RESCUERS, may_be_attacked, of_fighters
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.denied import (
    Cut,
    Denied,
    count_people,
    draft_cut,
    is_voiced,
    people_under,
)
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.kept_out import (
    NOT_SAID,
    VEHICLES,
    WEATHER,
    convoy_of,
    no_access_at,
    not_reached_at,
    stood_before,
    truce_over_at,
    turned_back_at,
)
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.told_once import told_once
from harmledger.extract.claims.worded import access_cuts, people_in
from harmledger.extract.harms.arguments import find_objects, find_phrases, find_subjects, is_passive
from harmledger.extract.harms.company import company_end
from harmledger.extract.harms.conjuncts import with_conjuncts
from harmledger.extract.passage import Passage
from harmledger.lexicon.settings import ServiceLexicon

_MILITARY = frozenset(
    {
        "military",
        "army",
        "supply",
        "armoured",
        "armored",
        "tank",
        "presidential",
        "soldier",
        "troop",
        "radio",
    }
)
_UNWILLING = frozenset(
    {"refuse", "fail", "collapse", "stall", "delay", "dash", "derail", "frustrate"}
)
_GOODS = frozenset(
    {"aid", "relief", "fuel", "food", "medicine", "water", "supplies", "supply", "doctor",
     "mission", "partner",
     "agency", "monitor", "observer", "delegation", "bus", "truck", "medic", "nobody",
     "delivery", "flight"}
)  # fmt: skip
_SUBJECT_FAILS = frozenset(
    {"fail", "collapse", "stall", "come", "break", "fall", "shatter", "unravel", "crumble",
     "disintegrate"}
)  # fmt: skip
_CALLED_OFF = frozenset({"suspend", "call", "cancel", "abort", "interrupt", "postpone", "abandon"})
_JOURNEYS = frozenset(
    {"evacuation", "corridor", "humanitarian corridor", "convoy", "aid convoy", "flight",
     "aid flight", "relief flight", "evacuation convoy", "humanitarian convoy", "delivery",
     "aid delivery", "medical evacuation", "green corridor", "food convoy", "aid operation",
     "rescue operation", "evacuation corridor", "humanitarian flight", "rescue", "airdrop",
     "aid distribution", "food delivery", "shipment", "aid shipment"}
)  # fmt: skip
_COUNTS_NOBODY = (
    "access:break", "access:close", "access:attack", "access:truce", "access:noun",
)  # fmt: skip
_LEAVE = frozenset(
    {
        "leave",
        "flee",
        "evacuate",
        "enter",
        "reach",
        "cross",
        "return",
        "pass",
        "travel",
        "board",
        "sail",
        "fish",
    }
)


def draft_access(passage: Passage, know: Denied) -> tuple[Draft, ...]:
    """One draft for each clause that blocks, attacks or breaks."""
    drafts: dict[int, Draft] = {}
    for at in range(len(passage.tokens)):
        cut = (
            _blocked_at(passage, at, know)
            or _blockade_at(passage, at)
            or not_reached_at(passage, at, know)
            or no_access_at(passage, at, know)
            or turned_back_at(passage, at, know)
            or truce_over_at(passage, at, know)
        )
        if cut is None or cut.predicate in drafts:
            continue
        counts = not cut.rule.startswith(_COUNTS_NOBODY)
        people = _kept(passage, cut, know) if counts else ()
        counted = count_people(passage, people, know.persons)
        if counted is not None and not _is_counted(passage, counted, know):
            counted = None
        drafts[cut.predicate] = draft_cut(passage, cut, counted, know)
    for cut in access_cuts(passage, know):
        counted = count_people(passage, people_in(passage, cut, know), know.persons)
        drafts.setdefault(cut.predicate, draft_cut(passage, cut, counted, know))
    return told_once(passage, tuple(drafts.values()))


def _is_counted(passage: Passage, counted: Counted, know: Denied) -> bool:
    """A number, or one person: "a woman in labour was refused passage"."""
    if counted.figure is not None:
        return not _of_traffic(passage, counted.noun, know)
    article = passage.tree.child(counted.noun, "det")
    one = counted.quantity.high == 1 and article is not None and article.lemma.lower() == "a"
    return one and is_person(passage, counted.noun, know.persons)


_TRAFFIC = VEHICLES | {"mission", "movement", "request", "delivery", "shipment", "flight", "team"}


def _of_traffic(passage: Passage, noun: int, know: Denied) -> bool:
    """ "Five convoys were planned; two arrived and three were turned back": a bare number of what
    was told before it, and not of people."""
    if passage.tokens[noun].upos != "NUM":
        return False
    for token in reversed(passage.tokens[:noun]):
        if passage.lemmas[token.index] in _TRAFFIC:
            return True
        if token.upos == "NOUN" and is_person(passage, token.index, know.persons):
            return False
    return False


def _blocked_at(passage: Passage, at: int, know: Denied) -> Cut | None:
    token = passage.tokens[at]
    if token.upos not in {"VERB", "ADJ"} or _denies_doing(passage, at):
        return None
    if _of_service(passage, at, know):
        return None  # "cut the water" denies a service
    lexicon = know.services
    rule = _rule_of(passage, at, lexicon)
    if rule is None or (passage.lemmas[at] == "unload" and token.xpos == "VBG"):
        return None  # "traders unloading a lorry"
    moved = _moved(passage, at, rule, know)
    if moved is None and rule == "close" and passage.lemmas[at] in lexicon.block:
        rule = "block"  # roads are closed, convoys are blocked
        moved = _moved(passage, at, rule, know)
    if moved is None or _only_stopped(passage, at, moved) or _runs_dry(passage, at, moved, know):
        return None
    denied = _negated(passage, at, rule)
    if denied and not is_voiced(passage, at):
        return None
    return Cut(
        predicate=at, services=(), site=convoy_of(passage),
        first=min(at, moved), last=max(at, moved), rule=f"access:{rule}:{passage.lemmas[at]}",
        denied=denied,
    )  # fmt: skip


def _negated(passage: Passage, verb: int, rule: str) -> bool:
    """ "The road was never closed", "no convoy was blocked": an answer to a charge, no harm."""
    if rule == "not_let":
        return False
    own = {c.lemma.lower() for c in passage.tree.children(verb, "advmod", "cc:preconj")}
    if own & {"not", "n't", "n’t", "never"}:
        return True
    return any(
        passage.lowered[t.index] in {"no", "none", "nobody"}
        for head in (*find_subjects(passage.tree, verb), *find_objects(passage.tree, verb))
        for t in (passage.tokens[head], *passage.tree.children(head, "det", "advmod"))
    )


def _runs_dry(passage: Passage, at: int, moved: int, know: Denied) -> bool:
    """ "The water stopped": of its own, and a service that is cut."""
    if passage.lemmas[at] not in {"stop", "cease", "halt", "fail"}:
        return False
    service = know.services.services.match(passage.lowered, passage.lemmas, moved)
    passive = passage.tree.child(at, "aux:pass", "obj") is not None
    return service is not None and moved < at and not passive


_CARRIERS = frozenset({"bus", "minibus", "coach", "car", "taxi", "train"})


_AID_OR_BACK = frozenset(
    {"aid", "relief", "food", "evacuee", "evacuation", "back", "turn", "medicine", "humanitarian",
     "supplies", "reach", "leave"}
)  # fmt: skip


def _only_stopped(passage: Passage, at: int, moved: int) -> bool:
    """ "Gunmen stopped a bus": to rob or to seize, unless it carried aid or is sent back."""
    if passage.lemmas[at] not in {"stop", "halt"} or passage.lemmas[moved] not in _CARRIERS:
        return False
    return not _AID_OR_BACK & set(passage.lemmas)


def _of_service(passage: Passage, at: int, know: Denied) -> bool:
    """ "Water and power have been cut": what is cut is a service, no way and no movement."""
    if passage.lemmas[at] not in know.services.cut:
        return False
    heads = find_objects(passage.tree, at)
    return any(
        (hit is not None and hit[0] > head and passage.lemmas[head] not in _GOODS)
        or (passage.lemmas[head] in {"water", "fuel"} and passage.lemmas[at] == "cut")
        for head in heads
        if (hit := know.services.services.match(passage.lowered, passage.lemmas, head)) is not None
    ) or any(
        (hit := know.services.services.match(passage.lowered, passage.lemmas, head - 1)) is not None
        and hit[0] > head  # "internet access"
        for head in heads
        if head > 0
    )


def _denies_doing(passage: Passage, at: int) -> bool:
    """ "They deny blocking food": the word of denial blocks nothing."""
    if passage.lemmas[at] not in {"deny", "refuse"}:
        return False
    if any(passage.lemmas[c.index] in _DISOWNED for c in passage.tree.children(at, "obj")):
        return True  # "we deny any part in the affair of the bus"
    clauses = passage.tree.children(at, "xcomp", "ccomp")
    return any(c.xpos in {"VBG", "VBD", "VBP", "VBZ", "VBN"} for c in clauses)


_DISOWNED = frozenset(
    {"part", "role", "hand", "involvement", "knowledge", "responsibility", "claim", "report",
     "allegation", "accusation", "charge", "rumour", "rumor", "account"}
)  # fmt: skip


def _rule_of(passage: Passage, at: int, lexicon: ServiceLexicon) -> str | None:
    """How a verb denies access, by the lists of the lexicon."""
    lemma = passage.lemmas[at]
    if any(company_end(passage, c, at) is not None for c in lexicon.breaks.get(lemma, ())):
        return "break"
    if any(company_end(passage, c, at) is not None for c in lexicon.let.get(lemma, ())):
        near = passage.words(max(0, at - 8), at - 1) if at else ""
        return "not_let" if NOT_SAID.search(near) else None
    for name, table in (
        ("close", lexicon.close),
        ("attack", lexicon.ambush),
        ("block", lexicon.block),
    ):
        if any(company_end(passage, c, at) is not None for c in table.get(lemma, ())):
            return name
    return None


def _moved(passage: Passage, verb: int, rule: str, know: Denied) -> int | None:
    """The movement, aid, route or truce that the verb is about: in its object, its passive subject,
    or the subject of one that fails."""
    tree, lexicon = passage.tree, know.services
    heads = find_objects(tree, verb) + tuple(c.index for c in tree.children(verb, "xcomp", "ccomp"))
    bare = tree.tokens[verb].xpos in {"VBD", "VBN"} and tree.child(verb, "obj", "aux") is None
    if passage.lemmas[verb] in _SUBJECT_FAILS or tree.tokens[verb].upos == "ADJ" or bare:
        heads += find_subjects(tree, verb)
    if rule == "attack":
        heads += find_phrases(tree, verb, "at", "on", "over", "upon", "against")
    if rule == "close":
        agents = () if bare or is_passive(tree, verb) else find_subjects(tree, verb)
        if any(passage.lemmas[a] in WEATHER for a in agents):
            return None
        if any(passage.lemmas[a] == "police" for a in agents) and "street" in passage.lemmas:
            return None  # police cordon off a street at any scene
        if tree.child(verb, "obj") is not None and any(
            _is_civilian(passage, a, know) for a in agents
        ):
            return None  # a sit-in on a road
    for head in with_conjuncts(tree, heads):
        if passage.lowered[head] in {"it", "they"} and stood_before(passage, rule, lexicon):
            return head
        found = _names_movement(passage, verb, head, rule, lexicon)
        if found is not None:
            return found
        leaving = passage.lemmas[head] in _LEAVE or any(
            passage.lemmas[t.index] in _LEAVE and t.upos == "VERB"
            for t in (
                *tree.children(verb, "xcomp", "advcl", "ccomp"),
                *tree.children(head, "acl", "advcl"),
            )
        )
        own = passage.lemmas[verb] in _SUBJECT_FAILS and not is_passive(tree, verb)
        if own:
            continue  # "three farmers failed to return"
        if leaving and rule in {"block", "not_let"} and is_person(passage, head, know.persons):
            return head
    return None


def _names_movement(
    passage: Passage, verb: int, head: int, rule: str, lexicon: ServiceLexicon
) -> int | None:
    told = ("acl",) if passage.lemmas[verb] == "deny" else ()  # "denied reports that …"
    for token in passage.tree.subtree(head, "acl:relcl", "parataxis", "advcl", *told):
        if token.upos == "ADV":
            continue
        at = token.index
        if rule == "close":
            hit = lexicon.routes.match(passage.lowered, passage.lemmas, at)
            before = set(passage.lemmas[max(0, at - 2) : at])
            if hit is not None and at == head and not {"military", "army"} & before:
                return hit[0] - 1
            continue
        hit = lexicon.movement.match(passage.lowered, passage.lemmas, at)
        if passage.lowered[at] == "windows":
            continue  # a window of calm may be missed, panes are broken
        around = set(passage.lemmas[max(0, at - 2) : hit[0] + 3]) if hit is not None else set()
        talks = hit is not None and passage.lemmas[hit[0] : hit[0] + 1] == ("talk",)
        if hit is None or talks or _MILITARY & around or of_fighters(passage, at):
            continue
        unwilling = passage.lemmas[verb] in _UNWILLING and not is_passive(passage.tree, verb)
        if unwilling and hit[1] in _GOODS:
            continue  # "refused to withdraw the aid" keeps nobody from moving
        if passage.lemmas[verb] in _CALLED_OFF and hit[1] not in _JOURNEYS:
            continue  # a donor that suspends aid blocks no way
        truce = passage.lemmas[hit[0] - 1] in lexicon.truces or hit[1] in lexicon.truces
        if rule == "attack":
            if _is_attacked(passage, verb, at, hit):
                return hit[0] - 1
            continue
        if (rule == "break") == truce or truce:
            return hit[0] - 1
    return None


def _is_attacked(passage: Passage, verb: int, at: int, hit: tuple[int, str]) -> bool:
    """Not "no aid worker was hit", nor rescuers who were taken."""
    spared = at > 0 and passage.lowered[at - 1] == "no"
    taken = passage.lemmas[verb] in {"seize", "hijack", "loot"} and hit[1] in RESCUERS
    return not (spared or taken) and may_be_attacked(passage, hit[0] - 1, hit[1])


def _is_civilian(passage: Passage, head: int, know: Denied) -> bool:
    word = know.persons.single.get(passage.lemmas[head])
    return word is not None and (word.status == "civilian" or word.sex is not None or word.family)


def _blockade_at(passage: Passage, at: int) -> Cut | None:
    """ "the blockade of Baalbek by the militia": the act named by its noun."""
    if passage.lemmas[at] not in {"blockade", "closure"} or passage.tokens[at].upos != "NOUN":
        return None
    of = [c for c in passage.tree.children(at, "nmod")
          if "of" in {k.lemma.lower() for k in passage.tree.children(c.index, "case")}]  # fmt: skip
    if not of:
        return None
    routes = {"road", "crossing", "border", "route", "highway", "corridor", "port", "gate"}
    if passage.lemmas[at] == "closure" and passage.lemmas[of[0].index] not in routes:
        return None
    return Cut(
        predicate=at, services=(), first=at, last=of[0].index,
        rule=f"access:noun:{passage.lemmas[at]}",
    )  # fmt: skip


def _kept(passage: Passage, cut: Cut, know: Denied) -> tuple[int, ...]:
    """The counted people who are kept from moving, or from what was on its way."""
    for head in find_objects(passage.tree, cut.predicate):
        counted = passage.tree.child(head, "nummod", "det") is not None
        if counted and is_person(passage, head, know.persons):
            return (head,)
        if cut.rule.startswith("access:sent_back") and passage.lemmas[head] not in VEHICLES:
            return (head,)
    other = cut.first if cut.last == cut.predicate else cut.last
    return people_under(passage, other, know.persons)
