"""Who did it, as the sentence tells it: the subject of a harm verb, of an attack beside it, the
party behind "by", "blamed on" or "claimed responsibility" (reading rule 24).

Only people and bodies are doers: a weapon, a blast or hunger never is. Names of other sentences
are not looked up here; a pronoun stays as written and gets its name when all claims are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from harmledger.core.base import Value
from harmledger.extract.claims.able import can_do
from harmledger.extract.claims.doing import carries_attack, doers_of
from harmledger.extract.harms.arguments import find_subjects
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.settings import ActorLexicon, load_means, load_sites

_CLIMBS = ("conj", "advcl", "xcomp", "ccomp", "acl", "parataxis", "obl", "obj", "nmod")
_TOLD_BESIDE = frozenset({"after", "when", "as", "by", "while", "once", "where", "during"})
_EARLIER = frozenset({"after", "since", "because", "before", "following"})
_CUT_OFF = frozenset({"because", "since", "with", "after", "as"})
_CUTS = frozenset({"close", "shut", "cut", "block", "seal", "sever", "besiege", "encircle", "turn"})
"""What keeps people from water, care or leaving: done by whoever did it."""
_BEHIND = re.compile(
    r"\b(?:blamed on|attributed to|(?:the )?works? of|(?:at|in) the hands of|responsibility of|"
    r"(?:violence|aggression) (?:by|of)|"
    r"(?:carried out|perpetrated|committed|caused|staged|launched|fired|thrown|planted|ordered|"
    r"claimed|laid|detonated|conducted|executed|masterminded|flown|dropped|"
    r"sown|operated|piloted) (?:\w+ ){0,2}?by)\s+",
    re.I,
)
_CLAIMS = re.compile(
    r"\b(?:claim|took|take|accept|admit)(?:s|ed|ing|ted)?\s+(?:\w+\s+)?(?:responsibility|credit)\b",
    re.I,
)
_CHARGED = re.compile(
    r"\b(?:accused|suspected|convicted|charged|wanted|indicted|guilty|blamed|responsible|"
    r"the (?:alleged )?(?:mastermind|author|killer|perpetrator)s?|implicated|involved)\s+"
    r"(?:of|for|with|in|behind)\b",
    re.I,
)
_BLAMES = re.compile(
    r"\b(?:blam(?:es?|ed|ing)|pin(?:s|ned|ning)?) (?!it on\b)(?:(?!\bfor\b)[^.;:])+?\bon "
    r"(?=the |a |an |[A-Z])",
)
"""Whom something is blamed on, however much stands between."""
_TOLD_OUTRIGHT = frozenset({"perpetrator:behind", "perpetrator:charged"})


class Doer(Value, frozen=True, kw_only=True):
    """Head token of a doer's phrase and the rule that found it."""

    head: int
    rule: str


def find_doer(
    passage: Passage, predicate: int, harmed: frozenset[int], actors: ActorLexicon
) -> Doer | None:
    """The doer of one harm: of its own verb, of what stands above it, of an attack told beside it.

    ``harmed`` are head tokens of the harmed, who never do it. Two different doers beside it are
    none: which of them did it is not said.
    """
    if _brings_to_safety(passage, predicate, actors):
        return None
    for found in (_own(passage, predicate, actors), _behind(passage, actors)):
        doer = _first(passage, found, harmed, actors)
        if doer is not None:
            return doer
    above = _first(passage, _above(passage, predicate, actors), harmed, actors)
    if above is not None:
        return above
    beside = [
        d
        for d in _beside(passage, predicate, actors)
        if _fits(passage, d.head, harmed, actors) and not speaks_only(passage, d.head)
    ]
    return beside[0] if len({d.head for d in beside}) == 1 else None


def _brings_to_safety(passage: Passage, predicate: int, actors: ActorLexicon) -> bool:
    """ "Police were evacuating residents when the army opened fire": who fired moved nobody."""
    if passage.lemmas[predicate] not in {"evacuate", "rescue"}:
        return False
    agents = doers_of(passage.tree, predicate)
    return any(
        passage.lemmas[a] in {"police", "officer", "policeman"}
        or actors.helpers.match(passage.lowered, passage.lemmas, a) is not None
        for a in agents
    )


