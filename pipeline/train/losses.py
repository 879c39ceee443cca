"""Losses: what each head is taught by a batch of windows, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from pipeline.encode.inputs import NO_SHAPE, padded
from pipeline.reading.pairs import distances
from pipeline.train.batches import Sample, Window
from pipeline.train.choices import Bools, Choice
from pipeline.train.network import Network, Pair, Words


def stack(windows: Sequence[Window]) -> Words:
    """Windows as one batch, padded."""
    batch = {name: torch.from_numpy(values) for name, values in padded([w.inputs for w in windows]).items()}
    words = torch.tensor([len(w.inputs.first) for w in windows])
    return Words(**batch, present=torch.arange(batch["first"].shape[1])[None] < words[:, None])


def hide(batch: Words, share: float, unknown: int) -> Words:
    """The batch with a share of the pieces of words, taken at random, replaced by the piece `unknown`."""
    chosen = (torch.rand(batch.pieces.shape) < share) & (batch.shapes != NO_SHAPE) & (batch.mask == 1)
    return replace(batch, pieces=batch.pieces.masked_fill(chosen, unknown))


def losses(
    network: Network,
    samples: Sequence[Sample],
    *,
    smoothing: float = 0.0,
    focal: float = 0.0,
    hidden: float = 0.0,
    unknown: int = 0,
) -> dict[str, Tensor]:
    """The mean loss of each head that the batch teaches something; `smoothing`, `focal` and `hidden` as in the recipe,
    `unknown` the piece that stands for hidden ones."""
    windows = [window for sample in samples for window in sample.windows]
    batch = stack(windows)
    if hidden:
        batch = hide(batch, hidden, unknown)
    columns = network.columns(batch)
    found = {**_of_words(network, columns, batch, windows, smoothing=smoothing)}
    triggers = where([s.triggers for s in samples], samples)
    trigger_spans = network.spans(columns, "trigger", triggers)
    mention_spans = network.spans(columns, "mention", where([s.mentions for s in samples], samples))
    if len(triggers):
        found.update(_of_triggers(network, trigger_spans, samples, smoothing=smoothing, focal=focal))
    found.update(_of_pairs(network, trigger_spans, mention_spans, samples))
    return found


def where(spans: Sequence[np.ndarray[tuple[int, int], np.dtype[np.int64]]], samples: Sequence[Sample]) -> Tensor:
    """Spans of several samples as rows of window of the batch, first word, last word."""
    rows, at = [], 0
    for part, sample in zip(spans, samples, strict=True):
        rows.append(part + np.array([at, 0, 0]))
        at += len(sample.windows)
    return torch.from_numpy(np.concatenate(rows))


def _joined(parts: Sequence[np.ndarray[tuple[int], np.dtype[np.int64]]]) -> Tensor:
    return torch.from_numpy(np.concatenate(parts))


def allowed_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """How improbable the allowed columns are together; rows that allow nothing are left out. n x c to n."""
    taught = allowed.any(-1)
    scores, allowed = scores[taught], allowed[taught]
    return torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~allowed, -1e4), -1)


def _of_words(
    network: Network, columns: dict[str, Tensor], batch: Words, windows: Sequence[Window], *, smoothing: float
) -> dict[str, Tensor]:
    present = batch.present
    found = {
        "mention": _tags(network, "mention", columns["mention"], present, [w.mention_tags for w in windows]),
        "break": F.cross_entropy(columns["break"][present], _joined([w.breaks for w in windows])),
        "tag": F.cross_entropy(columns["tag"][present], _joined([w.tags for w in windows]), ignore_index=-1),
        "class": F.cross_entropy(columns["class"][present], _joined([w.classes for w in windows]), ignore_index=-1),
    }
    told = {n: w.trigger_tags for n, w in enumerate(windows) if w.trigger_tags is not None}
    if told:
        rows = list(told)
        found["trigger"] = _tags(
            network, "trigger", columns["trigger"][rows], present[rows], list(told.values()), smoothing=smoothing
        )
    heads, arcs = _joined([w.heads for w in windows]), _joined([w.arcs for w in windows])
    found["arc"] = F.cross_entropy(network.arcs(columns, present)[present], heads, ignore_index=-1)
    gold_heads = torch.zeros_like(batch.first)
    gold_heads[present] = heads.clamp(min=0)
    found["arc_label"] = F.cross_entropy(network.arc_labels(columns, gold_heads)[present], arcs, ignore_index=-1)
    return found


def _tags(
    network: Network, part: str, scores: Tensor, present: Tensor, allowed: Sequence[Bools], *, smoothing: float = 0.0
) -> Tensor:
    """The loss of a word's tags, `scores` windows x words x tags: by word, or by sequence where there is a chain."""
    if part in network.chain:
        whole = torch.zeros(scores.shape, dtype=torch.bool)
        whole[present] = torch.from_numpy(np.concatenate(allowed))
        loss: Tensor = network.chain[part](scores, whole, present).sum() / present.sum()
        return loss
    tags = torch.from_numpy(np.concatenate(allowed))
    if smoothing and bool((tags.sum(-1) == 1).all()):
        return F.cross_entropy(scores[present], tags.int().argmax(-1), label_smoothing=smoothing)
    return allowed_loss(scores[present], tags).mean()


def _of_triggers(
    network: Network, spans: Tensor, samples: Sequence[Sample], *, smoothing: float, focal: float
) -> dict[str, Tensor]:
    contexts = torch.from_numpy(np.concatenate([s.contexts for s in samples])).float()
    return {
        "kind": _kind(network.kinds(spans), _joined([s.kinds for s in samples]), smoothing=smoothing, focal=focal),
        "status": F.cross_entropy(network.status(spans), _joined([s.statuses for s in samples])),
        "basis": F.cross_entropy(network.basis(spans), _joined([s.bases for s in samples])),
        "core": F.binary_cross_entropy_with_logits(
            network.core(spans)[:, 0], _joined([s.core for s in samples]).float()
        ),
        "context": F.binary_cross_entropy_with_logits(network.context(spans), contexts),
    }


