"""Ctrl-C and SIGTERM at the beginning of the command, while modules are imported and models loaded."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline.record import FILES

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["dragoman"]
MODULE, FUNCTION = SCRIPT.split(":")
COMMANDS = {
    "module": [sys.executable, "-m", "pipeline"],
    "script": [sys.executable, "-c", f"from {MODULE} import {FUNCTION}; {FUNCTION}()"],
}
SENDER = """
import os, sys

class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["AT"]:
            sys.meta_path.remove(self)
            os.killpg(os.getpgrp(), int(os.environ["SIGNAL"]))

if ("--multiprocessing-fork" in sys.orig_argv) == (os.environ["PROCESS"] == "worker"):
    sys.meta_path.insert(0, Sender())
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends signals")


def signalled(
    tmp_path: Path, command: str, number: signal.Signals, at: str, *, process: str = "first", workers: int = 1
) -> subprocess.CompletedProcess[str]:
    """A run whose processes all get a signal when one of them begins to import the module `at`."""
    (tmp_path / "sitecustomize.py").write_text(SENDER)
    (tmp_path / "in.txt").write_text("Kenya's Foreign Minister Jane Mwangi met with Ola Berg.")
    given = {"AT": at, "SIGNAL": str(int(number)), "PROCESS": process, "PYTHONPATH": f"{tmp_path}:{ROOT}"}
    call = [*COMMANDS[command], "run", str(tmp_path / "in.txt"), "--out", str(tmp_path / "out"), "-w", str(workers)]
    return subprocess.run(
        call,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        start_new_session=True,
    )


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("at", ["pipeline.cli", "typer", "pipeline.commands.run", "pydantic", "numpy"])
def test_a_signal_while_modules_are_imported_ends_the_command_quietly(
    tmp_path: Path, command: str, number: signal.Signals, at: str
) -> None:
    done = signalled(tmp_path, command, number, at)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("at", ["pipeline.link.sqlite", "onnxruntime"])
def test_a_signal_while_models_are_loaded_leaves_the_folder_as_it_was(
    tmp_path: Path, number: signal.Signals, at: str
) -> None:
    (tmp_path / "out").mkdir()
    for name in FILES:
        (tmp_path / "out" / name).write_text("old")
    done = signalled(tmp_path, "module", number, at)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"stopped at once; {tmp_path / 'out'} is as it was\n")
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == dict.fromkeys(FILES, "old")


@pytest.mark.parametrize("at", ["pipeline.run.work", "spacy", "onnxruntime"])
def test_ctrl_c_while_other_processes_begin_is_not_theirs(tmp_path: Path, at: str) -> None:
    done = signalled(tmp_path, "script", signal.SIGINT, at, process="worker", workers=2)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", f"stopped at once; {tmp_path / 'out'} is as it was\n")
    assert list((tmp_path / "out").iterdir()) == []
