"""Which events short, plain sentences report, of what type and mode, and who takes part."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

import pytest

from pipeline.build import Result
from pipeline.record import MODES, EventType
from tests.models import mentions, names, read, read_all

CASES = {
    "CONSULT visit": [
        "Foreign Minister [Elena Petrova] of Bulgaria visited {Kenya} on Monday.",
        "French President [Paul Martin] arrived in {Japan|Tokyo} on Sunday.",
        "German Chancellor [Anna Schmidt] is on an official visit to {Brazil}.",
        "Spanish Foreign Minister [Carlos Mendoza] travelled to {Morocco}.",
        "[Elena Petrova], who is visiting {Kenya}, met David Kamau.",
        "Polish President [Marek Nowak] paid a state visit to {Egypt}.",
    ],
    "CONSULT meeting": [
        "Bulgarian Foreign Minister [Elena Petrova] met with her Kenyan counterpart [David Kamau].",
        "President [Paul Martin] received Foreign Minister [Elena Petrova] on Friday.",
        "[Elena Petrova] was received by President [Paul Martin].",
        "[Elena Petrova] and [Carlos Mendoza] held talks in Vienna.",
        "A meeting between [Elena Petrova] and [Carlos Mendoza] took place in Vienna.",
        "[Elena Petrova] had a meeting with [Carlos Mendoza] and [David Kamau].",
        "[Elena Petrova], the foreign minister of Bulgaria, met [Carlos Mendoza].",
        "In Vienna, [Elena Petrova] also met [Carlos Mendoza] and [David Kamau].",
        "[Elena Petrova] met with the Secretary-General of the United Nations, [David Kamau].",
        "The talks between [Elena Petrova] and [Carlos Mendoza] lasted two hours.",
        "The [Bulgaria|Bulgarian] foreign minister met with the [Kenya|Kenyan] president.",
        "The foreign ministers of [Peru] and [Chile] met in Lima.",
        "[Elena Petrova], who is visiting Kenya, met [David Kamau].",
    ],
    "CONSULT consultations": [
        "[Peru] and [Chile] held political consultations in Lima.",
    ],
    "CONSULT multilateral": [
        "[Elena Petrova] attended a summit in Geneva.",
        "[Elena Petrova] took part in a forum in Geneva.",
        "[Elena Petrova], [Carlos Mendoza] and [David Kamau] took part in an international conference in Geneva.",
    ],
    "CONSULT phone": [
        "[Paul Martin] held a telephone conversation with [Anna Schmidt].",
        "A phone call took place between [Paul Martin] and [Anna Schmidt].",
        "[Paul Martin] telephoned [Anna Schmidt].",
    ],
    "CONSULT negotiation": [
        "[Serbia] and [Kosovo] held negotiations in Brussels.",
        "[Sudan] and [Ethiopia] resumed peace talks in Nairobi.",
        "[Peru] negotiated with [Chile] in Lima.",
    ],
    "CONSULT mediation": [
        "[Qatar] mediated between [Rwanda] and [Burundi].",
        "[Qatar] brokered talks between [Rwanda] and [Burundi].",
    ],
    "SUPPORT sign": [
        "[Elena Petrova] and [Carlos Mendoza] signed a memorandum of understanding.",
        "[Peru] and [Chile] signed an agreement on trade.",
        "A memorandum was signed by [Elena Petrova] and [Carlos Mendoza].",
        "An agreement between [Peru] and [Chile] was signed in Lima.",
    ],
    "SUPPORT congratulate": [
        "President [Paul Martin] congratulated {Anna Schmidt} on her election.",
        "[Paul Martin] sent a congratulatory letter to {Anna Schmidt}.",
    ],
    "SUPPORT condole": [
        "[Paul Martin] expressed condolences to {Morocco} over the earthquake.",
        "President [Paul Martin] offered his condolences to {Anna Schmidt}.",
    ],
    "SUPPORT praise": [
        "[Elena Petrova] thanked {Carlos Mendoza} for the hospitality.",
        "[Elena Petrova] expressed gratitude to {Kenya} for its support.",
    ],
    "SUPPORT relations": [
        "[Peru] and [Bhutan] established diplomatic relations on Tuesday.",
        "Ambassador [David Kamau] presented his credentials to President {Paul Martin}.",
        "[Ireland] recognized {Palestine}.",
    ],
    "SUPPORT": [
        "President [Paul Martin] awarded {Carlos Mendoza} the Order of Merit.",
    ],
    "AGREE": [
        "[Peru] and [Chile] agreed to open a border crossing.",
    ],
    "CONCEDE": [
        "The [United States] lifted sanctions against {Syria}.",
        "[Canada] lifted the ban on {Kenya}.",
    ],
    "COOPERATE": [
        "[India] and [Indonesia] held joint military exercises.",
        "[Spain] extradited a suspect to {Colombia}.",
    ],
    "AID": [
        "[Norway] delivered humanitarian aid to {Sudan}.",
        "[Japan] provided a grant to {Nepal}.",
        "[Japan] donated ambulances to {Nepal}.",
    ],
    "RETREAT release": [
        "[Ukraine] and [Russia] exchanged prisoners.",
        "[Belarus] released {Carlos Mendoza}.",
    ],
    "RETREAT ceasefire": [
        "[Israel] and [Lebanon] announced a ceasefire.",
    ],
    "RETREAT resign": [
        "Prime Minister [Carlos Mendoza] resigned on Monday.",
    ],
    "REQUEST meet": [
        "President [Paul Martin] invited {Anna Schmidt} to visit France.",
    ],
    "REQUEST yield": [
        "[Norway] urged {Sudan} to release the prisoners.",
    ],
    "REQUEST assist": [
        "[Nepal] asked {India} for financial assistance.",
    ],
    "REQUEST change": [
        "[Elena Petrova] called on {Serbia} to reform its courts.",
    ],
    "ACCUSE disapprove": [
        "[Poland] condemned {Belarus}.",
        "[Poland] summoned the {Belarus|Belarusian} ambassador.",
    ],
    "ACCUSE allege": [
        "[Rwanda] accused {Burundi} of backing rebels.",
        "{Poland} was accused by [Belarus] of lying.",
    ],
    "REJECT change": [
        "[Iran] rejected {Greece}'s proposal.",
    ],
    "THREATEN restrict": [
        "The [United States] threatened {Iran} with sanctions.",
    ],
    "PROTEST obstruct": [
        "[Poland] blocked the border with {Belarus}.",
    ],
    "SANCTION expel": [
        "[Norway] expelled two {Russia|Russian} diplomats.",
    ],
    "SANCTION discontinue": [
        "[Canada] sanctioned {Belarus}.",
        "{Belarus} was sanctioned by [Canada].",
        "[Canada] imposed sanctions on {Belarus}.",
        "The [European Union] imposed sanctions on {Belarus}.",
        "[Bolivia] severed diplomatic relations with {Israel}.",
        "[Canada] suspended cooperation with {Niger}.",
    ],
    "MOBILIZE weapons": [
        "[China] deployed missiles near Taiwan.",
    ],
    "COERCE arrest": [
        "[Iran] arrested {Carlos Mendoza}.",
        "{Carlos Mendoza} was arrested by [Iran].",
    ],
    "COERCE deport": [
        "[Kenya] deported {Carlos Mendoza}.",
    ],
    "ASSAULT": [
        "[Russia] attacked {Ukraine}.",
        "{Ukraine} was attacked by [Russia].",
    ],
    "ASSAULT aerial": [
        "[Israel] bombed {Syria} on Friday.",
    ],
    "ASSAULT heavy-weapons": [
        "[Pakistan] shelled {India}.",
    ],
    "ASSAULT drone": [
        "[Russia] launched a drone strike on {Ukraine}.",
    ],
}
"""Sentences by type and mode, [actors] and {recipients} marked, with the name before a bar where it differs."""

KINDS = {
    "RETREAT withdraw": "Russia withdrew its troops from Armenia.",
    "THREATEN relations": "Algeria threatened to sever relations with France.",
    "SANCTION withdraw": "Algeria recalled its ambassador from France.",
    "MOBILIZE troops": "Russia deployed troops in Armenia.",
    "PROTEST boycott": "Kenya boycotted the summit.",
    "PROTEST demo": "Supporters of Carlos Mendoza rallied against Peru.",
    "CONSULT consultations": "The third round of political consultations between Peru and Chile was held in Lima.",
    "COERCE seize": "Iran seized a tanker of Greece.",
}
"""What a sentence reports, where views may differ on who takes part."""

NOTHING = [
    "Peru discussed the possibility of a visit of Elena Petrova to Chile.",
    "Elena Petrova stressed the importance of a meeting with Chile.",
    "Elena Petrova expressed hope that relations between Bulgaria and Kenya would develop.",
    "Elena Petrova noted that relations between Bulgaria and Kenya are developing.",
    "Peru and Chile have a common border.",
    "Relations between Peru and Chile are based on mutual respect.",
    "The economy of Kenya grew by five percent last year.",
    "Elena Petrova informed Carlos Mendoza about the economy of Bulgaria.",
    "Elena Petrova was born in Sofia and studied law in Vienna.",
    "Carlos Mendoza said that trade between Spain and Morocco had doubled.",
    "Elena Petrova expressed interest in expanding trade with Kenya.",
]


@dataclass(frozen=True)
class Case:
    """A sentence and what it reports; who takes part is in the order of the alphabet."""

    sentence: str
    type: str
    mode: str | None
    actors: list[str]
    recipients: list[str]

    def __str__(self) -> str:
        return self.sentence


def cases() -> Iterator[Case]:
    for kind, sentences in CASES.items():
        name, _, mode = kind.partition(" ")
        for marked in sentences:
            plain = re.sub(r"[\[{](?:[^]|}]*\|)?([^]}]*)[]}]", r"\1", marked)
            actors = [said.split("|")[0] for said in re.findall(r"\[(.*?)]", marked)]
            recipients = [said.split("|")[0] for said in re.findall(r"\{(.*?)}", marked)]
            yield Case(plain, name, mode or None, sorted(actors), sorted(recipients))


@functools.cache
def results() -> dict[str, Result]:
    """All sentences, each read as an article, in one batch."""
    sentences = list(dict.fromkeys([*(case.sentence for case in cases()), *KINDS.values(), *NOTHING]))
    return dict(zip(sentences, read_all(sentences), strict=True))


def test_every_type_and_the_modes_of_diplomacy_have_an_example() -> None:
    examples = {tuple(kind.split(" ")) for kind in (*CASES, *KINDS)}
    assert {kind for kind, *_ in examples} == set(get_args(EventType))
    for kind in ("CONSULT", "SUPPORT"):
        assert {mode for k, *modes in examples for mode in modes if k == kind} == MODES[kind]


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_who_does_what_to_whom(case: Case) -> None:
    document = results()[case.sentence].trace
    found = {
        (tuple(names(document, m.actors)), tuple(names(document, m.recipients)))
        for m in mentions(document, case.type, case.mode)
        if m.actors or m.recipients
    }
    assert found == {(tuple(case.actors), tuple(case.recipients))}


@pytest.mark.parametrize(("kind", "sentence"), list(KINDS.items()))
def test_what_happens(kind: str, sentence: str) -> None:
    name, _, mode = kind.partition(" ")
    assert mentions(results()[sentence].trace, name, mode or None)


def test_nobody_is_on_both_sides() -> None:
    for result in results().values():
        for mention in result.trace.event_mentions:
            assert not set(mention.actors) & set(mention.recipients), result.article.text


def test_the_trigger_covers_its_head_in_the_text() -> None:
    for result in results().values():
        document = result.trace
        assert document.parse is not None
        for mention in document.event_mentions:
            start, end = mention.tokens
            assert start <= mention.head < end
            assert document.article.text[mention.span.start : mention.span.end] == document.parse[start:end].text


@pytest.mark.parametrize("sentence", NOTHING)
def test_talk_and_states_are_no_events(sentence: str) -> None:
    assert results()[sentence].events == ()


def test_what_somebody_is_congratulated_on_is_no_event() -> None:
    events = read("Elena Petrova congratulated Carlos Mendoza on his visit to Kenya.").events
    assert [(event.type, event.mode) for event in events] == [("SUPPORT", "congratulate")]


def test_every_country_of_a_tour_is_a_visit() -> None:
    [result] = read_all(["Japanese Prime Minister Kenji Tanaka will visit Vietnam, Thailand and Indonesia next week."])
    visits = mentions(result.trace, "CONSULT", "visit")
    assert [names(result.trace, visit.recipients) for visit in visits] == [["Vietnam"], ["Thailand"], ["Indonesia"]]
    assert {tuple(names(result.trace, visit.actors)) for visit in visits} == {("Kenji Tanaka",)}


@pytest.mark.parametrize("word", ["The meeting", "This meeting", "Their meeting"])
def test_pointing_back_is_marked(word: str) -> None:
    [result] = read_all([f"Elena Petrova met Carlos Mendoza. {word} took place in Vienna."])
    assert [m.definite for m in result.trace.event_mentions] == [False, True]
