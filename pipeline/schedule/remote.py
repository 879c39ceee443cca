"""Files at addresses: object stores, web servers and whatever else fsspec reaches."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from pipeline.errors import InputError
from pipeline.io.sources import Source, source_of
from pipeline.schedule.inbox_file import InboxFile
from pipeline.schedule.settings import InboxSettings

T = TypeVar("T")

_FAULTS = (("aiohttp", "ClientError"), ("botocore.exceptions", "BotoCoreError"))
"""What file systems raise, beside `OSError`, when they cannot reach something."""
_KNOWN_BY = ("ETag", "etag", "md5", "checksum", "Last-Modified", "last_modified", "LastModified", "mtime", "created")
"""What file systems say of a file that is another when its content has changed."""


def remote_files(inbox: InboxSettings) -> Iterator[InboxFile]:
    """The files that the address of an inbox names: one file, those of a folder, or those that fit a glob.

    Raises `InputError` when it cannot be reached, or its kind of address needs a package that is not installed.
    """
    try:
        import fsspec
    except ImportError as error:
        raise InputError(f"{inbox.path}: needs pip install 'dragoman[remote]'") from error
    try:
        # An object of its own remembers no listing of an earlier pass.
        system, path = fsspec.url_to_fs(inbox.path, skip_instance_cache=True, **inbox.options)
    except (ImportError, ValueError) as error:
        raise InputError(f"{inbox.path}: {error}") from error
    try:
        found = _patiently(partial(_listed, system, path))
    except OSError as error:
        raise InputError(f"{inbox.path}: cannot be reached: {error}") from error
    for name, info in sorted(found.items()):
        source = source_of(Path(name.partition("?")[0]), lambda _: inbox.format)
        if source is not None:
            full = system.unstrip_protocol(name)
            yield InboxFile(
                full,
                _fingerprint(info),
                inbox,
                partial(_fetched, system, name, replace(source, name=full)),
                partial(_delete, system, name),
            )


def _listed(system: Any, path: str) -> dict[str, dict[str, Any]]:
    """The files that a path names, with what their file system says of them."""
    if "*" in path:
        return {name: info for name, info in system.glob(path, detail=True).items() if info["type"] == "file"}
    info = system.info(path)
    if info["type"] == "file" and not path.endswith("/"):
        return {path: info}
    return dict(system.find(path, detail=True))


def _fingerprint(info: dict[str, Any]) -> str | None:
    told = [f"{key}={info[key]}" for key in _KNOWN_BY if info.get(key) is not None]
    return " ".join([str(info.get("size")), *told]) if told else None


@contextmanager
def _fetched(system: Any, name: str, source: Source) -> Iterator[Source]:
    """The source as a file on this machine, as long as the context lasts. Raises `OSError`."""
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder, Path(source.name.partition("?")[0]).name)
        _patiently(partial(_fetch, system, name, path))
        yield replace(source, path=path)


def _fetch(system: Any, name: str, path: Path) -> None:
    with system.open(name, "rb") as remote, path.open("wb") as file:
        shutil.copyfileobj(remote, file)


def _delete(system: Any, name: str) -> None:
    try:
        _patiently(partial(system.rm_file, name))
    except NotImplementedError as error:
        raise OSError("its server deletes nothing") from error


def _patiently(call: Callable[[], T]) -> T:
    """What a call gives that is tried up to three times. Raises `OSError` for whatever the last one failed with."""
    attempts = Retrying(
        retry=retry_if_exception(_is_fault), stop=stop_after_attempt(3), wait=wait_exponential(max=10), reraise=True
    )
    try:
        return attempts(call)
    except OSError:
        raise
    except _faults() as error:
        raise OSError(f"{type(error).__name__}: {error}") from error


def _is_fault(error: BaseException) -> bool:
    return isinstance(error, _faults())


def _faults() -> tuple[type[BaseException], ...]:
    """What reaching for a file can raise, as far as the packages that define it are loaded."""
    loaded = ((sys.modules.get(module), name) for module, name in _FAULTS)
    return OSError, *(getattr(module, name) for module, name in loaded if module is not None)
