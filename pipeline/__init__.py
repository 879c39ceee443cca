"""dragoman: structured event records from diplomatic news.

>>> from pipeline import load
>>> extract = load()
>>> result = extract("...", published="2025-05-03")
>>> result.events, result.record
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it, which takes long to import: a signal meanwhile would show a traceback
if TYPE_CHECKING:
    from pipeline.build import Extractor
    from pipeline.config import Settings

__all__ = ["load"]


def load(settings: Settings | None = None) -> Extractor:
    """An extractor, ready to read articles; see `pipeline.build.Extractor`.

    Raises `pipeline.errors.ModelError` when the spaCy pipeline that the settings name is missing.
    """
    from pipeline.build import load as build_and_load

    return build_and_load(settings)
