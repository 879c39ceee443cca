"""What is wrong with gold though its form is right: each fault alone, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.gold.checks import problems
from pipeline.gold.model import GoldArticle
from tests.golds import span, visit

Values = dict[str, Any]


def found(change: Callable[[Values], object]) -> list[str]:
    values = visit().model_dump(mode="json")
    change(values)
    return [str(p) for p in problems(GoldArticle.model_validate(values), file="g.jsonl", line=7)]


def test_a_good_article_has_none() -> None:
    assert found(lambda values: None) == []


def mention(values: Values, number: int, **fields: Any) -> None:
    values["mentions"][number] |= fields


def event(values: Values, number: int, **fields: Any) -> None:
    values["events"][number] |= fields


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda v: mention(v, 3, entities=["rafiyew"]), "PER 'Yalchin Rafiyev' at 48: no entity has the key rafiyew"),
        (lambda v: mention(v, 3, entities=["un"]), "PER 'Yalchin Rafiyev' at 48: un is no person"),
        (lambda v: mention(v, 11, entities=["rafiyev"]), "ORG 'United Nations' at 169: rafiyev is no organization"),
        (lambda v: mention(v, 1, entities=["AZB"]), "GPE 'Azerbaijan' at 11: AZB is neither an ISO3 code"),
        (lambda v: mention(v, 1, label="NORP", entities=["AZE:Baku"]), "NORP 'Azerbaijan' at 11: AZE:Baku is no ISO3"),
        (lambda v: mention(v, 6, entities=["he"]), "NOM 'he' at 90: he is neither an entity's key"),
        (lambda v: mention(v, 0, value="2025-02-30"), "DATE 'June 2' at 3: 2025-02-30 is in no calendar"),
        (lambda v: mention(v, 0, value="2025-06/2025-05"), "DATE 'June 2' at 3: 2025-06/2025-05 ends before"),
        (lambda v: mention(v, 5, start=81, text=" Nairobi"), "GPE ' Nairobi' at 81: a blank at the edge"),
        (lambda v: v["mentions"].append(v["mentions"][0]), "the same mention twice: DATE 'June 2' at 3"),
        (lambda v: v["entities"].append(v["entities"][2]), "entities: the key un stands twice"),
        (lambda v: v["entities"][2].update(country="UNO"), "entities.un.country: UNO is no ISO3 code"),
        (lambda v: v["events"][2].update(id="e1"), "events: the id e1 stands twice"),
        (lambda v: v["relations"][0].update(subject="un"), "relations.0 (holds_position): un is no person"),
        (lambda v: v["relations"][0].update(subject="x"), "relations.0 (holds_position): no entity has the key x"),
        (lambda v: v["relations"].append(v["relations"][0]), "the same relation twice: holds_position of rafiyev"),
        (lambda v: event(v, 0, actors=["x"]), "events.e1.actors: x is neither an entity's key nor an ISO3 code"),
        (lambda v: event(v, 0, optional=["XXX"]), "events.e1.optional: XXX is neither an entity's key"),
        (lambda v: event(v, 0, contexts=["war"]), "events.e1.contexts: no such context: war"),
        (lambda v: event(v, 0, place=v["events"][0]["place"] | {"country": "KEX"}), "events.e1.place.country: KEX"),
        (lambda v: event(v, 0, date="2025-06-31"), "events.e1.date: 2025-06-31 is in no calendar"),
        (lambda v: v["events"][0]["triggers"].extend(v["events"][0]["triggers"]), "events.e1: the same trigger twice"),
        (lambda v: event(v, 0, date=None), "warning: events.e1: the date basis is explicit, but there is no date"),
        (lambda v: event(v, 2, date="2025"), "warning: events.e3: there is a date, but the date basis is none"),
        (lambda v: event(v, 0, date_basis="publication"), "warning: events.e1: the date is the publication's, but not"),
        (lambda v: event(v, 0, recipients=["rafiyev"]), "warning: events.e1: rafiyev is both actor and recipient"),
        (lambda v: event(v, 0, optional=["KEN"]), "warning: events.e1: KEN is optional and listed"),
        (lambda v: v["relations"][0].update(object="AZB"), "warning: relations.0.object: AZB is no ISO3 code"),
        (lambda v: v["cited"].append("AZB"), "warning: cited: AZB is no ISO3 code"),
        (lambda v: mention(v, 5, entities=[]), "warning: GPE 'Nairobi' at 82: names nobody"),
        (lambda v: mention(v, 0, value=None), "warning: DATE 'June 2' at 3: has no value"),
        (lambda v: v["mentions"].pop(9), "warning: GPE 'Kenya' is not marked at 142"),
    ],
)
def test_each_fault_is_told_alone(change: Callable[[Values], object], message: str) -> None:
    told = found(change)
    assert len(told) == 1, told
    assert told[0].startswith(f"g.jsonl:7: visit: {message}"), told[0]


def test_a_person_needs_a_name_in_the_text() -> None:
    def nameless(values: Values) -> Values:
        values["entities"].append({"key": "extra", "kind": "person", "name": "Nobody"})
        return values

    assert found(nameless) == ["g.jsonl:7: visit: entities.extra: no PER mention names this person"]
    assert found(lambda v: nameless(v)["entities"][-1].update(aliases=["Nobody"])) == []
    assert found(lambda v: nameless(v)["annotates"].remove("PER")) == []


def test_names_inside_marked_ones_need_no_mark() -> None:
    def wider(values: Values) -> None:
        quote = "Secretary of Kenya"
        values["mentions"][9] = {"label": "ORG", **span(values["text"], quote), "entities": ["un"]}

    assert found(wider) == []


def test_only_what_is_labelled_completely_can_be_unmarked() -> None:
    assert found(lambda v: (v["mentions"].pop(9), v["annotates"].remove("GPE"))) == []
