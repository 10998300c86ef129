"""Noun phrases that may speak: the subject of a reporting verb, or a phrase beside it."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.harms.arguments import RELATIVE, is_passive
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.reporting import load_reporting

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_INSIDE = NOUNS | {"DET", "ADJ"}
_LINKS = frozenset({"'s", "’s", "-", "of", "'", "’"})
_LEAVE = (
    "acl",
    "parataxis",
    "advcl",
    "ccomp",
    "xcomp",
    "discourse",
    "dislocated",
    "cop",
    "aux",
    "nsubj",
)
_INHERITS = ("conj", "advcl", "xcomp", "dep")
_DATELINE = 3
"""A dateline opens the sentence: its phrase begins within this many words."""
_DEPTH = 4


class Phrase(Value, frozen=True, kw_only=True):
    """Tokens ``first..last`` (both inside) around ``head``."""

    first: int
    last: int
    head: int


def phrase_at(passage: Passage, head: int) -> Phrase:
    """The phrase a head word leads, with its appositions, without its clauses and marks."""
    tree = passage.tree
    words = {head, *(t.index for t in tree.subtree(head, *_LEAVE, "case", "cc", "mark"))}
    for other in tree.children(head, "appos"):
        words -= {t.index for t in tree.subtree(other.index) if _in_clause(passage, t, other.index)}
    first = last = head
    while first - 1 in words or _joins(passage, first - 1, words, -1):
        first -= 1
    while last + 1 in words or _joins(passage, last + 1, words, 1):
        last += 1
    while first < head and (
        passage.tokens[first].upos in {"PUNCT", "CCONJ", "ADP", "ADV", "SCONJ"}
        or _in_time(passage, first)
    ):
        first += 1
    while last > head and passage.tokens[last].upos in {"PUNCT", "CCONJ", "ADP", "SCONJ"}:
        last -= 1
    return _with_brackets(passage, Phrase(first=first, last=last, head=head))


def _in_time(passage: Passage, at: int) -> bool:
    """ "Wednesday evening Oleh Petrenko counted …": the evening is no part of his name."""
    start = passage.tokens[at].start
    return any(hit.start <= start < hit.end for hit in passage.times)


def _with_brackets(passage: Passage, phrase: Phrase) -> Phrase:
    """ "Médecins Sans Frontières (MSF)" is one phrase, wherever the tree puts its head."""
    phrase = _with_name_behind(passage, _without_dateline(passage, phrase))
    first, last = phrase.first, phrase.last
    if first > 1 and passage.tokens[first - 1].text == "(":
        first -= 2
        while first > 0 and passage.tokens[first - 1].upos == "PROPN":
            first -= 1
    opened = any(t.text == "(" for t in passage.tokens[first : last + 1])
    if opened and last + 1 < len(passage.tokens) and passage.tokens[last + 1].text == ")":
        last += 1
    return Phrase(first=first, last=last, head=phrase.head)


def _with_name_behind(passage: Passage, phrase: Phrase) -> Phrase:
    """ "neighbour Carlton Whyte", "the news agency Lotus Press": the name right behind its role."""
    last = phrase.last
    titled = passage.lowered[phrase.first] in load_reporting().titles
    while (
        titled
        and last + 1 < len(passage.tokens)
        and passage.tokens[last].entity == passage.tokens[last + 1].entity == "PER"
        and passage.tokens[last + 1].upos == "PROPN"
    ):
        last += 1  # "ombudsman Ivan Bondar": the tree may give the first name alone
    if last > phrase.last:
        return Phrase(first=phrase.first, last=last, head=phrase.head)
    if passage.tokens[last].upos != "NOUN" or phrase.head != last:
        return phrase
    while last + 1 < len(passage.tokens) and passage.tokens[last + 1].upos == "PROPN":
        last += 1
    named = passage.tokens[phrase.last + 1 : last + 1]
    if not any(t.entity in {"PER", "ORG"} for t in named):
        return phrase
    return Phrase(first=phrase.first, last=last, head=phrase.head)


def _without_dateline(passage: Passage, phrase: Phrase) -> Phrase:
    """ "LIMA, 29 MAR (EFE) -- JUSTICE MINISTER X": the place and the agency before the dash speak
    nothing."""
    if phrase.first > _DATELINE:
        return phrase
    inside = range(phrase.first, phrase.last)
    ends = [i for i in inside if passage.tokens[i].text in {"--", "]"}]
    if not ends:
        return phrase
    first = ends[-1] + 1
    nouns = [i for i in range(first, phrase.last + 1) if passage.tokens[i].upos in NOUNS]
    if not nouns:
        return phrase
    head = phrase.head if phrase.head >= first else nouns[-1]
    return Phrase(first=first, last=phrase.last, head=head)


def _in_clause(passage: Passage, token: Token, top: int) -> bool:
    here = token
    while here.index != top:
        if matches(here.deprel, ("acl", "parataxis")):
            return True
        above = passage.tree.head(here.index)
        if above is None:
            return False
        here = above
    return False


def _joins(passage: Passage, at: int, words: set[int], step: int) -> bool:
    """A comma or dash between two parts of the phrase does not end it."""
    if not 0 <= at < len(passage.tokens) or passage.tokens[at].upos not in {"PUNCT", "PART"}:
        return False
    return at + step in words and passage.tokens[at].text not in {":", ";", "“", '"'}


def find_subject(passage: Passage, verb: int, depth: int = 0) -> Phrase | None:
    """The subject phrase of a verb, through conjunction, control and relative clauses."""
    tree = passage.tree
    token = tree.tokens[verb]
    own = [t for t in tree.children(verb, "nsubj") if t.upos in NOUNS | {"DET", "SCONJ", "ADJ"}]
    if own and matches(own[0].deprel, ("nsubj",)):
        return _own_subject(passage, verb, own)
    if token.head < 0 or depth >= _DEPTH:
        return None
    if matches(token.deprel, ("acl",)):
        return phrase_at(passage, token.head) if token.xpos in {"VBG", "VBZ", "VBD"} else None
    if matches(token.deprel, _INHERITS):
        return find_subject(passage, token.head, depth + 1)
    return None


def _own_subject(passage: Passage, verb: int, own: list[Token]) -> Phrase | None:
    token = passage.tree.tokens[verb]
    earlier = [t for t in own if t.index < verb]
    subject = min(earlier or own, key=lambda t: (abs(t.index - verb), t.index))
    if subject.lemma.lower() in RELATIVE and not _is_acronym(passage, subject):
        for above in (token, *passage.tree.ancestors(verb)):
            if matches(above.deprel, ("acl",)) and above.head >= 0:
                return phrase_at(passage, above.head)
        before = subject.index - 1
        while before >= 0 and passage.tokens[before].upos == "PUNCT":
            before -= 1
        return find_left(passage, before + 1) if before >= 0 else None
    phrase = _with_role_before(passage, phrase_at(passage, subject.index))
    phrase = _with_mate_before(passage, _with_name_before(passage, phrase))
    for other in sorted(own, key=lambda t: -t.index):
        phrase = _with_neighbour(passage, phrase, phrase_at(passage, other.index))
    return _without_dateline(passage, phrase)


def _with_role_before(passage: Passage, phrase: Phrase) -> Phrase:
    """ "a US military spokesman, Col. Brian Tribus": the tree may give the name alone."""
    comma = phrase.first - 1
    named = any(t.entity == "PER" for t in passage.tokens[phrase.first : phrase.last + 1])
    if comma < 2 or passage.tokens[comma].text != "," or not named:
        return phrase
    before = find_left(passage, comma)
    if before is None or passage.tokens[before.head].upos != "NOUN":
        return phrase
    opener = before.first - 1
    if opener >= 0 and passage.tokens[opener].upos in {"ADP", "VERB"}:
        return phrase
    hit = load_reporting().people.match(passage.lowered, passage.lemmas, before.head)
    return phrase if hit is None else Phrase(first=before.first, last=phrase.last, head=phrase.head)


def _with_mate_before(passage: Passage, phrase: Phrase) -> Phrase:
    """ "…, a relative and two security sources said": of two who speak, trees may hang the first on
    the place before it."""
    joint = phrase.first - 1
    while joint > 0 and passage.tokens[joint].upos in {"NUM", "DET", "ADJ"}:
        joint -= 1
    if joint < 2 or passage.lowered[joint] != "and":
        return phrase
    mate = find_left(passage, joint)
    people = load_reporting().people
    if mate is None or people.match(passage.lowered, passage.lemmas, mate.head) is None:
        return phrase
    opens = mate.first == 0 or passage.tokens[mate.first - 1].text in {",", "”", '"', "–", "—"}
    if not opens:
        return phrase
    return Phrase(first=mate.first, last=phrase.last, head=mate.head)


def _with_name_before(passage: Passage, phrase: Phrase) -> Phrase:
    """ "…, Col. Ali Musa, the police director, told us": the tree may give the role alone."""
    comma = phrase.first - 1
    last = phrase.last + 1
    apart = last < len(passage.tokens) and passage.tokens[last].text == ","
    if comma < 1 or passage.tokens[comma].text != "," or not apart:
        return phrase
    if any(t.entity == "PER" for t in passage.tokens[phrase.first : phrase.last + 1]):
        return phrase
    before = find_left(passage, comma)
    if before is None or before.last != comma - 1 or passage.tokens[before.last].entity != "PER":
        return phrase
    opener = before.first - 1
    if opener >= 0 and passage.tokens[opener].text not in {",", ";", "”", '"', "“", "–", "—"}:
        return phrase
    return Phrase(first=before.first, last=phrase.last, head=phrase.head)


def _is_acronym(passage: Passage, token: Token) -> bool:
    """ "WHO" in a text of mixed case is a body, not a pronoun."""
    return token.text == "WHO" and not passage.text.isupper()


def _with_neighbour(passage: Passage, phrase: Phrase, other: Phrase) -> Phrase:
    """Join a phrase that stands right before or behind, where the tree sees two subjects."""
    if other.first - phrase.last == 1:
        return Phrase(first=phrase.first, last=other.last, head=phrase.head)
    gap = phrase.first - other.last
    if gap == 1 or (gap == 2 and passage.tokens[other.last + 1].text == ","):
        return Phrase(first=other.first, last=phrase.last, head=other.head)
    return phrase


def find_agent(passage: Passage, verb: int) -> Phrase | None:
    """The ``by`` phrase of a passive verb."""
    if not is_passive(passage.tree, verb):
        return None
    for child in passage.tree.children(verb, "obl", "nmod"):
        if any(case.lemma.lower() == "by" for case in passage.tree.children(child.index, "case")):
            return phrase_at(passage, child.index)
    return None


def find_beside(passage: Passage, verb: int) -> Phrase | None:
    """A phrase directly before the verb, whatever the tree says; None when none stands there."""
    at = verb - 1
    while at >= 0 and passage.tokens[at].upos in {"AUX", "ADV", "PART"}:
        at -= 1
    if at > 1 and passage.lowered[at] in RELATIVE and passage.tokens[at - 1].text == ",":
        return find_left(passage, at - 1)
    if at > 0 and passage.tokens[at].text == ",":
        apposed = _before_apposition(passage, at)
        at = _before_relative(passage, at) or (at - 1 if apposed is None else apposed)
    if passage.tokens[at].text == ")":
        opened = next((i for i in range(at, -1, -1) if passage.tokens[i].text == "("), None)
        phrase = None if not opened else find_left(passage, opened)
        phrase = None if phrase is None else _with_body_before(passage, phrase)
        return None if phrase is None else Phrase(first=phrase.first, last=at, head=phrase.head)
    phrase = find_left(passage, at + 1)
    if phrase is None:
        return None
    phrase = _before_participle(passage, phrase) or phrase
    phrase = _with_body_before(passage, phrase)
    return _with_mate_before(passage, _with_name_before(passage, phrase))


def _with_body_before(passage: Passage, phrase: Phrase) -> Phrase:
    """ "…, the police in Kharkiv Oblast reported": no place speaks, but the body in it."""
    link = phrase.first - 1
    start, end = passage.tokens[phrase.first].start, passage.tokens[phrase.last].end
    place = any(p.start <= start and end <= p.end for p in passage.places)
    if link < 1 or passage.lowered[link] != "in":
        return phrase
    body = find_left(passage, link)
    if body is None or not (place or passage.tokens[max(0, body.first - 1)].text == ","):
        return phrase
    bodies = load_reporting().bodies
    heads = (
        at
        for at in range(body.first, body.last + 1)
        if bodies.match(passage.lowered, passage.lemmas, at) is not None
    )
    head = next(heads, None)
    return phrase if head is None else Phrase(first=body.first, last=phrase.last, head=head)


def _before_apposition(passage: Passage, comma: int) -> int | None:
    """ "The Observatory, a monitor with sources on the ground, reported": the token before what
    says who that is, up to ``comma``; None where no verbless phrase with an article is there."""
    for at in range(comma - 2, 1, -1):
        token = passage.tokens[at]
        if token.upos in {"VERB", "AUX"}:
            return None
        if token.text == ",":
            opens = passage.lowered[at + 1] in {"a", "an"}
            before = passage.tokens[at - 1]
            place = any(p.start < before.end and before.start < p.end for p in passage.places)
            return at - 1 if opens and before.upos == "PROPN" and not place else None
    return None


def _before_participle(passage: Passage, phrase: Phrase) -> Phrase | None:
    """ "A nurse treating the wounded said": whoever does what the participle says."""
    tree = passage.tree
    doing = tree.head(phrase.head)
    if doing is None or doing.xpos != "VBG" or doing.deprel != "acl":
        return None
    who = tree.head(doing.index)
    if who is None or who.index != doing.index - 1 or doing.index >= phrase.first:
        return None
    found = phrase_at(passage, who.index)
    return Phrase(first=found.first, last=who.index, head=who.index)


def _before_relative(passage: Passage, comma: int) -> int | None:
    """ "MSF, which runs it, said": the token before the relative clause that ends at ``comma``."""
    for at in range(comma - 1, 1, -1):
        if passage.lowered[at] in RELATIVE and passage.tokens[at - 1].text == ",":
            return at - 2
        if passage.tokens[at].text in {";", "“", "”"}:
            break
    return None


def find_after(passage: Passage, verb: int) -> Phrase | None:
    """A phrase directly after the verb ("said the source"); None when none stands there."""
    at = verb + 1
    if at >= len(passage.tokens) or passage.tokens[at].upos not in _INSIDE:
        return None
    if any(t.start <= passage.tokens[at].start < t.end for t in passage.times):
        return None  # "the Observatory reported Wednesday"
    return spread_right(passage, at)


def spread_right(passage: Passage, first: int) -> Phrase | None:
    """The noun phrase that begins at token ``first``, read word by word."""
    last, head = first - 1, None
    for at in range(first, len(passage.tokens)):
        token = passage.tokens[at]
        if head is not None and passage.lowered[at] in {*RELATIVE, "whose"}:
            break  # "a teacher | who got away"
        if token.upos in NOUNS:
            head = at if head is None or passage.tokens[head].upos != "PROPN" else head
        elif head is None and token.text == "and" and at > first:
            continue  # "local and security sources"
        elif token.upos not in _INSIDE and token.text.lower() not in _LINKS:
            break
        anew = token.upos in {"DET", "PRON"} and head is not None and head < at
        if anew and passage.lowered[at - 1] not in _LINKS:
            break
        last = at
        if token.upos == "PRON" and token.xpos != "PRP$":
            break
    return None if head is None else _tidy(passage, first, last, head)


def find_left(passage: Passage, end: int) -> Phrase | None:
    first, head = end, None
    for at in range(end - 1, -1, -1):
        token = passage.tokens[at]
        if token.upos in NOUNS and head is None:
            head = at
        if token.upos not in _INSIDE and token.text.lower() not in _LINKS:
            break
        if head is None:
            break
        first = at
        if token.upos == "PRON":
            break
        if token.upos == "DET" and (at == 0 or passage.lowered[at - 1] not in _LINKS):
            break
    return None if head is None else _tidy(passage, first, end - 1, head)


def _tidy(passage: Passage, first: int, last: int, head: int) -> Phrase:
    while first < head and passage.tokens[first].text.lower() in _LINKS:
        first += 1
    while last > head and passage.tokens[last].text.lower() in _LINKS:
        last -= 1
    return Phrase(first=first, last=last, head=head)


def text_of(passage: Passage, first: int, last: int) -> str:
    """The words ``first..last`` as the document has them."""
    start, end = passage.tokens[first].start, passage.tokens[last].end
    return passage.text[start - passage.start : end - passage.start]
