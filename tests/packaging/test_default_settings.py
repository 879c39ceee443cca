"""configs/default.toml lists every setting, with the value that the code has."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pipeline.config import Settings, load_settings

DEFAULT = Path(__file__).resolve().parents[2] / "configs" / "default.toml"


def test_file_is_the_defaults() -> None:
    assert load_settings(DEFAULT) == Settings()


def test_file_lists_every_key() -> None:
    listed = tomllib.loads(DEFAULT.read_text(encoding="utf-8"))
    assert {name: set(section) for name, section in listed.items()} == {
        name: set(section) for name, section in Settings().model_dump().items()
    }
