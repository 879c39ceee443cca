"""The runs that tell what each choice of the training is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.ablations import BASE, FIGURES, PLAN, figures, main, recipes, row


def test_every_run_differs_from_the_first_in_what_it_says() -> None:
    known = recipes(PLAN, BASE)
    first = known["as it ships"]
    assert known["no gazetteer"].fit == first.fit.model_copy(update={"known": False})
    assert known["no gazetteer"].sources == first.sources
    assert [s.file for s in known["without copies"].sources] == [
        s.file for s in first.sources if "copies" not in s.file
    ]
    (half,) = known["half of the gold alone"].sources
    assert (half.file, 2 * half.share) == (first.sources[0].file, first.sources[0].share)
    dumped = [recipe.model_dump_json() for recipe in known.values()]
    assert len(set(dumped)) == len(dumped)
    assert all(recipe.fit.epochs == first.fit.epochs for recipe in known.values())


def test_the_last_figures_of_a_log_count(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_text(
        '{"epoch": 0, "held_out": {"trigger": 0.1}}\n{"epoch": 1}\n{"epoch": 2, "held_out": {"trigger": 0.5}}\n'
    )
    assert figures(tmp_path) == {"trigger": 0.5}
    assert "0.500" in row("x", figures(tmp_path))
    assert all(name in row("", None) for name in FIGURES)


def test_an_unknown_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", str(tmp_path), "--only", "nothing like it"])
    assert "nothing like it" in capsys.readouterr().err
