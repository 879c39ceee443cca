"""Relations by value."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given

from pipeline.evaluate import relations
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import LayerScore, Prediction
from pipeline.evaluate.normal import norm, tokens
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord
from tests.golds import articles, span, visit


def gold_with(**fields: Any) -> GoldArticle:
    return GoldArticle.model_validate(visit().model_dump(mode="json") | fields)


def counts(score: LayerScore, part: str = "") -> tuple[float, ...]:
    return tuple(score.tally[f"relations{part}.{key}"] for key in ("right", "predicted", "found", "gold"))


def document(gold: GoldArticle) -> dict[str, Any]:
    found = prediction_of(gold).document
    assert found is not None
    return found.model_dump(mode="json")


def predicting(values: dict[str, Any]) -> Prediction:
    return Prediction("visit", DocumentRecord.model_validate(values))


def ident(values: dict[str, Any], name: str) -> str:
    return next(str(e["entity"]) for e in values["entities"] if e["name"] == name)


def relation(values: dict[str, Any], type_: str, subject: str, object_: str, title: str | None = None) -> None:
    ends = {"subject": ident(values, subject), "object": ident(values, object_)}
    mention = span(visit().text, "Kenya")
    values["relations"].append({"type": type_, **ends, "title": title, "mention": mention, "confidence": 1})


def test_perfect_predictions_are_right() -> None:
    score = relations.score(visit(), prediction_of(visit()))
    assert counts(score) == (3, 3, 3, 3)
    assert counts(score, "@holds_position") == (2, 2, 2, 2)
    assert counts(score, "@located_in") == (1, 1, 1, 1)
    assert counts(score, "@represents") == (0, 0, 0, 0)
    assert score.differences == ()


def test_no_predictions_find_nothing() -> None:
    score = relations.score(visit(), Prediction("visit", None))
    assert counts(score) == (0, 0, 0, 3)
    [difference] = score.differences
    assert (difference.kind, difference.gold) == ("missed", "KEN:Nairobi located_in KEN")
    assert (difference.start, difference.end) == (82, 89)


@pytest.mark.parametrize(
    ("title", "right"),
    [("deputy minister, foreign", 1), ("Foreign Minister", 1), ("Minister", 0), ("Deputy Speaker", 0)],
)
def test_titles_agree_by_most_of_their_words(title: str, right: int) -> None:
    values = document(visit())
    values["relations"] = []
    relation(values, "holds_position", "Yalchin Rafiyev", "Azerbaijan", title)
    assert counts(relations.score(visit(), predicting(values)), "@holds_position") == (right, 1, right, 2)


def test_equal_titles_are_paired_first() -> None:
    two = [
        {"type": "holds_position", "subject": "rafiyev", "object": "AZE", "title": title}
        for title in ("Deputy Foreign Minister", "Foreign Minister")
    ]
    values = document(visit())
    values["relations"] = []
    for title in ("Foreign Minister", "Zonal Deputy Foreign Minister Delegate"):
        relation(values, "holds_position", "Yalchin Rafiyev", "Azerbaijan", title)
    gold = gold_with(relations=two, annotates=["holds_position"])
    assert counts(relations.score(gold, predicting(values))) == (2, 2, 2, 2)
    del values["relations"][1]
    assert counts(relations.score(gold, predicting(values))) == (1, 1, 1, 2)


def test_a_city_in_another_country_is_missed_and_extra() -> None:
    values = document(visit())
    [located] = [r for r in values["relations"] if r["type"] == "located_in"]
    located["object"] = ident(values, "Azerbaijan")
    score = relations.score(visit(), predicting(values))
    assert counts(score, "@located_in") == (0, 1, 0, 1)
    assert [(d.kind, d.gold or d.predicted) for d in score.differences] == [
        ("missed", "KEN:Nairobi located_in KEN"),
        ("extra", "KEN:Nairobi located_in AZE"),
    ]


def test_what_the_labels_do_not_tell_is_not_judged() -> None:
    gold = gold_with(annotates=["GPE", "ORG"])
    values = document(visit())
    relation(values, "located_in", "United Nations", "Kenya")
    relation(values, "part_of", "United Nations", "Kenya")
    relation(values, "represents", "Musalia Mudavadi", "Kenya")
    assert counts(relations.score(gold, predicting(values))) == (1, 1, 1, 1)
    assert counts(relations.score(visit(), predicting(values))) == (3, 6, 3, 3)
    assert relations.score(gold_with(annotates=["PER"]), predicting(values)).tally == {}


def test_a_relation_that_is_listed_though_its_type_is_not_complete_is_left_out() -> None:
    stated = [{"type": "part_of", "subject": "mfa", "object": "KEN"}]
    ministry = {"key": "mfa", "kind": "organization", "name": "Foreign Ministry", "country": "AZE"}
    entities = [*visit().model_dump(mode="json")["entities"], ministry]
    for annotates, expected in ((["ORG"], (1, 1, 1, 1)), (["part_of"], (2, 2, 2, 2))):
        gold = gold_with(entities=entities, relations=stated, annotates=annotates)
        assert counts(relations.score(gold, prediction_of(gold)), "@part_of") == expected


def test_an_organisation_belongs_to_its_country() -> None:
    ministries = [
        {"key": key, "kind": "organization", "name": "Foreign Ministry", "country": country}
        for key, country in (("mfa-aze", "AZE"), ("mfa-ken", "KEN"))
    ]
    people = [entity for entity in visit().model_dump(mode="json")["entities"] if entity["kind"] == "person"]
    mentions = [m for m in visit().model_dump(mode="json")["mentions"] if m["label"] != "ORG"]
    gold = gold_with(entities=[*people, *ministries], mentions=mentions, events=[], annotates=["ORG"])
    assert counts(relations.score(gold, prediction_of(gold)), "@part_of") == (2, 2, 2, 2)
    values = document(gold)
    next(r for r in values["relations"] if r["object"] == ident(values, "Kenya") and r["type"] == "part_of")[
        "object"
    ] = ident(values, "Azerbaijan")
    assert counts(relations.score(gold, predicting(values)), "@part_of") == (1, 2, 1, 2)


def test_meeting_has_no_direction() -> None:
    met = [{"type": "met_with", "subject": "rafiyev", "object": "mudavadi"}]
    gold = gold_with(relations=met, annotates=["met_with"])
    values = document(visit())
    values["relations"] = []
    relation(values, "met_with", "Musalia Mudavadi", "Yalchin Rafiyev")
    assert counts(relations.score(gold, predicting(values)), "@met_with") == (1, 1, 1, 1)


def test_an_office_of_unknown_giver_is_left_out() -> None:
    posts = [r for r in visit().model_dump(mode="json")["relations"] if r["type"] == "holds_position"]
    gold = gold_with(relations=[posts[0] | {"object": None}, posts[1]])
    assert counts(relations.score(gold, prediction_of(visit())), "@holds_position") == (1, 1, 1, 1)


@given(articles())
def test_perfect_predictions_of_anything_are_right(gold: GoldArticle) -> None:
    names = [norm(name) for entity in gold.entities for name in (entity.name, *entity.aliases)]
    said = [norm(mention.text) for mention in gold.mentions]
    assume(all(names) and len({*names, *said}) == len(names) + len(said))
    assume(all(tokens(r.title or "x") and tokens(r.object or "x") for r in gold.relations))
    score = relations.score(gold, prediction_of(gold))
    if score.tally:
        right, predicted, found, wanted = counts(score)
        assert right == predicted == found == wanted