def _first(
    passage: Passage, doers: Iterator[Doer], harmed: frozenset[int], actors: ActorLexicon
) -> Doer | None:
    return next(
        (
            d
            for d in doers
            if _fits(passage, d.head, harmed, actors)
            and (d.rule in _TOLD_OUTRIGHT or not speaks_only(passage, d.head))
        ),
        None,
    )


def _fits(passage: Passage, head: int, harmed: frozenset[int], actors: ActorLexicon) -> bool:
    return (
        head not in harmed
        and not _undergoes(passage, head, harmed)
        and can_do(passage, head, actors)
    )


def _undergoes(passage: Passage, head: int, harmed: frozenset[int]) -> bool:
    """ "Three members of the opposition Column were taken and remain missing": a parser may make
    the party another subject beside those harmed."""
    token = passage.tokens[head]
    if token.deprel != "nsubj:pass" or token.head < 0:
        return False
    return any(t.index in harmed for t in passage.tree.children(token.head, "nsubj:pass"))


def speaks_only(passage: Passage, head: int) -> bool:
    """Whoever only tells the harm ("the council reported three dead") is not its doer."""
    start = passage.tokens[head].start
    return any(a.source is not None and a.source[0] <= start < a.source[1]
               for a in passage.attributions)  # fmt: skip


def _own(passage: Passage, predicate: int, actors: ActorLexicon) -> Iterator[Doer]:
    if _bears(passage, predicate, actors):
        return
    for agent in doers_of(passage.tree, predicate):
        yield Doer(head=agent, rule="perpetrator:agent")


def _bears(passage: Passage, verb: int, actors: ActorLexicon) -> bool:
    return actors.bearers.match(passage.lowered, passage.lemmas, verb) is not None


def _above(passage: Passage, predicate: int, actors: ActorLexicon) -> Iterator[Doer]:
    """Subjects of the clauses a harm hangs on: "gunmen attacked a bus, killing three"; as far as
    nobody else begins to speak, and not out of what came before ("Rebels hit back after shells
    killed two") nor of what somebody else did ("police arrested a man who stabbed three")."""
    here = passage.tokens[predicate]
    for above in passage.tree.ancestors(predicate):
        if not matches(here.deprel, _CLIMBS) or _is_cue(passage, above):
            return
        if _came_before(passage, here) or _only_has_to_do(passage, here, above, actors):
            return
        if here.index == predicate and _is_his(passage, here, actors):
            yield Doer(head=above.index, rule="perpetrator:agent")
            return
        if _attacks(passage, above.index, actors) or _is_controlled(passage, here):
            for agent in doers_of(passage.tree, above.index):
                yield Doer(head=agent, rule="perpetrator:clause")
        here = above


_BODIES = frozenset({"body", "corpse", "remains"})
_TAKING = frozenset({"take", "pull", "lift", "bring", "remove", "get", "carry"})


def _only_has_to_do(passage: Passage, here: Token, above: Token, actors: ActorLexicon) -> bool:
    """ "Treated 15 people with burns", "took in seven bodies": whoever sees to the hurt and the
    dead; and "neither ordered nor wished the killing"."""
    if matches(here.deprel, ("conj", "parataxis", "advcl")):
        return False
    if above.upos == "VERB" and _bears(passage, above.index, actors):
        return True
    near = passage.lowered[max(0, above.index - 2) : above.index]
    if above.upos == "VERB" and {"neither", "nor"} & set(near):
        return True
    return passage.lemmas[here.index] in _BODIES and passage.lemmas[above.index] in _TAKING


