"""Find which title stands with which holder and which office-giver, by patterns over symbols."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.data import table
from pipeline.relate.symbols import Symbols


@dataclass(frozen=True, slots=True)
class Held:
    """A title with its holder: mention indices; `of` the country, nationality, organisation or city
    mention that gives the office, `tokens` the range of the whole phrase, `pattern` the rule.
    `title` is None for people who only stand with their country, `inherits` tells that the holder
    has the office of the person named before ("his counterpart").
    """

    holder: int
    title: int | None
    of: int | None
    tokens: tuple[int, int]
    pattern: str
    inherits: bool = False


@functools.cache
def _compiled() -> tuple[list[tuple[str, re.Pattern[str]]], dict[str, re.Pattern[str]]]:
    data = table("relations")

    def build(regex: str) -> re.Pattern[str]:
        for part in ("own", "titles", "of", "honorific", "before"):
            regex = regex.replace(f"@{part}", data[part])
        regex = regex.replace("@before", data["before"])
        return re.compile(rf"(?<![^ ])(?:{regex})(?![^ ])")

    patterns = [(p["name"], build(p["regex"])) for p in data["pattern"]]
    others = {
        "list": build(data["lists"]["regex"]),
        "counterpart": build(data["counterpart"]["regex"]),
        "plain counterpart": build(data["counterpart"]["plain"]),
        "represents": build(data["represents"]["regex"]),
    }
    return patterns, others


def _mention(symbols: Symbols, match: re.Match[str], group: str) -> int | None:
    return symbols.at(match.start(group)).mention if match.start(group) >= 0 else None


def _tokens(symbols: Symbols, start: int, end: int) -> tuple[int, int]:
    return symbols.at(start).tokens[0], symbols.at(end - 1).tokens[1]


def _members(symbols: Symbols, match: re.Match[str], group: str, wanted: str) -> list[tuple[str, int, int]]:
    """Symbols of the wanted letters inside a group: letter, offset, mention index."""
    start = match.start(group)
    if start < 0:
        return []
    found = []
    for m in re.finditer(rf"(?<![^ ])[{wanted}](?![^ ])", match[group]):
        index = symbols.at(start + m.start()).mention
        if index is not None:
            found.append((m[0], start + m.start(), index))
    return found


def _from_list(symbols: Symbols, match: re.Match[str]) -> Iterator[Held]:
    title = _mention(symbols, match, "title")
    owns = [i for _, _, i in _members(symbols, match, "owns", "CNO")]
    ofs = [i for _, _, i in _members(symbols, match, "ofs", "CO")]
    members = _members(symbols, match, "holders", "PCNO")
    people = [(n, offset, i) for n, (letter, offset, i) in enumerate(members) if letter == "P"]
    givers = ofs or owns
    for rank, (n, offset, holder) in enumerate(people):
        before = symbols.text[:offset].removesuffix(" ").removesuffix("'s").removesuffix(" ")
        of = None
        if n + 1 < len(members) and members[n + 1][0] != "P" and re.match(r"P (?:of|from|\() ", symbols.text[offset:]):
            of = members[n + 1][2]
        elif n and members[n - 1][0] in "CN" and before.endswith(("C", "N")):
            of = members[n - 1][2]
        elif len(givers) == len(people):
            of = givers[rank]
        elif len(givers) == 1:
            of = givers[0]
        first = match.start() if rank == 0 else offset
        last = match.end() if rank == len(people) - 1 else offset + 1
        yield Held(holder, title, of, _tokens(symbols, first, last), "list")


def find_held(symbols: Symbols) -> Iterator[Held]:
    """Every title–holder pair of one sentence; a title is used by the first pattern that takes it."""
    patterns, others = _compiled()
    used: set[int] = set()
    for match in others["list"].finditer(symbols.text):
        found = list(_from_list(symbols, match))
        used.update(h.title for h in found if h.title is not None)
        yield from found
    for name, regex in patterns:
        for match in regex.finditer(symbols.text):
            titles = [_mention(symbols, match, g) for g in ("title", "title2")]
            holder = _mention(symbols, match, "holder")
            if holder is None or titles[0] is None or titles[0] in used:
                continue
            of = _mention(symbols, match, "of")
            own = _mention(symbols, match, "own")
            tokens = _tokens(symbols, match.start(), match.end())
            for title in titles:
                if title is not None:
                    used.add(title)
                    yield Held(holder, title, of if of is not None else own, tokens, name)
    for name in ("counterpart", "plain counterpart"):
        for match in others[name].finditer(symbols.text):
            groups = match.re.groupindex
            holder = _mention(symbols, match, "holder")
            if holder is None and "holder2" in groups:
                holder = _mention(symbols, match, "holder2")
            of = next((i for g in ("own", "from") if g in groups and (i := _mention(symbols, match, g)) is not None), None)
            if holder is not None:
                yield Held(holder, None, of, _tokens(symbols, match.start(), match.end()), name, inherits=True)
    for match in others["represents"].finditer(symbols.text):
        holder = _mention(symbols, match, "holder")
        own = _mention(symbols, match, "own")
        if holder is None:
            holder, own = _mention(symbols, match, "holder2"), _mention(symbols, match, "from")
        if holder is not None:
            yield Held(holder, None, own, _tokens(symbols, match.start(), match.end()), "represents")
