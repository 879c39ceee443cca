"""What zip and tar archives have in common: which members are read, and how much may come out of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from pipeline.formats import ARCHIVES, Format
from pipeline.io.articles import one_line, reject
from pipeline.io.plain_text import Sidecar
from pipeline.io.sources import Source, Told, format_of, printable, settled
from pipeline.io.streams import CHUNK, BrokenInput, decompressed
from pipeline.record import RejectRecord

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FREE_BYTES = 1 << 24
"""What may come out of a member however small it is in the archive."""

EXPANSION = 200
"""How many bytes may come out of each byte of a member beyond `FREE_BYTES`: news have 10 at most, zeros over 1,000."""

MEMBERS = 1_000_000
"""The most members that are read of one archive, passed over or not."""

OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:[/\\]|(?:.*[/\\])?\.\.(?:[/\\]|\Z)", re.DOTALL)
"""Names that lead out of the folder that an archive is unpacked to, on any system."""

APPLE_DOUBLES = "__MACOSX"
"""The folder in which macOS keeps what belongs to its own file system, under the names of the real files."""


class BrokenArchive(BrokenInput):
    """An archive that cannot be read any further, members that come after included."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive that holds articles.

    `open` gives its content, decompressed, and raises what `reading` turns into `BrokenInput`; it is called before the
    next member is taken. `position` is how many bytes of the archive have been read.
    """

    source: Source
    format: Format
    open: Callable[[], io.BufferedReader]
    position: Callable[[], int]
    sidecar: Sidecar | None


class Content(io.RawIOBase):
    """The bytes of a member, which `read` gives; its errors `faults` become `raises`.

    No more than `step` bytes are asked for at once.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        faults: tuple[type[Exception], ...],
        *,
        raises: type[BrokenInput] = BrokenInput,
        step: int = CHUNK,
    ) -> None:
        self._read = read
        self._faults = faults
        self._raises = raises
        self._step = step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            piece = self._read(min(len(view), self._step))
        except self._faults as error:
            raise self._raises("unreadable", damage(error)) from error
        view[: len(piece)] = piece
        return len(piece)


class Bounded(io.RawIOBase):
    """A stream that breaks off (`bomb`) when more comes out than may come of what it is made from: `taken()` bytes."""

    def __init__(self, stream: io.BufferedReader, taken: Callable[[], int]) -> None:
        self._stream = stream
        self._taken = taken
        self._given = self._before = 0

    def restart(self) -> None:
        """Count from here, as for a new member."""
        self._given = 0
        self._before = self._taken()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        size = self._stream.readinto1(buffer)
        self._given += size
        if is_bomb(self._given, self._taken() - self._before):
            raise BrokenInput("bomb", BOMB)
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()


BOMB = f"decompresses to more than {EXPANSION} times its size"


def is_bomb(size: int, packed: int) -> bool:
    """Whether `size` bytes are more than may come out of `packed` bytes."""
    return size > FREE_BYTES + EXPANSION * packed


def content(raw: io.BufferedReader, source: Source, taken: Callable[[], int]) -> io.BufferedReader:
    """The content of a member, as `decompressed` gives that of a file, and `Bounded`."""
    return bounded(decompressed(raw, None if source.by_content else PurePosixPath(source.name)), taken)


def bounded(stream: io.BufferedReader, taken: Callable[[], int]) -> io.BufferedReader:
    """The stream, `Bounded`."""
    return io.BufferedReader(cast(Any, Bounded(stream, taken)), CHUNK)


def named(archive: Source, name: str, told: Told) -> tuple[Source, Format] | RejectRecord | None:
    """What the member with the name is, a reject if it must not be read, None if it is to be passed over."""
    path = Path(name)
    shown = f"{archive.name}:{printable(path)}"
    if OUTSIDE.match(name):
        return reject(shown, None, None, "unsafe_path", "the member's path leads out of the archive's folder")
    if any(part.startswith(".") or part == APPLE_DOUBLES for part in path.parts):
        return None
    kind, stem = format_of(path.name)
    source = settled(Source(None, kind, shown, printable(stem), member=printable(path)), told)
    if source is None or source.format is None:
        return None
    if source.format in ARCHIVES.values():
        return reject(shown, None, None, "nested_archive", "archives in archives are not read; unpack the outer one")
    return source, source.format


def refused(source: Source, code: str, message: str) -> RejectRecord:
    """The reject of a member of which nothing is read."""
    return reject(source.name, None, source.doc_id, code, message)


def too_many() -> BrokenArchive:
    """What is raised after `MEMBERS` members."""
    return BrokenArchive("too_many_members", f"the archive has over {MEMBERS:,} members; the others are not read")


def damage(error: Exception) -> str:
    """The message for an error of the library that reads the archive."""
    return f"the archive is damaged: {one_line(error)}"
