"""Zip archives, read through their directory."""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.io import archives
from pipeline.io.archives import BOMB, BrokenArchive, Content, Member, content, damage, is_bomb, named, refused
from pipeline.io.plain_text import Sidecar
from pipeline.io.sources import Source, Told, nothing
from pipeline.io.streams import CHUNK, BrokenInput
from pipeline.record import RejectRecord

DIRECTORY_BYTES = 1 << 27
"""What the directory of an archive may take; it is in memory as a whole."""

UNBOUNDED_STEP = 1 << 12
"""How much is read at once with methods whose decompressors give all that comes of it, which can be 20,000 times it."""

ENCRYPTED = 0x41
"""The bits of a member's flags that say it is encrypted, in the old way and in the strong one."""

FAULTS = (BadZipFile, NotImplementedError, UnicodeDecodeError, OverflowError, struct.error, zlib.error, ValueError)
"""What zipfile raises over damaged archives and methods it does not know."""


class _Directory:
    """The archive's file for zipfile, which reads the directory at once, however big the file says it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > DIRECTORY_BYTES:
            raise BrokenArchive("too_many_members", f"the archive's directory has over {DIRECTORY_BYTES:,} bytes")
        return self._file.read(size)


def zip_members(
    file: IO[bytes], archive: Source, told: Told = nothing, *, wanted: Callable[[str], bool] = bool
) -> Iterator[Member | RejectRecord]:
    """The members of a zip archive that hold articles, in the order of its directory, and rejects of those refused.

    What is `told` of a member goes before its name; those whose name is not `wanted` are passed over. A text's metadata
    may be in a JSON file beside it, anywhere in the archive. Raises `BrokenArchive` when the directory cannot be read,
    and what `reading` turns into `BrokenInput`.
    """
    size = file.seek(0, io.SEEK_END)
    if not size:
        return
    try:
        opened = ZipFile(cast(IO[bytes], _Directory(file)))
    except FAULTS as error:
        raise BrokenArchive("unreadable", damage(error)) from error
    with opened as members:
        infos = members.infolist()
        if sum(info.compress_size for info in infos) > size:
            raise BrokenArchive("bomb", "the members take more than the whole archive: they overlap")
        passed = 0
        for number, info in enumerate(infos):
            if number == archives.MEMBERS:
                raise archives.too_many()
            position = partial(_position, file, info, passed)
            if wanted(info.filename) and (found := _found(members, info, archive, told, position)):
                yield found
            passed += info.compress_size


def _found(
    members: ZipFile, info: ZipInfo, archive: Source, told: Told, position: Callable[[], int]
) -> Member | RejectRecord | None:
    if info.filename.endswith("/"):
        return None
    found = named(archive, info.filename, told)
    if found is None or isinstance(found, RejectRecord):
        return found
    source, kind = found
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return refused(source, "no_file", "the member is a link or a device, no file")
    if info.flag_bits & ENCRYPTED:
        return refused(source, "encrypted", "the member is encrypted")
    if is_bomb(info.file_size, info.compress_size):
        return refused(source, "bomb", BOMB)
    return Member(source, kind, partial(_open, members, info, source), position, _sidecar(members, info, source))


def _open(members: ZipFile, info: ZipInfo, source: Source) -> io.BufferedReader:
    return content(_raw(members, info), source, lambda: info.compress_size)


def _raw(members: ZipFile, info: ZipInfo) -> io.BufferedReader:
    try:
        stream = cast(Any, members.open(info))
    except FAULTS as error:
        raise BrokenInput("unreadable", damage(error)) from error
    step = CHUNK if info.compress_type in (ZIP_STORED, ZIP_DEFLATED) else UNBOUNDED_STEP
    return io.BufferedReader(cast(Any, Content(stream.read1, FAULTS, step=step)), CHUNK)


def _sidecar(members: ZipFile, info: ZipInfo, source: Source) -> Sidecar | None:
    folder, slash, _ = info.filename.rpartition("/")
    try:
        beside = members.getinfo(f"{folder}{slash}{source.stem}.json")
    except KeyError:
        return None
    return partial(_open_sidecar, members, beside)


def _open_sidecar(members: ZipFile, info: ZipInfo) -> IO[bytes]:
    if info.flag_bits & ENCRYPTED:
        raise BrokenInput("encrypted", "is encrypted")
    return _raw(members, info)


def _position(file: IO[bytes], info: ZipInfo, passed: int) -> int:
    """What has been read: all `passed` members and some of this one, in which the file stands or behind which."""
    return passed + min(max(file.tell() - info.header_offset, 0), info.compress_size)
