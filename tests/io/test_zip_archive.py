"""Zip archives: read through their directory, whatever it says."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.document import Article
from pipeline.io import archives, zip_archive
from pipeline.record import RejectRecord
from tests.io.packed import read, told, zipped


def patched(path: Path, name: str, place: int, value: bytes) -> Path:
    """The archive with the bytes at a place of the directory's entry of the member changed."""
    raw = bytearray(path.read_bytes())
    start = raw.rindex(b"PK\1\2", 0, raw.rindex(name.encode())) + place
    raw[start : start + len(value)] = value
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_method_is_read(tmp_path: Path, method: int) -> None:
    text = b"The ministers met in Baku. " * 5000
    [article] = read(zipped(tmp_path / "news.zip", [("a.txt", text)], method))
    assert isinstance(article, Article)
    assert article.text.encode() == text


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_are_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "news.zip"
    link = zipfile.ZipInfo("b.txt")
    link.external_attr = (mode | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "Text")
        archive.writestr(link, "a.txt")
        archive.writestr("c.txt", "Text")
    items = read(path)
    assert told(items) == [("news.zip:a.txt", "a"), ("news.zip:b.txt", "no_file"), ("news.zip:c.txt", "c")]
    assert isinstance(items[1], RejectRecord)
    assert items[1].doc_id == "b"


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "news.zip",
        [("a.txt", b"Text"), ("b.md", b""), ("c.json", b"{}"), ("c.txt", b"Text"), ("d.txt", b"Text")],
    )
    for name in ("a.txt", "b.md", "c.json"):
        patched(path, name, 8, b"\1")
    assert [outcome for _, outcome in told(read(path))] == ["encrypted", "bad_sidecar", "d"]


def test_metadata_beside_a_text_are_read_wherever_they_are(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "news.zip",
        [
            ("./x/a.txt", b"Text"),
            ("a.json", b'{"title": "Of another folder"}'),
            ("b.txt.gz", b"no gzip"),
            ("c.txt", b"Text"),
            ("c.json", b"{"),
            ("d.txt", b"---\ntitle: Head\n---\nText"),
            ("d.json", b'{"title": "Beside", "outlet": "Daily"}'),
            ("./x/a.json", b'{"title": "Beside"}'),
        ],
    )
    items = read(path)
    assert [outcome for _, outcome in told(items)] == ["a", "unreadable", "bad_sidecar", "d"]
    assert [(a.title, a.outlet) for a in items if isinstance(a, Article)] == [("Beside", None), ("Head", "Daily")]


def test_a_bomb_is_refused_by_what_the_directory_says(tmp_path: Path) -> None:
    files = [("a.jsonl", bytes(archives.FREE_BYTES * 2)), ("b.txt", b"Text")]
    assert told(read(zipped(tmp_path / "news.zip", files))) == [("news.zip:a.jsonl", "bomb"), ("news.zip:b.txt", "b")]


def test_a_directory_that_says_too_little_gets_no_more(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", [("a.jsonl", bytes(archives.FREE_BYTES * 2)), ("b.txt", b"Text")])
    patched(path, "a.jsonl", 24, (9).to_bytes(4, "little"))
    assert [outcome for _, outcome in told(read(path))] == ["unreadable", "b"]


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", [(f"{i}.txt", b"Text" * 9) for i in range(9)], zipfile.ZIP_STORED)
    patched(path, "1.txt", 20, (1 << 20).to_bytes(4, "little"))
    assert told(read(path)) == [("news.zip", "bomb")]


def test_damage_in_a_member_loses_only_that(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", [(f"{i}.txt", f"Text {i}".encode()) for i in range(4)], zipfile.ZIP_STORED)
    raw = path.read_bytes().replace(b"Text 0", b"Test 0", 1)  # its checksum
    second = raw.index(b"PK\3\4", 9)
    path.write_bytes(raw[:second] + b"PK\0\0" + raw[second + 4 :])  # its header
    patched(path, "2.txt", 10, b"\x63\0")  # its method, which nobody knows
    items = read(path)
    assert told(items) == [(f"news.zip:{i}.txt", "unreadable") for i in range(3)] + [("news.zip:3.txt", "3")]


def test_a_member_without_a_name_is_passed_over(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", [("0", b"Text"), ("a.txt", b"Text")])
    path.write_bytes(path.read_bytes().replace(b"0PK", b"\0PK").replace(b"0Text", b"\0Text"))
    assert told(read(path)) == [("news.zip:a.txt", "a")]


def test_a_place_that_no_file_has_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "news.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.extra = struct.pack("<HHQ", 1, 8, 1 << 63)
        archive.writestr(info, b"Text")
        archive.writestr("b.txt", b"Text")
    patched(path, "a.txt", 42, b"\xff" * 4)
    assert [outcome for _, outcome in told(read(path))] == ["unreadable", "b"]


def test_a_zip_without_its_end_is_a_reject(tmp_path: Path) -> None:
    path = zipped(tmp_path / "news.zip", [("a.txt", b"Text")])
    path.write_bytes(path.read_bytes()[:-10])
    assert told(read(path)) == [("news.zip", "unreadable")]


def test_a_directory_that_does_not_fit_in_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "news.zip", [(f"{i}.txt", b"Text") for i in range(99)])
    monkeypatch.setattr(zip_archive, "DIRECTORY_BYTES", 1000)
    assert told(read(path)) == [("news.zip", "too_many_members")]


def test_a_zip_after_other_bytes_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO(b"#!/bin/sh\n" * 9)
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("a.txt", "Text")
    (tmp_path / "news.zip").write_bytes(buffer.getvalue())
    assert told(read(tmp_path / "news.zip")) == [("news.zip:a.txt", "a")]
