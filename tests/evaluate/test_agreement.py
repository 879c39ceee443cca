"""Agreement of two annotators."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands.gold_agree import gold_agree
from pipeline.errors import InputError, OutputError
from pipeline.evaluate.agreement import Agreement, agree
from pipeline.gold.model import GoldArticle
from tests.golds import articles, span, visit

Values = dict[str, Any]


def changed(change: Callable[[Values], None], article: GoldArticle | None = None) -> GoldArticle:
    values = (article or visit()).model_dump(mode="json")
    change(values)
    return GoldArticle.model_validate(values)


def renamed(article: GoldArticle) -> GoldArticle:
    """The article with other keys for its entities."""
    values = article.model_dump(mode="json")
    keys = {entity["key"]: f"x-{entity['key']}" for entity in values["entities"]}

    def swap(value: Any) -> Any:
        return keys.get(value, value) if isinstance(value, str) else value

    for entity in values["entities"]:
        entity["key"] = keys[entity["key"]]
    for mention in values["mentions"]:
        mention["entities"] = [swap(key) for key in mention["entities"]]
    for relation in values["relations"]:
        relation |= {end: swap(relation[end]) for end in ("subject", "object")}
    for event in values["events"]:
        event |= {role: [swap(key) for key in event[role]] for role in ("actors", "recipients", "optional")}
    values["cited"] = [swap(key) for key in values["cited"]]
    return GoldArticle.model_validate(values)


def scores(agreement: Agreement) -> dict[str, float | None]:
    return {f.name if f.part is None else f"{f.name}@{f.part}": f.value for f in agreement.figures}


def disagreeing(agreement: Agreement) -> set[str]:
    """The figures, without slices, that are below full agreement."""
    return {f.name for f in agreement.figures if f.part is None and f.value is not None and f.value < 1}


def test_the_same_labels_agree_in_everything_whatever_the_keys() -> None:
    for other in (visit(), renamed(visit())):
        agreement = agree([visit()], [other])
        assert {value for value in scores(agreement).values() if value is not None} == {1.0}
        assert {"events", "arguments", "mentions.strict", "clusters.lea", "relations"} <= {
            f.name for f in agreement.figures if f.value == 1
        }
        assert not any(f.name.startswith("calibration") for f in agreement.figures)
        assert agreement.disagreements == []
        assert (agreement.kappa.value, agreement.kappa.n) == (1, 3)
        assert (agreement.alpha.value, agreement.alpha.reason) == (None, "only one status among them")


def test_an_office_that_nobody_gives_is_the_same_for_both() -> None:
    def historian(values: Values) -> None:
        values["relations"][0] |= {"object": None, "title": "historian"}

    assert disagreeing(agree([changed(historian)], [changed(historian)])) == set()
    assert {"positions", "relations"} <= disagreeing(agree([visit()], [changed(historian)]))


def test_an_event_of_one_annotator_is_a_disagreement_only_if_it_is_core() -> None:
    def drop(values: Values) -> None:
        values["events"] = values["events"][:2]

    def drop_core(values: Values) -> None:
        values["events"] = values["events"][1:]

    less, lesser = changed(drop), changed(drop_core)
    for pair in ([visit(), less], [less, visit()]):
        agreement = agree(*([article] for article in pair))
        assert disagreeing(agreement) == set()
        assert agreement.disagreements == []
        assert agreement.kappa.n == 2
    for pair, missing in (([visit(), lesser], "b"), ([lesser, visit()], "a")):
        agreement = agree(*([article] for article in pair))
        assert scores(agreement)["events"] == pytest.approx(2 / 3)
        [found] = agreement.disagreements
        assert (found.layer, getattr(found, missing), found.start) == ("events", None, visit().text.index("visited"))
        said = found.a or found.b
        assert said == "CONSULT/visit occurred 2025-06-02 KEN [Yalchin Rafiyev → KEN] “visited”"


def test_an_event_that_one_annotator_does_not_hold_for_core_is_no_disagreement() -> None:
    def soften(values: Values) -> None:
        values["events"][1] |= {"core": False, "mode": "consultations", "status": "planned"}

    agreement = agree([visit()], [changed(soften)])
    assert disagreeing(agreement) == set()
    assert agreement.disagreements == []
    assert agreement.kappa.value is not None
    assert agreement.kappa.value < 1


def test_optional_participants_are_no_disagreement() -> None:
    def party(values: Values) -> None:
        values["events"][1] |= {"actors": ["KEN", "mudavadi", "rafiyev"], "optional": []}

    def must(values: Values) -> None:
        values["events"][1]["optional"] = []

    asked, never = changed(party), changed(must)
    for one, other, agreed in (
        (visit(), asked, True),
        (asked, visit(), True),
        (visit(), never, True),
        (asked, never, False),
    ):
        assert (scores(agree([one], [other]))["arguments"] == 1) is agreed


def test_ongoing_and_occurred_are_to_be_decided_though_no_figure_tells_them_apart() -> None:
    def go_on(values: Values) -> None:
        values["events"][1]["status"] = "ongoing"

    agreement = agree([visit()], [changed(go_on)])
    assert [(found.layer, found.differs) for found in agreement.disagreements] == [("events", ["status"])]
    assert disagreeing(agreement) == set()


def test_another_type_is_one_disagreement_and_lowers_kappa() -> None:
    def retype(values: Values) -> None:
        values["events"][1] |= {"type": "AGREE", "mode": None}

    agreement = agree([visit()], [changed(retype)])
    [found] = agreement.disagreements
    assert (found.differs, found.start) == (["type"], visit().text.index("met"))
    assert found.a is not None
    assert found.a.startswith("CONSULT/meeting")
    assert found.b is not None
    assert found.b.startswith("AGREE/-")
    assert agreement.kappa.value == pytest.approx((2 / 3 - 2 / 9) / (1 - 2 / 9))
    assert {"events", "records", "arguments"} <= disagreeing(agreement)


def test_status_has_its_alpha() -> None:
    def plan(values: Values) -> None:
        values["events"][0]["status"] = "planned"

    def deny(values: Values) -> None:
        values["events"][0]["status"] = "negated"

    agreement = agree([visit()], [changed(plan)])
    assert agreement.alpha.value == pytest.approx(1 - 5 * 2 / 10)
    assert "status" in disagreeing(agreement)
    denied = agree([visit()], [changed(deny)])
    assert (denied.alpha.n, denied.kappa.value) == (3, 1)
    assert "events" in disagreeing(denied)


def test_only_what_both_labelled_counts() -> None:
    def people(values: Values) -> None:
        values |= {"annotates": ["PER"], "events": [], "relations": []}

    agreement = agree([visit()], [changed(people)])
    assert scores(agreement)["mentions.strict@person"] == 1
    assert scores(agreement)["events"] is None
    assert (agreement.kappa.n, agreement.kappa.reason) == (0, "no event that both have")
    assert agreement.disagreements == []


def test_articles_that_one_annotator_has_are_listed() -> None:
    other = visit().model_copy(update={"id": "other"})
    agreement = agree([visit(), other], [visit()])
    assert (agreement.articles, agreement.only_a, agreement.only_b) == (["visit"], ["other"], [])
    nothing = agree([visit()], [other])
    assert (nothing.only_a, nothing.only_b) == (["visit"], ["other"])
    assert set(scores(nothing).values()) == {None}
    json.loads(nothing.model_dump_json(), parse_constant=pytest.fail)


def test_other_texts_and_articles_that_stand_twice_are_refused() -> None:
    other = visit().model_copy(update={"text": visit().text + " "})
    with pytest.raises(InputError, match="not the same text in both: visit"):
        agree([visit()], [other])
    with pytest.raises(InputError, match="visit: the second annotator has it twice"):
        agree([visit()], [visit(), visit()])


@st.composite
def two_annotators(draw: st.DrawFn) -> tuple[GoldArticle, GoldArticle]:
    """An article and what another annotator could have made of it."""
    one = draw(articles())

    def change(values: Values) -> None:
        for field in ("mentions", "relations", "events"):
            values[field] = [item for item in values[field] if draw(st.integers(0, 3))]
        for event in values["events"]:
            event["core"] = draw(st.booleans())
            everyone = [*event["actors"], *event["recipients"], *event["optional"]]
            roles = [draw(st.sampled_from(("actors", "recipients", "optional"))) for _ in everyone]
            for role in set(roles):
                event[role] = [key for key, its in zip(everyone, roles, strict=True) if its == role]
            if draw(st.booleans()):
                event |= {"type": "AID", "mode": None}
        for mention in values["mentions"]:
            if len(mention["text"]) > 1 and draw(st.booleans()):
                mention |= {"text": mention["text"][:-1], "end": mention["end"] - 1}

    other = changed(change, one)
    return one, renamed(other) if draw(st.booleans()) else other


@given(two_annotators())
def test_it_makes_no_difference_who_comes_first(both: tuple[GoldArticle, GoldArticle]) -> None:
    one, other = both
    there, back = agree([one], [other]), agree([other], [one])
    assert scores(there) == pytest.approx(scores(back), nan_ok=False)
    assert (there.kappa, there.alpha) == (back.kappa, back.alpha)
    for first, second in zip(there.figures, back.figures, strict=True):
        assert (first.precision, first.recall) == pytest.approx((second.recall, second.precision))


@given(articles())
def test_everyone_agrees_with_themselves(article: GoldArticle) -> None:
    agreement = agree([article], [article])
    assert agreement.kappa.value in (None, 1.0)
    assert agreement.alpha.value in (None, 1.0)
    assert scores(agreement).get("mentions.strict") in (None, 1.0)


def test_the_command_prints_a_summary_and_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def shorten(values: Values) -> None:
        values["mentions"][3] |= span(values["text"], "Yalchin")

    files = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for file, article in zip(files, (visit(), changed(shorten)), strict=True):
        file.write_text(article.model_dump_json() + "\n", encoding="utf-8")
    out = tmp_path / "agreement.json"
    agreement = gold_agree(*files, out=out)
    assert Agreement.model_validate_json(out.read_text(encoding="utf-8")) == agreement
    printed = capsys.readouterr().out
    for said in (
        "1 articles that both have",
        "Mentions, strict",
        "Cohen's kappa over 3 events",
        "person: Yalchin Rafiyev",
        "undefined: only one status among them",
    ):
        assert said in printed
    with pytest.raises(OutputError, match="cannot be written"):
        gold_agree(*files, out=tmp_path / "none" / "agreement.json")
