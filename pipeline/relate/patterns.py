"""Find which title stands with which holder and which office-giver, by patterns over symbols."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.data import table
from pipeline.relate.symbols import Symbols, counterparts

_BESIDE = ("name, title", "title, name")


@dataclass(frozen=True, slots=True)
class Held:
    """A title with its holder: mention indices; `of` the country, nationality, organisation or city
    mention that gives the office, `tokens` the range of the whole phrase, `pattern` the rule.
    `title` is None for people who only stand with their country and for offices of the past;
    `inherits` tells that the holder has the office of the person named before ("his counterpart").
    """

    holder: int
    title: int | None
    of: int | None
    tokens: tuple[int, int]
    pattern: str
    inherits: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    titles: tuple[tuple[str, re.Pattern[str]], ...]
    lists: tuple[tuple[str, re.Pattern[str]], ...]
    counterparts: tuple[re.Pattern[str], ...]
    represents: tuple[re.Pattern[str], ...]


@functools.cache
def _compiled() -> _Patterns:
    data = table("relations")
    parts: dict[str, str] = {**data["parts"], "counterpart": "(?:" + "|".join(data["counterparts"]) + ")"}

    def build(regex: str) -> re.Pattern[str]:
        while "@" in regex:
            regex = re.sub(r"@([a-z]+)([12]?)", lambda m: parts[m[1]].replace("#", m[2]), regex)
        return re.compile(rf"(?<![^ ])(?:{regex})(?![^ ])")

    return _Patterns(
        tuple((p["name"], build(p["regex"])) for p in data["pattern"]),
        tuple((p["name"], build(p["regex"])) for p in data["list"]),
        tuple(build(p["regex"]) for p in data["counterpart"]),
        tuple(build(p["regex"]) for p in data["represents"]),
    )


def _mention(symbols: Symbols, match: re.Match[str], *groups: str) -> int | None:
    """The mention at the first of the groups that matched."""
    for group in groups:
        if group in match.re.groupindex and match.start(group) >= 0:
            return symbols.at(match.start(group)).mention
    return None


def _tokens(symbols: Symbols, start: int, end: int) -> tuple[int, int]:
    return symbols.at(start).tokens[0], symbols.at(end - 1).tokens[1]


def _members(symbols: Symbols, match: re.Match[str], group: str, wanted: str) -> list[tuple[str, int, int]]:
    """Symbols of the wanted letters inside a group: letter, offset, mention index."""
    start = match.start(group) if group in match.re.groupindex else -1
    if start < 0:
        return []
    found = []
    for m in re.finditer(rf"(?<![^ ])[{wanted}](?![^ ])", match[group]):
        index = symbols.at(start + m.start()).mention
        if index is not None:
            found.append((m[0], start + m.start(), index))
    return found


def _from_list(symbols: Symbols, match: re.Match[str], name: str, *, inherits: bool = False) -> Iterator[Held]:
    """Every holder of a plural title, each with the office-giver that stands with the name."""
    title = _mention(symbols, match, "title")
    givers = [i for _, _, i in _members(symbols, match, "ofs", "COG") or _members(symbols, match, "owns", "CNO")]
    members = _members(symbols, match, "holders", "PCNO") or _members(symbols, match, "pairs", "PCO")
    paired = match.groupdict().get("pairs") is not None
    people = [(n, offset, i) for n, (letter, offset, i) in enumerate(members) if letter == "P"]
    for rank, (n, offset, holder) in enumerate(people):
        before = symbols.text[:offset].removesuffix(" ").removesuffix("'s").removesuffix(" ")
        of = None
        if n + 1 < len(members) and members[n + 1][0] != "P" and re.match(r"P (?:of|from|\() ", symbols.text[offset:]):
            of = members[n + 1][2]
        elif n and members[n - 1][0] != "P" and (paired or before.endswith(("C", "N"))):
            of = members[n - 1][2]
        elif len(givers) == len(people):
            of = givers[rank]
        elif len(givers) == 1:
            of = givers[0]
        first = match.start() if rank == 0 and match.start() < offset else offset
        last = match.end() if rank == len(people) - 1 and match.end() > offset else offset + 1
        if title is not None and offset < match.start("title"):
            first, last = offset, offset + 1
        yield Held(holder, title, of, _tokens(symbols, first, last), name, inherits)


def _is_former(symbols: Symbols, match: re.Match[str], title: int) -> bool:
    """Whether "former", "then" or the like stands before the phrase or right before the title."""
    words = table("relations")["former"]
    for offset in (match.start(), title):
        before = symbols.text[:offset].removesuffix("- ").split()
        if before and before[-1] in words:
            return True
    return False


def _owner(symbols: Symbols, offset: int) -> int | None:
    """The organisation or country that "its" at an offset stands for: the last one named before."""
    at = max(symbols.text.rfind(f" {letter} ", 0, offset) + 1 for letter in "OC")
    at = at or (0 if symbols.text[:2] in ("O ", "C ") else -1)
    return symbols.at(at).mention if at >= 0 else None


def _giver(symbols: Symbols, match: re.Match[str], number: int) -> int | None:
    """The mention that gives the office of the phrase's first or second title."""
    of = _mention(symbols, match, f"of{number}", f"nation{number}", f"at{number}", f"own{number}", f"after{number}")
    its = match.groupdict().get(f"its{number}") is not None
    return _owner(symbols, match.start(f"its{number}")) if of is None and its else of


