"""Reading: every format, everything that can be wrong with an article, and nothing lost beside it."""

from __future__ import annotations

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.errors import InputError, SettingsError
from pipeline.io.articles import digest_id, parse_mapping
from pipeline.io.read import Reader
from pipeline.io.zstandard import zstd
from pipeline.record import RejectRecord

Item = Article | RejectRecord
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


def read(*paths: Path | str, mapping: str | None = None, **settings: object) -> list[Item]:
    reader = Reader(list(map(str, paths)), ReadSettings.model_validate(settings), mapping=parse_mapping(mapping))
    items = list(reader)
    for item in items:
        item.model_dump_json() if isinstance(item, RejectRecord) else item.text.encode()
    return items


def articles(items: list[Item]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


def codes(items: list[Item]) -> list[str]:
    return [item.error if isinstance(item, RejectRecord) else item.doc_id for item in items]


def jsonl(*values: object) -> bytes:
    return b"".join(json.dumps(value).encode() + b"\n" for value in values)


@pytest.mark.parametrize("compression", COMPRESS)
def test_every_format_is_read_and_compressed_too(tmp_path: Path, compression: str) -> None:
    compress = COMPRESS[compression]
    (tmp_path / f"one.v2.txt{compression}").write_bytes(compress(b"One\r\nline\n"))
    (tmp_path / f"two.jsonl{compression}").write_bytes(compress(jsonl({"id": "b", "text": "Two"}, {"text": "Three"})))
    (tmp_path / f"z.csv{compression}").write_bytes(compress('﻿id,text\r\n4,"Fo\r\nur"\r\n'.encode()))
    found = articles(read(tmp_path))
    assert [(a.doc_id, a.text, a.line) for a in found] == [
        ("one.v2", "One\r\nline\n", None),
        ("b", "Two", 1),
        (digest_id("Three"), "Three", 2),
        ("4", "Fo\r\nur", 2),
    ]


@given(texts=st.lists(texts, unique=True, min_size=1, max_size=5))
def test_json_lines_keep_the_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("in") / "a.jsonl"
    lines = (json.dumps({"id": i, "text": text}, ensure_ascii=i % 2 == 0) + "\n" for i, text in enumerate(texts))
    path.write_bytes("".join(lines).encode())
    assert [a.text for a in articles(read(path))] == texts


@given(texts=st.lists(texts, unique=True, min_size=1, max_size=5))
def test_csv_keeps_the_text(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("in") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([("id", "text"), *enumerate(texts)])
    assert [a.text for a in articles(read(path))] == texts


@given(text=texts)
def test_text_files_keep_the_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("in") / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + ("An article. " * 10 + text).encode())
    assert [a.text for a in articles(read(path))] == ["An article. " * 10 + text]


@given(
    raw=st.binary(max_size=300),
    suffix=st.sampled_from([".txt", ".jsonl", ".csv", ".txt.gz", ".csv.zst", ".txt.xz", ".jsonl.bz2"]),
)
def test_any_bytes_come_out_as_something(tmp_path_factory: pytest.TempPathFactory, raw: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("in") / f"a{suffix}"
    path.write_bytes(raw)
    assert read(path)


def test_metadata_of_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_bytes(
        jsonl(
            {
                "id": 17,
                "text": "T",
                "title": " Head ",
                "published": "2025-05-03T23:30:00+04:00",
                "url": "https://x.example/1",
                "outlet": "",
                "language": None,
                "comments": [1],
            }
        )
    )
    assert read(path) == [
        Article(
            doc_id="17",
            text="T",
            title="Head",
            published=dt.date(2025, 5, 3),
            url="https://x.example/1",
            input=str(path),
            line=1,
        )
    ]


def test_other_peoples_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"nr;body;text;when\n1;The body;not this;3 May 2025\n")
    [found] = articles(read(path, mapping="id=nr, text=body, published=when"))
    assert (found.doc_id, found.text, found.published) == ("1", "The body", dt.date(2025, 5, 3))


@pytest.mark.parametrize("pairs", ["body", "body=text", "text=", "=x", "text=a,,"])
def test_a_bad_mapping_is_a_wrong_setting(pairs: str) -> None:
    with pytest.raises(SettingsError, match="--map"):
        parse_mapping(pairs)


def test_a_head_and_a_sidecar_give_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"---\r\ntitle: 'Head: one'\npublished: 2025-05-03\n---\r\nText\r\n---\n")
    (tmp_path / "a.json").write_text('{"title": "Beside", "outlet": "Daily", "published": "2020-01-01"}')
    [found] = articles(read(tmp_path))
    assert (found.text, found.title, found.outlet) == ("Text\r\n---\n", "Head: one", "Daily")
    assert found.published == dt.date(2025, 5, 3)


