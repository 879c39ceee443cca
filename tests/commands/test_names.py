"""The commands `dragoman names …`, as people call them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli_names import names
from pipeline.commands.exits import Exit
from pipeline.commands.names import verdict


def run(*arguments: object, code: int = Exit.DONE) -> Result:
    result = CliRunner().invoke(names, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_compare_says_how_probable_and_why() -> None:
    said = run("compare", "Rəfiyev", "Rafiyev").stdout
    assert said.startswith("one person, probability 0.9")
    assert "surnames equal after ə→a: Rəfiyev = Rafiyev" in said
    assert "rafiyev" in said
    assert "Latn" in said


def test_compare_with_countries_as_json() -> None:
    found = json.loads(
        run("compare", "Ali Mammadov", "Ali Mammadov", "--country-a", "aze", "--country-b", "KZ", "--json").stdout
    )
    alone = json.loads(run("compare", "Ali Mammadov", "Ali Mammadov", "--json").stdout)
    assert found["probability"] < alone["probability"]
    assert found["reasons"][0] == "country AZE ≠ KAZ"
    assert found["verdict"] == verdict(found["probability"])
    assert [word["roman"] for word in found["names"][0]["words"]] == ["ali", "mammadov"]


@pytest.mark.parametrize(
    ("probability", "words"),
    [(1.0, "one person"), (0.5, "probably one person"), (0.49, "probably two people"), (0.0, "two people")],
)
def test_verdicts(probability: float, words: str) -> None:
    assert verdict(probability) == words


def test_variants_as_table_and_as_json() -> None:
    assert "Jeyhun Bayramov" in run("variants", "Джейхун Байрамов").stdout
    found = json.loads(run("variants", "Джейхун Байрамов", "--limit", 5, "--json").stdout)
    assert len(found) == 5
    assert all(variant["probability"] >= 0.5 for variant in found)


def test_parse_as_table_and_as_json() -> None:
    said = run("parse", "Əli Həsən oğlu Əliyev").stdout
    assert "patronymic" in said
    assert "weak" in said
    found = json.loads(run("parse", "Тоқаев, Қасым", "--json").stdout)
    assert (found["script"], found["inverted"]) == ("Cyrl", True)
    assert found["words"][0] == {
        "written": "Қасым", "role": "name", "roman": "kasym", "readings": ["qasim"], "bare": "",
    }  # fmt: skip


def test_what_would_steer_the_terminal_is_shown() -> None:
    assert "\x1b" not in run("parse", "Ali \x1b[31mKhan").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "...", "Ali"),
        ("compare", "Ali", "Ali", "--country-a", "ZZZ"),
        ("variants", "123"),
        ("variants", "Ali", "--limit", "0"),
        ("parse", ""),
    ],
)
def test_wrong_calls(arguments: tuple[str, ...]) -> None:
    assert run(*arguments, code=Exit.USAGE).stderr
