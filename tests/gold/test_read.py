"""One way in and one way out for all formats."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import CannotWrite, InputError, OutputError
from pipeline.gold.model import GoldArticle
from pipeline.gold.read import FORMATS, detect, module, read_gold
from pipeline.gold.write import unwritable, write_gold
from tests.gold.reference import ROOT
from tests.golds import visit


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_reads_and_writes(format: str) -> None:
    assert callable(module(format).read)
    assert callable(module(format).write)


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.jsonl", '{"format":"gold/1","id":"x"', "gold"),
        ("a.jsonl", '\ufeff{"id": "x", "annotates": [], "text": ""}', "gold"),
        ("a.jsonl", '{"id": 1, "text": "say \\"annotates\\": no", "label": [[0, 3, "PER"]]}', "doccano"),
        ("a.json", '[{"data": {"text": "x"}}]', "label-studio"),
        ("a.json", "[]", "label-studio"),
        ("a.txt", "---\nid: x\n", "marked"),
        ("a.txt", "---\r\nid: x\r\n", "marked"),
        ("a.txt", "-DOCSTART- -X- O O\n", "conll"),
        ("a.conll", "", "conll"),
        ("a.yaml", "id: x", "values"),
        ("a.ann", "T1\tPER 0 3\tAli", "brat"),
    ],
)
def test_detects_by_what_is_there(tmp_path: Path, name: str, content: str, format: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert detect(tmp_path / name) == format
    if format in ("marked", "conll", "values", "brat") and "-DOCSTART-" not in content:
        assert detect(tmp_path) == format


def test_detects_inside_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"format":"gold/1"}'))
    assert detect(tmp_path / "a.jsonl.gz") == "gold"
    (tmp_path / "a.jsonl.gz").write_bytes(b'{"format":"gold/1"}')
    with pytest.raises(InputError, match="cannot be read"):
        detect(tmp_path / "a.jsonl.gz")


def test_what_tells_nothing_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ministers met.", encoding="utf-8")
    for path in (tmp_path / "a.txt", tmp_path):
        with pytest.raises(InputError, match="none of the gold formats gold, values, marked, label-studio, brat"):
            detect(path)
    with pytest.raises(InputError, match="no such file or folder"):
        read_gold(tmp_path / "none")
    with pytest.raises(InputError, match="no such file or folder"):
        read_gold(tmp_path / "none", format="gold")
    with pytest.raises(InputError, match="xml: no gold format; there are gold, values"):
        read_gold(tmp_path / "a.txt", format="xml")


def test_only_value_labels_have_texts_apart(tmp_path: Path) -> None:
    write_gold([visit()], tmp_path / "a.jsonl", format="gold")
    with pytest.raises(InputError, match="only values take them apart"):
        read_gold(tmp_path / "a.jsonl", texts=tmp_path)
    found = list(read_gold(ROOT / "seeds" / "gold", texts=ROOT / "seeds"))
    assert len(found) == 5
    assert all(isinstance(item, GoldArticle) for item in found)


def test_nothing_half_written_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "marked"
    bad = visit().model_copy(update={"id": "a/b"})
    with pytest.raises(CannotWrite):
        write_gold([visit(), bad], folder, format="marked")
    assert list(tmp_path.iterdir()) == []
    write_gold([visit()], folder, format="marked")
    (folder / "other.md").write_text("stays", encoding="utf-8")
    write_gold([visit().model_copy(update={"id": "second"})], folder, format="marked")
    assert sorted(file.name for file in folder.iterdir()) == ["other.md", "second.txt", "visit.txt"]
    assert [file.name for file in tmp_path.iterdir()] == ["marked"]


def test_a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        write_gold([visit()], tmp_path / "file" / "a.jsonl", format="gold")
    with pytest.raises(OutputError, match="cannot be written"):
        write_gold([visit()], tmp_path / "file", format="marked")


def test_unwritable_finds_every_one() -> None:
    bad = [visit().model_copy(update={"id": id}) for id in ("a/b", "good", "c/d")]
    assert [error.article for error in unwritable(bad, format="marked")] == ["a/b", "c/d"]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("name", ["out", "out.jsonl", "out.json", "out.txt"])
def test_what_was_written_is_detected(tmp_path: Path, format: str, name: str) -> None:
    write_gold([visit()], tmp_path / name, format=format)
    assert detect(tmp_path / name) == format
    assert [item.id for item in read_gold(tmp_path / name) if isinstance(item, GoldArticle)] == ["visit"]