def _came_before(passage: Passage, here: Token) -> bool:
    """Not "after killing two guards", which has the subject of its clause."""
    if not matches(here.deprel, ("advcl", "acl", "obl", "nmod")):
        return False
    if here.xpos == "VBG" and passage.tree.child(here.index, "nsubj", "nsubj:pass") is None:
        return False
    marks = passage.tree.children(here.index, "mark", "case")
    return any(m.lemma.lower() in _EARLIER and m.index < here.index for m in marks)


def _is_his(passage: Passage, here: Token, actors: ActorLexicon) -> bool:
    """ "A man who stabbed three": a person's own deed."""
    subject = passage.tree.child(here.index, "nsubj")
    if not matches(here.deprel, ("acl:relcl",)) or subject is None:
        return False
    return subject.text.lower() == "who" and not _bears(passage, here.index, actors)


def _is_controlled(passage: Passage, here: Token) -> bool:
    """ "armed men came from the west, setting ablaze the tax office": the participle has the
    subject of its clause."""
    if not matches(here.deprel, ("advcl",)) or here.xpos != "VBG":
        return False
    return passage.tree.child(here.index, "mark", "nsubj", "nsubj:pass") is None


def _is_cue(passage: Passage, token: Token) -> bool:
    return any(a.cue[0] <= token.start < a.cue[1] for a in passage.attributions)


def _attacks(passage: Passage, verb: int, actors: ActorLexicon) -> bool:
    """Whether a verb is an act of an attack, or has an attack as its object."""
    if passage.tokens[verb].upos not in {"VERB", "AUX"} or _brings_toll(passage, verb):
        return False
    if actors.acts.match(passage.lowered, passage.lemmas, verb) is not None:
        return True
    return carries_attack(passage, verb, actors)


_TOLLS = frozenset({"toll", "number", "total", "count", "figure", "tally"})


def _brings_toll(passage: Passage, verb: int) -> bool:
    """ "Taking the toll to 19": nobody does that with a weapon."""
    return any(passage.lemmas[o.index] in _TOLLS for o in passage.tree.children(verb, "obj"))


def _beside(passage: Passage, predicate: int, actors: ActorLexicon) -> Iterator[Doer]:
    """Doers of clauses below: "two died when a man opened fire", "… after masked men burst in"."""
    top = predicate
    for above in passage.tree.ancestors(predicate):
        if not matches(passage.tokens[top].deprel, ("conj", "xcomp")) or _is_cue(passage, above):
            break
        top = above.index
    for token in passage.tree.subtree(top, "parataxis"):
        marks = {c.text.lower() for c in passage.tree.children(token.index, "mark", "advmod")}
        marks.add(_opens_with(passage, token))
        below = matches(token.deprel, ("advcl", "acl"))
        cuts = (passage.lemmas[token.index] in _CUTS or _lets_nobody(passage, token.index)) and (
            marks & _CUT_OFF or token.xpos == "VBG"
        )
        attacks = marks & _TOLD_BESIDE and (
            _attacks(passage, token.index, actors) or _stops_vehicle(passage, token)
        )
        if below and (cuts or attacks or _laid_or_ringed(passage, predicate, token, actors)):
            for agent in doers_of(passage.tree, token.index):
                yield Doer(head=agent, rule="perpetrator:beside")
    if passage.lowered[predicate + 1 : predicate + 2] in {("when",), ("as",), ("after",)}:
        yield from _right_behind(passage, predicate + 2, actors)


def _opens_with(passage: Passage, verb: Token) -> str:
    """ "When gunmen suspected to be herdsmen invaded": the word a clause opens with, wherever a
    parser hangs it."""
    inside = passage.tree.subtree(verb.index)
    return min(inside, key=lambda t: t.index).text.lower()


_RINGS = frozenset({"besiege", "encircle", "surround", "blockade", "seal"})
_SHUT_IN = frozenset({"trap", "strand", "remain", "stay", "live", "hold", "leave", "cut", "go"})


