"""`dragoman daemon` and signals, in a process of its own."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

CODE = """
import datetime as dt, sys, time
from pathlib import Path
from pipeline.commands.daemon import daemon
from pipeline.schedule.report import Report
from pipeline.store.folder import Store
from pipeline.store.history import begin_run, end_run

def sync(settings, base, *, log, stopped):
    began = dt.datetime.now(dt.UTC)
    with Store(base / settings.store) as store:
        number = begin_run(store.database, began, made_with="dragoman 1")
        log.info("pass %d", number)
        while settings.registry and not stopped():
            time.sleep(0.01)
        log.info("asked to stop: %s", stopped())
        while settings.registry == "stubborn":
            time.sleep(0.01)
        end_run(store.database, number, began, "done", counts={"files": 1})
    return Report(number, began, began, "done", {"files": 1}, None)

sys.exit(daemon(Path(sys.argv[1]), metrics_port=0, style="json", sync=sync))
"""


@contextmanager
def daemon(base: Path, settings: str = "") -> Iterator[tuple[subprocess.Popen[str], list[dict[str, object]]]]:
    """A daemon that has said that it makes its first pass, and what it said."""
    (base / "schedule.toml").write_text(f'{settings}\nevery = "1d"\n[[inbox]]\npath = "in"\n', encoding="utf-8")
    command = [sys.executable, "-c", CODE, str(base / "schedule.toml")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = list(saying(process, "pass 1"))
            yield process, said
        finally:
            process.kill()


def saying(process: subprocess.Popen[str], last: str) -> Iterator[dict[str, object]]:
    """What it says up to a message."""
    assert process.stderr is not None
    for line in process.stderr:
        yield (told := json.loads(line))
        if told["message"] == last:
            return
    raise AssertionError(f"never said: {last}")


def last_words(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    lines = process.stderr.read().splitlines()
    return str(json.loads(lines[-1])["message"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("settings", ["", 'registry = "patient"'])
def test_a_signal_ends_it_while_it_waits_and_after_what_is_in_hand(
    number: signal.Signals, settings: str, tmp_path: Path
) -> None:
    with daemon(tmp_path, settings) as (process, _):
        process.send_signal(number)
        assert process.wait(30) == 0
        assert last_words(process) == "ended"


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    with daemon(tmp_path, 'registry = "stubborn"') as (process, _):
        process.send_signal(signal.SIGTERM)
        assert list(saying(process, "asked to stop: True"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 3
        assert last_words(process) == "stopped at once"


def test_metrics_are_served_while_a_pass_runs(tmp_path: Path) -> None:
    with daemon(tmp_path, 'registry = "stubborn"') as (_, said):
        (port,) = [line["port"] for line in said if line.get("event") == "metrics"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert b"\ndragoman_running_start_timestamp_seconds " in answer.read()


def test_a_port_that_is_taken_and_bad_settings(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        path.write_text('[[inbox]]\npath = "in"\n', encoding="utf-8")
        code = CODE.replace("metrics_port=0", f"metrics_port={port}")
        done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
        assert done.returncode == 3
        assert f"127.0.0.1:{port}: Address already in use" in done.stderr
    path.write_text('cron = "often"\n[[inbox]]\npath = "in"\n', encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", CODE, path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "cron: " in done.stderr
