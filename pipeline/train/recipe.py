"""Recipes: everything that a training run depends on, from a TOML file; unknown keys are errors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from pipeline.config import Section, read_section


class Source(Section):
    """Prepared examples: a file under the data folder, and the share of it that an epoch takes (2 = twice)."""

    file: str
    share: Annotated[float, Field(gt=0)] = 1.0


class Fit(Section):
    """`pieces` is the size of a batch in word pieces; `average` the decay of the moving average of weights (0 = none);
    `frozen` the lowest layers of the encoder that are not trained; `focal` how little triggers count whose kind is sure
    (Lin et al. 2017; 0 = all the same); `chain` whether tags are trained as a sequence (CRF); `hidden` the share of
    word pieces that are hidden from the network while it learns."""

    seed: int = 1
    window: Annotated[int, Field(ge=64, le=512)] = 384
    pieces: Annotated[int, Field(ge=512)] = 2048
    epochs: Annotated[float, Field(gt=0)] = 12
    encoder_rate: Annotated[float, Field(gt=0)] = 2e-4
    head_rate: Annotated[float, Field(gt=0)] = 1e-3
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    decay: Annotated[float, Field(ge=0)] = 0.01
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.1
    smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.0
    focal: Annotated[float, Field(ge=0)] = 0.0
    chain: bool = False
    hidden: Annotated[float, Field(ge=0, lt=1)] = 0.0
    average: Annotated[float, Field(ge=0, lt=1)] = 0.995
    frozen: Annotated[int, Field(ge=0)] = 0
    shapes: bool = True
    known: bool = True
    bfloat16: bool = True
    threads: Annotated[int, Field(ge=1)] = 2


class Recipe(Section):
    """`encoder` is a folder with a transformers encoder, or an installed package that has one in its folder `model`;
    `start` is a run under the data folder whose network training begins with, instead of with untrained heads."""

    encoder: str
    sources: tuple[Source, ...]
    held_out: str | None = None
    start: str | None = None
    fit: Fit = Fit()
    weights: dict[str, float] = Field(default_factory=dict)


def read_recipe(path: Path) -> Recipe:
    """The recipe of a TOML file; raises `SettingsError`, naming every bad key."""
    return read_section(path, Recipe)
