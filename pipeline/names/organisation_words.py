"""The words of an organisation's name: spelled one way, the state that owns it told apart, its initials."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from pipeline.data import countries, country_names, demonyms, listed_organisations, table
from pipeline.data import fold as fold_letters
from pipeline.names.fold import fold

_ARTICLE = re.compile(r"^\s*(?:the\s+)?", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_HYPHENS = re.compile(r"[-‐‑–—/]")
_LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class Owned:
    """The words of a name without the state that owns it.

    `owner` is the ISO3 code of that state, `named` holds all codes that the name tells. States that a body is in or
    about, and those of a body of several, stay among the words as `@AZE`.
    """

    words: tuple[str, ...]
    owner: str | None
    named: frozenset[str]


def without_article(name: str) -> str:
    """A name without "the" before it."""
    return _ARTICLE.sub("", name).rstrip() or name


@functools.lru_cache(maxsize=1 << 12)
def normal_words(name: str) -> tuple[str, ...]:
    """The words of a name as `spelled_words` has them, some put together: `Co-operation`, `United Nations` (`un`)."""
    return tuple(_joined(spelled_words(name)))


def spelled_words(name: str) -> list[str]:
    """The words of a name, folded, in one spelling: `Organisation`, `U.N.`, `&` are `organization`, `un`, `and`."""
    name = _DOTTED.sub(lambda found: found[0].replace(".", ""), without_article(name))
    name = _POSSESSIVE.sub("", name).replace("&", " and ")
    rules = table("organisations")
    return [_one_spelling(word, rules["spelling"], rules["endings"]) for word in fold(name).split()]


def _one_spelling(word: str, spelling: Mapping[str, str], endings: Mapping[str, str]) -> str:
    word = spelling.get(word, word)
    for ending, other in endings.items():
        if word.endswith(ending):
            return word.removesuffix(ending) + other
    return word


@functools.cache
def _joinable() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Several words that go by one, by the first of them, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, word in sorted(table("organisations")["joined"].items(), key=lambda item: -len(item[0].split())):
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append((parts, word))
    return found


def _joined(words: list[str]) -> list[str]:
    done: list[str] = []
    i = 0
    while i < len(words):
        for parts, word in _joinable().get(words[i], ()):
            if tuple(words[i : i + len(parts)]) == parts:
                done.append(word)
                i += len(parts)
                break
        else:
            done.append(words[i])
            i += 1
    return done


def bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those that say nothing; all of them when there are no others."""
    small = table("organisations")["small"]
    return tuple(word for word in words if word not in small) or words


@functools.cache
def _states() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Names of states and peoples as words, with ISO3 codes, by the first word, the longest first."""
    named: dict[tuple[str, ...], str] = {}
    for country in countries().values():
        for name in (country.name, country.official, *country.aliases):
            named.setdefault(normal_words(name), country_names()[fold_letters(name).removeprefix("the ")])
        for name in country.demonyms:
            named.setdefault(normal_words(name), demonyms()[fold_letters(name)])
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, code in sorted(named.items(), key=lambda item: -len(item[0])):
        found.setdefault(words[0], []).append((words, code))
    return found


@functools.cache
def _unions() -> frozenset[str]:
    """Single words that are an organisation of no state: "un", "osce"."""
    spellings = (s for o in listed_organisations() if o.country is None for s in (o.name, *o.aliases) if " " not in s)
    return frozenset(words[0] for s in spellings if len(words := normal_words(s)) == 1)


@functools.lru_cache(maxsize=1 << 12)
def owned(words: tuple[str, ...]) -> Owned:
    """The owner of a body among its words (as of `normal_words`): "Kenya's …", "the Kenyan …", "… of Kenya"."""
    rules = table("organisations")
    rest: list[str] = []
    owners: dict[int, str] = {}
    named: list[str] = []
    i = 0
    while i < len(words):
        found = next(((w, c) for w, c in _states().get(words[i], ()) if words[i : i + len(w)] == w), None)
        if found is None or _is_region(words, i, len(found[0])):
            rest.append(words[i])
            i += 1
            continue
        before = next((w for w in reversed(rest) if w != "the"), None)
        if before not in rules["complements"] and words[0] not in _unions():
            owners[len(rest)] = found[1]
        named.append(found[1])
        rest.append(f"@{found[1]}")
        i += len(found[0])
    codes = set(owners.values())
    if len(codes) == 1 and any(not w.startswith("@") for w in bare(tuple(rest))):
        kept = tuple(w for n, w in enumerate(rest) if n not in owners)
        return Owned(kept, codes.pop(), frozenset(named))
    return Owned(tuple(rest), None, frozenset(named))


def _is_region(words: tuple[str, ...], i: int, n: int) -> bool:
    """Whether a state's adjective is a region's: "Latin American", "Indian Ocean"."""
    rules = table("organisations")
    before = words[i - 1] if i else ""
    after = words[i + n] if i + n < len(words) else ""
    return before in rules["regions_before"] or after in rules["regions_after"]


def is_acronym(name: str) -> bool:
    """Whether a name is one word of mostly capital letters: "OIC", "MoFA", "U.N.", "D-8"."""
    letters = [c for c in name if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    short = " " not in name and 2 <= len(name) <= _LONGEST_ACRONYM + name.count(".")
    return short and 2 * capitals > len(letters) and (capitals > 1 or any(c.isdigit() for c in name))


@functools.lru_cache(maxsize=1 << 12)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words can have, in lower case: those of its capital words, with and without
    the small words between them, with and without the state that owns it ("Guyana Defence Force": gdf, df)."""
    words = [w for w in re.split(r"[\s,()]+", _POSSESSIVE.sub("", _DOTTED.sub("", name))) if w[:1].isalnum()]
    if len(words) < 2:
        return frozenset()
    found = {acronym for part in _parts(words) for acronym in _acronyms(part)}
    return frozenset(fold(acronym) for acronym in found if len(acronym) > 1)


def _parts(words: list[str]) -> Iterator[list[str]]:
    """The name whole, and without "of the Republic of …" at its end."""
    yield words
    owner = owned(normal_words(" ".join(words))).owner
    for i in range(1, len(words) - 1):
        tail = owned(normal_words(" ".join(["x", *words[i:]])))
        if owner is not None and words[i] == "of" and tail.owner == owner and bare(tail.words) == ("x",):
            yield words[:i]
            yield [*words[:i], words[-1]]
            return


def _acronyms(words: list[str]) -> Iterator[str]:
    choices: list[tuple[str, ...]] = []
    for word in words:
        if not (word[0].isupper() or word[0].isdigit()):
            choices.append(("", word[0]))
        elif _HYPHENS.search(word):
            choices.append((word[0], "".join(part[:1] for part in _HYPHENS.split(word))))
        else:
            choices.append((word[0],))
    if len(choices) > 24 or sum(len(choice) > 1 for choice in choices) > 6:
        choices = [choice[:1] for choice in choices]
    return ("".join(letters) for letters in product(*choices))
