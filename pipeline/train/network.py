"""The network: an encoder, the written shape of words, and light heads over words, spans and pairs of spans.

All heads over words are one linear layer; its columns are named by `parts`, so that inference needs the encoder with
this layer and a few small matrices for spans and pairs (`pipeline.reading.heads`). A span is its first word seen as a
beginning plus its last word seen as an end, rectified (as in Lee et al. 2017, without the attention inside); a pair is
scored by a bilinear product (Dozat and Manning 2017) and a small perceptron that sees both spans, the kind of mention
and the distance together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.encode.word_reader import WordReader
from pipeline.reading.labels import Labels
from pipeline.reading.pairs import BUCKETS
from pipeline.train.chain import Chain


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many numbers stand for a span, for a span and a pair in one role, and for a word in an arc and its label."""

    span: int = 192
    key: int = 64
    pair: int = 32
    arc: int = 128
    arc_label: int = 64


def parts(labels: Labels, sizes: Sizes) -> dict[str, int]:
    """The columns of the layer over words, by name, in order."""
    return {
        "mention": 2 * len(labels.mentions) + 1,
        "trigger": 3,
        "break": 2,
        "tag": len(labels.tags),
        "class": len(labels.classes),
        "dependent": sizes.arc,
        "head": sizes.arc,
        "dependent_label": sizes.arc_label,
        "head_label": sizes.arc_label,
        "trigger_start": sizes.span,
        "trigger_end": sizes.span,
        "mention_start": sizes.span,
        "mention_end": sizes.span,
    }


@dataclass(frozen=True, slots=True)
class Words:
    """A batch of windows: pieces with shape and line of their word, and the first piece of each word."""

    pieces: Tensor  # batch x pieces
    mask: Tensor  # batch x pieces
    shapes: Tensor  # batch x pieces
    lines: Tensor  # batch x pieces
    known: Tensor  # batch x pieces
    first: Tensor  # batch x words
    present: Tensor  # batch x words, bool


class Pair(nn.Module):
    """Scores of pairs of spans, several roles at once: a product, and what spans, label and distance say together."""

    def __init__(self, roles: int, labels: int, sizes: Sizes) -> None:
        super().__init__()
        self.roles, self.key, self.pair = roles, sizes.key, sizes.pair
        self.left = nn.Linear(sizes.span, roles * sizes.key)
        self.right = nn.Linear(sizes.span, roles * sizes.key)
        self.by_label = nn.Parameter(torch.zeros(labels, roles))
        self.by_distance = nn.Parameter(torch.zeros(BUCKETS, roles))
        self.left_sum = nn.Linear(sizes.span, roles * sizes.pair)
        self.right_sum = nn.Linear(sizes.span, roles * sizes.pair)
        self.label_sum = nn.Parameter(torch.zeros(labels, roles * sizes.pair))
        self.distance_sum = nn.Parameter(torch.zeros(BUCKETS, roles * sizes.pair))
        self.weigh = nn.Parameter(torch.randn(roles, sizes.pair) / sizes.pair)

    def forward(self, left: Tensor, right: Tensor, labels: Tensor, distance: Tensor) -> Tensor:
        """Spans n x size and m x size, labels m, distance n x m (buckets) to n x m x roles."""
        a = self.left(left).view(len(left), self.roles, self.key)
        b = self.right(right).view(len(right), self.roles, self.key)
        product = torch.einsum("nrk,mrk->nmr", a, b) / self.key**0.5
        together = self.left_sum(left)[:, None] + (self.right_sum(right) + self.label_sum[labels])[None]
        raised = torch.relu(together + self.distance_sum[distance]).view(len(left), len(right), self.roles, self.pair)
        found: Tensor = (
            product + (raised * self.weigh).sum(-1) + self.by_label[labels][None] + self.by_distance[distance]
        )
        return found


class Network(nn.Module):
    """The reader of words and the heads over spans and pairs."""

    def __init__(
        self,
        encoder: Any,
        labels: Labels,
        *,
        dropout: float = 0.1,
        shapes: bool = True,
        known: bool = True,
        bfloat16: bool = False,
        chain: bool = False,
        sizes: Sizes | None = None,
    ) -> None:
        super().__init__()
        self.labels = labels
        self.bfloat16 = bfloat16
        sizes = sizes or Sizes()
        self.parts = parts(labels, sizes)
        self.words = WordReader(encoder, sum(self.parts.values()), dropout=dropout, shapes=shapes, known=known)
        self.dropout = nn.Dropout(dropout)
        tagged = {"mention": self.parts["mention"], "trigger": self.parts["trigger"]} if chain else {}
        self.chain = nn.ModuleDict({part: Chain(tags) for part, tags in tagged.items()})
        types = labels.types()
        self.register_buffer("type_of", torch.tensor([types.index(k.partition("/")[0]) for k in labels.kinds]))
        self.category = nn.Linear(sizes.span, len(types))
        self.kind = nn.Linear(sizes.span, len(labels.kinds))
        self.status = nn.Linear(sizes.span, len(labels.statuses))
        self.basis = nn.Linear(sizes.span, len(labels.bases))
        self.core = nn.Linear(sizes.span, 1)
        self.context = nn.Linear(sizes.span, len(labels.contexts))
        self.role = Pair(len(labels.roles), len(labels.mentions), sizes)
        self.link = Pair(len(labels.links), len(labels.mentions), sizes)
        self.same = Pair(1, 1, sizes)
        self.arc = nn.Parameter(torch.zeros(sizes.arc, sizes.arc))
        nn.init.xavier_uniform_(self.arc)
        self.arc_bias = nn.Parameter(torch.zeros(sizes.arc))
        self.arc_label = nn.Linear(sizes.arc_label, len(labels.arcs))

    def columns(self, batch: Words) -> dict[str, Tensor]:
        """What the layer over words says, by part: batch x words x columns."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            found = self.words(batch.pieces, batch.mask, batch.shapes, batch.lines, batch.known, batch.first).float()
        return dict(zip(self.parts, found.split(list(self.parts.values()), dim=-1), strict=True))

    def spans(self, columns: dict[str, Tensor], what: str, where: Tensor) -> Tensor:
        """The numbers of spans (`trigger` or `mention`); `where` is n x 3: window, first word, last word."""
        starts = columns[f"{what}_start"][where[:, 0], where[:, 1]]
        ends = columns[f"{what}_end"][where[:, 0], where[:, 2]]
        found: Tensor = self.dropout(torch.relu(starts + ends))
        return found

    def kinds(self, spans: Tensor) -> Tensor:
        """Scores of kinds: what speaks for the type, and for the mode beside it."""
        found: Tensor = self.category(spans)[:, self.type_of] + self.kind(spans)
        return found

    def arcs(self, columns: dict[str, Tensor], present: Tensor) -> Tensor:
        """batch x dependents x heads; a root is its own head."""
        scores = (torch.relu(columns["dependent"]) @ self.arc + self.arc_bias) @ torch.relu(columns["head"]).transpose(
            1, 2
        )
        return scores.masked_fill(~present[:, None, :], -1e4)

    def arc_labels(self, columns: dict[str, Tensor], heads: Tensor) -> Tensor:
        """batch x words x labels for arcs from these heads."""
        above = torch.gather(
            columns["head_label"], 1, heads.unsqueeze(-1).expand(-1, -1, columns["head_label"].shape[-1])
        )
        found: Tensor = self.arc_label(torch.relu(columns["dependent_label"] + above))
        return found
