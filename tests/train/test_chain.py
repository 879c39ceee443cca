"""A chain over tags: its loss is that of all sequences, counted one by one."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

pytest.importorskip("torch")

import torch

from pipeline.reading.tags import impossible
from pipeline.train.chain import Chain

WORDS, TAGS = 3, 5


def by_hand(chain: Chain, scores: torch.Tensor, allowed: torch.Tensor) -> float:
    never = impossible(TAGS)
    whole, part = [], []
    for path in product(range(TAGS), repeat=len(scores)):
        if never[0][path[0]] or any(never[1 + a][b] for a, b in pairwise(path)):
            continue
        value = sum(scores[n, tag] for n, tag in enumerate(path))
        value = value + sum(chain.steps[a, b] for a, b in pairwise(path))
        whole.append(value)
        if all(allowed[n, tag] for n, tag in enumerate(path)):
            part.append(value)
    return float(torch.logsumexp(torch.stack(whole), 0) - torch.logsumexp(torch.stack(part), 0))


@torch.no_grad()
def test_the_loss_is_that_of_all_sequences() -> None:
    torch.manual_seed(1)
    chain = Chain(TAGS)
    chain.steps.normal_()
    scores = torch.randn(2, WORDS, TAGS)
    allowed = torch.rand(2, WORDS, TAGS) < 0.4
    allowed[..., 0] = True
    present = torch.tensor([[True, True, True], [True, True, False]])
    found = chain(scores, allowed, present)
    assert found[0].item() == pytest.approx(by_hand(chain, scores[0], allowed[0]), abs=1e-4)
    assert found[1].item() == pytest.approx(by_hand(chain, scores[1, :2], allowed[1, :2]), abs=1e-4)
    assert (found >= 0).all()
