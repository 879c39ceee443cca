"""Fit: train the network from a recipe, with a checkpoint after each epoch from which it goes on when started again.

    python -m pipeline.train.fit RECIPE.toml --data build/train --out build/train/run

The same recipe, data and number of threads give the same weights.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModel

from pipeline.encode.pieces import Speller, load_speller
from pipeline.errors import ModelError
from pipeline.reading.labels import Labels, read_labels
from pipeline.train.batches import Sample, in_batches, sample_of
from pipeline.train.examples import read_examples
from pipeline.train.label_sets import label_sets
from pipeline.train.losses import losses, total
from pipeline.train.measure import measure
from pipeline.train.network import Network
from pipeline.train.recipe import Recipe, Source, read_recipe


def encoder_folder(name: str) -> Path:
    """The folder of an encoder: a path, or the folder `model` of an installed package. Raises `ModelError`."""
    if Path(name).is_dir():
        return Path(name)
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    if spec is None or spec.origin is None or not (folder := Path(spec.origin).parent / "model").is_dir():
        raise ModelError(f"no encoder {name!r}: neither a folder nor an installed package with a model in it")
    return folder


@dataclass(frozen=True, slots=True)
class Data:
    """Samples by source, and those that are held out; `unknown` is the piece for what cannot be spelled."""

    sources: tuple[tuple[Source, list[Sample]], ...]
    held_out: list[Sample]
    labels: Labels
    unknown: int


def read_data(recipe: Recipe, folder: Path, speller: Speller) -> Data:
    """The windows of a recipe's sources under a folder."""
    examples = [(source, read_examples(folder / source.file)) for source in recipe.sources]
    labels = label_sets(example for _, some in examples for example in some)
    limit = recipe.fit.window

    def samples(some: Any) -> list[Sample]:
        return [sample_of(example, speller, labels, limit=limit) for example in some]

    held_out = samples(read_examples(folder / recipe.held_out)) if recipe.held_out else []
    return Data(tuple((source, samples(some)) for source, some in examples), held_out, labels, speller.unknown)


def epoch_samples(data: Data, rng: random.Random) -> list[Sample]:
    """What an epoch reads: of each source its share, as evenly over its windows as can be."""
    chosen: list[Sample] = []
    for source, windows in data.sources:
        whole = int(source.share)
        chosen += windows * whole
        chosen += rng.sample(windows, round((source.share - whole) * len(windows)))
    return chosen


class Average:
    """A moving average of weights; its decay grows to what the recipe says, so that the beginning is forgotten."""

    def __init__(self, network: Network, decay: float) -> None:
        self.decay = decay
        self.steps = 0
        self.state = {k: v.detach().clone() for k, v in network.state_dict().items()}

    def update(self, network: Network) -> None:
        self.steps += 1
        decay = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for key, value in network.state_dict().items():
            if value.is_floating_point():
                self.state[key].lerp_(value.detach(), 1 - decay)
            else:
                self.state[key] = value.clone()


def make_network(recipe: Recipe, labels: Labels) -> Network:
    """A network with the recipe's encoder and untrained heads."""
    encoder = AutoModel.from_pretrained(
        encoder_folder(recipe.encoder), add_pooling_layer=False, attn_implementation="eager"
    )
    fit = recipe.fit
    for layer in range(fit.frozen):
        encoder.encoder.layer[layer].requires_grad_(False)
    if fit.frozen:
        encoder.embeddings.requires_grad_(False)
    return Network(
        encoder, labels, dropout=fit.dropout, shapes=fit.shapes, known=fit.known, bfloat16=fit.bfloat16, chain=fit.chain
    )


def make_optimizer(network: Network, recipe: Recipe, steps: int) -> tuple[Any, Any]:
    """AdamW with a rate for the encoder and one for the heads, warmed up and then falling linearly to nothing."""
    fit = recipe.fit
    encoder = {id(p) for p in network.words.encoder.parameters()}
    groups = []
    for inside, rate in ((True, fit.encoder_rate), (False, fit.head_rate)):
        for flat, decay in ((False, fit.decay), (True, 0.0)):
            chosen = [
                p
                for p in network.parameters()
                if p.requires_grad and (id(p) in encoder) is inside and (p.ndim < 2) is flat
            ]
            groups.append({"params": chosen, "lr": rate, "weight_decay": decay})
    optimizer = torch.optim.AdamW(groups)
    warm = max(int(fit.warmup * steps), 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(steps - step, 0) / max(steps - warm, 1))
    )
    return optimizer, schedule


