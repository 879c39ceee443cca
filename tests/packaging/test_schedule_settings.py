"""configs/schedule.toml lists every setting of the scheduled job, with the value that the code has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import BaseModel

from pipeline.schedule.settings import InboxSettings, ScheduleSettings, load_schedule

FILE = Path(__file__).resolve().parents[2] / "configs" / "schedule.toml"


def uncommented() -> str:
    return re.sub(r"^#(?=[a-z_\[])", "", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)


def keys(given: object) -> object:
    """The names in tables and lists of tables, without values."""
    if isinstance(given, BaseModel):
        given = given.model_dump()
    if isinstance(given, dict):
        return {name: keys(value) for name, value in given.items()}
    if isinstance(given, list | tuple) and given and isinstance(given[0], dict | BaseModel):
        return keys(given[0])
    return None


def test_file_is_the_defaults() -> None:
    assert load_schedule(FILE) == ScheduleSettings(inbox=(InboxSettings(path="inbox"),))


def test_what_is_commented_out_is_right_too_and_nothing_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "schedule.toml"
    path.write_text(uncommented(), encoding="utf-8")
    settings = load_schedule(path)
    assert len(settings.hook) == 3
    assert keys(tomllib.loads(uncommented())) == keys(settings)


def test_a_hook_keeps_its_backslashes() -> None:
    hooks = tomllib.loads(uncommented())["hook"]
    assert any(r"'To: news-desk@example.org\nSubject: " in hook["command"][-1] for hook in hooks)
