"""Silence about people that says they are missing: "of the other three there is no news", "nothing
has been heard from the two nurses since"."""

from __future__ import annotations

from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.harms.heads import make_mention
from harmledger.extract.harms.mention import Mention
from harmledger.extract.harms.people import are_these
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import HarmWord

_NEWS = frozenset({"news", "word", "trace", "sign"})
_HEARD = frozenset({"hear", "know", "see"})
_ABOUT = ("of", "from", "about")
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
    if passage.lemmas[at] in _NEWS and passage.tokens[at].upos == "NOUN":
        if not {"no", "without", "any"} & {*before[-2:]}:
            return None
    elif passage.lemmas[at] not in _HEARD or "nothing" not in (
        *before,
        *passage.lowered[at + 1 : at + 2],
    ):
        return None
    tops = (at, *(t.index for t in tree.ancestors(at)))[:3]
    found = tuple(
        h for top in tops for h in _told_of(passage, find_phrases(tree, top, *_ABOUT))
        if are_these(passage, h, "counted") or passage.tokens[h].entity == "PER"
    )  # fmt: skip
    return make_mention(passage, _SILENCE, at, at, found[:1], "state") if found else None
