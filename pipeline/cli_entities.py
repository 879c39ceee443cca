"""The commands `dragoman entities …`: the registry of people, organisations and places across runs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.exits import Exit, leaving

entities = typer.Typer(
    name="entities",
    help="The registry: who and what the articles of all runs name.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Place = Annotated[
    str | None,
    typer.Option(
        "--registry",
        "-r",
        metavar="FILE|DSN",
        envvar="DRAGOMAN_REGISTRY",
        show_envvar=False,
        help="SQLite file or postgresql://…; by default what DRAGOMAN_REGISTRY says.",
    ),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", "-k", metavar="KIND", help="person, organization, country, city, facility or event."),
]
Country = Annotated[str | None, typer.Option("--country", metavar="CODE", help="Country code: AZE or AZ.")]
Config = Annotated[
    Path | None,
    typer.Option("--config", "-c", metavar="FILE", help="Settings in TOML, those of the runs that use the registry."),
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the decision.")]


@entities.command("list")
def list_entities(
    *,
    registry: Place = None,
    kind: Kind = None,
    country: Country = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="TEXT", help="With a form that has this in it.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many.")] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out so many.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
) -> None:
    """List entities, those in most articles first.

    --country takes those that some article gives this country, --text those with a form that has the text in it,
    in any capitals and without regard to diacritics.

    **Examples**

        dragoman entities list --registry names.sqlite --kind person --country AZE

        dragoman entities list --text aliyev --json
    """
    with leaving():
        from pipeline.commands.entities import json_line, page_of
        from pipeline.commands.entities_registry import known_country, known_kind, open_named
        from pipeline.commands.terminal import output

        wanted_kind, wanted_country = known_kind(kind), known_country(country)
        with open_named(registry) as opened:
            page = opened.page(kind=wanted_kind, country=wanted_country, text=text, offset=offset, limit=limit)
        if json:
            for entity in page.entities:
                typer.echo(json_line(entity))
        else:
            output().print(page_of(page))


@entities.command(no_args_is_help=True)
def show(
    what: Annotated[str, typer.Argument(metavar="ID|NAME", help="Id of an entity, also a former one; or a name.")],
    *,
    registry: Place = None,
    kind: Kind = None,
    country: Country = None,
    config: Config = None,
) -> None:
    """Show all that the registry has of an entity.

    Its forms and positions with counts and days, countries, articles, former ids, and the decisions about it. A name
    is searched: the only entity that it can stand for is shown, several are listed with their probabilities.
    --kind and --country help the search.

    **Examples**

        dragoman entities show ent_0123456789abcdef

        dragoman entities show "Jeyhun Bayramov" --country AZE
    """
    with leaving():
        from pipeline.commands.entities import card_of, found, is_id, wanted
        from pipeline.commands.entities_registry import known_country, known_kind, load_matcher, open_named
        from pipeline.commands.terminal import output

        wanted_kind, wanted_country = known_kind(kind), known_country(country)
        with open_named(registry, matcher=None if is_id(what) else load_matcher(config)) as opened:
            if is_id(what):
                output().print(card_of(opened, wanted(opened, what)))
            else:
                output().print(found(opened, what, kind=wanted_kind, country=wanted_country))


@entities.command(no_args_is_help=True)
def merge(
    one: Annotated[str, typer.Argument(metavar="ID", help="An entity.")],
    other: Annotated[str, typer.Argument(metavar="ID", help="What is the same entity.")],
    *,
    registry: Place = None,
    note: Note = "",
) -> None:
    """Decide that two entities are one.

    It holds for ever, also after a rebuild, until it is undone. The id that was there first stays; the other one goes
    on to stand for the entity.

    **Examples**

        dragoman entities merge ent_0123456789abcdef ent_fedcba9876543210 --note "married name"
    """
    with leaving():
        from pipeline.commands import entities_decide
        from pipeline.commands.entities_registry import open_named

        with open_named(registry) as opened:
            typer.echo(entities_decide.merge(opened, one, other, note=note))


@entities.command(no_args_is_help=True)
def split(
    id: Annotated[str, typer.Argument(metavar="ID", help="An entity.")],
    *,
    form: Annotated[
        list[str], typer.Option("--form", "-f", metavar="FORM", help="A form of another entity; may be repeated.")
    ],
    country: Annotated[
        str | None, typer.Option("--country", metavar="CODE", help="Only where seen with this country: AZE or AZ.")
    ] = None,
    registry: Place = None,
    note: Note = "",
) -> None:
    """Decide that some forms of an entity are another entity.

    It holds for ever, also after a rebuild, until it is undone.

    **Examples**

        dragoman entities split ent_0123456789abcdef --form "Ola Berg" --form "O. Berg" --country NOR
    """
    with leaving():
        from pipeline.commands import entities_decide
        from pipeline.commands.entities_registry import known_country, open_named

        code = known_country(country)
        with open_named(registry) as opened:
            typer.echo(entities_decide.split(opened, id, form, country=code, note=note))


@entities.command()
def undo(*, registry: Place = None, note: Note = "") -> None:
    """Take back the last merge or split that is in force; called again, the one before it.

    **Examples**

        dragoman entities undo --note "they are brothers"
    """
    with leaving():
        from pipeline.commands import entities_decide
        from pipeline.commands.entities_registry import open_named

        with open_named(registry) as opened:
            typer.echo(entities_decide.undo(opened, note=note))


@entities.command()
def export(
    *,
    registry: Place = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="File to write; standard output without.")
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="entities (as entities.jsonl) or ftm.")
    ] = "entities",
    kind: Kind = None,
) -> None:
    """Write all entities as JSON Lines, in order of their creation.

    Lines are those of entities.jsonl, or FollowTheMoney entities. Of what only a reference list has, the counts are
    0. FollowTheMoney has no schema for facilities.

    **Examples**

        dragoman entities export --out entities.jsonl

        dragoman entities export --format ftm --kind person | gzip > people.ftm.json.gz
    """
    with leaving():
        from pipeline.commands.entities_export import export
        from pipeline.commands.entities_registry import known_kind, open_named

        wanted_kind = known_kind(kind)
        with open_named(registry) as opened:
            left_out = export(opened, out, format=format, kind=wanted_kind)
        if left_out:
            typer.echo(f"{left_out:,} left out, which FollowTheMoney has no schema for", err=True)


@entities.command("import", no_args_is_help=True)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The dump, also as .gz, .bz2, .xz or .zst.")],
    *,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="wikidata (JSON, an entity a line) or ftm.")
    ],
    registry: Place = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Only those who act for it: AZE or AZ; may be repeated."),
    ] = None,
    since: Annotated[
        dt.datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="Only offices held then or later."),
    ] = None,
    weak_aliases: Annotated[
        bool, typer.Option("--weak-aliases", help="Take FollowTheMoney's weak aliases for names too.")
    ] = False,
    config: Config = None,
) -> None:
    """Import office-holders from a dump of Wikidata, or of FollowTheMoney entities as OpenSanctions has them.

    Takes people who hold or held a position, with their names in all languages, country, positions and Wikidata item.
    The registry is made if there is none. A dump may be imported again: what is there stays as it is. Lines that
    cannot be read are said with their number and the reason, and the exit code is 1; the rest is imported.

    **Examples**

        dragoman entities import latest-all.json.bz2 --format wikidata --since 1990-01-01

        dragoman entities import peps.ftm.json --format ftm --country AZE --country KAZ
    """
    with leaving():
        from pipeline.commands.entities_import import import_dump, watching
        from pipeline.commands.entities_registry import known_country
        from pipeline.commands.terminal import visible
        from pipeline.record import RejectRecord

        def rejected(record: RejectRecord) -> None:
            where = record.input if record.line is None else f"{record.input}:{record.line}"
            typer.echo(visible(f"{where}: {record.message}"), err=True)

        codes = {code for given in country or () if (code := known_country(given))}
        with watching() as watch:
            counts = import_dump(
                registry,
                file,
                format=format,
                config=config,
                countries=codes,
                since=since.date() if since else None,
                weak=weak_aliases,
                rejected=rejected,
                watch=watch,
            )
        typer.echo(counts)
        raise typer.Exit(Exit.PROBLEMS if counts.rejects else Exit.DONE)


@entities.command()
def rebuild(*, registry: Place = None, config: Config = None) -> None:
    """Find all entities anew, with the names model that is installed.

    Needed after another model was installed, or link.threshold was changed. Decisions of people stay in force, and
    every id that ever was goes on to stand for an entity.

    **Examples**

        dragoman entities rebuild --registry names.sqlite
    """
    with leaving():
        from pipeline.commands import entities_decide
        from pipeline.commands.entities_registry import load_matcher, open_named

        with open_named(registry, matcher=load_matcher(config)) as opened:
            typer.echo(entities_decide.rebuild(opened))
