"""`dragoman sync`: one pass over the inboxes of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from pipeline.commands.exits import Exit, exit_of
from pipeline.commands.interrupt import Interrupt
from pipeline.commands.log import Style, logging_to_stderr
from pipeline.errors import StopRun
from pipeline.run.telling import said
from pipeline.schedule.after import sync_and_tell
from pipeline.schedule.settings import load_schedule
from pipeline.schedule.sync import sync as one_pass
from pipeline.store.folder import StoreBusy
from pipeline.store.where import parse_where


def sync(
    config: Path, *, reprocess: bool = False, where: Sequence[str] = (), retry_parked: bool = False, style: Style
) -> Exit:
    """Bring what is new in the inboxes that the settings file names into its store.

    With `reprocess` the known articles for which the conditions `where` hold are read again, with `retry_parked` what
    was parked. When another pass is running there is nothing to do, which is no error.
    """
    with logging_to_stderr(style) as log, Interrupt() as interrupt:
        try:
            settings = load_schedule(config)
            again = parse_where(where) if reprocess else None
            report = sync_and_tell(
                partial(one_pass, again=again, retry_parked=retry_parked),
                settings,
                config.absolute().parent,
                log=log,
                stopped=lambda: interrupt.stopped,
            )
        except StoreBusy as error:
            log.info("%s; nothing done", error, extra=said("busy"))
            return Exit.DONE
        except StopRun as error:
            log.error("%s", error, extra=said("failed"))
            return exit_of(error)
        except KeyboardInterrupt:
            log.error("stopped at once; what was not committed is read again by the next pass", extra=said("stopped"))
            return Exit.STOPPED
        shown = ", ".join(f"{name} {number}" for name, number in report.counts.items() if number)
        log.info("%s: %s", report.outcome, shown or "nothing new", extra=said(report.outcome, **report.counts))
        if report.message is not None:
            log.error("%s", report.message, extra=said("unreachable"))
    return {"done": Exit.DONE, "stopped": Exit.STOPPED}.get(report.outcome, Exit.PROBLEMS)
