"""Checkpoint to the shipped model: `python export.py OUT MODEL_FOLDER [--weights average|now]`.

Writes model.onnx (int8, weights quantised per channel), tokenizer.json and labels.json.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from batches import Labels
from network import LanguageNetwork, Reader
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from train import sizes_for, starting_weights

INPUTS = ("pieces", "shapes", "first", "last", "given_heads")
OUTPUTS = ("xpos", "upos", "entities", "heads", "relations", "roles", "arcs")
VERSION = "minilm-ud@1"


def load_network(out: Path, weights: str) -> tuple[LanguageNetwork, Labels]:
    """Rebuild the network of a training folder with its averaged or its last weights."""
    stored = json.loads((out / "labels.json").read_text(encoding="utf-8"))
    labels = Labels(**{name: tuple(values) for name, values in stored.items()})
    network = LanguageNetwork(starting_weights(), sizes_for(labels))
    network.load_state_dict(torch.load(out / "checkpoint.pt", map_location="cpu")[weights])
    return network.eval(), labels


def example_inputs() -> tuple[torch.Tensor, ...]:
    """Two short sentences, only to trace the graph with."""
    pieces = torch.randint(1000, 2000, (2, 9))
    shapes = torch.zeros(2, 9, dtype=torch.long)
    words = torch.tensor([[1, 2, 4, 5, 6], [1, 3, 4, 0, 0]])
    return pieces, shapes, words, words.clone(), torch.full((2, 5), -1)


def write_onnx(network: LanguageNetwork, root_relation: int, path: Path) -> None:
    """Trace the network once; sentences, word-pieces and words may then be any number."""
    pieces, words = {0: "sentences", 1: "pieces"}, {0: "sentences", 1: "words"}
    axes = dict.fromkeys(INPUTS[:2], pieces) | dict.fromkeys((*INPUTS[2:], *OUTPUTS[:5]), words)
    axes["roles"] = {0: "sentences", 1: "words", 2: "words"}
    axes["arcs"] = {0: "sentences", 1: "words", 2: "heads"}
    torch.onnx.export(
        Reader(network, root_relation),
        example_inputs(),
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(source: Path, target: Path) -> None:
    """Weights to int8 per channel; products of two computed values stay in float."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(target),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
            extra_options={"MatMulConstBOnly": True},
        )


def export(out: Path, folder: Path, weights: str, keep_float: Path | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    network, labels = load_network(out, weights)
    with tempfile.TemporaryDirectory() as scratch:
        plain = keep_float or Path(scratch) / "float.onnx"
        write_onnx(network, labels.relations.index("root"), plain)
        quantise(plain, folder / "model.onnx")
    shutil.copy(starting_weights() / "tokenizer.json", folder / "tokenizer.json")
    described = {"version": VERSION} | {k: list(getattr(labels, k)) for k in labels.__slots__}
    text = json.dumps(described, ensure_ascii=False, indent=1)
    (folder / "labels.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder that train.py wrote")
    parser.add_argument("folder", type=Path, help="where the model goes")
    parser.add_argument("--weights", choices=("average", "now"), default="average")
    parser.add_argument(
        "--keep-float", type=Path, default=None, help="also keep the float32 graph here"
    )
    given = parser.parse_args()
    torch.set_num_threads(1)
    export(given.out, given.folder, given.weights, given.keep_float)


if __name__ == "__main__":
    main()
