"""`dragoman schema`: the JSON Schemas of the files that dragoman writes and reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from pipeline.errors import InputError, OutputError
from pipeline.evaluate.report import Report
from pipeline.gold.model import GoldArticle
from pipeline.record import FILES, json_schema

GOLD = "gold.jsonl"
MODELS: dict[str, type[BaseModel]] = {**FILES, GOLD: GoldArticle, "report.json": Report}
"""Of each file what one line of it holds: the output files, gold, and the report of an evaluation (one object)."""


def schema_text(file: str | None) -> str:
    """The schema of one file, or of all of them by file name; raises `InputError`."""
    if file is not None and file not in MODELS:
        raise InputError(f"{file}: no file with a schema; there are {', '.join(MODELS)}")
    return _text(_schema(file) if file else {name: _schema(name) for name in MODELS})


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema to the folder as `<file>.schema.json`; raises `OutputError`."""
    paths = [folder / schema_file(name) for name in MODELS]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, name in zip(paths, MODELS, strict=True):
            path.write_text(schema_text(name), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    return paths


def schema_file(name: str) -> str:
    """The file name of an output file's schema: `events.jsonl` → `events.schema.json`."""
    return f"{Path(name).stem}.schema.json"


def _schema(file: str) -> dict[str, Any]:
    """Gold is written by people, who may leave out what has a default."""
    return json_schema(MODELS[file], mode="validation" if file == GOLD else "serialization")


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
