"""The line in other processes gives what it gives in this one."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from pipeline import load
from pipeline.config import ModelSettings, Settings
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


def test_a_model_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(ModelError, match="nowhere"):
        Workers(Settings(model=ModelSettings(name="nowhere")), 2)


def test_a_stop_while_models_are_loaded_ends_all_processes() -> None:
    before = multiprocessing.active_children()
    with pytest.raises(KeyboardInterrupt):
        Workers(Settings(), 2, stopped=lambda: True)
    assert multiprocessing.active_children() == before
