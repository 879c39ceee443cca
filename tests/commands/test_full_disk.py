"""A run that fills the disk, wherever it is then: nothing is lost, and it ends as if it had not been full."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.commands import run as module
from pipeline.commands.exits import Exit
from pipeline.io.write import OutputFolder
from pipeline.record import FILES
from pipeline.run import batch
from tests.line import Line

COUNT = 24
FULL = {
    "output": "cannot be written: File too large",
    "scratch": "what is known of articles cannot be written: disk I/O error",
    "registry": ".sqlite: disk I/O error",
}
OLD = dict.fromkeys(FILES, b"old\n")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A dump of articles that have no sentence in common."""
    path = tmp_path / "in.jsonl"
    texts = (" ".join(f"w{n * 997 % (7919 + i)}x{n}" for n in range(i * 90, i * 90 + 90)) for i in range(COUNT))
    path.write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(texts)))
    (tmp_path / "twos.toml").write_text("[segment]\nbatch_size = 2\n")
    return path


@pytest.fixture(params=[0.0, 60.0], ids=["checkpoints", "no checkpoints"])
def whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, articles: Path) -> dict[str, bytes]:
    """What an undisturbed run writes; checkpoints are made always or never."""
    monkeypatch.setattr(batch, "SECONDS", request.param)
    monkeypatch.setattr(module, "load", Line())
    out = articles.parent / "whole"
    assert run(articles, out) == Exit.DONE
    return lines(out)


def run(articles: Path, out: Path, **options: object) -> Exit:
    config = articles.parent / "twos.toml"
    given = {"config": config, "mapping": None, "strict": False, "style": "plain", **options}
    return module.run([str(articles)], out, **given)  # type: ignore[arg-type]


def lines(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in FILES if name != "run.json"}


def with_old_files(out: Path) -> Path:
    out.mkdir()
    for name, content in OLD.items():
        (out / name).write_bytes(content)
    return out


def check_old_files(out: Path) -> None:
    assert {name: (out / name).read_bytes() for name in FILES} == OLD
    assert not list(out.glob(".*.new")), "what could not be written is gone, and its place is free"


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def largest(whole: dict[str, bytes]) -> int:
    return max(map(len, whole.values()))


@pytest.mark.parametrize("kind", ["scratch", "output", "registry"])
def test_files_that_may_not_grow(
    whole: dict[str, bytes], articles: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said: set[str] = set()
    for number, size in enumerate([0, 4_000, *range(8_000, 60_000, 13_000), largest(whole) - 1]):
        out = with_old_files(articles.parent / f"out{number}")
        options: dict[str, object] = {"duplicates": "mark" if kind == "scratch" else "read"}
        if kind == "registry":
            options["registry"] = str(articles.parent / f"{number}.sqlite")
        capsys.readouterr()
        with files_up_to(size):
            code = run(articles, out, **options)
        if code == Exit.STOPPED:
            last = capsys.readouterr().err.splitlines()[-1]
            said |= {reason for reason in FULL.values() if last.endswith(reason)} or {last}
            check_old_files(out)
            code = run(articles, out, **options)
        assert code == Exit.DONE
        assert lines(out) == whole
        assert {path.name for path in out.iterdir()} == set(FILES)
    assert said
    assert said <= set(FULL.values())


def test_a_file_that_is_one_byte_too_long_at_the_end(
    whole: dict[str, bytes], articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = with_old_files(articles.parent / "out")
    commit = OutputFolder.commit

    def full(self: OutputFolder, *given: object) -> None:
        with files_up_to(largest(whole) - 1):
            commit(self, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(OutputFolder, "commit", full)
        code = run(articles, out)
    if code == Exit.STOPPED:
        check_old_files(out)
    assert run(articles, out) == Exit.DONE
    assert lines(out) == whole


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system in memory, whose size `resize` changes."""
    path = tmp_path / "disk"
    path.mkdir()
    if os.name != "posix" or os.geteuid() or not shutil.which("mount"):
        pytest.skip("mounts a file system")
    if subprocess.run(["mount", "-t", "tmpfs", "none", path], check=False, capture_output=True).returncode:
        pytest.skip("may not mount a file system")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


@pytest.mark.parametrize("stops", [False, True], ids=["to the end", "stopped"])
def test_a_disk_that_is_full(
    whole: dict[str, bytes],
    articles: Path,
    disk: Path,
    stops: bool,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk has a few pages more each time; the run that fills it ends by itself, or is stopped by a signal."""

    def stop(number: int) -> None:
        if stops and number == COUNT // 3:
            os.kill(os.getpid(), signal.SIGTERM)

    failed = 0
    for pages in range(6, 90, 6):
        resize(disk, 4096 * pages)
        out = with_old_files(disk / "out")
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(module, "load", Line(stop))
            assert run(articles, out) == Exit.STOPPED or not stops
        last = capsys.readouterr().err.splitlines()[-1]
        if last.endswith("No space left on device") or last.endswith("disk is full"):
            check_old_files(out)
            failed += 1
        resize(disk, 1 << 22)
        assert run(articles, out) == Exit.DONE
        assert lines(out) == whole
        assert {path.name for path in out.iterdir()} == set(FILES)
        shutil.rmtree(out)
    assert 2 < failed < 14
