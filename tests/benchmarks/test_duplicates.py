from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks.articles import SEEDS, raw_text
from benchmarks.duplicate_contrasts import CONTRASTS, Source, cast, differs, other_days
from benchmarks.duplicate_edits import EDITS, respelt
from benchmarks.duplicates import Case, Tally, cases, in_half, main, report, sources

TEXTS = [raw_text(path) for path in sorted(SEEDS.glob("*.txt"))]


def test_the_interval_is_wilsons() -> None:
    low, high = Tally(9, 10).interval()
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Tally(0, 0).interval() == (0.0, 1.0)


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_is_the_same_on_every_call(kind: str) -> None:
    text = TEXTS[0]
    assert EDITS[kind](text, random.Random(1)) == EDITS[kind](text, random.Random(1))


def test_spellings_are_turned_round() -> None:
    assert respelt("the defence programme was organized", random.Random(1)) == "the defense program was organised"


def test_contrasts_change_sentences() -> None:
    articles = [Source(str(number), text) for number, text in enumerate(TEXTS)]
    made = list(cases(articles, articles[::-1], seed=1))
    by_id = {article.id: article for article in articles}
    assert {case.kind for case in made if case.repeats is None} <= set(CONTRASTS)
    assert all(differs(by_id[case.source], case.text) for case in made if case.repeats is None)
    assert made == list(cases(articles, articles[::-1], seed=1))


def test_days_are_moved_and_nothing_else() -> None:
    source = Source("a", "The minister arrived on Monday, 5 March, with 12 officials.")
    moved = other_days(source, source, cast([source]), random.Random(1))
    assert moved is not None
    assert "Monday, 5 March" not in moved
    assert moved.endswith(", with 12 officials.")
    assert other_days(Source("a", "The minister arrived."), source, cast([source]), random.Random(1)) is None


def test_a_wrong_article_named_counts_against_precision_and_recall() -> None:
    made = [Case("truncated", "a", "", "a"), Case("truncated", "b", "", "b"), Case("update", "a", "", None)]
    lines = list(report(made, ["a", "a", "a"]))
    assert lines[0].endswith("1/3")
    assert lines[1].endswith("1/2")
    assert next(line for line in lines if "update" in line).endswith("0/1")


def test_dumps_and_folders_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One text.", encoding="utf-8")
    (tmp_path / "dump.jsonl").write_text(json.dumps({"id": 7, "text": "Another."}) + "\n", encoding="utf-8")
    assert [(source.id, source.text) for source in sources(tmp_path / "dump.jsonl")] == [("7", "Another.")]
    (tmp_path / "dump.jsonl").unlink()
    assert [(source.id, source.text) for source in sources(tmp_path)] == [("a", "One text.")]


def test_an_article_is_in_one_half() -> None:
    assert all(in_half(Source(str(i), ""), "tuning") != in_half(Source(str(i), ""), "report") for i in range(20))


def test_the_command_prints_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (json.dumps({"id": f"a{number}", "text": text}) for number, text in enumerate(TEXTS))
    (tmp_path / "dump.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    assert main([str(tmp_path / "dump.jsonl"), "--nearest", "3"]) == 0
    printed = capsys.readouterr().out
    assert "bytes an article" in printed
    assert "recall" in printed
