from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.articles import SEEDS, dump, recombined, shared, texts


def test_recombined_articles_are_the_same_on_every_call_and_differ() -> None:
    made = list(recombined(40))
    assert made == list(recombined(40))
    assert len(set(made)) == 40


def test_recombined_articles_hold_whole_paragraphs_of_the_seeds() -> None:
    known = {paragraph for path in SEEDS.glob("*.txt") for paragraph in path.read_bytes().decode().split("\n\n")}
    for article in recombined(10):
        assert set(article.split("\n\n")) <= known


def test_a_dump_is_read_gzipped_or_not_and_repeated_when_short(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in "ab")
    (tmp_path / "dump.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "dump.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    for name in ("dump.jsonl", "dump.jsonl.gz"):
        assert texts(tmp_path / name, 3) == ["a", "b", "a"]


def test_a_line_without_a_text_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "dump.jsonl").write_text('{"text": "a"}\n{"body": "b"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 2 has no text"):
        list(dump(tmp_path / "dump.jsonl"))


def test_shared_folder_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_SHARED", str(tmp_path))
    assert shared() == tmp_path
    monkeypatch.setenv("DRAGOMAN_SHARED", str(tmp_path / "none"))
    assert shared() is None
