"""Reading articles from any mixture of inputs, in a stream and in bounded memory."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.config import ReadSettings, SourceSettings
from pipeline.document import Article
from pipeline.errors import InputError
from pipeline.formats import ARCHIVES, Format
from pipeline.io.archives import BrokenArchive, Member
from pipeline.io.articles import OWN_KEYS, reject
from pipeline.io.csv_table import read_csv
from pipeline.io.feed import read_feed
from pipeline.io.html_page import read_html
from pipeline.io.json_lines import read_json_lines
from pipeline.io.mail import read_mail, read_mbox
from pipeline.io.parquet import read_parquet
from pipeline.io.plain_text import Sidecar, read_text
from pipeline.io.seekable import seekable
from pipeline.io.sniff import sniffed, unpacked
from pipeline.io.sources import Source, Told, find_sources, first_match, nothing
from pipeline.io.streams import BrokenInput, decompressed, reading, recoded
from pipeline.io.tar_archive import tar_members
from pipeline.io.warc import read_wacz, read_warc
from pipeline.io.zip_archive import zip_members
from pipeline.record import RejectRecord


class Reader:
    """Iterates over the articles of `inputs`: files, archives, folders, globs, `-` for standard input.

    Every article comes out as an `Article` or as a `RejectRecord` that says why not, in the order
    of the inputs. `mapping` names the keys of other people's dumps (`parse_mapping`); output files
    in the folder `exclude` are no input.

    Raises `InputError`, when made, when an input does not exist or nothing reads it, and when the
    settings say what standard input is and no input is standard input or a pipe.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        settings: ReadSettings,
        *,
        mapping: Mapping[str, str] | None = None,
        exclude: Path | None = None,
    ) -> None:
        self._inputs = tuple(inputs)
        self._exclude = exclude
        self._reader = SourceReader(settings, mapping=mapping)
        self._sources = self._find()
        if settings.format and not any(isinstance(s, Source) and s.is_stream for s in self._find()):
            raise InputError("--format (read.format) says what standard input or a pipe is, and no input is one")

    def total_bytes(self) -> int | None:
        """Size of all files on disk; None when a stream is among the inputs."""
        total = 0
        for source in self._find():
            if isinstance(source, RejectRecord):
                continue
            if source.is_stream:
                return None
            total += _size(source)
        return total

    @property
    def bytes_done(self) -> int:
        """How much of `total_bytes` has been read."""
        return self._reader.bytes_done

    def __iter__(self) -> Iterator[Article | RejectRecord]:
        for source in self._sources:
            if isinstance(source, RejectRecord):
                yield source
            else:
                yield from self._reader.read(source)

    def _find(self) -> Iterator[Source | RejectRecord]:
        return find_sources(self._inputs, exclude=self._exclude, told=self._reader.told)


Say = Callable[[Source], SourceSettings]


