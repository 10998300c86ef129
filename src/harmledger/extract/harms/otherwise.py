"""Where a verb of harm says something else, or is nothing done to those beside it."""

from __future__ import annotations

from harmledger.extract.harms.arguments import is_passive
from harmledger.extract.harms.company import PREPOSITIONS, company_end
from harmledger.extract.harms.fitting import shooters, throws_people
from harmledger.extract.harms.people import are_these
from harmledger.extract.harms.weapons import done_by_weapon
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord, Who

FOUND = frozenset({"find", "locate", "trace", "account", "reach", "contact", "hear"})
"""Verbs that tell of the missing when those who look for them deny or cannot do them."""
PARTS_OF_BODY = frozenset(
    {"leg", "arm", "hand", "foot", "head", "chest", "back", "stomach", "face", "throat", "eye",
     "shoulder", "neck", "limb", "knee", "thigh", "skull", "jaw", "abdomen", "hip", "finger",
     "life", "lung", "spine", "body", "hair"}
)  # fmt: skip
_NEAR = 9
"""How many words behind a verb of coming home "alive" may stand."""


def done_by_them(passage: Passage, word: HarmWord, at: int, harmed: tuple[int, ...]) -> bool:
    """What the verb says is nothing done to ``harmed``: they throw, look or shoot."""
    if word.harm == "object_struck" and throws_people(passage, word, at):
        return True
    if (
        word.harm == "object_struck"
        and word.company[:1] == ("at",)
        and _acts_on_people(passage, at)
    ):
        return True  # "shot nineteen villagers at the canal", "was shot in the leg at a checkpoint"
    if word.harm == "object_struck" and shoots_there(passage, word, at):
        return True  # "opened fire at a taxi rank, wounding four", "shot it out at a rank"
    if word.harm == "abducted" and done_by_weapon(passage, at):
        return True  # "the rocket carried off six of the household"
    if word.harm == "missing" and word.denial and "alive" in passage.lowered[at : at + _NEAR]:
        return True  # "never came out of the market alive"
    if word.harm == "displaced" and word.lemma == "displace" and went_home(passage, at):
        return True  # "3,000 displaced people have returned"
    if word.harm == "missing" and word.lemma == "return" and _are_displaced(passage, harmed):
        return True  # "the displaced families have not returned"
    if word.harm == "trapped" and _part_of_body(passage, at):
        return True  # "her hand was cut off"
    if word.denial == "negated" and word.lemma in _CALLED and is_passive(passage.tree, at):
        return True  # "families there cannot be reached"
    if word.denial == "negated" and word.pattern == "object" and not is_passive(passage.tree, at):
        return not _sought(passage, word, at, harmed)  # "they had never seen a judge"
    return word.lemma == "shoot" and not word.company and shooters(passage, at, harmed)


def _are_displaced(passage: Passage, harmed: tuple[int, ...]) -> bool:
    near = {passage.lowered[n] for h in harmed for n in (h, max(0, h - 1))}
    return bool(near & {"displaced", "refugees", "evacuees", "idps"})


def went_home(passage: Passage, at: int) -> bool:
    """The displaced of whom the clause tells that they are back (reading rule 5)."""
    token = passage.tokens[at]
    if not matches(token.deprel, ("amod",)):
        return False
    verb = passage.tokens[token.head].head
    if verb < 0 or not matches(passage.tokens[token.head].deprel, ("nsubj",)):
        return False
    near = passage.lowered[max(0, verb - 4) : verb + 2]
    home = passage.lemmas[verb] == "go" and {"home", "back"} & set(near)
    back = passage.lemmas[verb] == "return" and passage.tokens[verb].xpos != "VBG"
    return bool(back or home) and not {"not", "n't", "never", "yet"} & set(near)


def _part_of_body(passage: Passage, at: int) -> bool:
    near = [c.index for c in passage.tree.children(at, "nsubj", "nsubj:pass", "obj")]
    token = passage.tokens[at]
    if token.xpos == "VBN" and token.head >= 0:
        near.append(token.head)
        near.extend(c.index for c in passage.tree.children(token.head, "obj"))
    return any(passage.lemmas[n] in PARTS_OF_BODY for n in near)


def _acts_on_people(passage: Passage, at: int) -> bool:
    told = passage.tree.children(at, "obj", "nsubj:pass")
    return any(are_these(passage, c.index, "people") for c in told)


_HURT = frozenset(
    {"kill", "wound", "injure", "dead", "die", "hurt", "murder", "injury", "death", "victim"}
)


def shoots_there(passage: Passage, word: HarmWord, at: int) -> bool:
    """Fire opened "at" a place where people are hurt: it is where they were, not what was shot at.
    Misses the building that was the mark and had people in it."""
    lemma = passage.lemmas[at]
    if word.company[-1:] != ("at",) and passage.lowered[at + 1 : at + 3] != ("fire", "at"):
        return False
    if lemma == "shoot":
        return passage.lowered[at + 1 : at + 3] == ("it", "out")
    return lemma == "open" and bool(_HURT & passage.vocabulary)


def _nobody_saw(passage: Passage, at: int) -> bool:
    """ "Nobody has seen the sexton since the raid"."""
    before = {*passage.lowered[max(0, at - 5) : at]}
    return (
        bool({"nobody", "one", "neighbours", "neighbors"} & before) and "since" in passage.lowered
    )


def _sought(passage: Passage, word: HarmWord, at: int, harmed: tuple[int, ...]) -> bool:
    """ "We cannot account for nine of our people", "has not heard from her brother"."""
    if word.lemma == "see":
        return _nobody_saw(passage, at) and any(are_these(passage, h, "people") for h in harmed)
    if word.lemma in _CALLED:  # aid that "has not reached 9,000 people" is something else
        return any(are_these(passage, h, "kin") for h in harmed)
    people = any(
        are_these(passage, h, who) or passage.tokens[h].entity == "PER"
        for h in harmed for who in _SOUGHT
    )  # fmt: skip
    return word.lemma in FOUND and people


_CALLED = frozenset({"reach", "contact"})
_SOUGHT: tuple[Who, ...] = ("counted", "kin")


def says_otherwise(passage: Passage, word: HarmWord, company: tuple[str, ...], at: int) -> bool:
    """Words that give the verb another sense; one preposition does so only right behind an active
    verb: "seized on the chance", not "were seized … on 21 November"."""
    if word.company[: len(company)] == company:
        return False
    if company == ("on",) and is_passive(passage.tree, at):
        return False
    if len(company) == 1 and company[0] in PREPOSITIONS:
        return passage.lowered[at + 1 : at + 2] == company
    return company_end(passage, company, at) is not None


def of_another(passage: Passage, word: HarmWord, at: int, last: int) -> bool:
    """ "Received 15 people with gunshot wounds": the wounds are theirs."""
    token = passage.tokens[last]
    if (
        not word.company
        or token.upos != "NOUN"
        or token.head < 0
        or word.company[0] in PREPOSITIONS
    ):
        return False
    above = passage.tokens[token.head]
    if passage.lemmas[above.index] in {"degree", "variety", "number", "kind", "type"}:
        return False  # "sustained various degrees of burns"
    return (
        at < above.index < last
        and above.upos in {"NOUN", "NUM"}
        and matches(token.deprel, ("nmod",))
    )
