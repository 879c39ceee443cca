"""The exceptions of dragoman.

::

    DragomanError
    ├── RejectArticle      this one article cannot be processed; the run goes on
    ├── CannotWrite        a format cannot hold this one gold article
    └── StopRun            nothing further can be done
        ├── SettingsError  a setting is unknown or has a bad value
        ├── InputError     an input does not exist or has a format nothing reads
        ├── OutputError    the output folder cannot be written
        ├── ModelError     a language model is not installed
        └── StageError     the stages are in an order that cannot work
"""


class DragomanError(Exception):
    """Base of everything dragoman raises on purpose."""


class RejectArticle(DragomanError):
    """One article cannot be processed.

    `code` is a short stable word for the reason ("empty", "language", …), `message` a sentence for
    people. The stage that raised it is added where it is caught.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class CannotWrite(DragomanError):
    """A format cannot hold one gold article; `article` is its id, `reason` a sentence for people."""

    def __init__(self, article: str, reason: str) -> None:
        super().__init__(f"{article}: {reason}")
        self.article = article
        self.reason = reason


class StopRun(DragomanError):
    """The run cannot go on."""


class SettingsError(StopRun):
    """A setting is unknown or has a bad value."""


class InputError(StopRun):
    """An input does not exist or has a format nothing reads."""


class OutputError(StopRun):
    """The output folder cannot be written."""


class ModelError(StopRun):
    """A language model that the settings name is not installed."""


class StageError(StopRun):
    """A stage reads a field that no stage before it writes."""
