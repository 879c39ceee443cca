"""dragoman under Airflow 3: a pass every quarter of an hour, then a look at its health. Put it into the folder of DAGs.

The worker needs the command, the settings and the folder of the store, on a local disk; dragoman itself stays out of
Airflow's environment. A pass that is killed loses nothing: the next one goes on where the last commit was.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG  # in Airflow 2: from airflow import DAG

with DAG(
    dag_id="dragoman",
    schedule="*/15 * * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,  # one pass reads all that came meanwhile
    max_active_runs=1,  # a store has one writer
):
    sync = BashOperator(
        task_id="sync",
        bash_command="exec /opt/dragoman/bin/dragoman sync --config /etc/dragoman/schedule.toml --log-json",
        retries=2,  # an inbox that cannot be reached (1), a full disk (3)
        retry_delay=timedelta(minutes=5),
    )
    health = BashOperator(
        task_id="health",
        bash_command="/opt/dragoman/bin/dragoman health --config /etc/dragoman/schedule.toml",
    )
    sync >> health
