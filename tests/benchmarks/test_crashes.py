from __future__ import annotations

import random
import sys
from pathlib import Path

from benchmarks.crashes import FILES, different, disturbed


def test_a_command_that_ends_is_not_called_again(tmp_path: Path) -> None:
    call = [sys.executable, "-c", "import sys; open(sys.argv[1], 'a').write('x')", str(tmp_path / "calls")]
    assert disturbed(call, 9, random.Random(1)) == 0
    assert (tmp_path / "calls").read_text() == "x"


def test_files_that_are_not_the_same_are_told(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        for file in FILES:
            (tmp_path / name / file).write_text("one\nother\n")
    assert different(tmp_path / "one", tmp_path / "other") == {}
    (tmp_path / "other" / FILES[1]).write_text("other\none\n")
    assert different(tmp_path / "one", tmp_path / "other") == {FILES[1]: 0}
    assert different(tmp_path / "one", tmp_path / "other", ordered=False) == {}
    (tmp_path / "other" / FILES[1]).write_text("other\nother\n")
    assert different(tmp_path / "one", tmp_path / "other", ordered=False) == {FILES[1]: 1}