def _kind(scores: Tensor, kinds: Tensor, *, smoothing: float, focal: float) -> Tensor:
    loss = F.cross_entropy(scores, kinds, ignore_index=-1, label_smoothing=smoothing, reduction="none")
    sure = torch.softmax(scores.detach(), -1).gather(-1, kinds.clamp(min=0)[:, None])[:, 0]
    return ((1 - sure) ** focal * loss).sum() / (kinds >= 0).sum().clamp(min=1)


def grouped(scores: Tensor, members: Tensor) -> Tensor:
    """Scores of groups from those of their members: n x m and g x m to n x g, by the log of the sum of exponents."""
    masked = scores[:, None, :].masked_fill(~members[None], -1e4)
    return torch.logsumexp(masked, -1)


def _of_pairs(network: Network, triggers: Tensor, mentions: Tensor, samples: Sequence[Sample]) -> dict[str, Tensor]:
    """The heads over pairs, article by article."""
    totals: dict[str, list[Tensor]] = {}
    t = m = 0
    for sample in samples:
        count, size = len(sample.triggers), len(sample.mentions)
        told, named = triggers[t : t + count], mentions[m : m + size]
        t, m = t + count, m + size
        labels = torch.from_numpy(sample.mention_labels)
        if count and size:
            gap = torch.from_numpy(distances(sample.trigger_starts, sample.mention_starts))
            scores = network.role(told, named, labels, gap)
            if len(sample.acting):
                totals.setdefault("role", []).append(_roles(scores, sample))
            for name in ("date", "country", "city"):
                if name in sample.choices:
                    at = network.labels.roles.index(name)
                    totals.setdefault(name, []).append(_choose(scores[..., at], sample.choices[name]))
        if count > 1:
            totals.setdefault("same", []).append(_same(network.same, told, sample))
        for name, scores in links(network, named, sample).items():
            if name in sample.choices:
                totals.setdefault(name, []).append(_choose(scores, sample.choices[name]))
            elif sample.antecedents is not None:
                totals.setdefault(name, []).append(_refer(scores, sample.antecedents))
    return {name: torch.cat(parts).mean() for name, parts in totals.items() if sum(map(len, parts))}


def links(network: Network, mentions: Tensor, sample: Sample) -> dict[str, Tensor]:
    """By kind of link, scores of the mentions that the sample teaches it for, with all mentions."""
    rows = {name: sample.choices[name].left for name in network.labels.links if name in sample.choices}
    if sample.antecedents is not None:
        rows["antecedent"] = sample.antecedents[0]
    labels = torch.from_numpy(sample.mention_labels)
    found = {}
    for name, linked in rows.items():
        gap = torch.from_numpy(distances(sample.mention_starts[linked], sample.mention_starts))
        scores = network.link(mentions[torch.from_numpy(linked)], mentions, labels, gap)
        found[name] = scores[..., network.labels.links.index(name)]
    return found


def _roles(scores: Tensor, sample: Sample) -> Tensor:
    """Actor, recipient, optional or nothing, for each trigger and entity that its window names."""
    full, reached = by_entity(scores, sample)
    return F.cross_entropy(full[reached], torch.from_numpy(sample.roles)[reached], reduction="none")


def by_entity(scores: Tensor, sample: Sample) -> tuple[Tensor, Tensor]:
    """Scores of nothing, actor, recipient and optional, triggers x entities x 4, and which entities the window of each
    trigger names: parties are looked for there alone."""
    entity = torch.from_numpy(sample.entity)
    near = torch.from_numpy(sample.triggers[:, :1] == sample.mentions[sample.acting, 0][None])
    acting = scores[:, torch.from_numpy(sample.acting), :3].masked_fill(~near[..., None], -1e4)
    by_role = torch.stack([grouped(acting[..., role], entity) for role in range(3)], -1)
    reached = (near[:, None, :] & entity[None]).any(-1)
    return torch.cat([torch.zeros_like(by_role[..., :1]), by_role], -1), reached


def _choose(scores: Tensor, choice: Choice) -> Tensor:
    groups = grouped(scores[:, torch.from_numpy(choice.right)], torch.from_numpy(choice.members))
    full = torch.cat([groups, torch.zeros(len(groups), 1)], -1)
    return allowed_loss(full, torch.from_numpy(choice.allowed))


def _same(pair: Pair, triggers: Tensor, sample: Sample) -> Tensor:
    gap = torch.from_numpy(distances(sample.trigger_starts, sample.trigger_starts))
    scores = pair(triggers, triggers, torch.zeros(len(triggers), dtype=torch.int64), gap)[..., 0]
    both = (scores + scores.T) / 2
    wanted = torch.from_numpy(sample.event[:, None] == sample.event[None, :]).float()
    rows, cols = torch.triu_indices(len(triggers), len(triggers), offset=1)
    return F.binary_cross_entropy_with_logits(both[rows, cols], wanted[rows, cols], reduction="none")


def _refer(scores: Tensor, antecedents: tuple[object, ...]) -> Tensor:
    _, named, members, meant = (torch.from_numpy(part) for part in antecedents)
    groups = grouped(scores[:, named], members)
    return F.binary_cross_entropy_with_logits(groups, meant.float(), reduction="none").flatten()


def total(found: Mapping[str, Tensor], weights: Mapping[str, float]) -> Tensor:
    """The weighted sum; a head without a weight counts once."""
    return torch.stack([weights.get(name, 1.0) * loss for name, loss in found.items()]).sum()
