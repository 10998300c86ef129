"""Wordings: whole ways of saying that a service or access is denied, that people had to move or
were hurt, or that a charge is untrue, word for word with gaps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Literal, cast, get_args

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import check_keys, load_yaml, words

Slot = Literal[
    "",
    "service",
    "mover",
    "route",
    "truce",
    "number",
    "people",
    "those",
    "place",
    "health",
    "whither",
]
"""What an element of a wording stands for; "" for the words it lists."""
BodilyHarm = Literal["killed", "injured", "missing", "abducted", "detained"]
"""Harms to persons whose wordings say of whom they are told."""
WordedHarm = Literal[
    "service_denied",
    "access_denied",
    "trapped",
    "displaced",
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "answers",
]
"""A harm, or "answers": what answers a charge of any harm."""
Answer = Literal["denies", "disputes", "cannot_confirm"]
Whose = Literal["subject", "owner", "object"]
"""Of whom it is told: of the subject or object of the verb, or of whose part of the body it is."""
SERVICES = ("water", "power", "heat", "food", "medicine", "communications", "shelter")
_NAME = "wordings.yaml"
_GAPS = {"=": 5, "_": 3, "..": 4, "...": 9, "....": 20}


class Element(Value, frozen=True, kw_only=True):
    """One place in a wording: words, or a slot; or a gap of up to ``gap`` tokens, of the kind
    ``mark`` names ("=" auxiliaries and adverbs, "_" description, ".." anything)."""

    words: frozenset[str] = frozenset()
    slot: Slot = ""
    kind: str = ""
    """Of a slot for a service: this service only."""
    gap: int = 0
    mark: str = ""
    barred: bool = False
    """The words must not stand here; nothing is read."""


class Wording(Value, frozen=True, kw_only=True):
    """One way of saying it. ``service`` is empty where a slot of the wording names it."""

    written: str
    harm: WordedHarm
    service: str
    denied: bool
    elements: tuple[Element, ...]
    answer: Answer | None = None
    """The stance of an answer."""
    whose: Whose | None = None

    @property
    def literals(self) -> tuple[frozenset[str], ...]:
        """The words of the elements that are no slots."""
        return tuple(e.words for e in self.elements if e.words and not e.barred)

    def slots(self) -> frozenset[Slot]:
        """The slots that name what is cut, blocked or broken."""
        return frozenset(e.slot for e in self.elements if e.slot)

    def entry(self) -> tuple[str, ...]:
        """What must stand in a sentence that says it so: words, and lists of words with bars
        between them, of which one must. Marks that are no words are not looked for."""
        looked_for = (words for words in self.literals if any(map(str.isalnum, "".join(words))))
        return tuple("|".join(sorted(listed)) for listed in looked_for)


Classes = Mapping[str, frozenset[str]]


def parse_element(written: str, wording: str, classes: Classes = MappingProxyType({})) -> Element:
    """One part of a wording. ``classes``: sorts of words that a part may ask for by name.

    Raises:
        LexiconError: it has a slot nobody knows; names the wording.
    """
    if written in _GAPS:
        return Element(gap=_GAPS[written], mark=written)
    if written.startswith("!"):
        return Element(words=frozenset(written[1:].split("|")), barred=True)
    if "<" not in written:
        return Element(words=frozenset(written.split("|")))
    inner = written[1:-1] if written[0] + written[-1] == "<>" else ""
    if inner in classes:
        return Element(words=classes[inner])
    if inner in SERVICES:
        return Element(slot="service", kind=inner)
    if not inner or inner not in get_args(Slot):
        raise LexiconError(f"lexicon/{_NAME}: {wording!r} has an unknown slot {written}")
    return Element(slot=cast(Slot, inner))


def _wordings(
    harm: WordedHarm,
    service: str,
    denied: bool,
    *keys: str,
    answer: Answer | None = None,
    whose: Whose | None = None,
) -> list[Wording]:
    data = load_yaml(_NAME)
    classes = {name: frozenset(words(data, _NAME, "classes", name)) for name in data["classes"]}
    return [
        Wording(
            written=written, harm=harm, service=service, denied=denied, answer=answer,
            whose=whose,
            elements=tuple(parse_element(part, written, classes) for part in written.split()),
        )
        for written in words(data, _NAME, *keys)
    ]  # fmt: skip


@cache
def load_wordings() -> tuple[Wording, ...]:
    """Every wording, in the order of the file.

    Raises:
        LexiconError: see :func:`harmledger.lexicon.files.load_yaml`; or a slot is unknown.
    """
    data = load_yaml(_NAME)
    check_keys(data, _NAME, (*get_args(WordedHarm), "denied", "classes"))
    check_keys(data["answers"], _NAME, get_args(Answer), "answers")
    for bodily in get_args(BodilyHarm):
        check_keys(data[bodily], _NAME, get_args(Whose), bodily)
    check_keys(data["service_denied"], _NAME, ("named", *SERVICES), "service_denied")
    check_keys(data["denied"], _NAME, ("service_denied", "access_denied", "trapped"), "denied")
    found: list[Wording] = []
    for kind in data["service_denied"]:
        service = "" if kind == "named" else kind
        found += _wordings("service_denied", service, False, "service_denied", kind)
    for harm in ("access_denied", "trapped", "displaced"):
        found += _wordings(harm, "", False, harm)
    for harm in data["denied"]:
        found += _wordings(cast(WordedHarm, harm), "", True, "denied", harm)
    for answer in get_args(Answer):
        found += _wordings("answers", "", True, "answers", answer, answer=answer)
    for bodily in get_args(BodilyHarm):
        for whose in get_args(Whose):
            found += _wordings(bodily, "", False, bodily, whose, whose=whose)
    return tuple(found)
