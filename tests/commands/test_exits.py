from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import typer

from pipeline.commands.exits import Exit, leaving
from pipeline.errors import InputError, OutputError


@pytest.mark.parametrize(("error", "code"), [(InputError("no"), Exit.USAGE), (OutputError("full"), Exit.STOPPED)])
def test_what_stops_a_command_is_said(error: Exception, code: Exit, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as left, leaving():
        raise error
    assert left.value.exit_code == code
    assert capsys.readouterr().err == f"dragoman: {error}\n"


@contextmanager
def closing(closed: list[bool]) -> Iterator[None]:
    try:
        yield
    finally:
        closed.append(True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_command_with_all_that_is_open_closed(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    closed: list[bool] = []
    with pytest.raises(typer.Exit) as left, leaving(), closing(closed):
        os.kill(os.getpid(), number)
    assert left.value.exit_code == Exit.STOPPED
    assert closed == [True]
    assert signal.getsignal(number) is before
