"""The gold format: what it accepts, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from pipeline.gold.model import GoldArticle
from pipeline.record import json_schema
from tests.golds import articles, visit


def changed(**values: Any) -> dict[str, Any]:
    return visit().model_dump(mode="json") | values


def mention(**values: Any) -> dict[str, Any]:
    text = visit().text
    start = text.index("Kenya")
    return changed(mentions=[{"label": "GPE", "start": start, "end": start + 5, "text": "Kenya"} | values])


def event(**values: Any) -> dict[str, Any]:
    return changed(events=[visit().events[0].model_dump(mode="json") | values])


@given(articles(overlapping=True))
def test_any_article_survives_json(article: GoldArticle) -> None:
    assert GoldArticle.model_validate_json(article.model_dump_json(), strict=True) == article


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (mention(start=0, end=5), "is 'On Ju' in the text, not 'Kenya'"),
        (mention(end=9), "must be the length of text"),
        (mention(value="2025"), "a GPE has no value"),
        (mention(label="XYZ"), "Input should be 'PER'"),
        (event(mode="handshake"), "CONSULT has no mode 'handshake'"),
        (event(type="AGREE"), "AGREE has no mode 'visit'"),
        (event(actors=[]), "at least 1 item"),
        (event(triggers=[]), "at least 1 item"),
        (event(date="2 June 2025"), "should match pattern"),
        (event(place={"city": None, "country": "Kenya", "facility": None}), "should match pattern"),
        (changed(relations=[{"type": "part_of", "subject": "un", "object": "KEN", "title": "x"}]), "has a title"),
        (changed(note="x"), "Extra inputs"),
        (changed(format="gold/2"), "Input should be 'gold/1'"),
    ],
)
def test_refuses(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        GoldArticle.model_validate(values)


def test_order_that_means_nothing_is_sorted() -> None:
    article = GoldArticle.model_validate(event(actors=["un", "rafiyev", "un"], contexts=["military", "economic"]))
    assert article.events[0].actors == ["rafiyev", "un"]
    assert article.events[0].contexts == ["economic", "military"]


def test_schema_requires_what_a_line_always_has() -> None:
    schema = json_schema(GoldArticle, mode="validation")
    assert {"id", "text", "entities", "mentions", "relations", "events"} <= set(schema["required"])
    assert schema["$schema"].endswith("2020-12/schema")
