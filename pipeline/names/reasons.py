"""Why two names are, or are not, taken for one person's: what the comparison found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.names.changes import changes
from pipeline.names.evidence import Evidence, Match, Side, evidence_of, said
from pipeline.names.features import COLUMN
from pipeline.names.model import Compared
from pipeline.names.parse import Name, full_names

COMMON = 3.0
"""The logarithm of how many names, about twenty, must have a word for it to be called common."""

_PLURAL = {"surname": "surnames", "given name": "given names", "patronymic": "patronymics", "name": "names"}


def reasons_of(
    a: Name, b: Name, found: Compared, country_a: str | None = None, country_b: str | None = None
) -> tuple[str, ...]:
    """What speaks against and for one person: what differs, then what agrees, the most telling first, then remarks.

    `found` is the comparison of these two names alone; countries are ISO3 codes.
    """
    evidence = evidence_of(a, b, found)
    against = [*_differing(evidence), *_misfits(evidence)]
    agreeing = []
    for match in evidence.matches:
        if (other_form := _other_form(evidence, match)) is not None:
            against.append(other_form)
        else:
            agreeing.append(_equal(evidence, match))
    agreeing += [_fits(evidence, i, j) for i, j in evidence.fits]
    if country_a and country_b:
        if country_a == country_b:
            agreeing.append(f"same country {country_a}")
        else:
            against.append(f"country {country_a} ≠ {country_b}")
    return (*against, *agreeing, *_remarks(evidence, found))


def _differing(evidence: Evidence) -> Iterator[str]:
    """The words left on both sides."""
    left, right = evidence.left, evidence.right
    for i, j in evidence.pairs:
        kind = left.kinds[i] if left.kinds[i] == right.kinds[j] else "name"
        says = "incompatible" if kind == "given name" else "differ"
        yield f"{_PLURAL[kind]} {says}: {left.said([i])} ≠ {right.said([j])}"


def _misfits(evidence: Evidence) -> Iterator[str]:
    """Initials that fit nothing that the other name has left; of two initials once."""
    left, right = evidence.left, evidence.right
    for place in evidence.misfits[0]:
        others = [*evidence.misfits[1], *evidence.over[1]] or [j for _, j in evidence.pairs]
        yield f"initial {left.said([place])} does not fit {right.said(others)}"
    for place in evidence.misfits[1] if not evidence.misfits[0] else ():
        others = [*evidence.over[0]] or [i for i, _ in evidence.pairs]
        yield f"initial {right.said([place])} does not fit {left.said(others)}"


def _fits(evidence: Evidence, i: int, j: int) -> str:
    left, right = evidence.left, evidence.right
    if left.kinds[i] == "initial":
        return f"initial {left.said([i])} fits {right.said([j])}"
    return f"initial {right.said([j])} fits {left.said([i])}"


def _texts(evidence: Evidence, match: Match) -> tuple[str, str]:
    return evidence.left.said(match.left, match.roman_a), evidence.right.said(match.right, match.roman_b)


def _kind(evidence: Evidence, match: Match) -> str:
    """What both words are; "name" where that is unclear or words stand for several."""
    if len(match.left) > 1 or len(match.right) > 1:
        return "name"
    kinds = {evidence.left.kinds[match.left[0]], evidence.right.kinds[match.right[0]]} - {"name"}
    return kinds.pop() if len(kinds) == 1 else "name"


def _other_form(evidence: Evidence, match: Match) -> str | None:
    """What is said of matched words whose endings tell two people apart; None for all others."""
    left, right = evidence.left, evidence.right
    i, j = match.left[-1], match.right[-1]
    texts = " / ".join(_texts(evidence, match))
    genders = left.genders[i], right.genders[j]
    if sorted(genders) == [1, 2]:
        forms = "a man and of a woman" if genders == (1, 2) else "a woman and of a man"
        return f"{_kind(evidence, match)} of {forms}: {texts}"
    if left.families[i] and right.families[j] and left.families[i] != right.families[j]:
        return f"{_PLURAL[_kind(evidence, match)]} with endings of two kinds: {texts}"
    return None


def _equal(evidence: Evidence, match: Match) -> str:
    """What is said of matched words: equal as written, as read, or alike, and which letters differ."""
    kinds = _PLURAL[_kind(evidence, match)]
    a, b = _texts(evidence, match)
    equal = match.roman_a == match.roman_b
    short = [*_short(evidence.left, match.left, match.roman_a), *_short(evidence.right, match.right, match.roman_b)]
    if short and equal:
        return f"{kinds}: {' and '.join(short)} short for {match.roman_a.capitalize()}"
    sign, word = ("=", "equal") if equal else ("~", "alike")
    if evidence.left.name.script != evidence.right.name.script:
        read = match.roman_a if equal else _changed(match.roman_a, match.roman_b)
        return f"{kinds} {word} as read: {a} {sign} {b} ({read})"
    if a.casefold() == b.casefold():
        return f"{kinds} equal: {a}"
    changed = _changed(a, b)
    if equal:
        return f"{kinds} equal{changed and f' after {changed}'}: {a} = {b}"
    return f"{kinds} alike: {a} ~ {b}{changed and f' ({changed})'}"


def _short(side: Side, places: tuple[int, ...], roman: str) -> list[str]:
    """The word, if it is a short given name that was read as the full one."""
    word = side.words[places[0]]
    return [said(word)] if len(places) == 1 and roman in full_names().get(word.roman, ()) else []


def _changed(a: str, b: str) -> str:
    return ", ".join(changes(*("".join(filter(str.isalpha, text)) for text in (a, b))))


def _remarks(evidence: Evidence, found: Compared) -> Iterator[str]:
    """What makes the rest weigh less or more: words too many, common words, order, scripts."""
    sides = evidence.left, evidence.right
    for side, places, misfits in zip(sides, evidence.over, reversed(evidence.misfits), strict=True):
        if places and not misfits:
            yield f"{', '.join(f'“{side.said([n])}”' for n in places)} only in one"
    if evidence.matches and found.rows[0, COLUMN["common_worst"]] >= COMMON:
        yield f"common words only ({', '.join(_texts(evidence, match)[0] for match in evidence.matches)})"
    if found.rows[0, COLUMN["in_order"]] < 0:
        yield "words in another order"
    if evidence.left.name.script != evidence.right.name.script:
        for side in sides:
            if side.name.script != "Latn":
                yield f"different scripts: {side.name.text} read as {' '.join(_readings(evidence, side))}"


def _readings(evidence: Evidence, side: Side) -> list[str]:
    """How each word was read where it was matched, else as the press would."""
    readings = [word.roman for word in side.words]
    for match in evidence.matches:
        places, roman = (match.left, match.roman_a) if side is evidence.left else (match.right, match.roman_b)
        if len(places) == 1:
            readings[places[0]] = roman
    return readings
