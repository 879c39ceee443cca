"""Output folders read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.from_gold import prediction_of
from pipeline.evaluate.predictions import read_predictions
from pipeline.record import Record, RejectRecord
from tests.golds import visit


def write(path: Path, *records: Record) -> None:
    path.write_text("".join(f"{record.model_dump_json()}\n" for record in records), encoding="utf-8")


def reject(doc_id: str | None) -> RejectRecord:
    return RejectRecord(
        doc_id=doc_id, input="a.txt", line=None, stage="text", error="language", message="not in English"
    )


def test_everything_comes_back(tmp_path: Path) -> None:
    perfect = prediction_of(visit())
    assert perfect.document is not None
    write(tmp_path / "events.jsonl", *perfect.events)
    write(tmp_path / "documents.jsonl", perfect.document)
    write(tmp_path / "rejects.jsonl", reject("other"), reject(None))
    found = read_predictions(tmp_path)
    assert sorted(found) == ["other", "visit"]
    assert found["visit"] == perfect
    assert found["other"].document is None
    assert found["other"].rejected == "not in English"


def test_events_alone_are_enough(tmp_path: Path) -> None:
    write(tmp_path / "events.jsonl", *prediction_of(visit()).events)
    [prediction] = read_predictions(tmp_path).values()
    assert prediction.document is None
    assert len(prediction.events) == 3


def test_nothing_predicted(tmp_path: Path) -> None:
    write(tmp_path / "events.jsonl")
    assert read_predictions(tmp_path) == {}


def test_no_output_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no events\.jsonl"):
        read_predictions(tmp_path)
    with pytest.raises(InputError, match=r"nowhere: no events\.jsonl"):
        read_predictions(tmp_path / "nowhere")


@pytest.mark.parametrize("line", ["{", '{"schema_version": 1}', "\udc80"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    first, *_ = prediction_of(visit()).events
    path = tmp_path / "events.jsonl"
    path.write_bytes(f"{first.model_dump_json()}\n{line}\n".encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=r"events\.jsonl:2: "):
        read_predictions(tmp_path)


def test_types_are_as_the_contract_has_them(tmp_path: Path) -> None:
    first, *_ = prediction_of(visit()).events
    text = first.model_dump_json().replace('"confidence":1.0', '"confidence":"1.0"')
    (tmp_path / "events.jsonl").write_text(f"{text}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"events\.jsonl:1: confidence: "):
        read_predictions(tmp_path)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    write(tmp_path / "events.jsonl")
    (tmp_path / "documents.jsonl").mkdir()
    with pytest.raises(InputError, match=r"documents\.jsonl: cannot be read"):
        read_predictions(tmp_path)
