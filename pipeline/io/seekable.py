"""Streams in which one can go back, for formats that have their table of contents at the end."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from pipeline.io.streams import CHUNK, reading


@contextmanager
def seekable(stream: io.BufferedReader) -> Iterator[IO[bytes]]:
    """The stream itself where it is a plain file, else a copy of its bytes in a file that is gone afterwards.

    Raises `BrokenInput`.
    """
    if isinstance(stream.raw, io.FileIO):
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        with reading():
            shutil.copyfileobj(stream, copy, CHUNK)
            copy.seek(0)
        yield copy
