"""Links made-up articles into a registry, to be killed while it does.

`python -m tests.link.linker PLACE FIRST LAST SIZE` links articles FIRST to LAST, SIZE a call, and writes to standard
output, after every call, how many the registry has.
"""

from __future__ import annotations

import random
import sys

from pipeline.link.registry import open_registry
from pipeline.link.sighting import ArticleSightings
from tests.link.matching import WordMatcher, article, person

FIRST_NAMES = "Anna Olaf Carl Dina Ewa Finn Gita Hugo".split()
LAST_NAMES = "Berg Dahl Lund Moe Ness Ravn Skog Vik".split()


def made_up(number: int) -> ArticleSightings:
    """An article by number: the same every time."""
    draw = random.Random(number)
    people = []
    for _ in range(draw.randint(1, 5)):
        full = f"{draw.choice(FIRST_NAMES)} {draw.choice(LAST_NAMES)}"
        forms = [full, full.split()[1]]
        if draw.random() < 0.05:
            forms.append(f"{full} {draw.choice(LAST_NAMES)}")
        people.append(person(*forms, country=draw.choice(["KEN", "AZE", None])))
    return article(f"a{number}", *people)


def main(place: str, first: int, last: int, size: int) -> None:
    with open_registry(place, matcher=WordMatcher()) as registry:
        for start in range(first, last, size):
            registry.link([made_up(n) for n in range(start, min(start + size, last))])
            print(min(start + size, last), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
