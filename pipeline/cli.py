"""The command `dragoman`: options, help and exit codes; the work is done in `pipeline.commands`."""

from __future__ import annotations

from importlib.metadata import version
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_entities import entities
from pipeline.cli_gold import From, Texts, gold
from pipeline.cli_names import names
from pipeline.cli_run import Config, Kind, Mapping, run
from pipeline.cli_schedule import schedule
from pipeline.commands.exits import EPILOG, Exit, leaving
from pipeline.errors import InputError

app = typer.Typer(
    name="dragoman",
    help="Structured event records from diplomatic news, offline.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(gold)
app.add_typer(names)
app.add_typer(entities)
app.add_typer(schedule)


@app.callback()
def main(
    _: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Structured event records from diplomatic news, offline."""


app.command(no_args_is_help=True, epilog=EPILOG)(run)


@app.command(no_args_is_help=True)
def show(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of a run, or an events.jsonl.")],
    *,
    id: Annotated[str | None, typer.Option("--id", help="One event in full, with its evidence.")] = None,
    type: Annotated[
        str | None, typer.Option("--type", "-t", help="Events of a type: CONSULT or CONSULT/visit.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many events.")] = 50,
) -> None:
    """Show the events of a run as a table, or one of them with its evidence.

    **Examples**

        dragoman show out --type CONSULT/visit

        dragoman show out --id evt_0123456789abcdef
    """
    with leaving():
        from pipeline.commands.show import card_of, is_type, read_events, reprints, table_of, text_of
        from pipeline.commands.terminal import output

        events = (event for event in read_events(folder) if id in (None, event.id) and is_type(event, type))
        chosen = list(islice(events, limit))
        if id is None:
            output().print(table_of(chosen))
        elif chosen:
            text = text_of(folder, chosen[0].source.doc_id)
            output().print(card_of(chosen[0], text, also=reprints(folder, chosen[0])))
        else:
            raise InputError(f"{folder}: no event with the id {id}")


@app.command(no_args_is_help=True)
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Article, or file of articles, or - for standard input.")],
    *,
    id: Annotated[str | None, typer.Option("--id", help="Id of one article in the file, or of one event.")] = None,
    config: Config = None,
    mapping: Mapping = None,
    format: Kind = None,
) -> None:
    """Run one article and show what made each record.

    Prints the page furniture that was left out, the event mentions with their frames and cues, the
    mentions with the rules that found them, and the relations.

    **Examples**

        dragoman explain article.txt

        dragoman explain dump.jsonl --id 4711
    """
    with leaving():
        from pipeline.commands.explain import explain
        from pipeline.commands.terminal import output

        output().print(explain(file, id=id, config=config, mapping=mapping, format=format))


@app.command(no_args_is_help=True, epilog=EPILOG)
def evaluate(
    *,
    gold: Annotated[
        list[Path] | None, typer.Option("--gold", "-g", metavar="PATH", help="Gold file or folder; may be repeated.")
    ] = None,
    predictions: Annotated[
        Path | None, typer.Option("--pred", "-p", metavar="DIR", help="Output folder of a run over the gold articles.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Run the line over the gold articles instead.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder for report.json and report.html.")
    ] = None,
    against: Annotated[
        Path | None, typer.Option("--against", metavar="REPORT", help="Earlier report to compare with.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option("--floors", metavar="FILE", help="Run the line over the gold of a floors file.")
    ] = None,
    update: Annotated[bool, typer.Option("--update", help="Raise the floors to what is reached now.")] = False,
    allow_regression: Annotated[
        bool, typer.Option("--allow-regression", help="With --update: lower floors too.")
    ] = False,
    config: Config = None,
    give: Annotated[
        str | None,
        typer.Option("--give", metavar="FIELD,…", help="Tell the line also the gold's published, outlet, title, url."),
    ] = None,
    source: From = None,
    texts: Texts = None,
    rounds: Annotated[int, typer.Option("--rounds", min=1, help="Rounds of the bootstrap.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", help="Seed of bootstrap and paired test.")] = 0,
) -> None:
    """Measure predictions against hand-labelled gold.

    Prints the figures with 95 % intervals; --out writes report.json and report.html, which shows every article with
    what was missed and what was wrong. --against tells which figures differ from an earlier report's by more than
    chance, and which events were won and lost. With --floors it exits with 1 when a figure is below its floor.

    **Examples**

        dragoman evaluate --gold gold.jsonl --pred out --out report

        dragoman evaluate --gold tests/gold/dev.jsonl --run --against report/report.json

        dragoman evaluate --floors tests/gold/floors.toml --update
    """
    with leaving():
        from pipeline.commands.evaluate import evaluate
        from pipeline.evaluate.floors import given

        raise typer.Exit(
            evaluate(
                gold or (),
                format=source,
                texts=texts,
                predictions=predictions,
                run=run,
                config=config,
                give=given(give),
                against=against,
                floors=floors,
                update=update,
                allow_regression=allow_regression,
                out=out,
                rounds=rounds,
                seed=seed,
            )
        )


@app.command()
def schema(
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="Such as events.jsonl; all without.")] = None,
    *,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="DIR", help="Write all schemas to files in DIR.")
    ] = None,
) -> None:
    """Print the JSON Schema of an output file, of gold.jsonl or of report.json.

    **Examples**

        dragoman schema events.jsonl

        dragoman schema --write schemas
    """
    with leaving():
        from pipeline.commands.schema import schema_text, write_schemas

        if write is None:
            typer.echo(schema_text(file), nl=False)
        else:
            for path in write_schemas(write):
                typer.echo(path)


@app.command(no_args_is_help=True)
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Output files, folders of them, or a store.")],
    *,
    kind: Annotated[
        str | None, typer.Option("--as", metavar="NAME", help="What they are, if their names do not say so.")
    ] = None,
) -> None:
    """Check output files against the output contract, line by line.

    Says file, line and reason of everything wrong, and exits with 1 when there was anything.

    **Examples**

        dragoman validate out

        dragoman validate old-events.jsonl --as events.jsonl
    """
    with leaving():
        from pipeline.commands.validate import damaged, output_files, problems

        found = False
        for problem in chain(damaged(files), *(problems(path, model) for path, model in output_files(files, kind))):
            typer.echo(problem)
            found = True
        raise typer.Exit(Exit.PROBLEMS if found else Exit.DONE)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"dragoman {version('dragoman')}")
        raise typer.Exit
