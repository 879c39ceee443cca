"""Health: each reason alone, and what is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import InputError
from pipeline.schedule.health import Health, health_of, spoken
from pipeline.schedule.settings import HealthSettings
from pipeline.store.folder import DATABASE, Store
from tests.schedule.stores import NOON, minutes, part, past, settings, troubled


def health(base: Path, *, after: float = 10, **values: Any) -> Health:
    return health_of(settings(health=HealthSettings(**values)), base, NOON + minutes(after))


def reason(base: Path, **values: Any) -> str:
    (found,) = health(base, **values).reasons
    return found


@pytest.fixture
def store(tmp_path: Path) -> Path:
    past(tmp_path / "store", "done")
    return tmp_path / "store"


def test_a_success_not_long_ago(store: Path) -> None:
    found = health(store.parent)
    assert found.healthy
    assert found.last_success == NOON + minutes(1)


def test_no_success_for_long(store: Path) -> None:
    assert health(store.parent, after=61).healthy
    assert reason(store.parent, after=62) == "no pass came to its end for 61 min"
    past(store, "stopped", began=NOON + minutes(50))
    assert reason(store.parent, after=62) == "no pass came to its end for 61 min"
    assert health(store.parent, after=62, max_age=dt.timedelta(hours=2)).healthy


def test_nothing_yet(tmp_path: Path) -> None:
    assert "no store yet" in reason(tmp_path)
    past(tmp_path / "store", "stopped")
    assert reason(tmp_path) == "no pass has come to its end"


def test_the_last_pass_failed_or_died(store: Path) -> None:
    past(store, "failed", began=NOON + minutes(5), message="disk full")
    assert reason(store.parent) == "pass 2 failed: disk full"
    past(store, "running", began=NOON + minutes(8))
    assert reason(store.parent) == "pass 2 failed: disk full"
    past(store, "running", began=NOON + minutes(9))
    assert reason(store.parent) == "pass 3 died"
    past(store, "done", began=NOON + minutes(9))
    assert health(store.parent).healthy


def test_a_pass_that_runs_is_no_failure_unless_for_long(store: Path) -> None:
    past(store, "running", began=NOON + minutes(120))
    found = health(store.parent, after=179)
    assert found.healthy
    assert found.running_since == NOON + minutes(120)
    assert reason(store.parent, after=181) == "pass 2 began 61 min ago and has not ended, or was killed"


def test_more_is_parked_than_may_be(store: Path) -> None:
    troubled(store, failing=2, parked=3)
    assert health(store.parent).healthy
    assert health(store.parent, max_parked=3).healthy
    assert "3 files and articles are parked, more than 2" in reason(store.parent, max_parked=2)
    found = health(store.parent)
    assert (found.parked, found.failing) == (3, 2)


def test_files_that_are_missing_or_cut_off(store: Path) -> None:
    gone, cut = part(store, "events", 3), part(store, "rejects", 3)
    assert health(store.parent).healthy
    cut.write_bytes(cut.read_bytes()[:-5])
    assert cut.relative_to(store).as_posix() in reason(store.parent)
    gone.unlink()
    assert "and 1 more" in reason(store.parent)


def test_files_that_are_removed_meanwhile_are_not_missing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part(store, "events", 3)
    stat = Path.stat

    def removing(path: Path, *, follow_symlinks: bool = True) -> object:
        if path.name.startswith("part-"):
            monkeypatch.setattr(Path, "stat", stat)
            with Store(store) as opened:
                opened.remove(list(opened.parts()))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", removing)
    assert health(store.parent).healthy
    assert not list(store.rglob("part-*"))


def test_a_database_of_something_else_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / DATABASE).write_text("no database at all, but long enough to be looked at" * 50)
    with pytest.raises(InputError):
        health(tmp_path)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"), (300_000, "3 days")],
)
def test_spoken(seconds: float, words: str) -> None:
    assert spoken(dt.timedelta(seconds=seconds)) == words
