"""The party an accusation or an acknowledgement holds responsible."""

from __future__ import annotations

from harmledger.core.claim import Voice
from harmledger.extract.passage import Passage
from harmledger.lexicon.nations import load_nations
from harmledger.lexicon.settings import load_actors

_ENDS = frozenset({"of", "for", "over", "after", "when", "which", "who", ",", "responsible"})


def find_accused_party(passage: Passage, start: int, end: int) -> str | None:
    """The party named first in "an Israeli air strike", "Russia of bombing", "a rocket fired by X":
    an armed group or a country by its plain name, else the words up to "of" or "for"."""
    words = [t.index for t in passage.tree.within(start, end)]
    stop = next((n for n, i in enumerate(words) if n and passage.lowered[i] in _ENDS), len(words))
    head = words[:stop]
    for at in head:
        group = load_actors().groups.match(passage.lowered, passage.lemmas, at)
        if group is not None:
            first, last = passage.tokens[at].start, passage.tokens[group[0] - 1].end
            return passage.text[first - passage.start : last - passage.start]
        country = _country_at(passage, at)
        if country is not None:
            return country
    if not head:
        return None
    first, last = passage.tokens[head[0]].start, passage.tokens[head[-1]].end
    return _without_article(passage.text[first - passage.start : last - passage.start])


def _country_at(passage: Passage, at: int) -> str | None:
    nations = load_nations()
    for width in (2, 1):
        last = min(at + width, len(passage.tokens)) - 1
        text = passage.text[
            passage.tokens[at].start - passage.start : passage.tokens[last].end - passage.start
        ]
        code = nations.find_code(text)
        if code is not None and passage.lowered[at] != "the":
            return nations.names.get(code, text)
    return None


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in {"the", "a", "an"} else text


def own_party(voice: Voice) -> str | None:
    """The party a voice answers for: its side, else its body, else its name."""
    kind, _, party = voice.side.partition(":")
    return party if kind == "belligerent" and party else voice.organisation
