"""Articles made like another one that they do not repeat: other people, countries or days, or half of the text."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from benchmarks.articles import ROOT
from benchmarks.duplicate_edits import paragraphs
from pipeline.data import cities, countries, country_names, demonyms, fold, words
from pipeline.gold.model import GoldArticle
from pipeline.train.augment import Pools, Rates, augment, load_pools
from pipeline.train.augment_names import Culture, Gender, load_cultures, new_name

CORPUS = ROOT / "models" / "corpus"
_PERSON = re.compile(r"\b([A-Z][^\W\d_]+) (?:[A-Z]\. )?([A-Z][^\W\d_]{2,})\b")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
_CHANGED = Rates(
    **{field.name: 0.0 for field in fields(Rates)} | {"countries": 1.0, "people": 1.0, "titles": 0.5, "dates": 1.0}
)


@dataclass(frozen=True, slots=True)
class Source:
    """An article that others are made of; `gold` when it is labelled."""

    id: str
    text: str
    gold: GoldArticle | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """What the people of an article are renamed with."""

    cultures: Sequence[Culture]
    pools: Pools | None


Contrast = Callable[[Source, Source, Cast, random.Random], str | None]
"""Makes a text of the first article, when it needs new text with sentences of the second; None when it cannot."""


def cast(sources: Sequence[Source]) -> Cast:
    """The cast for all sources."""
    gold = [source.gold for source in sources if source.gold is not None]
    return Cast(load_cultures(CORPUS / "names.toml"), load_pools(CORPUS, gold) if gold else None)


def replaced(text: str, new: Mapping[str, str]) -> str | None:
    """The text with every whole word or phrase that is a key replaced; None when there is none."""
    if not new:
        return None
    pattern = re.compile(r"\b(" + "|".join(sorted(map(re.escape, new), key=len, reverse=True)) + r")\b")
    return pattern.sub(lambda match: new[match.group()], text) if pattern.search(text) else None


def named_people(text: str) -> list[tuple[str, str]]:
    """First and family name of the people whose first name is a common one."""
    given = {fold(name) for name in words("given_names.txt")}
    common = words("words.txt")
    return sorted({
        (first, last)
        for first, last in _PERSON.findall(text)
        if fold(first) in given
        and not any(fold(name) in known for name in (first, last) for known in (cities(), country_names(), demonyms()))
        and fold(last) not in common
    })  # fmt: skip


def _renamed(text: str, people: Sequence[tuple[str, str]], cast: Cast, rng: random.Random) -> str | None:
    new: dict[str, str] = {}
    for first, last in people:
        gender: Gender = rng.choice(("female", "male"))
        name = new_name(cast.cultures, rng, gender=gender, country=None).full.split()
        new |= {first: name[0], last: name[-1]}
    return replaced(text, new)


def other_people(source: Source, _: Source, cast: Cast, rng: random.Random) -> str | None:
    """All people renamed."""
    return _renamed(source.text, named_people(source.text), cast, rng)


def other_person(source: Source, _: Source, cast: Cast, rng: random.Random) -> str | None:
    """One person renamed, the others as they are."""
    people = named_people(source.text)
    return _renamed(source.text, [rng.choice(people)], cast, rng) if people else None


def other_country(source: Source, _: Source, cast: Cast, rng: random.Random) -> str | None:
    """One country for another, with its adjective and seat of government."""
    named = [
        country
        for country in countries().values()
        if country.demonyms
        and re.search(rf"\b({re.escape(country.name)}|{re.escape(country.demonyms[0])})\b", source.text)
    ]
    if not named:
        return None
    old = rng.choice(named)
    new = rng.choice([one for one in countries().values() if one.demonyms and one.seats and one not in named])
    pairs = {old.name: new.name, old.demonyms[0]: new.demonyms[0]}
    if old.capital and new.capital:
        pairs[old.capital] = new.capital
    return replaced(source.text, pairs)


def other_days(source: Source, _: Source, cast: Cast, rng: random.Random) -> str | None:
    """All weekdays and all days of a month some days later, the months too half of the time."""
    shift, month = rng.randint(1, 6), rng.choice((0, rng.randint(1, 11)))
    changed = 0

    def weekday(match: re.Match[str]) -> str:
        nonlocal changed
        changed += 1
        return DAYS[(DAYS.index(match.group()) + shift) % 7]

    def day(match: re.Match[str]) -> str:
        nonlocal changed
        changed += 1
        moved = lambda number: str((int(number) + shift - 1) % 28 + 1)  # noqa: E731
        other = MONTHS[(MONTHS.index(match["before"] or match["after"]) + month) % 12]
        return f"{other} {moved(match['later'])}" if match["before"] else f"{moved(match['earlier'])} {other}"

    months = "|".join(MONTHS)
    text = re.sub(rf"\b(?:{'|'.join(DAYS)})\b", weekday, source.text)
    text = re.sub(
        rf"\b(?:(?P<before>{months}) (?P<later>\d\d?)(?!\d)|(?P<earlier>\d\d?) (?P<after>{months}))\b", day, text
    )
    return text if changed else None


def other_event(source: Source, other: Source, cast: Cast, rng: random.Random) -> str | None:
    """Other people, a country and days at once; in labelled articles titles too, as training articles are changed."""
    if source.gold is not None and cast.pools is not None:
        text = augment(source.gold, cast.pools, rng, rates=_CHANGED).text
        return text if text != source.text else None
    text = source.text
    changes: Sequence[Contrast] = (other_people, other_country, other_days)
    for change in changes:
        text = change(Source(source.id, text), other, cast, rng) or text
    return text if text != source.text else None


def sentences(text: str) -> list[str]:
    """The sentences of the lines that end like one."""
    lines = [line for line in paragraphs(text) if line.endswith((".", "!", "?", '"', "”"))]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.!?]) (?=[A-Z])", line)]


def _count(parts: Sequence[str]) -> int:
    return sum(len(part.split()) for part in parts)


def _last(text: str, share: float) -> list[str]:
    """The last sentences of a text, with at most that share of the words of all its sentences."""
    parts = sentences(text)
    wanted = share * _count(parts)
    while _count(parts) > wanted:
        parts = parts[1:]
    return parts


def _first(text: str, length: int) -> list[str]:
    """The first sentences of a text, with at least so many words; none when it has not as many."""
    parts = sentences(text)
    for end in range(len(parts)):
        if _count(parts[:end]) >= length:
            return parts[:end]
    return []


def bulletin(source: Source, other: Source, cast: Cast, rng: random.Random) -> str | None:
    """Half of the text as it is, as much of another article with it."""
    kept = _last(source.text, 0.5)
    news = _first(other.text, _count(kept))
    return "\n\n".join(rng.sample([" ".join(news), " ".join(kept)], 2)) if kept and news else None


def update(source: Source, other: Source, cast: Cast, rng: random.Random) -> str | None:
    """A new beginning, and 50 to 65 % of the text as background behind it."""
    kept = _last(source.text, rng.uniform(0.5, 0.65))
    news = _first(other.text, _count(sentences(source.text)) - _count(kept))
    return "\n\n".join([" ".join(news), *kept]) if kept and news else None


def follow_up(source: Source, other: Source, cast: Cast, rng: random.Random) -> str | None:
    """As much news as the whole text in front of it."""
    news = _first(other.text, len(source.text.split()))
    return "\n\n".join([" ".join(news), *paragraphs(source.text)]) if news else None


def differs(source: Source, text: str) -> bool:
    """Whether a text differs from the article in a sentence, not only in headline, byline or signature."""
    return set(sentences(text)) != set(sentences(source.text))


CONTRASTS: Mapping[str, Contrast] = MappingProxyType({
    "other event": other_event,
    "other people": other_people,
    "one other person": other_person,
    "another country": other_country,
    "other days": other_days,
    "bulletin": bulletin,
    "update": update,
    "follow-up": follow_up,
})  # fmt: skip
