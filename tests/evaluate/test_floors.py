"""Floors files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.floors import breaches, read_floors, updated
from pipeline.evaluate.report import FigureValue, GoldFile, Report
from tests.evaluate.reports import reported

SHA, OTHER = "a" * 64, "b" * 64
TEXT = f"""\
# What may not be lost.

[seeds]                     # five articles
gold = "seeds.jsonl"
give = ["published"]
sha256 = "{SHA}"

[seeds.figures]
events = 0.8                # found
"mentions.strict" = 0.900
"events@CONSULT" = 0.5
"calibration.brier" = 0.2

[other]
gold = "other.jsonl"
sha256 = "{OTHER}"
figures = {{}}
"""


def report(*, sha256: str = SHA, **values: float | None) -> Report:
    present = {"events": 0.8, "mentions.strict": 0.9, "events@CONSULT": 0.5, "calibration.brier": 0.2}
    figures = [
        FigureValue(name=name.partition("@")[0], part=name.partition("@")[2] or None, value=value, counts={})
        for name, value in (present | values).items()
    ]
    gold = [GoldFile(path="seeds.jsonl", sha256=sha256, articles=5)]
    return reported([], {}).model_copy(update={"gold": gold, "figures": figures})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "floors.toml"
    file.write_text(TEXT)
    return file


def broken(path: Path, found: Report) -> list[tuple[str | None, float | None]]:
    return [(breach.figure, breach.value) for breach in breaches(read_floors(path), {"seeds": found})]


def test_figures_on_their_floors_hold(path: Path) -> None:
    assert read_floors(path)["seeds"].give == ["published"]
    assert broken(path, report()) == []
    assert broken(path, report(events=0.9, **{"calibration.brier": 0.1})) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("events", 0.7999), ("events", None), ("events@CONSULT", 0.4), ("calibration.brier", 0.21)],
)
def test_a_figure_that_is_worse_or_gone_breaks_its_floor(path: Path, name: str, value: float | None) -> None:
    assert broken(path, report(**{name: value})) == [(name, value)]


def test_other_gold_breaks_the_floors(path: Path) -> None:
    assert broken(path, report(sha256=OTHER)) == [(None, None)]


def test_what_a_breach_says(path: Path) -> None:
    found = breaches(read_floors(path), {"seeds": report(sha256=OTHER, events=0.5, **{"events@CONSULT": None})})
    assert [str(breach) for breach in found] == [
        "seeds: its gold is not the one that the floors were set on",
        "seeds: events is 0.5000; the floor is 0.8",
        "seeds: events@CONSULT has nothing to count; the floor is 0.5",
    ]


def test_floors_are_raised_and_rounded_to_what_holds(path: Path) -> None:
    better = report(events=0.87654, sha256=OTHER, **{"calibration.brier": 0.1234})
    text = updated(TEXT, read_floors(path), {"seeds": better})
    assert "events = 0.876                # found\n" in text
    assert '"calibration.brier" = 0.124\n' in text
    assert text.count(OTHER) == 2
    path.write_text(text)
    assert broken(path, better) == []


def test_nothing_else_of_the_file_changes(path: Path) -> None:
    floors = read_floors(path)
    text = updated(TEXT, floors, {"seeds": report(events=0.9)})
    assert text.splitlines()[:8] == TEXT.splitlines()[:8]
    assert [a for a, b in zip(text.splitlines(), TEXT.splitlines(), strict=True) if a != b] == [
        "events = 0.900                # found",
        '"events@CONSULT" = 0.500',
        '"calibration.brier" = 0.200',
    ]
    assert updated(text, read_floors(path), {}) == text


def test_floors_are_lowered_only_when_that_is_allowed(path: Path) -> None:
    worse = {"seeds": report(events=0.7, **{"calibration.brier": 0.3, "mentions.strict": None})}
    floors = read_floors(path)
    kept = updated(TEXT, floors, worse)
    assert "events = 0.8 " in kept
    assert '"calibration.brier" = 0.2\n' in kept
    lowered = updated(TEXT, floors, worse, allow_regression=True)
    assert "events = 0.700 " in lowered
    assert '"calibration.brier" = 0.300\n' in lowered
    assert '"mentions.strict" = 0.900\n' in lowered, "a figure that is gone has no new floor"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("events = 0.8", "evnts = 0.8", "no figure is called evnts"),
        ("events = 0.8", "events = 80", "less than or equal to 1"),
        ('gold = "seeds.jsonl"', "", "gold"),
        ('["published"]', '["weather"]', "give"),
        (SHA, "abc", "sha256"),
        ("[seeds.figures]", "[seeds.figures", "not TOML"),
    ],
)
def test_what_is_wrong_with_a_floors_file(path: Path, old: str, new: str, said: str) -> None:
    path.write_text(TEXT.replace(old, new, 1))
    with pytest.raises(InputError, match=said):
        read_floors(path)


def test_a_floors_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_floors(tmp_path / "floors.toml")


def test_within_the_slack_a_floor_holds(path: Path) -> None:
    path.write_text(TEXT.replace('give = ["published"]', "slack = 0.02"))
    assert broken(path, report(events=0.785, **{"calibration.brier": 0.215})) == []
    assert broken(path, report(events=0.779)) == [("events", 0.779)]
