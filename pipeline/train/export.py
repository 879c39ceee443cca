"""Export: a trained network as a model folder, by default one that runs without torch.

    python -m pipeline.train.export RUN --out FOLDER [--runtime transformers] [--check EXAMPLES.pkl.gz]

The encoder with the layer over words becomes ONNX with weights in eight bits (or, for transformers, files in 32 bits),
the other heads a NumPy file.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

from pipeline.encode.inputs import PER_PIECE, Inputs
from pipeline.encode.model import load_encoder
from pipeline.encode.pieces import load_speller
from pipeline.encode.runtime import Runtime, read_windows
from pipeline.encode.transformers_runtime import LAYERS, Transformers
from pipeline.reading.labels import read_labels
from pipeline.train.batches import sample_of
from pipeline.train.examples import read_examples
from pipeline.train.fit import encoder_folder, make_network
from pipeline.train.network import Network
from pipeline.train.recipe import Recipe

INPUTS = (*PER_PIECE, "first")
CHECKED = 100
"""Windows that a new folder is compared with its network on."""


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
    example = tuple(torch.ones(2, 8 if name == "first" else 16, dtype=torch.int64) for name in INPUTS)
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
    """Write a model with weights in eight bits, one scale a channel; activations are scaled as they come.

    The weights use seven of the bits, as processors without VNNI add products up in sixteen, which more would overflow.
    """
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
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def export_onnx(network: Network, folder: Path) -> None:
    """Write the reader of words as `words.onnx` in eight bits."""
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "words.onnx"
        export_words(network, full)
        quantise(full, folder / "words.onnx")


def export_transformers(network: Network, folder: Path) -> None:
    """Write the reader of words as `pipeline.encode.transformers_runtime` reads it, in 32 bits."""
    reader = network.words
    reader.encoder.save_pretrained(folder)
    layers = {
        name: value.contiguous()
        for name, value in reader.state_dict().items()
        if name.startswith(("columns.", "known.")) or (reader.use_shapes and name.startswith(("shape.", "line.")))
    }
    save_file(layers, folder / LAYERS)


def export_heads(network: Network, path: Path) -> None:
    """Write the heads over spans and pairs in 16 bits."""
    weights = {
        name: value.detach().numpy().astype(np.float16)
        for name, value in network.state_dict().items()
        if not name.startswith("words.") and name != "type_of"
    }
    np.savez(path, **weights)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike two readers of words are: the shares of words that get the same mention tag and the same trigger tag,
    and the mean cosine of their columns."""

    mention: float
    trigger: float
    cosine: float


def agreement(network: Network, runtime: Runtime, windows: Sequence[Inputs]) -> Agreement:
    """How far a runtime agrees with the network in 32 bits on some windows."""
    ours = np.concatenate(read_windows(Transformers(network.words.eval()), windows))
    theirs = np.concatenate(read_windows(runtime, windows))
    same = {}
    at = 0
    for part, size in network.parts.items():
        columns = slice(at, at := at + size)
        same[part] = float((ours[:, columns].argmax(-1) == theirs[:, columns].argmax(-1)).mean())
    lengths = np.linalg.norm(ours, axis=-1) * np.linalg.norm(theirs, axis=-1)
    return Agreement(same["mention"], same["trigger"], float(((ours * theirs).sum(-1) / lengths).mean()))


def check(network: Network, folder: Path, examples: Path, *, limit: int) -> Agreement:
    """How far a model folder agrees with its network on the first windows of a file of prepared examples."""
    speller = load_speller(folder)
    windows: list[Inputs] = []
    for example in read_examples(examples):
        windows += [window.inputs for window in sample_of(example, speller, network.labels, limit=limit).windows]
        if len(windows) >= CHECKED:
            break
    return agreement(network, load_encoder(folder, threads=1).runtime, windows)


def export(network: Network, recipe: Recipe, out: Path, *, runtime: str) -> None:
    """Write a model folder for a runtime (`onnx`, `transformers`)."""
    out.mkdir(parents=True, exist_ok=True)
    if runtime == "onnx":
        export_onnx(network, out)
    else:
        export_transformers(network, out)
    export_heads(network, out / "heads.npz")
    network.labels.write(out / "labels.json")
    shutil.copy(encoder_folder(recipe.encoder) / "tokenizer.json", out / "tokenizer.json")
    outline = {"window": recipe.fit.window, "columns": network.parts}
    (out / "words.json").write_text(json.dumps(outline, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the model folder `--out` from the folder of a training run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runtime", choices=("onnx", "transformers"), default="onnx")
    parser.add_argument("--check", type=Path, metavar="EXAMPLES", help="compare the folder with the network on these")
    options = parser.parse_args(arguments)
    network, recipe = load_network(options.run)
    export(network, recipe, options.out, runtime=options.runtime)
    for name in ("recipe.json", "log.jsonl"):
        shutil.copy(options.run / name, options.out / name)
    for file in sorted(options.out.iterdir()):
        print(f"{file.stat().st_size / 1e6:8.2f} MB {file.name}")
    if options.check is not None:
        alike = check(network, options.out, options.check, limit=recipe.fit.window)
        print(f"as in 32 bits: mention tags {alike.mention:.4f}, trigger tags {alike.trigger:.4f}, ", end="")
        print(f"cosine of columns {alike.cosine:.4f}")


if __name__ == "__main__":
    main()
