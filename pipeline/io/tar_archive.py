"""Tar archives, read once from the beginning to the end."""

from __future__ import annotations

import io
import itertools
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, cast

from pipeline.formats import Format
from pipeline.io import archives
from pipeline.io.archives import Bounded, BrokenArchive, Content, Member, content, damage, named, refused
from pipeline.io.plain_text import HEAD_BYTES
from pipeline.io.sources import Source, Told, nothing
from pipeline.io.streams import CHUNK, BrokenInput, inflated, reading
from pipeline.record import RejectRecord

if TYPE_CHECKING:
    from typing import Self

    from _typeshed import WriteableBuffer

NAME_BYTES = 1 << 20
"""What the name and attributes of one member may take; they are in memory as a whole."""

WITH_ATTRIBUTES = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
"""Kinds of headers after which names and attributes of a member follow."""

FAULTS = (tarfile.TarError, ValueError)
"""What tarfile raises over damaged archives."""


class _Header(tarfile.TarInfo):
    """A header that is no header is damage: tarfile takes it for the end when members came before."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if bytes(buf) == bytes(tarfile.BLOCKSIZE):
                raise
            raise BrokenArchive("unreadable", damage(error) if buf else "the archive is cut off") from error
        if header.type in WITH_ATTRIBUTES and header.size > NAME_BYTES:
            raise BrokenArchive("unreadable", f"the archive is damaged: a member's name has over {NAME_BYTES:,} bytes")
        return header


class _Whole(Bounded):
    """The archive's bytes, decompressed. What goes wrong in them ends the archive, not only the member."""

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        try:
            with reading():
                return super().readinto(buffer)
        except BrokenInput as fault:
            raise BrokenArchive(fault.code, fault.message) from fault


def tar_members(file: io.BufferedReader, archive: Source, told: Told = nothing) -> Iterator[Member | RejectRecord]:
    """The members of a tar archive that hold articles, in its order, and rejects of those refused.

    It is decompressed by its extension unless its content told how. What is `told` of a member goes before its name.
    A text's metadata may be in a JSON file that comes directly before it. Raises
    `BrokenArchive` where the archive cannot be read on.
    """
    stream = file if archive.by_content else inflated(file, PurePosixPath(archive.name))
    if not stream.peek(1):
        return
    whole = _Whole(stream, file.tell)
    with ExitStack() as stack:
        with _damage():
            tar = stack.enter_context(tarfile.open(fileobj=whole, mode="r|", tarinfo=_Header, encoding="utf-8"))
        before: tuple[Path, bytes] | None = None
        for info in _headers(tar, whole):
            path = Path(info.name)
            if path.suffix == ".json" and info.isreg():
                before = path, _raw(tar, info).read(HEAD_BYTES)
                continue
            found = _found(info, archive, told)
            if isinstance(found, RejectRecord):
                yield found
            elif found is not None:
                source, kind = found
                beside = before and before[0] == path.with_name(f"{source.stem}.json")
                sidecar = partial(io.BytesIO, before[1]) if before and beside else None
                yield Member(source, kind, partial(_open, tar, info, source, file), file.tell, sidecar)
            before = None


def _headers(tar: tarfile.TarFile, whole: Bounded) -> Iterator[tarfile.TarInfo]:
    for number in itertools.count():
        with _damage():
            info = tar.next()
        if info is None:
            return
        if number == archives.MEMBERS:
            raise archives.too_many()
        cast(Any, tar).members.clear()  # tarfile would keep every header
        yield info
        whole.restart()


def _found(info: tarfile.TarInfo, archive: Source, told: Told) -> tuple[Source, Format] | RejectRecord | None:
    found = None if info.isdir() else named(archive, info.name, told)
    if isinstance(found, tuple) and (not info.isreg() or info.issparse()):
        return refused(found[0], "no_file", "the member is a link, a device or a sparse file")
    return found


def _open(tar: tarfile.TarFile, info: tarfile.TarInfo, source: Source, file: io.BufferedReader) -> io.BufferedReader:
    start = file.tell()
    return content(_raw(tar, info), source, lambda: file.tell() - start)


def _raw(tar: tarfile.TarFile, info: tarfile.TarInfo) -> io.BufferedReader:
    read = cast(Any, tar.extractfile(info)).raw.read  # under its buffer, which what precedes damage is lost in
    return io.BufferedReader(cast(Any, Content(read, FAULTS, raises=BrokenArchive, step=tarfile.BLOCKSIZE)), CHUNK)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except FAULTS as error:
        raise BrokenArchive("unreadable", damage(error)) from error
