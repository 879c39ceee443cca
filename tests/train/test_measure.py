"""Figures of a network, head by head."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("torch")

import torch

from pipeline.encode.pieces import load_speller
from pipeline.train.batches import Window, sample_of
from pipeline.train.measure import measure
from pipeline.train.network import Network, Words
from tests.encoders import TINY, example
from tests.tiny_model import make_tiny, write_encoder


@pytest.fixture
def network(tmp_path: Path) -> Network:
    write_encoder(tmp_path)
    return make_tiny(tmp_path)


def told(network: Network, window: Window) -> dict[str, torch.Tensor]:
    """Columns that say of the words of a window what is labelled, and nothing else."""
    words = len(window.inputs.first)
    columns = {name: torch.zeros(1, words, size) for name, size in network.parts.items()}
    every = torch.arange(words)
    columns["mention"][0] = 50.0 * torch.from_numpy(window.mention_tags)
    columns["mention"][0, :, 0] += 1
    columns["trigger"][0] = 50.0 * torch.from_numpy(window.trigger_tags)
    columns["tag"][0, every, torch.from_numpy(window.tags)] = 1
    return columns


def test_what_is_labelled_is_found(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    sample = sample_of(example(), load_speller(TINY), network.labels, limit=120)

    def columns(batch: Words) -> dict[str, torch.Tensor]:
        return told(network, sample.windows[0])

    monkeypatch.setattr(network, "columns", columns)
    found = measure(network, [sample])
    assert {found[name] for name in ("mentions", "m_PER", "m_DATE", "trigger", "tag")} == {1.0}
    assert found["m_FAC"] == 0.0


def test_figures_are_shares_in_any_batches(network: Network) -> None:
    samples = [
        sample_of(example(), load_speller(TINY), network.labels, limit=limit) for limit in (40, 60, 120, 100)
    ]  # fmt: skip
    found = measure(network, samples, size=2)
    assert found == measure(network, samples, size=3)
    assert all(0 <= value <= 1 for value in found.values())
    assert {"mentions", "trigger", "trigger_kind", "kind", "status", "actor", "date", "same", "holder"} <= set(found)
    assert network.training


def test_nothing_held_out(network: Network) -> None:
    assert measure(network, []) == {}
