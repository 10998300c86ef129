"""Who did it, as the sentence tells it: the subject of a harm verb, of an attack beside it, the
party behind "by", "blamed on" or "claimed responsibility" (reading rule 24).

Only people and bodies are doers: a weapon, a blast or hunger never is. Names of other sentences
are not looked up here; a pronoun stays as written and gets its name when all claims are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from harmledger.core.base import Value
from harmledger.extract.harms.arguments import find_agents, find_subjects
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons
from harmledger.lexicon.phrases import PhraseIndex
from harmledger.lexicon.settings import ActorLexicon, load_means

PRONOUNS = frozenset({"they", "we", "he", "she", "it", "i"})
_CLIMBS = ("conj", "advcl", "xcomp", "ccomp", "acl", "parataxis", "obl", "obj", "nmod")
_TOLD_BESIDE = frozenset({"after", "when", "as", "by", "while", "once", "where", "during"})
_EARLIER = frozenset({"after", "since", "because", "before", "following"})
_CUT_OFF = frozenset({"because", "since", "with", "after", "as"})
_CUTS = frozenset({"close", "shut", "cut", "block", "seal", "sever", "besiege", "encircle", "turn"})
"""What keeps people from water, care or leaving: done by whoever did it."""
_OUTER = ("acl", "appos", "parataxis", "case", "cc", "punct", "advmod", "dep", "list", "cop")
_BEHIND = re.compile(
    r"\b(?:blamed on|attributed to|(?:the )?works? of|at the hands of|responsibility of|"
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
_NOBODY = frozenset({"the", "a", "those", "people", "person", "persons", "some", "all", "members"})
"""A phrase of nothing but these says nothing of who it was ("the people who …")."""
_TOLD_OUTRIGHT = frozenset({"perpetrator:behind", "perpetrator:charged"})
_AT = frozenset({"in", "at", "near", "on", "around", "outside"})
_AS = frozenset({"as", "be", "to"})


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
    return head not in harmed and can_do(passage, head, actors)


def speaks_only(passage: Passage, head: int) -> bool:
    """Whoever only tells the harm ("the council reported three dead") is not its doer."""
    start = passage.tokens[head].start
    return any(a.source is not None and a.source[0] <= start < a.source[1]
               for a in passage.attributions)  # fmt: skip


def _own(passage: Passage, predicate: int, actors: ActorLexicon) -> Iterator[Doer]:
    if _bears(passage, predicate, actors):
        return
    for agent in find_agents(passage.tree, predicate):
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
        if _came_before(passage, here):
            return
        if here.index == predicate and _is_his(passage, here, actors):
            yield Doer(head=above.index, rule="perpetrator:agent")
            return
        if _attacks(passage, above.index, actors) or _is_controlled(passage, here):
            for agent in find_agents(passage.tree, above.index):
                yield Doer(head=agent, rule="perpetrator:clause")
        here = above


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
    if passage.tokens[verb].upos not in {"VERB", "AUX"}:
        return False
    if actors.acts.match(passage.lowered, passage.lemmas, verb) is not None:
        return True
    if actors.carriers.match(passage.lowered, passage.lemmas, verb) is None:
        return False
    return any(
        actors.attacks.match(passage.lowered, passage.lemmas, t.index) is not None
        for child in passage.tree.children(verb, "obj", "nsubj:pass")
        for t in passage.tree.subtree(child.index, "acl", "nmod")
    )


def _beside(passage: Passage, predicate: int, actors: ActorLexicon) -> Iterator[Doer]:
    """Doers of clauses below: "two died when a man opened fire", "… after masked men burst in"."""
    top = predicate
    for above in passage.tree.ancestors(predicate):
        if not matches(passage.tokens[top].deprel, ("conj", "xcomp")) or _is_cue(passage, above):
            break
        top = above.index
    for token in passage.tree.subtree(top, "parataxis"):
        marks = {c.text.lower() for c in passage.tree.children(token.index, "mark", "advmod")}
        below = matches(token.deprel, ("advcl", "acl"))
        cuts = passage.lemmas[token.index] in _CUTS and (marks & _CUT_OFF or token.xpos == "VBG")
        if below and (cuts or (marks & _TOLD_BESIDE and _attacks(passage, token.index, actors))):
            for agent in find_agents(passage.tree, token.index):
                yield Doer(head=agent, rule="perpetrator:beside")
    if passage.lowered[predicate + 1 : predicate + 2] in {("when",), ("as",), ("after",)}:
        yield from _right_behind(passage, predicate + 2, actors)


_NEAR = 10


def _right_behind(passage: Passage, first: int, actors: ActorLexicon) -> Iterator[Doer]:
    """ "The number killed when raiders on foot stormed the town has risen": the clause right behind
    the harm word, wherever a parser hangs it."""
    for token in passage.tokens[first : first + _NEAR]:
        if token.text in {",", ";", ":"}:
            return
        if matches(token.deprel, ("advcl",)) and _attacks(passage, token.index, actors):
            for agent in find_agents(passage.tree, token.index):
                yield Doer(head=agent, rule="perpetrator:beside")
            return


def _behind(passage: Passage, actors: ActorLexicon) -> Iterator[Doer]:
    """The party right behind "blamed on" or "carried out by"; who claims responsibility, and who
    is charged with it."""
    for match in _BEHIND.finditer(passage.text):
        token = passage.tree.at(passage.start + match.end())
        head = None if token is None else _head_from(passage, token.index)
        if head is not None:
            yield Doer(head=head, rule="perpetrator:behind")
    for pattern in (_CLAIMS, _CHARGED):
        for match in pattern.finditer(passage.text):
            verb = passage.tree.at(passage.start + match.start())
            if verb is None or _is_negated(passage, verb.index):
                continue
            above = verb.index if pattern is _CLAIMS else _predicate_of(passage, verb.index)
            for subject in find_subjects(passage.tree, above):
                yield Doer(head=subject, rule="perpetrator:charged")
            for child in passage.tree.children(above, "nsubj:pass"):
                yield Doer(head=child.index, rule="perpetrator:charged")


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


# ---- can they do it ----------------------------------------------------------------------------


def can_do(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    """Whether a phrase names people, a body or a force; a weapon or an event does nothing."""
    token = passage.tokens[head]
    if token.text.lower() in PRONOUNS:
        return token.upos == "PRON" and (token.text.lower() != "it" or _speaks(passage, token))
    if actors.attacks.match(passage.lowered, passage.lemmas, head) is not None:
        return False
    weapon = load_means().weapons.match(passage.lowered, passage.lemmas, head) is not None
    if weapon and not _is_one_of(passage, head, actors.forces):  # "gunmen" say a weapon too
        return False
    if token.entity in {"PER", "ORG"} or _is_power(passage, token):
        return True
    if token.text.lower() == "force" and not passage.tree.children(head, "amod", "compound"):
        return False  # "taken by force"
    bare = {t.text.lower() for t in passage.tree.subtree(head, *_OUTER)} <= _NOBODY
    return not bare and (
        _is_one_of(passage, head, actors.doers)
        or is_force(passage, head, actors)
        or token.xpos == "NNPS"  # "the Coastal Rangers"
        or _kills(passage, token)
    )


def _kills(passage: Passage, token: Token) -> bool:
    """ "Loggers killed two villagers": people of any trade who do it to somebody else."""
    verb = passage.tokens[token.head]
    return (
        token.deprel == "nsubj"
        and passage.lemmas[verb.index] in _KILLING
        and passage.tree.child(verb.index, "obj") is not None
        and load_persons().words.match(passage.lowered, passage.lemmas, token.index) is not None
    )


_KILLING = frozenset(
    {"kill", "murder", "lynch", "behead", "abduct", "kidnap", "execute", "massacre", "stab", "rape",
     "assassinate", "slaughter", "torture"}
)  # fmt: skip


_BOMBS = frozenset(
    {"bomb", "shell", "strike", "attack", "invade", "kill", "fire", "launch", "bombard", "hit",
     "detain", "deport", "expel", "arrest", "besiege", "blockade", "raid", "storm", "target"}
)  # fmt: skip


def _is_power(passage: Passage, token: Token) -> bool:
    """ "Russia shelled Kherson": a place that does what only people with arms do is a state. Misses
    states that do it in a noun ("the responsibility of Russia")."""
    if token.entity != "LOC" or token.upos != "PROPN" or token.deprel != "nsubj":
        return False
    verb = passage.tokens[token.head]
    return verb.upos == "VERB" and passage.lemmas[verb.index] in _BOMBS and verb.xpos != "VBN"


def _speaks(passage: Passage, token: Token) -> bool:
    """ "The Corps said it had struck": the body that speaks means itself."""
    return any(
        a.content[0] <= token.start < a.content[1]
        and a.voice
        and (a.voice[0].organisation or a.voice[0].name)
        for a in passage.attributions
    )


def is_force(passage: Passage, head: int, actors: ActorLexicon) -> bool:
    """Whether a phrase names a force, an armed group or combatants."""
    if _is_one_of(passage, head, actors.groups) or _is_one_of(passage, head, actors.forces):
        return True
    if passage.tokens[head].upos == "PROPN" and _is_one_of(passage, head, actors.doers):
        return True  # "the Harrow Front", "Rubezh Corps"
    word = load_persons().words.match(passage.lowered, passage.lemmas, head)
    return word is not None and word[1].status == "combatant"


def _is_one_of(passage: Passage, head: int, index: PhraseIndex[str]) -> bool:
    """Whether a phrase of the index ends on the head, or on the last word of a name it leads."""
    inside = passage.tree.subtree(head, "acl", "appos", "nmod", "conj", "advcl", "obl")
    ends = {head, *(t.index for t in inside if matches(t.deprel, ("flat",)))}
    for token in inside:
        hit = index.match(passage.lowered, passage.lemmas, token.index)
        if hit is not None and hit[0] - 1 in ends:
            return True
    return False


def phrase_of(passage: Passage, head: int) -> tuple[int, int]:
    """Document code points of a doer's phrase, article and clauses left out; the party it is
    identified as, where the text says that right behind it."""
    named = _identified_as(passage, head)
    head = head if named is None else named
    where = {
        t.index
        for child in passage.tree.children(head, "nmod", "obl")
        if child.entity == "LOC"
        and {c.lemma.lower() for c in passage.tree.children(child.index, "case")} & _AT
        for t in passage.tree.subtree(child.index)
    }  # "gunmen in Sucre": where it was, not who
    words = [
        t
        for t in passage.tree.subtree(head, *_OUTER)
        if t.index not in where
        and not (t.index < head and t.upos == "DET" and t.text.lower() in {"the", "a", "an"})
    ]
    last = max(head, *(t.index for t in words))
    run = [t for t in words if t.index <= last]
    return run[0].start, run[-1].end


def _identified_as(passage: Passage, head: int) -> int | None:
    """ "The attackers, whom he identified as members of the Red Hills Brigade"; "gunmen believed
    to be of the Front"."""
    tree = passage.tree
    for clause in tree.children(head, "acl"):
        for token in tree.subtree(clause.index):
            cases = {c.text.lower() for c in tree.children(token.index, "case", "mark", "cop")}
            named = any(t.upos == "PROPN" for t in tree.subtree(token.index))
            if cases & _AS and named and token.upos in {"NOUN", "PROPN"}:
                return token.index
    return None
