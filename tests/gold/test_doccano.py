"""doccano JSONL: lines out and back, and files of other projects."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given

from pipeline.errors import InputError
from pipeline.gold.doccano import read, write
from pipeline.gold.labelling import labelling_config
from pipeline.gold.model import GoldArticle, MentionLabel
from pipeline.gold.problems import Problem
from pipeline.gold.read import detect
from pipeline.record import EventType
from tests.golds import VISIT_TEXT, articles, visit


def _read(lines: list[Any], folder: Path) -> tuple[list[GoldArticle], list[Problem]]:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (folder / "all.jsonl").write_text(text, encoding="utf-8")
    items = list(read(folder / "all.jsonl"))
    return [i for i in items if isinstance(i, GoldArticle)], [i for i in items if isinstance(i, Problem)]


def _line(folder: Path) -> dict[str, Any]:
    write([visit()], folder / "one.jsonl")
    found: dict[str, Any] = json.loads((folder / "one.jsonl").read_text(encoding="utf-8"))
    return found


@given(articles(overlapping=True))
def test_any_article_comes_back(article: GoldArticle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write([article, article], Path(folder) / "out.jsonl")
        assert list(read(Path(folder) / "out.jsonl")) == [article, article]


def test_the_format_is_told_from_the_file(tmp_path: Path) -> None:
    _line(tmp_path)
    assert detect(tmp_path / "one.jsonl") == "doccano"


def test_ids_that_doccano_gives_anew_do_not_matter(tmp_path: Path) -> None:
    line = _line(tmp_path)
    for entity in line["entities"]:
        entity["id"] += 4000
    for relation in line["relations"]:
        relation["from_id"] += 4000
        relation["to_id"] += 4000
    line |= {"Comments": [], "meta": {"gold": line.pop("gold")}}
    assert _read([line], tmp_path) == ([visit()], [])


def test_what_is_drawn_counts_before_the_column(tmp_path: Path) -> None:
    line = _line(tmp_path)
    moved = next(e for e in line["entities"] if VISIT_TEXT[e["start_offset"] : e["end_offset"]] == "Yalchin Rafiyev")
    moved["start_offset"] += len("Yalchin ")
    line["relations"] = [r for r in line["relations"] if r["type"] != "optional"]
    (article,), found = _read([line], tmp_path)
    assert found == []
    assert article.mentions[3].text == "Rafiyev"
    assert article.mentions[3].entities == ["rafiyev"]
    assert article.events[1].optional == []


def test_two_marks_of_one_span_keep_their_fields(tmp_path: Path) -> None:
    one = visit().events[1]
    two = one.model_copy(update={"id": "e4", "mode": "negotiation"})
    article = visit().model_copy(update={"events": [one, two]})
    write([article], tmp_path / "two.jsonl")
    assert list(read(tmp_path / "two.jsonl")) == [article]


def test_other_projects_are_read(tmp_path: Path) -> None:
    lines = [
        {"text": "Kenya met Iraq", "label": [[0, 5, "GPE"], [10, 14, "GPE"]]},
        {"id": 4, "text": "Kenya", "labels": [[0, 5, "Land"]]},
    ]
    (first, second), (warning,) = _read(lines, tmp_path)
    assert (first.id, second.id) == ("all-1", "all-2")
    assert [m.entities for m in first.mentions] == [["KEN"], ["IRQ"]]
    assert first.annotates == ["GPE"]
    assert second.mentions == []
    assert warning.line == 2
    assert "'Land'" in warning.message


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "no JSON"),
        ([], "no JSON object"),
        ({"label": []}, "no text"),
        ({"text": "Kenya"}, "neither 'entities' nor 'label'"),
        ({"text": "Kenya", "label": [[0, 5]]}, "a span needs start, end and label"),
        ({"text": "Kenya", "label": [[0, 50, "GPE"]]}, "is no span of the text"),
        ({"text": "Kenya", "label": 5}, "'label' is no list"),
        ({"text": "Kenya", "entities": [], "relations": [{"type": "actor"}]}, "a relation needs"),
        ({"text": "Kenya", "entities": [], "gold": "{"}, "'gold' is not ours"),
    ],
)
def test_a_bad_line_is_told_and_the_others_go_on(line: Any, reason: str, tmp_path: Path) -> None:
    found, (problem,) = _read([line, _line(tmp_path)], tmp_path)
    assert found == [visit()]
    assert problem.line == 1
    assert reason in problem.message


def test_missing_files_stop(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(read(tmp_path / "none.jsonl"))


def test_the_configuration_has_every_label() -> None:
    spans = [label["text"] for label in json.loads(labelling_config("doccano"))]
    assert spans == [*get_args(MentionLabel), *get_args(EventType)]
    relations = [label["text"] for label in json.loads(labelling_config("doccano-relations"))]
    assert relations == ["actor", "recipient", "optional"]
