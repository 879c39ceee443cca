"""Tidy: what a process does with its memory between two chunks."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from functools import cache


def tidy() -> None:
    """Give memory that was freed back to the system, where the C library can: what remains in pieces between chunks
    would be 150 MB in every process.

    The first call also leaves what is loaded by then, models and tables, out of the search for garbage, which takes
    7 % of the time; so it is called after articles were read, as tables are loaded when they are needed.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
    if trim := _trim():
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """`malloc_trim` of the GNU C library; None with another one."""
    try:
        found: Callable[[int], int] | None = getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):  # Windows has no library of that kind
        return None
    return found