def _laid_or_ringed(passage: Passage, predicate: int, token: Token, actors: ActorLexicon) -> bool:
    """ "A mine which the rebels had laid", "trapped in the town, which the army has besieged since
    March": a clause on what did the harm or on where it holds people."""
    if not matches(token.deprel, ("acl",)) or passage.tree.child(token.index, "nsubj") is None:
        return False
    if passage.lemmas[token.index] in _RINGS:
        return passage.lemmas[predicate] in _SHUT_IN
    weapon = load_means().weapons.match(passage.lowered, passage.lemmas, token.head) is not None
    return weapon and _attacks(passage, token.index, actors)


def _stops_vehicle(passage: Passage, token: Token) -> bool:
    """ "… vanished after masked men stopped their bus"."""
    return passage.lemmas[token.index] in _STOPS and any(
        passage.lemmas[o.index] in load_sites().vehicles
        for o in passage.tree.children(token.index, "obj")
    )


_STOPS = frozenset({"stop", "halt", "board", "intercept", "surround"})


def _lets_nobody(passage: Passage, verb: int) -> bool:
    """ "Because fighters would not let it pass"."""
    return passage.lemmas[verb] in {"let", "allow"} and _is_negated(passage, verb)


_NEAR = 10


def _right_behind(passage: Passage, first: int, actors: ActorLexicon) -> Iterator[Doer]:
    """ "The number killed when raiders on foot stormed the town has risen": the clause right behind
    the harm word, wherever a parser hangs it."""
    for token in passage.tokens[first : first + _NEAR]:
        if token.text in {",", ";", ":"}:
            return
        if matches(token.deprel, ("advcl",)) and _attacks(passage, token.index, actors):
            for agent in doers_of(passage.tree, token.index):
                yield Doer(head=agent, rule="perpetrator:beside")
            return


def _behind(passage: Passage, actors: ActorLexicon) -> Iterator[Doer]:
    """The party right behind "blamed on" or "carried out by"; who claims responsibility, and who
    is charged with it."""
    behind, charged = _blaming(passage)
    for end in behind:
        token = passage.tree.at(passage.start + end)
        head = None if token is None else _head_from(passage, token.index)
        if head is not None:
            yield Doer(head=head, rule="perpetrator:behind")
    for start, claims_it in charged:
        verb = passage.tree.at(passage.start + start)
        if verb is None or _is_negated(passage, verb.index):
            continue
        above = verb.index if claims_it else _predicate_of(passage, verb.index)
        for subject in find_subjects(passage.tree, above):
            yield Doer(head=subject, rule="perpetrator:charged")
        for child in passage.tree.children(above, "nsubj:pass"):
            yield Doer(head=child.index, rule="perpetrator:charged")


@lru_cache(LATELY)
def _blaming(passage: Passage) -> tuple[tuple[int, ...], tuple[tuple[int, bool], ...]]:
    """Where words end that a doer stands behind; where words begin that say whom it is laid to, and
    whether they claim it themselves. Asked again for every claim of a sentence."""
    behind = (*_BEHIND.finditer(passage.text), *_BLAMES.finditer(passage.text))
    claimed = ((m.start(), True) for m in _CLAIMS.finditer(passage.text))
    charged = ((m.start(), False) for m in _CHARGED.finditer(passage.text))
    return tuple(m.end() for m in behind), (*claimed, *charged)


def _is_negated(passage: Passage, at: int) -> bool:
    return bool({"not", "n't", "never", "no", "denied"} & set(passage.lowered[max(0, at - 4) : at]))


def _predicate_of(passage: Passage, at: int) -> int:
    """The word of "is said to be the mastermind" that a subject hangs on."""
    for token in (passage.tokens[at], *passage.tree.ancestors(at)):
        if passage.tree.child(token.index, "nsubj") is not None:
            return token.index
    return at


def _head_from(passage: Passage, first: int) -> int | None:
    """The head of the noun phrase that begins at a token."""
    last = None
    for token in passage.tokens[first : first + 12]:
        if token.upos in {"NOUN", "PROPN", "PRON"}:
            last = token.index
        elif token.upos not in {"DET", "ADJ", "NUM"} and token.text not in {"-", "'s"}:
            break
    return last
