"""Where names of people are at home."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ModelError
from pipeline.lookup.origins import Origins, origins, read_origins, sequences, typical_of, write_origins


@pytest.mark.parametrize(
    ("name", "home", "others"),
    [
        ("Giorgi Kvirikashvili", "GEO", {"JPN", "FRA", "TUR"}),
        ("Shinzo Okubo", "JPN", {"KEN", "GEO", "POL"}),
        ("Nguyen Thi Hong", "VNM", {"CHN", "ITA", "USA"}),
        ("Wojciech Kowalski", "POL", {"DEU", "ESP", "IND"}),
    ],
)
def test_names_are_most_typical_of_their_state(name: str, home: str, others: set[str]) -> None:
    found = typical_of(name, [home, *others])
    assert max(found, key=lambda code: found[code]) == home
    assert sum(found.values()) == pytest.approx(0)


def test_spelling_and_case_do_not_matter() -> None:
    assert sequences("Yalçın RƏFİYEV") == sequences("yalcin rafiyev")


def test_states_without_names_are_left_out() -> None:
    assert typical_of("Ana Lopez", ["ESP", "XXX"]) == {"ESP": 0}
    assert typical_of("Ana Lopez", []) == {}


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    starts = np.zeros((1 << 15) + 1, dtype=np.int64)
    starts[8:] = 2
    made = Origins(("AUT", "KEN"), np.array([-9, -8], np.float32), starts, np.array([0, 1]), np.array([2.55, 0.5]))
    write_origins(tmp_path / "o.npz", made)
    found = read_origins(tmp_path / "o.npz")
    assert found.codes == made.codes
    assert found.states.tolist() == [0, 1]
    assert found.gains == pytest.approx(made.gains, abs=0.01)
    assert (found.starts == starts).all()


def test_the_model_that_ships_is_whole() -> None:
    model = origins()
    assert len(model.starts) == (1 << 15) + 1
    assert model.starts[-1] == len(model.states) == len(model.gains)
    assert model.states.max() < len(model.codes) == len(model.base)


def test_a_broken_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "o.npz").write_bytes(b"no model")
    with pytest.raises(ModelError, match="where names are at home"):
        read_origins(tmp_path / "o.npz")
