"""The reader of words in torch: what is trained, exported, and run where a folder has an encoder of transformers."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from pipeline.encode.known import COUNT
from pipeline.encode.shape import LINES, SHAPES


class WordReader(nn.Module):
    """Pieces to the columns of words.

    `encoder` is a model of transformers, `columns` how many numbers are made of each word; `shapes` says whether
    the written shapes and the lines of words are added to the pieces, `known` whether what the gazetteer knows is.
    """

    def __init__(
        self, encoder: Any, columns: int, *, dropout: float = 0.1, shapes: bool = True, known: bool = True
    ) -> None:
        super().__init__()
        self.encoder = encoder
        hidden = encoder.config.hidden_size
        self.shape = nn.Embedding(len(SHAPES) + 1, hidden)
        self.line = nn.Embedding(len(LINES), hidden)
        nn.init.normal_(self.shape.weight, std=0.01)
        nn.init.normal_(self.line.weight, std=0.01)
        self.use_shapes = shapes
        self.known = nn.Embedding(COUNT, hidden) if known else None
        if self.known is not None:
            nn.init.normal_(self.known.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)
        self.columns = nn.Linear(hidden, columns)

    def forward(
        self, pieces: Tensor, mask: Tensor, shapes: Tensor, lines: Tensor, known: Tensor, first: Tensor
    ) -> Tensor:
        """Batch x words x columns from a batch as `pipeline.encode.inputs.padded` makes it."""
        inputs = self.encoder.get_input_embeddings()(pieces)
        if self.use_shapes:
            inputs = inputs + self.shape(shapes) + self.line(lines)
        if self.known is not None:
            inputs = inputs + self.known(known)
        hidden = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        index = first.unsqueeze(-1).expand(-1, -1, hidden.shape[-1])
        words = torch.gather(hidden, 1, index)
        columns: Tensor = self.columns(self.dropout(words))
        return columns
