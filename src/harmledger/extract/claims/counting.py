"""How many a phrase says: a stated figure, an implied one, or a sum of its members.

The figures come from the number grammar, which looked at the words before any parser did; the
tree only says which figure belongs to which noun. Where the tree is wrong the nearest figure to
the left still counts, since it stands in the same run of words.
"""

from __future__ import annotations

import re

import msgspec

from harmledger.core.base import Value
from harmledger.core.quantity import Figure, Quantity, Unit, quantity_of
from harmledger.extract.claims.no_one import counts_none
from harmledger.extract.claims.person_words import is_name_of, is_one_person, without_employer
from harmledger.extract.claims.told_behind import told_behind
from harmledger.extract.language.tree import Token, Tree, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

COMPANY = (
    "conj", "cc", "appos", "acl", "parataxis", "list", "punct", "advcl", "dep", "nsubj", "cop",
    "aux", "advmod", "mark", "obl", "discourse", "orphan", "ccomp", "xcomp",
)  # fmt: skip
_COLLECTIVE = frozenset({"total", "number", "group", "toll", "series", "handful", "crowd", "rest"})
_MASS = frozenset(
    {"staff", "police", "personnel", "crew", "population", "people", "troops", "public", "military"}
)
_SINGULAR_PRONOUNS = frozenset(
    {"he", "she", "him", "her", "his", "himself", "herself", "someone", "somebody"}
)
_PLURAL_PRONOUNS = frozenset(
    {"everyone", "everybody", "others", "some", "several", "many", "most", "all", "both"}
)
_ADJECTIVES = frozenset(
    {
        "dead",
        "wounded",
        "injured",
        "missing",
        "killed",
        "displaced",
        "elderly",
        "sick",
        "disappeared",
    }
)
_SO_MANY = {"twins": 2, "triplets": 3, "quadruplets": 4, "duo": 2, "trio": 3}
_ONE_PLACE = frozenset(
    {"headquarters", "premises", "offices", "barracks", "waterworks", "gasworks", "works",
     "quarters",
     "studios", "stables", "crossroads", "outskirts", "grounds", "docks"}
)  # fmt: skip
"""Plurals that name one place."""
_SINGLED_OUT = frozenset({"youngest", "oldest", "eldest", "smallest"})
"""Of these there is one: "the youngest, a girl of eight, lost a foot"."""
_OF_ONE = frozenset({"his", "her", "my", "both"})
_NO_NUMBER = frozenset(
    {"half", "majority", "most", "all", "they", "them", "their", "it", "we", "us", "who", "which"}
)


class Counted(Value, frozen=True, kw_only=True):
    """A phrase of people or things and how many it says there are.

    ``noun`` heads what is counted ("civilians" in "dozens of civilians"); ``start:end`` runs from
    the hedge to the noun; ``members`` are the summands of a mixed subject.
    """

    quantity: Quantity
    head: int
    noun: int
    start: int
    end: int
    figure: Figure | None = None
    members: tuple[Counted, ...] = ()


_CLOSED = re.compile(
    r"^\s*,\s*(?:both|all|one|two|three) of them\b[^,]{0,50},\s*and\s+(?:an?\s+)?$", re.I
)
_OR_ELSE = re.compile(r"\s*(?:,?\s*or\b|/|\()", re.I)
"""The same people in another unit: "4,320 individuals or 864 families"."""
_OF_THEM = re.compile(
    r"\b(?:(?:among|amongst|of|including) (?:them|whom|these|those|which)|including)\b", re.I
)


_SAFE = frozenset({("unharmed",), ("unhurt",), ("unscathed",), ("uninjured",), ("safe",)})
"""Right behind one of a list: "driver unhurt, two passengers hit"."""


