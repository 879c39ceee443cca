"""Labelling configurations: data files to give to annotation tools."""

from __future__ import annotations

from importlib.resources import files

from pipeline.errors import InputError

CONFIGURATIONS = {
    "label-studio": "label-studio.xml",
    "brat": "annotation.conf",
    "brat-visual": "visual.conf",
    "doccano": "doccano-spans.json",
    "doccano-relations": "doccano-relations.json",
}
"""The files of this folder by the name people ask for."""


def labelling_config(format: str) -> str:
    """The text of a labelling configuration, a key of CONFIGURATIONS. Raises `InputError` for another."""
    if format not in CONFIGURATIONS:
        raise InputError(f"{format}: no labelling configuration; there are {', '.join(CONFIGURATIONS)}")
    return (files(__name__) / CONFIGURATIONS[format]).read_text(encoding="utf-8")
