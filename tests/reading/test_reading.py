"""A reading asked for words, spans and pairs of spans."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.reading.heads import Heads, read_heads
from pipeline.reading.labels import read_labels
from pipeline.reading.pairs import distances
from pipeline.reading.reading import Range, Reading
from tests.encoders import TINY

LABELS = read_labels(TINY / "labels.json")
WINDOWS = ((0, 5), (5, 9), (9, 12))
SIZES = {
    "mention": 23,
    "trigger": 3,
    **{f"{what}_{end}": 8 for what in ("trigger", "mention") for end in ("start", "end")},
}
TRIGGERS: list[Range] = [(1, 2), (3, 5), (6, 7)]
MENTIONS: list[Range] = [(0, 1), (5, 6), (7, 9), (11, 12)]
KINDS = np.array([0, 0, 3, 1])


@pytest.fixture(scope="module")
def heads() -> Heads:
    return read_heads(TINY / "heads.npz", LABELS)


@pytest.fixture
def reading(heads: Heads) -> Reading:
    rng = np.random.default_rng(3)
    return Reading({name: rng.normal(size=(12, n)).astype(np.float32) for name, n in SIZES.items()}, WINDOWS, heads)


def test_a_span_is_its_first_and_last_word_rectified(reading: Reading) -> None:
    found = reading.spans("mention", MENTIONS)
    for row, (start, end) in enumerate(MENTIONS):
        sums = reading.columns["mention_start"][start] + reading.columns["mention_end"][end - 1]
        assert found[row] == pytest.approx(np.maximum(sums, 0))


def test_marked_spans_stand_at_their_words_and_end_with_the_window(heads: Heads) -> None:
    tags = np.zeros((12, 3), dtype=np.float32)
    tags[:, 0] = 5
    tags[[3, 7], 1] = 10
    tags[[4, 5], 2] = 10  # inside goes on over the edge of the first window, and is cut there
    mentions = np.zeros((12, 23), dtype=np.float32)
    mentions[:, 0] = 5
    mentions[10, 1 + 2 * 3] = 10
    reading = Reading({"trigger": tags, "mention": mentions}, WINDOWS, heads)
    assert [(read.tokens, read.label) for read in reading.triggers()] == [((3, 5), 0), ((7, 8), 0)]
    assert [(read.tokens, read.label) for read in reading.mentions()] == [((10, 11), 3)]
    assert all(read.probability > 0.95 for read in (*reading.triggers(), *reading.mentions()))


def test_mentions_of_one_label_side_by_side_are_one(heads: Heads) -> None:
    mentions = np.zeros((12, 23), dtype=np.float32)
    mentions[:, 0] = 5
    for word, label in ((0, 3), (1, 3), (2, 3), (4, 3), (5, 3), (6, 2)):
        mentions[word, 1 + 2 * label] = 10
    reading = Reading({"mention": mentions}, WINDOWS, heads)
    assert [(read.tokens, read.label) for read in reading.mentions()] == [((0, 3), 3), ((4, 6), 3), ((6, 7), 2)]


def test_pairs_are_scored_by_spans_labels_and_distance(reading: Reading, heads: Heads) -> None:
    starts, others = np.array([s for s, _ in TRIGGERS]), np.array([s for s, _ in MENTIONS])
    told, named = reading.spans("trigger", TRIGGERS), reading.spans("mention", MENTIONS)
    roles = heads.pairs("role", told, named, KINDS, distances(starts, others))
    assert reading.roles(TRIGGERS, MENTIONS, KINDS) == pytest.approx(roles, abs=1e-4)
    links = heads.pairs("link", named, named, KINDS, distances(others, others))
    assert reading.links(MENTIONS, MENTIONS, KINDS) == pytest.approx(links, abs=1e-4)
    assert reading.links(MENTIONS[1:3], MENTIONS, KINDS) == pytest.approx(links[1:3], abs=1e-4)
    assert reading.same(TRIGGERS) == pytest.approx(heads.same(told, starts), abs=1e-4)


def test_nothing_to_ask_for(reading: Reading) -> None:
    none = np.array([], dtype=np.int64)
    assert reading.roles([], MENTIONS, KINDS).shape == (0, 4, len(LABELS.roles))
    assert reading.roles(TRIGGERS, [], none).shape == (3, 0, len(LABELS.roles))
    assert reading.links([], [], none).shape == (0, 0, len(LABELS.links))
    assert reading.same([]).shape == (0, 0)
    assert reading.spans("trigger", []).shape == (0, 8)