def count_phrases(
    passage: Passage, heads: tuple[int, ...], persons: PersonLexicon, unit: Unit = "persons"
) -> Counted | None:
    """Count the coordinated phrases under ``heads`` as one subject; None when there are none.

    "12 doctors and nurses": one figure over both. "two adults and a child": a sum with members.
    Lists of bare plurals are not summed (reading rule 13).
    """
    heads = without_employer(passage, heads, persons)
    whole = [
        head for head in heads
        if not _breaks_down(passage, head, heads)
        and (len(heads) < 2 or passage.lowered[head + 1 : head + 2] not in _SAFE)
    ]  # fmt: skip
    whole = [h for h in whole if not is_name_of(passage, h, whole)]
    each = [count_phrase(passage, head, persons, unit) for head in whole]
    if not each:
        return None
    if len(each) == 1:
        return each[0]
    each = _each_figure_once(each)
    each = _explained(passage, each) if len(each) > 1 else each
    if len(each) == 1:
        return each[0]
    numbered = [one for one in each if one.figure is not None or one.quantity.high is not None]
    start, end = min(one.start for one in each), max(one.end for one in each)
    first_covers_all = (
        each[0].figure is not None and len(numbered) == 1 and _bare(passage, each[1:])
    )
    if first_covers_all or not numbered:
        base = each[0]
        return Counted(
            quantity=base.quantity, head=base.head, noun=base.noun, start=start, end=end,
            figure=base.figure, members=tuple(each),
        )  # fmt: skip
    return _sum(passage, each, start, end, unit)


def _each_figure_once(each: list[Counted]) -> list[Counted]:
    """ "Between 12 and 17 people": two heads of one figure are one phrase."""
    kept: list[Counted] = []
    for one in each:
        if one.figure is None or all(one.figure != other.figure for other in kept):
            kept.append(one)
    return kept


def _explained(passage: Passage, each: list[Counted]) -> list[Counted]:
    """ "The victims: three men and a boy": the people stand behind the colon, once."""
    first, rest = each[0], each[1:]
    between = passage.text[
        first.end - passage.start : max(first.end, rest[0].start) - passage.start
    ]
    if ":" not in between:
        return each
    return rest if first.figure is None else [first]  # "19 bodies: eight women, …"


def _breaks_down(passage: Passage, head: int, heads: tuple[int, ...]) -> bool:
    """ "20 civilians, among them two nurses": a part of those before it, which a parser may hang
    beside them; adding it would count the nurses twice (contract §5, R6)."""
    before = [other for other in heads if other < head]
    if not before:
        return False
    if passage.lowered[head - 1] == "not":
        return True  # "eight civilians and not six"
    start = passage.tokens[max(before)].end - passage.start
    between = passage.text[start : passage.tokens[head].start - passage.start]
    if _CLOSED.search(between):
        return False  # "two patients, both of them women, and a midwife"
    if "," not in between and _breaks_down(passage, max(before), heads):
        return True  # "the captives, among them a nun and two boys, were beaten"
    return _OF_THEM.search(between) is not None or _OR_ELSE.match(between) is not None


def _bare(passage: Passage, members: list[Counted]) -> bool:
    return all(
        one.figure is None and passage.tree.child(one.noun, "det", "nummod") is None
        for one in members
    )


def _sum(passage: Passage, each: list[Counted], start: int, end: int, unit: Unit) -> Counted:
    """The arithmetic whole of a mixed subject; open above when a member is (rule 15a)."""
    lows = [one.quantity.low for one in each if one.quantity.low is not None]
    highs = [one.quantity.high for one in each]
    high = None if any(h is None for h in highs) else sum(h for h in highs if h is not None)
    low = sum(lows) if lows else None
    quantity = Quantity(
        as_written=passage.text[start - passage.start : end - passage.start],
        low=low,
        high=high,
        bound="exact" if low == high else "at_least",
        unit=unit,
        basis="arithmetic",
        parts=tuple(lows),
    )
    return Counted(
        quantity=quantity, head=each[0].head, noun=each[0].noun, start=start, end=end,
        members=tuple(each),
    )  # fmt: skip


def count_phrase(
    passage: Passage, head: int, persons: PersonLexicon, unit: Unit = "persons"
) -> Counted:
    """Count one phrase: its figure if it has one, else what its noun implies."""
    tree = passage.tree
    noun = _counted_noun(passage, head)
    figure = find_figure(passage, head, noun)
    token = tree.tokens[noun]
    left = _left_edge(passage, noun, head)
    if figure is not None:
        start, end = min(figure.start, left), max(figure.end, token.end)
        quantity = quantity_of(figure, unit)
        return Counted(quantity=quantity, head=head, noun=noun, start=start, end=end, figure=figure)
    if counts_none(passage, noun, left):
        none = Quantity(as_written=token.text, low=0, high=0, unit=unit, basis="stated")
        return Counted(quantity=none, head=head, noun=noun, start=left, end=token.end)
    if passage.lowered[head] == "one" and noun != head:  # "that one of the patients had died"
        token = tree.tokens[head]
    return Counted(
        quantity=_implied(passage, token, persons, unit),
        head=head,
        noun=noun,
        start=left,
        end=token.end,
    )