@pytest.mark.parametrize(
    "text", ["---\nNo head here.\n---\nText", "---\ntitle: x\nnever closed", "--- a\ntitle: b\n---\n"]
)
def test_rules_across_the_page_are_no_head(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert [a.text for a in articles(read(tmp_path))] == [text]


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.txt", b"\0" * 900 + b"text", "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\xff\xfe", "binary"),
        ("a.txt", "Rəfiyev said ".encode() + b"\xff" + "ə".encode(), "encoding"),
        ("a.txt", b"nothing \x81\x8d\x9d here", "encoding"),
        ("a.txt", b"\xff\xfea\0b", "encoding"),
        ("a.txt", b"x" * 1001, "too_long"),
        ("a.txt", b"x" * 5_000_000, "too_long"),
        ("a.txt", b"---\ntitle: [\n---\ntext", "bad_head"),
        ("a.txt", b"---\npublished: soon\n---\ntext", "bad_published"),
        ("a.txt.gz", b"no gzip", "unreadable"),
        ("a.txt.gz", gzip.compress(b"cut off " * 99, mtime=0)[:-9], "unreadable"),
        ("a.txt.zst", zstd.compress(bytes(range(256)) * 9)[:-9], "unreadable"),
        ("a.txt.bz2", b"no bzip2", "unreadable"),
        ("a.txt.bz2", bz2.compress(b"cut off " * 99)[:-9], "unreadable"),
        ("a.txt.xz", b"no xz", "unreadable"),
        ("a.txt.xz", lzma.compress(b"cut off " * 99)[:-9], "unreadable"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.jsonl", b"{broken\n", "broken_json"),
        ("a.jsonl", b"[" * 200_000 + b"\n", "broken_json"),
        ("a.jsonl", b'{"text": ' + b"9" * 5000 + b"}\n", "broken_json"),
        ("a.jsonl", jsonl(["text"]), "not_an_object"),
        ("a.jsonl", jsonl({"body": "x"}), "missing_text"),
        ("a.jsonl", jsonl({"text": None}), "missing_text"),
        ("a.jsonl", jsonl({"text": 5}), "bad_text"),
        ("a.jsonl", jsonl({"text": " "}), "empty"),
        ("a.jsonl", jsonl({"text": "x" * 1_500_000}), "too_long"),
        ("a.jsonl", jsonl({"text": "x" * 20_000_000}), "too_long"),
        ("a.jsonl", jsonl({"text": "a \ud800 b"}), "surrogate"),
        ("a.jsonl", jsonl({"text": "a", "id": "\udfff"}), "surrogate"),
        ("a.jsonl", jsonl({"text": "a", "id": ["b"]}), "bad_value"),
        ("a.jsonl", jsonl({"text": "a", "published": "soon"}), "bad_published"),
        ("a.jsonl", jsonl({"text": "a", "published": True}), "bad_published"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"id,text\n", "empty"),
        ("a.csv", b"id,body\n1,x\n", "missing_text"),
        ("a.csv", b"id,text\n1\n", "broken_csv"),
        ("a.csv", b"id,text\n1,a,b\n", "broken_csv"),
        ("a.csv", b'id,text\n1,"a" b\n', "broken_csv"),
        ("a.csv", b'id,text\n1,"a\n', "broken_csv"),
        ("a.csv", b"id,text\n1,\n", "empty"),
        ("a.csv", b"PK\3\4\0\0\n\0", "binary"),
        ("a.csv", b"id,text\n1,\x81\x8d\n", "encoding"),
        ("a.csv", b"id,text\n1," + b"x" * 20_000_000 + b"\n", "too_long"),
    ],
)
def test_what_is_wrong_is_said_and_good_articles_come_through(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "z.txt").write_bytes(b"A good article.")
    items = read(tmp_path, max_characters=1000)
    assert codes(items) == [code, "z"]
    assert isinstance(items[0], RejectRecord)
    assert items[0].message
    assert items[0].stage == "read"
    assert items[0].input == str(tmp_path / name)


def test_good_lines_beside_bad_ones_come_through(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b"\xef\xbb\xbf" + jsonl({"id": 1, "text": "a"}) + b"{\n\n" + jsonl({"text": 1}, {"id": 2, "text": "b"})[:-1]
    )
    items = read(path)
    assert codes(items) == ["1", "broken_json", "bad_text", "2"]
    assert [item.line for item in items] == [1, 2, 4, 5]


def test_good_rows_beside_bad_ones_come_through(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'id\ttext\n1\t"two\nlines"\n2\t"bad"x\n3\tc\n4\t"open\n5\te\n')
    items = read(path)
    assert codes(items) == ["1", "broken_csv", "3", "broken_csv", "5"]
    assert [item.line for item in items] == [2, 4, 5, 6, 7]


@pytest.mark.parametrize("compression", [".gz", ".bz2", ".xz", ".zst"])
def test_what_was_read_before_the_damage_stays(tmp_path: Path, compression: str) -> None:
    path = tmp_path / f"a.jsonl{compression}"
    lines = [{"id": i, "text": f"{i * 7919:x} " * 9} for i in range(50_000)]
    raw = COMPRESS[compression](jsonl(*lines))
    path.write_bytes(raw[: len(raw) // 2])
    *good, last = read(path)
    assert len(articles(good)) == len(good) > 1000
    assert isinstance(last, RejectRecord)
    assert (last.error, last.line) == ("unreadable", len(good) + 1)


@pytest.mark.parametrize("compression", [".gz", ".bz2", ".xz", ".zst"])
def test_a_compressed_file_may_go_on_after_an_end(tmp_path: Path, compression: str) -> None:
    parts = [COMPRESS[compression](jsonl({"id": i, "text": "Text"})) for i in range(3)]
    path = tmp_path / f"a.jsonl{compression}"
    path.write_bytes(b"".join(parts))
    assert codes(read(path)) == ["0", "1", "2"]
    path.write_bytes(b"".join(parts)[:-9])
    assert codes(read(path))[:2] == ["0", "1"]
    assert codes(read(path))[-1] == "unreadable"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("suffix", [".txt", ".jsonl", ".csv"])
def test_byte_order_marks_tell_the_encoding(tmp_path: Path, encoding: str, suffix: str) -> None:
    text = "Rəfiyev\u2028ვიზიტი 🌍"
    content = {".txt": text, ".jsonl": json.dumps({"text": text}, ensure_ascii=False), ".csv": f'text\n"{text}"\n'}
    (tmp_path / f"a{suffix}").write_bytes(content[suffix].encode(encoding))
    assert [a.text for a in articles(read(tmp_path))] == [text]


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "{}"), ("a.jsonl", '{{"text": "{}"}}'), ("a.csv", "id,text\n1,{}\n")]
)
def test_the_encodings_of_the_settings_are_tried(tmp_path: Path, name: str, content: str) -> None:
    text = "Çavuşoğlu’nun açıklaması"
    (tmp_path / name).write_bytes(content.format(text).encode("cp1254"))
    assert [a.text for a in articles(read(tmp_path, encodings=["utf-8", "cp1254"]))] == [text]


