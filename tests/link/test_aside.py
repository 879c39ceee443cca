from __future__ import annotations

import sqlite3

import pytest

from pipeline.errors import OutputError
from pipeline.link.aside import Aside


def test_all_that_was_put_under_a_key_comes_back_in_order() -> None:
    aside = Aside()
    aside.put([("a", b"1"), ("b", b"2")])
    aside.put([("a", b"3")])
    assert sorted(aside.keys()) == ["a", "b"]
    assert (list(aside.get("a")), list(aside.get("b")), list(aside.get("c"))) == ([b"1", b"3"], [b"2"], [])


def test_a_file_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    aside = Aside()
    aside._connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(OutputError, match="temporary file cannot be written: database or disk is full"):
        aside.put([("a", b"x" * 100_000)])
    assert list(aside.keys()) == []
    monkeypatch.setattr(sqlite3, "connect", lambda _: (_ for _ in ()).throw(sqlite3.OperationalError("no place")))
    with pytest.raises(OutputError, match="no place"):
        Aside()
