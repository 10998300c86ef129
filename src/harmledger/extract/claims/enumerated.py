"""Lists of people that the parser takes for appositions, and appositions that it takes for lists.

"Two soldiers, a teacher and a nurse" are four; "two brothers, a baker and a welder" are two. What
decides is whether the phrases behind the first add up to its number and may be the same people.
Misses an explanation that leaves some of them out ("four people, a farmer and his son").
"""

from __future__ import annotations

from harmledger.extract.claims.counting import count_phrase
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.people import are_these
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon, PersonWord

_ANYBODY = frozenset(
    {
        "people",
        "person",
        "civilian",
        "resident",
        "victim",
        "villager",
        "member",
        "individual",
        "one",
    }
)


def as_listed(passage: Passage, heads: tuple[int, ...], persons: PersonLexicon) -> tuple[int, ...]:
    """The heads with those of an enumeration, and without those that only say who others are."""
    heads = tuple(_whom(passage, head, persons) for head in heads)
    heads = tuple(
        sorted({*heads, *(m for h in heads for m in _joined_to_thing(passage, h, persons))})
    )
    kept: dict[int, None] = {}
    left_out: set[int] = set()
    for head in heads:
        if head in left_out:
            continue
        kept[head] = None
        members = _behind(passage, head, heads, persons)
        if not members:
            continue
        if _one_of_them(passage, head, persons) and not _are_others(passage, head, members[0]):
            continue
        if _explains(passage, head, members, persons):
            left_out.update(members)
        else:
            kept.update(dict.fromkeys(members))
    return _unnamed(passage, tuple(sorted(h for h in kept if h not in left_out)), persons)


_VICTIMS = frozenset({"victim", "casualty", "fatality", "dead", "deceased", "martyr"})


def _whom(passage: Passage, head: int, persons: PersonLexicon) -> int:
    """ "The victims, two sisters aged six and eight, were killed": the two, who are the victims."""
    tree = passage.tree
    if passage.lemmas[head] not in _VICTIMS or tree.child(head, "nummod") is not None:
        return head
    behind = passage.lowered[head + 1 : head + 2]
    counted = (c.index for c in tree.children(head, "appos") if tree.child(c.index, "nummod"))
    told = next((c for c in counted if c > head and is_person(passage, c, persons)), None)
    return told if told is not None and behind == (",",) else head


def _unnamed(passage: Passage, heads: tuple[int, ...], persons: PersonLexicon) -> tuple[int, ...]:
    """Without the names of people just counted: "her three children, Amir, 10, Lina, 7, and Sami"
    are three."""
    dropped: set[int] = set()
    for head in heads:
        if passage.tokens[head].xpos != "NNS" or head in dropped:
            continue
        names = _names_behind(passage, head)
        if names and count_phrase(passage, head, persons).quantity.high == names[0]:
            dropped.update(h for h in heads if head < h <= names[1])
    return tuple(h for h in heads if h not in dropped)


def _names_behind(passage: Passage, head: int) -> tuple[int, int] | None:
    """How many names stand right behind a noun and a stop, and where the last of them ends."""
    if passage.lowered[head + 1 : head + 2] not in {(",",), (":",), ("(",), ("–",), ("—",)}:
        return None
    runs, last, inside = 0, head, False
    for token in passage.tokens[head + 2 :]:
        name = token.upos == "PROPN" and token.text[:1].isupper()
        if not name and token.upos not in {"CCONJ", "PUNCT", "NUM"}:
            break
        runs += name and not inside
        inside, last = name, token.index if name else last
    return (runs, last) if runs else None


def _joined_to_thing(passage: Passage, head: int, persons: PersonLexicon) -> tuple[int, ...]:
    """ "A guard at the gate and a cook", "a woman selling fruit and her niece": a person that a
    parser joins to the thing before it belongs to the list of the person before that."""
    tree = passage.tree
    predicate = tree.tokens[head].head if matches(tree.tokens[head].deprel, ("obj",)) else head
    found = []
    for token in tree.tokens[head + 1 :]:
        thing = tree.head(token.index)
        if token.deprel != "conj" or thing is None or not head < thing.index < token.index:
            continue
        if token.upos != "NOUN" or not is_person(passage, token.index, persons):
            continue
        whose = tree.children(token.index, "det", "nummod", "nmod:poss")
        own = any(t.lemma.lower() in {"a", "an"} or t.xpos in {"CD", "PRP$"} for t in whose)
        joined = tree.child(token.index, "cc") is not None and own
        people = passage.lemmas[thing.index] in persons.single or thing.entity == "PER"
        if joined and thing.upos == "NOUN" and not people:
            between = range(thing.index + 1, token.index)
            nearer = any(
                is_person(passage, n, persons) for n in between if tree.tokens[n].upos != "PRON"
            )
            if not nearer and _says_where(passage, thing.index, {head, predicate}):
                found.append(token.index)
    return tuple(found)


