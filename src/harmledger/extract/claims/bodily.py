"""Harm to persons in whole wordings: "lost a foot", "a splinter is lodged in her hip", "never came
out alive", "put in handcuffs", those under ``killed``, ``injured`` and the like of
``lexicon/wordings.yaml``.

Of whom it is told, the section of the wording says. Misses whole groups told by "their legs", whose
number stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import cast, get_args

import msgspec

from harmledger.core.claim import Harm
from harmledger.extract.claims.counting import Counted, count_phrases
from harmledger.extract.claims.denied import Denied
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.harmed import People, draft_counted
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.wordings import Worded, find_worded
from harmledger.extract.harms.arguments import find_objects, find_phrases, find_subjects
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.lexicon.wordings import BodilyHarm

_ONE = frozenset({"my", "his", "her", "me", "him"})
_OURS = frozenset({"their", "our", "your", "its", "them", "us", "whose"})
_BODILY = frozenset({"killed", "injured", "killed_or_injured"})


def draft_bodily(
    passage: Passage,
    drafts: Sequence[Draft],
    know: Denied,
    people: People,
    within: Callable[[Mention], bool],
) -> list[Draft]:
    """The drafts of people hurt that no draft counts. ``within``: whether a harm told so belongs
    in the record."""
    found: list[Draft] = []
    worded = (w for harm in get_args(BodilyHarm) for w in find_worded(passage, know, harm))
    for said in worded:
        heads = next((h for h in _owners(passage, said) if _are_people(passage, h, people)), ())
        mention = _mention(said, heads)
        if not heads or not within(mention):
            continue
        counted = count_phrases(passage, heads, people.persons)
        counted = _one(passage, counted) if counted is not None else None
        if counted is None or counted.quantity.low in {None, 0}:
            continue
        if any(_same(counted, mention.harm, d) for d in (*drafts, *found)):
            continue
        found.append(draft_counted(passage, mention, counted, people))
    return found


def _mention(said: Worded, heads: tuple[int, ...]) -> Mention:
    harm = cast(BodilyHarm, said.wording.harm)
    return Mention(
        harm=harm, first=said.first, last=said.last, predicate=said.predicate, harmed=heads,
        pattern="worded", rule=f"{harm}:worded:{said.wording.written}", weak=True,
        denied=_DENIED.search(said.wording.written) is not None,
    )  # fmt: skip


_DENIED = re.compile(r"\b(?:not|never|no longer)\b")
"""A wording that says the harm by denying something: "may not walk again" denies no wound."""


def _owners(passage: Passage, said: Worded) -> Iterator[tuple[int, ...]]:
    """Who may be meant, the likeliest first."""
    tree, whose = passage.tree, said.wording.whose
    verb = next(
        (t.index for t in passage.tokens[said.first : said.last + 1] if t.upos in {"VERB", "AUX"}),
        said.predicate,
    )
    if said.people is not None:
        yield (said.people,)
    if whose == "owner":
        for token in reversed(passage.tokens[said.first : said.last + 1]):
            owners = tree.children(token.index, "nmod:poss", "nmod")
            yield tuple(o.index for o in owners if o.upos != "NUM")
            if token.upos == "PRON":
                yield (token.index,)
    if whose == "object":
        inside = passage.tokens[said.first + 1 : said.last + 1]
        lives = (t.index for t in inside if passage.lemmas[t.index] == "life")
        yield tuple(n for at in lives for n in find_phrases(tree, at, "of"))
        yield find_objects(tree, verb)
        yield tuple(t.index for t in inside if passage.lowered[t.index] in _ONE)
        yield tuple(t.index for t in inside if t.upos in {"NOUN", "PROPN"})[:1]
    if whose == "subject":
        yield find_subjects(tree, verb)
        yield find_subjects(tree, said.predicate)
    if whose != "owner" or passage.lowered[said.first] == "with":
        yield tuple(t.index for t in tree.ancestors(said.first))[:1]


def _are_people(passage: Passage, heads: tuple[int, ...], people: People) -> bool:
    return bool(heads) and all(
        is_person(passage, h, people.persons)
        or passage.lowered[h] in _ONE
        or (passage.lemmas[h] == "life" and passage.tree.child(h, "nummod") is not None)
        or (passage.tokens[h].upos == "NUM" and passage.tree.child(h, "nmod") is None)
        for h in heads
        if passage.lowered[h] not in _OURS
    )


def _one(passage: Passage, counted: Counted) -> Counted:
    """ "My leg", "his jaw": one person, whatever the phrase says."""
    if counted.figure is not None or passage.lowered[counted.head] not in _ONE:
        return counted
    quantity = msgspec.structs.replace(
        counted.quantity, low=1, high=1, bound="exact", basis="implied"
    )
    return msgspec.structs.replace(counted, quantity=quantity)


def _same(counted: Counted, harm: Harm, draft: Draft) -> bool:
    """Whether a draft tells of the same people: by their noun, their figure, or a pronoun."""
    other = draft.counted
    if (draft.harm not in _BODILY and draft.harm != harm) or other is None:
        return False
    if counted.figure is not None and counted.figure in draft.figures:
        return True
    pronoun = counted.start >= draft.start and draft.quantity.high == 1
    return counted.noun == other.noun or (
        pronoun and counted.head == counted.noun and _short(counted)
    )


def _short(counted: Counted) -> bool:
    """A pronoun: "a guard was shot and lost his leg"."""
    return counted.end - counted.start <= _PRONOUN and counted.figure is None


_PRONOUN = 3
"""Code points of the longest pronoun of one person."""
