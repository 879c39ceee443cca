"""`dragoman names …`: compare two names, spell one as the press may, take one apart."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.commands.entities_registry import known_country
from pipeline.commands.terminal import visible
from pipeline.errors import InputError
from pipeline.names.parse import Name, parse_name
from pipeline.names.similarity import Similarity, similarity
from pipeline.names.variants import Variant, variants

VERDICTS = ((0.9, "one person"), (0.5, "probably one person"), (0.1, "probably two people"), (0.0, "two people"))
"""What is said of a probability: the first that it reaches."""


def compare(a: str, b: str, *, country_a: str | None = None, country_b: str | None = None) -> Similarity:
    """How probable it is that two names are one person's; countries are ISO 3166-1 codes.

    Raises `InputError` for a text without letters and for an unknown country.
    """
    for name in (a, b):
        parse(name)
    return similarity(a, b, country_a=known_country(country_a), country_b=known_country(country_b))


def spelled(name: str, *, limit: int) -> tuple[Variant, ...]:
    """How the press may write a name; raises `InputError` for a text without letters."""
    parse(name)
    return variants(name, limit=limit)


def parse(name: str) -> Name:
    """The name taken apart; raises `InputError` for a text without letters."""
    parsed = parse_name(name)
    if not parsed.words:
        raise InputError(f"{visible(name)!r}: no letters, so no name")
    return parsed


def verdict(probability: float) -> str:
    """The probability in words."""
    return next(words for least, words in VERDICTS if probability >= least)


def comparison(a: str, b: str, found: Similarity) -> RenderableType:
    """What was found of two names, for people."""
    head = Text.assemble((verdict(found.probability), "bold"), f", probability {found.probability:.3f}")
    reasons = (Text(f"  {visible(reason)}") for reason in found.reasons)
    return Group(head, *reasons, Text(), table_of([parse(a), parse(b)]))


def table_of(names: Iterable[Name]) -> Table:
    """One row a word: how names were parsed."""
    table = Table("name", "script", "word", "role", "read as", "other readings", header_style="bold")
    for name in names:
        first = visible(name.text), name.script
        for word in name.words:
            cells = (*first, word.written, word.role, word.roman, ", ".join(_readings(name, word.readings, word.bare)))
            table.add_row(*(Text(visible(cell)) for cell in cells))
            first = "", ""
        table.add_section()
    return table


def _readings(name: Name, readings: Iterable[str], bare: str) -> list[str]:
    return [*readings, *([f"{bare} (without vowels)"] if bare else [])]


def list_of(found: Iterable[Variant]) -> Table:
    """One row a variant, for people."""
    table = Table("variant", "probability", header_style="bold")
    for variant in found:
        table.add_row(Text(visible(variant.text)), f"{variant.probability:.2f}")
    return table


def comparison_json(a: str, b: str, found: Similarity) -> str:
    """What was found of two names, as one line of JSON."""
    return _json(
        {
            "probability": round(found.probability, 4),
            "verdict": verdict(found.probability),
            "reasons": found.reasons,
            "names": [_parsed(parse(text)) for text in (a, b)],
        }
    )


def parsed_json(name: Name) -> str:
    """A name taken apart, as one line of JSON."""
    return _json(_parsed(name))


def variants_json(found: Iterable[Variant]) -> str:
    """Variants as one line of JSON."""
    return _json([{"text": variant.text, "probability": round(variant.probability, 4)} for variant in found])


def _parsed(name: Name) -> dict[str, object]:
    words = [
        {"written": word.written, "role": word.role, "roman": word.roman, "readings": word.readings, "bare": word.bare}
        for word in name.words
    ]
    return {"text": name.text, "script": name.script, "inverted": name.inverted, "words": words}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
