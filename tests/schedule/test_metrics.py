"""Metrics, as Prometheus' own parsers read them."""

from __future__ import annotations

import os
import socket
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as open_metrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_open_metrics
from prometheus_client.parser import text_string_to_metric_families as read_text

from pipeline.errors import OutputError
from pipeline.schedule.metrics import StoreCollector, serving, write_textfile
from pipeline.schedule.report import COUNTS
from pipeline.store.folder import DATABASE, Store
from tests.schedule.stores import NOON, minutes, part, past, troubled

Samples = dict[tuple[str, tuple[str, ...]], float]


def samples(text: str) -> Samples:
    found = [sample for family in read_text(text) for sample in family.samples]
    return {(sample.name, tuple(sample.labels.values())): sample.value for sample in found}


def scraped(store: Path) -> Samples:
    registry = CollectorRegistry()
    registry.register(StoreCollector(store))
    strict = open_metrics(registry).decode()
    assert [family.name for family in read_open_metrics(strict)]  # raises for what OpenMetrics does not allow
    return samples(generate_latest(registry).decode())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    past(tmp_path, "done", counts={"files": 2, "events": 5})
    past(tmp_path, "failed", began=NOON + minutes(15), took=minutes(0.5), counts={"files": 1}, message="disk full")
    return tmp_path


def test_the_last_pass_and_the_last_success(store: Path) -> None:
    found = scraped(store)
    assert found["dragoman_up", ()] == 1
    assert found["dragoman_last_run_outcome", ("failed",)] == 1
    assert found["dragoman_last_run_outcome", ("done",)] == 0
    assert found["dragoman_last_run_start_timestamp_seconds", ()] == (NOON + minutes(15)).timestamp()
    assert found["dragoman_last_run_end_timestamp_seconds", ()] == (NOON + minutes(15.5)).timestamp()
    assert found["dragoman_last_run_duration_seconds", ()] == 30
    assert found["dragoman_last_success_timestamp_seconds", ()] == (NOON + minutes(1)).timestamp()
    assert ("dragoman_running_start_timestamp_seconds", ()) not in found


def test_a_pass_that_runs_hides_no_figure_of_the_one_before(store: Path) -> None:
    before = scraped(store)
    past(store, "running", began=NOON + minutes(30))
    after = scraped(store)
    assert after.pop(("dragoman_running_start_timestamp_seconds", ())) == (NOON + minutes(30)).timestamp()
    assert after == before


def test_totals_only_rise(store: Path) -> None:
    before = scraped(store)
    assert before["dragoman_files_total", ()] == 3
    assert before["dragoman_events_total", ()] == 5
    assert before["dragoman_runs_total", ("done",)] == 1
    assert before["dragoman_run_seconds_total", ("failed",)] == 30
    assert {(f"dragoman_{name}_total", ()) for name in COUNTS} <= set(before)
    past(store, "done", counts={"files": 1})
    with Store(store) as opened:
        opened.database.execute("DELETE FROM run WHERE number < 3")
        opened.database.commit()
    after = scraped(store)
    totals = {key: value for key, value in after.items() if key[0].endswith("_total")}
    assert all(value >= before[key] for key, value in totals.items())
    assert after["dragoman_files_total", ()] == 4


def test_troubles_and_parts(store: Path) -> None:
    assert scraped(store)["dragoman_troubles", ("failing", "file")] == 0
    troubled(store, failing=2, parked=3)
    sizes = [part(store, "events", 2).stat().st_size, part(store, "events", 5).stat().st_size]
    part(store, "documents", 1)
    found = scraped(store)
    assert found["dragoman_troubles", ("failing", "file")] == 2
    assert found["dragoman_troubles", ("parked", "article")] == 3
    assert found["dragoman_troubles", ("parked", "file")] == 0
    assert found["dragoman_store_parts", ("events",)] == 2
    assert found["dragoman_store_bytes", ("events",)] == sum(sizes)
    assert found["dragoman_store_parts", ("documents",)] == 1


def test_an_empty_store_none_and_a_damaged_one(tmp_path: Path) -> None:
    assert scraped(tmp_path / "none") == {("dragoman_up", ()): 0}
    with Store(tmp_path / "empty"):
        pass
    assert scraped(tmp_path / "empty")["dragoman_up", ()] == 1
    (tmp_path / "empty" / DATABASE).write_text("no database at all, but long enough to be looked at" * 50)
    assert scraped(tmp_path / "empty") == {("dragoman_up", ()): 0}


def test_the_text_file_is_replaced_as_a_whole(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "dragoman.prom"
    write_textfile(path, store)
    with path.open(encoding="utf-8") as old:
        past(store, "done", counts={"files": 1})
        write_textfile(path, store)
        assert samples(old.read())["dragoman_files_total", ()] == 3
    assert samples(path.read_text(encoding="utf-8"))["dragoman_files_total", ()] == 4
    assert [name for name in os.listdir(tmp_path) if "prom" in name] == ["dragoman.prom"]
    with pytest.raises(OutputError, match=r"none/x\.prom"):
        write_textfile(tmp_path / "none" / "x.prom", store)


def test_the_server_reads_the_store_at_each_scrape(store: Path) -> None:
    with serving(store, address="127.0.0.1", port=0) as port:

        def scrape() -> Samples:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                return samples(answer.read().decode())

        first = scrape()
        past(store, "done", counts={"files": 1})
        second = scrape()
        with pytest.raises(OutputError, match=f"127.0.0.1:{port}"), serving(store, address="127.0.0.1", port=port):
            pass
    assert (first["dragoman_files_total", ()], second["dragoman_files_total", ()]) == (3, 4)
    assert first["process_resident_memory_bytes", ()] > 0
    with socket.socket() as free:
        assert free.connect_ex(("127.0.0.1", port)) != 0
