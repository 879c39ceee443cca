"""Compact: tables in memory of their own."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def compact(make: Callable[[], T]) -> Callable[[], T]:
    """The function, with a copy of what it makes, which has to be plain data, for result.

    Python gives a page back only when nothing on it is in use any more. What lives on from the making of a table is
    strewn among what was needed meanwhile, and would keep all of it: 50 MB for the cities. The copy is in one piece.
    """

    @functools.wraps(make)
    def made() -> T:
        packed = pickle.dumps(make())
        found: T = pickle.loads(packed)
        return found

    return made
