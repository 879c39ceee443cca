"""The commands of the scheduled job and its store: `dragoman sync`, `daemon`, `health`, `runs` and `collect`."""

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


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
LogJson = Annotated[bool, typer.Option("--log-json", help="Log in JSON lines on standard error.")]


@schedule.command()
def sync(
    *,
    config: Config = CONFIG,
    reprocess: Annotated[
        bool, typer.Option("--reprocess", help="Read known articles again whose inputs are still there.")
    ] = False,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="FIELD=VALUE", help="With --reprocess: only those; may be repeated."),
    ] = None,
    retry_parked: Annotated[bool, typer.Option("--retry-parked", help="Try again what was parked.")] = False,
    quiet: Quiet = False,
    log_json: LogJson = False,
) -> None:
    """Bring what is new in the inboxes into the store: one pass of the scheduled job.

    Safe to call again at any time: when another pass is running it says so and exits with 0, and a pass that
    was killed is taken up by the next. Exits with 1 when an inbox cannot be reached, after the others were read.

    **Examples**

        dragoman sync --config /etc/dragoman/schedule.toml --log-json

        dragoman sync --reprocess --where 'made_with!=dragoman 0.2.0, dragoman-sm'
    """
    if where and not reprocess:
        raise typer.BadParameter("--where goes with --reprocess")
    with leaving():
        from pipeline.commands.sync import sync

        style = _style(quiet, log_json)
        raise typer.Exit(sync(config, reprocess=reprocess, where=where or (), retry_parked=retry_parked, style=style))


@schedule.command(no_args_is_help=True)
def collect(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="Folder of the store.")],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the output files; made if missing.")
    ],
    since: Annotated[
        dt.datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="First day of parts.")
    ] = None,
    until: Annotated[
        dt.datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Last day of parts.")
    ] = None,
    registry: Annotated[
        str | None,
        typer.Option(
            "--registry",
            metavar="FILE|DSN",
            envvar="DRAGOMAN_REGISTRY",
            help="Entities known from all passes; without it those beside the store.",
        ),
    ] = None,
) -> None:
    """Write the records of a store that hold now as one set of output files.

    What newer versions of articles and later readings supersede is left out.

    **Examples**

        dragoman collect store --out out

        dragoman collect store --out may --since 2025-05-01 --until 2025-05-31
    """
    with leaving():
        from pipeline.commands.collect import collect

        counts = collect(store, out, registry=registry, since=since and since.date(), until=until and until.date())
        for name, number in counts.items():
            typer.echo(f"{name} {number}")


@schedule.command(no_args_is_help=True)
def migrate(
    path: Annotated[Path, typer.Argument(metavar="DIR", help="A store, or a folder of output files.")],
) -> None:
    """Bring what an earlier release wrote to the record schema of this one.

    Prints the files that were changed; each is replaced as a whole, and none when a line cannot be read.

    **Examples**

        dragoman migrate store
    """
    with leaving():
        from pipeline.commands.validate_store import is_store
        from pipeline.io.migrate import migrate_folder
        from pipeline.schedule.migrate import migrate_store

        changed = migrate_store(path) if is_store(path) else migrate_folder(path)
        for name in changed or ("nothing to do",):
            typer.echo(name)


@schedule.command()
def daemon(
    *,
    config: Config = CONFIG,
    metrics_port: Annotated[
        int | None,
        typer.Option("--metrics-port", min=0, max=65535, metavar="N", help="Metrics for Prometheus at this port."),
    ] = None,
    quiet: Quiet = False,
    log_json: LogJson = False,
) -> None:
    """Run the scheduled job again and again: at once, then as `every` or `cron` in the settings say.

    A pass that fails is logged, and the next one comes. Ctrl-C and SIGTERM end the daemon after the articles
    in hand, with 0; a second one ends it at once, with 3, and the next pass does again what was in hand.

    **Examples**

        dragoman daemon --config /etc/dragoman/schedule.toml --log-json

        dragoman daemon --metrics-port 9469
    """
    with leaving():
        from pipeline.commands.daemon import daemon
        from pipeline.schedule.sync import sync

        style = _style(quiet, log_json)
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


def _style(quiet: bool, log_json: bool) -> Style:
    if quiet and log_json:
        raise typer.BadParameter("--quiet and --log-json do not go together")
    return "json" if log_json else "quiet" if quiet else "plain"


def _print_json(values: Iterable[object]) -> None:
    for value in values:
        typer.echo(json_text.dumps(value))
