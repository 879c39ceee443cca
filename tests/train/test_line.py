"""Labelled articles along the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.train.line import read_until


def test_the_stages_before_the_one_named_have_run(labelled: Path) -> None:
    found = read_until("resolve", [labelled])
    assert len(found) == 5
    for item, document in found:
        assert document.article == item.article
        assert document.article.doc_id == item.label["id"]
        assert document.mentions
        assert not document.entities


def test_a_folder_without_labels_stops_the_training(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no <id>"):
        read_until("resolve", [tmp_path])


def test_an_article_that_the_line_rejects_stops_the_training(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("   ")
    (tmp_path / "a.yaml").write_text("id: a\npublished: null\n")
    with pytest.raises(SystemExit, match=r"^a: "):
        read_until("resolve", [tmp_path])
