"""What is said: the stretch of a passage that a reporting verb governs."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.extract.voices.around import Surroundings
from harmledger.extract.voices.cues import Cue
from harmledger.extract.voices.phrases import Phrase

_MARKS = frozenset({",", ":", "“", '"', "”", "‘", "'", "–", "-", "—", "(", ")", "``", "''", "--"})
_BEFORE_THAT = frozenset({"that", "as", "saying"})
_ACTS = frozenset(
    {
        "call",
        "acknowledge",
        "admit",
        "deny",
        "reject",
        "dismiss",
        "accuse",
        "blame",
        "retract",
        "withdraw",
    }
)
_TAILS = frozenset(
    {
        "who",
        "which",
        "as",
        "after",
        "when",
        "while",
        "where",
        "whose",
        "before",
        "because",
        "although",
        "though",
    }
)


_WITH = frozenset({"in", "at", "of", "with", "from", "during", "amid", "despite", "following",
                   "since", "until", "near", "without", "by"})  # fmt: skip


_SINCE = _TAILS - {"who", "which", "whose", "as", "where"}


class Content(Value, frozen=True, kw_only=True):
    """Document code points of what is said; ``place`` is leading, trailing or around."""

    start: int
    end: int
    place: str


def find_content(
    passage: Passage,
    cue: Cue,
    subject: Phrase | None,
    around: Surroundings,
    others: tuple[int, ...],
    apart: tuple[int, ...] = (),
) -> Content | None:
    """What the cue says, or None. ``others`` are the verbs of the passage's other cues; those in
    ``apart`` share a speaker with a cue before them and end what that one says.
    """
    left = min(cue.first, subject.first if subject is not None else cue.first)
    after = _clause_after(passage, cue, around, others, apart)
    before = _without_title(passage, _clause_before(passage, cue, left, others), left)
    if before is not None and after is not None and _tells_on(passage, cue, left, around):
        return msgspec.structs.replace(before, end=after.end, place="around")
    if before is not None and _only_before(passage, cue, left, around):
        return before
    if after is None or _is_closed(passage, cue, left, around, others):
        bare = not cue.word.figure or cue.passive or _is_bare_report(passage, cue)
        return before if bare else after
    if _is_parenthetical(passage, cue, left, around):
        return Content(
            start=passage.tokens[_opening(passage, left)].start, end=after.end, place="around"
        )
    return after


def _without_title(passage: Passage, content: Content | None, left: int) -> Content | None:
    """What is said ends before the speaker's title: "…, the mayor, Ivan Koval, said"."""
    if content is None or left < 3 or passage.lowered[left - 1] != ",":
        return content
    first = left - 2
    while first > 0 and passage.tokens[first].upos in {"NOUN", "ADJ", "PROPN", "ADP"}:
        first -= 1
    title = passage.tokens[first]
    if title.upos != "DET" or first < 2 or passage.lowered[first - 1] != ",":
        return content
    end = passage.tokens[first - 2].end
    return msgspec.structs.replace(content, end=end) if content.start < end else content


def _is_closed(
    passage: Passage, cue: Cue, left: int, around: Surroundings, others: tuple[int, ...]
) -> bool:
    """ "…, said the source, who was not named": what follows is no longer what was said."""
    tree = passage.tree
    end = around.end
    while end < len(passage.tokens) and passage.tokens[end].text in _MARKS:
        end += 1
    if left == 0 or end >= len(passage.tokens):
        return left > 0
    if end in others and passage.tokens[end].xpos == "VBG":
        return True
    clauses = tree.children(cue.verb, "ccomp", "parataxis")
    before = bool(clauses) and all(c.index < cue.first for c in clauses)
    tied = before or matches(tree.tokens[cue.verb].deprel, ("parataxis",))
    opened = passage.tokens[left - 1].text in _MARKS - {":", "(", "“"}
    if not (tied and opened):
        return False
    goes_on = {",", "–", "-", "—", *((";",) if _tells_before(passage, cue, left) else ())}
    return passage.lowered[end] in _TAILS or passage.tokens[around.end].text not in goes_on


def _only_before(passage: Passage, cue: Cue, left: int, around: Surroundings) -> bool:
    """ "Nine were killed, police said, as shells fell on the town": what follows is no speech."""
    if left == 0 or passage.tokens[left - 1].text not in _MARKS - {":", "(", "“"}:
        return False
    end = around.end
    while end < len(passage.tokens) and passage.tokens[end].text in _MARKS:
        end += 1
    if end >= len(passage.tokens) or not _tells_before(passage, cue, left):
        return False
    return _is_beside(passage, end) or passage.lowered[end - 1] in _SINCE


