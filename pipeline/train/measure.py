"""Measure a network on held-out windows, head by head: what the learning curves are drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from pipeline.reading.pairs import distances
from pipeline.reading.tags import spans_of
from pipeline.train.batches import Choice, Window
from pipeline.train.losses import _where, grouped, stack
from pipeline.train.network import Network


def measure(network: Network, windows: Sequence[Window], *, size: int = 4) -> dict[str, float]:
    """F1 of exact mentions by label, of triggers (span; span and kind) and roles; accuracy of the other heads."""
    count: Counter[str] = Counter()
    network.eval()
    with torch.no_grad():
        for n in range(0, len(windows), size):
            _add(network, list(windows[n : n + size]), count)
    network.train()
    found = {}
    for name in sorted({key.partition(":")[0] for key in count}):
        if f"{name}:right" in count or f"{name}:all" in count:
            found[name] = count[f"{name}:right"] / max(count[f"{name}:all"], 1)
        else:
            both = count[f"{name}:found"] + count[f"{name}:gold"]
            found[name] = 2 * count[f"{name}:tp"] / both if both else 0.0
    return found


def _add(network: Network, windows: list[Window], count: Counter[str]) -> None:
    labels = network.labels
    batch = stack(windows)
    columns = network.columns(batch)
    arcs = network.arcs(columns, batch.present).argmax(-1).numpy()
    for row, window in enumerate(windows):
        words = len(window.inputs.first)
        said = {name: part[row, :words].numpy() for name, part in columns.items()}
        gold = {(a, b, label) for (a, b), label in zip(window.mentions.tolist(), window.mention_labels, strict=True)}
        found = {(a, b - 1, label) for a, b, label, _ in spans_of(said["mention"])}
        for label, name in enumerate(labels.mentions):
            _tally(count, f"m_{name}", {s for s in gold if s[2] == label}, {s for s in found if s[2] == label})
        _tally(count, "mentions", gold, found)
        if window.trigger_tags is not None:
            spans = [(a, b - 1) for a, b, _, _ in spans_of(said["trigger"])]
            at = torch.tensor([(row, a, b) for a, b in spans], dtype=torch.int64).reshape(-1, 3)
            kinds = network.kinds(network.spans(columns, "trigger", at)).argmax(-1).tolist()
            _tally(count, "trigger", set(map(tuple, window.triggers.tolist())), set(spans))
            _tally(
                count,
                "trigger_kind",
                {(*s, k) for s, k in zip(map(tuple, window.triggers.tolist()), window.kinds.tolist(), strict=True)},
                {(*s, k) for s, k in zip(spans, kinds, strict=True)},
            )
        known = window.heads >= 0
        count["uas:right"] += int((arcs[row, :words] == window.heads)[known].sum())
        count["uas:all"] += int(known.sum())
        count["tag:right"] += int((said["tag"].argmax(-1) == window.tags).sum())
        count["tag:all"] += words
    triggers, mentions = _where([w.triggers for w in windows]), _where([w.mentions for w in windows])
    told, named = network.spans(columns, "trigger", triggers), network.spans(columns, "mention", mentions)
    t = m = 0
    for window in windows:
        _pairs(network, told[t : t + len(window.triggers)], named[m : m + len(window.mentions)], window, count)
        t, m = t + len(window.triggers), m + len(window.mentions)


def _pairs(network: Network, told: torch.Tensor, named: torch.Tensor, window: Window, count: Counter[str]) -> None:
    if len(told):
        _right(count, "kind", network.kinds(told), window.kinds)
        _right(count, "status", network.status(told), window.statuses)
        _right(count, "basis", network.basis(told), window.bases)
        contexts = (network.context(told) > 0).numpy()
        count["context:tp"] += int((contexts & window.contexts).sum())
        count["context:found"] += int(contexts.sum())
        count["context:gold"] += int(window.contexts.sum())
    labels = torch.from_numpy(window.mention_labels)
    if len(told) and len(named):
        gap = torch.from_numpy(distances(window.triggers[:, 0], window.mentions[:, 0]))
        scores = network.role(told, named, labels, gap)
        if len(window.acting):
            acting = scores[:, torch.from_numpy(window.acting), :3]
            entity = torch.from_numpy(window.entity)
            by_role = torch.stack([grouped(acting[..., r], entity) for r in range(3)], -1)
            best = torch.cat([torch.zeros_like(by_role[..., :1]), by_role], -1).argmax(-1).numpy()
            for role, name in ((1, "actor"), (2, "recipient")):
                count[f"{name}:tp"] += int(((best == role) & (window.roles == role)).sum())
                count[f"{name}:found"] += int(((best == role) & (window.roles != 3)).sum())
                count[f"{name}:gold"] += int((window.roles == role).sum())
        for name in ("date", "country", "city"):
            if name in window.choices:
                _chosen(count, name, scores[..., network.labels.roles.index(name)], window.choices[name])
    if len(told) > 1:
        gap = torch.from_numpy(distances(window.triggers[:, 0], window.triggers[:, 0]))
        same = network.same(told, told, torch.zeros(len(told), dtype=torch.int64), gap)[..., 0]
        one = ((same + same.T) > 0).numpy()[np.triu_indices(len(told), 1)]
        gold = (window.event[:, None] == window.event[None])[np.triu_indices(len(told), 1)]
        count["same:tp"] += int((one & gold).sum())
        count["same:found"] += int(one.sum())
        count["same:gold"] += int(gold.sum())
    if len(named):
        gap = torch.from_numpy(distances(window.mentions[:, 0], window.mentions[:, 0]))
        scores = network.link(named, named, labels, gap)
        for at, name in enumerate(network.labels.links):
            if name in window.choices:
                _chosen(count, name, scores[..., at], window.choices[name])
        if window.antecedents is not None:
            nominal, who, members, meant = window.antecedents
            at = network.labels.links.index("antecedent")
            groups = grouped(
                scores[..., at][torch.from_numpy(nominal)][:, torch.from_numpy(who)], torch.from_numpy(members)
            )
            said = (groups > 0).numpy()
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
    part = scores[torch.from_numpy(choice.left)][:, torch.from_numpy(choice.right)]
    groups = grouped(part, torch.from_numpy(choice.members))
    best = torch.cat([groups, torch.zeros(len(groups), 1)], -1).argmax(-1).numpy()
    taught = choice.allowed.any(-1)
    count[f"{name}:right"] += int(choice.allowed[np.arange(len(best)), best][taught].sum())
    count[f"{name}:all"] += int(taught.sum())
