"""The wheel is complete: built from the checkout and installed elsewhere, it runs the same command."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True)
    return next(folder.glob("dragoman-*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh virtual environment with the wheel; the dependencies are those of the running one."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    install = [*PIP, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True)
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", query], check=True, capture_output=True, text=True).stdout.strip()
    # A path in a .pth file comes after site-packages, and .pth files in it (the editable checkout) are not read.
    lines = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site, "dependencies.pth").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    return folder


def test_everything_in_the_package_is_in_the_wheel(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    present = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "pipeline").rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert "pipeline/py.typed" in present
    assert any(name.startswith("pipeline/data/") and not name.endswith(".py") for name in present)
    weights = {
        f"pipeline/{path.relative_to(ROOT).as_posix()}"
        for model in ("baseline", "dragoman-sm", "names")
        for path in (ROOT / "models" / model).iterdir()
    }
    assert {name for name in packed if name.startswith("pipeline/")} == present | weights


def test_licence_and_notice_are_in_the_wheel(wheel: Path) -> None:
    names = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "/licenses/" in name}
    assert names == {"LICENSE", "NOTICE"}


def test_entry_points_lead_somewhere(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    listing = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
    lines = [line.split(" = ") for line in archive.read(listing).decode().splitlines() if " = " in line]
    assert {name for name, _ in lines} == {"dragoman"}
    for name, value in lines:
        assert callable(EntryPoint(name, value, "").load())


def test_the_command_runs_from_any_folder(environment: Path, tmp_path: Path) -> None:
    python = environment / "bin" / "python"
    where = subprocess.run(
        [python, "-c", "import pipeline; print(pipeline.__file__)"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(environment)
    (tmp_path / "talks.txt").write_text(
        "On March 11, 2024, Norwegian Foreign Minister Erik Holm visited Kenya.\n", encoding="utf-8"
    )
    subprocess.run([environment / "bin" / "dragoman", "run", "talks.txt", "--out", "out"], cwd=tmp_path, check=True)
    events = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_text("utf-8").splitlines()]
    assert [(event["type"], event["mode"], event["source"]["doc_id"]) for event in events] == [
        ("CONSULT", "visit", "talks")
    ]


def test_gold_and_evaluation_need_nothing_of_the_checkout(environment: Path, tmp_path: Path) -> None:
    command = environment / "bin" / "dragoman"
    (tmp_path / "talks.txt").write_text("Erik Holm, Norway's foreign minister, visited Kenya.\n", encoding="utf-8")
    for step in (
        ["gold", "prelabel", "talks.txt", "--format", "gold", "--out", "gold.jsonl"],
        ["gold", "convert", "gold.jsonl", "--to", "brat", "--out", "brat"],
        ["evaluate", "--gold", "brat", "--run", "--out", "report"],
    ):
        subprocess.run([command, *step], cwd=tmp_path, check=True, capture_output=True)
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert [article["id"] for article in report["articles"]] == ["talks"]
    assert "<style>" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
