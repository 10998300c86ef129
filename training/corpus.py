"""Treebanks, role annotations and name annotations, read into one value: `Sentence`.

Formats: CoNLL-U (Universal Dependencies), IOB2 (Universal NER), and one JSON object a line for
PropBank roles. Everything is read from the folder given on the command line; nothing is kept here.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROLES = (
    "ARG0",
    "ARG1",
    "ARG2",
    "ARGM-LOC",
    "ARGM-TMP",
    "ARGM-MNR",
    "ARGM-NEG",
    "ARGM-CAU",
    "OTHER",
)
ENTITY_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}
# Universal NER leaves titles outside a person's name: "President [Bush]".
TITLES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "professor",
        "president",
        "sheikh",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "sir",
        "lady",
        "lord",
        "gen",
        "general",
        "col",
        "colonel",
        "maj",
        "major",
        "capt",
        "captain",
        "lt",
        "lieutenant",
        "sgt",
        "sergeant",
        "senator",
        "sen",
        "rep",
        "governor",
        "gov",
        "minister",
        "secretary",
        "chancellor",
        "mayor",
        "judge",
        "justice",
        "director",
        "chief",
        "chairman",
        "saint",
        "st",
        "father",
        "brother",
        "sister",
        "uncle",
        "aunt",
        "rev",
        "reverend",
        "bishop",
        "archbishop",
        "cardinal",
        "imam",
        "ayatollah",
    }
)
INNER = frozenset(
    {"of", "for", "and", "the", "&", "-", "de", "la", "al", "in", "on", "'s", "’s", "."}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence. `heads` are 0 for the root, else 1-based; `roles` are
    (predicate, argument head, role) with 0-based word indexes. Empty fields were not annotated."""

    name: str
    document: str
    words: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    labels: tuple[str, ...]
    misc: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    roles: tuple[tuple[int, int, str], ...] | None = None
    part: str = ""


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one gzipped CoNLL-U file; word ranges and empty nodes are left out."""
    name, document, rows = "", "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if not line and rows:
                yield _sentence(name, document, rows)
                rows = []
            elif line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif line and line[0] != "#" and line.split("\t", 1)[0].isdigit():
                rows.append(line.split("\t"))


def _sentence(name: str, document: str, rows: list[list[str]]) -> Sentence:
    return Sentence(
        name=name,
        document=document,
        words=tuple(r[1] for r in rows),
        upos=tuple(r[3] for r in rows),
        xpos=tuple(r[4] for r in rows),
        heads=tuple(int(r[6]) for r in rows),
        labels=tuple(r[7] for r in rows),
        misc=tuple(r[9] for r in rows),
    )


def read_entities(path: Path) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return sentence id -> (words, IOB2 tags) of one Universal NER file."""
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    name, rows = "", []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.split("=", 1)[1].strip()
            elif line and line[0] != "#":
                rows.append(line.split("\t"))
            elif not line and rows:
                tags = tuple(r[2] if r[2][2:] in ENTITY_TYPES.values() else "O" for r in rows)
                found[name] = (tuple(r[1] for r in rows), tags)
                rows = []
    return found


