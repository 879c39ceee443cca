"""One target under libFuzzer: ``python -m tests.fuzz.child TARGET [libFuzzer's options and folders]``."""

from __future__ import annotations

import sys

import atheris

PACKAGES = "pipeline tarfile zipfile email feedparser trafilatura htmldate ftfy yaml".split()
"""In which branches are counted, so that an input that takes a new one is kept."""

with atheris.instrument_imports(include=PACKAGES):
    from tests.fuzz.targets import run


def main() -> None:
    target = sys.argv.pop(1)
    atheris.Setup(sys.argv, lambda raw: run(target, raw))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