def _says_where(passage: Passage, thing: int, people: set[int]) -> bool:
    """Whether the thing only says where somebody is or what he was doing."""
    tree = passage.tree
    for token in (tree.tokens[thing], *tree.ancestors(thing)):
        if token.index in people:
            return True
        case = tree.child(token.index, "case")
        placed = case is not None and case.text.lower() in _WHERE
        doing = token.deprel == "acl" and token.xpos == "VBG"
        done = matches(token.deprel, ("obj", "obl")) and tree.tokens[token.head].xpos == "VBG"
        apart = token.deprel == "appos"
        if not (placed or doing or done or apart):
            return False
    return False


_WHERE = frozenset({"at", "in", "on", "of", "near", "outside", "beside", "behind", "by", "from"})


def _behind(
    passage: Passage, head: int, heads: tuple[int, ...], persons: PersonLexicon
) -> tuple[int, ...]:
    """People in apposition to a head and those joined to them by "and"; empty without both."""
    tree = passage.tree
    apposed = [c.index for c in tree.children(head, "appos") if c.index > head]
    people = (
        a for a in apposed
        if (is_person(passage, a, persons) and _numbered(passage, a))
        or _some_of_kin(passage, a)
    )  # fmt: skip
    first = next(people, None)
    if first is None:
        return ()
    rest = [
        i for i in {*(c.index for c in tree.children(first, "conj")), *heads}
        if i > first and (is_person(passage, i, persons) or _some_of_kin(passage, i))
    ]  # fmt: skip
    joined = [i for i in rest if tree.child(i, "cc") is not None]
    last = max((first, *rest))
    if passage.lowered[last + 1 : last + 2] == ("included",):
        return ()  # "seven farmers, a cook and two boys included"
    return (first, *sorted(rest)) if joined else ()


def _one_of_them(passage: Passage, head: int, persons: PersonLexicon) -> bool:
    """ "His brother, a teacher, and a nurse": behind a definite phrase the first may be the same
    man; the tree has the last word."""
    det = passage.tree.child(head, "det")
    indefinite = det is not None and det.lemma.lower() in {"a", "an"}
    return not indefinite and count_phrase(passage, head, persons).figure is None


def _some_of_kin(passage: Passage, at: int) -> bool:
    """ "Two of his brothers": a number of somebody's own people."""
    if passage.tokens[at].upos != "NUM" or passage.lowered[at + 1 : at + 2] != ("of",):
        return False
    return are_these(passage, at, "counted") and any(
        c.xpos == "PRP$"
        for inner in passage.tree.children(at, "nmod")
        for c in passage.tree.children(inner.index, "nmod:poss")
    )


def _are_others(passage: Passage, head: int, member: int) -> bool:
    """ "The groom, two of his brothers and a drummer": two are not the one before them."""
    return passage.tokens[head].xpos == "NN" and _some_of_kin(passage, member)


def _numbered(passage: Passage, at: int) -> bool:
    return passage.tree.child(at, "det", "nummod", "nmod:poss") is not None


def _explains(
    passage: Passage, head: int, members: tuple[int, ...], persons: PersonLexicon
) -> bool:
    whole = count_phrase(passage, head, persons)
    if whole.figure is None:
        return False  # "a lawyer, a teacher and a nurse"
    highs = [count_phrase(passage, m, persons).quantity.high for m in members]
    adds_up = None not in highs and sum(h for h in highs if h is not None) == whole.quantity.high
    if not adds_up:
        return passage.lemmas[head] in _ANYBODY
    first = _word(passage, head, persons)
    return not any(_differ(first, _word(passage, m, persons)) for m in members)


def _word(passage: Passage, at: int, persons: PersonLexicon) -> PersonWord:
    found = persons.single.get(passage.lowered[at]) or persons.single.get(passage.lemmas[at])
    return found if found is not None else PersonWord()


def _differ(one: PersonWord, other: PersonWord) -> bool:
    """Whether the words cannot name the same people."""
    if one.age and other.age and one.age != other.age:
        return True
    if one.sex and other.sex and one.sex != other.sex:
        return True
    if {one.status, other.status} == {"combatant", "civilian"}:
        return True
    said = bool(other.roles) or other.status != "undetermined"
    return bool(one.roles) and said and not set(one.roles) & set(other.roles)
