"""Which mentions of a text speak of one event."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from pipeline.document import Article, Document, Entity, EventDate, EventMention, Place, Relation, Span
from pipeline.events import merge as module
from pipeline.events.merge import Draft, World

PEOPLE = {"ann": "NOR", "bo": "NOR", "karim": "OMN", "david": "KEN"}


def document(*mentions: EventMention, relations: tuple[Relation, ...] = ()) -> Document:
    """A document with four people, two states and Norway's ministry; mention n stands at token 10 n."""
    entities = [Entity(key, "person", key.title(), (), country=country) for key, country in PEOPLE.items()]
    entities += [Entity(code, "country", code, (), country=code) for code in ("NOR", "OMN", "KEN")]
    entities.append(Entity("ministry", "organization", "Ministry of Foreign Affairs", (), country="NOR"))
    entities.append(Entity("bank", "organization", "Fjord Bank", (), country="NOR"))
    return Document(Article("a", "text"), entities=tuple(entities), relations=relations, event_mentions=tuple(mentions))


def mention(*actors: str, at: int = 0, to: str = "", word: str = "meet", **changes: object) -> EventMention:
    made = EventMention(
        tokens=(at, at + 1),
        head=at,
        span=Span(at, at + 1),
        type="CONSULT",
        mode="meeting",
        status="occurred",
        frame=f"v:{word}:CONSULT/meeting:1",
        actors=actors,
        recipients=(to,) if to else (),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def merge(made: Document) -> list[Draft]:
    return module.merge(made, World(made))


def on(day: int) -> EventDate:
    date = dt.date(2025, 6, day)
    return EventDate(date, date, "day", "explicit")


def test_the_same_people_are_one_event_whatever_their_order() -> None:
    [draft] = merge(document(mention("ann", "karim"), mention("karim", "ann"), mention("ann", "karim")))
    assert draft.mentions == [0, 1, 2]
    assert draft.actors == ["ann", "karim"]


def test_a_word_that_points_back_joins_and_brings_its_people() -> None:
    back = mention(definite=True, word="meeting", cues=frozenset({"noun"}))
    [draft] = merge(document(mention("ann", "karim"), back))
    assert draft.mentions == [0, 1]


@pytest.mark.parametrize(
    "other",
    [
        mention("ann", "david"),
        mention("ann", "karim", type="SUPPORT", mode="sign"),
        mention("ann", "karim", date=on(20)),
        mention("ann", "karim", place=Place(city="Vienna", country="AUT")),
        mention("ann", "karim", status="planned"),
        mention("ann", "karim", status="negated"),
    ],
    ids=["people", "type", "date", "place", "planned", "negated"],
)
def test_what_differs_is_another_event(other: EventMention) -> None:
    first = mention("ann", "karim", date=on(2), place=Place(city="Muscat", country="OMN"))
    assert [draft.mentions for draft in merge(document(first, other))] == [[0], [1]]


def test_a_visit_and_a_meeting_of_the_visitor_stay_apart() -> None:
    visit = mention("ann", to="OMN", mode="visit", word="visit")
    assert len(merge(document(visit, mention("ann", "karim")))) == 2


def test_visits_to_two_countries_stay_apart() -> None:
    first = mention("ann", to="OMN", mode="visit", word="visit")
    assert len(merge(document(first, replace(first, recipients=("KEN",))))) == 2


def test_the_person_stands_for_the_state_and_the_ministry() -> None:
    post = Relation("holds_position", "ann", "ministry", "Minister", Span(0, 1), 1.0)
    [draft] = merge(document(mention("ann", "NOR", "ministry", "karim", "OMN"), relations=(post,)))
    assert draft.actors == ["ann", "karim"]


def test_headlines_with_states_join_the_story_with_people() -> None:
    headline = mention("NOR", "OMN", status="planned", cues=frozenset({"headline"}))
    [draft] = merge(document(headline, mention("ann", "karim")))
    assert draft.actors == ["ann", "karim"]


def test_nobody_is_actor_and_recipient() -> None:
    [draft] = merge(document(mention("ann", to="ann", type="SUPPORT", mode="praise")))
    assert (draft.actors, draft.recipients) == (["ann"], [])


def test_mentions_of_nobody_give_no_event() -> None:
    assert merge(document(mention(), mention(definite=True))) == []


def test_every_mention_is_in_one_draft_at_most() -> None:
    pairs = [("ann", "karim"), ("bo", "david"), ("ann", "karim"), ("ann", "david"), ("karim", "ann")]
    drafts = merge(document(*(mention(*pair) for pair in pairs)))
    used = [index for draft in drafts for index in draft.mentions]
    assert sorted(used) == [0, 1, 2, 3, 4]
    assert [draft.mentions for draft in drafts] == [[0, 2, 4], [1], [3]]


def test_who_is_of_one_side() -> None:
    world = World(document())
    assert world.same_party("ann", "NOR")
    assert world.same_party("ministry", "NOR")
    assert not world.same_party("ann", "bo")
    assert not world.same_party("bank", "NOR")
    assert not world.same_party("ann", "OMN")
    assert (world.state("ann"), world.state("SWE")) == ("NOR", "SWE")
    assert (world.is_person("ann"), world.is_state("NOR"), world.is_state("SWE")) == (True, True, True)
