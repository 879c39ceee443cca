"""The trained weights of models/: read at run time, written by `pipeline.train`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import ModelError

BASELINE = "baseline"
"""The name of the model that is none: rules and lexicons over spaCy's English pipeline, and a few fitted weights."""
_PLACES = (Path(__file__).parent / "models", Path(__file__).parents[1] / "models")


def folder_of(model: str) -> Path:
    """The folder of a model: inside an installed package, or at the top of a checkout.

    Raises `ModelError` when neither holds the model.
    """
    for place in _PLACES:
        if (place / model).is_dir():
            return place / model
    raise ModelError(f"the weights of the model {model!r} are not installed: none of {', '.join(map(str, _PLACES))}")


def model_folder(name: str) -> Path:
    """The folder of a model that settings name: a folder, or the name of one that came with the package.

    Raises `ModelError` when there is neither.
    """
    return Path(name) if Path(name).is_dir() else folder_of(Path(name).name)


def path_of(name: str) -> Path:
    """The file of the weights `name` of the baseline; raises `ModelError` when the model is not installed."""
    return folder_of(BASELINE) / f"{name}.json"


@cache
def weights(name: str) -> Mapping[str, Any]:
    """The weights `name` by fact. Raises `ModelError` when the file is missing."""
    path = path_of(name)
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["weights"]
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}") from error
    return found


def write_weights(path: Path, values: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Write weights, one a line, with what there is to say about them."""
    text = json.dumps({"about": about, "weights": values}, indent=0, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
