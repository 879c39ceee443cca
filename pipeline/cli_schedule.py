"""The commands of the scheduled job: `dragoman health`, `runs` and `daemon`."""

from __future__ import annotations

import datetime as dt
import json as json_text
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.exits import Exit, leaving

if TYPE_CHECKING:
    from pipeline.commands.log import Style

schedule = typer.Typer(rich_markup_mode="markdown")

Config = Annotated[Path, typer.Option("--config", "-c", metavar="FILE", help="Settings of the scheduled job, in TOML.")]
CONFIG = Path("schedule.toml")


@schedule.command()
def daemon(
    *,
    config: Config = CONFIG,
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", min=0, max=65535, metavar="N", help="Metrics for Prometheus at this port."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log in JSON lines on standard error.")] = False,
) -> None:
    """Run the scheduled job again and again: at once, then as `every` or `cron` in the settings say.

    A pass that fails is logged, and the next one comes. Ctrl-C and SIGTERM end the daemon after the articles
    in hand, with 0; a second one ends it at once, with 3, and the next pass does again what was in hand.

    **Examples**

        dragoman daemon --config /etc/dragoman/schedule.toml --log-json

        dragoman daemon --metrics-port 9469
    """
    if quiet and log_json:
        raise typer.BadParameter("--quiet and --log-json do not go together")
    with leaving():
        from pipeline.commands.daemon import daemon
        from pipeline.schedule.sync import sync

        style: Style = "json" if log_json else "quiet" if quiet else "plain"
        raise typer.Exit(daemon(config, metrics_port=metrics_port, style=style, sync=sync))


@schedule.command()
def health(
    *,
    config: Config = CONFIG,
    json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Tell whether the scheduled job is healthy, for monitors.

    Exits with 1, and a line for each reason, when no pass came to its end for `[health] max_age`, a pass runs for
    longer than that, the last one failed or was killed, more is parked than `max_parked`, or files of the store
    are missing.

    **Examples**

        dragoman health --config /etc/dragoman/schedule.toml

        dragoman health --json
    """
    with leaving():
        from pydantic_core import to_jsonable_python

        from pipeline.schedule.health import health_of
        from pipeline.schedule.settings import load_schedule

        found = health_of(load_schedule(config), config.absolute().parent, dt.datetime.now(dt.UTC))
        if json:
            _print_json([{"healthy": found.healthy, **to_jsonable_python(found)}])
        else:
            for line in found.reasons or ("healthy",):
                typer.echo(line)
        raise typer.Exit(Exit.DONE if found.healthy else Exit.PROBLEMS)


@schedule.command()
def runs(
    *,
    config: Config = CONFIG,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many passes.")] = 20,
    parked: Annotated[
        bool, typer.Option("--parked", help="Show what fails and what is parked instead, with the reasons.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show the last passes of the scheduled job, or the files and articles that failed.

    **Examples**

        dragoman runs --limit 5

        dragoman runs --parked
    """
    with leaving():
        from pydantic_core import to_jsonable_python

        from pipeline.commands.runs import read_runs, read_troubles, table_of_runs, table_of_troubles
        from pipeline.commands.terminal import output
        from pipeline.schedule.settings import load_schedule

        store = config.absolute().parent / load_schedule(config).store
        if parked:
            troubles = read_troubles(store)
            if json:
                _print_json(to_jsonable_python(troubles))
            else:
                output().print(table_of_troubles(troubles))
        else:
            passes = read_runs(store, limit)
            if json:
                _print_json(to_jsonable_python(passes))
            else:
                output().print(table_of_runs(passes))


def _print_json(values: Iterable[object]) -> None:
    for value in values:
        typer.echo(json_text.dumps(value))
