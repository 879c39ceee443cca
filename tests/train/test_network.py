"""The network in torch, and its heads in NumPy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from pipeline.encode.pieces import load_speller
from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.pairs import distances
from pipeline.train.batches import sample_of
from pipeline.train.export import export_heads
from pipeline.train.losses import stack
from pipeline.train.network import Network
from tests.encoders import TINY, WORDS, example
from tests.tiny_model import make_tiny, write_encoder


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    folder = tmp_path_factory.mktemp("encoder")
    write_encoder(folder)
    return make_tiny(folder)


@pytest.fixture(scope="module")
def heads(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Heads:
    path = tmp_path_factory.mktemp("heads") / "heads.npz"
    rounded = {name: value.half().float() for name, value in network.state_dict().items() if name != "type_of"}
    network.load_state_dict(rounded, strict=False)
    export_heads(network, path)
    return read_heads(path, network.labels)


def some(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


@torch.no_grad()
def test_heads_over_spans_are_the_same_in_numpy(network: Network, heads: Heads) -> None:
    spans = some(5, 8)
    assert heads.kinds(spans.numpy()) == pytest.approx(network.kinds(spans).numpy(), abs=1e-4)
    for name in ("status", "basis", "core", "context"):
        assert heads.linear(name, spans.numpy()) == pytest.approx(getattr(network, name)(spans).numpy(), abs=1e-4)


@torch.no_grad()
@pytest.mark.parametrize("name", ["role", "link"])
def test_heads_over_pairs_are_the_same_in_numpy(network: Network, heads: Heads, name: str) -> None:
    left, right = some(4, 8), some(6, 8)
    labels = np.array([0, 3, 1, 2, 10, 0])
    gap = distances(np.array([0, 9, 30, 200]), np.array([0, 2, 9, 20, 120, 400]))
    ours = getattr(network, name)(left, right, torch.from_numpy(labels), torch.from_numpy(gap))
    assert heads.pairs(name, left.numpy(), right.numpy(), labels, gap) == pytest.approx(ours.numpy(), abs=1e-4)


@torch.no_grad()
def test_being_one_event_is_the_same_in_numpy(network: Network, heads: Heads) -> None:
    spans, starts = some(4, 8), np.array([1, 7, 8, 90])
    ours = network.same(
        spans, spans, torch.zeros(4, dtype=torch.int64), torch.from_numpy(distances(starts, starts))
    )[..., 0]  # fmt: skip
    assert heads.same(spans.numpy(), starts) == pytest.approx(((ours + ours.T) / 2).numpy(), abs=1e-4)


@torch.no_grad()
def test_arcs_are_the_same_in_numpy(network: Network, heads: Heads) -> None:
    columns = {name: some(1, 7, size) for name, size in network.parts.items()}
    flat = {name: part[0].numpy() for name, part in columns.items()}
    ours = network.arcs(columns, torch.ones(1, 7, dtype=torch.bool))[0]
    assert heads.arcs(flat["dependent"], flat["head"]) == pytest.approx(ours.numpy(), abs=1e-4)
    above = torch.tensor([[3, 0, 1, 1, 6, 2, 2]])
    labels = network.arc_labels(columns, above)[0]
    theirs = heads.arc_labels(flat["dependent_label"], flat["head_label"][above[0].numpy()])
    assert theirs == pytest.approx(labels.numpy(), abs=1e-4)


@torch.no_grad()
def test_padding_changes_nothing(network: Network) -> None:
    speller = load_speller(TINY)
    windows = [
        *sample_of(example(), speller, network.labels, limit=120).windows,
        *sample_of(example(), speller, network.labels, limit=40).windows,
    ]
    together = network.columns(stack(windows))
    for row, window in enumerate(windows):
        alone = network.columns(stack([window]))
        for name, part in alone.items():
            assert together[name][row, : len(window.inputs.first)].numpy() == pytest.approx(part[0].numpy(), abs=1e-3)


@torch.no_grad()
def test_a_batch_knows_which_words_are_there(network: Network) -> None:
    windows = sample_of(example(), load_speller(TINY), network.labels, limit=40).windows
    batch = stack(windows)
    assert batch.present.sum(1).tolist() == [len(window.inputs.first) for window in windows]
    assert int(batch.present.sum()) == len(WORDS)


@torch.no_grad()
def test_written_shapes_and_the_gazetteer_are_seen_or_not(tmp_path: Path) -> None:
    write_encoder(tmp_path)
    reader = make_tiny(tmp_path).words
    inputs = {name: torch.ones(1, 4, dtype=torch.int64) for name in ("pieces", "mask", "shapes", "lines", "known")}
    inputs["first"] = torch.tensor([[1, 2]])
    before = reader(**inputs)
    for name in ("shapes", "lines", "known"):
        assert not torch.equal(reader(**{**inputs, name: inputs[name] * 2}), before)
    reader.use_shapes, reader.known = False, None
    before = reader(**inputs)
    for name in ("shapes", "lines", "known"):
        assert torch.equal(reader(**{**inputs, name: inputs[name] * 2}), before)
