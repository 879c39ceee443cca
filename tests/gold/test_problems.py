"""How problems are told."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem, reasons
from tests.golds import visit


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Problem("a.jsonl", 3, "x-1", "is bad"), "a.jsonl:3: x-1: is bad"),
        (Problem("a.txt", None, "x-1", "is bad"), "a.txt: x-1: is bad"),
        (Problem("a.jsonl", 3, None, "is bad"), "a.jsonl:3: is bad"),
        (Problem("a.jsonl", 3, "x-1", "is odd", warning=True), "a.jsonl:3: x-1: warning: is odd"),
    ],
)
def test_places_come_first(problem: Problem, told: str) -> None:
    assert str(problem) == told


def test_reasons_name_the_place_in_the_article() -> None:
    values = visit().model_dump(mode="json")
    values["events"][2]["mode"] = "handshake"
    values["outlets"] = values.pop("text")
    with pytest.raises(ValidationError) as raised:
        GoldArticle.model_validate(values)
    assert set(reasons(raised.value)) == {
        "events.2: SUPPORT has no mode 'handshake'",
        "text: is missing",
        "outlets: no such key",
    }
