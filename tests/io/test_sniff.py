"""Streams without a name: what they hold is told by their content, or by the user."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.formats import Format
from pipeline.io import archives
from pipeline.io.read import Reader
from pipeline.io.sniff import HEAD_BYTES, sniffed
from pipeline.io.zstandard import zstd
from pipeline.record import RejectRecord
from tests.io.packed import tar_bytes

TEXT = "The foreign minister of Tarvia received the ambassador of Norland, Mr Élan, on Friday, officials said."
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{TEXT}</p></article></body></html>"
ENTRY = f"<item><title>Talks</title><guid>a</guid><description>{TEXT}</description></item>"
RSS = f"<rss version='2.0'><channel><title>Post</title>{ENTRY}</channel></rss>"
LINES = "".join(json.dumps({"id": str(i), "text": TEXT}) + "\n" for i in range(99))
ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}".encode()
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:a>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(ANSWER), ANSWER)
)
PACK: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}


def zipped() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.txt", TEXT)
    return raw.getvalue()


def table() -> bytes:
    raw = io.BytesIO()
    parquet.write_table(pa.table({"text": [TEXT]}), raw)
    return raw.getvalue()


CONTENTS: list[tuple[Format, bytes]] = [
    ("text", TEXT.encode()),
    ("text", b"WARCRAFT is a game, <html> a tag and PK a name."),
    ("text", b"<b>Talks</b> were held."),
    ("jsonl", LINES.encode()),
    ("jsonl", b"\xef\xbb\xbf \n" + LINES.encode()),
    ("html", PAGE.encode()),
    ("html", f"\n<!-- made -->\n<!DOCTYPE html>\n{PAGE}".encode()),
    ("html", f"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN'>{PAGE}".encode()),
    ("html", PAGE.upper().encode("utf-16")),
    ("html", f"<!doctype html>\n<article><p>{TEXT}</p></article>".encode()),
    ("feed", RSS.encode()),
    ("feed", f"<?xml version='1.0'?>\n<!-- made -->{RSS}".encode()),
    ("feed", b"<?xml version='1.0'?><note/>"),
    ("zip", zipped()),
    ("tar", tar_bytes([("a.txt", TEXT.encode())])),
    ("parquet", table()),
    ("warc", WARC),
]


class Slow(io.RawIOBase):
    """A pipe that gives few bytes at a time; `asked` tells how many it has given."""

    def __init__(self, raw: bytes, step: int = 3) -> None:
        self._raw = io.BytesIO(raw)
        self._step = step
        self.asked = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        piece = self._raw.read(self._step)
        buffer[: len(piece)] = piece
        self.asked += len(piece)
        return len(piece)


@pytest.mark.parametrize("compression", PACK)
@pytest.mark.parametrize(("kind", "raw"), CONTENTS)
def test_the_content_tells_format_and_compression(kind: Format, raw: bytes, compression: str) -> None:
    packed = PACK[compression](raw)
    for stream in (io.BytesIO(packed), io.BufferedReader(Slow(packed))):
        found, told = sniffed(stream)
        assert told == kind
        content = found.read()
        assert content == (raw.decode("utf-16").encode() if raw.startswith(b"\xff\xfe") else raw)


def test_frames_that_zstandard_passes_over_do_not_hide_the_format() -> None:
    raw = b"\x50\x2a\x4d\x18\x04\x00\x00\x00abcd" + zstd.compress(LINES.encode())
    found, kind = sniffed(io.BytesIO(raw))
    assert (kind, found.read()) == ("jsonl", LINES.encode())


def test_lines_are_read_as_they_come() -> None:
    pipe = Slow(LINES.encode() * 9, step=100)
    found, kind = sniffed(io.BufferedReader(pipe, 100))
    assert kind == "jsonl"
    assert found.readline().startswith(b'{"id": "0"')
    assert pipe.asked < HEAD_BYTES


def test_a_stream_without_anything_is_an_empty_text() -> None:
    found, kind = sniffed(io.BytesIO())
    assert (found.read(), kind) == (b"", "text")


def read(monkeypatch: pytest.MonkeyPatch, raw: bytes, **settings: object) -> list[Article | RejectRecord]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Slow(raw, 999))))
    return list(Reader(["-"], ReadSettings.model_validate(settings)))


def said(items: list[Article | RejectRecord]) -> list[tuple[str, str]]:
    return [(item.input, item.error if isinstance(item, RejectRecord) else item.text) for item in items]


@pytest.mark.parametrize("compression", PACK)
@pytest.mark.parametrize(("kind", "raw"), [content for content in CONTENTS if TEXT.encode() in content[1]])
def test_standard_input_may_be_of_any_format(
    monkeypatch: pytest.MonkeyPatch, kind: Format, raw: bytes, compression: str
) -> None:
    items = read(monkeypatch, PACK[compression](raw))
    name = "-:a.txt" if kind in ("zip", "tar") else "-"
    assert said(items) == [(name, TEXT)] * (99 if kind == "jsonl" else 1)


@pytest.mark.parametrize("compression", PACK)
@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("csv", f'id,text\n1,"{TEXT}"\n'),
        ("mail", f"From: a@example.org\nSubject: Talks\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}"),
        ("mbox", f"From a Fri May  2 10:00:00 2025\nSubject: A\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}"),
        ("text", TEXT),
    ],
)
def test_the_user_may_say_what_standard_input_is(
    monkeypatch: pytest.MonkeyPatch, kind: str, raw: str, compression: str
) -> None:
    items = read(monkeypatch, PACK[compression](raw.encode()), format=kind)
    assert [(name, text.strip()) for name, text in said(items)] == [("-", TEXT)]


def test_what_the_user_says_goes_before_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(read(monkeypatch, b'{"not": "JSON lines"}', format="text")) == [("-", '{"not": "JSON lines"}')]
    assert said(read(monkeypatch, TEXT.encode(), format="jsonl")) == [("-", "broken_json")]
    tables = [{"match": "-", "format": "csv"}]
    assert said(read(monkeypatch, f'text\n"{TEXT}"\n'.encode(), sources=tables)) == [("-", TEXT)]
    assert said(read(monkeypatch, LINES.encode(), sources=tables, format="jsonl"))[0] == ("-", TEXT)


def test_a_format_without_standard_input_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(InputError, match="--format"):
        Reader([str(tmp_path)], ReadSettings(format="csv"))


def test_pipes_are_read_like_standard_input(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.gz")
    packed = gzip.compress(tar_bytes([("a.txt", TEXT.encode())]))
    writer = threading.Thread(target=(tmp_path / "pipe.gz").write_bytes, args=[packed])
    writer.start()
    items = list(Reader([str(tmp_path / "pipe.gz")], ReadSettings()))
    writer.join()
    assert said(items) == [(f"{tmp_path}/pipe.gz:a.txt", TEXT)]


@pytest.mark.parametrize("compression", [name for name in PACK if name != "as it is"])
@pytest.mark.parametrize("kind", ["text", "tar", "parquet"])
def test_a_stream_that_grows_too_much_breaks_off(
    monkeypatch: pytest.MonkeyPatch, kind: Format, compression: str
) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 20)
    zeros = bytes(1 << 26)
    raw = tar_bytes([("a.txt", zeros)]) if kind == "tar" else zeros if kind == "text" else b"PAR1" + zeros
    items = read(
        monkeypatch, PACK[compression](raw), max_characters=1 << 26, **({} if kind == "tar" else {"format": kind})
    )
    assert [code for _, code in said(items)] == ["bomb"]


@given(raw=st.binary(max_size=300), head=st.sampled_from([b"", *(pack(b"{")[:8] for pack in PACK.values()), b"PK\3\4"]))
def test_any_bytes_come_out_as_something(raw: bytes, head: bytes) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert read(monkeypatch, head + raw)
