"""A linear chain over tags: what a tag is worth behind another (Lafferty, McCallum and Pereira 2001)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from pipeline.reading.tags import impossible

NEVER = -1e4


class Chain(nn.Module):
    """Scores of a tag behind a tag; those that no sequence of spans has are impossible."""

    impossible: Tensor

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.steps = nn.Parameter(torch.zeros(tags, tags))
        self.register_buffer("impossible", torch.from_numpy(impossible(tags)), persistent=False)

    def forward(self, scores: Tensor, allowed: Tensor, present: Tensor) -> Tensor:
        """How improbable the sequences of allowed tags are together, by window.

        `scores` is windows x words x tags, `allowed` likewise (bool), `present` windows x words: the words that are
        there, from the first on.
        """
        steps = self.steps.masked_fill(self.impossible[1:], NEVER)
        whole = scores[:, 0].masked_fill(self.impossible[0], NEVER)
        part = whole.masked_fill(~allowed[:, 0], NEVER)
        for n in range(1, scores.shape[1]):
            here = present[:, n, None]
            whole = torch.where(here, torch.logsumexp(whole[:, :, None] + steps, 1) + scores[:, n], whole)
            step = torch.logsumexp(part[:, :, None] + steps, 1) + scores[:, n]
            part = torch.where(here, step.masked_fill(~allowed[:, n], NEVER), part)
        return torch.logsumexp(whole, -1) - torch.logsumexp(part, -1)
