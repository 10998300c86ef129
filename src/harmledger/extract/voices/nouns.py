"""Voices without a reporting verb: "according to X", "X's count", "X: …", "… – X"."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.extract.language.tree import matches
from harmledger.extract.passage import Passage
from harmledger.extract.voices.phrases import NOUNS, Phrase, find_left, phrase_at, spread_right
from harmledger.lexicon.reporting import ReportingLexicon

_DASHES = frozenset({"–", "—", "-", "--", "|"})
_MOST_BEFORE_COLON = 9
_ISSUES = frozenset(
    {"issue", "release", "publish", "read", "circulate", "distribute", "send", "keep", "compile",
     "give", "provide", "share", "draw", "maintain", "put"}
)  # fmt: skip
_KINDS = frozenset({"official", "press", "joint", "public", "written", "short", "following", "new"})
"""Words that say what kind of paper it is, not whose."""
_CHARGES = frozenset(
    {"claim", "allegation", "accusation", "rumour", "rumor", "charge", "complaint"}
)
_BY = frozenset({"by", "from"})


class Sourced(Value, frozen=True, kw_only=True):
    """A phrase that says whose words these are, its cue tokens, and what it covers."""

    phrase: Phrase
    first: int
    last: int
    lemma: str
    start: int
    end: int


def find_accordingly(passage: Passage, lexicon: ReportingLexicon) -> tuple[Sourced, ...]:
    """ "According to X, …" and "…, according to X"."""
    found = []
    for at in lexicon.accordingly.find_starts(passage.lowered, passage.lemmas):
        hit = lexicon.accordingly.match(passage.lowered, passage.lemmas, at)
        if hit is None or hit[0] >= len(passage.tokens):
            continue
        which = passage.lowered[hit[0]] in {"which", "whom"}
        phrase = None if which else _named_after(passage, hit[0])
        start, end = _covered(passage, at, hit[0] if phrase is None else phrase.last)
        phrase = _named_before(passage, at) if which else phrase
        if phrase is None or start >= end:
            continue
        found.append(
            Sourced(
                phrase=phrase, first=at, last=hit[0] - 1, lemma=hit[1], start=start, end=end
            )
        )  # fmt: skip
    return tuple(found)


def _named_before(passage: Passage, at: int) -> Phrase | None:
    """ "The version spread by the portal Selva, according to which eleven died": the portal."""
    comma = at > 1 and passage.tokens[at - 1].text == ","
    return find_left(passage, at - 1) if comma else None


def _named_after(passage: Passage, at: int) -> Phrase | None:
    """The phrase after "according to", as the tree has it or word by word."""
    run = spread_right(passage, at)
    if run is None:
        return None
    heads = [
        t.index
        for t in passage.tokens[at : run.last + 1]
        if t.upos in NOUNS and any(c.index < at for c in passage.tree.children(t.index, "case"))
    ]
    head = heads[0] if heads else run.head
    tree = phrase_at(passage, head)
    last = max(run.last, tree.last) if tree.first <= run.last else run.last
    comma = next((i for i in range(at, last + 1) if passage.tokens[i].text == ","), None)
    if comma is not None and at > 2:
        comma = None
    return Phrase(first=at, last=(comma - 1) if comma is not None else last, head=head)


def _covered(passage: Passage, first: int, last: int) -> tuple[int, int]:
    """What the words "according to X" stand beside: the rest of the sentence around them."""
    tokens = passage.tokens
    left = first - 1
    while left >= 0 and tokens[left].upos in {"PUNCT", "CCONJ"}:
        left -= 1
    right = last + 1
    while right < len(tokens) and tokens[right].upos == "PUNCT":
        right += 1
    after = any(t.upos in {"VERB", "AUX"} for t in tokens[right:])
    before = any(t.upos in {"VERB", "AUX", "NUM"} for t in tokens[: left + 1])
    opening = _after_semicolon(passage, first)
    if after and (left < opening or not before):
        return tokens[right].start, _end(passage)
    compared = any(t.upos == "NUM" for t in tokens[right:])  # "…, against 139 the year before"
    if before and not after and not compared:
        return tokens[opening].start, tokens[left].end
    return tokens[opening].start, _end(passage)


def _after_semicolon(passage: Passage, before: int) -> int:
    return next((i + 1 for i in range(before - 1, -1, -1) if passage.tokens[i].text == ";"), 0)


def _end(passage: Passage) -> int:
    last = len(passage.tokens) - 1
    while (
        last > 0
        and passage.tokens[last].upos == "PUNCT"
        and passage.tokens[last].text not in {"”", '"'}
    ):
        last -= 1
    return passage.tokens[last].end


def find_owner(passage: Passage, noun: int, loose: bool = False) -> Phrase | None:
    """Who made a statement, a report or a count: its owner, its author, or the name before it.

    ``loose`` also takes "of": "the figures of the council", but then "the number of patients" too.
    """
    tree = passage.tree
    for child in tree.children(noun, "nmod:poss"):
        return phrase_at(passage, child.index)
    for child in tree.children(noun, "nmod", "obl"):
        cases = {c.text.lower() for c in tree.children(child.index, "case")}
        if cases & _BY or (loose and "of" in cases):
            return phrase_at(passage, child.index)
    for clause in tree.children(noun, "acl"):
        for child in tree.children(clause.index, "obl"):
            if any(c.text.lower() == "by" for c in tree.children(child.index, "case")):
                return phrase_at(passage, child.index)
        made = tree.child(clause.index, "nsubj")
        its = made is not None and "whose" in {
            c.text.lower() for c in tree.children(made.index, "nmod:poss")
        }  # "an inquiry whose findings were published"
        issued = clause.lemma.lower() in _ISSUES and not its
        if issued and made is not None and made.upos in NOUNS - {"PRON"}:
            return phrase_at(passage, made.index)  # "the count that the office released"
    above = tree.head(noun)
    if loose and above is not None and above.lemma.lower() in _ISSUES:
        for child in tree.children(above.index, "nsubj"):
            return phrase_at(passage, child.index)
    before = [
        c.index
        for c in tree.children(noun, "compound", "amod")
        if c.index < noun and c.lemma.lower() not in _KINDS
    ]
    if before:
        return Phrase(first=before[0], last=noun - 1, head=before[-1])
    return None


def is_document(passage: Passage, noun: int, lexicon: ReportingLexicon) -> bool:
    """Whether a noun speaks for whoever made it ("statement", "figures")."""
    hit = lexicon.documents.match(passage.lowered, passage.lemmas, noun)
    return hit is not None and hit[0] == noun + 1 and passage.tokens[noun].upos in NOUNS


def find_reports(passage: Passage, lexicon: ReportingLexicon) -> tuple[Sourced, ...]:
    """ "Reports circulated by the association that six were farmers": whose report, and the clause
    it holds, whatever is said of the report itself."""
    found = []
    for token in passage.tokens:
        if token.upos not in NOUNS:
            continue
        if token.lemma.lower() not in _CHARGES and not is_document(passage, token.index, lexicon):
            continue
        owner = _made_by(passage, token.index)
        that = next(
            (i for i in range(token.index + 1, len(passage.tokens))
             if passage.lowered[i] == "that" and passage.tokens[i].upos == "SCONJ"),
            None,
        )  # fmt: skip
        if owner is None or that is None or not owner.last < that <= owner.last + 2:
            continue
        found.append(
            Sourced(
                phrase=owner, first=token.index, last=token.index, lemma=token.lemma.lower(),
                start=passage.tokens[that + 1].start, end=_end(passage),
            )
        )  # fmt: skip
    return tuple(found)


def _made_by(passage: Passage, noun: int) -> Phrase | None:
    """The author behind "by" or "from", of the noun itself or of a participle on it."""
    tree = passage.tree
    for at in (noun, *(c.index for c in tree.children(noun, "acl"))):
        for child in tree.children(at, "nmod", "obl"):
            if {c.text.lower() for c in tree.children(child.index, "case")} & _BY:
                return phrase_at(passage, child.index)
    return None


def find_tolls(passage: Passage, lexicon: ReportingLexicon) -> tuple[Sourced, ...]:
    """ "The ministry's toll of 12", "by the council's count": owner and the whole sentence."""
    found = []
    for token in passage.tokens:
        if token.lemma.lower() not in lexicon.tolls or token.upos not in NOUNS:
            continue
        owner = find_owner(passage, token.index)
        if owner is None or owner.first == owner.last == token.index:
            continue
        if not any(
            matches(c.deprel, ("nmod:poss", "nmod", "compound", "acl"))
            for c in passage.tree.children(token.index)
        ):
            continue
        found.append(
            Sourced(
                phrase=owner, first=token.index, last=token.index, lemma=token.lemma.lower(),
                start=passage.tokens[0].start, end=_end(passage),
            )
        )  # fmt: skip
    return tuple(found)


def find_labels(passage: Passage, lexicon: ReportingLexicon) -> tuple[Sourced, ...]:
    """ "MSF: 19 killed" at the start, "19 killed – MSF" at the end of a heading; not "Losses: two",
    which names those harmed."""
    label = _find_label(passage, lexicon)
    found = [] if label is None else [label]
    if passage.kind == "heading":
        found.extend(_dashed(passage, lexicon))
    return tuple(found)


def _find_label(passage: Passage, lexicon: ReportingLexicon) -> Sourced | None:
    tokens, first = passage.tokens, _behind_clock(passage)
    before = range(first + 1, min(first + _MOST_BEFORE_COLON, len(tokens) - 1))
    colon = next((i for i in before if tokens[i].text == ":"), None)
    phrase = None if colon is None else spread_right(passage, first)
    if colon is None or phrase is None:
        return None
    last = _before_bracket(passage, first, colon) - 1
    if phrase.last < last - 1 or _has_verb(passage, first, colon):
        return None
    if _is_place(passage, first, last, lexicon) or passage.lemmas[last] in lexicon.not_labels:
        return None
    return Sourced(
        phrase=Phrase(first=first, last=last, head=phrase.head), first=colon, last=colon,
        lemma="say", start=tokens[colon + 1].start, end=_end(passage),
    )  # fmt: skip


def _behind_clock(passage: Passage) -> int:
    """The first word behind "[15:30]" or "21:05 —", which say when somebody spoke."""
    for token in passage.tokens[:_MOST_BEFORE_COLON]:
        if any(c.isalpha() for c in token.text):
            return token.index
    return 0


def _before_bracket(passage: Passage, first: int, colon: int) -> int:
    """ "Medical Committee (Thursday evening): 14 dead": the bracket is no part of who speaks."""
    if passage.tokens[colon - 1].text != ")":
        return colon
    opened = (i for i in range(colon - 1, first, -1) if passage.tokens[i].text == "(")
    return next(opened, colon)


def _is_place(passage: Passage, first: int, last: int, lexicon: ReportingLexicon) -> bool:
    """ "Fangak: 6 killed": what happened there, said by nobody."""
    token = passage.tokens[last]
    if lexicon.known.match(passage.lowered, passage.lemmas, first) is not None:
        return False
    if token.entity == "LOC":
        return True
    if any(p.start < token.end <= p.end for p in passage.places):
        return True
    counts = last + 2 < len(passage.tokens) and passage.tokens[last + 2].upos == "NUM"
    return first == last and counts and not _is_known(passage, last, lexicon)


def _knows(passage: Passage, phrase: Phrase, lexicon: ReportingLexicon) -> bool:
    return any(_is_known(passage, i, lexicon) for i in range(phrase.first, phrase.last + 1))


def _is_known(passage: Passage, at: int, lexicon: ReportingLexicon) -> bool:
    """ "Officials: nine killed", "UN: nine killed": whoever the lexicon knows to speak."""
    listed = (lexicon.people, lexicon.bodies, lexicon.known)
    return any(one.match(passage.lowered, passage.lemmas, at) is not None for one in listed)


def _dashed(passage: Passage, lexicon: ReportingLexicon) -> list[Sourced]:
    """ "19 killed – MSF", "Shelling kills nine: mayor"."""
    tokens = passage.tokens
    for at in range(len(tokens) - 2, max(1, len(tokens) - 8), -1):
        dashed = passage.text[tokens[at].start - passage.start - 1] == " "
        if tokens[at].text != ":" and not (dashed and tokens[at].text in _DASHES):
            continue
        phrase = spread_right(passage, at + 1)
        if phrase is not None and tokens[at].text == ":" and not _knows(passage, phrase, lexicon):
            continue
        if phrase is not None and phrase.last >= len(tokens) - 2:
            return [
                Sourced(
                    phrase=phrase, first=at, last=at, lemma="say",
                    start=tokens[0].start, end=tokens[at - 1].end,
                )
            ]  # fmt: skip
    return []


def _has_verb(passage: Passage, first: int, last: int) -> bool:
    return any(t.upos in {"VERB", "AUX"} for t in passage.tokens[first:last])
