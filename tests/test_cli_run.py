from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.commands.exits import Exit


@pytest.mark.parametrize(("options", "order"), [([], None), (["--unordered"], "any")])
def test_the_order_is_that_of_the_settings_unless_told(
    monkeypatch: pytest.MonkeyPatch, options: list[str], order: str | None
) -> None:
    given: dict[str, object] = {}

    def run(*_: object, **options: object) -> Exit:
        given.update(options)
        return Exit.DONE

    monkeypatch.setattr("pipeline.commands.run.run", run)
    done = CliRunner().invoke(app, ["run", "-", "--out", "out", *options])
    assert done.exit_code == Exit.DONE
    assert given["order"] == order
