"""Which files the inputs name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.io.sources import ARCHIVES, Source, find_sources
from pipeline.record import RejectRecord


def names(*inputs: Path | str, exclude: Path | None = None) -> list[str]:
    found = find_sources(list(map(str, inputs)), exclude=exclude)
    return [source.name.rpartition("/")[2] for source in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.jsonl.gz", "A.CSV", "notes.md", ".hidden.txt", "b.json", "sub/c.ndjson.zst", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return tmp_path


def test_folders_are_read_to_the_bottom_in_order(folder: Path) -> None:
    assert names(folder) == ["A.CSV", "a.jsonl.gz", "b.txt", "c.ndjson.zst"]


def test_inputs_keep_their_order(folder: Path) -> None:
    assert names(folder / "b.txt", "-", folder / "sub") == ["b.txt", "-", "c.ndjson.zst"]


def test_globs(folder: Path) -> None:
    assert names(folder / "*") == ["A.CSV", "a.jsonl.gz", "b.txt"]
    assert names(folder / "**" / "*.zst") == ["c.ndjson.zst"]


def test_archives_are_found_in_folders(tmp_path: Path) -> None:
    for ending in (*ARCHIVES, ".zip.gz", ".tar.br", ".txt.gz.xz"):
        (tmp_path / f"a.b{ending}").touch()
    (tmp_path / "C.TAR.GZ").touch()
    assert names(tmp_path) == ["C.TAR.GZ", *sorted(f"a.b{ending}" for ending in ARCHIVES)]
    found = {source.format for source in find_sources([str(tmp_path)]) if isinstance(source, Source)}
    assert found == {"zip", "tar"}


def test_a_file_with_brackets_in_its_name_is_no_glob(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").touch()
    assert names(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_a_pipe_has_no_format_yet(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert list(find_sources([str(tmp_path / "pipe")])) == [
        Source(tmp_path / "pipe", None, str(tmp_path / "pipe"), None)
    ]


def test_pipes_in_folders_are_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    for given in (tmp_path, tmp_path / "*.txt"):
        [found] = find_sources([str(given)])
        assert isinstance(found, RejectRecord)
        assert (found.error, found.input) == ("no_file", str(tmp_path / "a.txt"))


def test_sidecars_that_the_shell_names_are_passed_over(folder: Path) -> None:
    with pytest.raises(InputError, match="nothing to read"):
        names(folder / "b.json")
    assert names(folder / "b.txt") == ["b.txt"]


def test_the_output_folder_is_no_input(folder: Path) -> None:
    out = folder / "out"
    out.mkdir()
    (out / "events.jsonl").touch()
    (out / "mine.jsonl").touch()
    assert names(out, exclude=out) == ["mine.jsonl"]
    assert names(out / "*", exclude=out) == ["mine.jsonl"]
    assert names(out) == ["events.jsonl", "mine.jsonl"]


@pytest.mark.parametrize("given", ["nowhere", "no*.txt", "notes.md", "empty"])
def test_an_input_without_articles_is_an_error(folder: Path, given: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match=given.replace("*", r"\*")):
        names(folder / given)


def test_names_that_are_no_unicode_are_made_printable(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).touch()
    [source] = find_sources([str(tmp_path)])
    assert isinstance(source, Source)
    assert source.stem == "caf\\xe9"
