"""Bad JSON Lines, CSV and Parquet."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.io.bad_inputs import PROSE, Bad, Content, prose


def line(fields: str, word: str) -> bytes:
    return f'{{"text": "{prose(word).decode()}", {fields}}}\n'.encode()


def json_line(name: str, what: str, expected: str, raw: Content) -> Bad:
    """A line between two good ones."""
    first, last = line('"id": "' + name + '-1"', name + "-1"), line('"id": "' + name + '-2"', name + "-2")
    made = raw if isinstance(raw, bytes) else raw()
    return Bad(f"{name}.jsonl", what, ("document", expected, "document"), first + made + b"\n" + last)


JSON_LINES = (
    json_line("json-cut", "an object that is cut off", "broken_json", b'{"text": "Te'),
    json_line("json-quotes", "single quotes", "broken_json", b"{'text': 'Text'}"),
    json_line("json-array", "a list", "not_an_object", b"[]"),
    json_line("json-number", "a number", "not_an_object", b"1e999"),
    json_line("json-deep", "100,000 lists in each other", "broken_json", b'{"text": ' + b"[" * 100_000),
    json_line("json-digits", "a number of 10,000 digits", "broken_json",
        b'{"text": "x", "id": ' + b"1" * 10_000 + b"}"),
    json_line("json-half", "half a surrogate pair", "surrogate", b'{"text": "a\\ud800b"}'),
    json_line("json-half-key", "half a surrogate pair in the id", "surrogate", b'{"text": "a", "id": "\\udfff"}'),
    json_line("json-null", "no text", "missing_text", b'{"text": null}'),
    json_line("json-object", "an object for a text", "bad_text", b'{"text": {"text": "x"}}'),
    json_line("json-blank", "a blank text", "empty", b'{"text": "\\u2003\\n"}'),
    json_line("json-bool", "a truth value for an id", "bad_value", b'{"text": "x", "id": true}'),
    json_line("json-twice", "keys that come twice: the last counts", "document",
        line('"id": 1, "id": "json-twice"', "twice")),
    json_line("json-big", "a day of 400 digits", "bad_published", b'{"text": "x", "published": 1' + b"0" * 400 + b"}"),
    json_line("json-nan", "a day that is no number", "bad_published", b'{"text": "x", "published": NaN}'),
    json_line("json-infinite", "a day without end", "bad_published", b'{"text": "x", "published": -1e999}'),
    json_line("json-nested", "700 lists in each other for a day", "bad_published",
              b'{"text": "x", "published": ' + b"[" * 700 + b"]" * 700 + b"}"),
    json_line("json-31", "31 February", "bad_published", b'{"text": "x", "published": "2025-02-31"}'),
    json_line("json-zone", "a zone of 14 digits", "bad_published",
              b'{"text": "x", "published": "Tue, 03 Jun 2025 10:00:00 +99999999999999"}'),
    json_line("json-zero", "a raw null character in a string", "broken_json", b'{"text": "a\0b"}'),
    json_line("json-bytes", "bytes of no encoding", "encoding", b'{"text": "\x81\x8d"}'),
    json_line("json-long", "a line of 20 MB", "too_long", lambda: b'{"text": "' + b"x" * 20_000_000 + b'"}'),
    json_line("json-title", "a title of 20,000 letters", "bad_value",
        b'{"text": "x", "title": "' + b"x" * 20_000 + b'"}'),
    json_line("json-day", "a good day of odd digits", "document", line('"published": "२०२५-०६-०३"', "digits")),
    Bad("json-none.jsonl", "blank lines", ("empty",), b"\n \n\r\n"),
    Bad("json-odd.jsonl", "UTF-16 that is cut off", ("document", "encoding"),
        line('"id": "odd"', "odd").decode().encode("utf-16") + b"\n"),
    Bad("json-pretty.jsonl", "an object over three lines", ("broken_json",) * 3, b'{\n"text": "x"\n}\n'),
    Bad("json-csv.jsonl", "CSV", ("broken_json",) * 2, b"id,text\n1,x\n"),
    Bad("json-returns.jsonl", "lines that end in carriage returns alone", ("broken_json",),
        b'{"text": "x"}\r{"text": "y"}'),
)  # fmt: skip

GOOD = b'csv-%d,"' + PROSE.encode() + b' They spoke of row %d."\n'


def csv(name: str, what: str, expected: tuple[str, ...], raw: Content) -> Bad:
    return Bad(f"{name}.csv", what, expected, raw)


CSV = (
    csv("csv-ragged", "rows of other lengths", ("broken_csv", "document", "broken_csv"),
        b"id,text\na\n" + GOOD % (1, 1) + b"b,c,d,e\n"),
    csv("csv-open", "a quote that does not end", ("broken_csv", "document"), b'id,text\na,"b\n' + GOOD % (2, 2)),
    csv("csv-quotes", "quotes inside a cell", ("broken_csv",), b'id,text\n"a"b,x\n'),
    csv("csv-no-text", "no column for the text", ("missing_text",), b"id,body\n1,x\n"),
    csv("csv-head", "nothing but a header", ("empty",), b"id,text\n"),
    csv("csv-none", "no byte", ("empty",), b""),
    csv("csv-twice", "two columns of one name: the last counts", ("document",),
        b'text,text\nx,"' + prose("columns") + b'"\n'),
    csv("csv-zeros", "null characters", ("binary",), b"i\0d,text\n"),
    csv("csv-zero", "a null character in a row", ("document",), b"id,text\n" + GOOD % (3, 3) + b""),
    csv("csv-bytes", "rows in two encodings, and in none", ("document", "document", "encoding"),
        b"id,text\n" + GOOD.replace(b"row", "Élan".encode()) % (4, 4)
        + GOOD.replace(b"row", b"\xc9lan") % (5, 5) + b"6,\x81\x8d\n"),
    csv("csv-long", "a line of 20 MB", ("too_long", "document"),
        lambda: b"id,text\na," + b"x" * 20_000_000 + b"\n" + GOOD % (7, 7)),
    csv("csv-tabs", "tabs and semicolons mixed", ("broken_csv",), b"id\ttext\na;x\n"),
    csv("csv-utf16", "UTF-16", ("document",), (b"id,text\n" + GOOD % (8, 8)).decode().encode("utf-16")),
    csv("csv-picture", "a picture", ("binary",), b"\x89PNG\0\0\0\0\n" * 9),
)  # fmt: skip


def table(**columns: pa.Array | list[object]) -> bytes:
    raw = io.BytesIO()
    pq.write_table(pa.table(columns), raw)
    return raw.getvalue()


def rows(word: str, count: int = 1) -> list[object]:
    return [prose(f"{word} {i}").decode() for i in range(count)]


def far_zone() -> bytes:
    return table(text=rows("zone"), published=pa.array([0], pa.timestamp("us", "Mars/Phobos")))


def no_text() -> bytes:
    return table(text=pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")))


PARQUET = (
    Bad("none.parquet", "no byte", ("broken_parquet",)),
    Bad("words.parquet", "text", ("broken_parquet",), PROSE.encode()),
    Bad("marks.parquet", "its two marks and nothing else", ("broken_parquet",), b"PAR1PAR1"),
    Bad("cut.parquet", "cut off", ("broken_parquet",), lambda: table(text=rows("cut"))[:-9]),
    Bad("footer.parquet", "a footer longer than the file", ("broken_parquet",),
        lambda: table(text=rows("foot"))[:-8] + b"\xff\xff\xff\x7fPAR1"),
    Bad("secret.parquet", "encrypted", ("broken_parquet",), lambda: table(text=rows("secret"))[:-4] + b"PARE"),
    Bad("zeroed.parquet", "pages of zeros", ("broken_parquet",),
        lambda: (raw := table(text=rows("zeroed")))[:4] + bytes(60) + raw[64:]),
    Bad("rowless.parquet", "no row", ("empty",), lambda: table(text=pa.array([], pa.string()))),
    Bad("columns.parquet", "no column for the text", ("missing_text",), lambda: table(body=rows("body"))),
    Bad("numbers.parquet", "numbers for texts", ("bad_text", "bad_text"), lambda: table(text=[1, 2])),
    Bad("binary.parquet", "bytes for texts", ("bad_text",), lambda: table(text=[b"x"])),
    Bad("structs.parquet", "structures for texts", ("bad_text", "missing_text"), lambda: table(text=[{"a": 1}, None])),
    Bad("no-text.parquet", "a text that is no UTF-8", ("bad_value",), no_text),
    Bad("far.parquet", "a time zone that nobody knows", ("broken_parquet",), far_zone),
    Bad("late.parquet", "a day in the year 292,277 beside one of ours", ("bad_value", "document"),
        lambda: table(text=rows("late", 2), published=pa.array([2**63 - 1, 0], pa.timestamp("us")))),
)  # fmt: skip

ROWS = (*JSON_LINES, *CSV, *PARQUET)
