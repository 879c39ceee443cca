"""Counting where names are at home."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.lookup.origins import read_origins
from pipeline.train.origins import code_of, count, invented, main, read_table, right_of_four


def test_tables_give_names_with_codes(tmp_path: Path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_text("who,land\nAna Lopez,Spain\n,Spain\nX Y,Atlantis\n", encoding="utf-8")
    assert list(read_table(plain, "who", "land")) == [("Ana Lopez", "ESP")]
    packed = tmp_path / "b.tsv.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as file:
        file.write('who\tland\nKim Min\t"Korea, South"\n')
    assert list(read_table(packed, "who", "land")) == [("Kim Min", "KOR")]
    with pytest.raises(InputError, match="no columns name and land"):
        list(read_table(plain, "name", "land"))


@pytest.mark.parametrize(("country", "code"), [("Gambia, The", "GMB"), ("France", "FRA"), ("Nowhere", None)])
def test_states_by_name(country: str, code: str | None) -> None:
    assert code_of(country) == code


def test_what_is_typical_is_counted() -> None:
    model = count([("Kowalski", "POL"), ("Nowalski", "POL"), ("Tanaka", "JPN"), ("Nakata", "JPN")])
    polish, japanese = model.codes.index("POL"), model.codes.index("JPN")
    found = model.typical("Zawalski")
    assert found[polish] > found[japanese]
    found = model.typical("Kanata")
    assert found[japanese] > found[polish]


def test_invented_names_are_of_every_state_and_always_the_same() -> None:
    cultures = Path(__file__).parents[2] / "models" / "corpus" / "names.toml"
    names = list(invented(cultures, 2))
    assert names == list(invented(cultures, 2))
    codes = [code for _, code in names]
    assert len(codes) == 2 * len(set(codes)) > 300


def test_how_often_the_right_state_comes_first() -> None:
    real = [("Kowalski", "POL"), ("Tanaka", "JPN"), ("Nowalski", "POL"), ("Nakata", "JPN")] * 8
    assert right_of_four(real, [("Zawalski", "POL"), ("Kanata", "JPN")]) == 1.0
    assert right_of_four([("Tanaka", "POL"), *real], []) < 1.0


def test_the_command_writes_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    (tmp_path / "a.csv").write_text("who,land\n" + "Ana Lopez,Spain\nKim Min,South Korea\n" * 8, encoding="utf-8")
    main([f"{tmp_path / 'a.csv'}:who:land", "--out", str(tmp_path / "o.npz")])
    assert "ESP" in read_origins(tmp_path / "o.npz").codes
