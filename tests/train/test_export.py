"""A trained network as model folders, and how far they agree with it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import onnx
import torch
from onnx import numpy_helper

from pipeline.encode.inputs import Inputs
from pipeline.encode.model import load_encoder
from pipeline.encode.onnx_runtime import Onnx
from pipeline.encode.pieces import load_speller
from pipeline.encode.runtime import read_windows
from pipeline.encode.transformers_runtime import Transformers
from pipeline.reading.labels import read_labels
from pipeline.train.batches import sample_of
from pipeline.train.examples import write_examples
from pipeline.train.export import agreement, export, load_network, main
from pipeline.train.fit import make_network, save_network
from pipeline.train.label_sets import label_sets
from pipeline.train.network import Network
from tests.encoders import TINY, example
from tests.tiny_model import make_tiny, recipe_for

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::torch.jit.TracerWarning")


@pytest.fixture(scope="module")
def network(encoder: Path) -> Network:
    return make_tiny(encoder)


@pytest.fixture(scope="module")
def windows(network: Network) -> list[Inputs]:
    speller = load_speller(TINY)
    samples = [sample_of(example(), speller, network.labels, limit=limit) for limit in (24, 64)]
    return [window.inputs for sample in samples for window in sample.windows]


def test_a_folder_for_onnx_runtime_agrees_with_its_network(
    network: Network, encoder: Path, windows: list[Inputs], tmp_path: Path
) -> None:
    export(network, recipe_for(encoder), tmp_path, runtime="onnx")
    model = load_encoder(tmp_path, threads=1)
    assert isinstance(model.runtime, Onnx)
    assert (model.limit, model.columns, model.heads.labels) == (64, network.parts, network.labels)
    alike = agreement(network, model.runtime, windows)
    assert alike.cosine > 0.98
    assert min(alike.mention, alike.trigger) > 0.9


def test_weights_use_seven_of_eight_bits(network: Network, encoder: Path, tmp_path: Path) -> None:
    export(network, recipe_for(encoder), tmp_path, runtime="onnx")
    tensors = onnx.load(tmp_path / "words.onnx").graph.initializer
    eight = [numpy_helper.to_array(tensor) for tensor in tensors if tensor.data_type == onnx.TensorProto.INT8]
    matrices = [weights for weights in eight if weights.ndim == 2]
    assert matrices
    assert max(int(np.abs(weights.astype(int)).max()) for weights in matrices) <= 64


def test_a_folder_for_transformers_is_its_network(
    network: Network, encoder: Path, windows: list[Inputs], tmp_path: Path
) -> None:
    export(network, recipe_for(encoder), tmp_path, runtime="transformers")
    assert not (tmp_path / "words.onnx").exists()
    model = load_encoder(tmp_path, threads=1)
    assert isinstance(model.runtime, Transformers)
    theirs, ours = read_windows(model.runtime, windows), read_windows(Transformers(network.words), windows)
    for one, other in zip(theirs, ours, strict=True):
        assert one == pytest.approx(other, abs=1e-4)
    alike = agreement(network, model.runtime, windows)
    assert (alike.mention, alike.trigger, alike.cosine) == pytest.approx((1, 1, 1), abs=1e-4)


def test_disagreement_shows(network: Network, windows: list[Inputs]) -> None:
    with torch.no_grad():
        other = agreement(network, lambda batch: -Transformers(network.words)(batch), windows)
    assert other.cosine == pytest.approx(-1, abs=1e-4)
    assert max(other.mention, other.trigger) < 0.1


def test_a_run_is_exported_and_checked(encoder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = recipe_for(encoder)
    labels = label_sets([example()])
    run = tmp_path / "run"
    run.mkdir()
    torch.manual_seed(3)
    trained = make_network(recipe, labels)
    save_network(trained, labels, recipe, run, {"torch": "any"})
    (run / "log.jsonl").write_text("{}\n", encoding="utf-8")
    again, read = load_network(run)
    assert read == recipe
    assert all(torch.equal(value, again.state_dict()[name]) for name, value in trained.state_dict().items())
    write_examples([example()] * 3, tmp_path / "a.pkl.gz")
    main([str(run), "--out", str(tmp_path / "model"), "--check", str(tmp_path / "a.pkl.gz")])
    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith("as in 32 bits: mention tags ")
    assert {path.name for path in (tmp_path / "model").iterdir()} == {
        "heads.npz", "labels.json", "log.jsonl", "recipe.json", "tokenizer.json", "words.json", "words.onnx",
    }  # fmt: skip
    assert json.loads((tmp_path / "model/words.json").read_text(encoding="utf-8"))["columns"] == trained.parts
    assert read_labels(tmp_path / "model/labels.json") == labels


@pytest.mark.parametrize("seen", ["shapes", "known"])
def test_a_reader_that_sees_less_is_exported_so(
    encoder: Path, windows: list[Inputs], tmp_path: Path, seen: str
) -> None:
    recipe = recipe_for(encoder, **{seen: False})
    blind = make_network(recipe, label_sets([example()])).eval()
    for runtime, folder in (("onnx", tmp_path / "onnx"), ("transformers", tmp_path / "transformers")):
        export(blind, recipe, folder, runtime=runtime)
        assert agreement(blind, load_encoder(folder, threads=1).runtime, windows).cosine > 0.98


def test_numbers_in_sixteen_bits_are_kept(network: Network, encoder: Path, tmp_path: Path) -> None:
    export(network, recipe_for(encoder), tmp_path, runtime="transformers")
    with np.load(tmp_path / "heads.npz") as heads:
        assert {heads[name].dtype for name in heads.files} == {np.dtype(np.float16)}
        assert set(heads.files) == {n for n in network.state_dict() if not n.startswith("words.") and n != "type_of"}
