"""Recipes of training runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.train.recipe import Fit, Source, read_recipe

CONFIGS = Path(__file__).parents[2] / "configs/train"


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('encoder = "e"\n[[sources]]\nfile = "a"\n[fit]\nepochs = 3\n', encoding="utf-8")
    recipe = read_recipe(path)
    assert recipe.sources == (Source(file="a", share=1.0),)
    assert recipe.fit == Fit(epochs=3)
    assert recipe.held_out is None


@pytest.mark.parametrize("path", sorted(CONFIGS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_recipes_kept_here_can_be_read(path: Path) -> None:
    assert read_recipe(path).sources


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ["encoder", "sources"]),
        ('encoder = "e"\nsources = []\n[fit]\nepoch = 3\nwindow = 5\n', ["fit.epoch", "fit.window"]),
        ('encoder = "e"\n[[sources]]\nfile = "a"\nshare = 0\n', ["sources.0.share"]),
        ("encoder = \n", ["not TOML"]),
    ],
)
def test_everything_wrong_is_named(tmp_path: Path, content: str, said: list[str]) -> None:
    path = tmp_path / "a.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_recipe(path)
    assert all(part in str(caught.value) for part in ["a.toml", *said])


def test_no_recipe(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        read_recipe(tmp_path / "a.toml")
