"""The examples for Airflow, Prefect and Dagster, run by them for real, with a command in dragoman's place.

None of the three is a dependency: run this file in an environment that has one of them, with --noconftest.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "configs" / "schedule"

pytestmark = pytest.mark.filterwarnings("default")  # those of the three are not ours

Example = Callable[[str], Path]


@pytest.fixture
def example(tmp_path: Path) -> Example:
    """An example as a file that calls another command, which notes what it is told, and exits with 1 for `health` while
    there is a file "ill"."""
    command = tmp_path / "dragoman"
    command.write_text(
        f'#!/bin/sh\necho "$*" >>{tmp_path}/told\n[ "$1" != health ] || [ ! -e {tmp_path}/ill ]\n', encoding="utf-8"
    )
    command.chmod(0o755)

    def made(name: str) -> Path:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        assert text.count("/opt/dragoman/bin/dragoman") == 2
        (tmp_path / name).write_text(text.replace("/opt/dragoman/bin/dragoman", str(command)), encoding="utf-8")
        return tmp_path / name

    return made


def imported(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # Prefect looks a flow's types up there
    spec.loader.exec_module(module)
    return module


def told(folder: Path) -> list[str]:
    """What the command was told since the last time."""
    lines = (folder / "told").read_text(encoding="utf-8").splitlines()
    (folder / "told").unlink()
    return lines


BOTH = [
    "sync --config /etc/dragoman/schedule.toml --log-json",
    "health --config /etc/dragoman/schedule.toml",
]


def test_airflow(example: Example, tmp_path: Path) -> None:
    pytest.importorskip("airflow")
    path = example("airflow_dag.py")
    home = {**os.environ, "AIRFLOW_HOME": str(tmp_path), "AIRFLOW__CORE__DAGS_FOLDER": str(tmp_path)}
    home |= {"AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONWARNINGS": "default"}
    airflow = shutil.which("airflow", path=str(Path(sys.executable).parent))
    assert airflow is not None
    subprocess.run([airflow, "db", "migrate"], env=home, check=True, capture_output=True)
    code = "import runpy, sys; dag = runpy.run_path(sys.argv[1])['sync'].dag; "
    code += "print(dag.schedule, dag.catchup, dag.max_active_runs); sys.exit(str(dag.test().state) != 'success')"
    run = [sys.executable, "-c", code, str(path)]
    ran = subprocess.run(run, env=home, check=True, capture_output=True, text=True)
    assert "*/15 * * * * False 1" in ran.stdout
    assert told(tmp_path) == BOTH
    (tmp_path / "ill").touch()
    assert subprocess.run(run, env=home, check=False, capture_output=True).returncode == 1


def test_prefect(example: Example, tmp_path: Path) -> None:
    pytest.importorskip("prefect")
    from prefect.testing.utilities import prefect_test_harness

    flow = imported(example("prefect_flow.py")).dragoman
    with prefect_test_harness(server_startup_timeout=120):
        flow()
        assert told(tmp_path) == BOTH
        (tmp_path / "ill").touch()
        with pytest.raises(RuntimeError, match=r"exit code 1: .*dragoman health"):
            flow()
        deployment = flow.to_deployment(name="a-test", cron="*/15 * * * *")
        assert [schedule.schedule.cron for schedule in deployment.schedules] == ["*/15 * * * *"]


def test_dagster(example: Example, tmp_path: Path) -> None:
    pytest.importorskip("dagster")
    definitions = imported(example("dagster_job.py")).definitions
    (schedule,) = definitions.schedules
    assert (schedule.job_name, schedule.cron_schedule) == ("dragoman", "*/15 * * * *")
    job = definitions.get_job_def("dragoman")
    assert job.execute_in_process().success
    assert told(tmp_path) == BOTH
    (tmp_path / "ill").touch()
    assert not job.execute_in_process(raise_on_error=False).success
