"""The events of whole articles: how many, when, where, and how sure."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.config import DetectSettings
from pipeline.events.assemble import Assemble, candidates
from pipeline.record import EventRecord
from tests.models import read, told

PETROVA = "Bulgarian Foreign Minister Elena Petrova"
MEETING = "CONSULT", "meeting"


def events(text: str) -> tuple[EventRecord, ...]:
    """Articles of 4 June 2025, a Wednesday."""
    return read(text).events


def when_and_where(event: EventRecord) -> tuple[str, str | None, str | None]:
    return str(event.date.start), event.place.city, event.place.country


def test_a_meeting_told_four_times_is_one_event() -> None:
    [event] = events(
        f"{PETROVA} met with her Kenyan counterpart David Kamau in Nairobi on Monday.\n\n"
        "During the meeting, the sides discussed trade. The meeting between Petrova and Kamau lasted two hours. "
        "At the end of the talks the two ministers took a walk."
    )
    assert told(event) == (*MEETING, ["David Kamau", "Elena Petrova"], [])
    assert when_and_where(event) == ("2025-06-02", "Nairobi", "KEN")
    assert len(event.evidence) >= 3


def test_a_headline_and_its_story_are_one_event() -> None:
    [event] = events(
        "Bulgaria and Kenya sign memorandum\n\n"
        f"{PETROVA} and Kenyan President David Kamau signed a memorandum in Nairobi on Monday."
    )
    assert told(event) == ("SUPPORT", "sign", ["David Kamau", "Elena Petrova"], [])
    assert event.trigger.text == "signed"


def test_a_visit_and_its_meetings_are_an_event_each_and_share_the_city() -> None:
    found = events(
        f"{PETROVA} arrived in Nairobi on an official visit on Monday.\n\n"
        "During the visit she met with Kenyan President David Kamau. "
        "On Tuesday, Petrova held talks with Prime Cabinet Secretary Joseph Otieno."
    )
    assert [told(event) for event in found] == [
        ("CONSULT", "visit", ["Elena Petrova"], ["Kenya"]),
        (*MEETING, ["David Kamau", "Elena Petrova"], []),
        (*MEETING, ["Elena Petrova", "Joseph Otieno"], []),
    ]
    assert [when_and_where(event) for event in found] == [
        ("2025-06-02", "Nairobi", "KEN"),
        ("2025-06-02", "Nairobi", "KEN"),
        ("2025-06-03", "Nairobi", "KEN"),
    ]


def test_a_day_and_a_country_hold_until_others_are_named() -> None:
    found = events(
        "On June 2, Carlos Mendoza met Elena Petrova in Vienna. Mendoza thanked Petrova for the invitation.\n\n"
        "On June 3, Mendoza met Paul Martin in Paris."
    )
    assert [(event.type, *when_and_where(event)) for event in found] == [
        ("CONSULT", "2025-06-02", "Vienna", "AUT"),
        ("SUPPORT", "2025-06-02", "Vienna", "AUT"),
        ("CONSULT", "2025-06-03", "Paris", "FRA"),
    ]


def test_meetings_of_a_visit_are_in_its_country() -> None:
    found = events(
        f"On June 2, {PETROVA} began a visit to Kenya. In Nairobi, she met with President David Kamau. "
        "Later, Petrova met with Prime Minister Joseph Otieno."
    )
    assert [(event.mode, str(event.date.start), event.place.country) for event in found] == [
        ("visit", "2025-06-02", "KEN"),
        ("meeting", "2025-06-02", "KEN"),
        ("meeting", "2025-06-02", "KEN"),
    ]


def test_a_signing_takes_the_day_and_the_place_of_its_meeting() -> None:
    meeting, signing = events(
        "Kenya's Foreign Minister David Kamau met his Ugandan counterpart Joseph Okello in Kampala on June 2, 2025. "
        "They signed a memorandum of understanding."
    )
    assert told(signing) == ("SUPPORT", "sign", ["David Kamau", "Joseph Okello"], [])
    assert when_and_where(signing) == when_and_where(meeting) == ("2025-06-02", "Kampala", "UGA")


def test_a_tour_is_a_visit_to_each_country() -> None:
    found = events("Spanish Foreign Minister Carlos Mendoza visited Kenya, Uganda and Rwanda on June 1-5.")
    assert [told(event) for event in found] == [
        ("CONSULT", "visit", ["Carlos Mendoza"], [country]) for country in ("Kenya", "Uganda", "Rwanda")
    ]
    assert [event.place.country for event in found] == ["KEN", "UGA", "RWA"]
    assert {(event.date.start, event.date.end) for event in found} == {(dt.date(2025, 6, 1), dt.date(2025, 6, 5))}


def test_two_meetings_of_the_same_people_are_two_events() -> None:
    found = events(
        "Elena Petrova met David Kamau in Nairobi on June 2. Elena Petrova will meet David Kamau in Vienna on June 20."
    )
    assert [(event.status, *when_and_where(event)) for event in found] == [
        ("occurred", "2025-06-02", "Nairobi", "KEN"),
        ("planned", "2025-06-20", "Vienna", "AUT"),
    ]


def test_what_was_called_off_is_kept_as_such() -> None:
    visit, meeting = events(
        "Norway's Foreign Minister Ann Lee cancelled her visit to Oman. "
        "Lee was to meet Omani Foreign Minister Karim Haddad on June 10."
    )
    assert (told(visit), visit.status) == (("CONSULT", "visit", ["Ann Lee"], ["Oman"]), "cancelled")
    assert (told(meeting), meeting.status) == ((*MEETING, ["Ann Lee", "Karim Haddad"], []), "planned")


def test_fresh_news_without_a_date_took_place_when_it_was_published() -> None:
    [event] = events("Elena Petrova met Carlos Mendoza in Vienna.")
    assert (str(event.date.start), event.date.basis) == ("2025-06-04", "publication")


def test_without_a_publication_day_nothing_is_made_up() -> None:
    [event] = read("Elena Petrova met Carlos Mendoza in Vienna.", published=None).events
    assert (event.date.start, event.date.basis) == (None, "none")


def test_wishes_and_subjects_of_talk_are_no_events() -> None:
    [event] = events(
        "Elena Petrova met Carlos Mendoza in Vienna.\n\nPetrova expressed hope that the relations would develop and "
        "stressed the importance of regular meetings. She said she was looking forward to further cooperation."
    )
    assert told(event) == (*MEETING, ["Carlos Mendoza", "Elena Petrova"], [])


ARTICLE = (
    f"{PETROVA} met with Kenyan President David Kamau in Nairobi on Monday. Peru may send troops. "
    "Petrova wants a meeting with Chile. Kenya is said to have protested."
)


@pytest.mark.parametrize("least", [0.0, 0.5, 1.0])
def test_the_threshold_is_what_the_settings_say(least: float) -> None:
    document = read(ARTICLE).trace
    drafted = [candidate.event for candidate in candidates(document)]
    assert drafted
    [kept] = Assemble(DetectSettings(min_confidence=least))([document])
    assert list(kept.events) == [event for event in drafted if event.confidence >= least]


def test_no_draft_is_without_an_actor_and_no_visit_without_a_country() -> None:
    for candidate in candidates(read(ARTICLE).trace):
        assert candidate.event.actors
        assert candidate.event.recipients or candidate.event.mode != "visit"
        assert 0 < candidate.event.confidence < 1
