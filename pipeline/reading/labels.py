"""The labels that a model was trained with, in the order of its outputs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Labels:
    """`mentions` are the labels of gold/1, `kinds` event types with modes ("CONSULT/meeting", "AGREE"), `roles` what an
    entity, date or place can be to an event, `tags`, `classes` and `arcs` those of the parse (fine and coarse part of
    speech, dependency)."""

    mentions: tuple[str, ...]
    kinds: tuple[str, ...]
    statuses: tuple[str, ...]
    bases: tuple[str, ...]
    contexts: tuple[str, ...]
    roles: tuple[str, ...]
    links: tuple[str, ...]
    tags: tuple[str, ...]
    classes: tuple[str, ...]
    arcs: tuple[str, ...]

    def types(self) -> tuple[str, ...]:
        """The types of events, in the order of `kinds`."""
        return tuple(dict.fromkeys(kind.partition("/")[0] for kind in self.kinds))

    def write(self, path: Path) -> None:
        """Write them as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def read_labels(path: Path) -> Labels:
    """The labels of a JSON file; raises `ModelError` when it is missing or has others than these."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Labels(**{name: tuple(values) for name, values in found.items()})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: no labels of a model: {error}") from error
