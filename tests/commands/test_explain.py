"""What made each record, in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from pipeline import load
from pipeline.build import Extractor
from pipeline.commands import explain as module
from pipeline.errors import InputError, RejectArticle

ARTICLE = (
    "Kenya's Foreign Minister Jane Mwangi met with Norway's Foreign Minister Ola Berg in Nairobi on May 5, 2025. "
    "Berg will visit Tanzania on May 7.\n\nShare on Facebook\n"
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extractor: Extractor) -> Path:
    monkeypatch.setattr(module, "load", lambda settings: extractor)
    (tmp_path / "a.txt").write_text(ARTICLE)
    return tmp_path / "a.txt"


def explained(path: Path, id: str | None = None) -> str:
    console = Console(width=300)
    with console.capture() as capture:
        console.print(module.explain(str(path), id=id, config=None, mapping=None))
    return capture.get()


def test_every_record_comes_with_what_made_it(article: Path, extractor: Extractor) -> None:
    result = extractor(ARTICLE, doc_id="a")
    text = explained(article)
    assert {event.id for event in result.events} <= set(text.split())
    assert len(result.events) >= 2
    for event, record in zip(result.trace.events, result.events, strict=True):
        one = explained(article, record.id)
        assert record.id in one
        for index in event.mentions:
            assert result.trace.event_mentions[index].frame in one
        keys = {*event.actors, *event.recipients}
        people = [entity for entity in result.trace.entities if entity.key in keys]
        for mention in (result.trace.mentions[index] for entity in people for index in entity.mentions):
            assert f"{mention.span.start}–{mention.span.end}" in one
            assert mention.source in one
        relations = [r for r in result.trace.relations if keys & {r.subject, r.object}]
        assert relations
        assert all(f"{relation.type} " in one for relation in relations)
    assert result.trace.furniture
    assert all(f"{piece.kind} " in text for piece in result.trace.furniture)


def test_an_event_explains_itself_alone(article: Path, extractor: Extractor) -> None:
    first, *others = extractor(ARTICLE, doc_id="a").events
    text = explained(article, first.id)
    assert not any(other.id in text for other in others)
    with pytest.raises(InputError, match="evt_none"):
        explained(article, "evt_none")


def test_one_article_of_many(article: Path) -> None:
    dump = article.with_name("dump.jsonl")
    dump.write_text("".join(json.dumps({"id": id, "text": ARTICLE}) + "\n" for id in "xy") + '{"id": "z"}\n')
    assert " y " in explained(dump, "y")
    with pytest.raises(InputError, match="--id"):
        explained(dump)
    with pytest.raises(InputError, match="no article with the id a"):
        explained(dump, "a")
    with pytest.raises(RejectArticle, match=r"dump.jsonl:3: no field 'text'"):
        explained(dump, "z")


def test_what_cannot_be_read_says_why(article: Path) -> None:
    article.write_text("")
    with pytest.raises(RejectArticle, match="the file is empty"):
        explained(article)
    article.write_text("Le ministre a rencontré son homologue à Paris hier soir. " * 9)
    with pytest.raises(RejectArticle, match="clean: "):
        explained(article)
