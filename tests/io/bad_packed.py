"""Bad archives, compressed files and web archives."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
from typing import Any

from pipeline.io.archives import FREE_BYTES
from pipeline.io.zstandard import zstd
from tests.io.bad_inputs import PROSE, Bad, Content, prose
from tests.io.packed import entry, record, tar_bytes

Member = tuple[str | zipfile.ZipInfo, bytes]


def zip_bytes(*members: Member, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return raw.getvalue()


def info(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def flagged(raw: bytes, place: int, value: bytes) -> bytes:
    """The archive with bytes of its directory's first entry changed."""
    at = raw.index(b"PK\1\2") + place
    return raw[:at] + value + raw[at + len(value) :]


def nested(depth: int) -> bytes:
    raw = zip_bytes(("a.txt", b"Text"))
    for _ in range(depth):
        raw = zip_bytes(("again.zip", raw))
    return raw


def good(word: str) -> Member:
    return f"{word}.txt", prose(word)


def bad_zip(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(f"{name}.zip", what, expected, raw)


ZIPS = (
    bad_zip("zip-none", "no byte", ("empty",), b""),
    bad_zip("zip-words", "text", ("unreadable",), PROSE.encode() * 9),
    bad_zip("zip-cut", "cut off", ("unreadable",), zip_bytes(good("zip-cut"))[:-30]),
    bad_zip("zip-slip", "a path out of the folder", ("unsafe_path", "document"),
            zip_bytes(("../../slip.txt", b"Text"), good("zip-slip"))),
    bad_zip("zip-root", "paths from the root", ("unsafe_path",) * 2, zip_bytes(("/a.txt", b"x"), ("C:\\b.txt", b"x"))),
    bad_zip("zip-bomb", "a bomb", ("bomb", "document"),
            lambda: zip_bytes(("a.jsonl", bytes(2 * FREE_BYTES)), good("zip-bomb"))),
    bad_zip("zip-liar", "a bomb that says it is small", ("unreadable", "document"),
            lambda: flagged(zip_bytes(("a.jsonl", bytes(2 * FREE_BYTES)), good("zip-liar")), 24, b"\x09\0\0\0")),
    bad_zip("zip-overlap", "members that overlap", ("bomb",), flagged(zip_bytes(good("overlap")), 20, b"\0\0\x0f\0")),
    bad_zip("zip-nested", "archives in each other, 20 deep", ("nested_archive",), nested(20)),
    bad_zip("zip-secret", "an encrypted member", ("encrypted",), flagged(zip_bytes(good("secret")), 8, b"\1\0")),
    bad_zip("zip-method", "a method that nobody knows", ("unreadable",),
        flagged(zip_bytes(good("method")), 10, b"\x63\0")),
    bad_zip("zip-sum", "a wrong checksum", ("unreadable",), flagged(zip_bytes(good("sum")), 16, b"\0\0\0\0")),
    bad_zip("zip-link", "a link", ("no_file", "document"),
            zip_bytes((info("a.txt", stat.S_IFLNK | 0o777), b"/etc/passwd"), good("zip-link"))),
    bad_zip("zip-far", "a place beyond the file", ("unreadable",),
        flagged(zip_bytes(good("far")), 42, b"\xff\xff\xff\x7f")),
    bad_zip("zip-name", "a line end in a name", ("document",), zip_bytes(("zip\nname.txt", prose("zip-name")))),
    bad_zip("zip-bytes", "a name that says it is UTF-8 and is not", ("unreadable",),
            flagged(zip_bytes(("é.txt", b"Text")), 46, b"\xff\xff")),
    bad_zip("zip-count", "more members than there are", ("unreadable",),
            (raw := zip_bytes(good("count")))[:-14] + struct.pack("<HHI", 9, 9, 9999) + raw[-6:]),
    bad_zip("zip-tar", "a tar", ("unreadable",), tar_bytes([("a.txt", b"Text")])),
    bad_zip("zip-idle", "nothing that is read", ("empty",), zip_bytes(("a.md", b"Text"))),
)  # fmt: skip


def bad_tar(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(name, what, expected, raw)


def special(name: str, what: str, type: bytes) -> Bad:
    made = tar_bytes([(entry("a.txt", type, linkname="/etc/passwd"), b""), good(name)])  # type: ignore[list-item]
    return Bad(f"{name}.tar", what, ("no_file", "document"), made)


def tar_of(name: str, fields: dict[str, str]) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
        made = tarfile.TarInfo(name)
        made.pax_headers = fields
        archive.addfile(made, io.BytesIO(b""))
    return raw.getvalue()


TARS = (
    bad_tar("none.tar", "no byte", ("empty",), b""),
    bad_tar("words.tar", "text", ("unreadable",), PROSE.encode() * 9),
    bad_tar("cut.tar", "cut off inside a member", ("document", "unreadable"),
        tar_bytes([good("tar-cut"), ("b.txt", prose("b"))])[:1600]),
    bad_tar("header.tar", "a damaged header", ("document", "unreadable"),
            (raw := tar_bytes([good("tar-head"), ("b.txt", b"x")]))[:1024] + b"broken" + raw[1030:]),
    bad_tar("slip.tar", "a path out of the folder", ("unsafe_path", "document"),
        tar_bytes([("../x.txt", b"x"), good("tar-slip")])),
    special("tar-symlink", "a symbolic link", tarfile.SYMTYPE),
    special("tar-link", "a hard link", tarfile.LNKTYPE),
    special("tar-device", "a device", tarfile.CHRTYPE),
    special("tar-pipe", "a pipe", tarfile.FIFOTYPE),
    special("tar-sparse", "a sparse file", tarfile.GNUTYPE_SPARSE),
    bad_tar("size.tar", "a size below nothing", ("empty",), lambda: tar_of("a.txt", {"size": "-1"})),
    bad_tar("huge.tar", "a size of 30 digits", ("unreadable",), lambda: tar_of("a.txt", {"size": "9" * 30})),
    bad_tar("time.tar", "a time without end", ("empty",), lambda: tar_of("time.txt", {"mtime": "inf"})),
    bad_tar("sparse.tar", "a sparse file of 10**18 bytes", ("no_file",),
            lambda: tar_of("a.txt", {"GNU.sparse.map": "0,1", "GNU.sparse.size": "1" + "0" * 18})),
    bad_tar("nested.tar", "an archive", ("nested_archive",), tar_bytes([("a.zip", b"PK")])),
    bad_tar("bytes.tar", "a name that is no UTF-8", ("document",), tar_bytes([("tar-\udcff.txt", prose("name"))])),
    bad_tar("bomb.tar.gz", "a bomb", ("document", "bomb"),
            lambda: gzip.compress(tar_bytes([good("tar-bomb"), ("b.md", bytes(4 * FREE_BYTES))]))),
    bad_tar("bomb.tzst", "a bomb", ("document", "bomb"),
            lambda: zstd.compress(tar_bytes([good("tzst-bomb"), ("b.md", bytes(4 * FREE_BYTES))]))),
    bad_tar("plain.tar.gz", "not compressed", ("unreadable",), tar_bytes([good("plain")])),
    bad_tar("packed.tar", "compressed", ("unreadable",), gzip.compress(tar_bytes([good("packed")]))),
)  # fmt: skip

GZIP = gzip.compress(prose("gzip"))
PLAIN = (
    Bad("none.txt.gz", "no byte", ("empty",)),
    Bad("words.txt.gz", "text", ("unreadable",), PROSE.encode()),
    Bad("cut.txt.gz", "cut off", ("unreadable",), GZIP[:-9]),
    Bad("sum.txt.gz", "a wrong checksum", ("unreadable",), GZIP[:-8] + b"\0\0\0\0" + GZIP[-4:]),
    Bad("more.txt.gz", "other bytes after it", ("unreadable",), GZIP + b"other bytes"),
    Bad("cut.txt.bz2", "cut off", ("unreadable",), bz2.compress(prose("bz2"))[:-9]),
    Bad("words.txt.bz2", "text", ("unreadable",), PROSE.encode()),
    Bad("cut.txt.xz", "cut off", ("unreadable",), lzma.compress(prose("xz"))[:-9]),
    Bad("words.txt.xz", "text", ("unreadable",), PROSE.encode()),
    Bad("cut.txt.zst", "cut off", ("unreadable",), zstd.compress(prose("zst"))[:-5]),
    Bad("words.txt.zst", "text", ("unreadable",), PROSE.encode()),
    Bad("gzip.txt.zst", "another compression", ("unreadable",), GZIP),
    Bad("gzip.txt", "compressed under the name of a text", ("binary",), GZIP + bytes(99)),
    Bad("bomb.txt.gz", "a bomb", ("too_long",), lambda: gzip.compress(bytes(1 << 26))),
    Bad("lines.jsonl.gz", "cut off after lines", ("document", "unreadable"),
        gzip.compress(b'{"text": "' + prose("lines") + b'"}\n') + GZIP[:20]),
    Bad("cut.parquet.gz", "cut off", ("unreadable",), GZIP[:-9]),
)  # fmt: skip


def fetched(word: str, **more: Any) -> bytes:
    return record(word, b"<html><body><article><p>" + prose(word) + b"</p></article></body></html>", **more)


def bad_warc(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(f"{name}.warc", what, expected, raw)


def bad_wacz(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(f"{name}.wacz", what, expected, raw)


WARCS = (
    bad_warc("warc-none", "no byte", ("empty",), b""),
    bad_warc("warc-words", "text", ("unreadable",), PROSE.encode() * 9),
    bad_warc("warc-cut", "cut off", ("document", "broken_warc"), (fetched("warc-1") + fetched("warc-x"))[:-40]),
    bad_warc("warc-long", "a record longer than the file", ("broken_warc",), fetched("long", length=10**15)),
    bad_warc("warc-gzip", "a page that is no gzip", ("broken_warc", "document"),
             record("gzip", b"words", more="Content-Encoding: gzip\r\n") + fetched("warc-2")),
    bad_warc("warc-bomb", "a page that is a bomb", ("too_long", "document"),
             lambda: record("bomb", gzip.compress(bytes(1 << 26)), more="Content-Encoding: gzip\r\n")
             + fetched("warc-3")),
    bad_warc("warc-chunk", "a chunk of no size", ("broken_warc", "document"),
             record("chunk", b"zz\r\n", more="Transfer-Encoding: chunked\r\n") + fetched("warc-4")),
    bad_warc("warc-way", "a compression that nobody knows", ("broken_warc",),
        fetched("way", more="Content-Encoding: zip\r\n")),
    Bad("cut.warc.gz", "cut off", ("document", "unreadable", "unreadable"),
        gzip.compress(fetched("warc-5")) + gzip.compress(fetched("warc-y"))[:-40]),
    bad_wacz("wacz-none", "no byte", ("empty",), b""),
    bad_wacz("wacz-words", "text", ("unreadable",), PROSE.encode()),
    bad_wacz("wacz-idle", "no web archive in it", ("empty",), zip_bytes(("pages/pages.jsonl", b"{}"))),
    bad_wacz("wacz-slip", "a path out of the folder", ("unsafe_path", "document"),
             zip_bytes(("archive/../../a.warc", b"x"), ("archive/b.warc", fetched("wacz-1")))),
    bad_wacz("wacz-bomb", "a bomb", ("bomb", "document"),
             lambda: zip_bytes(("archive/a.warc", bytes(2 * FREE_BYTES)), ("archive/b.warc", fetched("wacz-2")))),
    bad_wacz("wacz-bombs", "a bomb that is compressed twice", ("too_long", "bomb", "document"),
             lambda: zip_bytes(("archive/a.warc.gz", gzip.compress(record("x", bytes(1 << 26)))),
                               ("archive/b.warc", fetched("wacz-3")))),
    bad_wacz("wacz-secret", "an encrypted web archive", ("encrypted",),
             flagged(zip_bytes(("archive/a.warc", fetched("x"))), 8, b"\1\0")),
    bad_wacz("wacz-overlap", "members that overlap", ("bomb",),
             flagged(zip_bytes(("archive/a.warc", fetched("x"))), 20, b"\0\0\x0f\0")),
)  # fmt: skip

PACKED = (*ZIPS, *TARS, *PLAIN, *WARCS)
