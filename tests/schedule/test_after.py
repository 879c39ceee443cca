"""What follows a pass, whether it comes to its end or not."""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import InputError, OutputError, StopRun
from pipeline.schedule.after import Sync, sync_and_tell
from pipeline.schedule.report import Report
from pipeline.schedule.settings import HookSettings, MetricsSettings, ScheduleSettings
from pipeline.store.folder import DATABASE, Store, StoreBusy
from pipeline.store.history import begin_run, end_run
from tests.schedule.stores import NOON, minutes, past, settings

LOG = logging.getLogger("after")
HOOK = HookSettings(command=("sh", "-c", "cat > told"), on=("always",))


def raising(error: StopRun) -> Sync:
    def sync(settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]) -> Report:
        raise error

    return sync


def attempt(base: Path, sync: Sync, **values: object) -> Report:
    return sync_and_tell(sync, settings(hook=(HOOK,), **values), base, log=LOG, stopped=lambda: False)


def told(base: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((base / "told").read_text())
    return found


def test_metrics_are_written_before_hooks_run(tmp_path: Path) -> None:
    def sync(settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]) -> Report:
        number = past(base / settings.store, "done", counts={"events": 4})
        return Report(number, NOON, NOON + minutes(1), "done", {"events": 4}, None)

    hook = HookSettings(command=("sh", "-c", "cat > told; cp m.prom copy.prom"), on=("events",))
    given = settings(hook=(hook,), metrics=MetricsSettings(textfile="m.prom"))
    assert sync_and_tell(sync, given, tmp_path, log=LOG, stopped=lambda: False).run == 1
    assert told(tmp_path)["outcome"] == "done"
    assert "dragoman_events_total 4.0" in (tmp_path / "copy.prom").read_text()


def test_a_pass_that_failed_is_told_as_the_history_has_it(tmp_path: Path) -> None:
    def sync(settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]) -> Report:
        with Store(base / settings.store) as store:
            number = begin_run(store.database, dt.datetime.now(dt.UTC), made_with="dragoman 1")
            end_run(store.database, number, dt.datetime.now(dt.UTC), "failed", counts={"files": 2}, message="disk full")
        raise OutputError("disk full")

    past(tmp_path / "store", "done")
    with pytest.raises(OutputError):
        attempt(tmp_path, sync)
    found = told(tmp_path)
    assert (found["run"], found["outcome"], found["message"]) == (2, "failed", "disk full")
    assert found["counts"] == {"files": 2}


@pytest.mark.parametrize("damaged", [False, True])
def test_a_pass_that_could_not_be_noted_is_told_all_the_same(tmp_path: Path, damaged: bool) -> None:
    past(tmp_path / "store", "failed", message="an older one")
    if damaged:
        (tmp_path / "store" / DATABASE).write_text("no database, but long enough a text" * 50)
    with pytest.raises(InputError):
        attempt(tmp_path, raising(InputError("no line.toml")))
    found = told(tmp_path)
    assert (found["run"], found["outcome"], found["message"]) == (None, "failed", "no line.toml")


def test_another_pass_tells_for_itself(tmp_path: Path) -> None:
    with pytest.raises(StoreBusy):
        attempt(tmp_path, raising(StoreBusy("another run")))
    assert not (tmp_path / "told").exists()


def test_metrics_that_cannot_be_written_are_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(OutputError, match="disk full"):
        attempt(tmp_path, raising(OutputError("disk full")), metrics=MetricsSettings(textfile="none/m.prom"))
    assert "none/m.prom: cannot be written" in caplog.text
    assert told(tmp_path)["outcome"] == "failed"
