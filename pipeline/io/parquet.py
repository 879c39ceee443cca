"""Parquet: one article a row."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator, Mapping
from typing import IO, TYPE_CHECKING

from pipeline.document import Article
from pipeline.io.articles import make_article, one_line, reject
from pipeline.io.seekable import seekable
from pipeline.io.streams import BrokenInput
from pipeline.record import RejectRecord

if TYPE_CHECKING:
    from pyarrow import RecordBatch

BATCH = 256
"""Rows in memory at a time."""
UNREADABLE = (OverflowError, ValueError)
"""What pyarrow raises for a value that Python has not: text that is no UTF-8, a time after the year 9999."""


def read_parquet(
    stream: io.BufferedReader, *, mapping: Mapping[str, str], limit: int, input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a Parquet file, of which only the columns in `mapping` are read.

    `line` of an article is the number of its row, from 1. Raises `BrokenInput` where the file cannot
    be read on, or (`missing_package`) where pyarrow is not installed.
    """
    with seekable(stream) as file:
        for number, values in enumerate(_rows(file, mapping), start=1):
            if isinstance(values, str):
                yield reject(input, number, None, "bad_value", values)
                continue
            if _column(mapping["text"], values) not in values:
                named = ", ".join(map(repr, list(values)[:20]))
                yield reject(input, None, None, "missing_text", f"no column {mapping['text']!r}, only {named}"[:500])
                return
            yield make_article(values, mapping=mapping, limit=limit, input=input, line=number)


def _column(key: str, names: Container[str]) -> str:
    """The column that holds what stands under the key, which may be a dotted path in it."""
    return key if key in names else key.partition(".")[0]


def _rows(file: IO[bytes], mapping: Mapping[str, str]) -> Iterator[dict[str, object] | str]:
    """The rows with the columns that are mapped, or why one cannot be read; the first one with all names where the
    text's column is missing."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        message = "Parquet is read by pyarrow, which is not installed: pip install 'dragoman[parquet]'"
        raise BrokenInput("missing_package", message) from error
    done = 0
    try:
        with pq.ParquetFile(file, buffer_size=1 << 20) as table:
            names = table.schema_arrow.names
            mapped = {_column(key, names) for key in mapping.values()}
            if _column(mapping["text"], names) not in names:
                yield dict.fromkeys(names)
                return
            wanted = [name for name in names if name in mapped]
            for batch in table.iter_batches(batch_size=BATCH, columns=wanted):
                columns = [
                    # Python's times have no nanoseconds.
                    column.cast(pa.timestamp("us", column.type.tz), safe=False)
                    if pa.types.is_timestamp(column.type)
                    else column
                    for column in batch.columns
                ]
                yield from _values(pa.RecordBatch.from_arrays(columns, names=batch.schema.names))
                done += len(batch)
    except (pa.ArrowException, LookupError, OSError, *UNREADABLE) as error:
        message = f"the Parquet file cannot be read: {error}"
        raise BrokenInput("broken_parquet", one_line(message, most=300), done + 1) from error


def _values(batch: RecordBatch) -> Iterator[dict[str, object] | str]:
    """The rows of a batch; those of one that holds a bad value are read one by one."""
    try:
        yield from batch.to_pylist()
    except UNREADABLE:
        for row in range(len(batch)):
            yield _row(batch.slice(row, 1))


def _row(row: RecordBatch) -> dict[str, object] | str:
    values = {}
    for name, column in zip(row.schema.names, row.columns, strict=True):
        try:
            [values[name]] = column.to_pylist()
        except UNREADABLE as error:
            return f"column {name[:50]!r}: {one_line(error)}"
    return values