def batches_of(data: Data, recipe: Recipe) -> Iterator[tuple[int, list[Sample]]]:
    """The batches of all epochs, with the number of the epoch; a part of an epoch at the end counts as one."""
    for epoch in range(-(-int(recipe.fit.epochs * 1000) // 1000)):
        rng = random.Random(f"{recipe.fit.seed}:{epoch}")
        for batch in in_batches(epoch_samples(data, rng), pieces=recipe.fit.pieces, rng=rng):
            yield epoch, batch


def fit(recipe: Recipe, data: Data, out: Path, *, start: Path | None = None) -> Network:
    """Train a network, from the weights of an earlier run `start` if there is one.

    `out` gets checkpoints and the log. Goes on from the last checkpoint there. Raises `ModelError` for a start with
    other labels.
    """
    torch.manual_seed(recipe.fit.seed)
    torch.set_num_threads(recipe.fit.threads)
    out.mkdir(parents=True, exist_ok=True)
    network = make_network(recipe, data.labels)
    if start is not None:
        if read_labels(start / "labels.json") != data.labels:
            raise ModelError(f"{start}: its labels are not those of the data")
        network.load_state_dict(torch.load(start / "network.pt", weights_only=True))
    schedule = list(batches_of(data, recipe))
    optimizer, rates = make_optimizer(network, recipe, len(schedule))
    average = Average(network, recipe.fit.average)
    checkpoint, log = out / "checkpoint.pt", out / "log.jsonl"
    done = 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        rates.load_state_dict(kept["rates"])
        average.state, average.steps, done = kept["average"], kept["steps"], kept["done"]
        torch.set_rng_state(kept["random"])
    network.train()
    began, seen = time.monotonic(), 0
    sums: dict[str, float] = {}
    times: dict[str, int] = {}
    for step, (epoch, batch) in enumerate(schedule):
        if step < done:
            continue
        found = losses(
            network,
            batch,
            smoothing=recipe.fit.smoothing,
            focal=recipe.fit.focal,
            hidden=recipe.fit.hidden,
            unknown=data.unknown,
        )
        total(found, recipe.weights).backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        rates.step()
        optimizer.zero_grad()
        average.update(network)
        seen += sum(sample.size() for sample in batch)
        for name, loss in found.items():
            sums[name] = sums.get(name, 0.0) + loss.item()
            times[name] = times.get(name, 0) + 1
        last = step + 1 == len(schedule)
        if last or schedule[step + 1][0] != epoch:
            line: dict[str, Any] = {
                "epoch": epoch,
                "step": step + 1,
                "pieces_per_second": round(seen / (time.monotonic() - began)),
            }
            line["loss"] = {name: round(value / times[name], 4) for name, value in sorted(sums.items())}
            if data.held_out and (last or epoch % 3 == 2):
                line["held_out"] = {k: round(v, 4) for k, v in _measured(network, average, data.held_out).items()}
            with log.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            print(json.dumps(line), flush=True)
            sums, times = {}, {}
            _save(checkpoint, network=network, optimizer=optimizer, rates=rates, average=average, done=step + 1)
    network.load_state_dict(average.state)
    return network


def _measured(network: Network, average: Average, windows: list[Sample]) -> dict[str, float]:
    """The figures of the averaged weights."""
    own = {k: v.detach().clone() for k, v in network.state_dict().items()}
    network.load_state_dict(average.state)
    found = measure(network, windows)
    network.load_state_dict(own)
    return found


def _save(path: Path, *, network: Network, optimizer: Any, rates: Any, average: Average, done: int) -> None:
    part = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "rates": rates.state_dict(),
            "average": average.state,
            "steps": average.steps,
            "done": done,
            "random": torch.get_rng_state(),
        },
        part,
    )
    part.replace(path)


def save_network(network: Network, labels: Labels, recipe: Recipe, out: Path, about: Mapping[str, Any]) -> None:
    """Write what `pipeline.train.export` needs: weights, labels, recipe."""
    torch.save(network.state_dict(), out / "network.pt")
    labels.write(out / "labels.json")
    (out / "recipe.json").write_text(json.dumps({**recipe.model_dump(), **about}, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from a recipe and write the network to `--out`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    recipe = read_recipe(options.recipe)
    speller = load_speller(encoder_folder(recipe.encoder))
    data = read_data(recipe, options.data, speller)
    start = None if recipe.start is None else options.data / recipe.start
    network = fit(recipe, data, options.out, start=start)
    save_network(network, data.labels, recipe, options.out, {"torch": torch.__version__})


if __name__ == "__main__":
    main()