class SourceReader:
    """Reads one source after another; `mapping` as for `Reader`, which goes before that of the settings."""

    def __init__(self, settings: ReadSettings, *, mapping: Mapping[str, str] | None = None) -> None:
        self._settings = settings
        self._mapping = mapping or {}
        self._finished = 0
        self._position: Callable[[], int] | None = None

    @property
    def bytes_done(self) -> int:
        """How many bytes of the sources' files have been read."""
        return self._finished + (self._position() if self._position else 0)

    def told(self, source: Source) -> Format | None:
        """The format that the settings say a source has, None where they leave it to its name or content."""
        if source.is_stream and self._settings.format:
            return self._settings.format
        matched = first_match(source, self._settings.sources)
        return matched.format if matched else None

    def read(self, source: Source, *, said: SourceSettings | None = None) -> Iterator[Article | RejectRecord]:
        """The articles of a source, and why others of it cannot be read; never nothing at all.

        What is `said` of it holds for members of an archive too. By default it is the first of the settings' tables
        that matches; of a member that none matches, that of its archive.
        """
        if said is not None:
            return self._read(source, lambda _: said, nothing)
        outer = first_match(source, self._settings.sources) or SourceSettings()
        return self._read(source, lambda inner: first_match(inner, self._settings.sources) or outer, self.told)

    def _read(self, source: Source, say: Say, told: Told) -> Iterator[Article | RejectRecord]:
        try:
            with reading(), self._open(source) as (stream, kind):
                if kind == "zip":
                    with seekable(stream) as file:
                        yield from _or_empty(source.name, self._members(zip_members(file, source, told), say))
                elif kind == "tar":
                    yield from _or_empty(source.name, self._members(tar_members(stream, source, told), say))
                else:
                    yield from self._articles(source, stream, kind, _sidecar(source), say(source))
        except BrokenInput as fault:
            yield _broken(source, fault)

    @contextmanager
    def _open(self, source: Source) -> Iterator[tuple[io.BufferedReader, Format]]:
        if source.path is None:
            yield sniffed(sys.stdin.buffer, source.format)
            return
        try:
            with source.path.open("rb") as file:
                if source.format is None or source.is_stream:
                    yield sniffed(file, source.format)
                    return
                archive = source.format in ARCHIVES.values()
                if not archive:
                    self._position = file.tell
                if source.told:
                    yield recoded(unpacked(file)), source.format
                elif archive:
                    yield file, source.format
                else:
                    yield decompressed(file, source.path), source.format
        finally:
            self._position = None
            self._finished += _size(source)

    def _members(self, members: Iterator[Member | RejectRecord], say: Say) -> Iterator[Article | RejectRecord]:
        for member in members:
            if isinstance(member, RejectRecord):
                yield member
                continue
            source = member.source
            self._position = member.position
            try:
                with reading(), member.open() as stream:
                    yield from self._articles(source, stream, member.format, member.sidecar, say(source))
            except BrokenInput as fault:
                yield _broken(source, fault)
                if isinstance(fault, BrokenArchive):
                    return

    def _articles(
        self, source: Source, stream: io.BufferedReader, kind: Format, sidecar: Sidecar | None, said: SourceSettings
    ) -> Iterator[Article | RejectRecord]:
        for item in _or_empty(source.name, self._parsed(source, stream, kind, sidecar, said)):
            if isinstance(item, Article):
                item = replace(item, outlet=item.outlet or said.outlet, language=item.language or said.language)
            yield item

    def _parsed(
        self, source: Source, stream: io.BufferedReader, kind: Format, sidecar: Sidecar | None, said: SourceSettings
    ) -> Iterator[Article | RejectRecord]:
        mapping = {**OWN_KEYS, **said.map.model_dump(exclude_none=True), **self._mapping}
        limit, encodings = self._settings.max_characters, said.encodings or self._settings.encodings
        match kind:
            case "text":
                yield from read_text(
                    stream,
                    mapping=mapping,
                    limit=limit,
                    encodings=encodings,
                    input=source.name,
                    name=source.stem,
                    sidecar=sidecar,
                )
            case "jsonl":
                yield from read_json_lines(stream, mapping=mapping, limit=limit, encodings=encodings, input=source.name)
            case "csv":
                yield from read_csv(stream, mapping=mapping, limit=limit, encodings=encodings, input=source.name)
            case "html":
                yield from read_html(stream, limit=limit, encodings=encodings, input=source.name, name=source.stem)
            case "feed":
                yield from read_feed(stream, limit=limit, encodings=encodings, input=source.name)
            case "mail":
                yield from read_mail(stream, limit=limit, encodings=encodings, input=source.name, name=source.stem)
            case "mbox":
                yield from read_mbox(stream, limit=limit, encodings=encodings, input=source.name)
            case "parquet":
                yield from read_parquet(stream, mapping=mapping, limit=limit, input=source.name)
            case "warc":
                yield from read_warc(stream, limit=limit, encodings=encodings, input=source.name)
            case "wacz":
                yield from read_wacz(stream, limit=limit, encodings=encodings, input=source.name)


def _or_empty(name: str, items: Iterator[Article | RejectRecord]) -> Iterator[Article | RejectRecord]:
    """The items; a reject when there is none."""
    empty = True
    for item in items:
        empty = False
        yield item
    if empty:
        yield reject(name, None, None, "empty", "there is no article in it")


def _broken(source: Source, fault: BrokenInput) -> RejectRecord:
    return reject(source.name, fault.line, source.doc_id, fault.code, fault.message)


def _sidecar(source: Source) -> Sidecar | None:
    if source.path is None or source.stem is None:
        return None
    path = source.path.with_name(f"{source.stem}.json")
    return (lambda: path.open("rb")) if os.path.isfile(path) else None  # False too where the name is too long


def _size(source: Source) -> int:
    try:
        return source.path.stat().st_size if source.path else 0
    except OSError:  # it is a reject when it comes to reading it
        return 0
