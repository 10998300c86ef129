"""Measure the shipped model as it is used: `python evaluate.py DATA [--model FOLDER] [--part PUD]`.

Gold sentences and gold words, punctuation counted, full relation labels, names exact by span and
kind; speeds are words a second of processor time. PUD is the honest figure: it was never trained on
and nothing was chosen by it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus import Sentence, load_held_out, name_spans, read_conllu, read_entities

from harmledger.extract.language import MODEL_FOLDER
from harmledger.extract.language.parser import LearnedParser, Reading


class Stopwatch:
    """Stands before the network's session and adds up the seconds spent inside it."""

    def __init__(self, session: object) -> None:
        self._session = session
        self.seconds = 0.0

    def __getattr__(self, name: str) -> object:
        return getattr(self._session, name)

    def run(self, *arguments: object) -> object:
        begun = time.process_time()
        result = self._session.run(*arguments)  # type: ignore[attr-defined]
        self.seconds += time.process_time() - begun
        return result


def load_part(data: Path, part: str) -> list[Sentence]:
    """PUD with its names, or the held-out documents of EWT and GUM."""
    if part == "held-out":
        return load_held_out(data)
    tags = dict(read_entities(data / "ner/uner_en_pud-ud-test.iob2.gz").values())
    parsed = list(read_conllu(data / "ud/en_pud-ud-test.conllu.gz"))
    sentences = [replace(s, entities=tags.pop(s.words, ())) for s in parsed]
    # A few sentences are cut into words differently there: they count for names only.
    return sentences + [_only_names(words, row) for words, row in tags.items()]


def _only_names(words: tuple[str, ...], tags: tuple[str, ...]) -> Sentence:
    return Sentence("", "", words, upos=(), xpos=(), heads=(), labels=(), entities=tags)


def tally(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> dict[str, float]:
    """Percentages over words, and precision, recall and F over names, in all and by kind."""
    hits = dict.fromkeys(("uas", "las", "upos", "xpos"), 0)
    words = 0
    names = {kind: [0, 0, 0] for kind in ("all", "PER", "ORG", "LOC")}
    for gold, read in zip(sentences, readings, strict=True):
        if gold.entities:
            _count_names(name_spans(gold.entities), name_spans(read.tags), names)
        if not gold.heads:
            continue
        words += len(gold.words)
        hits["upos"] += sum(a == b for a, b in zip(gold.upos, read.upos, strict=True))
        hits["xpos"] += sum(a == b for a, b in zip(gold.xpos, read.xpos, strict=True))
        for i, head in enumerate(gold.heads):
            right = read.heads[i] + 1 == head
            hits["uas"] += right
            hits["las"] += right and read.relations[i] == gold.labels[i]
    result = {name: round(100 * count / words, 2) for name, count in hits.items()}
    for kind, (both, found, wanted) in names.items():
        result[f"names {kind} P"] = round(both / max(1, found), 3)
        result[f"names {kind} R"] = round(both / max(1, wanted), 3)
        result[f"names {kind} F"] = round(2 * both / max(1, found + wanted), 3)
    return result


def _count_names(
    gold: set[tuple[int, int, str]], read: set[tuple[int, int, str]], names: dict[str, list[int]]
) -> None:
    for kind, counts in names.items():
        wanted = {s for s in gold if kind in ("all", s[2])}
        found = {s for s in read if kind in ("all", s[2])}
        counts[0] += len(wanted & found)
        counts[1] += len(found)
        counts[2] += len(wanted)


def tally_roles(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> dict[str, float]:
    """F over (predicate, head of the argument, role), gold predicates not given."""
    both = found = wanted = 0
    for gold, read in zip(sentences, readings, strict=True):
        if gold.roles is None:
            continue
        gold_set, read_set = set(gold.roles), set(read.roles)
        both, found = both + len(gold_set & read_set), found + len(read_set)
        wanted += len(gold_set)
    return {"roles F": round(2 * both / max(1, found + wanted), 3), "roles": wanted}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ud/, srl/ and ner/")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--part", choices=("PUD", "held-out"), default="PUD")
    given = parser.parse_args()
    sentences = load_part(given.data, given.part)
    model = LearnedParser(given.model)
    watch = Stopwatch(model._session)
    model._session = watch
    begun = time.process_time()
    readings = model.read([s.words for s in sentences])
    whole = time.process_time() - begun
    words = sum(len(s.words) for s in sentences)
    print(f"{given.part}: {len(sentences)} sentences, {words} words, {model.version}")
    for name, value in (tally(sentences, readings) | tally_roles(sentences, readings)).items():
        print(f"  {name:14} {value}")
    print(f"  network alone  {words / watch.seconds:.0f} words/s, one thread")
    print(f"  with decoding  {words / whole:.0f} words/s")
    text = [(" ".join(s.words), 0) for s in sentences]
    begun = time.process_time()
    model.parse(text)
    print(f"  text to trees  {words / (time.process_time() - begun):.0f} words/s")


if __name__ == "__main__":
    main()
