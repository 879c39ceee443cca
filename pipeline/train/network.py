"""The network: an encoder, the written shape of words, and light heads over words, spans and pairs of spans.

All heads over words are one linear layer; its columns are named in `parts`, so that inference needs the encoder with
this layer and a few small matrices for spans and pairs (`pipeline.reading.heads`). A span is its first word seen as a
beginning plus its last word seen as an end, rectified (as in Lee et al. 2017, without the attention inside); a pair is
scored by a bilinear product (Dozat and Manning 2017) with a bias for the kind of mention and the distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from pipeline.encode.shape import LINES, SHAPES
from pipeline.reading.labels import Labels
from pipeline.reading.pairs import BUCKETS

SPAN = 128
"""Numbers that stand for a span."""
KEY = 64
"""Numbers that stand for a span in one role of a pair."""
ARC, ARC_LABEL = 128, 64


def parts(labels: Labels) -> dict[str, int]:
    """The columns of the layer over words, by name, in order."""
    return {
        "mention": 2 * len(labels.mentions) + 1,
        "trigger": 3,
        "break": 2,
        "tag": len(labels.tags),
        "class": len(labels.classes),
        "dependent": ARC,
        "head": ARC,
        "dependent_label": ARC_LABEL,
        "head_label": ARC_LABEL,
        "trigger_start": SPAN,
        "trigger_end": SPAN,
        "mention_start": SPAN,
        "mention_end": SPAN,
    }


@dataclass(frozen=True, slots=True)
class Words:
    """A batch of windows: pieces with shape and line of their word, and the first piece of each word."""

    pieces: Tensor  # batch x pieces
    mask: Tensor  # batch x pieces
    shapes: Tensor  # batch x pieces
    lines: Tensor  # batch x pieces
    first: Tensor  # batch x words
    present: Tensor  # batch x words, bool


class WordReader(nn.Module):
    """Pieces to the columns of words; the part that is exported."""

    def __init__(self, encoder: Any, labels: Labels, *, dropout: float = 0.1, shapes: bool = True) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.shape = nn.Embedding(len(SHAPES) + 1, hidden)
        self.line = nn.Embedding(len(LINES), hidden)
        nn.init.normal_(self.shape.weight, std=0.01)
        nn.init.normal_(self.line.weight, std=0.01)
        self.use_shapes = shapes
        self.dropout = nn.Dropout(dropout)
        self.columns = nn.Linear(hidden, sum(parts(labels).values()))

    def forward(self, pieces: Tensor, mask: Tensor, shapes: Tensor, lines: Tensor, first: Tensor) -> Tensor:
        inputs = self.encoder.get_input_embeddings()(pieces)
        if self.use_shapes:
            inputs = inputs + self.shape(shapes) + self.line(lines)
        hidden = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        words = torch.gather(hidden, 1, index)
        columns: Tensor = self.columns(self.dropout(words))
        return columns


class Pair(nn.Module):
    """Scores of pairs of spans, several roles at once; bias by label of the second span and by distance."""

    def __init__(self, roles: int, labels: int) -> None:
        super().__init__()
        self.roles = roles
        self.left = nn.Linear(SPAN, roles * KEY)
        self.right = nn.Linear(SPAN, roles * KEY)
        self.by_label = nn.Parameter(torch.zeros(labels, roles))
        self.by_distance = nn.Parameter(torch.zeros(BUCKETS, roles))

    def forward(self, left: Tensor, right: Tensor, labels: Tensor, distance: Tensor) -> Tensor:
        """left n x SPAN, right m x SPAN, labels m, distance n x m (buckets) to n x m x roles."""
        a = self.left(left).view(len(left), self.roles, KEY)
        b = self.right(right).view(len(right), self.roles, KEY)
        scores = torch.einsum("nrk,mrk->nmr", a, b) / KEY**0.5
        found: Tensor = scores + self.by_label[labels][None] + self.by_distance[distance]
        return found


class Network(nn.Module):
    """The reader of words and the heads over spans and pairs."""

    def __init__(
        self, encoder: Any, labels: Labels, *, dropout: float = 0.1, shapes: bool = True, bfloat16: bool = False
    ) -> None:
        super().__init__()
        self.labels = labels
        self.bfloat16 = bfloat16
        self.words = WordReader(encoder, labels, dropout=dropout, shapes=shapes)
        self.sizes = parts(labels)
        self.dropout = nn.Dropout(dropout)
        types = labels.types()
        self.register_buffer("type_of", torch.tensor([types.index(k.partition("/")[0]) for k in labels.kinds]))
        self.category = nn.Linear(SPAN, len(types))
        self.kind = nn.Linear(SPAN, len(labels.kinds))
        self.status = nn.Linear(SPAN, len(labels.statuses))
        self.basis = nn.Linear(SPAN, len(labels.bases))
        self.core = nn.Linear(SPAN, 1)
        self.context = nn.Linear(SPAN, len(labels.contexts))
        self.role = Pair(len(labels.roles), len(labels.mentions))
        self.link = Pair(len(labels.links), len(labels.mentions))
        self.same = Pair(1, 1)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        nn.init.xavier_uniform_(self.arc)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.arc_label = nn.Linear(ARC_LABEL, len(labels.arcs))

    def columns(self, batch: Words) -> dict[str, Tensor]:
        """What the layer over words says, by part: batch x words x columns."""
        with torch.autocast("cpu", torch.bfloat16, enabled=self.bfloat16):
            found = self.words(batch.pieces, batch.mask, batch.shapes, batch.lines, batch.first).float()
        return dict(zip(self.sizes, found.split(list(self.sizes.values()), dim=-1), strict=True))

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
