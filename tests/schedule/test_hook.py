"""Hooks: when they run, what they get, and that nothing they do gets out."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from pathlib import Path

import pytest

from pipeline.schedule.hook import occasions, run_hooks
from pipeline.schedule.report import COUNTS, Report
from pipeline.schedule.settings import HookSettings
from pipeline.store.history import Outcome
from pipeline.store.troubles import Trouble
from tests.schedule.stores import NOON, minutes

LOG = logging.getLogger("hooks")
TROUBLE = Trouble("file", "a.zip", "a.zip", 3, None, "damaged")


def report(outcome: Outcome = "done", message: str | None = None, **counts: int) -> Report:
    return Report(7, NOON, NOON + minutes(2), outcome, counts, message, (TROUBLE,))


def run(base: Path, *command: str, given: Report | None = None, **values: object) -> None:
    hook = HookSettings.model_validate({"command": command, "on": ["always"], **values})
    run_hooks([hook], given or report(), base=base, store=base / "store", log=LOG)


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (report(), set()),
        (report("stopped", events=0, parked=0), set()),
        (report("failed"), {"failed"}),
        (report(parked=1), {"parked"}),
        (report(rejects=2, events=3), {"rejects", "events"}),
    ],
)
def test_occasions(given: Report, found: set[str]) -> None:
    assert occasions(given) == found | {"always"}


def test_only_hooks_with_an_occasion_run_in_their_order_in_the_folder(tmp_path: Path) -> None:
    hooks = [
        HookSettings(command=("sh", "-c", f"echo {name} >> ran"), on=on)
        for name, on in [("a", ("failed",)), ("b", ("events", "failed")), ("c", ("always",)), ("d", ("rejects",))]
    ]
    run_hooks(hooks, report(events=1), base=tmp_path, store=tmp_path, log=LOG)
    assert (tmp_path / "ran").read_text().split() == ["b", "c"]


def test_what_a_hook_gets(tmp_path: Path) -> None:
    code = "import json, os, sys; json.dump([json.load(sys.stdin), dict(os.environ)], open('got', 'w'))"
    message = "bad\0name \udcff"
    run(tmp_path, *python(code), given=report("failed", message, events=3, parked=1))
    told, variables = json.loads((tmp_path / "got").read_text())
    assert told["occasions"] == ["always", "events", "failed", "parked"]
    assert (told["run"], told["outcome"], told["message"]) == (7, "failed", message)
    assert told["counts"] == {"events": 3, "parked": 1}
    assert told["troubles"][0]["message"] == "damaged"
    ours = {name: value for name, value in variables.items() if name.startswith("DRAGOMAN_")}
    assert (
        ours.items()
        >= {
            "DRAGOMAN_OUTCOME": "failed",
            "DRAGOMAN_RUN": "7",
            "DRAGOMAN_SECONDS": "120.0",
            "DRAGOMAN_EVENTS": "3",
            "DRAGOMAN_REJECTS": "0",
            "DRAGOMAN_MESSAGE": "badname \\udcff",
            "DRAGOMAN_STORE": str(tmp_path / "store"),
        }.items()
    )
    assert {f"DRAGOMAN_{name.upper()}" for name in COUNTS} <= set(ours)
    assert variables["PATH"] == os.environ["PATH"]


@pytest.mark.parametrize(
    ("command", "level", "words"),
    [
        (("sh", "-c", "echo sent; echo again >&2"), logging.INFO, "ended with 0: sent\nagain"),
        (("sh", "-c", "echo no route; exit 3"), logging.ERROR, "ended with 3: no route"),
        (("sh", "-c", "kill -9 $$"), logging.ERROR, "ended with -9"),
        (("./not-there",), logging.ERROR, "cannot be run"),
        (("a\0b",), logging.ERROR, "cannot be run"),
        (("sh", "-c", "exec 0<&-; sleep 0.1"), logging.INFO, "ended with 0"),
    ],
)
def test_how_a_hook_ends_is_logged(
    command: tuple[str, ...], level: int, words: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    run(tmp_path, *command)
    (record,) = caplog.records
    assert record.levelno == level
    assert words in record.message


def test_only_the_end_of_long_output_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run(tmp_path, *python("print('x' * 10**6); print('the end')"))
    assert caplog.records[0].message.endswith("the end")
    assert len(caplog.records[0].message) < 3000


def test_a_hook_that_hangs_is_killed_with_its_children(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    run(tmp_path, "sh", "-c", "sleep 1000 & echo $! $$ > ids; wait", timeout="1s")
    assert "was killed after 1 s" in caplog.records[0].message
    for number in (tmp_path / "ids").read_text().split():
        for _ in range(200):  # a killed child is there until somebody reaps it
            if _gone(int(number)):
                break
            time.sleep(0.05)
        assert _gone(int(number))


def test_a_child_that_is_left_behind_does_not_hold_the_pass(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    run(tmp_path, "sh", "-c", "sleep 20 & echo $! > id; echo sent", timeout="10s")
    assert "ended with 0: sent" in caplog.records[0].message
    os.kill(int((tmp_path / "id").read_text()), 9)  # it was not killed


def _gone(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
