"""gold/1 files: every article comes back, every fault is told with its line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.gold import json_lines
from pipeline.gold.model import GoldArticle
from pipeline.gold.problems import Problem
from tests.golds import articles, visit

GOLD = visit().model_dump_json()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(golds=st.lists(articles(overlapping=True), max_size=3), name=st.sampled_from(("gold.jsonl", "gold.jsonl.gz")))
def test_round_trip(tmp_path: Path, golds: list[GoldArticle], name: str) -> None:
    json_lines.write(golds, tmp_path / name)
    assert list(json_lines.read(tmp_path / name)) == golds


def test_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.jsonl.gz", "b.jsonl.gz"):
        json_lines.write([visit()], tmp_path / name)
    inner = [gzip.decompress((tmp_path / name).read_bytes()) for name in ("a.jsonl.gz", "b.jsonl.gz")]
    assert inner[0] == inner[1] == GOLD.encode() + b"\n"


def test_a_broken_line_loses_no_other(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    wrong = json.dumps(json.loads(GOLD) | {"id": "bad", "cited": None})
    file.write_text(f"{GOLD}\n\n{{\n[1]\n{wrong}\n{GOLD}", encoding="utf-8")
    found = list(json_lines.numbered(file))
    assert [(line, item.id) for line, item in found if isinstance(item, GoldArticle)] == [(1, "visit"), (6, "visit")]
    faults = [item for _, item in found if isinstance(item, Problem)]
    assert [(fault.line, fault.article) for fault in faults] == [(3, None), (4, None), (5, "bad")]
    assert faults[0].message == "Invalid JSON: EOF while parsing an object at byte 1"
    assert str(faults[2]) == f"{file}:5: bad: cited: Input should be a valid array"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(GOLD, encoding="utf-8-sig")
    assert list(json_lines.read(tmp_path / "gold.jsonl")) == [visit()]


def test_a_damaged_file_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl.gz").write_bytes(gzip.compress(GOLD.encode())[:-20])
    with pytest.raises(InputError, match="damaged"):
        list(json_lines.read(tmp_path / "gold.jsonl.gz"))
    with pytest.raises(InputError, match="cannot be read"):
        list(json_lines.read(tmp_path / "none.jsonl"))
