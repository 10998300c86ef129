"""The count that stands right beside a harm word, seen by the number grammar before any parser."""

from __future__ import annotations

from harmledger.extract.claims.phrases import is_person
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import load_persons

_PLACE_WORDS = frozenset(
    {"outside", "inside", "near", "in", "at", "on", "around", "across", "after", "as", "during"}
)  # fmt: skip
_GROUPS = frozenset({"family", "household", "group"})


def figure_before(passage: Passage, at: int) -> int | None:
    """ "3 killed and 17 wounded": a count right before the participle is its own subject.

    Auxiliaries, adverbs and one bare noun may stand between.
    """
    token = passage.tokens[at]
    if matches(token.deprel, ("amod",)) and passage.tokens[token.head].upos in {"NOUN", "PROPN"}:
        return None  # "some wounded doctors": the figure counts the noun
    before = at - 1
    while before >= 0 and passage.tokens[before].upos in {"AUX", "ADV", "PART"}:
        before -= 1
    thought = before != (before := _before_thought(passage, before))
    if before < 0:
        return None
    aged = _before_age(passage, before)
    if aged is not None:
        return aged
    before = _before_aboard(passage, _before_aside(passage, before))
    if in_figure(passage, before):
        token = passage.tokens[before]
        if _is_years(passage, before):
            return before - 2
        if before and passage.lowered[before - 1] == "not" and matches(token.deprel, ("conj",)):
            return token.head  # "eight civilians and not six were killed"
        family = token.head >= 0 and passage.lemmas[token.head] in _GROUPS
        return token.head if family and token.deprel == "nmod" else before
    more = passage.lowered[before] in {"more", "others"}
    if more and before > 1 and passage.lowered[before - 1] == "many" and before == at - 1:
        return before - 1  # "and many more wounded"
    bare = (before == at - 1 or thought) and (passage.tokens[before].upos == "NOUN" or more)
    if bare and before > 0 and in_figure(passage, before - 1):
        token = passage.tokens[before]
        if token.deprel == "conj" and token.head < before:
            return _first_of_list(passage, before)  # "groom and two guests dead"
        return before  # "nine staff killed and 37 people wounded"
    return None


_COMPANIES = frozenset(
    {"family", "household", "group", "crew", "team", "party", "patrol", "squad", "gang", "band",
     "unit", "column", "delegation", "couple", "staff", "crowd", "mob"}
)  # fmt: skip


def _is_years(passage: Passage, number: int) -> bool:
    """ "A novice of eleven bled to death": how old the one before is; not "a crew of eleven"."""
    of = number > 2 and passage.lowered[number - 1] == "of"
    person = passage.tokens[number - 2] if of else None
    if person is None or person.xpos != "NN" or passage.lemmas[person.index] in _COMPANIES:
        return False
    one = any(t.text.lower() in {"a", "an", "the"} for t in passage.tree.children(person.index))
    return one and is_person(passage, person.index, load_persons())


_THOUGHT = frozenset(
    {"think", "believe", "fear", "know", "report", "say", "presume", "assume", "estimate",
     "understand", "suspect", "allege", "confirm", "declare", "pronounce", "certify"}
)  # fmt: skip
_BEHIND_THOUGHT = frozenset({"to", "dead", "killed", "injured", "wounded", "missing"})


def _before_thought(passage: Passage, before: int) -> int:
    """ "Between 60 and 90 are thought to have been killed", "a total of 18 persons were confirmed
    dead": the number before "are thought"."""
    behind = passage.lowered[before + 1 : before + 2]
    if before < 1 or not behind or behind[0] not in _BEHIND_THOUGHT:
        return before
    if passage.tokens[before].xpos != "VBN" or passage.lemmas[before] not in _THOUGHT:
        return before
    before -= 1
    while before >= 0 and passage.tokens[before].upos in {"AUX", "ADV", "PART"}:
        before -= 1
    return before


