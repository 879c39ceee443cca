"""Checking gold: every problem with its file, line and article."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.gold_validate import validate
from pipeline.errors import InputError
from pipeline.gold.write import write_gold
from tests.gold.reference import ROOT
from tests.golds import visit


def odd() -> list[str]:
    """A line each: good, with a warning, with an error, with a used id, broken."""
    event = visit().events[0]
    undated = event.model_copy(update={"date": None})
    strange = event.model_copy(update={"contexts": ["war"]})
    articles = [
        visit(),
        visit().model_copy(update={"id": "undated", "events": [undated]}),
        visit().model_copy(update={"id": "strange", "events": [strange]}),
        visit(),
    ]
    return [*(article.model_dump_json() for article in articles), "{}x"]


def test_every_problem_has_its_line(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(odd()), encoding="utf-8")
    assert [str(problem) for problem in validate([file], format="gold")] == [
        f"{file}:2: undated: warning: events.e1: the date basis is explicit, but there is no date",
        f"{file}:3: strange: events.e1.contexts: no such context: war",
        f"{file}:4: visit: the id stands twice, first in line 1",
        f"{file}:5: Invalid JSON: trailing characters at byte 3",
    ]
    assert not any(problem.warning for problem in validate([file], warnings=False))


def test_formats_without_lines(tmp_path: Path) -> None:
    strange = visit().events[0].model_copy(update={"contexts": ["war"]})
    write_gold([visit().model_copy(update={"events": [strange]})], tmp_path / "m", format="marked")
    (tmp_path / "m" / "x.txt").write_text("no head", encoding="utf-8")
    assert [str(problem) for problem in validate([tmp_path / "m"])] == [
        f"{tmp_path / 'm'}: visit: events.e1.contexts: no such context: war",
        f"{tmp_path / 'm' / 'x.txt'}: x: has no head between two lines ---",
    ]


def test_what_cannot_be_read_at_all(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(validate([tmp_path / "none"]))
    with pytest.raises(InputError, match="xml: no gold format"):
        list(validate([tmp_path], format="xml"))


@pytest.mark.parametrize("path", ["tests/gold/dev.jsonl", "models/corpus/train.jsonl", "seeds/gold"])
def test_our_own_gold_has_no_errors(path: str) -> None:
    assert list(validate([ROOT / path], warnings=False)) == []
