"""Where articles come from: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from pipeline.config import MatchedSource
from pipeline.errors import InputError
from pipeline.formats import ARCHIVES, COMPRESSIONS, FORMATS, ONE_A_FILE, Format
from pipeline.io.articles import reject
from pipeline.record import FILES, RejectRecord

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """One file or stream of articles, or an archive of such files.

    `path` is None for standard input and members of archives, `format` None where the content has to tell.
    `name` is the path as the user would write it, always printable as UTF-8; `stem` the file name without its
    extensions, None for streams; `member` the path in the archive. `told` says that the format is the user's word,
    not that of the name.
    """

    path: Path | None
    format: Format | None
    name: str
    stem: str | None
    member: str | None = None
    told: bool = False

    @property
    def is_stream(self) -> bool:
        """Whether it is standard input or a pipe."""
        return self.stem is None

    @property
    def by_content(self) -> bool:
        """Whether the content tells how it is compressed, and not the name."""
        return self.told or self.is_stream

    @property
    def doc_id(self) -> str | None:
        """The id of the one article that a file of such a format holds; None where it holds many."""
        return self.stem if self.format in ONE_A_FILE else None


def printable(path: str | Path) -> str:
    """The path as valid Unicode: bytes of it that are no UTF-8 appear as `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


Told = Callable[[Source], Format | None]
"""Gives the format that the user says a source has, None for one of which nothing is said."""


def nothing(source: Source) -> None:
    """What is told where the user says nothing."""


def first_match(source: Source, tables: Sequence[MatchedSource]) -> MatchedSource | None:
    """The first table whose glob fits the source's file name, path in its archive or name."""
    inner = source.member or source.name
    names = (PurePath(inner).name, inner, source.name)
    return next((table for table in tables if any(fnmatchcase(name, table.match) for name in names)), None)


def source_of(path: Path, told: Told = nothing) -> Source | None:
    """The source a file is, by what is `told` of it or its extensions; None when nothing reads such files."""
    kind, stem = format_of(path.name)
    if kind is None and _is_sidecar(path):
        return None
    return settled(Source(path, kind, printable(path), printable(stem)), told)


def settled(source: Source, told: Told) -> Source | None:
    """The source with the format that is told of it, else that of its name; None without either."""
    if kind := told(source):
        return replace(source, format=kind, told=True)
    return source if source.format else None


def format_of(name: str) -> tuple[Format | None, str]:
    """The format of the file with the name, None when nothing reads it, and its name without extensions."""
    for ending, archive in ARCHIVES.items():
        if name.lower().endswith(ending):
            return archive, name[: -len(ending)]
    stem, suffix = os.path.splitext(name)
    if suffix.lower() in COMPRESSIONS:
        stem, suffix = os.path.splitext(stem)
    return FORMATS.get(suffix.lower()), stem


def find_sources(
    inputs: Sequence[str], *, exclude: Path | None = None, told: Told = nothing
) -> Iterator[Source | RejectRecord]:
    """All sources that the inputs name, in the order given, folders sorted by name.

    Folders are searched to the bottom; hidden files, files that nothing reads and the output files
    in the folder `exclude` are passed over. What is `told` of a source goes before its name. A folder
    that cannot be listed is a reject. Raises `InputError`, before the first source, when an input does
    not exist, has no readable format or holds nothing to read.
    """
    for given in inputs:
        if not any(True for _ in sources_in(given, exclude, told)):
            raise InputError(f"{printable(given)}: nothing to read in it (wanted: {_readable()})")
    return (source for given in inputs for source in sources_in(given, exclude, told))


def _readable() -> str:
    return f"{' '.join(FORMATS)}, also with {' '.join(COMPRESSIONS)}, and archives of them: {' '.join(ARCHIVES)}"


def sources_in(given: str, exclude: Path | None, told: Told) -> Iterator[Source | RejectRecord]:
    """All sources that one input names, as `find_sources` gives them; none is no error."""
    path = Path(given)
    if given == STANDARD_INPUT or _is_stream(path):
        stream = Source(None if given == STANDARD_INPUT else path, None, printable(given), None)
        yield settled(stream, told) or stream
    elif os.path.isdir(given):
        yield from _walk(path, exclude, told)
    elif os.path.lexists(path):
        if source := source_of(path, told):
            yield source
        elif not _is_sidecar(path):
            raise InputError(f"{printable(given)}: no reader for this kind of file (wanted: {_readable()})")
    elif glob.has_magic(given):
        for name in sorted(glob.iglob(given, recursive=True)):
            match = Path(name)
            if not os.path.isdir(name) and not _is_output(match, exclude) and (source := source_of(match, told)):
                yield _unless_stream(source, match)
    else:
        raise InputError(f"{printable(given)}: no such file or folder")


def _walk(folder: Path, exclude: Path | None, told: Told) -> Iterator[Source | RejectRecord]:
    failed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if not name.startswith(".") and not _is_output(path, exclude) and (source := source_of(path, told)):
                yield _unless_stream(source, path)
    for error in failed:
        message = f"the folder cannot be listed: {error.strerror}"
        yield reject(printable(error.filename), None, None, "unreadable", message)


def _unless_stream(source: Source, path: Path) -> Source | RejectRecord:
    """The source; a reject for a pipe or device that nobody named, as reading it could wait for ever."""
    if not _is_stream(path):
        return source
    return reject(source.name, None, source.doc_id, "no_file", "is a pipe or a device, no file; it is read when named")


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


def _is_output(path: Path, exclude: Path | None) -> bool:
    return exclude is not None and path.name in FILES and path.parent.resolve() == exclude.resolve()


def _is_sidecar(path: Path) -> bool:
    """Whether a file holds the metadata of a text file beside it, as when the shell expands `folder/*`."""
    texts = [path.with_suffix(".txt" + suffix) for suffix in ("", *COMPRESSIONS)]
    return path.suffix == ".json" and any(os.path.lexists(text) for text in texts)
