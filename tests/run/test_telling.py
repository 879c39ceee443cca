from __future__ import annotations

import logging

import pytest

from pipeline.io.articles import reject
from pipeline.run.telling import tell_reject


@pytest.mark.parametrize(("line", "where"), [(3, "in.jsonl:3"), (None, "in.jsonl")])
def test_a_reject_is_told_with_its_place_and_record(
    caplog: pytest.LogCaptureFixture, line: int | None, where: str
) -> None:
    record = reject("in.jsonl", line, "a1", "empty", "no prose")
    tell_reject(logging.getLogger("dragoman"), record)
    [told] = caplog.records
    assert told.getMessage() == f"rejected {where}: no prose"
    assert vars(told)["data"] == {"event": "rejected", **record.model_dump(exclude={"message"})}
