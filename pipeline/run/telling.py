"""Telling: what the log says of a run as it goes on."""

from __future__ import annotations

import logging

from pipeline.record import RejectRecord


def said(event: str, **values: object) -> dict[str, object]:
    """The `extra` of a log call: what a line of JSON has beside the message."""
    return {"data": {"event": event, **values}}


def tell_reject(log: logging.Logger, record: RejectRecord) -> None:
    """Warn of a rejected article or input; a line of JSON has all of its reject record beside the message."""
    where = record.input if record.line is None else f"{record.input}:{record.line}"
    extra = said("rejected", **record.model_dump(exclude={"message"}))
    log.warning("rejected %s: %s", where, record.message, extra=extra)
