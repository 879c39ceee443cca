"""The command `dragoman run`: its options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.exits import leaving
from pipeline.formats import Format

if TYPE_CHECKING:
    from pipeline.commands.log import Style

Config = Annotated[Path | None, typer.Option("--config", "-c", metavar="FILE", help="Settings in TOML.")]
Kind = Annotated[Format | None, typer.Option("--format", help="What standard input is, if its content does not tell.")]
Mapping = Annotated[
    str | None,
    typer.Option("--map", metavar="FIELD=KEY,…", help="Keys of other people's dumps: text=body,published=date."),
]


def run(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs, or - for standard input.")
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the output files; made if missing.")
    ],
    config: Config = None,
    mapping: Mapping = None,
    registry: Annotated[
        str | None,
        typer.Option(
            "--registry",
            metavar="FILE|DSN",
            envvar="DRAGOMAN_REGISTRY",
            help="Entities known from earlier runs, kept and added to.",
        ),
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME|DIR", help="Read with this model: baseline, or a folder.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option("--min-confidence", min=0, max=1, help="Leave out less probable events.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", "-w", min=1, metavar="N", help="Read in so many processes.")
    ] = None,
    unordered: Annotated[
        bool, typer.Option("--unordered", help="Write what is read at once, in no order: slow articles hold up nobody.")
    ] = False,
    duplicates: Annotated[
        Literal["mark", "read"] | None,
        typer.Option("--duplicates", help="Mark articles that repeat an earlier one, or read them like any."),
    ] = None,
    keep_text: Annotated[
        bool | None, typer.Option("--keep-text", help="Write the text that the spans count in to documents.jsonl.")
    ] = None,
    format: Kind = None,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew instead of going on where a stopped run was.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when an article was rejected.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Log in JSON lines on standard error.")] = False,
) -> None:
    """Extract the events of articles.

    Reads .txt (one article a file; metadata in a YAML head between two lines --- or in NAME.json beside
    it), .jsonl and .ndjson, .csv with a header row, .parquet, web pages (.html), feeds (.rss, .atom, .xml),
    mails (.eml, .mbox) and web archives (.warc, .wacz), each also as .gz, .bz2, .xz and .zst, and folders
    and archives (.zip, .tar, .tar.gz and the like) of them.
    Fields: id, text, title, published, url, outlet, language; only text is needed.
    Standard input may be of any format, compressed or not; CSV and mails have to be told by --format.

    Writes events.jsonl, documents.jsonl, entities.jsonl, tombstones.jsonl, rejects.jsonl and run.json.
    The files of an earlier run are replaced at the end, all together. Ctrl-C finishes the articles in hand,
    writes them and exits with 3; a second Ctrl-C stops at once and leaves the files as they were.
    A run that was stopped, by Ctrl-C, a crash or a full disk, goes on where it was when the same
    command is given again, and ends with the same files as if it had not been stopped.

    **Examples**

        dragoman run news/ --out out

        dragoman run 'dumps/2025-*.jsonl.gz' --map text=body,published=date --out out

        cat dump.jsonl.gz | dragoman run - --out out --log-json
    """
    if quiet and log_json:
        raise typer.BadParameter("--quiet and --log-json do not go together")
    with leaving():
        from pipeline.commands.run import run

        style: Style = "json" if log_json else "quiet" if quiet else "plain"
        raise typer.Exit(
            run(
                inputs,
                out,
                config=config,
                mapping=mapping,
                registry=registry,
                model=model,
                min_confidence=min_confidence,
                workers=workers,
                order="any" if unordered else None,
                duplicates=duplicates,
                keep_text=keep_text,
                format=format,
                restart=restart,
                strict=strict,
                style=style,
            )
        )
