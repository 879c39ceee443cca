"""The records of a perfect system keep the output contract and say what the labels say."""

from __future__ import annotations

from hypothesis import given

from pipeline.evaluate.from_gold import prediction_of
from pipeline.gold.model import GoldArticle
from pipeline.record import DocumentRecord, EventRecord
from tests.evaluate.planting import dev, gold_with
from tests.golds import articles, span, visit


def document(gold: GoldArticle) -> DocumentRecord:
    found = prediction_of(gold).document
    assert found is not None
    return found


@given(articles(overlapping=True))
def test_any_article(gold: GoldArticle) -> None:
    prediction = prediction_of(gold)
    assert len(prediction.events) == len(gold.events)
    found = document(gold)
    assert DocumentRecord.model_validate_json(found.model_dump_json(), strict=True) == found
    ids = [entity.entity for entity in found.entities]
    assert len(ids) == len(set(ids))
    for event in prediction.events:
        assert EventRecord.model_validate_json(event.model_dump_json(), strict=True) == event
        assert {who.entity for who in (*event.actors, *event.recipients)} <= set(ids)
    for relation in found.relations:
        assert {relation.subject, relation.object} <= set(ids)
    for place in (m for entity in found.entities for m in entity.mentions):
        assert gold.text[place.start : place.end] == place.text


def test_the_visit() -> None:
    prediction = prediction_of(visit())
    entities = {e.name: e for e in document(visit()).entities}
    assert {name: e.kind for name, e in entities.items()} == {
        "Yalchin Rafiyev": "person",
        "Musalia Mudavadi": "person",
        "United Nations": "organization",
        "Azerbaijan": "country",
        "Kenya": "country",
        "Nairobi": "city",
    }
    assert [m.text for m in entities["Yalchin Rafiyev"].mentions] == ["Yalchin Rafiyev", "Rafiyev"]
    relations = [(r.type, r.title, r.mention.text) for r in document(visit()).relations]
    assert relations == [
        ("holds_position", "Deputy Foreign Minister", "Deputy Foreign Minister"),
        ("holds_position", "Prime Cabinet Secretary", "Prime Cabinet Secretary"),
        ("located_in", None, "Nairobi"),
    ]
    travel, meeting, praise = prediction.events
    assert [(p.name, p.kind, p.country) for p in travel.recipients] == [("Kenya", "country", "KEN")]
    assert [p.country for p in meeting.actors] == ["KEN", "AZE"]
    assert str(travel.date.start) == "2025-06-02"
    assert praise.date.start is None
    assert travel.trigger.text == "visited"
    assert {event.confidence for event in prediction.events} == {1.0}


def test_states_without_a_mention() -> None:
    events = visit().model_dump(mode="json")["events"]
    events[0]["recipients"] = ["FRA"]
    found = prediction_of(gold_with(events=events, cited=["FRA", "a source"]))
    [france] = found.events[0].recipients
    assert (france.name, france.kind, france.country, france.mentions) == ("FRA", "country", "FRA", [])
    assert found.events[0].source.cited == ["FRA", "a source"]


def test_adjectives_are_mentions_of_the_country() -> None:
    text = "Kenyan talks. Kenya won."
    mentions = [
        {"label": "NORP", **span(text, "Kenyan"), "entities": ["KEN"]},
        {"label": "GPE", **span(text, "Kenya", 1), "entities": ["KEN"]},
    ]
    gold = gold_with(text=text, mentions=mentions, events=[], entities=[], relations=[])
    [kenya] = document(gold).entities
    assert (kenya.name, [m.text for m in kenya.mentions]) == ("Kenya", ["Kenyan", "Kenya"])


def test_what_records_cannot_say_is_left_out() -> None:
    relation = {"type": "holds_position", "subject": "un", "object": None, "title": "historian"}
    mentions = visit().model_dump(mode="json")["mentions"]
    mentions[0]["value"] = "2025-02-30"
    events = visit().model_dump(mode="json")["events"]
    events[0]["date"] = "2025-02-30"
    gold = gold_with(relations=[relation], mentions=mentions, events=events)
    assert [r.type for r in document(gold).relations] == ["located_in"]
    assert document(gold).dates == []
    assert prediction_of(gold).events[0].date.start is None


def test_an_office_stands_where_its_own_words_do() -> None:
    relations = [
        {"type": "holds_position", "subject": "rafiyev", "object": "AZE", "title": title}
        for title in ("Kenya", "Deputy Foreign Minister", "Envoy")
    ]
    mentions = visit().model_dump(mode="json")["mentions"]
    mentions[4] = {"label": "TITLE", **span(visit().text, "Kenya"), "entities": ["rafiyev"]}
    first, second, third, *_ = document(gold_with(relations=relations, mentions=mentions)).relations
    assert [first.mention.text, second.mention.text] == ["Kenya", "Deputy Foreign Minister"]
    assert third.mention == second.mention


def test_the_office_of_an_organisation() -> None:
    relations = [{"type": "holds_position", "subject": "rafiyev", "object": "un", "title": "Envoy"}]
    gold = gold_with(relations=relations)
    [post] = prediction_of(gold).events[0].actors[0].positions
    assert (post.title, post.of) == ("Envoy", "United Nations")
    assert prediction_of(gold).events[0].actors[0].country is None


def test_organisations_are_part_of_their_country() -> None:
    entities = visit().model_dump(mode="json")["entities"]
    entities[2]["country"] = "CHE"
    found = document(gold_with(entities=entities))
    names = {entity.entity: entity.name for entity in found.entities}
    assert ("United Nations", "CHE") in [(names[r.subject], names[r.object]) for r in found.relations]


def test_the_same_ids_every_time_and_others_for_other_articles() -> None:
    for gold in dev()[:3]:
        assert prediction_of(gold) == prediction_of(gold)
    here, there = (document(gold).entities[0].entity for gold in (visit(), gold_with(id="another")))
    assert here != there
