"""The five example articles, run as `make run` runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.articles import SEEDS, raw_text
from benchmarks.offsets import broken, records, spans
from pipeline.cli import app
from pipeline.record import FILES

GOLDEN = Path(__file__).parent / "golden"
IDS = sorted(path.stem for path in SEEDS.glob("*.txt"))


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(app, ["run", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "out"
    _run(str(SEEDS), "--out", str(folder))
    return folder


@pytest.fixture(scope="module")
def events(out: Path) -> list[dict[str, Any]]:
    return list(records(out / "events.jsonl"))


@pytest.fixture(scope="module")
def documents(out: Path) -> list[dict[str, Any]]:
    return list(records(out / "documents.jsonl"))


def _golden_lines(events: list[dict[str, Any]], doc_id: str) -> list[str]:
    """The article's records as golden files hold them: without what names the release that made them."""
    kept = [{k: v for k, v in event.items() if k != "extractor"} for event in events]
    return [json.dumps(event, ensure_ascii=False) for event in kept if event["source"]["doc_id"] == doc_id]


@pytest.mark.parametrize("doc_id", IDS)
def test_records_are_the_golden_ones(events: list[dict[str, Any]], doc_id: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{doc_id}.events.jsonl"
    made = _golden_lines(events, doc_id)
    if request.config.getoption("update_golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in made), encoding="utf-8")
    found, golden = [json.loads(line) for line in made], list(records(path))
    # confidence is the only number that is computed with fractions: processors may differ in its last digits
    assert [e.pop("confidence") for e in found] == pytest.approx([e.pop("confidence") for e in golden], abs=0.02)
    assert found == golden


def test_every_seed_is_a_document_and_none_a_reject(out: Path, documents: list[dict[str, Any]]) -> None:
    assert len(IDS) == 5
    assert sorted(document["doc_id"] for document in documents) == IDS
    assert list(records(out / "rejects.jsonl")) == []


def test_every_seed_has_events(events: list[dict[str, Any]]) -> None:
    assert {event["source"]["doc_id"] for event in events} == set(IDS)


def test_every_span_slices_the_raw_text(out: Path, events: list[dict[str, Any]]) -> None:
    assert sum(1 for event in events for _ in spans(event)) > len(events)
    assert broken(out, {doc_id: raw_text(SEEDS / f"{doc_id}.txt") for doc_id in IDS}) == []


@pytest.mark.parametrize("file", sorted(name for name in FILES if name.endswith(".jsonl")))
def test_every_line_obeys_the_contract(out: Path, file: str) -> None:
    model = FILES[file]
    for record in records(out / file):
        parsed = model.model_validate_json(json.dumps(record))
        assert list(record) == [key for key in model.model_fields if key != "text"]
        assert json.loads(parsed.model_dump_json()) == record


def test_ids_are_unique_and_known_to_the_companion_files(
    out: Path, events: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    ids = [event["id"] for event in events]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(name for document in documents for name in document["events"])
    known = {entity["id"] for entity in records(out / "entities.jsonl")}
    named = {person["entity"] for event in events for person in event["actors"] + event["recipients"]}
    named |= {entity["entity"] for document in documents for entity in document["entities"]}
    assert named == known


def test_the_trigger_stands_in_the_evidence(events: list[dict[str, Any]]) -> None:
    for event in events:
        start, end = event["trigger"]["start"], event["trigger"]["end"]
        assert any(s["start"] <= start and end <= s["end"] for s in event["evidence"]), event["id"]


def _without(key: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda record: {k: v for k, v in record.items() if k != key}


def test_an_article_alone_gives_the_same_events(tmp_path: Path, events: list[dict[str, Any]]) -> None:
    """Up to the clusters, which look across articles, no article knows of another."""
    _run(str(SEEDS / f"{IDS[-1]}.txt"), "--out", str(tmp_path / "alone"))
    alone = [_without("cluster")(event) for event in records(tmp_path / "alone" / "events.jsonl")]
    assert alone == [_without("cluster")(event) for event in events if event["source"]["doc_id"] == IDS[-1]]


def test_a_second_run_writes_the_same_bytes(tmp_path: Path, out: Path) -> None:
    _run(str(SEEDS), "--out", str(tmp_path / "again"))
    for file in ("events.jsonl", "documents.jsonl", "entities.jsonl", "rejects.jsonl"):
        assert (tmp_path / "again" / file).read_bytes() == (out / file).read_bytes()
