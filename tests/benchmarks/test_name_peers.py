from __future__ import annotations

import pytest

from benchmarks import name_peers
from benchmarks.name_peers import Peer, assigned, installed, rate, scores


def equal(a: str, b: str) -> float:
    return float(a == b)


@pytest.mark.parametrize(
    ("a", "b", "score"),
    [
        (["ali", "aliyev"], ["aliyev", "ali"], 1.0),
        (["ali", "aliyev"], ["aliyev"], 1.0),
        (["ali", "ali"], ["ali", "aliyev"], 0.5),
        ([], ["ali"], 0.0),
    ],
)
def test_each_word_of_the_shorter_name_is_assigned_once(a: list[str], b: list[str], score: float) -> None:
    assert assigned(a, b, equal) == assigned(b, a, equal) == score


def test_the_best_assignment_is_found_where_the_likest_pair_is_not_part_of_it() -> None:
    likeness = {"ax": 1.0, "ay": 0.9, "bx": 0.9, "by": 0.0}
    assert assigned("ab", "xy", lambda a, b: likeness[a + b]) == pytest.approx(0.9)


def test_a_name_is_prepared_once_and_pairs_are_scored_in_order() -> None:
    prepared: list[str] = []
    peer = Peer("same", lambda name: prepared.append(name) or name.lower(), equal)
    assert scores(peer, ["A", "b", "a"], [(0, 1), (2, 0)]).tolist() == [0.0, 1.0]
    assert prepared == ["A", "b", "a"]


def test_a_rate_counts_pairs_not_names_nor_rounds() -> None:
    calls: list[str] = []
    peer = Peer("same", str.lower, lambda a, b: calls.append(a) or equal(a, b))
    assert rate(peer, [("a", "b")] * 600) > 0
    assert len(calls) == 1200


def test_a_peer_that_is_not_installed_is_named_with_what_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        name_peers,
        "PEERS",
        {
            "there": ({"json": "json"}, lambda name: Peer(name, str.lower, equal)),
            "not there": ({"json": "json", "no_such_module": "no-such-package"}, lambda name: Peer(name, str, equal)),
        },
    )
    peers, missing = installed()
    assert [peer.name for peer in peers] == ["there"]
    assert missing == {"not there": ("no-such-package",)}
