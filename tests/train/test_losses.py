"""What each head is taught."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

import torch

from pipeline.encode.inputs import NO_SHAPE
from pipeline.encode.pieces import load_speller
from pipeline.reading import entities
from pipeline.train.batches import Sample, sample_of
from pipeline.train.losses import allowed_loss, grouped, hide, losses, stack, total
from pipeline.train.network import Network
from tests.encoders import TINY, example
from tests.tiny_model import make_tiny, write_encoder

WORD_HEADS = {"mention", "break", "tag", "class", "arc", "arc_label"}
EVENT_HEADS = {"trigger", "kind", "status", "basis", "core", "context", "role", "date", "country", "city", "same"}
LINK_HEADS = {"holder", "giver", "antecedent"}


@pytest.fixture
def network(tmp_path: Path) -> Network:
    write_encoder(tmp_path)
    return make_tiny(tmp_path)


def samples(network: Network, *, limit: int = 120, **changes: Any) -> list[Sample]:
    return [sample_of(example(**changes), load_speller(TINY), network.labels, limit=limit)]


def test_the_allowed_columns_are_taught_together() -> None:
    scores = torch.tensor([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0], [5.0, 1.0, 1.0]])
    allowed = torch.tensor([[True, False, True], [False, False, False], [True, True, True]])
    chances = torch.softmax(scores, -1)
    expected = [-torch.log(chances[0, 0] + chances[0, 2]).item(), 0.0]
    assert allowed_loss(scores, allowed).tolist() == pytest.approx(expected, abs=1e-5)


def test_groups_score_as_at_run_time() -> None:
    scores = torch.randn(3, 5, generator=torch.Generator().manual_seed(1))
    members = torch.tensor([[1, 0, 1, 0, 0], [0, 1, 0, 0, 1]], dtype=torch.bool)
    ours = entities.grouped(scores.numpy(), [(0, 2), (1, 4)])
    assert grouped(scores, members).numpy() == pytest.approx(ours, abs=1e-5)


def test_everything_labelled_teaches_its_head(network: Network) -> None:
    found = losses(network, samples(network))
    assert set(found) == WORD_HEADS | EVENT_HEADS | LINK_HEADS
    assert all(torch.isfinite(loss) and loss >= 0 for loss in found.values())


@pytest.mark.parametrize(
    ("annotates", "taught"),
    [
        (set(), WORD_HEADS),
        ({"PER", "ORG"}, WORD_HEADS),
        ({"PER", "TITLE"}, WORD_HEADS | {"holder"}),
        ({"PER", "NOM"}, WORD_HEADS | {"antecedent"}),
    ],
)
def test_a_source_teaches_what_it_labels(network: Network, annotates: set[str], taught: set[str]) -> None:
    found = losses(network, samples(network, annotates=frozenset(annotates), triggers=(), events=(), givers=None))
    assert set(found) == taught


def test_a_label_that_a_source_lacks_is_not_made_less_likely(network: Network) -> None:
    losses(network, samples(network, annotates=frozenset({"PER"}), mentions=()))["mention"].backward()
    gradient = network.words.columns.bias.grad
    assert gradient is not None
    person = 1 + 2 * network.labels.mentions.index("PER")
    for column in range(network.parts["mention"]):
        assert gradient[column] > 0 if column in (person, person + 1) else gradient[column] < 0


def test_a_batch_of_many_is_the_mean_over_words(network: Network) -> None:
    one, two = samples(network), samples(network, annotates=frozenset({"PER"}))
    alone = [float(losses(network, some)["mention"].detach()) for some in (one, two)]
    both = float(losses(network, [*one, *two])["mention"].detach())
    assert both == pytest.approx(np.mean(alone), rel=1e-4)


def test_pairs_across_windows_are_taught_too(network: Network) -> None:
    [parted] = samples(network, limit=40)
    assert len(parted.windows) > 1
    assert set(losses(network, [parted])) == WORD_HEADS | EVENT_HEADS | LINK_HEADS


def test_steps_make_the_losses_small(network: Network) -> None:
    some = samples(network)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.01)
    before = float(total(losses(network, some), {}).detach())
    for _ in range(30):
        optimizer.zero_grad()
        total(losses(network, some), {}).backward()
        optimizer.step()
    assert float(total(losses(network, some), {}).detach()) < 0.5 * before


def test_heads_are_weighed() -> None:
    found = {"mention": torch.tensor(2.0), "kind": torch.tensor(3.0)}
    assert float(total(found, {})) == 5
    assert float(total(found, {"kind": 2.0, "other": 9.0})) == 8


def test_triggers_whose_kind_is_sure_count_less_with_focal_loss(network: Network) -> None:
    whole, focused = (losses(network.eval(), samples(network), focal=gamma)["kind"] for gamma in (0.0, 2.0))
    assert 0 < focused < whole


def test_a_chain_makes_impossible_sequences_cost_nothing(tmp_path: Path) -> None:
    write_encoder(tmp_path)
    plain = make_tiny(tmp_path).eval()
    network = make_tiny(tmp_path, chain=True).eval()
    network.load_state_dict(plain.state_dict(), strict=False)
    apart, together = (losses(one, samples(one)) for one in (plain, network))
    assert 0 < together["trigger"] < apart["trigger"]
    together["mention"].backward()
    assert network.chain["mention"].steps.grad.abs().sum() > 0


def test_hidden_pieces_are_those_of_words(network: Network) -> None:
    batch = stack([window for sample in samples(network) for window in sample.windows])
    torch.manual_seed(1)
    every, some = hide(batch, 1.0, 1), hide(batch, 0.3, 1)
    words = (batch.shapes != NO_SHAPE) & (batch.mask == 1)
    assert (every.pieces[words] == 1).all()
    assert torch.equal(every.pieces[~words], batch.pieces[~words])
    assert 0.1 < (some.pieces[words] == 1).float().mean() < 0.5
    torch.manual_seed(1)
    assert losses(network, samples(network), hidden=0.9, unknown=1)["kind"] != losses(network, samples(network))["kind"]
