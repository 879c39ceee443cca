from __future__ import annotations

import logging
from pathlib import Path

import pytest

from pipeline.commands import progress as module
from pipeline.commands.progress import watcher
from pipeline.config import ReadSettings
from pipeline.io.read import Reader
from pipeline.io.write import OutputFolder
from pipeline.run.tally import Tally


def test_the_log_says_how_far_how_fast_and_how_long_still(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "one"}\n' * 4)
    clock = iter([0.0, 10.0, 20.0, 60.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    reader = Reader([str(tmp_path / "a.jsonl")], ReadSettings())
    monkeypatch.setattr(Reader, "bytes_done", property(lambda self: places.pop(0)))
    places = [16, 32]
    with OutputFolder(tmp_path / "out") as folder, caplog.at_level(logging.INFO):
        tally = Tally(folder, lambda _: None)
        watch = watcher(None, reader, logging.getLogger("test"))
        tally.counts["documents"] = 1
        watch(tally)
        assert caplog.records == []
        tally.counts["documents"] = 3
        watch(tally)
        tally.counts["documents"], tally.counts["rejects"], tally.counts["events"] = 10, 1, 7
        watch(tally)
    assert [record.getMessage() for record in caplog.records] == [
        "11 articles, 7 events, 1 rejected, 0.2 a second, 100 s to go"
    ]
    assert caplog.records[0].data["seconds_left"] == 100  # type: ignore[attr-defined]


def test_nothing_is_said_of_the_rest_of_a_stream(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "REPORT_SECONDS", 0)
    with OutputFolder(tmp_path / "out") as folder, caplog.at_level(logging.INFO):
        watch = watcher(None, Reader(["-"], ReadSettings()), logging.getLogger("test"))
        watch(Tally(folder, lambda _: None))
    assert "to go" not in caplog.records[0].getMessage()
