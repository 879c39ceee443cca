"""Inputs of every format, each bad in another way: ``python -m tests.io.bad_inputs FOLDER`` writes them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Content = bytes | Callable[[], bytes]

PROSE = "The foreign minister of Tarvia met the ambassador of Norland on Friday, officials said."
"""English, and in ASCII."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A file, what is bad about it, and what comes of it, in order.

    That is `document` for each article of which the records go on, else the code of its reject. The file's content
    is bytes or what makes them; `put` makes what is no plain file at the path instead.
    """

    name: str
    what: str
    expected: tuple[str, ...]
    content: Content = b""
    put: Callable[[Path], None] | None = None

    def write(self, folder: Path) -> Path:
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.put is not None:
            self.put(path)
        else:
            path.write_bytes(self.content if isinstance(self.content, bytes) else self.content())
        return path


def prose(word: str) -> bytes:
    """An article like no other."""
    return f"{PROSE} They spoke of {word} for an hour.".encode()


def bad_inputs() -> tuple[Bad, ...]:
    """All of them, of names that are apart."""
    from tests.io.bad_markup import MARKUP
    from tests.io.bad_packed import PACKED
    from tests.io.bad_places import places
    from tests.io.bad_rows import ROWS
    from tests.io.bad_text import TEXT

    return (*TEXT, *ROWS, *MARKUP, *PACKED, *places())


def write_bad_inputs(folder: Path) -> dict[Path, Bad]:
    """Write them all into a folder; gives where each one is."""
    return {bad.write(folder): bad for bad in bad_inputs()}


if __name__ == "__main__":
    for written, made in write_bad_inputs(Path(sys.argv[1])).items():
        print(ascii(str(written)), made.what, sep="\t")
