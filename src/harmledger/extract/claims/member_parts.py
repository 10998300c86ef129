"""Parts of a whole that the people it counts make themselves: members of a sum, and those listed
behind a colon."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_DASHES = frozenset({"—", "–", "-"})
_CLAUSE_END = frozenset({";", ".", ")", "]"})


def make_part(passage: Passage, number: int, whole: Draft, counted: Counted, persons: PersonLexicon,
          rule: str) -> Draft:  # fmt: skip
    """One part of a whole, under the whole's harm."""
    return Draft(
        harm=whole.harm,
        predicate=whole.predicate,
        start=counted.start,
        end=counted.end,
        quantity=counted.quantity,
        counted=counted,
        victims=describe_victims(passage, counted, persons),
        cause=whole.cause,
        stance=whole.stance,
        modality=whole.modality,
        kin=number,
        figures=figures_of(counted),
        notes=(
            *(n for n in whole.notes if n.field == "harm"),
            Note(field="part_of", start=counted.start, end=counted.end, rule=rule),
        ),
        weak=whole.weak,
        kind=whole.kind,
        score=whole.score - 0.1,
    )


def member_parts(
    passage: Passage, number: int, whole: Draft, persons: PersonLexicon
) -> list[Draft]:
    """A lieutenant and five civilians: a part for each member with a number, and beside it for the
    one with an article, as for each of two (rule 15a); longer lists are told by their sum."""
    if whole.counted is None:
        return []
    members = whole.counted.members
    two = len(members) == 2 or any(m.figure is not None for m in members)
    apart = two and not any(_is_somebodys(passage, m) for m in members)
    return [
        make_part(passage, number, whole, member, persons, "part:member")
        for member in members
        if (member.figure is not None and not _is_couple(passage, member, members))
        or (apart and _is_one_more(passage, member, persons))
    ]


def _is_couple(passage: Passage, member: Counted, members: Sequence[Counted]) -> bool:
    """ "A couple and their son": one family, told together."""
    told = member.figure is not None and member.figure.as_written.lower().endswith("couple")
    return told and any(_is_somebodys(passage, m) for m in members)


def _is_somebodys(passage: Passage, member: Counted) -> bool:
    """ "A pastor and his driver", "a sheikh and two of his sons": people told together."""
    below = passage.tree.subtree(member.head, "acl", "conj")
    return any(t.xpos == "PRP$" for t in below)


def _is_one_more(passage: Passage, member: Counted, persons: PersonLexicon) -> bool:
    """ "A schoolgirl", "one guard"; "his wife" and "the mayor" may be told elsewhere."""
    article = passage.tree.child(member.noun, "det")
    said = article is not None and article.lemma.lower() in {"a", "an", "another"}
    return said and member.quantity.low == 1 and is_person(passage, member.noun, persons)


def listed_behind(
    passage: Passage, number: int, whole: Draft, drafts: Sequence[Draft], persons: PersonLexicon
) -> list[Draft]:
    """ "Two people were killed in the raid: a miller, shot at his door, and a boy": those behind a
    colon, where they are as many as the whole. What each suffered is what all did."""
    counted = whole.counted
    colon = next((t.index for t in passage.tokens if t.text == ":" and t.start >= whole.end), None)
    if counted is None or colon is None or whole.kind != "person" or not whole.figures:
        return []
    if any(d is not whole and d.figures and d.harm == whole.harm for d in drafts):
        return []
    last = clause_end(passage, colon + 1, passage.end)
    heads = [
        h for h in phrase_heads(passage, colon + 1, last)
        if is_person(passage, h, persons) and passage.tokens[h].upos in {"NOUN", "PROPN", "ADJ"}
        and not matches(passage.tokens[h].deprel, ("obl", "obj"))
    ]  # fmt: skip
    each = [count_phrase(passage, h, persons) for h in heads]
    each = [c for c in each if c.figure is not None or c.quantity.high == 1]
    if len(each) < 2 or sum(c.quantity.low or 0 for c in each) != whole.quantity.low:
        return []
    return [make_part(passage, number, whole, c, persons, "part:colon") for c in each]


def of_the_same(other: Draft, part: Draft) -> bool:
    """A harm read of one in a list behind a colon: "two died: a boy who trod on a mine and …"."""
    listed = any(n.rule == "part:colon" for n in part.notes)
    return listed and other.harm != part.harm and not other.figures


def clause_end(passage: Passage, first: int, stop: int, opened: str = "") -> int:
    """The last token of the clause that begins at ``first``, before code point ``stop``."""
    last = first
    for token in passage.tokens[first:]:
        word = passage.lowered[token.index]
        if token.start >= stop or word in _CLAUSE_END or (word == opened and word in _DASHES):
            break
        last = token.index
    return min(last, len(passage.tokens) - 1)
