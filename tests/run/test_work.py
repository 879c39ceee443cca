"""The line in other processes gives what it gives in this one."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import pytest

from pipeline import load
from pipeline.config import ModelSettings, RunSettings, Settings
from pipeline.document import Article
from pipeline.errors import ModelError
from pipeline.io.articles import reject
from pipeline.run import work as module
from pipeline.run.chunks import Item, chunked
from pipeline.run.work import Alone, Outcome, Workers
from pipeline.stage import Rejection

ITEMS: list[Item] = [
    Article("a", "Kenyan Foreign Minister Ann Otieno met her Chadian counterpart Ali Nur in Nairobi on Monday."),
    reject("in", 2, None, "empty", "nothing"),
    Article("b", "Der Minister traf am Montag seinen Kollegen in Wien und sprach mit ihm über den Handel."),
    Article("c", "Chad thanked Kenya for its help."),
]


def shown(outcome: Outcome) -> object:
    if isinstance(outcome, Rejection):
        return outcome.article.doc_id, outcome.code
    return outcome if not hasattr(outcome, "events") else (outcome.record, outcome.events)


def outcomes(work: Alone | Workers, *, articles: int) -> list[object]:
    return [shown(o) for _, found in work.outcomes(chunked(ITEMS, articles=articles)) for o in found]


@pytest.fixture(scope="module")
def alone() -> Alone:
    return Alone(load(Settings()))


def test_two_processes_give_what_one_gives(alone: Alone) -> None:
    with Workers(Settings(), 2) as workers:
        assert dict(workers.models) == dict(alone.models)
        assert outcomes(workers, articles=1) == outcomes(alone, articles=1)


def test_outcomes_stand_in_the_order_of_the_items(alone: Alone) -> None:
    for articles in (1, 2, 9):
        found = [o for _, some in alone.outcomes(chunked(ITEMS, articles=articles)) for o in some]
        assert found[1] is ITEMS[1]
        assert isinstance(found[2], Rejection)
        assert [o.record.doc_id for o in (found[0], found[3])] == ["a", "c"]  # type: ignore[union-attr]


def _die_or_reject(text: str, articles: list[Article]) -> list[object]:
    if any(article.text == text for article in articles):
        os.kill(os.getpid(), signal.SIGKILL)
    return [Rejection(article, "test", "read", "read") for article in articles]


def _read_or_die(settings: Settings, articles: list[Article]) -> list[object]:
    return _die_or_reject("bad", articles)


def _no_models(settings: Settings) -> dict[str, str]:
    return {}


def test_an_article_that_kills_its_process_is_rejected_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_read", _read_or_die)
    monkeypatch.setattr(module, "_models", _no_models)
    items = [Article(str(n), "bad" if n == 2 else "good") for n in range(6)]
    with Workers(Settings(), 1) as workers:
        found = [o for _, some in workers.outcomes(chunked(items, articles=2)) for o in some]
    codes = [o.code for o in found if isinstance(o, Rejection)]
    assert codes == ["crashed" if n == 2 else "read" for n in range(6)]


class _Hanging:
    """Hangs in an article, where no signal that Python handles would wake it."""

    forgetting = nullcontext

    def run(self, articles: list[Article]) -> list[object]:
        if any(article.text == "hang" for article in articles):
            ctypes.PyDLL(None).sleep(600)
        return [Rejection(article, "test", "read", "read") for article in articles]


def _read_or_hang(settings: Settings, articles: list[Article]) -> list[object]:
    module._extractor = lambda _: _Hanging()  # type: ignore[assignment, return-value]
    return list(module._read(settings, articles))


def test_an_article_that_hangs_is_rejected_and_the_others_are_read(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "_read", _read_or_hang)
    monkeypatch.setattr(module, "_models", _no_models)
    items = [Article(str(n), "hang" if n == 2 else "good") for n in range(6)]
    with Workers(Settings(run=RunSettings(timeout=1)), 1) as workers:
        found = [o for _, some in workers.outcomes(chunked(items, articles=2)) for o in some]
    assert [o.code for o in found if isinstance(o, Rejection)] == ["crashed" if n == 2 else "read" for n in range(6)]
    assert "in run" in capfd.readouterr().err


def test_a_model_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(ModelError, match="nowhere"):
        Workers(Settings(model=ModelSettings(name="nowhere")), 2)


def test_a_stop_while_models_are_loaded_ends_all_processes() -> None:
    before = multiprocessing.active_children()
    with pytest.raises(KeyboardInterrupt):
        Workers(Settings(), 2, stopped=lambda: True)
    assert multiprocessing.active_children() == before


def _read_or_wait(settings: Settings, articles: list[Article]) -> list[object]:
    for article in articles:
        if article.text.startswith("wait for "):
            while not Path(article.text.removeprefix("wait for ")).exists():
                time.sleep(0.01)
        if article.text.startswith("make "):
            Path(article.text.removeprefix("make ")).touch()
    return _die_or_reject("bad", articles)


def overtaken(monkeypatch: pytest.MonkeyPatch, items: Sequence[Item]) -> list[tuple[int, list[str]]]:
    """Numbers of chunks, and what became of their articles, as they come out of two processes in any order."""
    monkeypatch.setattr(module, "_read", _read_or_wait)
    monkeypatch.setattr(module, "_models", _no_models)
    with Workers(Settings(run=RunSettings(order="any")), 2) as workers:
        return [
            (chunk.number, [o.code for o in found if isinstance(o, Rejection)])
            for chunk, found in workers.outcomes(chunked(items, articles=2))
        ]


def test_a_slow_chunk_holds_up_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    texts = [f"wait for {tmp_path / 'sign'}", *["good"] * 28, f"make {tmp_path / 'sign'}", "good"]
    found = overtaken(monkeypatch, [Article(str(n), text) for n, text in enumerate(texts)])
    assert sorted(found) == [(n, ["read"] * (2 if n < 15 else 1)) for n in range(16)]
    numbers = [number for number, _ in found]
    assert numbers.index(0) > numbers.index(10)
    assert numbers[-1] == 15, "the one that is not full comes last"


def test_a_slow_chunk_is_not_overtaken_without_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "FAR", 5)
    given: list[int] = []

    def items() -> Iterator[Item]:
        for number in range(40):
            given.append(number)
            yield Article(str(number), f"wait for {tmp_path / 'sign'}" if number == 0 else "good")

    monkeypatch.setattr(module, "_read", _read_or_wait)
    monkeypatch.setattr(module, "_models", _no_models)
    with Workers(Settings(run=RunSettings(order="any")), 2) as workers:
        found = workers.outcomes(chunked(items(), articles=1))
        first = [next(found)[0].number for _ in range(5)]
        assert sorted(first) == [1, 2, 3, 4, 5]
        assert given == list(range(6))
        (tmp_path / "sign").touch()
        assert sorted(chunk.number for chunk, _ in found) == [0, *range(6, 40)]


def test_an_article_that_kills_its_process_is_found_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = overtaken(monkeypatch, [Article(str(n), "bad" if n == 5 else "good") for n in range(12)])
    assert sorted(found) == [(n, ["read", "crashed"] if n == 2 else ["read"] * 2) for n in range(6)]
