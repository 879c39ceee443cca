"""Which events of the line a value label confirms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from benchmarks.articles import SEEDS
from pipeline.document import Article, Document, Entity, Event, EventDate, Mention, Place, Span
from pipeline.errors import InputError
from pipeline.gold.write import write_gold
from pipeline.train.labels import judge, overlap, pair, read_labelled
from tests.golds import bare

DOCUMENT = Document(
    Article("a", "Ann Lee met Karim Haddad."),
    mentions=(
        Mention(Span(0, 7), (0, 2), "person", "Ann Lee", "test"),
        Mention(Span(12, 24), (3, 5), "person", "Karim Haddad", "test"),
    ),
    entities=(
        Entity("p0", "person", "Ann Lee", (0,), country="NOR"),
        Entity("p1", "person", "Karim Haddad", (1,), country="OMN"),
        Entity("o0", "organization", "Fjord Bank", ()),
        Entity("OMN", "country", "Oman", (), country="OMN"),
    ),
)


def event(kind: str, mode: str | None, *actors: str, to: str = "", status: Any = "occurred") -> Event:
    recipients = (to,) if to else ()
    return Event(
        "e", kind, mode, status, EventDate(), Place(), actors, recipients, (), Span(8, 11), (0,), (), confidence=0.5
    )


def gold(kind: str, mode: str | None, *actors: str, **changes: Any) -> dict[str, Any]:
    return {"type": kind, "mode": mode, "status": "occurred", "actors": [*actors], "core": True, **changes}


def label(*events: dict[str, Any]) -> dict[str, Any]:
    people = [
        {"key": "lee", "name": "Ann Lee", "surfaces": ["Ann Lee", "Lee"]},
        {"key": "haddad", "name": "Karim Haddad", "surfaces": ["Kârim Haddad"]},
    ]
    return {"people": people, "orgs": None, "events": [*events]}


MEETING = gold("CONSULT", "meeting", "lee", "haddad")


@pytest.mark.parametrize(
    ("found", "wanted", "verdict"),
    [
        (event("CONSULT", "meeting", "p0", "p1"), MEETING, True),
        (event("CONSULT", "meeting", "p1", "p0", "o0"), MEETING, True),
        (event("CONSULT", "phone", "p0", "p1"), MEETING, False),
        (event("SUPPORT", "sign", "p0", "p1"), MEETING, False),
        (event("CONSULT", "meeting", "o0"), MEETING, False),
        (event("CONSULT", "meeting", "p0", "p1"), {**MEETING, "core": False}, None),
        (event("CONSULT", "meeting", "p0", "p1", status="negated"), MEETING, None),
        (event("CONSULT", "meeting", "p0", "p1"), {**MEETING, "status": "negated"}, False),
        (event("CONSULT", "visit", "p0", to="OMN"), gold("CONSULT", "visit", "lee", recipients=["OMN"]), True),
        (event("CONSULT", "visit", "p0", to="KEN"), gold("CONSULT", "visit", "lee", recipients=["OMN"]), True),
        (event("CONSULT", "visit", "p1", to="KEN"), gold("CONSULT", "visit", "lee", recipients=["OMN"]), False),
        (event("CONSULT", "meeting", "p0", "p1", "OMN"), {**MEETING, "optional": ["OMN"]}, True),
    ],
)
def test_one_event(found: Event, wanted: dict[str, Any], verdict: bool | None) -> None:
    assert judge(DOCUMENT, [found], label(wanted)) == [verdict]


def test_a_label_confirms_one_event_the_best() -> None:
    half, whole = event("CONSULT", "meeting", "p0", "o0"), event("CONSULT", "meeting", "p0", "p1")
    assert judge(DOCUMENT, [half, whole], label(MEETING)) == [False, True]
    assert judge(DOCUMENT, [whole, whole], label(MEETING)) == [True, False]
    assert judge(DOCUMENT, [whole, whole], label(MEETING, MEETING)) == [True, True]


def test_optional_participants_do_not_count_against_an_event() -> None:
    crowd = event("CONSULT", "meeting", "p0", "OMN", "NOR", "o0")
    assert judge(DOCUMENT, [crowd], label(MEETING)) == [False]
    assert judge(DOCUMENT, [crowd], label({**MEETING, "optional": ["OMN", "NOR"]})) == [True]


def test_without_labels_every_event_is_wrong() -> None:
    assert judge(DOCUMENT, [event("CONSULT", "meeting", "p0", "p1")], {"events": None}) == [False]
    assert judge(DOCUMENT, [], label(MEETING)) == []


def test_articles_are_read_beside_their_labels(tmp_path: Path) -> None:
    write_gold([bare("b", "Kârim", published=dt.date(2025, 6, 4))], tmp_path, format="values")
    (tmp_path / "other.txt").write_text("not labelled")
    [item] = read_labelled([tmp_path])
    assert (item.article.doc_id, item.article.text, str(item.article.published)) == ("b", "Kârim", "2025-06-04")


def test_labels_that_cannot_be_read_stop_the_training(tmp_path: Path) -> None:
    write_gold([bare("b", "Kârim")], tmp_path, format="values")
    (tmp_path / "c.yaml").write_text("id: c\n")
    with pytest.raises(InputError, match="c: outlet: is missing"):
        list(read_labelled([tmp_path]))


def test_the_labels_of_the_seeds_name_articles_that_are_there() -> None:
    labels = sorted(path.stem for path in (SEEDS / "gold").glob("*.yaml"))
    assert labels == sorted(path.stem for path in SEEDS.glob("*.txt"))


def test_names_agree_by_their_words() -> None:
    assert overlap("Ministry of Foreign Affairs", "the foreign affairs ministry") == 1.0
    assert overlap("Foreign Minister", "Minister") == pytest.approx(2 / 3)
    assert overlap("Énergie", "energie") == 1.0
    assert overlap("of the", "Minister") == 0.0


def test_nearness_decides_between_like_events() -> None:
    one, other = event("CONSULT", "meeting", "p0", "p1"), event("CONSULT", "meeting", "p0", "p1", status="planned")
    first = label({**MEETING, "status": "planned"})
    assert pair(DOCUMENT, [one, other], first) == [({**MEETING, "status": "planned"}, 0, True)]
    [(_, found, _)] = pair(DOCUMENT, [one, other], first, nearness=lambda g, e: float(g["status"] == e.status))
    assert found == 1
