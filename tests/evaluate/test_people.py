"""People and positions counted, and what differs."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from pipeline.evaluate.model import LayerScore, Prediction
from pipeline.evaluate.names import GoldNames
from pipeline.evaluate.people import score_people, score_positions
from pipeline.gold.model import GoldArticle
from tests.evaluate.planting import Lines, Mistake, gold_with, planted
from tests.golds import articles, visit


def people(gold: GoldArticle, *mistakes: Mistake) -> LayerScore:
    return score_people(gold, planted(gold, *mistakes), GoldNames(gold))


def positions(gold: GoldArticle, *mistakes: Mistake) -> LayerScore:
    return score_positions(gold, planted(gold, *mistakes), GoldNames(gold))


def counts(score: LayerScore, name: str) -> tuple[float, ...]:
    return tuple(score.tally[f"{name}.{count}"] for count in ("right", "predicted", "gold"))


def person(number: int, name: str, *mentions: dict[str, Any]) -> dict[str, Any]:
    return {
        "entity": f"ent_{number:016x}",
        "kind": "person",
        "name": name,
        "country": None,
        "mentions": list(mentions),
    }


def adding(*entities: dict[str, Any]) -> Mistake:
    return lambda document, _: document["entities"].extend(entities)


def held(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [relation for relation in document["relations"] if relation["type"] == "holds_position"]


def with_byline() -> GoldArticle:
    entities = visit().model_dump(mode="json")["entities"]
    return gold_with(entities=[*entities, {"key": "byline", "kind": "person", "name": "Ada Quill"}])


def test_perfect() -> None:
    assert counts(people(visit()), "people") == (2, 2, 2)
    assert counts(positions(visit()), "positions") == (2, 2, 2)
    assert people(visit()).differences == positions(visit()).differences == ()


def test_bylines_may_be_predicted_or_not() -> None:
    assert counts(people(with_byline()), "people") == (2, 2, 2)
    assert counts(people(with_byline(), lambda document, _: document["entities"].pop(2) and None), "people") == (
        2,
        2,
        2,
    )


def test_a_person_told_twice_is_right_once() -> None:
    score = people(visit(), adding(person(1, "Mudavadi Musalia")))
    assert counts(score, "people") == (2, 3, 2)
    [difference] = score.differences
    assert (difference.kind, difference.predicted, difference.start) == ("extra", "Mudavadi Musalia", None)


def test_an_invented_person() -> None:
    here = {"text": "Kenya", "start": 72, "end": 77}
    score = people(visit(), adding(person(1, "Kenya Rift", here)))
    assert counts(score, "people") == (2, 3, 2)
    [difference] = score.differences
    assert (difference.kind, difference.predicted, difference.start, difference.end) == ("extra", "Kenya Rift", 72, 77)


def test_a_missed_person() -> None:
    score = people(visit(), lambda document, _: document["entities"].pop(0) and None)
    assert counts(score, "people") == (1, 1, 2)
    [difference] = score.differences
    assert (difference.kind, difference.gold) == ("missed", "Yalchin Rafiyev")
    assert visit().text[difference.start : difference.end] == "Yalchin Rafiyev"


def test_titles_and_givers_need_most_of_their_words() -> None:
    def near(document: dict[str, Any], _: Lines) -> None:
        held(document)[0]["title"] = "Deputy Minister of Foreign Affairs"

    assert counts(positions(visit(), near), "positions") == (2, 2, 2)

    def of_another(document: dict[str, Any], _: Lines) -> None:
        held(document)[0]["object"] = held(document)[1]["object"]

    score = positions(visit(), of_another)
    assert counts(score, "positions") == (1, 2, 2)
    [difference] = score.differences
    assert difference.kind == "wrong"
    assert difference.gold == "Yalchin Rafiyev: Deputy Foreign Minister, AZE"
    assert difference.predicted == "Yalchin Rafiyev: Deputy Foreign Minister, KEN"
    assert visit().text[difference.start : difference.end] == "Deputy Foreign Minister"


def test_one_prediction_is_right_once() -> None:
    relations = visit().model_dump(mode="json")["relations"]
    gold = gold_with(relations=[*relations, {**relations[0], "title": "Deputy Foreign Minister Emeritus"}])

    def last_is_lost(document: dict[str, Any], _: Lines) -> None:
        document["relations"].remove(held(document)[2])

    assert counts(positions(gold), "positions") == (3, 3, 3)
    score = positions(gold, last_is_lost)
    assert counts(score, "positions") == (2, 2, 3)
    assert [d.kind for d in score.differences] == ["missed"]


def test_an_office_of_nobody_known() -> None:
    def estranged(document: dict[str, Any], _: Lines) -> None:
        held(document)[0]["subject"] = f"ent_{'9' * 16}"

    score = positions(visit(), estranged)
    assert counts(score, "positions") == (1, 2, 2)
    assert sorted(d.kind for d in score.differences) == ["extra", "missed"]


def test_no_document() -> None:
    nothing = Prediction("visit", None)
    assert counts(score_people(visit(), nothing, GoldNames(visit())), "people") == (0, 0, 2)
    assert counts(score_positions(visit(), nothing, GoldNames(visit())), "positions") == (0, 0, 2)


@given(articles())
def test_a_difference_for_every_mistake(gold: GoldArticle) -> None:
    def half(document: dict[str, Any], _: Lines) -> None:
        document["relations"] = document["relations"][::2]
        document["entities"] = [*document["entities"][1:], person(1, "Zed"), person(2, "Zed")]

    for name, score in (("people", people(gold, half)), ("positions", positions(gold, half))):
        right, predicted, wanted = counts(score, name)
        kinds = [difference.kind for difference in score.differences]
        assert kinds.count("missed") + kinds.count("wrong") == wanted - right
        assert kinds.count("extra") + kinds.count("wrong") == predicted - right
