"""Killed while it links: the registry opens, nothing written is lost or doubled."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from pipeline.link.registry import open_registry
from tests.link.conftest import NewPlace
from tests.link.linker import main

ROOT = Path(__file__).parents[2]
ARTICLES = 240
SIZE = 4
KILLS = 6


def link_and_kill(place: str, first: int, calls: int, delay: float) -> int:
    """Link in another process and kill it, `delay` seconds after some calls; how many articles it said were kept."""
    command = [sys.executable, "-m", "tests.link.linker", place, str(first), str(ARTICLES), str(SIZE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as linker:
        assert linker.stdout is not None
        heard = [linker.stdout.readline() for _ in range(calls)]
        time.sleep(delay)
        linker.kill()
        heard += linker.stdout.read().splitlines()
    return max((int(line) for line in heard if line), default=first)


def test_killed_while_linking(new_place: NewPlace) -> None:
    draw = random.Random()
    killed, whole = new_place(), new_place()
    done = 0
    for _ in range(KILLS):
        said = link_and_kill(killed, done, draw.randint(1, 4), draw.random() * 0.02)
        with open_registry(killed, create=False) as registry:
            done = registry.stats().articles
        assert said <= done
        assert done % SIZE == 0 or done == ARTICLES
    main(killed, max(0, done - 2 * SIZE), ARTICLES, SIZE)
    main(whole, 0, ARTICLES, SIZE)
    with open_registry(killed, create=False) as one, open_registry(whole, create=False) as other:
        assert list(one.entities()) == list(other.entities())
        assert one.stats() == other.stats()
        assert one.stats().articles == ARTICLES


def test_killed_before_it_is_made(new_place: NewPlace) -> None:
    for delay in (0.0, 0.2, 0.3, 0.4):
        place = new_place()
        link_and_kill(place, 0, 0, delay)
        main(place, 0, 4, 4)
        with open_registry(place, create=False) as registry:
            assert registry.stats().articles >= 4
