"""dragoman under Dagster: a pass every quarter of an hour, then a look at its health. `dagster dev -f dagster_job.py`

Dagster starts a run also while the one before is still going; sync then says so, does nothing and exits with 0.
"""

import shlex
import subprocess

from dagster import (
    DefaultScheduleStatus,
    Definitions,
    In,
    Nothing,
    OpExecutionContext,
    RetryPolicy,
    ScheduleDefinition,
    job,
    op,
)

SYNC = "/opt/dragoman/bin/dragoman sync --config /etc/dragoman/schedule.toml --log-json"
HEALTH = "/opt/dragoman/bin/dragoman health --config /etc/dragoman/schedule.toml"


def command(context: OpExecutionContext, line: str) -> None:
    """Run a command, with what it says in the log of the run. Raises `RuntimeError` unless it exits with 0."""
    with subprocess.Popen(
        shlex.split(line), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        for said in process.stdout or ():
            context.log.info(said.rstrip())
    if process.returncode:
        raise RuntimeError(f"exit code {process.returncode}: {line}")


@op(retry_policy=RetryPolicy(max_retries=2, delay=300))
def sync(context: OpExecutionContext) -> None:
    """One pass. It is tried again when an inbox cannot be reached (1) or a disk is full (3)."""
    command(context, SYNC)


@op(ins={"synced": In(Nothing)})
def health(context: OpExecutionContext) -> None:
    """Fails when the scheduled job is not healthy."""
    command(context, HEALTH)


@job
def dragoman() -> None:
    """A pass and its health."""
    health(sync())


definitions = Definitions(
    jobs=[dragoman],
    schedules=[
        ScheduleDefinition(job=dragoman, cron_schedule="*/15 * * * *", default_status=DefaultScheduleStatus.RUNNING)
    ],
)
