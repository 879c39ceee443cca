"""Training: the same recipe gives the same weights, also when it was interrupted."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from pipeline.encode.pieces import load_speller
from pipeline.errors import ModelError
from pipeline.reading.heads import read_heads
from pipeline.reading.labels import Labels, read_labels
from pipeline.train import fit as training
from pipeline.train.batches import sample_of
from pipeline.train.examples import write_examples
from pipeline.train.export import export_heads
from pipeline.train.fit import (
    Data,
    batches_of,
    encoder_folder,
    epoch_samples,
    fit,
    make_network,
    make_optimizer,
    read_data,
    save_network,
)
from pipeline.train.label_sets import label_sets
from pipeline.train.recipe import Recipe, Source
from tests.encoders import example
from tests.tiny_model import recipe_for


@pytest.fixture(scope="module")
def data(encoder: Path) -> Data:
    labels = label_sets([example()])
    speller = load_speller(encoder)
    samples = [sample_of(example(), speller, labels, limit=limit) for limit in (40, 50, 64, 64)]
    sources = ((Source(file="a"), samples), (Source(file="b", share=0.5), samples[:2]))
    return Data(sources, samples[:1], labels, speller.unknown)


def weights(network: Any) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(value, other[name]) for name, value in one.items())


def test_two_runs_are_the_same_and_another_seed_is_not(encoder: Path, data: Data, tmp_path: Path) -> None:
    runs = [
        weights(fit(recipe_for(encoder, seed=seed), data, tmp_path / str(n))) for n, seed in enumerate((1, 1, 2))
    ]  # fmt: skip
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])


def test_a_run_goes_on_where_it_was_interrupted(
    encoder: Path, data: Data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe_for(encoder)
    whole = weights(fit(recipe, data, tmp_path / "whole"))
    save = training._save

    def save_and_stop(*path: Path, **state: Any) -> None:
        save(*path, **state)
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "_save", save_and_stop)
    with pytest.raises(KeyboardInterrupt):
        fit(recipe, data, tmp_path / "broken")
    monkeypatch.setattr(training, "_save", save)
    torch.manual_seed(99)
    assert same(weights(fit(recipe, data, tmp_path / "broken")), whole)
    logs = [(tmp_path / name / "log.jsonl").read_text(encoding="utf-8").splitlines() for name in ("whole", "broken")]
    told = [[{k: v for k, v in json.loads(line).items() if k != "pieces_per_second"} for line in log] for log in logs]
    assert told[0] == told[1]
    assert [line["epoch"] for line in told[0]] == [0, 1]
    assert "held_out" in told[0][-1]


def test_a_run_that_is_done_is_not_done_again(encoder: Path, data: Data, tmp_path: Path) -> None:
    recipe = recipe_for(encoder, epochs=1)
    first = weights(fit(recipe, data, tmp_path))
    assert same(weights(fit(recipe, data, tmp_path)), first)
    assert len((tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_an_epoch_takes_of_each_source_its_share(data: Data) -> None:
    whole, half = data.sources[0][1], data.sources[1][1]
    chosen = epoch_samples(data, random.Random(1))
    assert len(chosen) == len(whole) + len(half) // 2
    assert [id(s) for s in chosen[: len(whole)]] == [id(s) for s in whole]


@pytest.mark.parametrize(("epochs", "count"), [(1, 1), (1.2, 2), (2, 2)])
def test_a_part_of_an_epoch_is_one(encoder: Path, data: Data, epochs: float, count: int) -> None:
    numbers = [epoch for epoch, _ in batches_of(data, recipe_for(encoder, epochs=epochs))]
    assert sorted(set(numbers)) == list(range(count))
    assert numbers == sorted(numbers)


def test_rates_rise_and_fall_to_nothing(encoder: Path, data: Data) -> None:
    recipe = recipe_for(encoder, warmup=0.2, encoder_rate=0.1, head_rate=0.2)
    optimizer, rates = make_optimizer(make_network(recipe, data.labels), recipe, 10)
    seen = []
    for _ in range(10):
        seen.append([group["lr"] for group in optimizer.param_groups])
        optimizer.step()
        rates.step()
    assert [max(step) for step in seen[:3]] == pytest.approx([0.1, 0.2, 0.2])
    assert all(step == pytest.approx([step[0], step[0], 2 * step[0], 2 * step[0]]) for step in seen)
    assert [max(step) for step in seen[2:]] == sorted((max(step) for step in seen[2:]), reverse=True)
    assert max(seen[-1]) < 0.03


def test_training_begins_with_the_weights_of_an_earlier_run_of_the_same_labels(
    encoder: Path, data: Data, tmp_path: Path
) -> None:
    recipe = recipe_for(encoder)
    first = fit(recipe, data, tmp_path / "a")
    save_network(first, data.labels, recipe, tmp_path / "a", {})
    later = fit(
        recipe_for(encoder, epochs=1, head_rate=1e-12, encoder_rate=1e-12),
        data,
        tmp_path / "b",
        start=tmp_path / "a",
    )
    found = weights(later)
    assert all(torch.allclose(value, found[name], atol=1e-5) for name, value in weights(first).items())
    other = replace(data.labels, contexts=("trade",))
    other.write(tmp_path / "a" / "labels.json")
    with pytest.raises(ModelError, match="labels"):
        fit(recipe, data, tmp_path / "c", start=tmp_path / "a")


def test_a_chain_is_trained_and_comes_along(encoder: Path, data: Data, tmp_path: Path) -> None:
    network = fit(recipe_for(encoder, chain=True), data, tmp_path)
    export_heads(network, tmp_path / "heads.npz")
    steps = read_heads(tmp_path / "heads.npz", data.labels).weights["chain.mention.steps"]
    assert np.abs(steps).max() > 0


def test_every_weight_is_trained_once_and_frozen_ones_are_not(encoder: Path, data: Data) -> None:
    recipe = recipe_for(encoder, frozen=1)
    network = make_network(recipe, data.labels)
    optimizer, _ = make_optimizer(network, recipe, 10)
    trained = [id(p) for group in optimizer.param_groups for p in group["params"]]
    assert sorted(trained) == sorted(id(p) for p in network.parameters() if p.requires_grad)
    frozen = {name for name, p in network.named_parameters() if not p.requires_grad}
    assert frozen
    assert all(name.startswith("words.encoder.") for name in frozen)


def test_data_comes_from_the_files_of_the_recipe(encoder: Path, tmp_path: Path) -> None:
    write_examples([example(), example()], tmp_path / "a.pkl.gz")
    write_examples([example()], tmp_path / "b.pkl.gz")
    recipe = Recipe(encoder="e", sources=(Source(file="a.pkl.gz"),), held_out="b.pkl.gz")
    data = read_data(recipe, tmp_path, load_speller(encoder))
    assert [len(samples) for _, samples in data.sources] == [2]
    assert len(data.held_out) == 1
    assert data.labels == label_sets([example()])


def test_an_encoder_is_a_folder_or_a_package(encoder: Path, tmp_path: Path) -> None:
    assert encoder_folder(str(encoder)) == encoder
    for name in ("no_such_package", str(tmp_path / "none"), "json"):
        with pytest.raises(ModelError, match="no encoder"):
            encoder_folder(name)


def test_the_command_leaves_a_run(encoder: Path, tmp_path: Path) -> None:
    write_examples([example()], tmp_path / "a.pkl.gz")
    recipe = f'encoder = "{encoder}"\n[[sources]]\nfile = "a.pkl.gz"\n[fit]\nepochs = 1\nwindow = 64\nthreads = 1\n'
    (tmp_path / "recipe.toml").write_text(recipe, encoding="utf-8")
    out = tmp_path / "run"
    training.main([str(tmp_path / "recipe.toml"), "--data", str(tmp_path), "--out", str(out)])
    assert {path.name for path in out.iterdir()} == {
        "checkpoint.pt", "labels.json", "log.jsonl", "network.pt", "recipe.json",
    }  # fmt: skip
    assert isinstance(read_labels(out / "labels.json"), Labels)
