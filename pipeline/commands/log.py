"""What a run says on standard error: plain lines, JSON lines, or lines above a progress bar."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pipeline.commands.terminal import visible

if TYPE_CHECKING:
    from rich.console import Console

Style = Literal["plain", "json", "quiet"]


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time`, `level`, `message` and what the call gave as `extra={"data": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": record.getMessage(),
            **getattr(record, "data", {}),
        }
        return json.dumps(line, ensure_ascii=False)


class ConsoleHandler(logging.Handler):
    """Prints through rich, so that lines do not tear a progress bar apart."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.print(self.format(record), markup=False, highlight=False, soft_wrap=True)


@contextmanager
def logging_to_stderr(style: Style, console: Console | None = None) -> Iterator[logging.Logger]:
    """The run's logger, as long as the context lasts; `console` when standard error shows a progress bar."""
    logger = logging.Logger("dragoman", logging.ERROR if style == "quiet" else logging.INFO)
    handler = ConsoleHandler(console) if console else logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if style == "json" else PlainFormatter("%(message)s"))
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        handler.close()


class PlainFormatter(logging.Formatter):
    """The message alone, with control characters made visible."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))
