"""`dragoman daemon`: the scheduled job as a process that stays."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from pipeline.commands.exits import Exit, exit_of
from pipeline.commands.interrupt import Interrupt
from pipeline.commands.log import Style, logging_to_stderr
from pipeline.errors import StopRun
from pipeline.run.telling import said
from pipeline.schedule.after import Sync
from pipeline.schedule.daemon import serve
from pipeline.schedule.settings import load_schedule


def daemon(config: Path, *, metrics_port: int | None = None, style: Style, sync: Sync) -> Exit:
    """Make one pass after another, as the settings say, until a signal comes.

    The first signal ends the daemon after the articles in hand; a second one ends it at once, and what was not
    committed is done again by the next pass. `metrics_port` is taken instead of the settings' own.
    """
    with ExitStack() as stack:
        log = stack.enter_context(logging_to_stderr(style))
        try:
            settings = load_schedule(config)
            base = config.absolute().parent
            interrupt = stack.enter_context(Interrupt())
            port = settings.metrics.port if metrics_port is None else metrics_port
            if port is not None:
                from pipeline.schedule.metrics import serving

                address = settings.metrics.address
                port = stack.enter_context(serving(base / settings.store, address=address, port=port))
                log.info("metrics at http://%s:%d/metrics", address, port, extra=said("metrics", port=port))
            rhythm = f"cron {settings.cron}" if settings.cron else f"every {settings.every}"
            log.info("passes: %s", rhythm, extra=said("started"))
            serve(settings, base, log=log, stopped=lambda: interrupt.stopped, sync=sync)
        except StopRun as error:
            log.error("%s", error, extra=said("stopped"))
            return exit_of(error)
        except KeyboardInterrupt:
            log.error("stopped at once", extra=said("stopped"))
            return Exit.STOPPED
        log.info("ended", extra=said("ended"))
    return Exit.DONE
