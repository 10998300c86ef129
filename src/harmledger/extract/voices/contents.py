"""What is said: the stretch of a passage that a reporting verb governs, and what stands around it."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.language.tree import Token, matches
from harmledger.extract.passage import Passage
from harmledger.extract.voices.cues import Cue
from harmledger.extract.voices.phrases import NOUNS, Phrase, text_of
from harmledger.lexicon.reporting import ReportingLexicon

_ON = frozenset({"on", "in", "via", "through", "over", "during", "at", "by", "to", "from"})
_MARKS = frozenset({",", ":", "“", '"', "”", "‘", "'", "–", "-", "—", "(", ")", "``", "''", "--"})
_BEFORE_THAT = frozenset({"that", "as", "saying"})
_HEARERS = frozenset({"tell", "inform", "assure", "advise", "brief"})


_TAILS = frozenset({"who", "which", "as", "after", "when", "while", "where", "whose", "before", "because", "although", "though"})


class Surroundings(Value, frozen=True, kw_only=True):
    """The words that belong to the reporting, not to what is said, after the verb."""

    end: int
    """First token after them."""
    said_on: tuple[int, int] | None = None
    channel: str | None = None
    hearer: Phrase | None = None


class Content(Value, frozen=True, kw_only=True):
    """Document code points of what is said; ``place`` is leading, trailing or around."""

    start: int
    end: int
    place: str


def look_around(
    passage: Passage, cue: Cue, subject: Phrase | None, lexicon: ReportingLexicon
) -> Surroundings:
    """Read on from the verb over its hearer, its channel and its time."""
    at = cue.last + 1
    if subject is not None and subject.first > cue.last:
        at = max(at, subject.last + 1)
    said_on = _time_before(passage, cue, subject)
    channel, hearer = _channel_before(passage, cue, subject, lexicon), None
    if cue.lemma in _HEARERS and cue.lemma == "tell" or cue.lemma in _HEARERS:
        hearer = _hearer(passage, cue, at)
        at = hearer.last + 1 if hearer is not None else at
    while at < len(passage.tokens):
        time = _time_at(passage, at)
        along = _channel_at(passage, at, lexicon)
        if time is not None:
            said_on = said_on or time
            at = _first_after(passage, time[1])
        elif along is not None:
            channel, at = _better(channel, along[1]), along[0]
        elif passage.tokens[at].upos == "ADV" and _is_last_before_that(passage, at):
            at += 1
        elif passage.tokens[at].text == "," and _more_around(passage, at + 1, lexicon):
            at += 1
        else:
            break
    return Surroundings(end=at, said_on=said_on, channel=channel, hearer=hearer)


def _more_around(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    return at < len(passage.tokens) and (
        _time_at(passage, at) is not None or _channel_at(passage, at, lexicon) is not None
    )


def _is_last_before_that(passage: Passage, at: int) -> bool:
    after = passage.lowered[at + 1 : at + 2]
    return not after or after[0] in {"that", ".", ",", ":"} or _time_at(passage, at + 1) is not None


def _time_at(passage: Passage, at: int) -> tuple[int, int] | None:
    """The time expression that begins at a token, with or without its preposition."""
    token = passage.tokens[at]
    for hit in passage.times:
        if hit.start == token.start:
            return hit.start, hit.end
    if token.text.lower() in {"on", "in", "late", "early", "at", "earlier", "this"} and at + 1 < len(passage.tokens):
        after = passage.tokens[at + 1].start
        for hit in passage.times:
            if hit.start == after:
                return hit.start, hit.end
    return None


def _time_before(passage: Passage, cue: Cue, subject: Phrase | None) -> tuple[int, int] | None:
    """"On Wednesday the council said": only time words, a channel and marks open the sentence."""
    if subject is None or subject.first > cue.last:
        return None
    between = [h for h in passage.times if passage.tokens[subject.last].end <= h.start]
    for hit in between:
        if hit.end <= passage.tokens[cue.first].start:
            return hit.start, hit.end
    first = passage.tokens[subject.first].start
    for hit in passage.times:
        if hit.end > first:
            break
        rest = passage.text[: hit.start - passage.start], passage.text[hit.end - passage.start : first - passage.start]
        if len(rest[0].split()) <= 2 and len(rest[1].split()) <= 4 and not _has_verb(passage, hit.start, first):
            return hit.start, hit.end
    return None


def _has_verb(passage: Passage, start: int, end: int) -> bool:
    return any(t.upos == "VERB" for t in passage.tree.within(start, end))


def _channel_at(
    passage: Passage, at: int, lexicon: ReportingLexicon
) -> tuple[int, str] | None:
    """"on Facebook", "in a televised address": (token after it, the channel)."""
    if passage.lowered[at] not in _ON:
        return None
    here = at + 1
    while here < len(passage.tokens) and here <= at + 4:
        hit = lexicon.channels.match(passage.lowered, passage.lemmas, here)
        if hit is not None and _is_written_so(passage, here, hit):
            return hit[0], text_of(passage, here, hit[0] - 1)
        if passage.tokens[here].upos not in {"DET", "ADJ", "NOUN", "PRON", "PROPN", "PART", "VERB"}:
            return None
        here += 1
    return None


def _is_written_so(passage: Passage, at: int, hit: tuple[int, str]) -> bool:
    """Platforms are names: "x" is no channel, "X" is."""
    return hit[1] != "x" or passage.tokens[at].text == "X"


def _channel_before(
    passage: Passage, cue: Cue, subject: Phrase | None, lexicon: ReportingLexicon
) -> str | None:
    """"In a message on Telegram the council said"."""
    channel = None
    if subject is None:
        return None
    for at in range(min(subject.first, cue.first)):
        hit = _channel_at(passage, at, lexicon)
        if hit is not None and not any(
            t.upos == "VERB" for t in passage.tokens[at + 1 : subject.first]
        ):
            channel = _better(channel, hit[1])
    return channel


def _better(old: str | None, new: str) -> str:
    """A named platform says more than "message"."""
    return new if old is None or new[:1].isupper() else old


def _hearer(passage: Passage, cue: Cue, at: int) -> Phrase | None:
    """Who was told: a phrase right after the verb that is not yet what was said."""
    first = at
    head: int | None = None
    while at < len(passage.tokens):
        token = passage.tokens[at]
        if _time_at(passage, at) is not None:
            break
        if token.upos in NOUNS:
            if head is not None and token.upos == "PRON":
                break
            head = at
        elif token.upos not in {"DET", "ADJ"} and token.text.lower() not in {"'s", "’s", "-", "of", "for"}:
            break
        at += 1
        if token.upos == "PRON":
            break
    if head is None:
        return None
    last = head
    governed = {c.index for c in passage.tree.children(cue.verb, "obj", "iobj", "obl")}
    if not governed & set(range(first, last + 1)):
        last = _before_clause(passage, cue, first, last)
    return Phrase(first=first, last=last, head=min(head, last)) if last >= first else None


def _before_clause(passage: Passage, cue: Cue, first: int, last: int) -> int:
    """"told Reuters 12 people died": the phrase ends where the clause's subject begins."""
    clause = passage.tree.child(cue.verb, "ccomp", "parataxis", "xcomp")
    if clause is None:
        return last
    words = passage.tree.subtree(clause.index)
    return min(last, words[0].index - 1) if words[0].index > first else last


