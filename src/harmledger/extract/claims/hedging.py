"""How sure a claim is, and whether its words deny the harm itself (contract §2, modality)."""

from __future__ import annotations

import re

from harmledger.core.claim import Modality
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Attribution, Passage
from harmledger.lexicon.settings import HedgeLexicon

_CLAUSE = ("advcl", "ccomp", "xcomp", "acl", "conj", "parataxis", "root")
_BY_MANNER: dict[str, Modality] = {"accuses": "alleged", "claims": "alleged", "fears": "feared"}
_HAPPENED = frozenset(
    {"force", "cause", "begin", "start", "continue", "compel", "oblige", "have", "say", "report",
     "know", "believe", "seem", "appear", "come", "manage", "lead", "go", "allege", "think",
     "presume", "fear", "confirm", "claim", "unable", "able"}
)  # fmt: skip
_STATES = ("maintain", "assert", "contend", "insist")
_OWN_DEED = ("responsibility", "credit", "full responsibility")
_TO_HAVE = r"to have (?:been |\w+ed ){0,2}(?:\w+ly )?$"
_LEADS: tuple[tuple[re.Pattern[str], Modality], ...] = (
    (re.compile(rf"\b(?:thought|believed|presumed|suspected) {_TO_HAVE}", re.I), "possible"),
    (re.compile(r"\b(?:thought|believed|presumed) (?:still )?to be (?:still )?$", re.I),
     "possible"),
    (re.compile(rf"\b(?:reported|said|alleged|rumou?red) {_TO_HAVE}", re.I), "alleged"),
    (re.compile(r"\bit (?:is|was|has been) (?:alleged|claimed|reported|rumou?red) (?:\w+ )?that\b"
                r"[^;]*$", re.I), "alleged"),
    (re.compile(r"\b(?:allegations?|accusations?|charges?|claims?) (?:that|of)\b[^;]*$", re.I),
     "alleged"),
    (re.compile(r"\b(?:accused|suspected|charged|mastermind|alleged(?:ly)?) "
                r"(?:of|with|behind|to have)\b[^;]{0,60}$", re.I), "alleged"),
)  # fmt: skip
_TOLLS = frozenset({"toll", "number", "count", "figure", "tally"})
_NOBODY = frozenset({"nobody", "noone", "nothing"})
_ORDER: tuple[Modality, ...] = ("conditional", "feared", "predicted", "alleged", "possible")


def guess_modality(
    passage: Passage, predicate: int, said: Attribution | None, lexicon: HedgeLexicon
) -> tuple[Modality, str]:
    """The modality of one harm word and the rule that says so.

    Looks at the auxiliaries of the clause and of those above it, adverbs, an "if" clause, and the
    reporting word. Misses irony, and hedges that stand in another sentence.
    """
    if said is not None and said.manner in _BY_MANNER and not _stands_by_it(passage, said):
        return _BY_MANNER[said.manner], f"modality:{said.manner}"
    found = {
        modality
        for at in _clause_heads(passage, predicate, said)
        for modality in _hedges_at(passage, at, predicate, lexicon)
    }
    told = _hedged_before(passage, predicate, said)
    found |= {told} if told is not None else set()
    for modality in _ORDER:
        if modality in found:
            return modality, f"modality:{modality}"
    return "stated", "modality:stated"


def _stands_by_it(passage: Passage, said: Attribution) -> bool:
    """ "Maintained that", "claimed responsibility for": a voice that states what it says."""
    if said.manner != "claims":
        return False
    cue = passage.text[said.cue[0] - passage.start : said.cue[1] - passage.start].lower()
    opens = passage.text[said.content[0] - passage.start :].lower()
    return cue.startswith(_STATES) or opens.startswith(_OWN_DEED)


def _hedged_before(passage: Passage, predicate: int, said: Attribution | None) -> Modality | None:
    """A hedge right before the harm word's clause, inside what the same voice says: "are thought
    to have been …", "the allegation that …", "is said to be the mastermind of …"."""
    start = passage.start
    if said is not None and said.content[0] <= passage.tokens[predicate].start:
        start = max(start, said.content[0])
    lead = passage.text[start - passage.start : passage.tokens[predicate].start - passage.start]
    for pattern, modality in _LEADS:
        if pattern.search(lead):
            return modality
    return None


