"""Converting gold: what a format cannot hold is told, and the rest is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.gold_convert import convert
from pipeline.errors import InputError
from pipeline.gold.read import read_gold
from pipeline.gold.write import write_gold
from tests.golds import visit


def test_there_and_back(tmp_path: Path) -> None:
    write_gold([visit()], tmp_path / "a.jsonl", format="gold")
    assert convert(tmp_path / "a.jsonl", tmp_path / "marked", target_format="marked") == (1, [])
    assert convert(tmp_path / "marked", tmp_path / "b.jsonl.gz", target_format="gold") == (1, [])
    assert list(read_gold(tmp_path / "b.jsonl.gz")) == [visit()]


def test_one_bad_article_costs_no_other(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    nested = visit().model_copy(update={"id": "nested", "mentions": visit().mentions[:1] * 2})
    write_gold([visit(), nested, visit(), visit().model_copy(update={"id": "last"})], source, format="gold")
    with source.open("a", encoding="utf-8") as file:
        file.write("{\n")
    written, faults = convert(source, out, target_format="marked")
    assert written == 2
    assert sorted(file.name for file in out.iterdir()) == ["last.txt", "visit.txt"]
    told = [str(fault) for fault in faults]
    assert len(told) == 3
    assert told[0] == f"{source}: visit: the id stands twice; only the first article is taken"
    assert told[1].startswith(f"{source}:5: Invalid JSON")
    assert told[2].startswith(f"{source}: nested: marked: 'June 2' at 3 overlaps another span")


def test_an_unknown_target_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="xml: no gold format"):
        convert(tmp_path / "none", tmp_path / "out", target_format="xml")
