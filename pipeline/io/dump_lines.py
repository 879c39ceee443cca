"""Lines of big JSON dumps: one entity a line, bare or as the elements of one array."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.io.articles import reject
from pipeline.io.sources import printable
from pipeline.io.streams import BrokenInput, bounded_lines, decompressed, reading
from pipeline.record import RejectRecord

LINE_BYTES = 1 << 26
"""The longest line that is read; the largest items of Wikidata have some MiB."""

EVERY = 1 << 12
"""After how many lines `watch` is told how far reading is."""

Watch = Callable[[float], None]
"""Is told how much has been read, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """A JSON object of a dump with its 1-based line number, without the comma after it."""

    number: int
    text: bytes


def dump_lines(path: Path, watch: Watch) -> Iterator[Line | RejectRecord]:
    """The objects of a dump, decompressed by the file's extension (.gz, .bz2, .xz, .zst).

    Brackets and commas of a JSON array around the lines, and blank lines, are passed over. What does not look like
    an object is a reject; so is the place where the file cannot be read on.
    """
    name = printable(path)
    try:
        with reading(), path.open("rb") as file, decompressed(file, path) as stream:
            size = max(path.stat().st_size, 1)
            for number, raw, whole in bounded_lines(stream, LINE_BYTES):
                if number % EVERY == 0:
                    watch(file.tell() / size)
                text = raw.strip().removesuffix(b",")
                if not whole:
                    yield reject(name, number, None, "too_long", f"the line has over {LINE_BYTES:,} bytes")
                elif text.startswith(b"{") and text.endswith(b"}"):
                    yield Line(number, text)
                elif text.strip() not in (b"", b"[", b"]"):
                    yield reject(name, number, None, "not_an_object", "the line is no JSON object, or is cut off")
            watch(1.0)
    except BrokenInput as fault:
        yield reject(name, fault.line, None, fault.code, fault.message)


def bad_line(path: Path, line: Line, error: ValidationError) -> RejectRecord:
    """The reject of a line that is no entity of the dump's form."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return reject(
        printable(path), line.number, None, "bad_entity", f"{place}: {first['msg']}" if place else first["msg"]
    )
