"""CSV with a header row: one article a row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from pipeline.document import Article
from pipeline.errors import RejectArticle
from pipeline.io.articles import make_article, reject
from pipeline.io.decode import decode
from pipeline.io.streams import bounded_lines
from pipeline.record import RejectRecord

LINE_BYTES = 1 << 24
DELIMITERS = ",;\t"
NOT_UTF8 = re.compile("[\udc80-\udcff]")  # how `surrogateescape` writes bytes that are no UTF-8


class _Lines:
    """Numbered lines that can be given back: `used` are those taken since it was last cleared."""

    def __init__(self, lines: Iterator[tuple[int, bytes, bool]]) -> None:
        self._lines = lines
        self._back: deque[tuple[int, str, bool]] = deque()
        self.used: list[tuple[int, str, bool]] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._back:
            item = self._back.popleft()
        else:
            number, line, whole = next(self._lines)
            line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
            item = number, line.decode("utf-8", "surrogateescape"), whole
        self.used.append(item)
        return item[1]

    def give_back(self, start: int) -> None:
        self._back.extendleft(reversed(self.used[start:]))
        self.used.clear()


def read_csv(
    stream: io.BufferedReader, *, mapping: Mapping[str, str], limit: int, encodings: Sequence[str], input: str
) -> Iterator[Article | RejectRecord]:
    """The articles of a CSV file, whose first row names the columns.

    Columns are set apart by the one of comma, semicolon and tab that the header has most of. After
    a row that is not well-formed reading goes on with the line after the row's first. `line` of an
    article is its row's first line. Raises `BrokenInput` where the file cannot be read on.
    """
    header: list[str] | None = None
    for number, row in _rows(_Lines(bounded_lines(stream, LINE_BYTES)), max(LINE_BYTES, limit)):
        try:
            if isinstance(row, RejectArticle):
                raise row
            cells = [_repaired(cell, encodings) for cell in row]
            if header is not None and len(cells) != len(header):
                raise RejectArticle("broken_csv", f"{len(cells)} cells, but {len(header)} columns in the header")
        except RejectArticle as fault:
            yield reject(input, number, None, fault.code, fault.message)
            if header is None:
                return
            continue
        if header is not None:
            values = dict(zip(header, cells, strict=True))
            yield make_article(values, mapping=mapping, limit=limit, input=input, line=number)
            continue
        header = [cell.strip() for cell in cells]
        if mapping["text"] not in header:
            named = ", ".join(map(repr, header[:20]))
            yield reject(input, number, None, "missing_text", f"no column {mapping['text']!r}, only {named}"[:500])
            return


def _rows(lines: _Lines, cell_limit: int) -> Iterator[tuple[int, list[str] | RejectArticle]]:
    """Rows, and what is wrong with them, with the number of their first line."""
    csv.field_size_limit(cell_limit)
    first = next(lines, "")
    if "\0" in first:
        yield 1, RejectArticle("binary", "is no text: its first line has null characters")
        return
    delimiter = max(DELIMITERS, key=first.count)
    lines.give_back(0)
    rows = csv.reader(lines, strict=True, delimiter=delimiter)
    while True:
        lines.used.clear()
        try:
            row = next(rows, None)
        except csv.Error as error:
            number = lines.used[0][0]
            lines.give_back(1)
            rows = csv.reader(lines, strict=True, delimiter=delimiter)
            yield number, RejectArticle("broken_csv", f"the row is not well-formed: {error}")
            continue
        if row is None:
            return
        if not all(whole for _, _, whole in lines.used):
            yield lines.used[0][0], RejectArticle("too_long", f"a line of the row has over {LINE_BYTES:,} bytes")
        elif row:
            yield lines.used[0][0], row


def _repaired(cell: str, encodings: Sequence[str]) -> str:
    """The cell in another encoding when it was not UTF-8; raises `RejectArticle`."""
    if not NOT_UTF8.search(cell):
        return cell
    return decode(cell.encode("utf-8", "surrogateescape"), encodings)
