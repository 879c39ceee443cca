"""The line's figures on gold do not fall below tests/gold/floors.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.evaluate import evaluated, load_set, predict
from pipeline.config import Settings
from pipeline.evaluate.floors import breaches, read_floors
from tests.models import extractor

PATH = Path(__file__).parent / "gold" / "floors.toml"
FLOORS = read_floors(PATH)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_is_below_its_floor(name: str) -> None:
    floor = FLOORS[name]
    line = extractor(floor.model or Settings().model.name)
    gold = load_set(PATH, floor.gold, floor.texts)
    report = evaluated(gold, predict(line, gold.articles, give=floor.give), extractor={}, rounds=0)
    broken = "".join(f"\n  {breach}" for breach in breaches(FLOORS, {name: report}))
    assert not broken, (
        f"{broken}\n"
        "See what was lost: dragoman evaluate --floors tests/gold/floors.toml --out out/floors, then open the pages.\n"
        "If the loss is meant: add --update --allow-regression, and say why in the commit."
    )
