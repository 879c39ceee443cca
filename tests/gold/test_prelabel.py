"""Drafts of gold from the system's own reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.articles import SEEDS
from pipeline import load
from pipeline.build import Extractor
from pipeline.commands import gold_prelabel
from pipeline.errors import InputError
from pipeline.gold.checks import problems
from pipeline.gold.model import GoldArticle
from pipeline.gold.naming import new_key
from pipeline.gold.prelabel import prelabel
from pipeline.gold.read import read_gold

TEXT = """BAKU, June 3, 2025. Azerbaijan's Deputy Foreign Minister Yalchin Rafiyev visited Kenya on June 2.

In Nairobi, he met with Musalia Mudavadi, Prime Cabinet Secretary of Kenya. Rafiyev thanked the United Nations for \
its support.
"""


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


@pytest.fixture(scope="module")
def draft(extractor: Extractor) -> GoldArticle:
    result = extractor(TEXT, doc_id="visit", outlet="Caspian Wire")
    return prelabel(result.trace, result.record, result.events)


def _mentions(draft: GoldArticle, label: str) -> list[tuple[str, list[str]]]:
    return [(mention.text, mention.entities) for mention in draft.mentions if mention.label == label]


def test_names_have_readable_keys(draft: GoldArticle) -> None:
    assert _mentions(draft, "PER") == [
        ("Yalchin Rafiyev", ["rafiyev"]),
        ("Musalia Mudavadi", ["mudavadi"]),
        ("Rafiyev", ["rafiyev"]),
    ]
    assert ("United Nations", ["united-nations"]) in _mentions(draft, "ORG")
    assert ("Kenya", ["KEN"]) in _mentions(draft, "GPE")
    assert ("Nairobi", ["KEN:Nairobi"]) in _mentions(draft, "GPE")
    assert _mentions(draft, "TITLE") == [
        ("Deputy Foreign Minister", ["rafiyev"]),
        ("Prime Cabinet Secretary", ["mudavadi"]),
    ]
    assert ("he", ["rafiyev"]) in _mentions(draft, "NOM")


def test_dates_have_values(draft: GoldArticle) -> None:
    values = {m.text: m.value for m in draft.mentions if m.label == "DATE"}
    assert values["June 2"] == "2025-06-02"
    assert values["June 3, 2025"] == "2025-06-03"


def test_events_relations_and_metadata_are_there(draft: GoldArticle) -> None:
    assert (draft.id, draft.outlet, str(draft.published)) == ("visit", "Caspian Wire", "2025-06-03")
    held = {(r.subject, r.object, r.title) for r in draft.relations if r.type == "holds_position"}
    assert ("rafiyev", "AZE", "Deputy Foreign Minister") in held
    visits = [event for event in draft.events if event.mode == "visit"]
    assert [(e.actors, e.recipients, e.date, e.triggers[0].text) for e in visits] == [
        (["rafiyev"], ["KEN"], "2025-06-02", "visited")
    ]
    meeting = next(event for event in draft.events if event.mode == "meeting")
    assert meeting.actors == ["mudavadi", "rafiyev"]
    assert meeting.place.city == "Nairobi"


def test_drafts_of_the_seeds_are_gold(extractor: Extractor) -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        result = extractor(path.read_text(encoding="utf-8"), doc_id=path.stem)
        found = prelabel(result.trace, result.record, result.events)
        assert found.events
        assert [p.message for p in problems(found, file="") if not p.warning] == []


@pytest.mark.parametrize("format", ["gold", "label-studio", "brat", "doccano"])
def test_the_command_writes_every_format(format: str, tmp_path: Path) -> None:
    (tmp_path / "visit.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    count, faults = gold_prelabel.prelabel([str(tmp_path / "*.txt")], tmp_path / "out", format=format)
    assert count == 1
    assert [Path(fault.file).name for fault in faults] == ["empty.txt"]
    (article,) = read_gold(tmp_path / "out", format=format)
    assert isinstance(article, GoldArticle)
    assert article.text == TEXT
    assert {event.mode for event in article.events} >= {"visit", "meeting"}


def test_unknown_formats_are_told_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gold format"):
        gold_prelabel.prelabel([str(tmp_path)], tmp_path / "out", format="excel")


@pytest.mark.parametrize(
    ("name", "kind", "country", "taken", "key"),
    [
        ("Jeyhun Bayramov", "person", None, [], "bayramov"),
        ("Abraham Korir Sing’Oei", "person", None, [], "singoei"),
        ("Samir Bayramov", "person", None, ["bayramov"], "samir-bayramov"),
        ("Samir Bayramov", "person", None, ["bayramov", "samir-bayramov"], "samir-bayramov-2"),
        ("Ministry of Foreign Affairs", "organization", "AZE", [], "mfa-aze"),
        ("United Nations", "organization", None, [], "united-nations"),
        ("OSCE", "organization", None, [], "osce"),
        ("—", "organization", None, [], "organization"),
    ],
)
def test_new_keys(name: str, kind: str, country: str | None, taken: list[str], key: str) -> None:
    assert new_key(name, kind, taken, country=country) == key