def _tells_on(passage: Passage, cue: Cue, left: int, around: Surroundings) -> bool:
    """ "The toll rose to 12, the service said, after its crews had found three more", "…, she said,
    because ten have not been seen": why, or what came first, by the same speaker."""
    if left == 0 or not _tells_before(passage, cue, left):
        return False
    end = around.end
    if end >= len(passage.tokens) or passage.tokens[end].text != ",":
        return False
    for token in passage.tokens[end + 1 : end + 5]:
        if token.text.lower() in _TELLS_ON:
            return True
        if token.upos not in {"NUM", "NOUN", "DET", "ADV", "ADJ"}:
            return False
    return False


_TELLS_ON = frozenset({"after", "because"})


def _tells_before(passage: Passage, cue: Cue, left: int) -> bool:
    """Whether a clause of its own stands before the speaker: no time, no "after nine had died"."""
    inside = range(_opening(passage, left), left)
    if not any(passage.tokens[i].upos in {"VERB", "AUX"} for i in inside):
        return False
    if any(above.index in inside for above in passage.tree.ancestors(cue.verb)):
        return True
    clauses = passage.tree.children(cue.verb, "ccomp", "parataxis", "xcomp", "obj")
    return any(clause.index in inside for clause in clauses)


def _is_beside(passage: Passage, at: int) -> bool:
    """Whether what follows only goes with what was said before: "…, hours before shells fell",
    "in the fourth raid in ten days"."""
    if passage.lowered[at] in _SINCE | _WITH:
        return True
    for token in passage.tokens[at : at + 4]:
        if token.text.lower() in _SINCE:
            return True
        if token.upos not in {"NUM", "NOUN", "DET", "ADV", "ADJ", "PRON"}:
            return False
    return False


def _is_bare_report(passage: Passage, cue: Cue) -> bool:
    """ "…, the agency reported": a verb that may take a noun, standing alone after a clause."""
    says = not cue.word.number_only or cue.lemma == "note"  # "…, the coordinator noted"
    return says and passage.tree.child(cue.verb, "obj") is None


def _is_parenthetical(passage: Passage, cue: Cue, left: int, around: Surroundings) -> bool:
    """ "The road, she said, was closed": commas or quotes on both sides."""
    if around.end >= len(passage.tokens) or left == 0 or passage.tokens[cue.first].xpos == "VBG":
        return False
    opens = passage.tokens[left - 1].text in _MARKS
    ends = passage.tokens[around.end].text
    closes = ends in {",", "–", "-", "—", ")"}
    return opens and (closes or (ends == ";" and _tells_before(passage, cue, left)))


def _clause_after(
    passage: Passage,
    cue: Cue,
    around: Surroundings,
    others: tuple[int, ...],
    apart: tuple[int, ...],
) -> Content | None:
    first = around.end
    while first < len(passage.tokens) and (
        passage.tokens[first].text in _MARKS or passage.lowered[first] in _BEFORE_THAT
    ):
        first += 1
    first = _after_that(passage, cue, first)
    limit = _boundary_after(passage, cue, first, others, apart)
    last = limit - 1
    while (
        last >= first
        and passage.tokens[last].upos in {"PUNCT", "CCONJ"}
        and passage.tokens[last].text not in {"”", '"'}
    ):
        last -= 1
    if last < first or not _says_something(passage.tokens[first : last + 1]):
        return None
    return Content(start=passage.tokens[first].start, end=passage.tokens[last].end, place="leading")


def _after_that(passage: Passage, cue: Cue, first: int) -> int:
    """Where the tree sees "that" open what is said, begin behind it."""
    for clause in passage.tree.children(cue.verb, "ccomp"):
        for mark in passage.tree.children(clause.index, "mark"):
            if mark.text.lower() == "that" and mark.index >= first:
                return mark.index + 1
    return first


def _says_something(tokens: tuple[Token, ...]) -> bool:
    return any(t.upos in {"VERB", "NOUN", "PROPN", "NUM", "ADJ", "PRON", "AUX"} for t in tokens)


def _boundary_after(
    passage: Passage, cue: Cue, first: int, others: tuple[int, ...], apart: tuple[int, ...]
) -> int:
    """The token where what is said ends: a mark that closes it, or another speaker's clause. Two
    clauses that a speaker stands between are both said ("…, police said, and two more …")."""
    split = _splits(passage, cue)
    for at in range(first, len(passage.tokens)):
        token = passage.tokens[at]
        if token.text == ";" and any(other > at for other in others):
            return at
        if at <= first or at in (cue.verb,):
            continue
        if at in others and (at in apart or not _inside_content(passage, cue, at)):
            return max(first, clause_start(passage, at))
        if _turns_away(passage, cue, at, at in others) and (at in others or not split):
            return max(first, clause_start(passage, at))
    return len(passage.tokens)


