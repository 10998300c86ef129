"""Whether a word stands for people, for fighters, or for somebody's own kin."""

from __future__ import annotations

import re

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import Who
from harmledger.lexicon.persons import load_persons

_FIGHTERS = frozenset({"comrade", "fighter", "soldier", "hero", "man", "warrior", "brother"})
_OWN = frozenset({"our", "my", "his", "her", "their", "its"})
_AGENTS = ("er", "or", "ist", "man", "woman", "mate", "ian", "ee")
_THINGS = frozenset(
    {"trailer", "container", "computer", "shelter", "tower", "boulder", "paper", "meter", "letter",
     "quarter", "headquarter", "center", "mortar", "number", "member state", "generator", "reactor",
     "transformer", "tractor", "bulldozer", "launcher", "dollar", "order", "charter",
     "helicopter", "bomber", "destroyer", "carrier", "metre", "kilometre", "hectare", "litre",
     "bunker", "harvester", "trouser", "river", "border", "corner", "matter", "power", "water",
     "fire"}
)  # fmt: skip
_THE_HARMED = frozenset({"those", "wounded", "injured", "missing", "disappeared", "own"})
_PLURAL = frozenset({"they", "them", "others", "we", "us", "both", "who"})


def are_these(passage: Passage, head: int, who: Who) -> bool:
    """Whether the phrase under ``head`` names people of this sort.

    A bare figure stands for people unless "of" says otherwise.
    """
    persons = load_persons()
    heads = (head, *_inside(passage, head))
    if who == "counted":
        return any(in_figure(passage, h) for h in _counting(passage, head)) and are_these(
            passage, head, "people"
        )
    if who == "people":
        known = any(is_person(passage, h, persons) for h in heads)
        bare = _bare_figure(passage, head) or _so_many_more(passage, head)
        return known or bare or any(_agents(passage, h) for h in heads)
    owned = any(
        passage.lowered[c.index] in _OWN
        for h in heads
        for c in passage.tree.children(h, "nmod:poss")
    )
    words = [w for h in heads if (w := persons.single.get(passage.lemmas[h])) is not None]
    if who == "kin":
        return owned and any(is_person(passage, h, persons) for h in heads)
    fights = any(passage.lemmas[h] in _FIGHTERS for h in heads)
    return any(w.status == "combatant" for w in words) or (owned and fights)


def _agents(passage: Passage, head: int) -> bool:
    """ "Nine boarders", "six “collaborators”": counted, with the ending of those who do something,
    and no site or thing."""
    token = passage.tokens[head]
    ending = passage.lemmas[head].endswith(_AGENTS) and token.upos == "NOUN"
    if not ending or passage.lemmas[head] in _THINGS:
        return False
    site = any(s.first <= head <= s.last for s in passage.sites)
    return not site and any(in_figure(passage, h) for h in _counting(passage, head))


def _counting(passage: Passage, head: int) -> tuple[int, ...]:
    """The head of a phrase and its number."""
    return (head, *(c.index for c in passage.tree.children(head, "nummod", "compound")))


def _bare_figure(passage: Passage, head: int) -> bool:
    return in_figure(passage, head) and all(
        in_figure(passage, i) or _is_whole(passage, i) or _is_the_harmed(passage, i)
        for i in _inside(passage, head)
    )


def _so_many_more(passage: Passage, head: int) -> bool:
    """ "Killed four porters and captured two more": the number counts, and "more" is no noun."""
    more = passage.lowered[head] == "more" and passage.tokens[head].upos == "ADJ"
    return more and head > 0 and in_figure(passage, head - 1)


def _is_the_harmed(passage: Passage, at: int) -> bool:
    """ "Two of the wounded", "eighty of those on board"; of "three of those held" "held" tells."""
    told = passage.tokens[at + 1 : at + 2]
    return passage.lowered[at] in _THE_HARMED and not any(t.xpos == "VBN" for t in told)


def _is_whole(passage: Passage, at: int) -> bool:
    """ "Ten of the fourteen": the whole that the number is of, itself a number."""
    start = passage.tokens[at].start
    return any(f.kind == "denominator" and f.start <= start < f.end for f in passage.figures)


def _inside(passage: Passage, head: int) -> tuple[int, ...]:
    tree = passage.tree
    if not in_figure(passage, head):
        return ()
    return tuple(
        c.index
        for c in tree.children(head, "nmod", "obl")
        if any(case.lemma.lower() == "of" for case in tree.children(c.index, "case"))
    )


_OF_THE_LIVING = re.compile(
    r"\b(?:over|across|on|in|into|(?:half|thirds?|quarters?|per ?cent|%|much|most|parts?)(?: of)?)"
    r" (?:all |half |most of |much of )?(?:their|his|her|our|my)(?: \w+)? $",
    re.I,
)


def is_own_body(passage: Passage, first: int) -> bool:
    """ "Burns over half their bodies", "shrapnel in her body": those who have it live."""
    lead = passage.text[: passage.tokens[first].start - passage.start]
    return _OF_THE_LIVING.search(lead) is not None


def owners_of_bodies(passage: Passage, noun: int, *, counted: bool) -> tuple[int, ...]:
    """ "The remains correspond to at least nine people", "the bodies belonged to four men"; not of
    bodies that are counted themselves."""
    above = passage.tree.head(noun)
    if counted or above is None or passage.lemmas[above.index] not in {"belong", "correspond"}:
        return ()
    if passage.tokens[noun].deprel != "nsubj":
        return ()
    owners = find_phrases(passage.tree, above.index, "to")
    return tuple(i for i in owners if are_these(passage, i, "people"))
