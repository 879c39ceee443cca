"""The examples in configs/schedule and the commands of docs/operations.md: each is what its tool reads, and calls of
dragoman have options that exist."""

from __future__ import annotations

import datetime as dt
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from croniter import croniter
from prometheus_client import CollectorRegistry, generate_latest

from pipeline.cli import app
from pipeline.schedule.cron import cron_trigger
from pipeline.schedule.metrics import StoreCollector
from pipeline.schedule.report import COUNTS
from pipeline.schedule.settings import ScheduleSettings
from pipeline.store.folder import Store
from pipeline.store.history import begin_run, end_run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "configs" / "schedule"
OPERATIONS = ROOT / "docs" / "operations.md"
CALL = re.compile(r'/opt/dragoman/bin/dragoman ([^\n"]*?)(?= 2>|"|\n)')
UNITS = sorted((*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")))
QUARTERS = "*/15 * * * *"
NOW = dt.datetime(2025, 5, 2, 9, 50, tzinfo=dt.UTC)


def documents(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all((EXAMPLES / name).read_text(encoding="utf-8")))


def cron_lines() -> list[tuple[str, str]]:
    """What crontab runs, each with its five fields."""
    lines = (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"((?:\S+\s+){5})(.*)", line) for line in lines if re.match(r"[\d*]", line)]
    return [(" ".join(match[1].split()), match[2]) for match in found if match]


def cron_job() -> dict[str, Any]:
    (job,) = (document for document in documents("kubernetes.yaml") if document["kind"] == "CronJob")
    spec = job["spec"]
    return spec


def container() -> dict[str, Any]:
    (found,) = cron_job()["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    return found


def calls() -> Iterator[tuple[str, str]]:
    """Every call of dragoman, from its subcommand on, with the file that it is in."""
    for path in sorted(EXAMPLES.iterdir()):
        for call in CALL.findall(path.read_text(encoding="utf-8")):
            yield path.name, call
    yield "kubernetes.yaml", shlex.join(container()["command"][1:])
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", OPERATIONS.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    for language, block in blocks:
        for call in re.findall(r"^dragoman (.*)$", block, re.MULTILINE) if not language else ():
            yield "operations.md", call


def test_every_example_but_those_of_other_tools_calls_dragoman() -> None:
    others = {"dragoman-sync.timer", "logrotate", "prometheus-alerts.yaml"}
    assert {name for name, _ in calls()} == {path.name for path in EXAMPLES.iterdir()} - others | {"operations.md"}


@pytest.mark.parametrize(("name", "call"), sorted(set(calls())))
def test_a_call_of_dragoman_is_one_that_it_understands(name: str, call: str) -> None:
    words = shlex.split(call, comments=True)
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words)


@pytest.mark.parametrize("name", ["airflow_dag.py", "prefect_flow.py", "dagster_job.py", "kubernetes.yaml"])
def test_schedules_in_cron_form_are_every_quarter_of_an_hour(name: str) -> None:
    assert re.findall(r'"((?:[\d*/,-]+ ){4}[\d*/,-]+)"', (EXAMPLES / name).read_text(encoding="utf-8")) == [QUARTERS]


def test_crontab_has_two_lines_that_cron_understands() -> None:
    assert [expression for expression, _ in cron_lines()] == [QUARTERS, "50 * * * *"]
    due = [croniter(expression, NOW).get_next(dt.datetime) for expression, _ in cron_lines()]
    assert due == [NOW.replace(hour=10, minute=0), NOW.replace(hour=10)]


def test_the_daemon_and_cron_mean_the_same_by_an_expression() -> None:
    start = NOW.astimezone()
    for expression in (QUARTERS, "50 * * * *", "*/15 6-22 * * mon-fri", "30 4 * * 0", "0 3 1 * *"):
        theirs, ours = croniter(expression, start), cron_trigger(expression)
        due = start
        for _ in range(50):
            due = ours.get_next_fire_time(due, due + dt.timedelta(seconds=1))
            assert due == theirs.get_next(dt.datetime)


def test_crontab_lines_are_shell_and_print_only_what_is_wrong(tmp_path: Path) -> None:
    """Run for real, with a command in dragoman's place that says what it is told and exits as it is told."""
    command = tmp_path / "dragoman"
    command.write_text('#!/bin/sh\necho "told $1"\necho "log $1" >&2\nexit "$CODE"\n', encoding="utf-8")
    command.chmod(0o755)
    told = []
    for code in "01":
        for _, line in cron_lines():
            line = line.replace("/opt/dragoman/bin", str(tmp_path)).replace("/var/log/dragoman", str(tmp_path))
            assert "%" not in line
            ran = subprocess.run(
                ["/bin/sh", "-c", line], env={"CODE": code}, capture_output=True, text=True, check=False
            )
            told.append(ran.stdout + ran.stderr)
    assert told[1] == ""
    assert told[3] == "told health\nlog health\n"
    assert "exit code 1" not in told[0]
    assert f"dragoman sync: exit code 1, see {tmp_path}/sync.log\n" in told[2]
    assert (tmp_path / "sync.log").read_text(encoding="utf-8") == "log sync\n" * 2


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    command = shutil.which("true")
    assert command is not None
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/dragoman/bin/dragoman", command)
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    units = [str(tmp_path / unit.name) for unit in UNITS]
    ran = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")
    for unit in units:
        if unit.endswith(".service"):
            check = ["systemd-analyze", "security", "--offline=yes", "--threshold=15", unit]  # tenths, of 10
            subprocess.run(check, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd-analyze")
def test_the_timer_means_what_the_crontab_means() -> None:
    (calendar,) = re.findall(r"^OnCalendar=(.*)$", (EXAMPLES / "dragoman-sync.timer").read_text(), re.MULTILINE)
    told = subprocess.run(
        ["systemd-analyze", "calendar", f"--base-time={NOW:%Y-%m-%d %H:%M:%S} UTC", "--iterations=8", calendar],
        env={"TZ": "UTC", "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    theirs = [
        dt.datetime.fromisoformat(f"{day}T{time}+00:00") for day, time in re.findall(r"(\d{4}-\S+) (\S+) UTC", told)
    ]
    cron = croniter(QUARTERS, NOW)
    assert theirs == [cron.get_next(dt.datetime) for _ in range(8)]


def test_units_of_the_timer_and_the_daemon_are_shut_in_alike() -> None:
    """What the two services may do differs only in the network, which the daemon's metrics need."""

    def rules(name: str) -> set[str]:
        text = (EXAMPLES / name).read_text(encoding="utf-8")
        return {line for line in text[text.index("\nNice=") :].splitlines() if re.match("[A-Z]", line)}

    differing = rules("dragoman-sync.service") ^ rules("dragoman-daemon.service")
    assert {line.partition("=")[0] for line in differing} == {
        "PrivateNetwork", "IPAddressDeny", "IPAddressAllow", "WantedBy",
    }  # fmt: skip


def test_kubernetes_runs_one_pass_at_a_time_on_settings_that_are_right() -> None:
    spec = cron_job()
    assert (spec["schedule"], spec["concurrencyPolicy"]) == (QUARTERS, "Forbid")
    (settings,) = (document["data"] for document in documents("kubernetes.yaml") if document["kind"] == "ConfigMap")
    schedule = ScheduleSettings.model_validate(tomllib.loads(settings["schedule.toml"]))
    mounts = {mount["mountPath"] for mount in container()["volumeMounts"]}
    assert {str(Path(schedule.store).parent), "/etc/dragoman", "/tmp"} == mounts


@pytest.mark.skipif(shutil.which("logrotate") is None, reason="there is no logrotate")
def test_logrotate_accepts_its_file(tmp_path: Path) -> None:
    (tmp_path / "sync.log").write_text("{}\n" * 9, encoding="utf-8")
    text = (EXAMPLES / "logrotate").read_text(encoding="utf-8").replace("/var/log/dragoman", str(tmp_path))
    own = re.sub(r"^ *(su|create) .*\n", "", text, flags=re.MULTILINE)  # users that this machine need not have
    (tmp_path / "rules").write_text(own, encoding="utf-8")
    (tmp_path / "rules").chmod(0o644)
    for _ in "12":
        rotate = ["logrotate", "--force", "--state", str(tmp_path / "state"), str(tmp_path / "rules")]
        ran = subprocess.run(rotate, capture_output=True, text=True, check=True)
        assert ran.stdout + ran.stderr == ""
    assert (tmp_path / "sync.log.1").read_text(encoding="utf-8") == "{}\n" * 9


def test_alerts_ask_for_metrics_that_there_are(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        run = begin_run(store.database, NOW, made_with="a test")
        end_run(store.database, run, NOW, "done", counts=dict.fromkeys(COUNTS, 0))
    registry = CollectorRegistry()
    registry.register(StoreCollector(tmp_path))
    given = {line.partition("{")[0].partition(" ")[0] for line in generate_latest(registry).decode().splitlines()}
    (alerts,) = documents("prometheus-alerts.yaml")
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    assert {name for rule in rules for name in re.findall(r"\bdragoman_\w+", rule["expr"])} <= given
    assert all(set(rule) <= {"alert", "expr", "for", "labels", "annotations"} for rule in rules)
