"""Label Studio: tasks out and back, and what people do to them in between."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given

from pipeline.data import table
from pipeline.errors import InputError
from pipeline.gold.checks import problems
from pipeline.gold.label_studio import read, write
from pipeline.gold.labelling import labelling_config
from pipeline.gold.model import GoldArticle, MentionLabel
from pipeline.gold.problems import Problem
from pipeline.record import MODES, EventType, Status
from tests.golds import VISIT_TEXT, articles, span, visit

Json = dict[str, Any]


def _tasks(*gold: GoldArticle, folder: Path) -> list[Json]:
    write(gold, folder / "tasks.json")
    found: list[Json] = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    return found


def _read(tasks: Any, folder: Path) -> tuple[list[GoldArticle], list[Problem]]:
    (folder / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    items = list(read(folder / "export.json"))
    return [i for i in items if isinstance(i, GoldArticle)], [i for i in items if isinstance(i, Problem)]


def _annotated(task: Json, **more: Any) -> Json:
    """The task as Label Studio exports it when somebody has accepted the pre-annotation."""
    return {
        "id": 7,
        "data": task["data"],
        "annotations": [{"id": 1, "result": task["predictions"][0]["result"], **more}],
    }


def _field(task: Json, control: str, words: str) -> Json:
    """The result of a control on the region with the words."""
    result = task["predictions"][0]["result"]
    ids = {item["id"] for item in result if item["type"] == "labels" and item["value"]["text"] == words}
    return next(item for item in result if item.get("id") in ids and item.get("from_name") == control)


def _region(quote: str, label: str, id: str, nth: int = 0) -> Json:
    place = span(VISIT_TEXT, quote, nth)
    return {"id": id, "from_name": "label", "to_name": "text", "type": "labels", "value": {**place, "labels": [label]}}


@given(articles(overlapping=True))
def test_any_article_comes_back(article: GoldArticle) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write([article, article], Path(folder) / "tasks.json")
        assert list(read(Path(folder) / "tasks.json")) == [article, article]


def test_accepted_pre_annotations_are_the_gold(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    assert _read([_annotated(task)], tmp_path) == ([visit()], [])


def test_no_articles_are_an_empty_list(tmp_path: Path) -> None:
    assert _tasks(folder=tmp_path) == []
    assert _read([], tmp_path) == ([], [])


def test_what_is_drawn_counts_before_the_head(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    _field(task, "mode_CONSULT", "met")["value"]["choices"] = ["negotiation"]
    _field(task, "date", "met")["value"]["text"] = ["2025-06"]
    _field(task, "entity", "he")["value"]["text"] = ["mudavadi"]
    result = task["predictions"][0]["result"]
    removed = next(i for i in result if i["type"] == "relation" and i["labels"] == ["optional"])
    result.remove(removed)
    (article,), found = _read([_annotated(task)], tmp_path)
    assert found == []
    event = article.events[1]
    assert (event.mode, event.date) == ("negotiation", "2025-06")
    assert len(event.optional) == 1
    assert event.actors == ["mudavadi"]  # the arrow went to "he", who is somebody else now


def test_arrows_go_to_names_rather_than_titles(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    result = task["predictions"][0]["result"]
    words = {item["id"]: item["value"]["text"] for item in result if item.get("type") == "labels"}
    arrows = [(i["labels"], words[i["from_id"]], words[i["to_id"]]) for i in result if i["type"] == "relation"]
    assert arrows[:4] == [
        (["actor"], "visited", "Yalchin Rafiyev"),
        (["recipient"], "visited", "Kenya"),
        (["actor"], "met", "Musalia Mudavadi"),
        (["actor"], "met", "he"),
    ]
    text = "President Omar met Iraq"
    title, name = ({"start": a, "end": b, "text": text[a:b], "entities": ["omar"]} for a, b in ((0, 9), (10, 14)))
    turned = visit().model_dump() | {
        "text": text,
        "entities": [{"key": "omar", "kind": "person", "name": "Omar"}],
        "relations": [],
        "mentions": [{**title, "label": "PER"}, {**name, "label": "TITLE"}],
        "events": [{**visit().events[0].model_dump(), "actors": ["omar"], "triggers": [span(text, "met")]}],
    }
    (task,) = _tasks(GoldArticle.model_validate(turned), folder=tmp_path)
    assert [i["to_id"] for i in task["predictions"][0]["result"] if i["type"] == "relation"] == ["m1"]


def test_relations_in_any_order_come_back(tmp_path: Path) -> None:
    article = visit()
    member = article.relations[0].model_copy(update={"type": "member_of", "object": "un", "title": None})
    mixed = article.model_copy(update={"relations": [article.relations[1], member, article.relations[0]]})
    (task,) = _tasks(mixed, folder=tmp_path)
    assert _read([_annotated(task)], tmp_path) == ([mixed], [])


def test_the_table_can_be_edited(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    table = next(i for i in task["predictions"][0]["result"] if i.get("from_name") == "table")
    (text,) = table["value"]["text"]
    assert "Deputy Foreign Minister" in text
    table["value"]["text"] = [text.replace("title: Deputy Foreign Minister", "title: First Deputy Minister")]
    (article,), _ = _read([_annotated(task)], tmp_path)
    assert article.relations[0].title == "First Deputy Minister"
    assert article.outlet == "Caspian Wire"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("people: {a: {name: A}, a: {name: B}}", "'a' stands twice"),
        ("people: [", " is no YAML: "),
        ("people: {a: {nam: A}}", "people.a.name: is missing"),
        ("outlet: Other", "unknown entry 'outlet'"),
    ],
)
def test_a_bad_table_is_told(table: str, reason: str, tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    next(i for i in task["predictions"][0]["result"] if i.get("from_name") == "table")["value"]["text"] = [table]
    found, (problem,) = _read([_annotated(task)], tmp_path)
    assert not found
    assert problem.article == "visit"
    assert reason in problem.message


def test_the_latest_annotation_counts(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    full = task["predictions"][0]["result"]
    task["annotations"] = [
        {"id": 1, "result": [], "updated_at": "2025-01-01T00:00:00Z"},
        {"id": 2, "result": full, "updated_at": "2025-01-03T00:00:00Z"},
        {"id": 3, "result": [], "updated_at": "2025-01-04T00:00:00Z", "was_cancelled": True},
    ]
    found, (problem,) = _read([task], tmp_path)
    assert found == [visit()]
    assert problem.warning
    assert "2 annotations: the latest is taken (2)" in problem.message


def test_what_nobody_annotated_is_no_gold(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    task["annotations"] = []
    found, (problem,) = _read([task], tmp_path)
    assert not found
    assert "nobody has annotated it" in problem.message


def test_annotations_drawn_by_hand_get_keys_and_ids(tmp_path: Path) -> None:
    result = [
        _region("Yalchin Rafiyev", "PER", "a"),
        _region("Rafiyev", "PER", "b", 1),
        _region("Kenya", "GPE", "c"),
        _region("Nairobi", "GPE", "d"),
        _region("United Nations", "ORG", "e"),
        _region("Azerbaijan", "NORP", "n"),
        _region("visited", "CONSULT", "f"),
        _region("thanked", "SUPPORT", "g"),
        _region("On", "WORD", "h"),
        {"type": "relation", "from_id": "f", "to_id": "a", "direction": "right", "labels": ["actor"]},
        {"type": "relation", "from_id": "d", "to_id": "f", "direction": "right", "labels": ["recipient"]},
        {"type": "relation", "from_id": "e", "to_id": "g", "direction": "left", "labels": ["recipient"]},
        {"type": "relation", "from_id": "g", "to_id": "b", "direction": "right", "labels": ["actor"]},
        {"type": "relation", "from_id": "g", "to_id": "b", "direction": "right"},
    ]
    task = {"id": 12, "data": {"text": VISIT_TEXT}, "annotations": [{"id": 1, "result": result}]}
    (article,), found = _read([task], tmp_path)
    assert article.id == "12"
    assert [m.entities for m in article.mentions] == [
        ["rafiyev"], ["rafiyev"], ["KEN"], ["KEN:Nairobi"], ["united-nations"], [],
    ]  # fmt: skip
    assert [(e.key, e.kind, e.name) for e in article.entities] == [
        ("rafiyev", "person", "Yalchin Rafiyev"),
        ("united-nations", "organization", "United Nations"),
    ]
    assert [(e.id, e.type, e.actors, e.recipients) for e in article.events] == [
        ("e1", "CONSULT", ["rafiyev"], ["KEN"]),
        ("e2", "SUPPORT", ["rafiyev"], ["united-nations"]),
    ]
    assert article.annotates == ["GPE", "NORP", "ORG", "PER", "events"]
    assert all(problem.warning for problem in found)
    assert any("'WORD'" in problem.message for problem in found)
    assert not [p for p in problems(article, file="") if not p.warning]


def test_a_new_mention_has_the_key_of_the_same_words(tmp_path: Path) -> None:
    (task,) = _tasks(visit(), folder=tmp_path)
    task["predictions"][0]["result"] = [
        item for item in task["predictions"][0]["result"] if item is not _field(task, "entity", "Rafiyev")
    ]
    assert _read([_annotated(task)], tmp_path) == ([visit()], [])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda t: t["data"].pop("text"), "no text in 'data.text'"),
        (lambda t: t.pop("data"), "no 'data'"),
        (lambda t: t["data"].update(gold="{}x"), "'data.gold' is no head of ours"),
        (lambda t: t["predictions"][0].update(result=7), "'result' is no list"),
        (lambda t: t["predictions"][0]["result"][0].pop("value"), "has no value"),
        (lambda t: t["predictions"][0]["result"][0]["value"].update(end=9999), "is no span of the text"),
        (lambda t: _field(t, "value", "June 2")["value"].update(text=["June"]), "mentions.0.value"),
        (lambda t: _field(t, "mode_CONSULT", "met")["value"].update(choices=["sign"]), "has no mode 'sign'"),
        (lambda t: _field(t, "date", "met")["value"].update(text=["2025", "2024"]), "two values for date"),
        (lambda t: t["predictions"].clear(), "neither 'annotations' nor 'predictions'"),
    ],
)
def test_a_bad_task_is_told_and_the_others_go_on(change: Any, reason: str, tmp_path: Path) -> None:
    bad, good = _tasks(visit(), visit(), folder=tmp_path)
    change(bad)
    found, faults = _read([bad, good], tmp_path)
    assert found == [visit()]
    assert any(reason in problem.message and not problem.warning for problem in faults)


def test_offsets_of_old_exports_are_converted(tmp_path: Path) -> None:
    text = "😀 Kenya 😀 and Iraq"
    value = {"start": 3, "end": 8, "text": "Kenya", "labels": ["GPE"]}
    new = {"start": 14, "end": 18, "text": "Iraq", "labels": ["GPE"]}
    result = [
        {"id": id, "from_name": "l", "to_name": "text", "type": "labels", "value": v}
        for id, v in (("a", value), ("b", new))
    ]
    (article,), found = _read([{"data": {"text": text}, "annotations": [{"result": result}]}], tmp_path)
    assert [m.text for m in article.mentions] == ["Kenya", "Iraq"]
    assert found == []


def test_what_is_no_json_stops(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[{", encoding="utf-8")
    with pytest.raises(InputError, match="no JSON"):
        list(read(tmp_path / "x.json"))
    with pytest.raises(InputError, match="cannot be read"):
        list(read(tmp_path / "y.json"))


def test_the_configuration_has_every_label_and_control(tmp_path: Path) -> None:
    root = ElementTree.fromstring(labelling_config("label-studio"))
    options: dict[str, set[str]] = {
        control.attrib["name"]: {option.attrib["value"] for option in control}
        for control in root.iter()
        if "name" in control.attrib
    }
    assert options["mention"] == set(get_args(MentionLabel))
    assert options["event"] == set(get_args(EventType))
    assert options["status"] == set(get_args(Status))
    assert options["contexts"] == {*table("contexts"), "diplomatic"} - {"rules"}
    assert {f"mode_{type}": set(modes) for type, modes in MODES.items()} == {
        name: values for name, values in options.items() if name.startswith("mode_")
    }
    assert {relation.attrib["value"] for relation in root.iter("Relation")} == {"actor", "recipient", "optional"}
    result = _tasks(visit(), folder=tmp_path)[0]["predictions"][0]["result"]
    assert {item["from_name"] for item in result if item["type"] != "relation"} <= set(options)


def test_unknown_configurations_are_told() -> None:
    with pytest.raises(InputError, match="there are label-studio"):
        labelling_config("conll")