def _from_title(symbols: Symbols, match: re.Match[str], name: str, used: set[int]) -> Iterator[Held]:
    """The one or two titles of a single holder."""
    holder = _mention(symbols, match, "holder")
    if holder is None:
        return
    tokens = _tokens(symbols, match.start(), match.end())
    givers = {n: _giver(symbols, match, n) for n in (1, 2)}
    if givers[1] is None and match["title2"] and not match["own2"]:
        givers[1] = givers[2]
    for n in (1, 2):
        title = _mention(symbols, match, f"title{n}")
        if title is None or (n == 2 and title in used):
            continue
        former = _is_former(symbols, match, match.start(f"title{n}"))
        of = givers[1] if n == 2 and givers[2] is None and match["own1"] else givers[n]
        yield Held(holder, None if former else title, of, tokens, name)


def _single(symbols: Symbols, used: set[int]) -> Iterator[Held]:
    """Titles with one holder: the phrase that takes a title first keeps it.

    In a row of names and titles between commas ("X, minister of A, Y, minister of B") a title goes
    with the name before it unless that name has its title already.
    """
    served: set[int] = set()
    beside: list[tuple[int, int, re.Match[str], str]] = []
    for rank, (name, regex) in enumerate(_compiled().titles):
        for match in regex.finditer(symbols.text):
            order = match.start("title1") if name in _BESIDE else -1 if rank == 0 else len(symbols.text)
            beside.append((order, rank, match, name))
    following = {m.start("title1") for _, _, m, name in beside if name == _BESIDE[1]}
    for _, _, match, name in sorted(beside, key=lambda b: b[:2]):
        title, holder = (_mention(symbols, match, g) for g in ("title1", "holder"))
        if title is None or holder is None or title in used:
            continue
        if name == _BESIDE[0] and holder in served and match.start("title1") in following:
            continue
        if name in (*_BESIDE, "title+name"):
            served.add(holder)
        for held in _from_title(symbols, match, name, used):
            used.update(i for i in (title, held.title) if i is not None)
            yield held


def find_held(symbols: Symbols) -> Iterator[Held]:
    """Every holder of an office and every person named with a country in one sentence."""
    patterns = _compiled()
    letters = set(symbols.text.split(" "))
    if "P" not in letters:
        return
    used: set[int] = set()
    if "S" in letters:
        for name, regex in patterns.lists:
            for match in regex.finditer(symbols.text):
                if _mention(symbols, match, "title") in used:
                    continue
                for held in _from_list(symbols, match, name):
                    used.update(i for i in (held.title,) if i is not None)
                    yield held
    if "T" in letters:
        yield from _single(symbols, used)
    if "Q" in letters or not letters.isdisjoint(counterparts()):
        for regex in patterns.counterparts:
            for match in regex.finditer(symbols.text):
                if not {"holders", "pairs"}.isdisjoint(regex.groupindex):
                    yield from _from_list(symbols, match, "counterpart", inherits=True)
                elif (holder := _mention(symbols, match, "holder")) is not None:
                    of = _mention(symbols, match, "of1", "own1")
                    yield Held(holder, None, of, _tokens(symbols, match.start(), match.end()), "counterpart", True)
    if not letters.isdisjoint("CN"):
        for regex in patterns.represents:
            for match in regex.finditer(symbols.text):
                if (holder := _mention(symbols, match, "holder")) is not None:
                    of = _mention(symbols, match, "own1")
                    yield Held(holder, None, of, _tokens(symbols, match.start(), match.end()), "represents")