def _before_age(passage: Passage, before: int) -> int | None:
    """ "Man, 58, killed, woman (49) wounded": the person before an age, where nothing but a stop
    stands before who it is."""
    stop = passage.tokens[before].text
    if stop not in {",", ")"} or before < 3:
        return None
    age = passage.tokens[before - 1]
    told = any(f.kind == "age" and f.start <= age.start < f.end for f in passage.figures)
    if not told or age.upos != "NUM" or passage.tokens[before - 2].text not in {",", "("}:
        return None
    person = before - 3
    token = passage.tokens[person]
    if token.xpos != "NN" or not is_person(passage, person, load_persons()):
        return None
    first = person
    while first > 0 and passage.tokens[first - 1].upos in {"ADJ", "DET"}:
        first -= 1
    opens = first == 0 or passage.tokens[first - 1].text in {":", ",", ";", "–", "—", "-", "."}
    return person if opens else None


_FAR = 6
"""Words of a vehicle between those aboard it and what befell them."""


def _before_aboard(passage: Passage, before: int) -> int:
    """ "All 14 on board the minibus perished": the number before who or what carried them."""
    for at in range(before, max(1, before - _FAR), -1):
        if passage.tokens[at].upos in {"VERB", "AUX", "PUNCT", "CCONJ"}:
            return before
        aboard = passage.lowered[at] == "aboard" or passage.words(at - 1, at) == "on board"
        if aboard:
            number = at - 1 if passage.lowered[at] == "aboard" else at - 2
            return number if number >= 0 and in_figure(passage, number) else before
    return before


_ASIDES = frozenset(
    {"including", "among", "most", "some", "all", "many", "mostly", "both", "mainly", "largely",
     "none", "few", "half"}
)  # fmt: skip


def _before_aside(passage: Passage, before: int) -> int:
    """ "27, including a baby, were hurt": the number before an aside that ends at ``before``."""
    if passage.lowered[before] != ",":
        return before
    for at in range(before - 1, 1, -1):
        if passage.lowered[at] == ",":
            aside = passage.lowered[at + 1] in _ASIDES and in_figure(passage, at - 1)
            return at - 1 if aside else before
        if passage.tokens[at].upos in {"VERB", "AUX"} and passage.lowered[at] != "including":
            return before
    return before


def _first_of_list(passage: Passage, at: int) -> int:
    """ "Ali Reza, his wife and their two sons": the head of the first phrase of a list."""
    token = passage.tokens[at]
    while matches(token.deprel, ("conj", "appos")) and 0 <= token.head < token.index:
        above = passage.tokens[token.head]
        person = above.upos == "PROPN" or is_person(passage, above.index, load_persons())
        told = any(
            t.xpos in {"VBN", "VBD"} and passage.tree.child(t.index, "aux:pass") is not None
            for t in passage.tokens[above.index + 1 : token.index]
        )
        if not person or told:
            break  # "27 deaths and 64 people injured", "six were killed and 18 people wounded"
        token = above
    return token.index


def figure_of_whom(passage: Passage, at: int) -> int | None:
    """ "50 passengers, 12 of whom died": the part counted right before the verb of its clause."""
    first = at
    while first > 0 and passage.tokens[first - 1].upos in {"AUX", "ADV", "PART"}:
        first -= 1
    if first < 3 or passage.lowered[first - 1] not in {"whom", "which"}:
        return None
    number = first - 3
    return number if passage.lowered[first - 2] == "of" and in_figure(passage, number) else None


