"""The answer keys: which deaths and injuries a message asks for, as tuples.

The corpus (MUC-4, 1992, with the official templates) is read from a path and not shipped. A tuple
is an effect (DEATH or INJURY) and a number as the key writes numbers: ``5``, ``5-`` (at least
five), ``-5`` (up to five), ``5-7`` or ``PLURAL``. Of alternatives the first counts. A template
marked optional, or a fill marked ``?``, is neither required nor held against a reader.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import CannotParse, MissingResource

CORPUS = Path("muc4") / "muc4_dev.jsonl.gz"
"""Where the messages lie, below the folder of data."""
SPLITS = ("dev", "tst1", "tst2")
PLURAL = "PLURAL"

Tuple = tuple[str, str]
"""Effect and number."""

_EFFECTS = frozenset({"DEATH", "INJURY"})
_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"(?P<low>\d+)? ?(?P<to>-)? ?(?P<high>\d+)?")


class Message(Value, frozen=True, kw_only=True):
    """One message. ``asked``: whether its key has a template at all."""

    name: str
    split: str
    text: str
    required: tuple[Tuple, ...]
    optional: tuple[Tuple, ...]
    asked: bool


class Fill(Value, frozen=True, kw_only=True):
    """One value of a slot: its first alternative, and the words of the message it is about."""

    value: str
    about: tuple[str, ...]
    optional: bool


def load_messages(data: Path, splits: Iterable[str]) -> tuple[Message, ...]:
    """The messages of some splits, in the order of the file; doubles are read once.

    Raises:
        MissingResource: ``data`` does not hold the corpus.
        CannotParse: a line is no message with templates; names file and line.
    """
    path, wanted = data / CORPUS, frozenset(splits)
    if not path.is_file():
        raise MissingResource(f"{path} is not there; name the folder that holds {CORPUS}")
    found: dict[str, Message] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            message = _parse_message(line, wanted, f"{path} line {number}")
            if message is not None:
                found.setdefault(message.name, message)
    return tuple(found.values())


def _parse_message(line: str, wanted: frozenset[str], where: str) -> Message | None:
    try:
        row: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        if row["split"] not in wanted:
            return None
        templates = row["templates"]
        required = Counter(t for one in templates for t in _tuples(one, optional=False))
        optional = Counter(t for one in templates for t in _tuples(one, optional=True))
        return Message(
            name=row["docid"],
            split=row["split"],
            text=row["text"],
            required=tuple(sorted(required.elements())),
            optional=tuple(sorted(optional.elements())),
            asked=bool(templates),
        )
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise CannotParse(f"{where}: no message with `templates` ({error!r})") from error


def _tuples(template: dict[str, list[str]], *, optional: bool) -> list[Tuple]:
    """The tuples of one template that are (not) optional: each effect with the number of the same
    words. An effect whose words have no number is one or more, so PLURAL."""
    spare = "OPTIONAL" in " ".join(template["MESSAGE: TEMPLATE"])
    numbers = [parse_fill(fill) for fill in template.get("HUM TGT: NUMBER", ())]
    found = []
    for effect in (parse_fill(fill) for fill in template.get("HUM TGT: EFFECT OF INCIDENT", ())):
        if effect.value not in _EFFECTS:
            continue
        number = next((n for n in numbers if set(n.about) & set(effect.about)), None)
        given = number is not None and number.optional
        if (spare or effect.optional or given) is optional:
            found.append((effect.value, PLURAL if number is None else parse_number(number.value)))
    return found


def parse_fill(fill: str) -> Fill:
    """``? 5 / PLURAL: "A" / "B"`` → 5, about A and B, optional."""
    value, _, about = fill.partition(":")
    optional = value.strip().startswith("?")
    first = value.strip(" ?(").split(" / ")[0].strip(" )")
    return Fill(value=first, about=tuple(_WORDS.findall(about)), optional=optional)


def parse_number(written: str) -> str:
    """A number as the key writes it, about-marks (``~30``) aside; anything else is PLURAL."""
    match = _NUMBER.fullmatch(written.lstrip("~ "))
    if match is None or not (match["low"] or match["high"]):
        return PLURAL
    return f"{match['low'] or ''}{match['to'] or ''}{match['high'] or ''}"
