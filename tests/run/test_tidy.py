from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from pipeline.run import tidy as module
from pipeline.run.tidy import tidy


@pytest.fixture(autouse=True)
def _not_frozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_loaded_is_frozen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tidy()
    assert gc.get_freeze_count()
    monkeypatch.setattr(gc, "freeze", lambda: pytest.fail("frozen again"))
    tidy()


def test_freed_memory_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    monkeypatch.setattr(module, "_trim", lambda: called.append)
    tidy()
    assert called == [0]


def test_a_c_library_that_cannot_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_trim", lambda: None)
    tidy()
