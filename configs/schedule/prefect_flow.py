"""dragoman under Prefect 3: a pass every quarter of an hour, then a look at its health.

`python prefect_flow.py` serves the schedule as long as it runs; let systemd or a container keep it running. A pass that
is left behind by a flow run that was cancelled ends by itself, and until then the next one says that it is running.
"""

from __future__ import annotations

import shlex
import subprocess

from prefect import flow, get_run_logger, task

SYNC = "/opt/dragoman/bin/dragoman sync --config /etc/dragoman/schedule.toml --log-json"
HEALTH = "/opt/dragoman/bin/dragoman health --config /etc/dragoman/schedule.toml"


@task
def command(line: str) -> None:
    """Run a command, with what it says in the log of the flow run. Raises `RuntimeError` unless it exits with 0."""
    log = get_run_logger()
    with subprocess.Popen(
        shlex.split(line), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for said in process.stdout or ():
            log.info("%s", said.rstrip())
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {line}")


@flow
def dragoman() -> None:
    """One pass. It is tried again when an inbox cannot be reached (1) or a disk is full (3)."""
    command.with_options(name="sync", retries=2, retry_delay_seconds=300)(SYNC)
    command.with_options(name="health")(HEALTH)


if __name__ == "__main__":
    dragoman.serve(name="every-quarter-of-an-hour", cron="*/15 * * * *", limit=1)
