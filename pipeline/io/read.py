"""Reading articles from any mixture of inputs, in a stream and in bounded memory."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.io.archives import BrokenArchive, Member
from pipeline.io.articles import parse_mapping, reject
from pipeline.io.csv_table import read_csv
from pipeline.io.decode import check_encodings
from pipeline.io.feed import read_feed
from pipeline.io.html_page import read_html
from pipeline.io.json_lines import read_json_lines
from pipeline.io.mail import read_mail, read_mbox
from pipeline.io.parquet import read_parquet
from pipeline.io.plain_text import Sidecar, read_text
from pipeline.io.sources import ARCHIVES, Format, Source, find_sources
from pipeline.io.streams import BrokenInput, decompressed, reading, sniffed
from pipeline.io.tar_archive import tar_members
from pipeline.io.warc import read_wacz, read_warc
from pipeline.io.zip_archive import zip_members
from pipeline.record import RejectRecord


class Reader:
    """Iterates over the articles of `inputs`: files, archives, folders, globs, `-` for standard input.

    Every article comes out as an `Article` or as a `RejectRecord` that says why not, in the order
    of the inputs. `mapping` names the keys of other people's dumps (`parse_mapping`); output files
    in the folder `exclude` are no input. The second article with an id is a reject.

    Raises `InputError` when an input does not exist or nothing reads it, `SettingsError` for an
    unknown encoding, both when made.
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
        self._sources = find_sources(self._inputs, exclude=exclude)

    def total_bytes(self) -> int | None:
        """Size of all files on disk; None when a stream is among the inputs."""
        total = 0
        for source in find_sources(self._inputs, exclude=self._exclude):
            if isinstance(source, RejectRecord):
                continue
            if source.format is None:
                return None
            total += _size(source)
        return total

    @property
    def bytes_done(self) -> int:
        """How much of `total_bytes` has been read."""
        return self._reader.bytes_done

    def __iter__(self) -> Iterator[Article | RejectRecord]:
        seen: set[bytes] = set()
        for source in self._sources:
            if isinstance(source, RejectRecord):
                yield source
                continue
            for item in self._reader.read(source):
                yield self._unless_seen(item, seen) if isinstance(item, Article) else item

    def _unless_seen(self, article: Article, seen: set[bytes]) -> Article | RejectRecord:
        digest = hashlib.blake2b(article.doc_id.encode(), digest_size=8).digest()
        if digest in seen:
            message = f"another article with the id {article.doc_id[:200]!r} came before"
            return reject(article.input, article.line, article.doc_id, "duplicate_id", message)
        seen.add(digest)
        return article


class SourceReader:
    """Reads one source after another; `mapping` as for `Reader`. Raises `SettingsError` for an unknown encoding."""

    def __init__(self, settings: ReadSettings, *, mapping: Mapping[str, str] | None = None) -> None:
        check_encodings(settings.encodings)
        self._settings = settings
        self._mapping = parse_mapping(None) if mapping is None else mapping
        self._finished = 0
        self._position: Callable[[], int] | None = None

    @property
    def bytes_done(self) -> int:
        """How many bytes of the sources' files have been read."""
        return self._finished + (self._position() if self._position else 0)

    def read(self, source: Source) -> Iterator[Article | RejectRecord]:
        """The articles of a source, and why others of it cannot be read; never nothing at all."""
        return _or_empty(source.name, self._read(source))

    def _read(self, source: Source) -> Iterator[Article | RejectRecord]:
        try:
            with reading(), self._open(source) as (stream, kind):
                yield from self._parsed(source, stream, kind, _sidecar(source))
        except BrokenInput as fault:
            yield _broken(source, fault)

    @contextmanager
    def _open(self, source: Source) -> Iterator[tuple[io.BufferedReader, Format]]:
        if source.path is None:
            yield sniffed(sys.stdin.buffer)
            return
        try:
            with source.path.open("rb") as file:
                if source.format is None:
                    yield sniffed(file)
                elif source.format in ARCHIVES.values():
                    yield file, source.format
                else:
                    self._position = file.tell
                    with decompressed(file, source.path) as stream:
                        yield stream, source.format
        finally:
            self._position = None
            self._finished += _size(source)

    def _parsed(
        self, source: Source, stream: io.BufferedReader, kind: Format, sidecar: Sidecar | None
    ) -> Iterator[Article | RejectRecord]:
        mapping, limit, encodings = self._mapping, self._settings.max_characters, self._settings.encodings
        match kind:
            case "zip":
                yield from self._members(zip_members(stream, source))
            case "tar":
                yield from self._members(tar_members(stream, source))
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

    def _members(self, members: Iterator[Member | RejectRecord]) -> Iterator[Article | RejectRecord]:
        for member in members:
            if isinstance(member, RejectRecord):
                yield member
                continue
            self._position = member.position
            try:
                with reading(), member.open() as stream:
                    items = self._parsed(member.source, stream, member.format, member.sidecar)
                    yield from _or_empty(member.source.name, items)
            except BrokenInput as fault:
                yield _broken(member.source, fault)
                if isinstance(fault, BrokenArchive):
                    return


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