def read_roles(path: Path) -> dict[str, tuple[tuple[str, ...], list[tuple[int, int, int, str]]]]:
    """Return sentence id -> (words, [(predicate, start, end, role)]), `end` exclusive."""
    found: dict[str, tuple[tuple[str, ...], list[tuple[int, int, int, str]]]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = [
                (p["token"], start, end, role if role in ROLES else "OTHER")
                for p in row["predicates"]
                for role, start, end in p["args"]
                if not role.startswith(("C-", "R-"))
            ]
            found[row["sent_id"]] = (tuple(row["tokens"]), spans)
    return found


def argument_heads(
    sentence: Sentence, spans: list[tuple[int, int, int, str]]
) -> tuple[tuple[int, int, str], ...]:
    """Reduce each argument span to the word in it whose own head lies outside it."""
    reduced = []
    for predicate, start, end, role in spans:
        for word in range(start, end):
            if not start <= sentence.heads[word] - 1 < end:
                reduced.append((predicate, word, role))
                break
    return tuple(reduced)


def mention_spans(misc: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Read GUM's bracketed `Entity=` annotation: (first word, last word, entity type)."""
    stack: dict[str, list[tuple[int, str]]] = {}
    spans = []
    for word, text in enumerate(misc):
        value = next((p[7:] for p in text.split("|") if p.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]*\)?|[^()]*\)", value):
            number = re.match(r"\(?([0-9]+)(?:\[\d+/\d+\])?", piece)
            if number is None or "[" in piece:
                continue
            if piece.startswith("("):
                stack.setdefault(number[1], []).append((word, piece[1:].split("-")[1].rstrip(")")))
            if piece.endswith(")") and stack.get(number[1]):
                start, kind = stack[number[1]].pop()
                spans.append((start, word, kind))
    return spans


def names_from_mentions(sentence: Sentence) -> tuple[str, ...]:
    """Turn GUM's mentions (all noun phrases) into names as Universal NER marks them.

    A mention counts when its head word is a proper noun and its type is person, organisation or
    place; the name is the run of proper nouns round that head, titles left out; the outermost wins.
    """
    tags = ["O"] * len(sentence.words)
    spans = sorted(mention_spans(sentence.misc), key=lambda s: s[0] - s[1])
    for start, end, kind in spans:
        inside = range(start, end + 1)
        head = next((i for i in inside if not start <= sentence.heads[i] - 1 <= end), start)
        named = sentence.xpos[head] == "NNP" or (sentence.xpos[head] == "NNPS" and kind != "person")
        if kind not in ENTITY_TYPES or not named:  # "Jews", "Russians": peoples are not names
            continue
        first, last = _name_run(sentence, start, end, head, ENTITY_TYPES[kind])
        if first <= last and all(t == "O" for t in tags[first : last + 1]):
            tags[first : last + 1] = [f"I-{ENTITY_TYPES[kind]}"] * (last + 1 - first)
            tags[first] = f"B-{ENTITY_TYPES[kind]}"
    return tuple(tags)


def _name_run(sentence: Sentence, start: int, end: int, head: int, kind: str) -> tuple[int, int]:
    def proper(i: int) -> bool:
        return start <= i <= end and sentence.xpos[i] in ("NNP", "NNPS")

    def joins(i: int, step: int) -> bool:
        word = sentence.words[i].lower() if start <= i <= end else ""
        allowed = word == "-" if kind == "PER" else word in INNER
        return allowed and (
            proper(i + step)
            or (sentence.words[i + step : i + step + 1] == ("the",) and proper(i + 2 * step))
        )

    first = last = head
    while proper(first - 1) or joins(first - 1, -1):
        first -= 1
    while proper(last + 1) or joins(last + 1, 1):
        last += 1
    while kind == "PER" and first < last and sentence.words[first].lower().rstrip(".") in TITLES:
        first += 1
    return first, last


def load_training_data(data: Path) -> list[Sentence]:
    """Read EWT and open GUM with their roles and names. PUD is never read here."""
    sentences = []
    for part in ("train", "dev", "test"):
        roles = read_roles(data / f"srl/en_ewt-srl-{part}.jsonl.gz")
        ner = data / f"ner/uner_en_ewt-ud-{part}.iob2.gz"
        entities = read_entities(ner) if ner.exists() else {}
        for sentence in read_conllu(data / f"ud/en_ewt-ud-{part}.conllu.gz"):
            sentences.append(_annotate(replace(sentence, part=part), roles, entities))
        for sentence in read_conllu(data / f"ud/en_gum_open-ud-{part}.conllu.gz"):
            sentences.append(
                replace(sentence, entities=names_from_mentions(sentence), misc=(), part=part)
            )
    return sentences


def load_held_out(data: Path) -> list[Sentence]:
    """The documents that training never sees and choices may look at."""
    return [sentence for sentence in load_training_data(data) if is_held_out(sentence)]


def _annotate(
    sentence: Sentence,
    roles: Mapping[str, tuple[tuple[str, ...], list[tuple[int, int, int, str]]]],
    entities: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
) -> Sentence:
    words, spans = roles.get(sentence.name, ((), []))
    name_words, tags = entities.get(sentence.name, ((), ()))
    return replace(
        sentence,
        misc=(),
        roles=argument_heads(sentence, spans) if words == sentence.words else None,
        entities=tags if name_words == sentence.words else (),
    )


def is_held_out(sentence: Sentence) -> bool:
    """GUM's dev part and one named EWT document in eight: for choosing, never trained on."""
    if sentence.document.startswith("GUM"):
        return sentence.part == "dev"
    return bool(sentence.entities) and zlib.crc32(sentence.document.encode()) % 8 == 3


def name_spans(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Read IOB2 tags leniently: an I- that continues nothing opens a name."""
    spans, start = set(), -1
    for i, tag in enumerate([*tags, "O"]):
        if start >= 0 and (tag[0] != "I" or tag[2:] != tags[start][2:]):
            spans.add((start, i, tags[start][2:]))
            start = -1
        if start < 0 and tag != "O":
            start = i
    return spans
