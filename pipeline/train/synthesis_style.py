"""The habits of the newsroom that a synthesised article comes from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from pipeline.train.synthesis_days import DateStyle

HONORIFICS = (None, None, None, ("Mr", "Ms"), ("Mr.", "Ms."), ("Mr", "Mrs"))


@dataclass(frozen=True, slots=True)
class Style:
    """A newsroom: the ISO3 code of where it sits, and its habits."""

    home: str
    dates: DateStyle
    honorifics: tuple[str, str] | None
    """What stands before the surname of a man and of a woman."""
    lower_titles: bool
    curly: bool
    title_case: bool


def draw_style(home: str, rng: random.Random) -> Style:
    """The habits of some newsroom in the country."""
    dates = DateStyle(rng.random() < 0.5, rng.random() < 0.2, rng.random() < 0.2, rng.random() < 0.5)
    return Style(home, dates, rng.choice(HONORIFICS), rng.random() < 0.5, rng.random() < 0.5, rng.random() < 0.3)
