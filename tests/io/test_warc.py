"""Web archives: the pages among their records."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Article
from pipeline.record import RejectRecord
from tests.io.packed import PAGE, TEXT, record
from tests.reads import codes, read_bytes


def test_pages_are_articles_and_all_else_is_passed_over(tmp_path: Path) -> None:
    raw = b"".join(
        (
            record("a"),
            record("b", kind="request"),
            record("c", status="404 Not Found"),
            record("d", content="image/png"),
            record("e", PAGE.encode("cp1252"), content="text/html; charset=windows-1252"),
            record("f", gzip.compress(PAGE.encode()), more="Content-Encoding: gzip\r\n"),
            record(
                "g", f"{len(PAGE.encode()):x}\r\n{PAGE}\r\n0\r\n\r\n".encode(), more="Transfer-Encoding: chunked\r\n"
            ),
        )
    )
    items = read_bytes(tmp_path, "a.warc", raw)
    assert codes(items) == ["urn:uuid:a", "urn:uuid:e", "urn:uuid:f", "urn:uuid:g"]
    for item in items:
        assert isinstance(item, Article)
        assert (item.text, item.title, item.published) == (TEXT, "Talks", None)
        assert item.url == f"https://post.example/{item.doc_id[-1]}"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (record("x", b"no gzip", more="Content-Encoding: gzip\r\n"), "broken_warc"),
        (record("x", b"zz\r\nno chunk", more="Transfer-Encoding: chunked\r\n"), "broken_warc"),
        (record("x", b"<html></html>"), "no_main_text"),
        (record("x", b"x" * 17_000_000), "too_long"),
        (record("x", b"x" * 9_000_000), "too_long"),
        (record("x", b"\0" * 1000), "binary"),
    ],
)
def test_reading_goes_on_after_a_broken_page(tmp_path: Path, broken: bytes, code: str) -> None:
    items = read_bytes(tmp_path, "a.warc.gz", b"".join(map(gzip.compress, (record("a"), broken, record("b")))))
    assert codes(items) == ["urn:uuid:a", code, "urn:uuid:b"]
    assert items[1].doc_id == "urn:uuid:x"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", ["empty"]),
        (b"no archive at all\n" * 9, ["unreadable"]),
        (record("a", kind="request"), ["empty"]),
        (record("a") + b"words\r\n\r\n" + record("b"), ["urn:uuid:a", "unreadable"]),
        (record("a") + record("b")[:-40], ["urn:uuid:a", "broken_warc"]),
        (record("a") + record("b", length=9999), ["urn:uuid:a", "broken_warc"]),
    ],
)
def test_what_was_read_before_the_damage_stays(tmp_path: Path, raw: bytes, expected: list[str]) -> None:
    assert codes(read_bytes(tmp_path, "a.warc", raw)) == expected


def test_a_compressed_archive_that_breaks_off(tmp_path: Path) -> None:
    raw = gzip.compress(record("a")) + gzip.compress(record("b"))[:-20]
    assert codes(read_bytes(tmp_path, "a.warc.gz", raw))[-1] == "unreadable"


def wacz(members: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()


def test_wacz(tmp_path: Path) -> None:
    raw = wacz(
        {
            "pages/pages.jsonl": b"{}",
            "archive/one.warc.gz": gzip.compress(record("a")),
            "archive/broken.warc.gz": gzip.compress(record("x"))[:50],
            "archive/two.warc": record("b"),
        }
    )
    items = read_bytes(tmp_path, "a.wacz", raw)
    assert codes(items) == ["urn:uuid:a", "unreadable", "urn:uuid:b"]
    assert [item.input for item in items] == [
        f"{tmp_path}/a.wacz:archive/{name}" for name in ("one.warc.gz", "broken.warc.gz", "two.warc")
    ]


@pytest.mark.parametrize(("raw", "code"), [(b"", "empty"), (b"PK\3\4", "unreadable"), (wacz({}), "empty")])
def test_what_is_no_wacz(tmp_path: Path, raw: bytes, code: str) -> None:
    assert codes(read_bytes(tmp_path, "a.wacz", raw)) == [code]


@settings(max_examples=50)
@given(at=st.integers(0, 600), piece=st.binary(min_size=1, max_size=20))
def test_any_damage_comes_out_as_something(tmp_path_factory: pytest.TempPathFactory, at: int, piece: bytes) -> None:
    folder = tmp_path_factory.mktemp("in")
    for name, whole in (
        ("a.warc", record("a")),
        ("a.warc.gz", gzip.compress(record("a"))),
        ("a.wacz", wacz({"archive/a.warc": record("a")})),
    ):
        raw = bytearray(whole)
        raw[at : at + len(piece)] = piece
        assert read_bytes(folder, name, bytes(raw))


def test_without_the_package_the_reject_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc.warc", None)
    [item] = read_bytes(tmp_path, "a.warc", record("a"))
    assert isinstance(item, RejectRecord)
    assert item.error == "missing_package"
    assert "dragoman[warc]" in item.message


def test_a_broken_wacz_does_not_end_the_archive_that_it_is_in(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.wacz", b"words")
        archive.writestr("b.txt", "Text")
    assert codes(read_bytes(tmp_path, "a.zip", raw.getvalue())) == ["unreadable", "b"]


def test_pages_before_the_damage_stay(tmp_path: Path) -> None:
    raw = gzip.compress(record("a")) + gzip.compress(record("b"))[:-40]
    assert codes(read_bytes(tmp_path, "a.warc.gz", raw))[0] == "urn:uuid:a"
