"""Office-holders from dumps of other people's reference data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.io.dump_lines import Watch
from pipeline.io.follow_the_money import read_follow_the_money
from pipeline.io.office import OfficeHolder
from pipeline.io.sources import printable
from pipeline.io.wikidata import read_wikidata
from pipeline.record import RejectRecord

FORMATS = ("wikidata", "ftm")


def read_office_holders(
    path: Path, *, format: str, weak: bool = False, watch: Watch = lambda done: None
) -> Iterator[OfficeHolder | RejectRecord]:
    """The office-holders of a dump, in a stream; lines that cannot be read come out as rejects.

    `format` is "wikidata" (JSON, an entity a line) or "ftm" (FollowTheMoney, an entity a line); the file may be
    compressed (.gz, .bz2, .xz, .zst). `weak` takes the weak aliases of FollowTheMoney for names, `watch` is told how
    much has been read. Raises `InputError`, when called, for another format and for what is no file.
    """
    if format not in FORMATS:
        raise InputError(f"{format}: no format of a dump; there are {', '.join(FORMATS)}")
    if not path.exists():
        raise InputError(f"{printable(path)}: no such file")
    if not path.is_file():
        raise InputError(f"{printable(path)}: not a file; a dump is read twice, so it cannot come from a stream")
    if format == "wikidata":
        return read_wikidata(path, watch)
    return read_follow_the_money(path, watch, weak=weak)
