"""Inboxes: the files in folders and globs, and how to tell that one has changed."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from pipeline.errors import InputError
from pipeline.io.articles import reject
from pipeline.io.sources import Source, sources_in
from pipeline.record import RejectRecord
from pipeline.schedule.inbox_file import InboxFile
from pipeline.schedule.remote import remote_files
from pipeline.schedule.settings import InboxSettings

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def inbox_files(
    inbox: InboxSettings, base: Path, *, now: dt.datetime, store: Path
) -> Iterator[InboxFile | RejectRecord]:
    """The files of an inbox in the order of their names, without those that are still being written.

    `base` is what a relative path is relative to; nothing in the folder `store` is input. What cannot be listed or
    looked at is a reject. Raises `InputError` when the inbox does not exist or cannot be reached.
    """
    if _ADDRESS.match(inbox.path):
        yield from remote_files(inbox)
        return
    for source in sources_in(str(base / inbox.path), None, lambda _: inbox.format):
        if isinstance(source, RejectRecord):
            yield source
        elif source.path is None or source.format is None:
            raise InputError(f"{source.name}: an inbox holds files; this is a stream")
        elif not source.path.resolve().is_relative_to(store.resolve()):
            yield from _settled(source, source.path, inbox, now)


def _settled(source: Source, path: Path, inbox: InboxSettings, now: dt.datetime) -> Iterator[InboxFile | RejectRecord]:
    try:
        state = path.stat()
    except OSError as error:
        yield reject(source.name, None, source.doc_id, "unreadable", f"cannot be read: {error.strerror}")
        return
    if now.timestamp() - state.st_mtime >= inbox.settle.total_seconds():
        fingerprint = _fingerprint(state)
        yield InboxFile(source.name, fingerprint, inbox, partial(_here, source), partial(_delete, path, fingerprint))


def _fingerprint(state: os.stat_result) -> str:
    return f"{state.st_size} {state.st_mtime_ns}"


def _delete(path: Path, fingerprint: str) -> None:
    """Delete a file, unless it has changed since it was listed. Raises `OSError`."""
    if _fingerprint(path.stat()) == fingerprint:
        path.unlink()


def _here(source: Source) -> AbstractContextManager[Source]:
    return nullcontext(source)
