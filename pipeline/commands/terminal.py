"""Text of articles on a terminal."""

from __future__ import annotations

from functools import cache

from rich.console import Console


@cache
def _pictures() -> dict[int, int]:
    c1 = dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
    return {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421} | c1


def visible(text: str) -> str:
    """The text on one line, as many characters, control characters shown as pictures of themselves.

    Nothing in an article can so steer the terminal, and offsets still hold.
    """
    return text.replace("\n", " ").replace("\t", " ").translate(_pictures())


def output() -> Console:
    """Standard output; wide enough for tables when it is no terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    return console if console.is_terminal else Console(highlight=False, markup=False, emoji=False, width=160)
