"""The output contract holds what it says, and the committed schemas are those of the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.commands.schema import MODELS, schema_file, schema_text
from pipeline.record import FILES, DocumentRecord, EventRecord, SpanRecord, json_schema
from tests.records import document_record, event_record, event_values, participant

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

EVENT_KEYS = (
    "schema_version id type mode status date place actors recipients contexts trigger evidence source "
    "confidence cluster extractor"
).split()


def test_an_event_comes_back_with_its_keys_in_order() -> None:
    values = event_values()
    written = json.loads(EventRecord.model_validate(values).model_dump_json())
    assert written == values
    assert list(written) == EVENT_KEYS


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "MEET"},
        {"mode": "sign"},
        {"type": "AID"},
        {"status": "done"},
        {"actors": []},
        {"confidence": 1.01},
        {"id": "evt_1"},
        {"cluster": "evt_0000000000000001"},
        {"trigger": {"text": "met", "start": 0, "end": 4}},
        {"trigger": {"text": "met", "start": -1, "end": 2}},
        {"actors": [participant("Ann Lee", 1, country="Norway")]},
        {"actors": [participant("Ann Lee", 1, kind="city")]},
        {"unknown": 1},
    ],
)
def test_what_breaks_the_contract_is_no_event(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        event_record(**changes)


@pytest.mark.parametrize("key", [key for key in EVENT_KEYS if key != "schema_version"])
def test_no_key_may_be_missing(key: str) -> None:
    values = event_values()
    del values[key]
    with pytest.raises(ValidationError, match=key):
        EventRecord.model_validate(values)


def test_a_document_has_the_key_text_only_when_its_text_is_kept() -> None:
    record = document_record("a")
    assert "text" not in json.loads(record.model_dump_json())
    kept = record.model_copy(update={"text": "Text"}).model_dump_json()
    assert list(json.loads(kept).items())[-1] == ("text", "Text")
    assert DocumentRecord.model_validate_json(kept).text == "Text"


def test_offsets_count_code_points() -> None:
    assert SpanRecord(text="🌍ə", start=3, end=5).end == 5


@pytest.mark.parametrize("name", MODELS)
def test_committed_schemas_are_up_to_date(name: str) -> None:
    assert (SCHEMAS / schema_file(name)).read_text(encoding="utf-8") == schema_text(name), "run dragoman schema --write"


@pytest.mark.parametrize("name", FILES)
def test_schemas_require_every_key(name: str) -> None:
    schema = json_schema(FILES[name], mode="serialization")
    assert set(schema["required"]) == set(FILES[name].model_fields) - {"text"}
    assert schema["additionalProperties"] is False
