"""The history of a store: sums over all runs, and how they ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.store.folder import Store, reading
from pipeline.store.history import Totals, begin_run, last_runs, totals
from tests.schedule.stores import NOON, minutes, past


def test_totals_stay_when_the_history_forgets(tmp_path: Path) -> None:
    past(tmp_path, "done", counts={"files": 2, "events": 5})
    past(tmp_path, "failed", took=minutes(0.5), counts={"files": 1})
    past(tmp_path, "done", took=minutes(2), counts={"files": 3, "events": 1})
    with Store(tmp_path) as store:
        store.database.execute("DELETE FROM run WHERE number < 3")
        store.database.commit()
        assert totals(store.database) == Totals(
            runs={"died": 0, "done": 2, "failed": 1},
            seconds={"done": 180, "failed": 30},
            counts={"files": 6, "events": 6},
        )


def test_a_run_that_died_is_counted_by_the_next_one(tmp_path: Path) -> None:
    past(tmp_path, "running")
    with Store(tmp_path) as store:
        assert totals(store.database).runs["died"] == 0
        begin_run(store.database, NOON, made_with="dragoman 1")
        assert totals(store.database).runs["died"] == 1
        assert [run.outcome for run in last_runs(store.database, 9)] == ["running", "died"]


@pytest.mark.parametrize(("outcome", "numbers"), [(None, [3, 2]), ("done", [2, 1]), ("failed", [3]), ("stopped", [])])
def test_the_last_runs_that_ended_in_one_way(tmp_path: Path, outcome: str | None, numbers: list[int]) -> None:
    for ended in ("done", "done", "failed"):
        past(tmp_path, ended)
    with reading(tmp_path) as database:
        assert [run.number for run in last_runs(database, 2, outcome=outcome)] == numbers
