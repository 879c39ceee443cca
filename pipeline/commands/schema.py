"""`dragoman schema`: the JSON Schemas of the output files."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.errors import InputError, OutputError
from pipeline.record import FILES, json_schema


def schema_text(file: str | None) -> str:
    """The schema of one output file, or of all of them by file name; raises `InputError`."""
    if file is not None and file not in FILES:
        raise InputError(f"{file}: no output file; there are {', '.join(FILES)}")
    return _text(json_schema(file) if file else {name: json_schema(name) for name in FILES})


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema to the folder as `<file>.schema.json`; raises `OutputError`."""
    paths = [folder / schema_file(name) for name in FILES]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, name in zip(paths, FILES, strict=True):
            path.write_text(schema_text(name), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written: {error.strerror}") from error
    return paths


def schema_file(name: str) -> str:
    """The file name of an output file's schema: `events.jsonl` → `events.schema.json`."""
    return f"{Path(name).stem}.schema.json"


def _text(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
