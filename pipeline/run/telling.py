"""Telling: word of what was rejected, as soon as it is."""

from __future__ import annotations

import logging

from pipeline.record import RejectRecord


def tell_reject(log: logging.Logger, record: RejectRecord) -> None:
    """Warn of a rejected article or input; a line of JSON has all of its reject record beside the message."""
    where = record.input if record.line is None else f"{record.input}:{record.line}"
    data = {"event": "rejected", **record.model_dump(exclude={"message"})}
    log.warning("rejected %s: %s", where, record.message, extra={"data": data})
