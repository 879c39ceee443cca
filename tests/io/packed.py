"""Small archives for tests, and what comes out when they are read."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.io.read import Reader
from pipeline.record import RejectRecord

Files = Iterable[tuple[str, bytes]]
TEXT = "The foreign minister of Tarvia received the ambassador of Norland, Mr Élan, on Friday, officials said."
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{TEXT}</p></article></body></html>"
TAR_MODES = {".tar": "w", ".tar.gz": "w:gz", ".tgz": "w:gz", ".tar.bz2": "w:bz2", ".tbz2": "w:bz2", ".tar.xz": "w:xz"}


def zipped(path: Path, files: Files, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, raw in files:
            archive.writestr(name, raw)
    return path


def entry(name: str, type: bytes = tarfile.REGTYPE, **fields: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type = type
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def tar_bytes(files: Iterable[tuple[str | tarfile.TarInfo, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, raw in files:
            info = entry(name) if isinstance(name, str) else name
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return buffer.getvalue()


def tarred(path: Path, files: Iterable[tuple[str | tarfile.TarInfo, bytes]]) -> Path:
    path.write_bytes(tar_bytes(files))
    return path


def record(
    id: str,
    body: bytes = PAGE.encode(),
    *,
    kind: str = "response",
    status: str = "200 OK",
    content: str = "text/html; charset=utf-8",
    more: str = "",
    length: int | None = None,
) -> bytes:
    """A record of a web archive: what a server answered."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n".encode() + body
    head = f"""WARC/1.0
WARC-Type: {kind}
WARC-Record-ID: <urn:uuid:{id}>
WARC-Target-URI: https://post.example/{id}
WARC-Date: 2026-01-01T00:00:00Z
Content-Type: application/http; msgtype=response
Content-Length: {len(answer) if length is None else length}

""".replace("\n", "\r\n")
    return head.encode() + answer + b"\r\n\r\n"


def read(path: Path, **settings: object) -> list[Article | RejectRecord]:
    items = list(Reader([str(path)], ReadSettings.model_validate(settings)))
    for item in items:
        assert item.input.startswith(str(path))
        item.input.encode()
    return items


def told(items: Iterable[Article | RejectRecord]) -> list[tuple[str, str]]:
    """The end of each item's input, and its id or what is wrong with it."""
    return [
        (item.input.rpartition("/")[2], item.error if isinstance(item, RejectRecord) else item.doc_id) for item in items
    ]
