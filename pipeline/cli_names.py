"""The commands `dragoman names …`: one person, however spelled."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.exits import leaving

names = typer.Typer(
    name="names",
    help="Names of people: compare, spell, take apart.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Json = Annotated[bool, typer.Option("--json", help="One line of JSON instead of a table.")]


@names.command(no_args_is_help=True)
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A person's name, in any script.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    *,
    country_a: Annotated[
        str | None, typer.Option("--country-a", metavar="CODE", help="Country that A acts for, as AZE.")
    ] = None,
    country_b: Annotated[
        str | None, typer.Option("--country-b", metavar="CODE", help="Country that B acts for, as KAZ.")
    ] = None,
    json: Json = False,
) -> None:
    """Say how probable it is that two names are one person's, and why.

    **Examples**

        dragoman names compare 'Ceyhun Bayramov' 'Джейхун Байрамов'

        dragoman names compare 'A. Mammadov' 'Ali Mammadov' --country-a AZE --country-b KAZ
    """
    with leaving():
        from pipeline.commands.names import compare, comparison, comparison_json
        from pipeline.commands.terminal import output

        found = compare(a, b, country_a=country_a, country_b=country_b)
        if json:
            typer.echo(comparison_json(a, b, found))
        else:
            output().print(comparison(a, b, found))


@names.command(no_args_is_help=True)
def variants(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A person's name, in any script.")],
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 30,
    json: Json = False,
) -> None:
    """List Latin spellings under which the press may write a name, the likeliest first.

    **Examples**

        dragoman names variants 'Қасым-Жомарт Тоқаев' --limit 10
    """
    with leaving():
        from pipeline.commands.names import list_of, spelled, variants_json
        from pipeline.commands.terminal import output

        found = spelled(name, limit=limit)
        if json:
            typer.echo(variants_json(found))
        else:
            output().print(list_of(found))


@names.command(no_args_is_help=True)
def parse(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A person's name, in any script.")],
    *,
    json: Json = False,
) -> None:
    """Show how a name is taken apart: its words, what each is, and how it is read.

    **Examples**

        dragoman names parse 'Əli Həsən oğlu Əliyev'
    """
    with leaving():
        from pipeline.commands.names import parse, parsed_json, table_of
        from pipeline.commands.terminal import output

        parsed = parse(name)
        if json:
            typer.echo(parsed_json(parsed))
        else:
            output().print(table_of([parsed]))
