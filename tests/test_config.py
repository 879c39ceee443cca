"""Settings: defaults, files, and what is wrong said by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Settings, load_settings
from pipeline.errors import SettingsError


def test_no_file_means_the_defaults() -> None:
    assert load_settings() == load_settings(None) == Settings()


def test_a_file_changes_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("[read]\nmax_characters = 5\n", encoding="utf-8")
    settings = load_settings(tmp_path / "a.toml")
    assert settings.read.max_characters == 5
    assert settings.read.encodings == Settings().read.encodings
    assert settings.clean == Settings().clean


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[read]\nmax_caracters = 5\nencodings = 1\n", ["read.max_caracters", "read.encodings"]),
        ("[red]\n", ["red"]),
        ("[read]\nmax_characters = 0\n", ["read.max_characters"]),
        ("[detect]\nmin_confidence = 2\n", ["detect.min_confidence"]),
        ("[read\n", ["not TOML"]),
    ],
)
def test_everything_wrong_is_named(tmp_path: Path, content: str, said: list[str]) -> None:
    path = tmp_path / "a.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(path)
    assert all(part in str(caught.value) for part in [*said, "a.toml"])


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not TOML"):
        load_settings(tmp_path / "a.toml")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        load_settings(tmp_path / "a.toml")
