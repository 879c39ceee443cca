"""Settings: defaults, files, and what is wrong said by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import Settings, load_settings
from pipeline.errors import SettingsError

SOURCE = '[[read.sources]]\nmatch = "a"\n'


def test_settings_can_be_told_apart_by_their_hash() -> None:
    one, other = (Settings.model_validate({"read": {"sources": [{"match": name}]}}) for name in "ab")
    assert len({one, other, one.model_copy(deep=True)}) == 2


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
        ('[read]\nencodings = ["klingon"]\n', ["read.encodings", "klingon"]),
        ('[read]\nencodings = ["base64"]\n', ["read.encodings", "base64"]),
        ("[read]\nencodings = []\n", ["read.encodings"]),
        ("[[read.sources]]\n", ["read.sources.0.match"]),
        (SOURCE + 'matches = "b"\n', ["read.sources.0.matches"]),
        (SOURCE + 'map = {body = "text"}\n', ["read.sources.0.map.body"]),
        (SOURCE + 'map = {text = ""}\n', ["read.sources.0.map.text"]),
        (SOURCE + 'format = "json"\n', ["read.sources.0.format"]),
        (SOURCE + 'encodings = ["utf-8", "klingon"]\n', ["read.sources.0.encodings", "klingon"]),
        (SOURCE + 'language = "English"\n' + SOURCE + 'outlet = ""', ["sources.0.language", "sources.1.outlet"]),
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
