"""Whatever is bad about a file: it is told, nothing else is lost, and nothing stops."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.config import ReadSettings
from pipeline.document import Article
from pipeline.io.read import Reader
from pipeline.io.sources import FORMATS, format_of, printable
from tests.io.bad_inputs import Bad, bad_inputs, write_bad_inputs

ROOT = Path(__file__).parents[2]
BAD = bad_inputs()
LATER = {"duplicate_id", "empty", "language", "unsettled"}
"""What is found after reading."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Path, Bad]:
    return write_bad_inputs(tmp_path_factory.mktemp("bad"))


def test_there_are_some_of_every_format() -> None:
    assert len({bad.name for bad in BAD}) == len(BAD)
    assert {format_of(bad.name)[0] for bad in BAD} == {*FORMATS.values(), "zip", "tar"}


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: ascii(bad.name))
def test_what_is_bad_is_told(tmp_path: Path, bad: Bad) -> None:
    for name in ("folder.zip",) if bad.name == "to a folder.txt" else ():
        next(other for other in BAD if other.name == name).write(tmp_path)
    path = bad.write(tmp_path)
    named = str(path)
    if bad.expected == ("no_file",) and path.suffix == ".txt":  # read as a stream when it is named
        named = f"{tmp_path}/*.txt"
    items = list(Reader([named], ReadSettings()))
    told = ["document" if isinstance(item, Article) else item.error for item in items]
    for at, (found, expected) in enumerate(zip(told, bad.expected, strict=True)):
        assert found == expected or (found == "document" and expected in LATER), (at, items[at])


@pytest.fixture(scope="module")
def told(written: Mapping[Path, Bad], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the command says of each file, in the order of its lines; how it ended."""
    [folder] = {path.parent for path in written}
    out = tmp_path_factory.mktemp("out")
    call = [sys.executable, "-m", "pipeline", "run", str(folder), "--out", str(out), "--strict", "--duplicates", "read"]
    path = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(call, cwd=ROOT, env=path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr  # articles were rejected
    assert "Traceback" not in done.stderr, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    assert json.loads((out / "run.json").read_text())["finished"] is True
    inputs = {item.doc_id: item.input for item in Reader([str(folder)], ReadSettings()) if isinstance(item, Article)}
    codes: dict[str, list[str]] = defaultdict(list)
    for name in ("documents", "rejects"):
        for line in (out / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            values = json.loads(line)
            codes[values.get("input") or inputs[values["doc_id"]]].append(values.get("error", "document"))
    return codes


def test_the_command_tells_of_every_file(written: Mapping[Path, Bad], told: dict[str, list[str]]) -> None:
    wrong = {}
    for path, bad in written.items():
        if path.is_dir() and path.is_symlink():  # which is not followed
            continue
        own = printable(path)
        its = re.compile(rf"{re.escape(own)}(?:[:/]|\Z)")
        found = [code for name, codes in told.items() if its.match(name) for code in codes]
        if sorted(found) != sorted(bad.expected):
            wrong[ascii(bad.name)] = found, bad.expected
    assert not wrong


def test_every_reason_stands_in_the_manual() -> None:
    manual = (ROOT / "docs/inputs.md").read_text(encoding="utf-8").partition("## Why articles are rejected")[2]
    codes = {code for bad in BAD for code in bad.expected} - {"document"}
    assert codes == codes & set(re.findall(r"`(\w+)`", manual))