def _first_after(passage: Passage, offset: int) -> int:
    for token in passage.tokens:
        if token.start >= offset:
            return token.index
    return len(passage.tokens)


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
    before = _clause_before(passage, cue, left, others)
    if after is None or _is_closed(passage, cue, left, around, others):
        return before if not cue.word.figure or _is_bare_report(passage, cue) else after
    if _is_parenthetical(passage, cue, left, around):
        return Content(start=passage.tokens[_opening(passage, left)].start, end=after.end, place="around")
    return after


def _is_closed(
    passage: Passage, cue: Cue, left: int, around: Surroundings, others: tuple[int, ...]
) -> bool:
    """"…, said the source, who was not named": what follows is no longer what was said."""
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
    return passage.lowered[end] in _TAILS or passage.tokens[around.end].text not in {",", "–", "-", "—"}


def _is_bare_report(passage: Passage, cue: Cue) -> bool:
    """"…, the agency reported": a verb that may take a noun, standing alone after a clause."""
    return not cue.word.number_only and passage.tree.child(cue.verb, "obj") is None


def _is_parenthetical(passage: Passage, cue: Cue, left: int, around: Surroundings) -> bool:
    """"The bombardment, he said, had continued": commas or quotes on both sides."""
    if around.end >= len(passage.tokens) or left == 0:
        return False
    opens = passage.tokens[left - 1].text in _MARKS
    closes = passage.tokens[around.end].text in {",", "–", "-", "—", ")"}
    return opens and closes


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
    while last >= first and passage.tokens[last].upos in {"PUNCT", "CCONJ"} and passage.tokens[last].text not in {"”", '"'}:
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
    """The token where what is said ends: a mark that closes it, or another speaker's clause."""
    for at in range(first, len(passage.tokens)):
        token = passage.tokens[at]
        if token.text == ";":
            return at
        if at <= first or at in (cue.verb,):
            continue
        if at in others and (at in apart or not _inside_content(passage, cue, at)):
            return max(first, clause_start(passage, at))
    return len(passage.tokens)


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
    while last >= first and passage.tokens[last].upos in {"PUNCT", "CCONJ"} and passage.tokens[last].text not in {"”", '"'}:
        last -= 1
    if last < first or not any(t.upos in {"VERB", "AUX", "NUM"} or t.xpos in {"VBN", "VBD"} for t in passage.tokens[first : last + 1]):
        return None
    return Content(start=passage.tokens[first].start, end=passage.tokens[last].end, place="trailing")


def _opening(passage: Passage, left: int) -> int:
    """The first word of the sentence, or after its last semicolon before token ``left``."""
    first = next((i + 1 for i in range(left - 1, -1, -1) if passage.tokens[i].text == ";"), 0)
    if passage.tokens[first].text == "(":
        closing = next((i for i in range(first, min(first + 9, left)) if passage.tokens[i].text == ")"), None)
        first = first if closing is None else closing + 1
    while first < left - 1 and passage.tokens[first].upos in {"PUNCT", "CCONJ"} and passage.tokens[first].text not in {"“", '"'}:
        first += 1
    return first
