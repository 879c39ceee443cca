"""Export: a trained network as a model folder that runs without torch.

    python -m pipeline.train.export RUN --out models/dragoman-sm

The encoder with the layer over words becomes ONNX with weights in eight bits, the other heads a NumPy file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from pipeline.reading.labels import read_labels
from pipeline.train.fit import encoder_folder, make_network
from pipeline.train.network import Network, parts
from pipeline.train.recipe import Recipe

INPUTS = ("pieces", "mask", "shapes", "lines", "first")


def load_network(run: Path) -> tuple[Network, Recipe]:
    """The network that `pipeline.train.fit` left in a folder, and its recipe."""
    recipe = Recipe.model_validate(
        {
            k: v
            for k, v in json.loads((run / "recipe.json").read_text(encoding="utf-8")).items()
            if k in Recipe.model_fields
        }
    )
    network = make_network(recipe, read_labels(run / "labels.json"))
    network.load_state_dict(torch.load(run / "network.pt", weights_only=True))
    return network.eval(), recipe


def export_words(network: Network, path: Path) -> None:
    """Write the reader of words as ONNX in 32 bits."""
    example = (
        torch.ones(2, 16, dtype=torch.int64),
        torch.ones(2, 16, dtype=torch.int64),
        torch.zeros(2, 16, dtype=torch.int64),
        torch.zeros(2, 16, dtype=torch.int64),
        torch.ones(2, 8, dtype=torch.int64),
    )
    axes = {name: {0: "batch", 1: "words" if name == "first" else "pieces"} for name in INPUTS}
    torch.onnx.export(
        network.words,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=["columns"],
        dynamic_axes={**axes, "columns": {0: "batch", 1: "words"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(full: Path, small: Path) -> None:
    """Write a model with weights in eight bits, one scale a channel; activations are scaled as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(full), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(small),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def export_heads(network: Network, path: Path) -> None:
    """Write the heads over spans and pairs in 16 bits."""
    weights = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if not name.startswith("words.") and name != "type_of"
    }
    np.savez(path, **weights)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the model folder `--out` from the folder of a training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    network, recipe = load_network(options.run)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "words.onnx"
        export_words(network, full)
        quantise(full, options.out / "words.onnx")
    export_heads(network, options.out / "heads.npz")
    network.labels.write(options.out / "labels.json")
    shutil.copy(encoder_folder(recipe.encoder) / "tokenizer.json", options.out / "tokenizer.json")
    shutil.copy(options.run / "recipe.json", options.out / "recipe.json")
    shutil.copy(options.run / "log.jsonl", options.out / "log.jsonl")
    settings = {"window": recipe.fit.window, "columns": parts(network.labels)}
    (options.out / "words.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    for file in sorted(options.out.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.2f} MB {file.name}")


if __name__ == "__main__":
    main()
