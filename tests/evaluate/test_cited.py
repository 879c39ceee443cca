"""Cited sources."""

from __future__ import annotations

from pipeline.evaluate.cited import score_cited
from pipeline.evaluate.model import LayerScore, Prediction
from pipeline.evaluate.names import GoldNames
from tests.evaluate.planting import gold_with, planted


def score(gold_cited: list[str], predicted: list[str]) -> LayerScore:
    gold = gold_with(cited=gold_cited)
    return score_cited(gold, planted(gold, lambda document, _: document.update(cited=predicted)), GoldNames(gold))


def counts(gold_cited: list[str], predicted: list[str]) -> tuple[float, ...]:
    tally = score(gold_cited, predicted).tally
    return tuple(tally[f"cited.{count}"] for count in ("right", "predicted", "gold"))


def test_keys_codes_and_plain_names() -> None:
    assert counts(["un"], ["United Nations"]) == (1, 1, 1)
    assert counts(["KEN"], ["Kenya"]) == (1, 1, 1)
    assert counts(["FRA"], ["FRA"]) == (1, 1, 1)
    assert counts(["rafiyev"], ["Yalchin Rafiyev"]) == (1, 1, 1)
    assert counts(["Marimba News Agency"], ["the Marimba news agency"]) == (1, 1, 1)
    assert counts([], []) == (0, 0, 0)


def test_one_source_by_two_names_is_one() -> None:
    assert counts(["rafiyev"], ["Rafiyev", "Yalchin Rafiyev"]) == (1, 1, 1)


def test_mistakes() -> None:
    assert counts(["un"], ["Musalia Mudavadi", "Zither Post"]) == (0, 2, 1)
    differences = score(["un"], ["Zither Post"]).differences
    assert [(d.kind, d.gold, d.predicted) for d in differences] == [
        ("missed", "United Nations", None),
        ("extra", None, "Zither Post"),
    ]


def test_no_document() -> None:
    gold = gold_with(cited=["un"])
    tally = score_cited(gold, Prediction("visit", None), GoldNames(gold)).tally
    assert (tally["cited.right"], tally["cited.predicted"], tally["cited.gold"]) == (0, 0, 1)
