"""Parquet: rows as articles, in batches."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from pipeline.document import Article
from pipeline.record import RejectRecord
from tests.reads import codes, one, read_bytes


def file_of(columns: dict[str, object], **options: int) -> bytes:
    raw = io.BytesIO()
    parquet.write_table(pa.table(columns), raw, **options)
    return raw.getvalue()


def test_rows_are_articles_in_every_row_group(tmp_path: Path) -> None:
    raw = file_of({"id": list(range(1000)), "text": [f"Text {i}" for i in range(1000)]}, row_group_size=300)
    items = read_bytes(tmp_path, "a.parquet", raw)
    assert codes(items) == [str(i) for i in range(1000)]
    assert [item.line for item in items] == list(range(1, 1001))
    assert isinstance(items[999], Article)
    assert items[999].text == "Text 999"


@pytest.mark.parametrize(
    "days",
    [
        [dt.date(2025, 5, 3)],
        ["2025-05-03"],
        pa.array([1746258000123456789], pa.timestamp("ns")),
        pa.array([1746258000], pa.timestamp("s", "UTC")),
    ],
)
def test_other_peoples_columns_and_kinds_of_days(tmp_path: Path, days: object) -> None:
    raw = file_of({"nr": [7], "body": ["The body"], "text": ["not this"], "when": days, "vector": [[0.1, 0.2]]})
    found = one(read_bytes(tmp_path, "a.parquet", raw, mapping="id=nr,text=body,published=when"))
    assert (found.doc_id, found.text, found.published) == ("7", "The body", dt.date(2025, 5, 3))


def test_a_compressed_file_is_read_too(tmp_path: Path) -> None:
    assert one(read_bytes(tmp_path, "a.parquet.gz", gzip.compress(file_of({"text": ["Text"]})))).text == "Text"


def test_bad_rows_beside_good_ones(tmp_path: Path) -> None:
    raw = file_of(
        {"id": ["a", "b", "c", "d"], "text": ["A", None, "x" * 2000, "D"], "published": [None, None, None, "soon"]}
    )
    items = read_bytes(tmp_path, "a.parquet", raw, max_characters=1000)
    assert codes(items) == ["a", "missing_text", "too_long", "bad_published"]
    assert [item.line for item in items] == [1, 2, 3, 4]


def test_a_value_that_cannot_be_read_costs_its_row_alone(tmp_path: Path) -> None:
    days = pa.array([0, 2**63 - 1, None, 0], pa.timestamp("us"))
    texts = pa.array([b"Text 1", b"Text 2", b"Text 3", b"\xffext 4"]).view(pa.string())
    items = read_bytes(tmp_path, "a.parquet", file_of({"id": list("abcd"), "text": texts, "published": days}))
    assert codes(items) == ["a", "bad_value", "c", "bad_value"]
    assert [item.message.partition(":")[0] for item in items if isinstance(item, RejectRecord)] == [
        "column 'published'",
        "column 'text'",
    ]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "broken_parquet"),
        (b"PAR1 and nothing", "broken_parquet"),
        (file_of({"text": ["Text"]})[:-9], "broken_parquet"),
        (file_of({"body": ["Text"]}), "missing_text"),
        (file_of({"text": pa.array([], pa.string())}), "empty"),
        (file_of({"text": [b"Text"]}), "bad_text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, raw: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, "a.parquet", raw)) == [code]


def test_rows_before_the_damage_stay(tmp_path: Path) -> None:
    raw = bytearray(file_of({"text": [f"{i * 7919:x}" * 9 for i in range(2000)]}, row_group_size=500))
    raw[len(raw) // 2 : len(raw) // 2 + 2000] = b"\xff" * 2000
    *good, last = read_bytes(tmp_path, "a.parquet", bytes(raw))
    assert len(good) >= 500
    assert isinstance(last, RejectRecord)
    assert (last.error, last.line) == ("broken_parquet", len(good) + 1)


@settings(max_examples=50)
@given(at=st.integers(0, 400), piece=st.binary(min_size=1, max_size=20))
def test_any_damage_comes_out_as_something(tmp_path_factory: pytest.TempPathFactory, at: int, piece: bytes) -> None:
    raw = bytearray(file_of({"id": ["a", "b"], "text": ["Text", "More"]}))
    raw[at : at + len(piece)] = piece
    assert read_bytes(tmp_path_factory.mktemp("in"), "a.parquet", bytes(raw))


def test_without_the_package_the_reject_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    [item] = read_bytes(tmp_path, "a.parquet", b"PAR1")
    assert isinstance(item, RejectRecord)
    assert item.error == "missing_package"
    assert "dragoman[parquet]" in item.message
