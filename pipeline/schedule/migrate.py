"""Migrate: a store that an earlier release wrote, in the present schema."""

from __future__ import annotations

from pathlib import Path

from pipeline.io.migrate import migrated_lines, needs_migration
from pipeline.store.folder import Store


def migrate_store(path: Path) -> list[str]:
    """Bring the parts of a store to the present schema; the paths of those that were changed.

    Each part is replaced as a whole, and the manifest with it. Raises `StoreBusy`, `InputError` before anything is
    changed when a line cannot be read, and `OutputError`.
    """
    with Store(path) as store:
        old = [part for part in store.parts() if needs_migration(path / part.path, f"{part.kind}.jsonl")]
        for part in old:
            store.replace(part, migrated_lines(path / part.path, f"{part.kind}.jsonl"))
        return [part.path for part in old]
