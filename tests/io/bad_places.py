"""Bad names and places: links, folders, pipes, rights."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.io.bad_inputs import Bad, prose


def link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def forbidden(path: Path) -> None:
    path.write_bytes(prose("rights"))
    path.chmod(0)


def folder(path: Path) -> None:
    path.mkdir()
    (path / "inside.txt").write_bytes(prose("folders"))


def places() -> Iterator[Bad]:
    """Those that this system and user can make."""
    yield Bad("dangling.txt", "a link to nothing", ("unreadable",), put=link("nowhere"))
    yield Bad("circle.txt", "a link to itself", ("unreadable",), put=link("circle.txt"))
    yield Bad("folder.zip", "a folder that is called as an archive is", ("document",), put=folder)
    yield Bad("to a folder.txt", "a link to a folder", ("document",), put=link("folder.zip"))
    yield Bad("x" * 251 + ".txt", "a name as long as there can be", ("document",), prose("long names"))
    yield Bad("line\nend\t.txt", "a line end in the name", ("document",), prose("line ends"))
    yield Bad("\u202etxt.\u200b.txt", "marks of direction in the name", ("document",), prose("directions"))
    yield Bad("-.txt", "a name as options have", ("document",), prose("options"))
    yield Bad("*[a-z]?.txt", "a name as patterns have", ("document",), prose("patterns"))
    if sys.platform == "linux":
        yield Bad("bytes \udcff\udc80.txt", "a name that is no UTF-8", ("document",), prose("bytes"))
        yield Bad("zeros of the system.txt", "a link to a device", ("no_file",), put=link("/dev/zero"))
    if os.name == "posix":
        yield Bad("pipe.txt", "a pipe that nobody writes to", ("no_file",), put=os.mkfifo)
        if os.geteuid():
            yield Bad("forbidden.txt", "no right to read it", ("unreadable",), put=forbidden)
