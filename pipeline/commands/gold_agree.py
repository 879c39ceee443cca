"""`dragoman gold agree`: how far two annotators agree, and what is to be decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Column, Table
from rich.text import Text

from pipeline.commands.evaluate import load_gold
from pipeline.commands.evaluation_summary import number
from pipeline.commands.terminal import output, visible
from pipeline.errors import OutputError
from pipeline.evaluate.agreement import Agreement, Disagreement, agree
from pipeline.evaluate.figures import figures


def gold_agree(a: Path, b: Path, *, out: Path | None = None) -> Agreement:
    """Compare two annotators' gold, print a summary, and write all of it as JSON to `out` if that is given.

    Raises `InputError` for gold that has problems and for articles whose texts differ, `OutputError` when `out` cannot
    be written.
    """
    agreement = agree(*(load_gold([path]).articles for path in (a, b)))
    output().print(summary(agreement))
    if out is not None:
        try:
            out.write_text(agreement.model_dump_json(indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise OutputError(f"{out}: cannot be written: {error.strerror}") from error
    return agreement


def summary(agreement: Agreement) -> RenderableType:
    """The articles compared, the agreement on each layer, kappa and alpha, and the disagreements one by one."""
    return Group(*map(Text, _head(agreement)), _figures(agreement), _disagreements(agreement))


def _head(agreement: Agreement) -> Iterator[str]:
    yield f"{len(agreement.articles)} articles that both have"
    for who, only in (("first", agreement.only_a), ("second", agreement.only_b)):
        if only:
            yield f"{len(only)} that only the {who} has, left out: {visible(', '.join(only))}"


def _figures(agreement: Agreement) -> Table:
    """F1 with how many items each annotator has: the counts are of both ways, so twice as many."""
    columns = (Column(name, justify="right") for name in ("agreement", "first has", "second has"))
    table = Table("layer", *columns, Column("", style="dim"))
    for value in agreement.figures:
        if value.part is None and value.value is not None:
            has = [f"{value.counts[key] / 2:.0f}" if key in value.counts else "" for key in ("gold", "predicted")]
            figure = figures()[value.name]
            of = f"of {value.counts['n'] / 2:.0f} found" if figure.group == "found events" and not has[0] else "F1"
            table.add_row(figure.title, Text(number(value.value), "bold"), *has, of)
    table.add_section()
    for title, coefficient, name in (
        ("Type and mode", agreement.kappa, "Cohen's kappa"),
        ("Status", agreement.alpha, "Krippendorff's alpha"),
    ):
        reason = f"; undefined: {coefficient.reason}" if coefficient.reason else ""
        said = f"{name} over {coefficient.n} events that both have{reason}"
        table.add_row(title, Text(number(coefficient.value), "bold"), "", "", said)
    return table


def _disagreements(agreement: Agreement) -> Table:
    table = Table("article", "offsets", "layer", "first says", "second says", "differs in")
    for found in agreement.disagreements:
        table.add_row(*(Text(visible(cell)) for cell in _row(found)))
    return table


def _row(found: Disagreement) -> tuple[str, ...]:
    place = "" if found.start is None else f"{found.start}–{found.end}"
    return found.article, place, found.layer, found.a or "—", found.b or "—", ", ".join(found.differs)
