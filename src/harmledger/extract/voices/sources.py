"""Sources named beside what they say: "(town clinic)" behind it, "From the clinic:" before it, and
"by the mayor's account" around it."""

from __future__ import annotations

from harmledger.extract.passage import Passage
from harmledger.extract.voices.nouns import Sourced
from harmledger.extract.voices.phrases import NOUNS, Phrase, phrase_at, spread_right
from harmledger.lexicon.reporting import ReportingLexicon

_OPENING = frozenset({"from", "via"})
_HANDED_ON = frozenset({"forwarded", "reposted", "shared", "received", "message", "reported"})
_ROUND = frozenset({"by", "on", "in"})
_FIRST_WORDS = 8
_MOST_WORDS = 9
_FOR_WHICH = frozenset(
    {"figure", "figures", "number", "numbers", "count", "toll", "source", "both"}
)


def find_bracketed(passage: Passage) -> tuple[Sourced, ...]:
    """ "Five killed, 16 hurt (town clinic)": the body named in brackets at the end of a sentence.

    Not what a bracket says of those counted ("(three women and a child)"), nor a name's short form
    ("the Relief Union (RU)"). Misses a bracket inside a sentence.
    """
    tokens = passage.tokens
    last = len(tokens) - 1
    while last > 0 and tokens[last].text in {".", ";", "*", "_"}:
        last -= 1
    opened = next((i for i in range(last, 0, -1) if tokens[i].text == "("), None)
    if opened is None or tokens[last].text != ")" or last - opened > _MOST_WORDS + 3:
        return ()
    first = _behind_colon(passage, opened + 1, last)
    end = next((i for i in range(first, last) if tokens[i].text == ","), last)
    if first is None or not 0 < end - first <= _MOST_WORDS:
        return ()
    inside = tokens[first:end]
    if any(t.upos in {"VERB", "AUX", "NUM", "CCONJ", "PRON"} for t in inside):
        return ()
    phrase = spread_right(passage, first)
    if phrase is None or passage.lowered[first] in {"a", "an", "one", "some", "all", "both"}:
        return ()
    if not any(t.upos in {"NUM", "VERB"} for t in tokens[:opened]) or _is_short_form(
        passage, first
    ):
        return ()
    start = _figures_start(passage, opened)
    return (
        Sourced(
            phrase=Phrase(first=first, last=end - 1, head=phrase.head), first=opened, last=opened,
            lemma="say", start=tokens[start].start, end=tokens[opened - 1].end,
        ),
    )  # fmt: skip


def _behind_colon(passage: Passage, first: int, last: int) -> int:
    """ "(both figures: the ministry)"."""
    colon = next((i for i in range(first, last) if passage.tokens[i].text == ":"), None)
    if colon is None or not _FOR_WHICH & set(passage.lowered[first:colon]):
        return first
    return colon + 1


def _is_short_form(passage: Passage, first: int) -> bool:
    """One word in capitals right behind a name."""
    token = passage.tokens[first]
    return token.text.isupper() and passage.tokens[first - 2].upos == "PROPN"


def _figures_start(passage: Passage, opened: int) -> int:
    """The figures in front of a bracket, which is what it is the source of: "the truce broken by
    fire on the market: five killed (town clinic)"."""
    start = next(
        (i + 1 for i in range(opened - 1, -1, -1) if passage.tokens[i].text in {";", ":"}), 0
    )
    figure = next((i for i in range(start, opened) if passage.tokens[i].upos == "NUM"), start)
    comma = (i + 1 for i in range(figure - 1, start, -1) if passage.tokens[i].text == ",")
    return next(comma, start)


def _clause_start(passage: Passage, before: int) -> int:
    """Behind the last semicolon: each item of a list names its own source."""
    return next((i + 1 for i in range(before - 1, -1, -1) if passage.tokens[i].text == ";"), 0)


def find_from(passage: Passage) -> tuple[Sourced, ...]:
    """ "From the diocese: four girls are missing", "Forwarded from City Now: …", whatever time of
    day stands before it."""
    tokens = passage.tokens
    for at in range(min(_FIRST_WORDS, len(tokens) - 2)):
        word = passage.lowered[at]
        if word in _OPENING:
            return _named_before_colon(passage, at + 1)
        if word not in _HANDED_ON and any(c.isalpha() for c in word):
            return ()
    return ()


def _named_before_colon(passage: Passage, first: int) -> tuple[Sourced, ...]:
    tokens = passage.tokens
    while first < len(tokens) and tokens[first].text in {"*", "_", "**"}:
        first += 1
    colon = next(
        (
            i
            for i in range(first, min(first + _MOST_WORDS, len(tokens) - 1))
            if tokens[i].text == ":"
        ),
        None,
    )
    phrase = spread_right(passage, first) if colon is not None else None
    if colon is None or phrase is None:
        return ()
    words = tokens[first:colon]
    if any(t.upos in {"VERB", "AUX", "NUM"} for t in words) or words[-1].entity == "LOC":
        return ()
    if any(p.start <= words[0].start and words[-1].end <= p.end for p in passage.places):
        return ()
    named = [t.index for t in words if t.text[:1].isupper()]
    last = max(named[-1] if named else 0, min(phrase.last, colon - 1))
    return (
        Sourced(
            phrase=Phrase(first=first, last=last, head=phrase.head), first=colon, last=colon,
            lemma="say", start=tokens[colon + 1].start, end=passage.end,
        ),
    )  # fmt: skip


def find_accounts(passage: Passage, lexicon: ReportingLexicon) -> tuple[Sourced, ...]:
    """ "By the mayor's account", "on the elders' telling", "by his own account": of the clause it
    stands in, between semicolons."""
    found = []
    for token in passage.tokens:
        if token.lemma.lower() not in lexicon.accounts or token.upos not in NOUNS:
            continue
        cases = {c.text.lower() for c in passage.tree.children(token.index, "case")}
        owner = next(iter(passage.tree.children(token.index, "nmod:poss")), None)
        if not cases & _ROUND or owner is None:
            continue
        pronoun = owner.upos == "PRON"
        phrase = phrase_at(passage, token.index if pronoun else owner.index)
        start, end = _clause_start(passage, phrase.first), _clause_end(passage, token.index)
        found.append(
            Sourced(
                phrase=phrase, first=token.index, last=token.index, lemma=token.lemma.lower(),
                start=passage.tokens[start].start, end=passage.tokens[end].end,
            )
        )  # fmt: skip
    return tuple(found)


def _clause_end(passage: Passage, after: int) -> int:
    behind = range(after + 1, len(passage.tokens))
    semicolon = next((i for i in behind if passage.tokens[i].text == ";"), None)
    return len(passage.tokens) - 1 if semicolon is None else semicolon - 1
