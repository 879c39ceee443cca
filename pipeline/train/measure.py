"""Measure a network on held-out windows, head by head: what the learning curves are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from pipeline.reading.pairs import distances
from pipeline.reading.tags import spans_of
from pipeline.train.batches import Sample
from pipeline.train.choices import Choice
from pipeline.train.losses import by_entity, grouped, links, stack, where
from pipeline.train.network import Network


def measure(network: Network, samples: Sequence[Sample], *, size: int = 4) -> dict[str, float]:
    """F1 of exact mentions by label, of triggers (span; span and kind) and roles; accuracy of the other heads."""
    count: Counter[str] = Counter()
    network.eval()
    with torch.no_grad():
        for n in range(0, len(samples), size):
            _add(network, list(samples[n : n + size]), count)
    network.train()
    found = {}
    for name in sorted({key.partition(":")[0] for key in count}):
        if f"{name}:right" in count or f"{name}:all" in count:
            found[name] = count[f"{name}:right"] / max(count[f"{name}:all"], 1)
        else:
            both = count[f"{name}:found"] + count[f"{name}:gold"]
            found[name] = 2 * count[f"{name}:tp"] / both if both else 0.0
    return found


def _add(network: Network, samples: list[Sample], count: Counter[str]) -> None:
    batch = stack([window for sample in samples for window in sample.windows])
    columns = network.columns(batch)
    arcs = network.arcs(columns, batch.present).argmax(-1).numpy()
    row = 0
    for sample in samples:
        _spans(network, columns, row, sample, count)
        for window in sample.windows:
            known = window.heads >= 0
            count["uas:right"] += int((arcs[row, : len(known)] == window.heads)[known].sum())
            count["uas:all"] += int(known.sum())
            count["tag:right"] += int((columns["tag"][row, : len(known)].argmax(-1).numpy() == window.tags).sum())
            count["tag:all"] += len(known)
            row += 1
    told = network.spans(columns, "trigger", where([s.triggers for s in samples], samples))
    named = network.spans(columns, "mention", where([s.mentions for s in samples], samples))
    t = m = 0
    for sample in samples:
        _pairs(network, told[t : t + len(sample.triggers)], named[m : m + len(sample.mentions)], sample, count)
        t, m = t + len(sample.triggers), m + len(sample.mentions)


def _spans(network: Network, columns: dict[str, torch.Tensor], row: int, sample: Sample, count: Counter[str]) -> None:
    """Count the mentions and triggers that the tags mark; the sample's windows are rows of the batch from `row` on."""
    found, told = set(), []
    steps = {part: chain.steps.numpy() for part, chain in network.chain.items()}
    for n, window in enumerate(sample.windows):
        words = len(window.inputs.first)
        for a, b, label, _ in spans_of(columns["mention"][row + n, :words].numpy(), steps.get("mention")):
            found.add((n, a, b - 1, label))
        if window.trigger_tags is not None:
            tags = columns["trigger"][row + n, :words].numpy()
            told += [(n, a, b - 1) for a, b, _, _ in spans_of(tags, steps.get("trigger"))]
    gold = {(*span, int(label)) for span, label in zip(sample.mentions.tolist(), sample.mention_labels, strict=True)}
    for label, name in enumerate(network.labels.mentions):
        _tally(count, f"m_{name}", {s for s in gold if s[3] == label}, {s for s in found if s[3] == label})
    _tally(count, "mentions", gold, found)
    if sample.windows[0].trigger_tags is not None:
        at = torch.tensor([(row + n, a, b) for n, a, b in told], dtype=torch.int64).reshape(-1, 3)
        kinds = network.kinds(network.spans(columns, "trigger", at)).argmax(-1).tolist()
        spans = [tuple(span) for span in sample.triggers.tolist()]
        _tally(count, "trigger", set(spans), set(told))
        _tally(
            count,
            "trigger_kind",
            {(*s, k) for s, k in zip(spans, sample.kinds.tolist(), strict=True)},
            {(*s, k) for s, k in zip(told, kinds, strict=True)},
        )


def _pairs(network: Network, told: torch.Tensor, named: torch.Tensor, sample: Sample, count: Counter[str]) -> None:
    if len(told):
        _right(count, "kind", network.kinds(told), sample.kinds)
        _right(count, "status", network.status(told), sample.statuses)
        _right(count, "basis", network.basis(told), sample.bases)
        contexts = (network.context(told) > 0).numpy()
        count["context:tp"] += int((contexts & sample.contexts).sum())
        count["context:found"] += int(contexts.sum())
        count["context:gold"] += int(sample.contexts.sum())
    labels = torch.from_numpy(sample.mention_labels)
    if len(told) and len(named):
        gap = torch.from_numpy(distances(sample.trigger_starts, sample.mention_starts))
        scores = network.role(told, named, labels, gap)
        if len(sample.acting):
            best = by_entity(scores, sample)[0].argmax(-1).numpy()
            for role, name in ((1, "actor"), (2, "recipient")):
                count[f"{name}:tp"] += int(((best == role) & (sample.roles == role)).sum())
                count[f"{name}:found"] += int(((best == role) & (sample.roles != 3)).sum())
                count[f"{name}:gold"] += int((sample.roles == role).sum())
        for name in ("date", "country", "city"):
            if name in sample.choices:
                _chosen(count, name, scores[..., network.labels.roles.index(name)], sample.choices[name])
    if len(told) > 1:
        gap = torch.from_numpy(distances(sample.trigger_starts, sample.trigger_starts))
        same = network.same(told, told, torch.zeros(len(told), dtype=torch.int64), gap)[..., 0]
        one = ((same + same.T) > 0).numpy()[np.triu_indices(len(told), 1)]
        gold = (sample.event[:, None] == sample.event[None])[np.triu_indices(len(told), 1)]
        count["same:tp"] += int((one & gold).sum())
        count["same:found"] += int(one.sum())
        count["same:gold"] += int(gold.sum())
    for name, scores in links(network, named, sample).items():
        if name in sample.choices:
            _chosen(count, name, scores, sample.choices[name])
        elif sample.antecedents is not None:
            _, who, members, meant = sample.antecedents
            said = (grouped(scores[:, torch.from_numpy(who)], torch.from_numpy(members)) > 0).numpy()
            count["antecedent:tp"] += int((said & meant).sum())
            count["antecedent:found"] += int(said.sum())
            count["antecedent:gold"] += int(meant.sum())


def _tally(count: Counter[str], name: str, gold: set[Any], found: set[Any]) -> None:
    count[f"{name}:tp"] += len(gold & found)
    count[f"{name}:found"] += len(found)
    count[f"{name}:gold"] += len(gold)


def _right(
    count: Counter[str], name: str, scores: torch.Tensor, gold: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    count[f"{name}:right"] += int((scores.argmax(-1).numpy() == gold).sum())
    count[f"{name}:all"] += len(gold)


def _chosen(count: Counter[str], name: str, scores: torch.Tensor, choice: Choice) -> None:
    groups = grouped(scores[:, torch.from_numpy(choice.right)], torch.from_numpy(choice.members))
    best = torch.cat([groups, torch.zeros(len(groups), 1)], -1).argmax(-1).numpy()
    taught = choice.allowed.any(-1)
    count[f"{name}:right"] += int(choice.allowed[np.arange(len(best)), best][taught].sum())
    count[f"{name}:all"] += int(taught.sum())
