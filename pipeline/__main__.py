"""`python -m pipeline` is the command `dragoman`."""

from __future__ import annotations

import os
import signal
from types import FrameType

STOPPED = 3
"""`pipeline.commands.exits.Exit.STOPPED`, which takes too long to import here."""


def main() -> None:
    """Run the command. Until it has begun (`pipeline.commands.exits.leaving`) a signal ends it at once."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    from pipeline.cli import app

    app()


def _stop(number: int, frame: FrameType | None) -> None:
    os._exit(STOPPED)


if __name__ == "__main__":
    main()
