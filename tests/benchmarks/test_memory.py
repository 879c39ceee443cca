from __future__ import annotations

import itertools
import re
from pathlib import Path

from benchmarks.copies import copies
from benchmarks.memory import Done, Look, cut, growth, steps

TEXT = (
    "Secretary of State Antony Blinken met Foreign Minister Sergey Lavrov of Russia in Geneva on Friday, May 21, 2021. "
    "Blinken told 350 Russian officials of 28 June."
)


def test_copies_differ_and_name_people_alike_in_all_texts() -> None:
    first, later, again, other = itertools.islice(copies([TEXT, "Antony Blinken spoke."]), 4)
    assert (first, later) == (TEXT, "Antony Blinken spoke.")
    kept = set(re.findall(r"\w+", TEXT)) & set(re.findall(r"\w+", again))
    assert not kept & {"Antony", "Blinken", "Lavrov", "Russia", "Russian", "Friday", "350", "21", "28"}
    assert {"Secretary", "May", "2021"} <= kept
    [name] = re.findall(r"State (\w+ \w+) met", again)
    assert other == f"{name} spoke."


def test_growth_is_that_of_the_second_half() -> None:
    looks = [Look(n, n * 100, 100 + n if n >= 10 else 0, 50) for n in range(20)]
    assert round(growth(looks), 3) == 10
    assert growth(looks[:1]) == 0


def test_steps() -> None:
    assert steps(50_000) == [1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
    assert steps(300) == [300]


def test_lines_are_counted_as_they_come(tmp_path: Path) -> None:
    done = Done(tmp_path)
    assert done.look() == 0
    with (tmp_path / ".documents.jsonl.tmp").open("a") as file:
        for expected in (1, 3):
            file.write("x\n" * expected)
            file.flush()
            assert done.look() == (1 if expected == 1 else 4)


def test_cut() -> None:
    assert cut("a  b\nc d", 3) == "a  b\nc"
    assert cut("a b", 2) == "a b"
