"""Likeness: how far one wording repeats another, measured on the words themselves."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from pipeline.data import cities, country_names, demonyms, table
from pipeline.run.wording import Wording
from pipeline.text.calendar_day import months

SOLID = 3
"""A run of fewer equal words is chance ("of the"), not a place where two texts are the same."""
SAME_NAME = 0.75
"""Names are spellings of one another from this similarity on (Indel, 0 to 1): "Zelensky", "Zelenskyy"."""
SHORTEST_NAME = 4
"""Shorter names have no other spellings."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Positions of words of the old and of the new text that stand in the same place and differ."""

    old: range
    new: range


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far a later text repeats an earlier one; shares are between 0 and 1.

    contained: of the shingles of the text that has fewer, those that the other has too.
    own: of the shingles of the later text, those that the earlier one has too.
    jaccard: of the shingles of either, those that both have.
    replaced: of the words of the shorter text, those where the other has other words in the same place.
    dropped: of the words of the earlier text between the first and the last that both have, those that the later one
        leaves out without other words in their place.
    gaps: where the two differ.
    """

    earlier: Wording
    later: Wording
    contained: float
    own: float
    jaccard: float
    replaced: float
    dropped: float
    gaps: Sequence[Gap]

    def conflicts(self) -> int:
        """How many places inside the common text have a name, number or day where the other text has another, and one
        more if the days in front are others.

        Of the first and last gap only what stands on one line with the common text counts.
        """
        earlier, later = self.earlier, self.later
        old_words, new_words = frozenset(earlier.words), frozenset(later.words)
        last = len(self.gaps) - 1
        found = int(bool(earlier.days) and bool(later.days) and earlier.days.isdisjoint(later.days))
        for i, gap in enumerate(self.gaps):
            old, new = gap.old, gap.new
            if i == 0:
                old, new = _line_start(earlier, old), _line_start(later, new)
            if i == last:
                old, new = _line_end(earlier, old), _line_end(later, new)
            if old and new:
                found += _conflict(_telling(earlier, old), _telling(later, new), old_words, new_words)
        return found

    def news(self) -> int:
        """How many names, numbers and days inside the common text of the later article the earlier one has nowhere."""
        told = {word for gap in self.gaps[1:-1] for kind in _telling(self.later, gap.new).values() for word in kind}
        known = {self.earlier.words[i] for i in self.earlier.names}
        new = told.difference(self.earlier.words)
        return sum(word[0].isdigit() or not any(_same_name(word, name) for name in known) for word in new)


def shingles(words: Sequence[str], size: int) -> set[str]:
    """The runs of `size` words, joined by blanks; none when there are fewer words."""
    return {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}


def likeness(earlier: Wording, later: Wording, *, size: int, least: float) -> Likeness | None:
    """How far the later wording repeats the earlier one, by shingles of `size` words (Broder, 1997) and by the words
    that differ in a longest common subsequence; None when less than `least` of the smaller is contained in the other.
    """
    one, other = shingles(earlier.words, size), shingles(later.words, size)
    common = len(one & other)
    smaller = min(len(one), len(other))
    if not smaller or common < least * smaller:
        return None
    gaps = list(_gaps(earlier.words, later.words))
    replaced = sum(min(len(gap.old), len(gap.new)) for gap in gaps)
    return Likeness(
        earlier=earlier,
        later=later,
        contained=common / smaller,
        own=common / len(other),
        jaccard=common / (len(one) + len(other) - common),
        replaced=replaced / min(len(earlier.words), len(later.words)),
        dropped=_dropped(len(earlier.words), gaps),
        gaps=gaps,
    )


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[Gap]:
    """What lies before, between and behind the runs of equal words; the first and the last may be empty."""
    solid = [
        block
        for block in Indel.opcodes(old, new).as_matching_blocks()
        if block.size >= min(SOLID, len(old), len(new)) and block.size > 0
    ]
    bounds = [(0, 0), *((block.a + block.size, block.b + block.size) for block in solid)]
    starts = [*((block.a, block.b) for block in solid), (len(old), len(new))]
    for (old_start, new_start), (old_end, new_end) in zip(bounds, starts, strict=True):
        yield Gap(range(old_start, old_end), range(new_start, new_end))


def _dropped(words: int, gaps: Sequence[Gap]) -> float:
    """`Likeness.dropped` of an earlier text of so many words."""
    inside = words - len(gaps[0].old) - len(gaps[-1].old)
    return sum(max(0, len(gap.old) - len(gap.new)) for gap in gaps[1:-1]) / inside if len(gaps) > 1 else 0.0


def _line_start(text: Wording, gap: range) -> range:
    """The end of a gap from the last line that begins before the end."""
    begins = max((start for start in text.lines if start <= gap.stop), default=0)
    return range(max(gap.start, begins), gap.stop)


def _line_end(text: Wording, gap: range) -> range:
    """The beginning of a gap up to where the next line begins."""
    ends = min((start for start in text.lines if start >= gap.start), default=gap.stop)
    return range(gap.start, min(gap.stop, ends))


def _telling(text: Wording, places: range) -> dict[str, set[str]]:
    """The numbers, days, months and names there, by what they are."""
    found: dict[str, set[str]] = defaultdict(set)
    weekdays = table("dates")["weekdays"]
    for i in places:
        word = text.words[i]
        if word[0].isdigit():
            found["number"].add(word)
        elif i in text.names:
            found["weekday" if word in weekdays else "month" if word in months() else "name"].add(word)
    return found


def _conflict(
    old: Mapping[str, Set[str]], new: Mapping[str, Set[str]], old_words: Set[str], new_words: Set[str]
) -> bool:
    """Whether what tells the old text from others there is another thing than in the new one.

    Names that both texts have elsewhere, and that are no places, may take each other's place ("Lavrov", "Minister").
    """
    for kind in old.keys() & new.keys():
        gone, come = old[kind] - new[kind], new[kind] - old[kind]
        if kind == "name":
            for one, other in itertools.product(sorted(gone), sorted(come)):
                if _same_name(one, other):
                    gone, come = gone - {one}, come - {other}
            if gone <= new_words and come <= old_words and not any(map(_place, gone | come)):
                continue
        if gone and come:
            return True
    return False


@lru_cache(maxsize=4096)
def _same_name(one: str, other: str) -> bool:
    """Whether two words can spell one name; two known places must be the same one."""
    places = _place(one), _place(other)
    if all(places):
        return places[0] == places[1]
    return min(len(one), len(other)) >= SHORTEST_NAME and Indel.normalized_similarity(one, other) >= SAME_NAME


@lru_cache(maxsize=4096)
def _place(name: str) -> str | None:
    """The country or city that a word names, the same for all its names and adjectives."""
    code = country_names().get(name) or demonyms().get(name)
    if code is not None:
        return code
    city = cities().get(name)
    return str(city.geonames_id) if city is not None else None