def _counted_noun(passage: Passage, head: int) -> int:
    """ "dozens of civilians", "a total of 12 people", "three of the dead": the noun inside."""
    tree = passage.tree
    token = tree.tokens[head]
    numeric = token.upos == "NUM" or passage.figure_over(token.start, token.end) is not None
    if numeric or token.lemma.lower() in _COLLECTIVE:
        for child in tree.children(head, "nmod", "obl"):
            if any(c.lemma.lower() in {"of", "among"} for c in tree.children(child.index, "case")):
                return _counted_noun(passage, child.index)
    return head


def _left_edge(passage: Passage, noun: int, head: int) -> int:
    words = passage.tree.subtree(noun, *COMPANY, "nmod", "case")
    before = [w.start for w in words if w.index <= noun]
    edge = min(before, default=passage.tokens[noun].start)
    return min(edge, passage.tokens[head].start)


def find_figure(passage: Passage, head: int, noun: int) -> Figure | None:
    """The count that belongs to a phrase; None when it has none.

    Looks inside the phrase left of its noun, then at the word right before the phrase, for trees
    that hang the number elsewhere. Misses a number told after the noun ("people, 12 of them").
    """
    tree = passage.tree
    start = tree.tokens[head].start
    for figure in passage.figures:
        if figure.kind == "count" and figure.start <= start < figure.end:
            return figure
    words = tree.subtree(head, *COMPANY)
    left = min(word.start for word in words)
    if _opened(passage, head, noun, left):
        return None  # "four wounded and a school destroyed", all hung on the school
    right = max(tree.tokens[head].end, tree.tokens[noun].end)
    inside = [
        figure
        for figure in passage.figures
        if figure.kind == "count" and left <= figure.core[0] and figure.core[1] <= right
    ]
    if inside:
        return _closest(passage, inside, head)
    before = [
        figure
        for figure in passage.figures
        if figure.kind == "count" and figure.core[1] <= left and figure.end <= start
        and not passage.text[figure.end - passage.start : left - passage.start].strip(" -–")
    ]  # fmt: skip
    if before:
        return before[-1]
    return _family_size(passage, noun) or told_behind(passage, right)


def _opened(passage: Passage, head: int, noun: int, left: int) -> bool:
    """Whether "a" right before the noun, behind an "and", opens a phrase that a parser gave words
    of the one before."""
    if head != noun or noun < 2 or passage.lowered[noun - 1] not in {"a", "an"}:
        return False
    joined = passage.lowered[noun - 2] in {"and", ",", ";"}
    return joined and left < passage.tokens[noun - 2].start


def _closest(passage: Passage, figures: list[Figure], head: int) -> Figure:
    """The figure on the head itself, else the first one left of it."""
    token = passage.tokens[head]
    for figure in figures:
        if figure.core[0] <= token.start < figure.core[1]:
            return figure
    return figures[0] if len(figures) == 1 else figures[-1]


def _family_size(passage: Passage, noun: int) -> Figure | None:
    """ "a family of six"."""
    if passage.lemmas[noun] not in {"family", "group", "household", "crew", "team", "escort"}:
        return None
    for child in passage.tree.children(noun, "nmod"):
        if passage.tokens[child.index].upos == "NUM":
            return passage.figure_over(child.start, child.end)
    return None


