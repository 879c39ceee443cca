"""The commands `dragoman gold …`: hand-labelled articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.exits import Exit, leaving

if TYPE_CHECKING:
    from pipeline.gold.problems import Problem

gold = typer.Typer(
    name="gold",
    help="Hand-labelled articles: check, convert, prepare, compare.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

FORMATS = "gold, values, marked, label-studio, brat, doccano, conll"

From = Annotated[
    str | None,
    typer.Option("--from", metavar="FORMAT", help=f"Format of what is read, if it does not show: {FORMATS}."),
]
Texts = Annotated[Path | None, typer.Option("--texts", metavar="DIR", help="Folder of the texts, for value labels.")]


@gold.command(no_args_is_help=True)
def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Gold files, or folders of them.")],
    *,
    source: From = None,
    texts: Texts = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Leave out warnings.")] = False,
) -> None:
    """Check gold files: format, offsets, keys, and what is probably a mistake.

    Says file, line, article and reason of everything wrong, and exits with 1 when there was anything but warnings.

    **Examples**

        dragoman gold validate tests/gold/dev.jsonl

        dragoman gold validate labels --texts articles
    """
    with leaving():
        from pipeline.commands.gold_validate import validate

        found = False
        for problem in validate(files, format=source, texts=texts, warnings=not quiet):
            typer.echo(problem)
            found = found or not problem.warning
        raise typer.Exit(Exit.PROBLEMS if found else Exit.DONE)


@gold.command(no_args_is_help=True)
def convert(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="Gold file or folder.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="File or folder to write.")],
    to: Annotated[str, typer.Option("--to", "-t", metavar="FORMAT", help=f"Format to write: {FORMATS}.")],
    source_format: From = None,
    texts: Texts = None,
) -> None:
    """Convert gold between formats.

    What cannot be read or written is said and left out; the rest is converted, and the exit code is 1.

    **Examples**

        dragoman gold convert labels --texts articles --to gold --out gold.jsonl

        dragoman gold convert gold.jsonl --to label-studio --out tasks.json

        dragoman gold convert export.json --from label-studio --to gold --out gold.jsonl
    """
    with leaving():
        from pipeline.commands.gold_convert import convert

        written, problems = convert(source, out, source_format=source_format, target_format=to, texts=texts)
        raise typer.Exit(_said(written, problems, out))


@gold.command(no_args_is_help=True)
def prelabel(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="Articles, as for run: files, folders, globs, or -.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="File or folder to write.")],
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=f"Format to write: {FORMATS}.")
    ] = "label-studio",
    config: Annotated[Path | None, typer.Option("--config", "-c", metavar="FILE", help="Settings in TOML.")] = None,
    mapping: Annotated[str | None, typer.Option("--map", metavar="FIELD=KEY,…", help="As for run.")] = None,
) -> None:
    """Label articles with the line's own output, for annotators to correct.

    **Examples**

        dragoman gold prelabel news/ --format label-studio --out tasks.json
    """
    with leaving():
        from pipeline.commands.gold_prelabel import prelabel

        written, problems = prelabel(inputs, out, format=format, config=config, mapping=mapping)
        raise typer.Exit(_said(written, problems, out))


@gold.command(no_args_is_help=True)
def agree(
    first: Annotated[Path, typer.Argument(metavar="A", help="One annotator's gold.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another's, of the same articles.")],
    *,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all of it to a JSON file too.")
    ] = None,
) -> None:
    """How far two annotators agree, and where they do not.

    F1 of each layer, Cohen's kappa on the types of aligned events, Krippendorff's alpha on their status, and
    the list of disagreements to adjudicate.

    **Examples**

        dragoman gold agree ann-a.jsonl ann-b.jsonl --json agreement.json
    """
    with leaving():
        from pipeline.commands.gold_agree import gold_agree

        gold_agree(first, second, out=json)


@gold.command("config", no_args_is_help=True)
def labelling_config(
    format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="label-studio, brat, brat-visual, doccano or doccano-relations."),
    ],
) -> None:
    """Print the labelling configuration to paste into an annotation tool.

    **Examples**

        dragoman gold config label-studio
    """
    with leaving():
        from pipeline.gold.labelling import labelling_config

        typer.echo(labelling_config(format), nl=False)


def _said(written: int, problems: Sequence[Problem], out: Path) -> Exit:
    for problem in problems:
        typer.echo(problem, err=True)
    typer.echo(f"{written} articles written to {out}")
    return Exit.PROBLEMS if any(not problem.warning for problem in problems) else Exit.DONE
