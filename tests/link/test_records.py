"""Records of articles as they come: every span in its place, every id where it belongs."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.build import Result
from pipeline.link.records import to_records
from pipeline.record import DocumentRecord, Source
from tests.models import WEDNESDAY, extractor, read, read_all, spans, told

STORY = (
    "Bulgarian Foreign Minister Elena Petrova arrived in Nairobi on an official visit on Monday.\n\n"
    "During the visit she met with Kenyan President David Kamau, and the two signed a memorandum on June 2, 2025. "
    '"We thank Kenya\'s people," Petrova said.\n\n'
    "The Ministry of Foreign Affairs of Bulgaria said that Petrova would visit Uganda next week."
)
DRESSED = (
    " \r\n“We met with Elena Petrova,” Carlos Mendoza said. Elena Petrova’s visit to Kenya’s capital Nairobi began on "
    "June\u00a02, 2025 😀.\r\n\r\nPetrova met with Kenyan Presi\u00addent David\u00a0Kamau\u200b — “a friend”.\r\n"
)
ODDITIES = ["\u00ad", "\u200b", "\ufeff", "\u00a0", "😀", "👩‍💻", "\r\n", "\t", "&amp;", "é", "’", "\u202e"]


def assert_sound(result: Result) -> None:
    """Everything that the output contract promises of the records of one article."""
    text, record = result.article.text, result.record
    assert record.events == [event.id for event in result.events]
    for one in (record, *result.events):
        for span in spans(one):
            assert text[span.start : span.end] == span.text
            assert span.text
        assert type(one).model_validate_json(one.model_dump_json()) == one
        assert list(json.loads(one.model_dump_json())) == [key for key in type(one).model_fields if key != "text"]
    known = Counter(entity.entity for entity in record.entities)
    named = {p.entity for event in result.events for p in (*event.actors, *event.recipients)}
    related = {key for relation in record.relations for key in (relation.subject, relation.object)}
    assert named | related <= set(known)
    for event in result.events:
        assert event.source.doc_id == record.doc_id
        assert event.source.sha256 == record.sha256
        assert any(e.start <= event.trigger.start and event.trigger.end <= e.end for e in event.evidence)


@pytest.mark.parametrize("text", [STORY, DRESSED], ids=["plain", "dressed"])
def test_the_contract(text: str) -> None:
    result = read(text)
    assert result.events
    assert_sound(result)


def test_spans_count_code_points_of_the_raw_text() -> None:
    result = read(DRESSED)
    found = {span.text for record in (result.record, *result.events) for span in spans(record)}
    assert {"June\u00a02, 2025", "David\u00a0Kamau", "Nairobi", "Elena Petrova"} <= found
    [post] = [r for r in result.record.relations if r.type == "holds_position"]
    assert (post.title, post.mention.text) == ("President", "Presi\u00addent")


@settings(max_examples=15, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(STORY)), st.sampled_from(ODDITIES)), max_size=12))
@example([(20, "\u00ad"), (60, "\r\n"), (110, "😀")])
def test_the_contract_whatever_stands_in_between(insertions: list[tuple[int, str]]) -> None:
    text = STORY
    for at, oddity in sorted(insertions, reverse=True):
        text = text[:at] + oddity + text[at:]
    assert_sound(read(text))


def test_records_are_the_same_every_time() -> None:
    first, second = read(STORY), read(STORY)
    assert (first.record, first.events) == (second.record, second.events)
    assert len({event.id for event in first.events}) == len(first.events)


def test_another_text_has_other_events() -> None:
    first, second = read(STORY), read(STORY + "\n\nIt rained in Nairobi.")
    assert not {event.id for event in first.events} & {event.id for event in second.events}


def test_two_articles_about_one_meeting_share_cluster_and_people() -> None:
    one, other = read_all(
        [
            "Bulgarian Foreign Minister Jelena Petrović met with Kenyan President David Kamau in Nairobi on June 2.",
            "Kenya's President David Kamau received the Bulgarian foreign minister, Jelena Petrovic, in Nairobi "
            "on Monday.",
        ]
    )
    [first], [second] = one.events, other.events
    assert first.cluster == second.cluster
    assert first.id != second.id
    assert {actor.entity for actor in first.actors} == {actor.entity for actor in second.actors}


def test_meetings_on_two_days_are_two_clusters() -> None:
    first, second = (
        read("Elena Petrova met David Kamau in Nairobi on May 2 and on June 2."),
        read("Elena Petrova met David Kamau in Nairobi on June 3."),
    )
    assert not {event.cluster for event in first.events} & {event.cluster for event in second.events}


def test_a_state_that_only_the_record_names_is_an_entity_without_mentions() -> None:
    result = read("French President Paul Martin arrived in Tokyo on Sunday.")
    [visit] = result.events
    assert told(visit) == ("CONSULT", "visit", ["Paul Martin"], ["Japan"])
    [japan] = visit.recipients
    assert (japan.kind, japan.country, japan.sector, japan.mentions, japan.positions) == (
        "country",
        "JPN",
        "GOV",
        [],
        [],
    )
    assert [entity.name for entity in result.record.entities if entity.entity == japan.entity] == ["Japan"]


def test_people_come_with_country_and_office() -> None:
    [event] = read("Bulgarian Foreign Minister Elena Petrova met Fatima Idris in Nairobi on Monday.").events
    petrova = next(actor for actor in event.actors if actor.name == "Elena Petrova")
    assert petrova.country == "BGR"
    assert [(position.title, position.of) for position in petrova.positions] == [("Foreign Minister", "BGR")]


def test_what_came_with_the_article_is_in_its_records() -> None:
    result = extractor()(
        STORY, published=WEDNESDAY, title="A visit", outlet="The Herald", url="https://example.org/1", doc_id="one"
    )
    sources: list[DocumentRecord | Source] = [result.record, *(event.source for event in result.events)]
    for source in sources:
        assert (source.doc_id, source.title, source.outlet) == ("one", "A visit", "The Herald")
        assert (source.url, source.published, source.language) == ("https://example.org/1", WEDNESDAY, "en")


def test_records_are_made_of_the_document_alone() -> None:
    result = read(STORY)
    again = to_records(result.trace, extractor=result.events[0].extractor)
    assert again == (result.record, result.events)
