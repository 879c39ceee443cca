"""Tar archives: read forward, links and devices refused, damage said where it is."""

from __future__ import annotations

import gzip
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document import Article
from pipeline.io import archives, tar_archive
from pipeline.record import RejectRecord
from tests.io.packed import entry, read, tar_bytes, tarred, told


@pytest.mark.parametrize(
    "type",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.GNUTYPE_SPARSE],
)
def test_links_and_devices_are_refused(tmp_path: Path, type: bytes) -> None:
    link = entry("b.txt", type, linkname="a.txt")
    path = tarred(tmp_path / "news.tar", [("a.txt", b"Text"), (link, b""), (entry("c", type), b""), ("d.txt", b"Text")])
    items = read(path)
    assert told(items) == [("news.tar:a.txt", "a"), ("news.tar:b.txt", "no_file"), ("news.tar:d.txt", "d")]
    assert isinstance(items[1], RejectRecord)
    assert items[1].doc_id == "b"


def test_metadata_directly_before_a_text_are_read(tmp_path: Path) -> None:
    path = tarred(
        tmp_path / "news.tar",
        [
            ("x/a.json", b'{"title": "Head"}'),
            ("x/a.txt", b"Text"),
            ("b.json", b'{"title": "Too early"}'),
            ("c.txt", b"Text"),
            ("b.txt", b"Text"),
            ("d.json", b"{"),
            ("d.txt.gz", gzip.compress(b"Text")),
            ("y/a.json", b'{"title": "Of another folder"}'),
            ("e.txt", b"Text"),
        ],
    )
    items = read(path)
    assert [item.title for item in items if isinstance(item, Article)] == ["Head", None, None, None]
    assert told(items)[3] == ("news.tar:d.txt.gz", "bad_sidecar")


def big(count: int) -> list[tuple[str, bytes]]:
    return [(f"{i}.txt", f"{i * 7919:x} ".encode() * 300) for i in range(count)]


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.7001])
def test_what_came_before_the_damage_stays(tmp_path: Path, cut: float) -> None:
    for name, raw in (("a.tar", tar_bytes(big(300))), ("a.tar.gz", gzip.compress(tar_bytes(big(300))))):
        path = tmp_path / name
        path.write_bytes(raw[: int(len(raw) * cut)])
        *good, last = read(path)
        assert all(isinstance(item, Article) for item in good)
        assert len(good) > 50
        assert told([last])[0][1] == "unreadable"


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_lines_before_the_damage_stay(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    lines = "".join(f'{{"id": {i}, "text": "{random.Random(i).randbytes(99).hex()}"}}\n' for i in range(9))
    raw = compress(tar_bytes([("a.txt", b"Text"), ("b.jsonl", lines.encode())]))
    path = tmp_path / f"news.tar{'.gz' * (compress is not bytes)}"
    path.write_bytes(raw[: (3000 if compress is bytes else len(raw) - 500)])
    items = read(path)
    assert [outcome for _, outcome in told(items)[:4]] == ["a", "0", "1", "2"]
    assert told(items)[-1] == (f"{path.name}:b.jsonl", "unreadable")
    assert items[-1].line == len(items) - 1


def test_an_archive_cut_off_between_two_members_is_said(tmp_path: Path) -> None:
    raw = tar_bytes([("a.txt", b"Text"), ("b.txt", b"Text")])
    path = tmp_path / "news.tar"
    path.write_bytes(raw[:1024])
    assert told(read(path)) == [("news.tar:a.txt", "a"), ("news.tar", "unreadable")]


def test_a_damaged_header_ends_the_archive_with_a_reject(tmp_path: Path) -> None:
    raw = bytearray(tar_bytes([("a.txt", b"Text"), ("b.txt", b"Text"), ("c.txt", b"Text")]))
    raw[1024:1030] = b"broken"
    path = tmp_path / "news.tar"
    path.write_bytes(raw)
    assert told(read(path)) == [("news.tar:a.txt", "a"), ("news.tar", "unreadable")]


def test_a_bomb_ends_a_compressed_tar(tmp_path: Path) -> None:
    for name in ("b.txt", "b.jsonl", "b.md"):
        path = tmp_path / "news.tar.gz"
        path.write_bytes(
            gzip.compress(tar_bytes([("a.txt", b"Text"), (name, bytes(archives.FREE_BYTES * 4)), ("c.txt", b"")]))
        )
        first, *others = read(path)
        assert isinstance(first, Article)
        assert told(others)[-1][1] == "bomb"
        assert "c.txt" not in str(others)


def test_members_before_a_bomb_do_not_make_up_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 20)
    files = [("a.md", random.Random(0).randbytes(300_000)), ("b.md", bytes(5_000_000)), ("c.txt", b"Text")]
    path = tmp_path / "news.tar.gz"
    path.write_bytes(gzip.compress(tar_bytes(files)))
    assert told(read(path)) == [("news.tar.gz", "bomb")]


def test_attributes_as_long_as_an_archive_are_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [("a.txt", b"Text"), ("long" * 100 + ".txt", b"Text")]
    path = tarred(tmp_path / "news.tar", files)
    assert [outcome for _, outcome in told(read(path))] == ["a", "long" * 100]
    monkeypatch.setattr(tar_archive, "NAME_BYTES", 300)
    assert [outcome for _, outcome in told(read(path))] == ["a", "unreadable"]
