"""What a user says of sources: `[[read.sources]]` of the settings, and `said` of whoever reads source by source."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from pipeline.config import ReadSettings, SourceSettings
from pipeline.document import Article
from pipeline.io.read import Reader, SourceReader
from pipeline.io.sources import Source, find_sources
from pipeline.record import RejectRecord
from tests.io.packed import tarred, zipped
from tests.reads import codes, one, read, read_bytes

LINE = json.dumps({"guid": 7, "body": "Text", "meta": {"date": "2025-05-03", "lang": "en-GB"}}).encode()
MAP = {"text": "body", "id": "guid", "published": "meta.date"}


def about(*tables: dict[str, object]) -> dict[str, object]:
    return {"sources": tables}


@pytest.mark.parametrize("match", ["reuters-1.jsonl", "reuters-*", "*/reuters-?.json*", "*"])
def test_what_is_said_holds_for_the_sources_that_match(tmp_path: Path, match: str) -> None:
    said = about({"match": "other"}, {"match": match, "map": MAP, "outlet": "Reuters", "language": "en"})
    found = one(read_bytes(tmp_path, "reuters-1.jsonl", LINE, **said))
    assert (found.doc_id, found.text, str(found.published)) == ("7", "Text", "2025-05-03")
    assert (found.outlet, found.language) == ("Reuters", "en")


@pytest.mark.parametrize("match", ["Reuters-*", "reuters", "reuters-1", "in/*"])
def test_it_does_not_hold_for_others(tmp_path: Path, match: str) -> None:
    found = one(read_bytes(tmp_path, "reuters-1.jsonl", b'{"text": "x"}', **about({"match": match, "outlet": "A"})))
    assert found.outlet is None


def test_the_first_table_that_matches_is_the_only_one(tmp_path: Path) -> None:
    said = about({"match": "*.jsonl", "language": "en"}, {"match": "a*", "outlet": "A"})
    found = one(read_bytes(tmp_path, "a.jsonl", b'{"text": "x"}', **said))
    assert (found.language, found.outlet) == ("en", None)


def test_what_an_article_says_itself_wins(tmp_path: Path) -> None:
    raw = b'{"text": "x", "outlet": "B", "language": "fr"}'
    found = one(read_bytes(tmp_path, "a.jsonl", raw, **about({"match": "*", "outlet": "A", "language": "en"})))
    assert (found.outlet, found.language) == ("B", "fr")


def test_the_command_line_wins_field_by_field(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"body": "no", "content": "yes", "guid": "g"}')
    found = one(read(tmp_path, "text=content", **about({"match": "*", "map": {"text": "body", "id": "guid"}})))
    assert (found.text, found.doc_id) == ("yes", "g")


@pytest.mark.parametrize(
    ("raw", "key", "text"),
    [
        (b'{"a": {"b": "x"}}', "a.b", "x"),
        (b'{"a": {"b": {"c": "x"}}}', "a.b.c", "x"),
        (b'{"a.b": "x", "a": {"b": "y"}}', "a.b", "x"),
        (b'{"a.b": null, "a": {"b": "y"}}', "a.b", "missing_text"),
        (b'{"a": ["x"]}', "a.0", "missing_text"),
        (b'{"a": "x"}', "a.b", "missing_text"),
        (b'{"a": {"b": {"c": "x"}}}', "a.b", "bad_text"),
    ],
)
def test_a_dotted_key_is_a_path_where_no_key_has_its_name(tmp_path: Path, raw: bytes, key: str, text: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(raw)
    [item] = read(tmp_path, f"text={key}")
    assert (item.error if isinstance(item, RejectRecord) else item.text) == text


def test_a_dotted_key_is_a_path_in_structures_of_parquet_too(tmp_path: Path) -> None:
    raw = io.BytesIO()
    parquet.write_table(pa.table({"a": [{"b": "x", "c": 1}], "b.c": ["7"], "d": [1]}), raw)
    (tmp_path / "a.parquet").write_bytes(raw.getvalue())
    found = one(read(tmp_path / "a.parquet", "text=a.b,id=b.c,outlet=d.e"))
    assert (found.text, found.doc_id, found.outlet) == ("x", "7", None)
    assert codes(read(tmp_path / "a.parquet", "text=f.b")) == ["missing_text"]


def test_encodings_of_a_source(tmp_path: Path) -> None:
    said = about({"match": "*.txt", "encodings": ["cp1251"]})
    assert one(read_bytes(tmp_path, "a.txt", "Баку".encode("cp1251"), **said)).text == "Баку"
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.csv").write_bytes("text\nBakı é\n".encode("cp1254"))
    assert one(read(tmp_path, **about({"match": "*.txt", "encodings": ["cp1251"]}))).text == "Baký é"


@pytest.mark.parametrize("packed", [False, True])
def test_files_whose_names_say_nothing_are_read_when_the_user_says_what_they_are(tmp_path: Path, packed: bool) -> None:
    raw = gzip.compress(LINE) if packed else LINE
    (tmp_path / "in").mkdir()
    for name in ("a.dat", "b.dat.gz", "c", "notes.md"):
        (tmp_path / "in" / name).write_bytes(raw)
    tables = [{"match": name, "format": "jsonl", "map": {"text": "body"}} for name in ("*.dat*", "c")]
    for given in (tmp_path / "in", tmp_path / "in" / "*"):
        items = read(given, **about(*tables))
        assert [Path(item.input).name for item in items] == ["a.dat", "b.dat.gz", "c"]
        assert all(isinstance(item, Article) for item in items[:1])
    assert one(read(tmp_path / "in" / "a.dat", **about(*tables))).text == "Text"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_archives_whose_names_say_nothing(tmp_path: Path, kind: str, pack: type[bytes]) -> None:
    path = (zipped if kind == "zip" else tarred)(tmp_path / "dump.dat", [("a.txt", b"Text")])
    path.write_bytes(pack(path.read_bytes()))
    found = one(read(tmp_path, **about({"match": "*.dat", "format": kind, "outlet": "A"})))
    assert (found.text, found.outlet, found.input) == ("Text", "A", f"{path}:a.txt")


def test_what_the_user_says_goes_before_the_name(tmp_path: Path) -> None:
    found = one(read_bytes(tmp_path, "a.txt", b'{"text": "x", "id": 7}', **about({"match": "*", "format": "jsonl"})))
    assert (found.text, found.doc_id) == ("x", "7")


def test_metadata_beside_a_text_are_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Text")
    (tmp_path / "a.json").write_text('{"title": "Beside"}')
    (tmp_path / "b.json").write_text('{"text": "x", "id": "b"}')
    items = read(tmp_path, **about({"match": "*.json", "format": "jsonl"}))
    assert codes(items) == ["a", "b"]
    assert isinstance(items[0], Article)
    assert items[0].title == "Beside"


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_members_of_archives(tmp_path: Path, kind: str) -> None:
    files = [("a/one.dat", LINE), ("a/two.dat", gzip.compress(LINE.replace(b"7", b"8"))), ("b/three.txt", b"x")]
    files += [("b/four.dat", b"x"), ("b/five.txt", b"y")]
    (zipped if kind == "zip" else tarred)(tmp_path / f"news.{kind}", files)
    tables = [
        {"match": "a/*", "format": "jsonl", "map": MAP, "outlet": "A"},
        {"match": "*:b/three.txt", "outlet": "B"},
        {"match": f"news.{kind}", "outlet": "News", "map": {"text": "no"}},
    ]
    items = read(tmp_path, **about(*tables))
    assert [(item.doc_id, getattr(item, "outlet", None)) for item in items] == [
        ("7", "A"),
        ("8", "A"),
        ("three", "B"),
        ("five", "News"),
    ]


def test_a_caller_may_say_what_holds_for_a_source_and_all_in_it(tmp_path: Path) -> None:
    zipped(tmp_path / "inbox", [("a.jsonl", LINE), ("b.txt", b"x")])
    said = SourceSettings.model_validate({"map": MAP, "outlet": "A", "format": "zip"})
    tables = ReadSettings.model_validate(about({"match": "*.txt", "outlet": "B", "language": "fr", "format": "csv"}))
    reader = SourceReader(tables)
    [source] = find_sources([str(tmp_path)], told=lambda _: said.format)
    assert isinstance(source, Source)
    found = [item for item in reader.read(source, said=said) if isinstance(item, Article)]
    assert [(a.doc_id, a.outlet, a.language) for a in found] == [("7", "A", None), ("b", "A", None)]
    assert codes(list(reader.read(source))) == ["missing_text", "missing_text"]


def test_bytes_done_ends_at_the_total(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_bytes(b"\n".join(b'{"id": %d, "text": "%s"}' % (i, b"x" * 999) for i in range(500)))
    reader = Reader([str(tmp_path)], ReadSettings.model_validate(about({"match": "*.dat", "format": "jsonl"})))
    done = [reader.bytes_done for _ in reader]
    assert done == sorted(done)
    assert 0 < done[0] < done[-1]
    assert reader.bytes_done == reader.total_bytes() == (tmp_path / "a.dat").stat().st_size
