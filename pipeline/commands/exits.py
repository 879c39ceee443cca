"""Exit codes of the command."""

from __future__ import annotations

from enum import IntEnum

from pipeline.errors import DragomanError, InputError, SettingsError


class Exit(IntEnum):
    """What the process says on leaving."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    STOPPED = 3


def exit_of(error: DragomanError) -> Exit:
    """2 for what the user can mend in the call, 3 for everything else that stops a run."""
    return Exit.USAGE if isinstance(error, InputError | SettingsError) else Exit.STOPPED