def test_control_characters_are_kept(tmp_path: Path) -> None:
    text = "A text with \0 and \x1b[31m and \x85 in its 100 characters is still a text that somebody wrote. " * 2
    (tmp_path / "a.txt").write_bytes(text.encode())
    assert [a.text for a in articles(read(tmp_path))] == [text]


def test_a_file_that_cannot_be_opened_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nowhere")
    (tmp_path / "b.txt").write_text("b")
    assert codes(read(tmp_path)) == ["unreadable", "b"]
    assert codes(read(tmp_path / "a.txt")) == ["unreadable"]


@pytest.mark.parametrize("content", ["{", "[]", "[" * 60_000])
def test_a_broken_sidecar_is_a_reject(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "a.json").write_text(content)
    assert codes(read(tmp_path)) == ["bad_sidecar"]


class _Slow(io.RawIOBase):
    """A pipe that gives one byte at a time."""

    def __init__(self, raw: bytes) -> None:
        self._raw = io.BytesIO(raw)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        piece = self._raw.read(1)
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'\n \n{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n', [("a", "x", 3), ("b", "y", 4)]),
        (
            b"\n One article. {not JSON}\n",
            [(digest_id("\n One article. {not JSON}\n"), "\n One article. {not JSON}\n", None)],
        ),
        ('{"id": "a", "text": "ə"}'.encode("utf-16"), [("a", "ə", 1)]),
        (b"---\nid: c\n---\nText", [("c", "Text", None)]),
    ],
)
def test_standard_input_tells_its_format(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, expected: list[tuple[str, str, int | None]]
) -> None:
    for stream in (io.BytesIO(raw), io.BufferedReader(_Slow(raw))):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
        assert [(a.doc_id, a.text, a.line) for a in articles(read("-"))] == expected


def test_empty_standard_input_is_a_reject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert codes(read("-")) == ["empty"]


def test_bytes_done_ends_at_the_total(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl(*({"id": i, "text": "x" * 999} for i in range(500))))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"text"))
    reader = Reader([str(tmp_path)], ReadSettings())
    done = [reader.bytes_done for _ in reader]
    assert done == sorted(done)
    assert 0 < done[0] < done[-1]
    assert reader.bytes_done == reader.total_bytes()
    assert Reader(["-"], ReadSettings()).total_bytes() is None


def test_no_such_input_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(InputError, match="nowhere"):
        Reader([str(tmp_path), str(tmp_path / "nowhere")], ReadSettings())
