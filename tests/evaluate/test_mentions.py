"""Mentions by offsets."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from pipeline.evaluate import mentions
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.model import Prediction, Tally
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord
from tests.golds import articles, span, visit

TYPES = ("person", "organization", "country", "city", "facility", "event", "date")


def counts(tally: Tally, name: str) -> tuple[float, ...]:
    return tuple(tally[f"{name}.{key}"] for key in ("right", "predicted", "found", "gold"))


def changed(gold: GoldArticle, **fields: Any) -> GoldArticle:
    return GoldArticle.model_validate(gold.model_dump(mode="json") | fields)


def document(gold: GoldArticle) -> dict[str, Any]:
    found = prediction_of(gold).document
    assert found is not None
    return found.model_dump(mode="json")


def predicting(values: dict[str, Any]) -> Prediction:
    return Prediction(values["doc_id"], DocumentRecord.model_validate(values))


def entity(values: dict[str, Any], name: str) -> dict[str, Any]:
    return next(e for e in values["entities"] if e["name"] == name)


def add_entity(values: dict[str, Any], kind: str, *mentions: dict[str, Any]) -> None:
    number = len(values["entities"])
    named = {"entity": f"ent_{number:016x}", "kind": kind, "name": mentions[0]["text"], "country": None}
    values["entities"].append(named | {"mentions": list(mentions)})


def test_perfect_predictions_are_right_in_every_type() -> None:
    score = mentions.score(visit(), prediction_of(visit()))
    assert counts(score.tally, "mentions.strict") == (9, 9, 9, 9)
    assert counts(score.tally, "mentions.partial") == (9, 9, 9, 9)
    assert counts(score.tally, "mentions.strict@person") == (3, 3, 3, 3)
    assert counts(score.tally, "mentions.strict@country") == (3, 3, 3, 3)
    assert counts(score.tally, "mentions.strict@city") == (1, 1, 1, 1)
    assert counts(score.tally, "mentions.strict@facility") == (0, 0, 0, 0)
    assert score.differences == ()


def test_no_predictions_find_nothing() -> None:
    score = mentions.score(visit(), Prediction("visit", None))
    assert counts(score.tally, "mentions.strict") == (0, 0, 0, 9)
    assert {d.kind for d in score.differences} == {"missed"}


def test_a_shifted_boundary_counts_half_in_partial_and_nothing_in_strict() -> None:
    values = document(visit())
    entity(values, "Musalia Mudavadi")["mentions"] = [span(visit().text, "Mudavadi")]
    score = mentions.score(visit(), predicting(values))
    assert counts(score.tally, "mentions.strict") == (8, 9, 8, 9)
    assert counts(score.tally, "mentions.partial") == (8.5, 9, 8.5, 9)
    assert counts(score.tally, "mentions.partial@person") == (2.5, 3, 2.5, 3)
    [difference] = score.differences
    assert (difference.kind, difference.gold, difference.predicted) == (
        "wrong", "person: Musalia Mudavadi", "person: Mudavadi",
    )  # fmt: skip
    assert (difference.start, difference.end) == (97, 113)


def test_a_wrong_type_counts_nothing_in_strict_and_only_the_whole_of_partial() -> None:
    values = document(visit())
    entity(values, "United Nations")["kind"] = "facility"
    score = mentions.score(visit(), predicting(values))
    assert counts(score.tally, "mentions.strict") == (8, 9, 8, 9)
    assert counts(score.tally, "mentions.partial") == (9, 9, 9, 9)
    assert counts(score.tally, "mentions.partial@organization") == (0, 0, 0, 1)
    assert counts(score.tally, "mentions.partial@facility") == (0, 1, 0, 0)


def test_a_split_entity_changes_no_mention() -> None:
    values = document(visit())
    add_entity(values, "person", entity(values, "Yalchin Rafiyev")["mentions"].pop())
    assert mentions.score(visit(), predicting(values)) == mentions.score(visit(), prediction_of(visit()))


def test_a_span_that_overlaps_does_not_take_the_gold_from_the_one_that_equals_it() -> None:
    values = document(visit())
    text = visit().text
    add_entity(values, "person", span(text, "Musalia"))
    for name in ("strict", "partial"):
        tally = mentions.score(visit(), predicting(values)).tally
        assert counts(tally, f"mentions.{name}") == (9, 10, 9, 9)


def test_neighbours_do_not_overlap() -> None:
    values = document(visit())
    first = entity(values, "Musalia Mudavadi")["mentions"][0]
    entity(values, "Musalia Mudavadi")["mentions"] = []
    add_entity(values, "person", {"text": ",", "start": first["end"], "end": first["end"] + 1})
    tally = mentions.score(visit(), predicting(values)).tally
    assert counts(tally, "mentions.partial") == (8, 9, 8, 9)


def test_types_whose_labels_are_incomplete_are_not_scored() -> None:
    gold = changed(visit(), annotates=["PER", "GPE"])
    tally = mentions.score(gold, prediction_of(visit())).tally
    assert {key.rpartition(".")[0].partition("@")[2] for key in tally} - {""} == {"person", "city"}
    assert counts(tally, "mentions.strict") == (4, 4, 4, 4)
    assert mentions.score(changed(visit(), annotates=["TITLE"]), prediction_of(visit())).tally == {}


def test_people_outside_positions_and_events_are_left_out() -> None:
    gold = changed(visit(), relations=[], events=[])
    nobody = Prediction("visit", DocumentRecord.model_validate(document(visit()) | {"entities": []}))
    for prediction in (prediction_of(visit()), nobody):
        assert counts(mentions.score(gold, prediction).tally, "mentions.strict@person") == (0, 0, 0, 0)
    unknown = changed(gold, annotates=["PER"])
    assert counts(mentions.score(unknown, prediction_of(visit())).tally, "mentions.strict@person") == (3, 3, 3, 3)


def test_places_of_unknown_type_are_left_out() -> None:
    values = visit().model_dump(mode="json")
    for mention in values["mentions"]:
        if mention["text"] == "Nairobi":
            mention["entities"] = []
    tally = mentions.score(GoldArticle.model_validate(values), prediction_of(visit())).tally
    assert counts(tally, "mentions.strict@city") == (0, 0, 0, 0)
    assert counts(tally, "mentions.strict") == (8, 8, 8, 8)


def test_a_page_stamp_is_left_out_and_another_date_is_not() -> None:
    values = document(visit())
    date = values["dates"][0] | {"mention": span(visit().text, "In")}
    for day, predicted in (("2025-06-03", 1), ("2025-06-04", 2)):
        stamped = values | {"dates": [*values["dates"], date | {"start": day, "end": day}]}
        tally = mentions.score(visit(), predicting(stamped)).tally
        assert counts(tally, "mentions.strict@date") == (1, predicted, 1, 1)


@given(articles(overlapping=True))
def test_perfect_predictions_of_anything_are_right(gold: GoldArticle) -> None:
    tally = mentions.score(gold, prediction_of(gold)).tally
    for type_ in TYPES:
        right, predicted, found, wanted = (tally.get(f"mentions.strict@{type_}.{k}", 0) for k in
                                           ("right", "predicted", "found", "gold"))  # fmt: skip
        assert right == predicted == found == wanted


@given(articles(), articles())
def test_nothing_counts_more_than_there_is(gold: GoldArticle, other: GoldArticle) -> None:
    tally = mentions.score(gold, prediction_of(other)).tally
    for name in {key.rpartition(".")[0] for key in tally}:
        right, predicted, found, wanted = counts(tally, name)
        assert right == found
        assert 0 <= right <= min(predicted, wanted)
