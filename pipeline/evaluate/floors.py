"""Floors: what the figures of given gold may not fall below. tests/gold/floors.toml is such a file."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import InputError
from pipeline.evaluate.figures import figures
from pipeline.evaluate.report import Report
from pipeline.record import Sha256

STEPS = 1000  # bounds have three decimals
TOLERANCE = 1e-9
HEADER = re.compile(r"\s*\[(?P<table>[^\[\]]+)\]\s*(#.*)?$")
ENTRY = re.compile(
    r"(?P<key>\s*(?P<name>[\w-]+|\"[^\"]+\")\s*=\s*)(?P<value>\"[^\"]*\"|[^\s#]+)(?P<rest>.*)$", re.DOTALL
)

Given = Literal["published", "outlet", "title", "url"]
"""What the line is told of an article beside its text."""


def given(text: str | None) -> tuple[Given, ...]:
    """The fields of a list such as `published,title`. Raises `InputError` for one that cannot be given."""
    names = [name.strip() for name in text.split(",")] if text else []
    if unknown := [name for name in names if name not in get_args(Given)]:
        raise InputError(f"{', '.join(unknown)}: cannot be given; only {', '.join(get_args(Given))} can")
    return tuple(field for field in get_args(Given) if field in names)


def _is_figure(name: str) -> str:
    if name.partition("@")[0] not in figures():
        raise ValueError(f"no figure is called {name}")
    return name


class Floor(BaseModel):
    """The floors of one set of gold.

    `gold` and `texts` are paths from the folder of the floors file; `texts` is where value labels have their articles.
    `give` is what the line is told beside the text, `model` what reads it if not the model of the settings. `sha256` is
    the digest of the gold that the bounds were found on; `slack` how far a figure may be from its bound, as processors
    differ in what an encoder computes.
    `figures` are the bounds by name, `NAME` or `NAME@SLICE`; where lower is better (calibration), they are ceilings.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: Annotated[str, Field(min_length=1)]
    texts: str | None = None
    give: list[Given] = []
    model: str | None = None
    slack: Annotated[float, Field(ge=0, le=0.1)] = 0.0
    sha256: Sha256
    figures: dict[Annotated[str, AfterValidator(_is_figure)], Annotated[float, Field(ge=0, le=1)]]


@dataclass(frozen=True, slots=True)
class Breach:
    """A floor that does not hold: a figure that is worse than its bound or has nothing to count, or other gold.

    `figure` is None for the gold; `value` is None for a figure that is gone.
    """

    set: str
    figure: str | None
    bound: float | None
    value: float | None

    def __str__(self) -> str:
        if self.figure is None:
            return f"{self.set}: its gold is not the one that the floors were set on"
        said = "has nothing to count" if self.value is None else f"is {self.value:.4f}"
        return f"{self.set}: {self.figure} {said}; the floor is {self.bound}"


def read_floors(path: Path) -> dict[str, Floor]:
    """The floors by the name of their set. Raises `InputError`, naming every bad key."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: Floor.model_validate(table) for name, table in values.items()}
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        said = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'set'}: {e['msg']}" for e in error.errors())
        raise InputError(f"{path}: {said}") from error


def breaches(floors: Mapping[str, Floor], reports: Mapping[str, Report]) -> list[Breach]:
    """Every floor that does not hold in the reports, which are by set. A set without a report is not looked at."""
    return [breach for name, report in reports.items() for breach in _breaches(name, floors[name], report)]


def _breaches(name: str, floor: Floor, report: Report) -> Iterator[Breach]:
    if [floor.sha256] != [file.sha256 for file in report.gold]:
        yield Breach(name, None, None, None)
    present = _present(report)
    for figure, bound in floor.figures.items():
        value = present.get(figure)
        if value is None or _worse(figure, value, bound, slack=floor.slack):
            yield Breach(name, figure, bound, value)


def updated(
    text: str, floors: Mapping[str, Floor], reports: Mapping[str, Report], *, allow_regression: bool = False
) -> str:
    """The text of a floors file with the present gold and figures, rounded to what still holds.

    Bounds only become stricter unless `allow_regression`; a figure that is gone keeps its bound. Comments, order and
    everything else stay as they are.
    """
    table = ""
    lines = []
    for line in text.splitlines(keepends=True):
        if header := HEADER.match(line):
            table = header["table"].strip()
        elif (entry := ENTRY.match(line)) and (value := _value(table, entry, floors, reports, allow_regression)):
            line = entry["key"] + value + entry["rest"]
        lines.append(line)
    return "".join(lines)


def _value(
    table: str, entry: re.Match[str], floors: Mapping[str, Floor], reports: Mapping[str, Report], allow_regression: bool
) -> str | None:
    """What stands behind a key from now on; None where it stays."""
    name, _, part = table.partition(".")
    if name not in reports:
        return None
    key = entry["name"].strip('"')
    if not part and key == "sha256":
        return " ".join(f'"{file.sha256}"' for file in reports[name].gold)
    if part != "figures":
        return None
    value, bound = _present(reports[name]).get(key), floors[name].figures[key]
    if value is None or (_worse(key, _bound(key, value), bound) and not allow_regression):
        return None
    return f"{_bound(key, value):.3f}"


def _present(report: Report) -> dict[str, float]:
    return {
        figure.name if figure.part is None else f"{figure.name}@{figure.part}": figure.value
        for figure in report.figures
        if figure.value is not None
    }


def _better(figure: str) -> str:
    return figures()[figure.partition("@")[0]].better


def _worse(figure: str, value: float, bound: float, *, slack: float = 0.0) -> bool:
    slack += TOLERANCE
    return value < bound - slack if _better(figure) == "higher" else value > bound + slack


def _bound(figure: str, value: float) -> float:
    """The nearest bound with few digits that the value keeps."""
    if _better(figure) == "higher":
        return math.floor(value * STEPS + TOLERANCE) / STEPS
    return math.ceil(value * STEPS - TOLERANCE) / STEPS
