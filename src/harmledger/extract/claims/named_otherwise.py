"""The harmed whose number stands elsewhere, or who are named for something else: "41 deaths of
children", "the younger of the two", "everyone in the car, a family of five", "a two-man crew",
"212 victims were admitted to the trial"."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted, count_phrase, count_phrases
from harmledger.extract.claims.phrases import is_person, phrase_heads
from harmledger.extract.harms.figures import in_figure
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage
from harmledger.extract.quantities.cardinal import find_value
from harmledger.lexicon.persons import PersonLexicon

_COUNTED_EVENTS = frozenset({"death", "arrest", "detention", "abduction", "kidnapping"})
"""One for each of those who suffer them; of "three massacres" there are more."""


def count_on_event(
    passage: Passage, mention: Mention, counted: Counted, persons: PersonLexicon
) -> Counted:
    """ "41 deaths of children", "12 arrests of students": the number stands on what befell them."""
    bare = counted.figure is None and not counted.members
    plural = passage.tokens[mention.last].xpos == "NNS"
    if not (bare and plural and mention.pattern == "event" and counted.noun > mention.last):
        return counted
    if passage.lemmas[mention.last] not in _COUNTED_EVENTS:
        return counted
    event = count_phrase(passage, mention.last, persons)
    if event.figure is None:
        return counted
    return msgspec.structs.replace(
        counted, quantity=event.quantity, figure=event.figure, start=event.start
    )


_ONE_OF_TWO = re.compile(r"\b(?:young|old|eld|small)er of (?:the |these |those )?$", re.I)


def one_of_two(passage: Passage, counted: Counted) -> Counted:
    """ "The younger of the two died": one."""
    if not _ONE_OF_TWO.search(passage.text[: counted.start - passage.start]):
        return counted
    one = msgspec.structs.replace(counted.quantity, low=1, high=1, bound="exact", basis="implied")
    return msgspec.structs.replace(counted, quantity=one)


_PARTIES = re.compile(
    r"[^.;]{0,30}\b(?:admitted to|joined|take part in|took part in|participat\w+ in|"
    r"represented (?:in|at)) (?:the |these )?(?:proceedings|trial|case|hearings?)\b",
    re.I,
)


def is_party(passage: Passage, mention: Mention) -> bool:
    """ "212 victims were admitted to the proceedings": who they are in court, and no harm told."""
    end = passage.tokens[mention.last].end - passage.start
    said = mention.pattern == "person" and passage.lemmas[mention.last] == "victim"
    return said and _PARTIES.match(passage.text, end) is not None


_STRONG = re.compile(
    r"\b(?P<number>[a-z]+|\d+)[-‑ ](?:man|person|member|woman|strong)\s+(?:[\w’'-]+\s+){0,3}$", re.I
)
_BANDS = frozenset(
    {"crew", "team", "patrol", "squad", "family", "party", "delegation", "group", "detachment",
     "household", "mission", "unit"}
)  # fmt: skip


def by_size(passage: Passage, counted: Counted) -> Counted:
    """ "A two-person television crew was beaten up": the number stands on the word for them all."""
    noun = passage.tokens[counted.noun]
    if counted.figure is not None or counted.members or passage.lemmas[noun.index] not in _BANDS:
        return counted
    match = _STRONG.search(passage.text[: noun.start - passage.start])
    number = find_value(match["number"].lower()) if match is not None else None
    if match is None or not number or noun.xpos not in {"NN", "NNP"}:
        return counted
    return with_number(counted, match["number"], number)


def with_number(counted: Counted, written: str, number: int) -> Counted:
    """The counted phrase with another number of them, as written elsewhere."""
    quantity = Quantity(
        as_written=written, low=number, high=number, bound="exact", unit=counted.quantity.unit,
        basis="stated",
    )  # fmt: skip
    return msgspec.structs.replace(counted, quantity=quantity)


_LONG = 14
"""Words of an explanation between commas."""


def explained_behind(passage: Passage, counted: Counted, persons: PersonLexicon) -> Counted:
    """ "Everyone in the car, a family of five, died", "all on board, 17 people, were killed": who
    they are is told between commas, with the verb right behind. Misses one at the end of a clause,
    which may as well be a list that goes on."""
    told = counted.quantity
    if counted.figure is not None or counted.members or told.high is not None:
        return counted
    opened = _comma(passage, max(counted.noun, counted.head) + 1, _LONG // 2)
    closed = _comma(passage, opened + 1, _LONG) if opened is not None else None
    if opened is None or closed is None or closed + 1 >= len(passage.tokens):
        return counted
    if passage.tokens[closed + 1].xpos not in {"VBD", "VBZ", "VBP"}:
        return counted
    heads = phrase_heads(passage, opened + 1, closed - 1)
    if not heads or not all(is_person(passage, h, persons) or in_figure(passage, h) for h in heads):
        return counted
    if any(passage.tokens[h].upos in {"PROPN", "PRON"} for h in heads):
        return counted
    inner = count_phrases(passage, heads, persons)
    if inner is None or inner.quantity.high is None or not inner.quantity.low:
        return counted
    if inner.quantity.high == 1:
        return counted
    return msgspec.structs.replace(
        counted, quantity=inner.quantity, figure=inner.figure, end=max(counted.end, inner.end)
    )


def _comma(passage: Passage, first: int, reach: int) -> int | None:
    """The next comma, with no verb before it."""
    for token in passage.tokens[first : first + reach]:
        if token.text == ",":
            return token.index
        if token.upos in {"VERB", "AUX"} or token.text in {";", ":", "."}:
            return None
    return None


_EVERY = re.compile(
    r"(?:every|each)(?: single)? one of (?:the |these |those |his |her |their |our )?"
    r"(?P<number>[\w-]+) ",
    re.I,
)


def every_one(passage: Passage, counted: Counted) -> Counted:
    """ "Every one of the 19 people was killed": as many as the whole."""
    at = max(0, counted.start - passage.start - len("every single "))
    match = _EVERY.search(passage.text, at)
    if match is None or match.start() > counted.start - passage.start:
        return counted
    written = match["number"].lower()
    number = int(written) if written.isdigit() else find_value(written)
    if not number:
        return counted
    return msgspec.structs.replace(
        with_number(counted, match["number"], number), start=passage.start + match.start(),
        figure=passage.figure_over(passage.start + match.start("number"),
                                   passage.start + match.end("number")),
    )  # fmt: skip


_EXCEPT = frozenset({"but", "except", "save"})
_BUT_SOME = re.compile(
    r"\b(?:all|everyone) (?:but|except|save)(?: for)? (?P<left>[\w-]+) (?:out )?of "
    r"(?:the |these |those |his |her |its |their |our )(?P<all>[\w-]+)\b",
    re.I,
)


def _value(written: str) -> int | None:
    return int(written) if written.isdigit() else find_value(written.lower())


_ALL_BUT = re.compile(r"\b(?:all|every\w*|none|nobody|no one)\b[^.;,]{0,40}\bbut\s+$", re.I)


def all_but_some(passage: Passage, counted: Counted) -> Counted | None:
    """ "All but two of the 11 hostages were killed": the rest of them; None where how many they
    were is not told ("every family but four has fled")."""
    match = _BUT_SOME.search(passage.text) if _EXCEPT & passage.vocabulary else None
    inside = match is not None and (
        match.start() <= counted.start - passage.start <= match.start("all")
    )
    if match is None or not inside:
        others = _ALL_BUT.search(passage.text[: counted.start - passage.start])
        return None if others is not None else counted
    left, whole = (_value(match[name]) for name in ("left", "all"))
    if not left or not whole or left >= whole:
        return None
    return msgspec.structs.replace(
        with_number(counted, match.group(), whole - left),
        start=passage.start + match.start(), members=(),
    )  # fmt: skip


_ALL = frozenset(
    {"all", "they", "most", "both", "these", "those", "others", "half", "many", "none"}
)


def says_who_all_are(passage: Passage, mention: Mention, heads: tuple[int, ...]) -> bool:
    """ "All are civilians hit in the bombing": who those told before are, and nobody new."""
    tree = passage.tree
    head = heads[0]
    if (
        len(heads) > 1
        or mention.pattern not in {"verb", "verb+"}
        or tree.child(head, "cop") is None
    ):
        return False
    if tree.tokens[mention.predicate].head != head or tree.child(head, "nummod") is not None:
        return False
    return any(passage.lowered[s.index] in _ALL for s in tree.children(head, "nsubj"))


_NO_WORD = re.compile(
    r"\bno (?:\w+ ){0,2}(?:word|information|details?|data|news|confirmation)"
    r"(?: (?:yet|immediately|so far|available))? (?:on|about|regarding|concerning) "
    r"(?:the |any |possible |civilian |human |other |number |of )*$",
    re.I,
)


def no_word_on(passage: Passage, mention: Mention) -> bool:
    """ "There was no immediate word on casualties": silence, and no claim (reading rule 2)."""
    if passage.vocabulary.isdisjoint(_UNKNOWN):
        return False
    start = passage.tokens[mention.first].start - passage.start
    if _LISTED.search(passage.text[:start]) and _ALIVE.search(passage.text[start:]):
        return True
    asked = ASKED.search(passage.text[:start])
    if asked is not None:
        return not _counts_known(passage, asked.end("asked"), mention)
    if mention.pattern not in {"person", "event"}:
        return False
    behind = passage.text[passage.tokens[mention.last].end - passage.start :]
    if _ABOUT.search(passage.text[:start]) and _STILL_ASKED.match(behind):
        return True
    return _NO_WORD.search(passage.text[:start]) is not None or _NOT_KNOWN.match(behind) is not None


_KNOWN = frozenset({"the", "these", "those", "both", "all"})


def _counts_known(passage: Passage, asked: int, mention: Mention) -> bool:
    """ "It is unclear whether the nine killed were fighters": the nine were killed."""
    start, end = passage.start + asked, passage.tokens[mention.last].end
    return any(
        f.kind == "count" and start < f.start < end
        and passage.text[: f.start - passage.start].split()[-1].lower() in _KNOWN
        for f in passage.figures
    )  # fmt: skip


_UNKNOWN = frozenset(
    {"word", "information", "detail", "data", "whether", "if", "know", "unknown", "clear",
     "available", "unclear", "alive"}
)  # fmt: skip
_LISTED = re.compile(
    r"\b(?:listed|reported|declared|counted|named) (?:as |to be |among )?(?:the )?$", re.I
)
_ALIVE = re.compile(
    r"^[^.;:]{0,60}?\b(?:is|are|was|were|turned up|found) (?:\w+ ){0,2}?alive\b", re.I
)
""" "A porter who had been listed among the dead is in fact alive"."""
ASKED = re.compile(
    r"\b(?:(?:not|n['’]t) (?:\w+ )?(?:clear|known|say|tell|confirm|establish|determine)|unclear|"
    r"unknown|(?:no ?one|nobody) (?:knows|knew|could say)|unable to (?:say|tell)|to (?:clarify|"
    r"establish|determine|check)) (?P<asked>whether|if)\b[^.;:!?]*$",
    re.I,
)
""" "It was not clear whether there were casualties": nothing is said of them."""
_ABOUT = re.compile(r"\b(?:information|details?|data) (?:about|on|regarding) (?:\w+ ){0,2}$", re.I)
_STILL_ASKED = re.compile(r"\s+(?:is|are|was|were) (?:being|still|yet|not)\b", re.I)
_NOT_KNOWN = re.compile(
    r"\s+(?:(?:is|are|was|were) (?:not|n['’]t) (?:\w+ )?(?:known|clear|available)|"
    r"(?:is|are|was|were) (?:\w+ )?(?:unknown|unclear))\b",
    re.I,
)
