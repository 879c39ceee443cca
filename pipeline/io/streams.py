"""Byte streams: decompression, UTF-16 and UTF-32 made UTF-8, lines of bounded length."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import itertools
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast

from pipeline.errors import RejectArticle
from pipeline.io.zstandard import zstd

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 16
DECOMPRESSORS: dict[str, Callable[[Any], Any]] = {
    ".gz": gzip.open,
    ".bz2": bz2.open,
    ".xz": lzma.open,
    ".zst": zstd.open,
    ".tgz": gzip.open,
    ".tbz2": bz2.open,
    ".txz": lzma.open,
    ".tzst": zstd.open,
}
MAGIC = re.compile(
    rb"(?P<gz>\x1f\x8b\x08)|(?P<bz2>BZh[1-9](?:1AY&SY|\x17rE8P\x90))|(?P<xz>\xfd7zXZ\0)|(?P<zst>\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18)"
)
"""What compressed streams begin with; those of Zstandard also with a frame that is passed over (RFC 8878)."""


class BrokenInput(RejectArticle):
    """A file that cannot be read any further; `line` is the 1-based line where it breaks."""

    def __init__(self, code: str, message: str, line: int | None = None) -> None:
        super().__init__(code, message)
        self.line = line


class _Chunks(io.RawIOBase):
    """A raw stream over pieces of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""
        self._given = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._left:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(view), len(self._left))
        view[:size] = self._left[:size]
        self._left = self._left[size:]
        self._given += size
        return size


@contextmanager
def reading(line: int | None = None) -> Iterator[None]:
    """Turn whatever a stream can raise into `BrokenInput`."""
    try:
        yield
    except BrokenInput as fault:
        fault.line = fault.line or line
        raise
    except UnicodeDecodeError as error:
        raise BrokenInput("encoding", f"starts like {error.encoding}, but is not: {error.reason}", line) from error
    except OSError as error:
        raise BrokenInput("unreadable", f"cannot be read: {error.strerror or error}", line) from error
    except (EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError) as error:
        raise BrokenInput("unreadable", f"the compressed file is damaged: {error}", line) from error


def buffered(chunks: Iterator[bytes]) -> io.BufferedReader:
    """A stream over pieces of bytes. It tells its place, but one cannot go back in it."""
    return io.BufferedReader(cast(Any, _Chunks(chunks)), CHUNK)


def inflated(file: io.BufferedReader, path: PurePath | None) -> io.BufferedReader:
    """The file's bytes, decompressed by the path's extension, without a path by what they begin with.

    Raises what the decompressors raise, here and on every later read: use within `reading`.
    """
    if path is None:
        found = MAGIC.match(file.peek(8))
        suffix = f".{found.lastgroup}" if found else ""
    else:
        suffix = path.suffix.lower()
    decompress = DECOMPRESSORS.get(suffix)
    return buffered(available(decompress(file))) if decompress else file


def available(stream: Any) -> Iterator[bytes]:
    """The stream in pieces as they come: no piece is lost because reading on to make it longer fails."""
    return iter(partial(stream.read1, CHUNK), b"")


def decompressed(file: io.BufferedReader, path: PurePath | None) -> io.BufferedReader:
    """The file's content: decompressed as by `inflated`, UTF-16 and UTF-32 with a mark as UTF-8.

    Raises what the decompressors raise, here and on every later read: use within `reading`.
    """
    return recoded(inflated(file, path))


def recoded(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream, as UTF-8 where it is UTF-16 or UTF-32 with a mark."""
    head = stream.peek(4)[:4]
    for mark, encoding in MARKS:
        if head.startswith(mark):
            pieces = codecs.iterdecode(available(stream), encoding)
            return buffered(piece.encode() for piece in pieces)
    return stream


def bounded_lines(stream: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes, bool]]:
    """Lines with their 1-based numbers, ends kept, never more than `limit` bytes in memory.

    The third value is False for a longer line, of which only the first `limit` bytes are given.
    Raises `BrokenInput`.
    """
    for number in itertools.count(1):
        with reading(number):
            line = stream.readline(limit)
            whole = len(line) < limit or line.endswith(b"\n")
            rest = line
            while len(rest) == limit and not rest.endswith(b"\n"):
                rest = stream.readline(limit)
        if not line:
            return
        yield number, line, whole
