"""Decisions: thresholds and calibration that belong to one model, fitted on articles it was not trained on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pipeline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Decisions:
    """`actor` and `recipient`: from which probability a party takes part; `least`: what the likeliest actor needs when
    none reaches that; `joined`: mean probability of being one event from which groups of triggers are;
    `alike`: probability of being one event from which two with the same parties are;
    `min_confidence`: from which confidence events are worth writing; `trust`: weights of the confidence by fact."""

    actor: float = 0.5
    recipient: float = 0.5
    least: float = 0.15
    joined: float = 0.5
    alike: float = 0.1
    min_confidence: float = 0.35
    trust: Mapping[str, float] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_decisions(path: Path) -> Decisions:
    """The decisions of a JSON file; raises `ModelError` when it is missing or has others than these."""
    try:
        return Decisions(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: no decisions of a model: {error}") from error
