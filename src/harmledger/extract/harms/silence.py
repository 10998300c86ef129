"""Silence about people that says they are missing: "of the other three there is no news", "nothing
has been heard from the two nurses since"."""

from __future__ import annotations

import msgspec

from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.harms.fitting import NOT
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.people import are_these
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord

_NEWS = frozenset({"news", "word", "trace", "sign", "contact"})
_FATE = frozenset({"fate", "whereabouts", "whereabout"})
_LEARNED = frozenset(
    {"establish", "know", "clarify", "determine", "learn", "disclose", "reveal", "discover",
     "explain", "ascertain"}
)  # fmt: skip
_MANY = frozenset({"others", "rest", "remainder"})
_HEARD = frozenset({"hear", "know", "see"})
SILENCES = _NEWS | _FATE | _HEARD
"""What :func:`silence_at` begins with."""
_ABOUT = ("of", "from", "about")
_WITH = ("with",)
_SILENCE = HarmWord(
    harm="missing", lemma="no", company=("news",), pattern="of_event", weak=True, who="people"
)


def _told_of(passage: Passage, heads: tuple[int, ...]) -> tuple[int, ...]:
    """ "81 persons of whom there is no trace": the noun a relative pronoun stands for."""
    tree = passage.tree
    found = []
    for head in heads:
        clause = next(
            (t for t in tree.ancestors(head) if t.deprel.startswith("acl") and t.head >= 0), None
        )
        whom = passage.lowered[head] in {"whom", "which"} and clause is not None
        found.append(clause.head if whom and clause is not None else head)
    return tuple(found)


def silence_at(passage: Passage, at: int) -> Mention | None:
    """The people of whom nothing is heard, by the noun or the verb at ``at``."""
    tree = passage.tree
    before = passage.lowered[max(0, at - 6) : at]
    if passage.lemmas[at] in _FATE:
        return _fate_at(passage, at)
    if passage.lemmas[at] == "know" and (lost := _where_first(passage, at)):
        told = make_mention(passage, _SILENCE, at, at, lost, "state")
        return msgspec.structs.replace(told, denied=True)
    if passage.lemmas[at] == "know" and (whom := _where(passage, at)):
        return make_mention(passage, _SILENCE, at, at, whom, "state")
    if passage.lemmas[at] in _NEWS and passage.tokens[at].upos == "NOUN":
        if not {"no", "without", "any"} & {*before[-2:]} and not _lost(passage, at):
            return None
    elif passage.lemmas[at] not in _HEARD or "nothing" not in (
        *before,
        *passage.lowered[at + 1 : at + 2],
    ):
        return None
    tops = (at, *(t.index for t in tree.ancestors(at)))[:3]
    about = _WITH if passage.lemmas[at] == "contact" else _ABOUT
    found = tuple(
        h for top in tops for h in _told_of(passage, find_phrases(tree, top, *about))
        if are_these(passage, h, "counted") or passage.tokens[h].entity == "PER"
        or passage.lowered[h] in _MANY
    )  # fmt: skip
    return make_mention(passage, _SILENCE, at, at, found[:1], "state") if found else None


def _lost(passage: Passage, at: int) -> bool:
    """ "Contact with two patrols was lost"."""
    above = passage.tree.head(at)
    return (
        passage.lemmas[at] == "contact"
        and above is not None
        and (passage.lemmas[above.index] in {"lose", "break"})
    )


def _fate_at(passage: Passage, at: int) -> Mention | None:
    """ "The fate of sixteen has never been established"; that it is unknown or unclear is a state
    of the lexicon."""
    above = passage.tree.head(at)
    if above is None or passage.lemmas[above.index] not in _LEARNED:
        return None
    if not NOT & {*passage.lowered[max(0, at - 2) : above.index + 1]}:
        return None
    owners = tuple(c.index for c in passage.tree.children(at, "nmod:poss"))
    whose = tuple(
        h
        for h in (*find_phrases(passage.tree, at, "of"), *owners)
        if are_these(passage, h, "people") or passage.tokens[h].entity == "PER"
    )
    if not whose:
        return None
    mention = make_mention(passage, _SILENCE, at, above.index, whose, "state")
    return msgspec.structs.replace(mention, denied=True)


def _where(passage: Passage, at: int) -> tuple[int, ...]:
    """ "Nobody knows where the two nurses are": those asked for, counted or by name."""
    tree = passage.tree
    said = {*passage.lowered[max(0, at - 4) : at]}
    if not (NOT | {"one"}) & said or "where" not in passage.lowered[at + 1 : at + 3]:
        return ()
    clause = next(
        (t for t in passage.tokens[at + 1 :] if t.head == at and t.deprel in {"ccomp", "advcl"}),
        None,
    )
    found = tree.children(clause.index, "nsubj", "nsubj:pass") if clause is not None else ()
    return tuple(
        t.index for t in found if are_these(passage, t.index, "counted") or t.entity == "PER"
    )


def _where_first(passage: Passage, at: int) -> tuple[int, ...]:
    """ "Where the other three are is not known", "where the two teachers are, nobody knows"."""
    where = next((n for n in range(at) if passage.lowered[n] == "where"), None)
    if where is None or not NOT & {*passage.lowered[max(where, at - 3) : at]}:
        return ()
    verb = next((n for n in range(where + 1, at) if passage.lemmas[n] == "be"), where)
    people = (
        n for n in range(verb - 1, where, -1) if passage.tokens[n].upos in {"NOUN", "NUM", "PROPN"}
    )
    head = next(people, None)
    if head is None or any(t.upos == "PUNCT" for t in passage.tokens[where:head]):
        return ()
    known = are_these(passage, head, "counted") or passage.tokens[head].entity == "PER"
    return (head,) if known else ()