def _implied(passage: Passage, token: Token, persons: PersonLexicon, unit: Unit) -> Quantity:
    """What a noun without a number implies: one, at least two, or nothing stated (contract §3)."""
    word = token.text.lower()
    lemma = passage.lemmas[token.index]
    person = persons.single.get(word) or persons.single.get(lemma)
    if word in _SINGULAR_PRONOUNS or (token.upos == "PROPN" and token.xpos != "NNPS"):
        return _one(token, unit)
    other = word == "another" or (word == "other" and _definite(passage, token))
    if other or is_one_person(passage, token, person):
        return _one(token, unit)
    if word == "old" or _is_ordinal(passage, token) or _is_one_adjective(passage, token):
        return _one(token, unit)  # "a 6-year-old", "a third", "a minor"
    if word == "rest" and passage.tree.child(token.index, "nmod") is None:
        return Quantity(as_written=token.text, low=2, bound="word", unit=unit, basis="word:literal")
    if word in _NO_NUMBER:
        return Quantity(as_written=token.text, unit=unit, basis="implied")
    if word in _ONE_PLACE:
        return _one(token, unit)
    many = _known_number(passage, token)
    if many is not None:
        return msgspec.structs.replace(_one(token, unit), low=many, high=many)
    people = word in _ADJECTIVES and passage.tree.child(token.index, "det") is not None
    named = _names_behind(passage, token)
    if named > 1 and token.xpos in {"NNS", "NNPS"}:
        return msgspec.structs.replace(_one(token, unit), low=named, high=named)
    plural = people or token.xpos in {"NNS", "NNPS"} or word in _MASS or word in _PLURAL_PRONOUNS
    family = person is not None and person.family
    site = any(s.noun == token.index for s in passage.sites)
    if site and token.upos == "VERB" and lemma == word:
        return _one(token, unit)  # "the Old Mill bridge down", which a parser takes for a verb
    stands_for_many = not site and (token.xpos.startswith("JJ") or token.upos in {"ADJ", "VERB"})
    if plural or family or stands_for_many:
        return Quantity(
            as_written=token.text, low=2, high=None, bound="word", unit=unit, basis="word:literal"
        )
    if token.upos in {"NOUN", "NUM"} or matches(token.deprel, ("obj", "nsubj")):
        return _one(token, unit)
    return Quantity(as_written=token.text, unit=unit, basis="implied")


def _is_one_adjective(passage: Passage, token: Token) -> bool:
    article = passage.tree.child(token.index, "det") if token.upos == "ADJ" else None
    return article is not None and article.text.lower() in {"a", "an"}


def _known_number(passage: Passage, token: Token) -> int | None:
    """How many a word says by itself: "twins", "her parents", "the youngest"."""
    word = token.text.lower()
    if word in {"parents", "grandparents"} and token.index:
        return 2 if passage.lowered[token.index - 1] in _OF_ONE else None
    if word in _SINGLED_OUT:
        return 1 if _definite(passage, token) else None
    return _SO_MANY.get(word)


def _names_behind(passage: Passage, token: Token) -> int:
    """ "The brothers Adham and Laith Haddad": how many names stand right behind their word."""
    tree = passage.tree
    behind = tree.tokens[token.index + 1 : token.index + 2]
    first = next((t for t in behind if t.upos == "PROPN"), None)
    # a parser may make the name another subject
    if first is None or not (
        first.head == token.index or (first.head, first.deprel) == (token.head, token.deprel)
    ):
        return 0
    others = [c for c in tree.children(first.index, "conj") if c.upos == "PROPN"]
    apart = [c for c in others if tree.child(c.index, "cc") is not None or _after_comma(tree, c)]
    return 1 + len(apart) if any(tree.child(c.index, "cc") is not None for c in apart) else 0


def _after_comma(tree: Tree, token: Token) -> bool:
    return token.index > 0 and tree.tokens[token.index - 1].text == ","


def _is_ordinal(passage: Passage, token: Token) -> bool:
    article = passage.tree.child(token.index, "det")
    ordinal = any(f.kind == "ordinal" and f.start <= token.start < f.end for f in passage.figures)
    return ordinal and article is not None and article.lemma.lower() in {"a", "the"}


def _definite(passage: Passage, token: Token) -> bool:
    """ "The other died": one, where "other" heads its phrase."""
    lone = not any(
        t.head == token.index and t.upos == "NOUN" and t.deprel != "appos" for t in passage.tokens
    )
    return lone and passage.tree.child(token.index, "det") is not None


def _one(token: Token, unit: Unit) -> Quantity:
    return Quantity(as_written=token.text, low=1, high=1, bound="exact", unit=unit, basis="implied")
