"""The daemon: passes again and again, whatever becomes of each."""

from __future__ import annotations

import datetime as dt
import logging
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import OutputError, StopRun
from pipeline.schedule.daemon import serve
from pipeline.schedule.report import Report
from pipeline.schedule.settings import HookSettings, ScheduleSettings
from pipeline.store.folder import StoreBusy
from tests.schedule.stores import NOON, minutes, settings

SOON = dt.timedelta(milliseconds=20)


class Passes:
    """A `sync` that ends as it is told, pass by pass, and has the daemon stop after the last one."""

    def __init__(self, *ends: BaseException | None) -> None:
        self.ends = list(ends)
        self.made = 0

    def __call__(
        self, settings: ScheduleSettings, base: Path, *, log: logging.Logger, stopped: Callable[[], bool]
    ) -> Report:
        end = self.ends[self.made]
        self.made += 1
        assert stopped() == self.stopped()
        if end is not None:
            raise end
        return Report(self.made, NOON, NOON + minutes(1), "done", {}, None)

    def stopped(self) -> bool:
        return self.made == len(self.ends)


def served(base: Path, passes: Passes, **values: object) -> int:
    log = logging.getLogger("daemon")
    serve(settings(**{"every": SOON, **values}), base, log=log, stopped=passes.stopped, sync=passes)
    return passes.made


@pytest.mark.parametrize("error", [OutputError("disk full"), StoreBusy("another run"), StopRun("else")])
def test_a_pass_that_fails_is_logged_and_the_next_one_comes(
    tmp_path: Path, error: StopRun, caplog: pytest.LogCaptureFixture
) -> None:
    assert served(tmp_path, Passes(error, None, error, None)) == 4
    assert caplog.text.count(str(error)) == 2


def test_hooks_run_after_every_pass_but_one_that_found_another(tmp_path: Path) -> None:
    hook = HookSettings(command=("sh", "-c", "echo $DRAGOMAN_OUTCOME >> told"), on=("always",))
    served(tmp_path, Passes(None, OutputError("disk full"), StoreBusy("another"), None), hook=(hook,))
    assert (tmp_path / "told").read_text().split() == ["done", "failed", "done"]


@pytest.mark.parametrize("rhythm", [{"every": dt.timedelta(days=1)}, {"cron": "0 0 29 2 *"}])
def test_the_first_pass_comes_at_once(tmp_path: Path, rhythm: dict[str, object]) -> None:
    assert served(tmp_path, Passes(None), **rhythm) == 1


def test_a_fault_of_the_program_ends_the_daemon(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        served(tmp_path, Passes(None, ZeroDivisionError(), None))


@pytest.mark.parametrize("abstract", [False, True])
def test_systemd_is_told(tmp_path: Path, abstract: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    place = f"@{tmp_path}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as wire:
        wire.bind("\0" + place[1:] if abstract else place)
        monkeypatch.setenv("NOTIFY_SOCKET", place)
        served(tmp_path, Passes(None))
        assert [wire.recv(100), wire.recv(100)] == [b"READY=1", b"STOPPING=1"]


def test_systemd_that_does_not_listen_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
    assert served(tmp_path, Passes(None)) == 1
    assert "cannot be told READY=1" in caplog.text
