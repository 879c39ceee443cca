"""Whether an event has happened, is going on, is planned, called off, only possible, or did not happen."""

from __future__ import annotations

import functools

import pytest

from pipeline.build import Result
from tests.models import mentions, read_all

MEETING = {
    "occurred": [
        "Elena Petrova met Carlos Mendoza on Monday.",
        "Elena Petrova has met with Carlos Mendoza.",
        "Elena Petrova meets Carlos Mendoza in Vienna.",
        "A meeting between Elena Petrova and Carlos Mendoza took place in Vienna.",
        "After meeting Carlos Mendoza, Elena Petrova flew home.",
    ],
    "ongoing": ["Elena Petrova is meeting Carlos Mendoza in Vienna."],
    "planned": [
        "Elena Petrova will meet Carlos Mendoza.",
        "Elena Petrova is to meet Carlos Mendoza.",
        "Elena Petrova is scheduled to meet Carlos Mendoza.",
        "Elena Petrova is expected to meet Carlos Mendoza.",
        "Elena Petrova plans to meet Carlos Mendoza.",
        "Elena Petrova intends to meet Carlos Mendoza.",
        "Elena Petrova is due to meet Carlos Mendoza.",
        "The ministry said that Elena Petrova would meet Carlos Mendoza.",
        "A meeting between Elena Petrova and Carlos Mendoza will take place in Vienna.",
        "A meeting between Elena Petrova and Carlos Mendoza is scheduled for Monday.",
    ],
    "hypothetical": [
        "Elena Petrova may meet Carlos Mendoza.",
        "Elena Petrova could meet Carlos Mendoza.",
        "Elena Petrova wants to meet Carlos Mendoza.",
        "Elena Petrova offered to meet Carlos Mendoza.",
        "Elena Petrova is ready to meet Carlos Mendoza.",
        "Elena Petrova would meet Carlos Mendoza if the fighting stopped.",
        "Elena Petrova proposed a meeting with Carlos Mendoza.",
    ],
    "negated": [
        "Elena Petrova did not meet Carlos Mendoza.",
        "Elena Petrova has not met Carlos Mendoza.",
        "Elena Petrova never met Carlos Mendoza.",
        "Elena Petrova refused to meet Carlos Mendoza.",
        "Elena Petrova declined to meet Carlos Mendoza.",
        "Elena Petrova ruled out meeting Carlos Mendoza.",
        "No meeting between Elena Petrova and Carlos Mendoza took place.",
    ],
}
VISIT = {
    "occurred": ["Elena Petrova visited Kenya.", "Elena Petrova concluded her visit to Kenya."],
    "ongoing": ["Elena Petrova is visiting Kenya.", "Elena Petrova is currently visiting Kenya."],
    "planned": [
        "Elena Petrova will visit Kenya next week.",
        "Elena Petrova will pay a visit to Kenya.",
        "Elena Petrova postponed her visit to Kenya.",
        "The visit of Elena Petrova to Kenya has been postponed.",
        "Elena Petrova's planned visit to Kenya was announced.",
        "The upcoming visit of Elena Petrova to Kenya was discussed.",
    ],
    "hypothetical": [
        "Elena Petrova was invited to visit Kenya.",
        "Elena Petrova invited Carlos Mendoza to visit Bulgaria.",
        "A possible visit of Elena Petrova to Kenya was discussed.",
    ],
    "cancelled": [
        "Elena Petrova cancelled her visit to Kenya.",
        "Elena Petrova has canceled a planned trip to Kenya.",
        "Elena Petrova called off her visit to Kenya.",
        "Elena Petrova scrapped her trip to Kenya.",
        "The visit of Elena Petrova to Kenya was cancelled.",
        "The visit of Elena Petrova to Kenya was called off.",
        "Elena Petrova's visit to Kenya has been cancelled.",
    ],
}
SIGNING = {
    "occurred": ["Elena Petrova and Carlos Mendoza signed an agreement."],
    "planned": ["Elena Petrova and Carlos Mendoza will sign an agreement."],
    "negated": ["Elena Petrova and Carlos Mendoza refused to sign the agreement."],
}
EXPULSION = {
    "occurred": ["Norway expelled two diplomats of Russia."],
    "planned": ["Norway will expel two diplomats of Russia."],
    "hypothetical": ["Norway could expel two diplomats of Russia."],
    "negated": ["Norway did not expel the diplomats of Russia."],
}
CASES = [
    pytest.param(kind, sentence, status, id=sentence)
    for kind, group in {
        "CONSULT meeting": MEETING,
        "CONSULT visit": VISIT,
        "SUPPORT sign": SIGNING,
        "SANCTION expel": EXPULSION,
    }.items()
    for status, sentences in group.items()
    for sentence in sentences
]


@functools.cache
def results() -> dict[str, Result]:
    sentences = [
        sentence for group in (MEETING, VISIT, SIGNING, EXPULSION) for said in group.values() for sentence in said
    ]
    return dict(zip(sentences, read_all(sentences), strict=True))


@pytest.mark.parametrize(("kind", "sentence", "status"), CASES)
def test_status(kind: str, sentence: str, status: str) -> None:
    found = mentions(results()[sentence].trace, *kind.split(" "))
    assert [mention.status for mention in found] == [status]


def test_what_is_refused_is_a_refusal_too() -> None:
    [result] = read_all(["Elena Petrova refused to meet Carlos Mendoza."])
    assert [(m.type, m.status) for m in result.trace.event_mentions] == [
        ("REJECT", "occurred"),
        ("CONSULT", "negated"),
    ]


def test_the_invitation_happened_the_visit_did_not() -> None:
    [result] = read_all(["Elena Petrova invited Carlos Mendoza to visit Bulgaria."])
    assert [(e.type, e.mode, e.status) for e in result.events] == [
        ("REQUEST", "meet", "occurred"),
        ("CONSULT", "visit", "hypothetical"),
    ]
