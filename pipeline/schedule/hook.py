"""Hooks: commands of the user's that are run after a pass."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pydantic_core import to_jsonable_python

from pipeline.run.telling import said
from pipeline.schedule.report import COUNTS, Report
from pipeline.schedule.settings import HookOccasion, HookSettings

SHOWN = 2000
"""So many bytes of what a hook says go into the log, the last ones."""


def occasions(report: Report) -> set[HookOccasion]:
    """What a pass gives occasion to."""
    found: set[HookOccasion] = {"always"}
    if report.outcome in ("failed", "died"):
        found.add("failed")
    for name in ("parked", "rejects", "events"):
        if report.counts.get(name):
            found.add(name)
    return found


def run_hooks(hooks: Sequence[HookSettings], report: Report, *, base: Path, store: Path, log: logging.Logger) -> None:
    """Run the hooks that the pass gives occasion to, one after another, in the folder `base`.

    Each gets the report as JSON on standard input and the figures in variables DRAGOMAN_…. What it says and how it ends
    is logged; nothing it does stops the caller.
    """
    held = occasions(report)
    given = json.dumps({**to_jsonable_python(report), "store": str(store), "occasions": sorted(held)})
    for hook in hooks:
        if held.intersection(hook.on):
            _run(hook, given.encode(), {**os.environ, **_variables(report, store)}, base, log)


def _run(hook: HookSettings, given: bytes, variables: dict[str, str], base: Path, log: logging.Logger) -> None:
    # Files, not pipes: a child that the hook leaves behind with its end of a pipe would keep us waiting.
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as heard:
        told.write(given)
        told.seek(0)
        try:
            process = subprocess.Popen(
                hook.command,
                stdin=told,
                stdout=heard,
                stderr=subprocess.STDOUT,
                cwd=base,
                env=variables,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in the command
            log.error("hook %s cannot be run: %s", hook.command[0], error, extra=_data(hook))
            return
        try:
            code = process.wait(hook.timeout.total_seconds())
            end = f"ended with {code}"
        except subprocess.TimeoutExpired:
            code = None
            end = f"was killed after {hook.timeout.total_seconds():g} s"
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        heard.seek(max(heard.seek(0, os.SEEK_END) - SHOWN, 0))
        words = heard.read().decode("utf-8", "replace").strip()
    level = logging.INFO if code == 0 else logging.ERROR
    log.log(level, "hook %s %s%s", hook.command[0], end, f": {words}" if words else "", extra=_data(hook, code, words))


def _data(hook: HookSettings, code: int | None = None, words: str = "") -> dict[str, object]:
    return said("hook", command=list(hook.command), exit=code, output=words)


def _variables(report: Report, store: Path) -> dict[str, str]:
    values = {
        "STORE": str(store),
        "RUN": "" if report.run is None else str(report.run),
        "OUTCOME": report.outcome,
        "BEGAN": report.began.isoformat(),
        "ENDED": report.ended.isoformat(),
        "SECONDS": f"{(report.ended - report.began).total_seconds():.1f}",
        "MESSAGE": _sayable(report.message or ""),
        **{name.upper(): str(report.counts.get(name, 0)) for name in COUNTS},
    }
    return {f"DRAGOMAN_{name}": value for name, value in values.items()}


def _sayable(text: str) -> str:
    """The text without what an environment variable cannot hold."""
    return text.replace("\0", "").encode("utf-8", "backslashreplace").decode()
