"""The report as one HTML page (`report.html`) that needs nothing else: figures, plots, and a browser of articles."""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from pipeline.evaluate.browser import article_data
from pipeline.evaluate.figures import Figure
from pipeline.evaluate.figures import figures as known_figures
from pipeline.evaluate.model import Prediction
from pipeline.evaluate.report import Confused, FigureValue, Group, Report
from pipeline.gold.model import GoldArticle

UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end a script element or a line of JavaScript; inside JSON they can only stand in strings."""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures beside each other: a row a part or group, in it a figure for each name, or None."""

    title: str
    first: str
    names: list[str]
    rows: list[tuple[str, list[FigureValue | None]]]


@dataclass(frozen=True, slots=True)
class Cell:
    """How often gold was predicted as that; `share` is the part of the gold's row, 0 to 1."""

    gold: str
    predicted: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """Confusion: `columns` are the predicted labels, each row a gold label with its cells."""

    columns: list[str]
    rows: list[tuple[str, list[Cell]]]


def page_of(report: Report, gold: Sequence[GoldArticle], predictions: Mapping[str, Prediction]) -> str:
    """The page as HTML text, to be written as UTF-8.

    `gold` are the articles that the report is of and `predictions` what was predicted of them, by article id.
    Raises `KeyError` for an article of the report that is not in `gold`.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    texts = {article.id: article for article in gold}
    known = known_figures()
    wording = tomllib.loads(_file("wording.toml"))
    wholes = {figure.name: figure for figure in report.figures if figure.part is None}
    overview = _overview(wholes, known)
    settings = list(flat(report.extractor))
    articles = [article_data(a, texts[a.id], predictions.get(a.id)) for a in report.articles]
    script = f"(() => {{\n{_script()}}})();\n"
    environment = Environment(
        loader=PackageLoader("pipeline.evaluate", "page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": figure_text, "number": number_text, "counts": counts_text}
    return environment.get_template("page.html.jinja").render(
        report=report,
        plain=[line for line in settings if "." not in line[0]],
        nested=[line for line in settings if "." in line[0]],
        known=known,
        headline=[wholes[name] for name in wording["headline"] if name in wholes],
        overview={group: figures for group, figures in overview.items() if group != "calibration"},
        parts=_parts(report.figures, known, wording),
        groups=[_groups(report.groups, by, wording) for by in ("outlet", "length")],
        matrix=matrix(report.confusion),
        calibration=overview.get("calibration", []),
        style=Markup(_file("page.css")),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        data=Markup(safe_json({"articles": articles, "marks": wording["marks"]})),
    )


def safe_json(value: Any) -> str:
    """JSON that can stand inside a script element, whatever its strings hold."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(UNSAFE)


def figure_text(value: float | None) -> str:
    """A figure between 0 and 1 with three decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def number_text(value: float) -> str:
    """A count, with decimals only if it has any."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def counts_text(counts: Mapping[str, float]) -> str:
    """What a figure was made of, in words."""
    said = {key: number_text(value) for key, value in counts.items()}
    if counts.keys() == {"ok", "n"}:
        return f"{said['ok']} of {said['n']} right"
    if counts.keys() == {"right", "predicted", "found", "gold"}:
        return f"{said['right']} of {said['predicted']} predicted, {said['found']} of {said['gold']} gold"
    if counts.keys() == {"n"}:
        return f"mean of {said['n']}"
    return ", ".join(f"{key} {value}" for key, value in said.items())


def flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Settings within settings as lines, `clean.languages` and `en`."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def matrix(confusion: Iterable[Confused]) -> Matrix:
    """The confusion with only the rows and columns that are in use; none is last."""
    counts = {(pair.gold, pair.predicted): pair.count for pair in confusion if pair.count}
    golds = sorted({gold for gold, _ in counts}, key=lambda label: (label == "", label))
    columns = sorted({predicted for _, predicted in counts}, key=lambda label: (label == "", label))
    rows = []
    for gold in golds:
        whole = sum(counts.get((gold, column), 0) for column in columns)
        cells = [Cell(gold, column, n := counts.get((gold, column), 0), n / whole) for column in columns]
        rows.append((gold, cells))
    return Matrix(columns, rows)


def _overview(wholes: Mapping[str, FigureValue], known: Mapping[str, Figure]) -> dict[str, list[FigureValue]]:
    """The figures over everything by the group they are shown in."""
    tables: dict[str, list[FigureValue]] = {}
    for name, figure in wholes.items():
        tables.setdefault(known[name].group, []).append(figure)
    return tables


def _parts(figures: Iterable[FigureValue], known: Mapping[str, Figure], wording: Mapping[str, Any]) -> list[Table]:
    """A table for each kind of part: those that the wording names, and one for each other figure that has any."""
    parts: dict[str, dict[str, FigureValue]] = {}
    for figure in figures:
        if figure.part is not None:
            parts.setdefault(figure.name, {})[figure.part] = figure
    named = {name for table in wording["parts"] for name in table["figures"]}
    others = [
        {"title": f"{known[name].title} by part", "first": "Part", "figures": [name]}
        for name in parts
        if name not in named
    ]
    tables = []
    for table in [*wording["parts"], *others]:
        names = [name for name in table["figures"] if name in parts]
        rows = sorted({part for name in names for part in parts[name]})
        cells = [(row, [parts[name].get(row) for name in names]) for row in rows]
        tables.append(Table(table["title"], table["first"], names, cells))
    return [table for table in tables if table.rows]


def _groups(groups: Iterable[Group], by: str, wording: Mapping[str, Any]) -> Table:
    rows = []
    for group in groups:
        if group.by == by:
            figures = {figure.name: figure for figure in group.figures if figure.part is None}
            label = f"{group.group} ({group.articles})"
            rows.append((label, [figures.get(name) for name in wording["groups"]]))
    used = [column for column in range(len(wording["groups"])) if any(cells[column] for _, cells in rows)]
    names = [wording["groups"][column] for column in used]
    return Table(f"By {by}", by.capitalize(), names, [(row, [cells[c] for c in used]) for row, cells in rows])


def _script() -> str:
    """The page's JavaScript: the files share a scope, in this order."""
    return '"use strict";\n' + "".join(map(_file, ("common.js", "article.js", "list.js")))


def _file(name: str) -> str:
    return (files("pipeline.evaluate") / "page" / name).read_text(encoding="utf-8")
