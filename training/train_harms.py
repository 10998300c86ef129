"""Train the harm head: `python train_harms.py GOLD OUT [--data DATA] [--hold PREFIX …]`.

GOLD is the folder of marked-up reports, DATA the one with ud/. OUT receives harms.onnx and
harms.json; with --hold, reports whose names begin so teach nothing, and the head is for measuring
on them: `python score_harms.py GOLD OUT PREFIX …`.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from calm_sentences import load_calm, load_harmless_sentences
from harm_network import HarmNetwork, Sureness, loss_of
from harm_sentences import HARMS, STATES, Sentence, load_sentences
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

VERSION = "harms@4"
RATE, DECAY, WARM_UP = 2e-3, 0.05, 60
EMPTY_KEPT = 0.5
"""Of the sentences without a claim, this share is shown in each epoch."""


def batches(taught: Sequence[Sentence], size: int, rng: random.Random) -> list[list[Sentence]]:
    """Sentences of similar length together, in another order each time."""
    shown = [s for s in taught if s.asked or rng.random() < EMPTY_KEPT]
    shown.sort(key=lambda s: len(s.heads) * (1 + 0.3 * rng.random()))
    cut = [shown[i : i + size] for i in range(0, len(shown), size)]
    rng.shuffle(cut)
    return cut


def train(
    taught: Sequence[Sentence], relations: dict[str, int], epochs: int, seed: int
) -> HarmNetwork:
    """One network. Same sentences, same seed and same library: the same network."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    known = np.concatenate([s.states for s in taught]).astype(np.float32)
    mean, spread = torch.from_numpy(known.mean(0)), torch.from_numpy(known.std(0) + 0.1)
    network = HarmNetwork(mean, spread, len(relations)).train()
    steps = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    for number, (done, batch) in enumerate(_shown(taught, epochs, rng)):
        for group in steps.param_groups:
            group["lr"] = RATE * min(1.0, number / WARM_UP) * (1.0 - done)
        loss = loss_of(network, batch, relations)
        steps.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        steps.step()
        if number % 100 == 0:
            print(f"{100 * done:5.1f} %  loss {loss.item():.3f}", flush=True)
    return network.eval()


def _shown(
    taught: Sequence[Sentence], epochs: int, rng: random.Random
) -> Iterator[tuple[float, list[Sentence]]]:
    for epoch in range(epochs):
        queue = batches(taught, 16, rng)
        for place, batch in enumerate(queue):
            yield (epoch + place / len(queue)) / epochs, batch


def export(network: HarmNetwork, relations: dict[str, int], out: Path) -> None:
    """Write harms.onnx, its weights int8 per channel, and harms.json."""
    out.mkdir(parents=True, exist_ok=True)
    words = torch.zeros(1, 5, len(network.mean))
    places = torch.zeros(1, 5, dtype=torch.long)
    told = torch.zeros(1, 2 * len(HARMS))
    given = ("words", "heads", "relations")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Sureness(network).eval(),
            (words, places, places, told, places[:, :2]),
            str(plain),
            input_names=[*given, "told", "asked"],
            output_names=["sure"],
            dynamic_axes={name: {1: "words"} for name in given}
            | {name: {1: "those"} for name in ("asked", "sure")},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            str(plain),
            str(out / "harms.onnx"),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "LSTM"],
            extra_options={"MatMulConstBOnly": True},
        )
    known = {"version": VERSION, "states": STATES, "harms": HARMS, "relations": list(relations)}
    (out / "harms.json").write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def load_or_make(cache: Path | None, gold: Path, data: Path | None) -> list[Sentence]:
    """The sentences; kept at ``cache``, since reading them takes longer than a lesson."""
    if cache is not None and cache.exists():
        return list(pickle.loads(cache.read_bytes()))
    sentences = load_sentences(gold, None)  # found reports only measure
    if cache is not None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(sentences))
    return sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, default=None)
    parser.add_argument("--hold", nargs="*", default=[], help="names that begin so teach nothing")
    parser.add_argument("--calm", type=int, default=1800, help="sentences of the treebanks")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=None, help="keep the sentences here")
    given = parser.parse_args()
    torch.set_num_threads(1)
    sentences = load_or_make(given.cache, given.gold, given.data)
    taught = [s for s in sentences if not s.doc.startswith(tuple(given.hold))]
    if given.data is not None:
        taught += load_calm(given.gold, given.data, given.calm) + load_harmless_sentences()
    relations = {r: n for n, r in enumerate(sorted({r for s in taught for r in s.relations}))}
    claims = sum(len(s.asked) for s in taught)
    print(f"{len({s.doc for s in taught})} reports, {len(taught)} sentences, {claims} claims")
    network = train(taught, relations, given.epochs, given.seed)
    export(network, relations, given.out)


if __name__ == "__main__":
    main()
