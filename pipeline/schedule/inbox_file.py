"""A file of an inbox, on this machine or elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from pipeline.io.sources import Source
from pipeline.schedule.settings import InboxSettings


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file of an inbox. `fingerprint` is another one when it has changed, None where nobody can tell.

    `opened` gives it as something to read, fetched first when it is elsewhere. `delete` leaves a file on this machine
    that has changed meanwhile. Both raise `OSError`.
    """

    name: str
    fingerprint: str | None
    inbox: InboxSettings
    opened: Callable[[], AbstractContextManager[Source]]
    delete: Callable[[], None]