def _splits(passage: Passage, cue: Cue) -> bool:
    """A clause stands before the speaker, and a comma or a semicolon right behind."""
    last = min(cue.last + 1, len(passage.tokens) - 1)
    return passage.tokens[last].text in {",", ";"} and _tells_before(passage, cue, cue.first)


def _turns_away(passage: Passage, cue: Cue, at: int, speaks: bool) -> bool:
    """Whether a clause leaves what was said: ", and Y denies it", ", which denies it"; and after a
    verb that took a noun, any ", and Y did" beside it."""
    token = passage.tokens[at]
    if token.upos not in {"VERB", "AUX"} or passage.tree.child(at, "nsubj") is None:
        return False
    start = clause_start(passage, at)
    if speaks and matches(token.deprel, ("acl",)):
        return start > 0 and passage.tokens[start - 1].text == ","
    joined = passage.lowered[start] in {"and", "but"} and start > 0
    if not joined or passage.tokens[start - 1].text != ",":
        return False
    return speaks or (passage.tree.child(cue.verb, "ccomp") is None and token.deprel == "conj")


def _inside_content(passage: Passage, cue: Cue, other: int) -> bool:
    """Whether another reporting verb stands inside what this one says ("said that X denied")."""
    here = passage.tree.tokens[other]
    marks = passage.tree.children(other, "mark", "advmod")
    if here.deprel == "advcl" and any(m.text.lower() in _TAILS for m in marks):
        return False
    while here.head >= 0:
        if here.head == cue.verb:
            return matches(here.deprel, ("ccomp", "xcomp", "obj", "obl", "acl"))
        here = passage.tree.tokens[here.head]
    return False


def clause_start(passage: Passage, verb: int) -> int:
    """The first token of a clause: its subject, conjunction and marks included."""
    tree = passage.tree
    starts = [verb]
    for child in tree.children(verb, "nsubj", "cc", "mark", "aux", "advmod", "expl"):
        if child.index < verb:
            starts.append(tree.subtree(child.index)[0].index)
    return min(starts)


def sentence_end(passage: Passage, after: int, others: tuple[int, ...]) -> int:
    """Code point where the clause that goes on after token ``after`` ends."""
    last = len(passage.tokens) - 1
    for other in sorted(others):
        if other > after:
            last = min(last, clause_start(passage, other) - 1)
            break
    while last > after and passage.tokens[last].upos in {"PUNCT", "CCONJ"}:
        last -= 1
    return passage.tokens[last].end


def _clause_before(
    passage: Passage, cue: Cue, left: int, others: tuple[int, ...]
) -> Content | None:
    """The clause that a trailing "…, he said" closes."""
    first = _opening(passage, left)
    last = left - 1
    while (
        last >= first
        and passage.tokens[last].upos in {"PUNCT", "CCONJ"}
        and passage.tokens[last].text not in {"”", '"'}
    ):
        last -= 1
    if last < first or not any(
        t.upos in {"VERB", "AUX", "NUM"} or t.xpos in {"VBN", "VBD"}
        for t in passage.tokens[first : last + 1]
    ):
        return None
    return Content(
        start=passage.tokens[first].start, end=passage.tokens[last].end, place="trailing"
    )


def _opening(passage: Passage, left: int) -> int:
    """The first word of the sentence, or after its last semicolon before token ``left``."""
    first = next((i + 1 for i in range(left - 1, -1, -1) if passage.tokens[i].text == ";"), 0)
    if passage.tokens[first].text == "(":
        closing = next(
            (i for i in range(first, min(first + 9, left)) if passage.tokens[i].text == ")"), None
        )
        first = first if closing is None else closing + 1
    while (
        first < left - 1
        and passage.tokens[first].upos in {"PUNCT", "CCONJ"}
        and passage.tokens[first].text not in {"“", '"'}
    ):
        first += 1
    return first


def find_dated(passage: Passage, cue: Cue, content: Content) -> tuple[int, int] | None:
    """ "called the strike a mistake on 6 October": the time of a statement that is an act itself.

    Only where the tree hangs the time on that verb, and never for a verb that tells news.
    """
    if content.place != "leading" or cue.lemma not in _ACTS:
        return None
    if passage.tree.child(cue.verb, "ccomp") is not None:
        return None
    for hit in passage.times:
        word = passage.tree.top(hit.start, hit.end)
        if word is not None and word.head == cue.verb and content.start <= hit.start < content.end:
            return hit.start, hit.end
    return None
