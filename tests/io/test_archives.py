"""Archives of both kinds: members are read as files are, and what must not be read is refused without loss."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import random
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.io import archives
from pipeline.io.read import Reader
from pipeline.io.zstandard import zstd
from tests.io.packed import Files, entry, read, tar_bytes, tarred, told, zipped

PACK: dict[str, Callable[[Path, Files], Path]] = {".zip": zipped, ".tar": tarred}
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".tar": bytes,
    ".tar.gz": gzip.compress,
    ".tgz": gzip.compress,
    ".tar.bz2": bz2.compress,
    ".tbz2": bz2.compress,
    ".tar.xz": lzma.compress,
    ".txz": lzma.compress,
    ".tar.zst": zstd.compress,
    ".tzst": zstd.compress,
    ".TAR.GZ": gzip.compress,
}
FILES = [
    ("b/two.txt", b"Two"),
    ("a.jsonl.gz", gzip.compress(b'{"id": 1, "text": "x"}\n{\n{"id": 2, "text": "y"}\n')),
    ("./c.csv.xz", lzma.compress(b"id,text\n3,z\n")),
    ("d.txt.bz2", bz2.compress("Four".encode("utf-16"))),
    ("e.v2.txt.zst", zstd.compress(b"Five")),
]
READ = [
    ("b/two.txt", None, "two", "Two"),
    ("a.jsonl.gz", 1, "1", "x"),
    ("a.jsonl.gz", 3, "2", "y"),
    ("c.csv.xz", 2, "3", "z"),
    ("d.txt.bz2", None, "d", "Four"),
    ("e.v2.txt.zst", None, "e.v2", "Five"),
]
pack = pytest.mark.parametrize("ending", PACK)


def check(path: Path) -> None:
    found = [item for item in read(path) if isinstance(item, Article)]
    assert [(a.input, a.line, a.doc_id, a.text) for a in found] == [
        (f"{path}:{name}", line, doc_id, text) for name, line, doc_id, text in READ
    ]


def test_members_of_a_zip_are_read_as_files_are(tmp_path: Path) -> None:
    check(zipped(tmp_path / "news.zip", FILES))


@pytest.mark.parametrize("ending", COMPRESS)
def test_members_of_a_tar_are_read_as_files_are(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"news{ending}"
    path.write_bytes(COMPRESS[ending](tar_bytes(FILES)))
    check(path)


names = st.from_regex(r"(sub/)?[a-c](\.txt|\.jsonl|\.json|\.csv|\.md|\.csv\.gz)", fullmatch=True)
contents = st.binary(max_size=60) | st.sampled_from(
    [b'{"id": "q", "text": "Text"}\n', b"id,text\n1,Text\n", b'{"title": "Beside"}', gzip.compress(b"text\nx", mtime=0)]
)


@pack
@given(files=st.dictionaries(names, contents, max_size=8))
def test_a_folder_and_an_archive_of_it_are_the_same(
    tmp_path_factory: pytest.TempPathFactory, ending: str, files: dict[str, bytes]
) -> None:
    folder = tmp_path_factory.mktemp("in") / "folder"
    files["z.txt"] = b"There is something to read."
    for name, raw in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    # The order of folders, but for metadata, which in a tar come directly before their text.
    order = sorted(files, key=lambda name: ("/" in name, name.removesuffix(".json") + ".tx" * name.endswith(".json")))
    found = read(PACK[ending](folder.with_suffix(ending), [(name, files[name]) for name in order]))
    assert [repr(item).replace(f"{folder}{ending}:", f"{folder}/") for item in found] == list(map(repr, read(folder)))


@pack
def test_hidden_members_and_those_that_nothing_reads_are_passed_over(tmp_path: Path, ending: str) -> None:
    names = ["a.txt", ".DS_Store", "__MACOSX/a.txt", "__MACOSX/._a.txt", ".git/b.txt", "c.md", "d.json"]
    folder = entry("x.txt", tarfile.DIRTYPE) if ending == ".tar" else "x.txt/"
    path = PACK[ending](tmp_path / f"news{ending}", [(folder, b""), *((name, b"Text") for name in names)])
    assert told(read(path)) == [(f"news{ending}:a.txt", "a")]


@pack
@pytest.mark.parametrize("name", ["/a.txt", "../a.txt", "b/../../a.txt", "..", "C:/a.txt", "c:\\a.txt", "..\\a.txt"])
def test_paths_that_lead_out_are_refused(tmp_path: Path, ending: str, name: str) -> None:
    path = PACK[ending](tmp_path / f"news{ending}", [(name, b"Text"), ("b..c/a...txt", b"Text")])
    first, second = read(path)
    assert told([first])[0][1] == "unsafe_path"
    assert told([second]) == [("a...txt", "a..")]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pack
@pytest.mark.parametrize("name", ["b.zip", "b.tar", "b.tar.gz", "b.TGZ", "b.tar.zst"])
def test_archives_in_archives_are_refused(tmp_path: Path, ending: str, name: str) -> None:
    path = PACK[ending](tmp_path / f"news{ending}", [(name, tar_bytes(FILES)), ("z.txt", b"Text")])
    assert told(read(path)) == [(f"news{ending}:{name}", "nested_archive"), (f"news{ending}:z.txt", "z")]


@pack
def test_a_bomb_in_a_member_is_refused(tmp_path: Path, ending: str) -> None:
    line = b'{"id": 1, "text": "Text"}\n'
    bomb = gzip.compress(line + b" " * (archives.FREE_BYTES * 4), 9)
    path = PACK[ending](tmp_path / f"news{ending}", [("a.jsonl.gz", bomb), ("z.txt", b"Text")])
    first, second, third = read(path)
    assert told([first, second, third]) == [
        (f"news{ending}:a.jsonl.gz", "1"),
        (f"news{ending}:a.jsonl.gz", "bomb"),
        (f"news{ending}:z.txt", "z"),
    ]
    assert second.line == 2


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tar.xz"])
def test_what_packs_well_is_no_bomb(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 18)
    words, rng = ["visit", "talks", "minister", "Baku", "signed", "treaty"], random.Random(0)
    texts = (" ".join(rng.choices(words, k=100)) for _ in range(1000))
    raw = b"".join(json.dumps({"id": i, "text": text}).encode() + b"\n" for i, text in enumerate(texts))
    assert len(raw) > archives.FREE_BYTES * 2
    path = tmp_path / f"news{ending}"
    if ending == ".zip":
        zipped(path, [("a.jsonl", raw)])
    else:
        path.write_bytes(COMPRESS[ending](tar_bytes([("a.jsonl", raw)])))
    assert sum(isinstance(item, Article) for item in read(path)) == 1000


@pack
def test_members_beyond_the_most_are_not_read(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBERS", 3)
    files = [("a.txt", b"Text"), ("b.md", b""), ("c.txt", b"Text")]
    assert told(read(PACK[ending](tmp_path / f"a{ending}", files))) == [
        (f"a{ending}:a.txt", "a"),
        (f"a{ending}:c.txt", "c"),
    ]
    path = PACK[ending](tmp_path / f"b{ending}", [*files, ("d.txt", b"Text")])
    assert told(read(path))[2:] == [(f"b{ending}", "too_many_members")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pack
def test_members_of_one_name_are_both_read(tmp_path: Path, ending: str) -> None:
    files = [
        ("a.jsonl", b'{"id": 1, "text": "x"}'),
        ("a.jsonl", b'{"id": 2, "text": "y"}'),
        ("b.txt", b""),
        ("b.txt", b"b"),
    ]
    path = PACK[ending](tmp_path / f"news{ending}", files)
    assert [outcome for _, outcome in told(read(path))] == ["1", "2", "empty", "b"]


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz"])
@pytest.mark.parametrize("files", [[], [("a.md", b"Text")]])
def test_an_archive_without_articles_is_a_reject(tmp_path: Path, ending: str, files: list[tuple[str, bytes]]) -> None:
    path = tmp_path / f"news{ending}"
    zipped(path, files) if ending == ".zip" else path.write_bytes(COMPRESS[ending](tar_bytes(files)))
    assert told(read(path)) == [(path.name, "empty")]
    path.write_bytes(b"")
    assert told(read(path)) == [(path.name, "empty")]


@pack
def test_a_damaged_member_is_a_reject_and_the_next_is_read(tmp_path: Path, ending: str) -> None:
    files = [("a.txt.gz", b"no gzip"), ("b.jsonl", b""), ("c.txt", b"\x89PNG\0\0\0\0" * 9), ("d.txt", b"Text")]
    path = PACK[ending](tmp_path / f"news{ending}", files)
    assert [outcome for _, outcome in told(read(path))] == ["unreadable", "empty", "binary", "d"]


@pack
def test_a_file_that_is_no_archive_is_a_reject(tmp_path: Path, ending: str) -> None:
    for raw in (b"no archive at all", b"no archive at all" * 99, b"PK\3\4" * 999):
        path = tmp_path / f"news{ending}"
        path.write_bytes(raw)
        assert told(read(path)) == [(path.name, "unreadable")]


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz"])
@given(data=st.data())
def test_any_damage_comes_out_as_something(
    tmp_path_factory: pytest.TempPathFactory, ending: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("in") / f"news{ending}"
    files = [
        ("a.txt", b"Text"),
        ("a.json", b'{"title": "Beside"}'),
        ("b.jsonl", b'{"text": "x"}'),
        ("é" * 99 + ".txt", b"y"),
    ]
    zipped(path, files) if ending == ".zip" else path.write_bytes(COMPRESS[ending](tar_bytes(files)))
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    path.write_bytes(raw[: data.draw(st.integers(1, len(raw)) | st.just(len(raw)))])
    assert read(path)


@pytest.mark.parametrize("ending", [".zip", ".tar", ".tar.gz", ".tar.zst"])
def test_bytes_done_ends_at_the_total(tmp_path: Path, ending: str) -> None:
    rng = random.Random(0)
    lines = b"".join(json.dumps({"id": i, "text": rng.randbytes(500).hex()}).encode() + b"\n" for i in range(500))
    files = [
        ("z.json", b"{}"),
        ("a.jsonl", lines),
        *((f"{i}.txt", rng.randbytes(99).hex().encode()) for i in range(9)),
        ("z.txt", b"z"),
    ]
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / f"news{ending}"
        zipped(path, files) if ending == ".zip" else path.write_bytes(COMPRESS[ending](tar_bytes(files)))
    reader = Reader([str(tmp_path)], ReadSettings())
    done = [reader.bytes_done for _ in reader]
    assert len(done) == 2 * 510
    assert done == sorted(done)
    assert 0 < done[0] < done[250] < done[505] < done[-1]
    assert reader.bytes_done == reader.total_bytes()


def test_names_that_are_no_unicode_are_made_printable(tmp_path: Path) -> None:
    path = tarred(tmp_path / "news.tar", [("caf\udce9.txt", b"Text")])
    assert told(read(path)) == [("news.tar:caf\\xe9.txt", "caf\\xe9")]
