"""configs/default.toml lists every setting, with the value that the code has."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pipeline.config import MatchedSource, Settings, load_settings

DEFAULT = Path(__file__).resolve().parents[2] / "configs" / "default.toml"


def test_file_is_the_defaults() -> None:
    assert load_settings(DEFAULT) == Settings()


def test_file_lists_every_key() -> None:
    """Keys that have no value by default stand in comments, with an example."""
    listed = tomllib.loads(re.sub(r"^# (?=\[\[|\w+ = )", "", DEFAULT.read_text(encoding="utf-8"), flags=re.MULTILINE))
    [source] = Settings.model_validate(listed).read.sources
    assert source.model_fields_set == set(MatchedSource.model_fields)
    assert {name: set(section) for name, section in listed.items()} == {
        name: set(section) for name, section in Settings().model_dump().items()
    }
