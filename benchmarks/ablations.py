"""What is each choice of the training worth? Short runs, measured on the articles held out.

``python -m benchmarks.ablations --data build/train [--out build/ablations] [--only NAME …]``

benchmarks/ablations.toml has the runs. A run that is done is not made again; one that was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.train.recipe import Recipe, read_recipe

PLAN = Path(__file__).parent / "ablations.toml"
BASE = Path(__file__).parents[1] / "configs" / "train" / "small.toml"
FIGURES = (
    "mentions",
    "m_PER",
    "trigger",
    "trigger_kind",
    "status",
    "actor",
    "recipient",
    "same",
    "giver",
    "date",
    "country",
)


def recipes(plan: Path, base: Path) -> dict[str, Recipe]:
    """The recipes of all runs by name, in order; raises `SettingsError` or `KeyError` for a broken file."""
    with plan.open("rb") as file:
        runs = tomllib.load(file)
    known = read_recipe(base).model_dump()
    return {variant["name"]: _changed(known, runs["base"], variant) for variant in runs["variants"]}


def _changed(base: Mapping[str, Any], usual: Mapping[str, Any], variant: Mapping[str, Any]) -> Recipe:
    shares = {name: share for name, share in usual.items() if name != "epochs"}
    shares = variant.get("sources", shares)
    sources = [
        {"file": f"{name}.pkl.gz", "share": share}
        for name, share in shares.items()
        if name not in variant.get("without", ())
    ]
    fit = {**base["fit"], "epochs": usual["epochs"], **variant.get("fit", {})}
    return Recipe.model_validate(
        {**base, "encoder": variant.get("encoder", base["encoder"]), "sources": sources, "fit": fit}
    )


def figures(folder: Path) -> dict[str, float]:
    """The last figures in the log of a run."""
    lines = map(json.loads, (folder / "log.jsonl").read_text(encoding="utf-8").splitlines())
    found: dict[str, float] = [line for line in lines if "held_out" in line][-1]["held_out"]
    return found


def row(name: str, found: Mapping[str, float] | None) -> str:
    """A row of the table; the head where nothing was found."""
    cells = [f"{figure:>12}" if found is None else f"{found.get(figure, 0.0):12.3f}" for figure in FIGURES]
    return f"{name:28}" + "".join(cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train what is asked for and print its figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ablations", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="what pipeline.train.prepare made")
    parser.add_argument(
        "--out", type=Path, default=Path("build/ablations"), help="folder of the runs (build/ablations)"
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="these runs alone")
    options = parser.parse_args(arguments)
    known = recipes(PLAN, BASE)
    chosen = options.only or list(known)
    if unknown := [name for name in chosen if name not in known]:
        parser.error(f"no run {', '.join(unknown)}; there are {', '.join(known)}")
    print(row("", None))
    for name in chosen:
        folder = options.out / name.replace(" ", "-").replace(",", "")
        if not (folder / "recipe.json").is_file():
            _train(known[name], options.data, folder)
        print(row(name, figures(folder)), flush=True)
    return 0


def _train(recipe: Recipe, data: Path, folder: Path) -> None:
    from pipeline.encode.pieces import load_speller
    from pipeline.train.fit import encoder_folder, fit, read_data

    found = read_data(recipe, data, load_speller(encoder_folder(recipe.encoder)))
    fit(recipe, found, folder)
    (folder / "recipe.json").write_text(recipe.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
