"""Labelled articles along the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.gold.write import write_gold
from pipeline.train.line import read_until
from tests.golds import bare


def test_the_stages_before_the_one_named_have_run(labelled: Path) -> None:
    found = read_until("resolve", [labelled])
    assert len(found) == 5
    for item, document in found:
        assert document.article == item.article
        assert document.article.doc_id == item.label["id"]
        assert document.mentions
        assert not document.entities


def test_a_folder_without_labels_stops_the_training(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the gold formats"):
        read_until("resolve", [tmp_path])


def test_gold_without_articles_stops_the_training(tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("[]")
    with pytest.raises(SystemExit, match="no labelled articles"):
        read_until("resolve", [tmp_path / "none.json"])


def test_an_article_that_the_line_rejects_stops_the_training(tmp_path: Path) -> None:
    write_gold([bare("a", "   ")], tmp_path, format="values")
    with pytest.raises(SystemExit, match=r"^a: "):
        read_until("resolve", [tmp_path])
