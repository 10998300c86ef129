"""Sentences to tensors, in the disguises news comes in: all capitals, none, other quotes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from corpus import Sentence
from torch import Tensor

from harmledger.extract.language.encode import WordPieces

IGNORE = -100
STRAIGHT = {"“": '"', "”": '"', "``": '"', "''": '"', "’": "'", "‘": "'"}
LOWERED, RAISED, REQUOTED, REPLACED = 0.07, 0.07, 0.3, 0.25


@dataclass(frozen=True, slots=True)
class Labels:
    """The label inventories, in the order the network numbers them. Role 0 is `none`."""

    xpos: tuple[str, ...]
    upos: tuple[str, ...]
    entities: tuple[str, ...]
    relations: tuple[str, ...]
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One training batch: network inputs and the targets, IGNORE where nothing is known."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    xpos: Tensor
    upos: Tensor
    entities: Tensor
    heads: Tensor
    relations: Tensor
    roles: Tensor  # [batch, predicate, argument]


def collect_labels(sentences: Sequence[Sentence], roles: Sequence[str]) -> Labels:
    """Number every label that occurs in the training sentences, in alphabetical order."""
    return Labels(
        xpos=tuple(sorted({x for s in sentences for x in s.xpos})),
        upos=tuple(sorted({x for s in sentences for x in s.upos})),
        entities=("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"),
        relations=tuple(sorted({x for s in sentences for x in s.labels})),
        roles=("none", *roles),
    )


def disguise(sentence: Sentence, places: Sequence[str], rng: random.Random) -> Sentence:
    """Return the sentence as another desk would have printed it; the structure stays."""
    words = list(sentence.words)
    if places and sentence.entities:
        _swap_places(words, sentence, places, rng)
    if rng.random() < REQUOTED:
        words = _requote(words, rng)
    chance = rng.random()
    if chance < LOWERED:
        words = [w.lower() for w in words]
    elif chance < LOWERED + RAISED:
        words = [w.upper() for w in words]
    return replace(sentence, words=tuple(words))


def _swap_places(
    words: list[str], sentence: Sentence, places: Sequence[str], rng: random.Random
) -> None:
    following = (*sentence.entities[1:], "O")
    for i, (tag, after) in enumerate(zip(sentence.entities, following, strict=True)):
        alone = tag == "B-LOC" and after != "I-LOC" and sentence.xpos[i] == "NNP"
        if alone and words[i][:1].isupper() and rng.random() < REPLACED:
            words[i] = rng.choice(places)


def _requote(words: list[str], rng: random.Random) -> list[str]:
    if rng.random() < 0.5:
        return [STRAIGHT.get(w, w.replace("’", "'")) for w in words]
    opened = False
    curled = []
    for word in words:
        if word in ('"', "``", "''"):
            opened = not opened
            curled.append("“" if opened else "”")
        else:
            curled.append(word.replace("'", "’"))
    return curled


def bucket(
    sentences: Sequence[Sentence], cutter: WordPieces, budget: int, rng: random.Random
) -> Iterator[list[Sentence]]:
    """Yield batches of similar length, at most `budget` word-pieces each with padding, shuffled."""
    sized = [(sum(len(cutter.pieces(w)) for w in s.words) + 2, s) for s in sentences]
    sized = [(n, s) for n, s in sized if n <= 300]
    sized.sort(key=lambda pair: pair[0] + rng.random() * 0.15 * pair[0])
    batches: list[list[Sentence]] = [[]]
    widest = 0
    for size, sentence in sized:
        widest = max(widest, size)
        if batches[-1] and widest * (len(batches[-1]) + 1) > budget:
            batches.append([])
            widest = size
        batches[-1].append(sentence)
    rng.shuffle(batches)
    yield from batches


def tensors(sentences: Sequence[Sentence], cutter: WordPieces, labels: Labels) -> Example:
    """Lay one batch out for the network."""
    laid = cutter.batch([s.words for s in sentences])
    shape = laid.first.shape
    targets = {
        k: torch.full(shape, IGNORE) for k in ("xpos", "upos", "entities", "heads", "relations")
    }
    roles = torch.full((*shape, shape[1]), IGNORE)
    for n, s in enumerate(sentences):
        count = len(s.words)
        targets["heads"][n, :count] = torch.tensor(s.heads)
        for kind, values in (
            ("xpos", s.xpos),
            ("upos", s.upos),
            ("entities", s.entities),
            ("relations", s.labels),
        ):
            inventory = getattr(labels, kind)
            if values:
                targets[kind][n, :count] = torch.tensor([_number(inventory, v) for v in values])
        if s.roles is not None:
            roles[n, :count, :count] = 0
            for predicate, argument, role in s.roles:
                roles[n, predicate, argument] = labels.roles.index(role)
    inputs = tuple(torch.from_numpy(a) for a in (laid.pieces, laid.shapes, laid.first, laid.last))
    return Example(inputs=inputs, roles=roles, **targets)  # type: ignore[arg-type]


def _number(inventory: tuple[str, ...], value: str) -> int:
    return inventory.index(value) if value in inventory else IGNORE
