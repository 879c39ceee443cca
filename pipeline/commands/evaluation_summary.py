"""What `dragoman evaluate` prints: figures, the types with most errors, calibration, what was won and lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from pipeline.commands.terminal import visible
from pipeline.evaluate.figures import FIGURES, figures
from pipeline.evaluate.floors import Breach, Floor
from pipeline.evaluate.report import ChangedEvent, Comparison, EventSketch, FigureValue, Report

WORST = 10
NAMED = 10
CHANGES = 25
SIGNIFICANT = 0.05


def summary(report: Report) -> RenderableType:
    """A report in short."""
    parts: list[RenderableType] = [Text(line) for line in _head(report)]
    parts += [figures_table(report), _lengths_table(report), _worst_table(report), _calibration_table(report)]
    if report.against is not None:
        parts += _against(report.against)
    return Group(*parts)


def _head(report: Report) -> Iterator[str]:
    articles = report.articles
    yield f"{len(articles)} articles of {', '.join(visible(file.path) for file in report.gold)}"
    rejected = [article.id for article in articles if article.rejected is not None]
    for said, ids in (
        ("rejected, and so without predictions", rejected),
        ("gold articles without predictions", report.missing),
        ("predicted articles without gold, left out", report.unknown),
    ):
        if ids:
            yield f"{len(ids)} {said}: {_named(ids)}"


def figures_table(report: Report) -> Table:
    """Every figure over all articles, with its interval."""
    right = {"justify": "right"}
    columns = ("value", "95 % interval", "precision", "recall", "right", "predicted", "gold")
    table = Table(Column("figure"), *(Column(name, **right) for name in columns), Column("", style="dim"))  # type: ignore[arg-type]
    whole = {figure.name: figure for figure in report.figures if figure.part is None}
    group = FIGURES[0].group
    for figure in FIGURES:
        if figure.group != group:
            table.add_section()
            group = figure.group
        value = whole[figure.name]
        table.add_row(
            figure.title,
            Text(number(value.value), "bold"),
            interval(value.low, value.high),
            number(value.precision) if figure.kind == "prf" else "",
            number(value.recall) if figure.kind == "prf" else "",
            *_counts(value),
            figure.meaning if figure.better == "higher" else f"{figure.meaning}; lower is better",
        )
    return table


def _counts(value: FigureValue) -> tuple[str, str, str]:
    counts = value.counts
    match figures()[value.name].kind:
        case "prf":
            return _count(counts["right"]), _count(counts["predicted"]), _count(counts["gold"])
        case "rate":
            return _count(counts["ok"]), "", _count(counts["n"])
        case "brier" | "ece":
            return "", _count(counts["n"]), ""
    return "", "", ""


def _lengths_table(report: Report) -> Table:
    table = Table("articles", *(Column(name, justify="right") for name in ("number", "events", "records", "arguments")))
    for group in report.groups:
        if group.by == "length":
            value = {figure.name: number(figure.value) for figure in group.figures}
            table.add_row(group.group, str(group.articles), value["events"], value["records"], value["arguments"])
    return table


def _worst_table(report: Report) -> Table:
    """The types and modes with most events missed or predicted without being right."""
    columns = ("missed", "not right", "gold", "F1", "records F1")
    table = Table("most errors", *(Column(name, justify="right") for name in columns))
    records = {figure.part: figure.value for figure in report.figures if figure.name == "records"}
    sliced = [f for f in report.figures if f.name == "events" and f.part is not None and "/" in f.part]
    errors = {f.part: (f.counts["gold"] - f.counts["found"], f.counts["predicted"] - f.counts["right"]) for f in sliced}
    for figure in sorted(sliced, key=lambda f: (-sum(errors[f.part]), f.part))[:WORST]:
        missed, wrong = errors[figure.part]
        if missed or wrong:
            row = (_count(missed), _count(wrong), _count(figure.counts["gold"]))
            table.add_row(figure.part, *row, number(figure.value), number(records.get(figure.part)))
    return table


def _calibration_table(report: Report) -> Table:
    table = Table("confidence", *(Column(name, justify="right") for name in ("events", "mean", "found")))
    for place in report.calibration:
        if place.n:
            table.add_row(
                f"{place.low:.1f} to {place.high:.1f}", str(place.n), number(place.confidence), number(place.right)
            )
    return table


def _against(comparison: Comparison) -> Iterator[RenderableType]:
    yield Text(
        f"\nagainst the report of {comparison.made:%Y-%m-%d %H:%M} (dragoman {visible(comparison.dragoman)}), "
        f"{comparison.articles} articles in both"
    )
    reasons: dict[str, list[str]] = {}
    for left in comparison.left_out:
        reasons.setdefault(left.reason, []).append(left.article)
    for reason, ids in reasons.items():
        yield Text(f"{len(ids)} left out, {reason}: {_named(ids)}")
    columns = ("before", "now", "difference", "95 % interval", "p")
    table = Table("figure", *(Column(name, justify="right") for name in columns))
    for figure in comparison.figures:
        if figure.old is None and figure.new is None:
            continue
        clear = figure.p is not None and figure.p < SIGNIFICANT
        table.add_row(
            figures()[figure.name].title,
            number(figure.old),
            number(figure.new),
            Text("—" if figure.difference is None else _signed(figure.difference), "bold" if clear else ""),
            interval(figure.low, figure.high, signed=True),
            "—" if figure.p is None else f"{figure.p:.4f}",
        )
    yield table
    for said, events in (
        ("events won", comparison.events_won),
        ("events lost", comparison.events_lost),
        ("records won", comparison.records_won),
        ("records lost", comparison.records_lost),
    ):
        yield Text(f"{len(events)} {said}", "bold")
        yield from (Text(f"  {_changed(event)}") for event in events[:CHANGES])
        if len(events) > CHANGES:
            yield Text(f"  and {len(events) - CHANGES} more; report.json has all")
    yield Text(f"{comparison.new_false_alarms} new false alarms, {comparison.gone_false_alarms} gone")


def _changed(change: ChangedEvent) -> str:
    return f"{visible(change.article)}  {described(change.gold)}  ({change.before} → {change.now})"


def described(event: EventSketch) -> str:
    """An event on one line: `CONSULT/visit 2025-06-02 Ann Lee (NOR) → Kenya (KEN) “visited”`."""
    kind = f"{event.type}/{event.mode}" if event.mode else event.type
    who = ", ".join(event.actors)
    to = f"→ {', '.join(event.recipients)}" if event.recipients else None
    parts = (kind, event.date, who, to, f"“{event.trigger.text}”")
    return visible(" ".join(part for part in parts if part))


def floors_table(
    floors: Mapping[str, Floor], reports: Mapping[str, Report], broken: Sequence[Breach]
) -> RenderableType:
    """The floors of each set beside the present figures, and what does not hold."""
    table = Table("set", "figure", *(Column(name, justify="right") for name in ("floor", "now")))
    for name, report in reports.items():
        table.add_section()
        now = {
            figure.name if figure.part is None else f"{figure.name}@{figure.part}": figure for figure in report.figures
        }
        for figure, bound in floors[name].figures.items():
            table.add_row(name, figure, number(bound), number(now[figure].value if figure in now else None))
    said = [Text(str(breach), "bold red") for breach in broken] or [Text("every floor holds")]
    return Group(table, *said)


def number(value: float | None) -> str:
    """Three decimals, or a dash."""
    return "—" if value is None else f"{value:.3f}"


def interval(low: float | None, high: float | None, *, signed: bool = False) -> str:
    """`0.812 – 0.870`, or nothing."""
    if low is None or high is None:
        return ""
    return f"{_signed(low)} to {_signed(high)}" if signed else f"{low:.3f} – {high:.3f}"


def _signed(value: float) -> str:
    return f"{round(value, 3) + 0.0:+.3f}"  # adding 0 leaves no minus before a 0


def _count(value: float) -> str:
    """A sum, with decimals only where it has some."""
    return f"{value:.0f}" if abs(value - round(value)) < 1e-6 else f"{value:.1f}"


def _named(ids: Iterable[str]) -> str:
    names = list(ids)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return visible(", ".join(names[:NAMED])) + more
