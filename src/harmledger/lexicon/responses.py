"""Words of denial, justification, acknowledgement and the like (``responses.yaml``)."""

from __future__ import annotations

from functools import cache
from typing import cast

from harmledger.core.base import Value
from harmledger.core.response import ResponseKind
from harmledger.lexicon.files import load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex

_FILE = "responses.yaml"
_KINDS: tuple[ResponseKind, ...] = (
    "denial", "justification", "acknowledgement", "concession", "inquiry", "apology",
    "characterisation",
)  # fmt: skip


class ResponseLexicon(Value, frozen=True, kw_only=True):
    """What ``responses.yaml`` says, ready to be matched."""

    phrases: PhraseIndex[ResponseKind]
    with_forces: PhraseIndex[str]
    own_verbs: PhraseIndex[ResponseKind]
    denied_acts: frozenset[str]
    conceded_harms: frozenset[str]
    asked_for: PhraseIndex[str]
    outsiders: frozenset[str]
    attacks: frozenset[str]
    charges: frozenset[str]
    definite: PhraseIndex[str]


@cache
def load_responses() -> ResponseLexicon:
    """The response lexicon."""
    data = load_yaml(_FILE)
    own = [
        (word, cast(ResponseKind, kind))
        for kind in data["own_verbs"]
        for word in words(data, _FILE, "own_verbs", kind)
    ]
    return ResponseLexicon(
        phrases=PhraseIndex((word, kind) for kind in _KINDS for word in words(data, _FILE, kind)),
        with_forces=_index("justification_with_forces"),
        own_verbs=PhraseIndex(own),
        denied_acts=frozenset(words(data, _FILE, "denied_acts")),
        conceded_harms=frozenset(words(data, _FILE, "conceded_harms")),
        asked_for=_index("inquiry_asked_for"),
        outsiders=frozenset(words(data, _FILE, "outsiders")),
        charges=frozenset(words(data, _FILE, "charges")),
        attacks=frozenset(words(data, _FILE, "attacks")),
        definite=_index("definite"),
    )


def _index(name: str) -> PhraseIndex[str]:
    return PhraseIndex((word, word) for word in words(load_yaml(_FILE), _FILE, name))
