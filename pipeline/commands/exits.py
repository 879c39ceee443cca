"""Exit codes of the command."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from types import FrameType

import typer

from pipeline.errors import DragomanError, InputError, SettingsError

EPILOG = """
**Exit codes**  0 all done · 1 articles were rejected (run --strict), a file is not valid (validate,
gold validate), articles were left out (gold convert, gold prelabel), a figure is below its floor
(evaluate --floors), an inbox cannot be reached (sync) or the scheduled job is not healthy (health) ·
2 wrong call: unknown option, bad settings, no such input · 3 stopped: by a signal, or because the
output cannot be written, a model is missing or the article cannot be processed (explain)
"""
"""What the help says of them."""

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""Those that ask a command to end."""


class Exit(IntEnum):
    """What the process says on leaving."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    STOPPED = 3


def exit_of(error: DragomanError) -> Exit:
    """2 for what the user can mend in the call, 3 for everything else that stops a run."""
    return Exit.USAGE if isinstance(error, InputError | SettingsError) else Exit.STOPPED


@contextmanager
def leaving() -> Iterator[None]:
    """Say what went wrong on one line, and leave with its exit code (as `typer.Exit`).

    The signals that ask to end raise `KeyboardInterrupt` inside; while a module is imported they end the process.
    """
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    try:
        yield
    except DragomanError as error:
        typer.secho(f"dragoman: {error}", err=True, fg="red")
        raise typer.Exit(exit_of(error)) from error
    except KeyboardInterrupt as error:
        raise typer.Exit(Exit.STOPPED) from error
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def importing(frame: FrameType | None) -> bool:
    """Whether a module is being imported where a signal came: an exception raised there may get lost."""
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back
    return frame is not None


def _stop(number: int, frame: FrameType | None) -> None:
    if importing(frame):
        os._exit(Exit.STOPPED)
    raise KeyboardInterrupt
