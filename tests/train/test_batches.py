"""What each window teaches."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encode.pieces import load_speller
from pipeline.reading.labels import read_labels
from pipeline.train.batches import Sample, Window, in_batches, sample_of
from pipeline.train.choices import Choice
from pipeline.train.examples import Marked, Told
from tests.encoders import TINY, WORDS, example

SPELLER = load_speller(TINY)
LABELS = read_labels(TINY / "labels.json")


def sample(*, limit: int = 256, **changes: Any) -> Sample:
    """The sample of the example with these changes."""
    return sample_of(example(**changes), SPELLER, LABELS, limit=limit)


def window(**changes: Any) -> Window:
    """The only window of the example with these changes."""
    [found] = sample(**changes).windows
    return found


def tag(label: str, inside: int = 0) -> int:
    return 1 + 2 * LABELS.mentions.index(label) + inside


def wanted(choice: Choice, row: int) -> list[list[int]]:
    """The spans of each group that is allowed for a row; [] is none of them."""
    members = [*choice.members, np.zeros(len(choice.right), dtype=bool)]
    return [choice.right[m].tolist() for m, allowed in zip(members, choice.allowed[row], strict=True) if allowed]


def test_mentions_are_tagged_where_they_begin_and_go_on() -> None:
    tags = window().mention_tags
    assert tags[1].nonzero()[0].tolist() == [tag("PER")]
    assert tags[2].nonzero()[0].tolist() == [tag("PER", 1)]
    assert tags[4].nonzero()[0].tolist() == [tag("PER")]


def test_a_label_that_a_source_lacks_is_not_said_to_be_absent() -> None:
    tags = window().mention_tags
    absent = {"LOC", "NORP", "FAC", "NEV", "DOC"}
    assert tags[3].nonzero()[0].tolist() == sorted([0, *(tag(label, n) for label in absent for n in (0, 1))])
    everything = frozenset({*example().annotates, *absent})
    assert window(annotates=everything).mention_tags[3].nonzero()[0].tolist() == [0]


def test_a_place_of_no_told_kind_is_any_place() -> None:
    tags = window(annotates=frozenset({"PLACE", "PER"}), mentions=(Marked(7, 8, "PLACE", ()),)).mention_tags
    assert tags[7].nonzero()[0].tolist() == [tag("GPE"), tag("LOC"), tag("FAC")]
    assert not tags[3, [tag("GPE"), tag("LOC"), tag("PER")]].any()
    assert tags[3, [0, tag("FAC"), tag("ORG")]].all()


def test_triggers_and_what_their_events_are() -> None:
    found, tags = sample(), window().trigger_tags
    assert tags is not None
    assert tags.argmax(-1).nonzero()[0].tolist() == [3, 14]
    assert found.triggers.tolist() == [[0, 3, 3], [0, 14, 14]]
    assert [LABELS.kinds[n] for n in found.kinds] == ["CONSULT/meeting", "CONSULT/visit"]
    assert [LABELS.statuses[n] for n in found.statuses] == ["occurred", "planned"]
    assert [LABELS.bases[n] for n in found.bases] == ["relative", "explicit"]
    assert found.contexts.tolist() == [[True], [False]]
    assert found.event.tolist() == [0, 1]


def test_a_trigger_of_several_words() -> None:
    tags = window(triggers=(Told(3, 6, 0),)).trigger_tags
    assert tags is not None
    assert tags[2:7].argmax(-1).tolist() == [0, 1, 2, 2, 0]


def test_a_source_without_events_teaches_no_triggers() -> None:
    assert window(annotates=frozenset({"PER"}), triggers=(), events=()).trigger_tags is None


def test_roles_are_of_entities_with_all_their_mentions() -> None:
    found = sample()
    keys = [found.acting[members].tolist() for members in found.entity]
    assert keys == [
        [0, 1, 5],
        [2],
        [3],
        [6],
        [8],
    ]  # Envoy Ann Lee and She, Haddad, Oslo for Norway, Kenya, the ministry
    roles = [[("", *LABELS.roles)[n] for n in row] for row in found.roles]
    assert roles == [["actor", "recipient", "", "", ""], ["actor", "", "", "recipient", "optional"]]


def test_dates_and_places_of_events() -> None:
    choices = sample().choices
    assert [wanted(choices["date"], n) for n in (0, 1)] == [[[4]], [[7]]]
    assert [wanted(choices["country"], n) for n in (0, 1)] == [[[3]], [[6]]]
    assert [wanted(choices["city"], n) for n in (0, 1)] == [[[3]], [[]]]


def test_a_date_that_the_text_does_not_name_is_none_of_its_dates() -> None:
    events = example().events
    published = type(events[0])(
        *(getattr(events[0], name) if name != "basis" else "publication" for name in events[0].__dataclass_fields__)
    )
    assert wanted(sample(events=(published, events[1])).choices["date"], 0) == [[]]


def test_where_no_mention_has_the_date_none_is_right() -> None:
    mentions = tuple(m for m in example().mentions if m.value != "2025-06-02")
    assert wanted(sample(mentions=mentions).choices["date"], 0) == [[]]


def test_titles_have_holders_and_givers() -> None:
    choices = sample().choices
    assert (choices["holder"].left.tolist(), wanted(choices["holder"], 0)) == ([0], [[1]])
    assert (choices["giver"].left.tolist(), wanted(choices["giver"], 0)) == ([0], [[8]])
    assert "giver" not in sample(annotates=frozenset({"TITLE", "PER", "ORG"})).choices
    assert "holder" not in sample(annotates=frozenset({"PER"})).choices


def test_whom_a_pronoun_means() -> None:
    antecedents = sample().antecedents
    assert antecedents is not None
    nominal, named, members, meant = antecedents
    assert nominal.tolist() == [5]
    assert [named[row].tolist() for row, right in zip(members, meant[0], strict=True) if right] == [[0, 1]]
    assert sample(annotates=frozenset({"PER"})).antecedents is None


@pytest.mark.parametrize("limit", [24, 40, 64])
def test_windows_share_an_example_out(limit: int) -> None:
    [whole], parts = sample().windows, sample(limit=limit).windows
    assert len(parts) > 1
    at = 0
    for part in parts:
        size = len(part.inputs.first)
        inside = part.heads >= 0
        assert (part.heads[inside] + at).tolist() == whole.heads[at : at + size][inside].tolist()
        assert all(not at <= head < at + size for head in whole.heads[at : at + size][~inside].tolist())
        assert (part.arcs[~inside] == -1).all()
        assert part.breaks[0] == 1
        at += size
    assert at == len(WORDS)


@pytest.mark.parametrize("limit", [40, 64, 256])
def test_spans_are_counted_in_their_window_and_through_the_article(limit: int) -> None:
    found = sample(limit=limit)
    starts = np.cumsum([0, *(len(part.inputs.first) for part in found.windows)])
    assert [(starts[n] + a, starts[n] + b) for n, a, b in found.triggers] == [(3, 3), (14, 14)]
    assert found.trigger_starts.tolist() == [3, 14]
    inside = {(m.start, m.end - 1): m.label for m in example().mentions}
    for (n, a, b), start, label in zip(found.mentions, found.mention_starts, found.mention_labels, strict=True):
        assert start == starts[n] + a
        assert inside[start, starts[n] + b] == LABELS.mentions[label]
    assert len(found.mentions) == len(inside)
    assert found.roles.tolist() == sample().roles.tolist()


def test_a_span_across_windows_is_left_out() -> None:
    mentions = (*example().mentions, Marked(10, 14, "FAC", ()))
    assert len(sample(mentions=mentions).mentions) == len(mentions)
    assert len(sample(mentions=mentions, limit=40).mentions) == len(example().mentions)


def test_labels_that_the_model_does_not_have() -> None:
    changes: dict[str, Any] = {
        "tags": ("??", *example().tags[1:]), "mentions": (*example().mentions, Marked(22, 23, "ODD", ())),
    }  # fmt: skip
    assert window(**changes).tags[0] == -1
    assert len(sample(**changes).mentions) == len(example().mentions)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=30), st.integers(0, 999))
def test_batches_have_every_sample_once_and_are_not_too_full(sizes: list[int], seed: int) -> None:
    samples = [sample(limit=32, **short(n)) for n in sizes]
    batches = list(in_batches(samples, pieces=100, rng=random.Random(seed)))
    assert sorted(id(s) for batch in batches for s in batch) == sorted(map(id, samples))
    assert all(batch for batch in batches)
    assert all(len(batch) == 1 or sum(s.size() for s in batch) <= 100 for batch in batches)
    again = list(in_batches(samples, pieces=100, rng=random.Random(seed)))
    assert [[id(s) for s in batch] for batch in again] == [[id(s) for s in batch] for batch in batches]


def test_the_size_of_a_sample_is_that_of_its_padded_windows() -> None:
    found = sample(limit=40)
    longest = max(len(part.inputs.pieces) for part in found.windows)
    assert found.size() == len(found.windows) * longest


def short(words: int) -> dict[str, Any]:
    """An example of so many words without labels."""
    parts: dict[str, Any] = dict.fromkeys(("words", "tags", "classes", "arcs"), ("the",) * words)
    parts |= {name: bytes(words) for name in ("shapes", "lines", "known")}
    return {**parts, "heads": (0,) * words, "breaks": (), "mentions": (), "triggers": (), "events": ()}