def _clause_heads(passage: Passage, predicate: int, said: Attribution | None) -> tuple[int, ...]:
    """The harm word's clause and the clauses it complements, not those it merely modifies."""
    tree = passage.tree
    heads = [predicate]
    token = tree.tokens[predicate]
    for above in tree.ancestors(predicate):
        if said is not None and said.cue[0] <= above.start < said.cue[1]:
            break  # "could not confirm that": the hedge is the reporting word's
        behind = passage.tokens[above.index + 1 : above.index + 5]
        numbered = any(t.upos == "NUM" for t in behind)
        if numbered and matches(token.deprel, ("nsubj",)) and token.lemma.lower() in _TOLLS:
            heads.append(above.index)  # "the toll could reach 30"
            break
        if not matches(token.deprel, ("ccomp", "xcomp", "conj", "advcl:cond")):
            if token.deprel.startswith("acl") or token.upos in {"NOUN", "ADJ"}:
                token = above
                continue
            break
        heads.append(above.index)
        token = above
    return tuple(heads)


def _turned(passage: Passage, at: int) -> bool:
    """ "Had the rocket hit the school, …": an auxiliary before its subject supposes."""
    had = next((c for c in passage.tree.children(at, "aux") if c.text.lower() == "had"), None)
    subject = passage.tree.child(at, "nsubj", "nsubj:pass")
    if had is None or subject is None or not had.index < subject.index < at:
        return False
    return not passage.text.rstrip().endswith("?")


_APART = ("conj", "parataxis", "advcl", "ccomp", "obl", "nmod")
"""What hangs on a word and hedges something else: "were hurt, and she fears", "out of fear"."""
_SAYS = frozenset({"say", "confirm", "report", "tell", "announce", "state", "establish", "verify"})
""" "Dared to say that", "have been able to confirm that": what is said is not to come."""


def _hedges_at(passage: Passage, at: int, predicate: int, lexicon: HedgeLexicon) -> set[Modality]:
    tree = passage.tree
    words = lexicon.by_modality
    found: set[Modality] = set()
    children = tree.children(at)
    small = {c.lemma.lower() for c in children if c.upos in {"AUX", "ADV", "SCONJ", "PART"}}
    past = any(c.lemma == "have" for c in children)
    if small & words["predicted_aux"] and not past:
        found.add("predicted")
    if small & words["possible_aux"]:
        found.add("possible" if past or tree.child(at, "cop") is not None else "predicted")
    if {"if", "unless"} & small or (small & {"would"} and past) or _turned(passage, at):
        found.add("conditional")
    near = (c for c in children if not matches(c.deprel, _APART))
    own = {passage.lowered[at], passage.lemmas[at], *(c.text.lower() for c in near)}
    own_words: tuple[Modality, ...] = ("feared", "alleged", "possible")
    for modality in own_words:
        if own & {w for w in words[modality] if " " not in w}:
            found.add(modality)
    token = tree.tokens[at]
    infinitive = token.xpos == "VB" and "to" in {c.lemma.lower() for c in tree.children(at, "mark")}
    governor = passage.lemmas[token.head] if token.head >= 0 else ""
    says = at != predicate and passage.lemmas[at] in _SAYS
    if infinitive and not says and governor not in _HAPPENED:
        found.add("predicted")
    done = tree.child(at, "aux:pass") is not None  # "was threatened and displaced"
    if not done and {"plan", "threaten", "vow", "intend", "want"} & {passage.lemmas[at]}:
        found.add("predicted")
    return found


def is_negated(passage: Passage, predicate: int, lexicon: HedgeLexicon) -> bool:
    """ "were not killed", "obstruct nobody": the harm itself is denied by its clause."""
    negation = lexicon.by_modality["negation"]
    if any(c.text.lower() in _NOBODY for c in passage.tree.children(predicate, "obj")):
        return True
    subject = passage.tree.child(predicate, "nsubj")
    if subject is not None and subject.text.lower() == "none":
        # "none of their drones hit it"
        return passage.tree.child(subject.index, "nmod") is not None
    small = passage.tree.children(predicate, "advmod", "aux", "det", "mark")
    return any(
        c.text.lower() in negation and passage.lowered[c.index + 1 : c.index + 2] != ("only",)
        for c in small
        if c.text.lower() != "no"
    )