def figure_after(passage: Passage, at: int, last: int | None = None) -> int | None:
    """ "killing five doctors and injuring over ten": a count right behind an active verb is its
    object; the head of what it counts. ``last``: the end of a verb of several words."""
    tree = passage.tree
    if passage.tokens[at].xpos not in {"VBG", "VBD", "VBN", "VB", "VBZ", "VBP", "NNS", "NNP"}:
        return None
    if tree.child(at, "aux:pass") is not None or _led_by_auxiliary(passage, at):
        return None
    if tree.child(at, "nsubj:pass") is not None and figure_before(passage, at) is not None:
        return None
    end = passage.tokens[at if last is None else last].end
    for figure in passage.figures:
        gap = passage.text[end - passage.start : max(end, figure.start) - passage.start]
        if figure.kind == "count" and figure.start > end and gap.strip() in {"", "the"}:
            number = tree.top(*figure.core)
            if number is None:
                return None
            if passage.lowered[min(number.index + 1, len(passage.tokens) - 1)] in _PLACE_WORDS:
                return number.index  # "kills nine outside police post"
            if 0 <= number.head < number.index:
                return number.index  # "hacked to death 63 of them"
            none = number.deprel == "det" and passage.lemmas[at] == "lose"  # "lost no men"
            counts = (number.deprel == "nummod" or none) and number.head >= 0
            return number.head if counts else number.index
    return None


_DEEDS = frozenset(
    {"blast", "bomb", "bombing", "explosion", "attack", "raid", "strike", "airstrike", "shell",
     "shelling", "rocket", "missile", "drone", "mine", "grenade", "mortar", "fire", "gunman",
     "ambush", "assault", "gunfire", "bombardment", "barrage"}
)  # fmt: skip
"""What wounds, and is not wounded, though a parser takes its verb for a participle."""


def _led_by_auxiliary(passage: Passage, at: int) -> bool:
    """ "Were killed 40 metres away", "killed" as an adjective: no active verb."""
    token = passage.tokens[at]
    if token.xpos != "VBN":
        return False
    if token.deprel == "conj" and token.head >= 0:
        first = passage.tokens[token.head]
        passive = passage.tree.child(first.index, "aux:pass", "nsubj:pass") is not None
        joined = first.index == at - 2 and first.xpos == "VBN" and not passive
        if first.xpos == "VBD" or joined or passage.lowered[at - 2 : at] == ("shot", "or"):
            return False  # "bayoneted or burned alive 70 peasants"
    if token.deprel == "acl" and token.head == at - 1 and passage.lemmas[at - 1] in _DEEDS:
        return False  # "the blast wounded 16: nine soldiers and …"
    before = at - 1
    while before >= 0 and passage.tokens[before].upos in {"ADV", "PART"}:
        before -= 1
    be = before >= 0 and passage.lemmas[before] in {"be", "get"}
    return be or passage.tree.child(at, "nsubj:pass", "nsubj") is None


def in_figure(passage: Passage, at: int) -> bool:
    """Whether a token lies in a count."""
    start = passage.tokens[at].start
    return any(f.kind == "count" and f.start <= start < f.end for f in passage.figures)


def share_of(passage: Passage, noun: int) -> int | None:
    """ "58 of the 143 casualties": the share, and not the whole it is of."""
    token = passage.tokens[noun]
    if passage.lemmas[noun] not in {"casualty", "fatality", "victim"} or token.head < 0:
        return None
    of = any(c.lemma.lower() == "of" for c in passage.tree.children(noun, "case"))
    return token.head if of and token.head < noun and in_figure(passage, token.head) else None


_CASES = frozenset({"case", "incident", "instance", "act", "report", "allegation", "count"})


def cases_of(passage: Passage, noun: int) -> int | None:
    """ "12 cases of rape": the counted cases, which stand for people."""
    token = passage.tokens[noun]
    if token.head < 0 or token.head > noun or passage.lemmas[token.head] not in _CASES:
        return None
    counted = passage.tree.child(token.head, "nummod") is not None
    return token.head if counted or figure_before(passage, token.head) is not None else None


def number_on(passage: Passage, at: int) -> tuple[int, ...]:
    """ "Two more succumb": a headline's verb that a parser takes for a noun the number counts."""
    numbers = passage.tree.children(at, "nummod")
    return tuple(n.index for n in numbers if n.index < at and in_figure(passage, n.index))[:1]


def is_time(passage: Passage, at: int) -> bool:
    start = passage.tokens[at].start
    return passage.lemmas[at] in {"day", "night", "morning", "evening"} or any(
        t.start <= start < t.end for t in passage.times
    )
