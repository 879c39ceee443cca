from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import pytest

from pipeline.document import Article
from pipeline.store.ledger import Known, Ledger, Superseded, Verdict, telling_url, text_key

URL = "https://a.example/talks"


def opened(folder: Path) -> Ledger:
    return Ledger(sqlite3.connect(folder / "ledger.sqlite"))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return opened(tmp_path)


def article(doc_id: str, text: str, *, url: str | None = None, input: str = "a.jsonl", line: int | None = 1) -> Article:
    return Article(doc_id, text, url=url, input=input, line=line)


def finished(ledger: Ledger, given: Article, *events: str) -> list[Known]:
    assert ledger.judge(given).kind == "new"
    return [found.older for found in ledger.finish(given, "read", events)]


def test_the_same_article_is_known(ledger: Ledger) -> None:
    given = article("a", "text")
    assert not ledger.knows(given)
    assert ledger.judge(given) == Verdict("new")
    assert not ledger.knows(given)
    assert ledger.judge(given) == Verdict("again")
    assert ledger.finish(given, "read", ["e"]) == []
    assert ledger.knows(given)
    assert ledger.judge(given) == Verdict("again")


@pytest.mark.parametrize("newer", [article("b", "new", url=URL + "#comments"), article("a", "new")])
def test_a_newer_version_withdraws_what_the_older_one_gave(ledger: Ledger, newer: Article) -> None:
    older = article("a", "old", url=URL)
    finished(ledger, older, "e1", "e2")
    assert ledger.judge(newer) == Verdict("new", "a")
    known = Known("a", text_key("old").hex(), ("e1", "e2"))
    withdrawn = [Superseded(known, newer.doc_id, text_key("new").hex())]
    assert ledger.finish(newer, "read", ["e3"]) == withdrawn
    assert ledger.finish(newer, "read", ["e3"]) == []  # only once
    assert ledger.judge(older) == Verdict("again")  # an older version does not come back


def test_a_newer_version_that_is_rejected_leaves_the_older_one(ledger: Ledger) -> None:
    finished(ledger, article("a", "1", url=URL), "e1")
    ledger.judge(article("a", "2", url=URL))
    assert ledger.finish(article("a", "2", url=URL), "rejected") == []
    assert finished(ledger, article("a", "3", url=URL), "e3") == [Known("a", text_key("1").hex(), ("e1",))]


def test_versions_that_are_in_hand_together(ledger: Ledger) -> None:
    versions = [article("a", text, url=URL) for text in "123"]
    assert [ledger.judge(v).older for v in versions] == [None, "a", "a"]
    assert ledger.finish(versions[0], "read", ["e1"]) == []
    assert ledger.finish(versions[1], "rejected") == []
    assert [found.older.events for found in ledger.finish(versions[2], "repeat")] == [("e1",)]


@pytest.mark.parametrize("order", ["".join(p) for p in itertools.permutations("123")])
def test_versions_that_come_back_in_another_order(ledger: Ledger, order: str) -> None:
    versions = {text: article("a", text, url=URL) for text in "123"}
    for version in versions.values():
        ledger.judge(version)
    told = [found for text in order for found in ledger.finish(versions[text], "read", [text])]
    assert sorted(found.older.events for found in told) == [("1",), ("2",)]
    newer = {found.older.events: found.sha256 for found in told}
    assert newer["2",] == text_key("3").hex()
    assert newer["1",] in (text_key("2").hex(), text_key("3").hex())


def test_a_rejected_version_between_others_that_come_back_in_another_order(ledger: Ledger) -> None:
    versions = [article("a", text, url=URL) for text in "123"]
    for version in versions:
        ledger.judge(version)
    assert ledger.finish(versions[2], "read", ["3"]) == []
    assert ledger.finish(versions[1], "rejected") == []
    assert [found.older.events for found in ledger.finish(versions[0], "read", ["1"])] == [("1",)]


@pytest.mark.parametrize(
    "other",
    [
        article("a", "new", url="https://a.example/other"),
        article("a", "new", input="b.txt", line=None),
    ],
)
def test_an_id_may_be_taken_by_another_article(ledger: Ledger, other: Article) -> None:
    finished(ledger, article("a", "old", url=URL, input="a.txt", line=None))
    assert ledger.judge(other) == Verdict("taken")
    assert not ledger.knows(other)


def test_a_copy_under_another_id_is_no_version(ledger: Ledger) -> None:
    finished(ledger, article("a", "text", url=URL), "e1")
    assert finished(ledger, article("b", "text", url=URL), "e1") == []


@pytest.mark.parametrize("url", ["https://a.example", "https://a.example/", "https://a.example/#top", "http://[", None])
def test_an_address_that_tells_no_article(ledger: Ledger, url: str | None) -> None:
    assert telling_url(url) is None
    finished(ledger, article("a", "one", url=url), "e1")
    assert finished(ledger, article("b", "two", url=url), "e2") == []


def test_what_was_in_hand_when_a_run_died_keeps_its_place_among_the_versions(tmp_path: Path) -> None:
    first, second = article("a", "1", url=URL), article("a", "2", url=URL)
    ledger = opened(tmp_path)
    ledger.judge(first)
    ledger.judge(second)
    ledger.judge(article("b", "3"))
    ledger.note_repeat(article("b", "3"), "x")
    assert ledger.finish(second, "read", ["e2"]) == []
    ledger.save()
    ledger._connection.close()
    ledger = opened(tmp_path)
    assert not ledger.knows(first)
    assert ledger.judge(first) == Verdict("new", lost=True)
    assert ledger.judge(first) == Verdict("again")
    [found] = ledger.finish(first, "read", ["e1"])
    assert (found.older.events, found.sha256) == (("e1",), text_key("2").hex())
    assert ledger.judge(article("b", "3")) == Verdict("new", lost=True, repeats="x")


def test_what_was_told_after_a_state_can_be_taken_back(tmp_path: Path) -> None:
    first, second = article("a", "1", url=URL), article("a", "2", url=URL)
    ledger = opened(tmp_path)
    finished(ledger, first, "e1")
    state = ledger.save()
    finished(ledger, article("b", "3"), "e3")
    assert [known.events for known in finished(ledger, second, "e2")] == [("e1",)]
    assert ledger.save() == state + 1
    ledger._connection.close()
    for _ in range(2):
        ledger = opened(tmp_path)
        ledger.go_back(state)
        assert ledger.knows(first)
        assert not ledger.knows(second)
        assert finished(ledger, article("b", "3"), "e3") == []
        assert [known.events for known in finished(ledger, second, "e2")] == [("e1",)]
        assert ledger.save() == state + 1
        ledger._connection.close()


def test_what_is_in_hand_is_forgotten_and_what_is_finished_kept(tmp_path: Path) -> None:
    ledger = opened(tmp_path)
    finished(ledger, article("a", "1", url=URL), "e1")
    ledger.judge(article("b", "2", url=URL))
    ledger.judge(article("c", "3"))
    ledger.forget(article("c", "3"))
    ledger.save()
    finished(ledger, article("d", "4"))
    ledger._connection.close()
    ledger = opened(tmp_path)
    assert ledger.knows(article("a", "1"))
    assert not ledger.knows(article("d", "4"))
    assert [known.events for known in finished(ledger, article("b", "2", url=URL))] == [("e1",)]
